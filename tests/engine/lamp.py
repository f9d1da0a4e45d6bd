"""A lamp instead of a virtual machine: what the engine is tried on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.accounts import Accounts
from bce_emulator.engine.account.lifecycle import GONE, OTHERWISE, SAME, Lifecycle, row, when_done
from bce_emulator.engine.account.resource import Resource, on_timer
from bce_emulator.engine.errors import ApiError


class NotDark(ApiError):
    status, code, message = 409, "Lamp.NotDark", "The lamp is not dark."


class Broken(ApiError):
    status, code, message = 409, "Lamp.Broken", "The lamp is broken."


# fmt: off
LIFECYCLE = Lifecycle(
    row("light",  ("Dark",),           "Warming", "Bright", 10, {"Broken": Broken, OTHERWISE: NotDark}),
    row("darken", ("Bright", "Warming"), "Cooling", "Dark",   5, Broken),
    row("dim",    ("Bright",),         "Dimming", SAME,      2, Broken),
    row("clean",  ("Dark", "Bright"),  SAME,      SAME,      0, Broken),
    row("sell",   ("Dark",),           "Packing", GONE,      3, Broken),
    row("throw",  ("Broken",),         GONE,      GONE,      0, NotDark),
    states=("Dark", "Warming", "Bright", "Dimming", "Cooling", "Packing", "Broken"),
    shown_as={"Packing": "Dark"},
)
# fmt: on


@dataclass(slots=True, kw_only=True, eq=False)
class Lamp(Resource):
    prefix: ClassVar[str] = "lamp"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE

    state: str = "Dark"
    room: str = ""
    tags: tuple[str, ...] = ()
    history: tuple[str, ...] = ()


@when_done(Lamp, "light")
def remember_light(_account, lamp: Lamp) -> None:
    lamp.history = (*lamp.history, f"bright at {_account.clock.now():.0f}")


@when_done(Lamp, "sell")
@when_done(Lamp, "throw")
def remember_end(_account, lamp: Lamp) -> None:
    lamp.history = (*lamp.history, "gone")


@on_timer(Lamp, "bulb")
def burn_out(_account, lamp: Lamp) -> None:
    lamp.state = "Broken"


def account_at(moment: float = 1_000.0, pace: float = 1.0, name: str = "test"):
    """An account without anything, its clock standing at a moment."""
    owner = Accounts(wall=lambda: moment, pace=pace).open(name)
    owner.clock.freeze()
    return owner.in_region("bj")


def add_lamp(account, **facts) -> Lamp:
    return account.add(Lamp(id=account.new_id(Lamp), **facts))
