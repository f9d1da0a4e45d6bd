"""The virtual clock of an account: read it, set it, freeze it, move it on."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import HTTPException, Response
from pydantic import Field

from bce_emulator.control.bodies import Body, written
from bce_emulator.control.persist_before_send import kept_in_turn
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.responses import Advanced, Clock
from bce_emulator.control.selection import Served, caught_up, selected, selected_one
from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.account.clock import LATEST, iso, seconds
from bce_emulator.engine.steps import each_in_turn

MAX_EVENTS = 1_000_000
MAX_SECONDS = 100 * 366 * 86_400


class ClockChange(Body):
    """What to change of a clock; what is not named stays."""

    now: str | None = None
    frozen: bool | None = None
    pace: float | None = Field(default=None, ge=0, le=1_000_000, allow_inf_nan=False)


class Advance(Body):
    """By how many seconds to move a clock on, or until nothing is due any more."""

    seconds: float | None = Field(default=None, ge=0, le=MAX_SECONDS, allow_inf_nan=False)
    until: Literal["idle"] | None = None


async def read(emulator: Served, account: str | None = None) -> dict[str, Any]:
    """The time, whether it stands still, and the pace."""
    return rendered(await caught_up(emulator, selected_one(emulator, account, opens=False)))


async def change(emulator: Served, body: ClockChange, account: str | None = None) -> dict[str, Any]:
    """Change what the body names."""
    try:
        moment = seconds(body.now) if body.now is not None else None
    except ValueError:
        raise HTTPException(400, "now is a time such as 2026-01-01T00:00:00Z") from None
    selected_accounts = await selected(emulator, account)
    check_year(moment or 0.0)
    async for index, selected_account in each_in_turn(enumerate(selected_accounts)):
        selected_accounts[index] = changed = await caught_up(emulator, selected_account)
        clock = changed.clock
        if body.pace is not None:
            clock.pace = body.pace
        if moment is not None:
            clock.move(moment)
        if body.frozen is not None:
            (clock.freeze if body.frozen else clock.run)()
        await kept_in_turn(emulator, changed.name, clock.due_in_steps())
    return rendered(await _first(emulator, selected_accounts))


async def advance(emulator: Served, body: Advance, account: str | None = None) -> Response:
    """Move the time on, and tell what came due on the way."""
    if (body.seconds is None) == (body.until is None):
        raise HTTPException(400, 'give either {"seconds": 30} or {"until": "idle"}')
    selected_accounts = await selected(emulator, account)
    async for selected_account in each_in_turn(selected_accounts):
        check_year(selected_account.clock.now() + (body.seconds or 0.0))
    due: list[str] = []
    async for selected_account in each_in_turn(selected_accounts):
        clock = (emulator.accounts.get(selected_account.name) or selected_account).clock
        if body.seconds is not None:
            check_year(clock.now() + body.seconds)  # others may have moved it since
            clock.move(clock.now() + body.seconds)
            steps = clock.due_in_steps()
        else:
            steps = clock.until_idle(MAX_EVENTS)
        due += await kept_in_turn(emulator, selected_account.name, steps)
    return written(rendered(await _first(emulator, selected_accounts)) | {"due": due})


async def _first(emulator: Served, selected_accounts: list[Account]) -> Account:
    """The account that an answer shows."""
    return await caught_up(emulator, selected_accounts[0] if selected_accounts else selected_one(emulator, None))


def check_year(*moments: float) -> None:
    """Refuse a time that is too far away."""
    if not all(0 <= moment <= LATEST for moment in moments):
        raise HTTPException(400, f"a clock goes from {iso(0)} to {iso(LATEST)}")


def rendered(account: Account) -> dict[str, Any]:
    """A clock as the control API writes it."""
    clock = account.clock
    clock.run_due()
    return {
        "now": iso(clock.now()),
        "frozen": clock.frozen,
        "pace": clock.pace,
        "pending": clock.pending,
        "dueIn": clock.due_in(),
    }


CALLS: Calls = (
    ControlCall("GET", "clock", read, Clock),
    ControlCall("PUT", "clock", change, Clock),
    ControlCall("POST", "clock/advance", advance, Advanced),
)
