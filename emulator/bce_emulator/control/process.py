"""Is it alive, is it ready, which version is it, and back to the first day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from fastapi import HTTPException, Response
from pydantic import BaseModel

from bce_emulator import __version__
from bce_emulator.cloud import Emulator, driven_counts
from bce_emulator.control.bodies import written
from bce_emulator.control.persist_before_send import KEPT_AT_ONCE, keep_so_far, take_in_hand, write_ahead
from bce_emulator.control.probes import why_not_ready
from bce_emulator.control.responses import Live, Ready, Reset, Version
from bce_emulator.control.selection import EVERY, Served, selected
from bce_emulator.engine.errors import ApiError
from bce_emulator.engine.steps import each_in_turn, in_turn
from bce_emulator.settings import SettingError


class ControlCall(NamedTuple):
    """One call: method, path, function, what it answers, and its body if the function reads that itself."""

    method: str
    path: str
    function: Callable[..., Any]
    response: Any
    body: type[BaseModel] | None = None


Calls = tuple[ControlCall, ...]


async def live() -> dict[str, Any]:
    """The process answers."""
    return {"live": True}


async def ready(emulator: Served) -> dict[str, Any]:
    """The emulator is seeded and able to serve."""
    if refusal := why_not_ready(emulator):
        raise refusal
    return {"ready": True}


async def version(emulator: Served) -> dict[str, Any]:
    """Name, version, how many of the published operations are emulated, and how many are driven by official SDKs."""
    driven = driven_counts()
    coverage = {
        product: {"emulated": done, "published": total, "driven": driven.get(product, [])}
        for product, (done, total) in emulator.catalogue.coverage().items()
    }
    return {"name": "bce-emulator", "version": __version__, "coverage": coverage}


async def reset(emulator: Served, account: str | None = None) -> Response:
    """Put the selected accounts back to their first day."""
    every = account == EVERY
    names = emulator.accounts.names() if every else [each.name for each in await selected(emulator, account)]
    chosen, calling = set(names), emulator.calling
    together = [name for name in calling if name in chosen]
    groups = [*([name] for name in names if name not in calling), *([together] if together else [])]
    async for number, group in each_in_turn(enumerate(groups, 1)):
        await _reset(emulator, group)
        if number % KEPT_AT_ONCE == 0:
            await keep_so_far(emulator.store)
    async for name in each_in_turn(list(emulator.journal.rings) if every else ()):
        emulator.journal.reset(name)
    await in_turn(emulator.accounts.free())
    return written({"reset": names})


async def _reset(emulator: Emulator, names: list[str]) -> None:
    """What the seed says is made beside the accounts there are, and takes their places at once; then its calls are."""
    seeded = {}
    take_in_hand(*names, to_keep=False)
    for name in names:
        seeded[name] = account = await in_turn(emulator.seeded(name))
        if account is not None and name not in emulator.calling:  # those are written when their calls are made
            await write_ahead(emulator.store, account)
    while works := [work for name in names if (work := emulator.accounts.work.get(name)) is not None]:
        await works[0].wait()
    calls = emulator.begin_anew(seeded)
    if calls is not None:
        try:
            await calls.made()
        except SettingError as error:
            raise HTTPException(400, str(error)) from None
        except ApiError as error:
            raise HTTPException(error.status, str(error)) from None


CALLS: Calls = (
    ControlCall("GET", "live", live, Live),
    ControlCall("GET", "ready", ready, Ready),
    ControlCall("GET", "version", version, Version),
    ControlCall("POST", "reset", reset, Reset),
)
