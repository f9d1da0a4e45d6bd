"""Which emulator a control call is for, and with ``?account=`` which of its accounts it is about."""

from __future__ import annotations

from typing import Annotated, TypeVar

from fastapi import Depends, HTTPException, Request

from bce_emulator.cloud import Emulator
from bce_emulator.control.persist_before_send import kept_in_turn, take_in_hand
from bce_emulator.control.probes import UNAVAILABLE
from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.steps import Steps, each_in_turn

Result = TypeVar("Result")

EVERY = "*"


async def _served(request: Request) -> Emulator:  # a plain function would be called in a thread
    emulator: Emulator = request.scope["emulator"]
    return emulator


Served = Annotated[Emulator, Depends(_served)]
"""The emulator whose control API was called: the calls themselves are built once, for every emulator of the process."""


async def awake(emulator: Emulator, account: str | None) -> None:
    """Come back when an account is read, and no call has it in hand; whether one may name it is not judged here."""
    credentials = emulator.identity.find(account or emulator.default_account)
    if credentials is not None:
        await _awake(emulator, credentials.account)


async def named_is_awake(request: Request) -> None:
    """The same for the account that ``?account=`` names, or the default one."""
    account = request.query_params.get("account")
    if account != EVERY:
        await awake(request.scope["emulator"], account)


async def _awake(emulator: Emulator, name: str) -> None:
    while (work := emulator.accounts.under_way(name)) is not None:
        await work.wait()
        work.check()


async def selected(emulator: Emulator, account: str | None, opens: bool = True) -> list[Account]:
    """The account that a control call names, the default one, or with ``*`` all of them.

    A call that only reads ``opens`` none: of an account that was never used it sees what a new one is.
    """
    if account == EVERY:
        found = []
        async for name in each_in_turn(emulator.accounts.names()):
            await _awake(emulator, name)
            each = emulator.accounts.get(name)
            if each is not None:
                take_in_hand(name)
                found.append(each)
        return found
    return [selected_one(emulator, account, opens)]


def selected_one(emulator: Emulator, account: str | None, opens: bool = True) -> Account:
    """The same, for calls that are about one account only."""
    if account == EVERY:
        raise HTTPException(400, "this call is about one account; name it in ?account=")
    name = account or emulator.default_account
    credentials = emulator.identity.find(name)
    if credentials is None:
        why = emulator.identity.why_unknown(name) or "POST /_emulator/accounts makes one"
        raise HTTPException(404, f"no account has the access key {name!r}; {why}")
    name = credentials.account
    take_in_hand(name)
    return emulator.accounts.open(name) if opens or name in emulator.accounts else emulator.accounts.blank(name)


async def caught_up(emulator: Emulator, account: Account) -> Account:
    """The account of the same name as it is now, where nothing is due any more; others are served meanwhile."""
    while True:
        account = emulator.accounts.get(account.name) or account
        if not account.clock.is_behind():
            return account
        await kept_in_turn(emulator, account.name, account.clock.due_in_steps())


async def undisturbed(account: Account, steps: Steps[Result]) -> Result:
    """The result of steps that only read an account: its other calls wait, or have the steps done at once."""
    outcome: list[Result | Exception] = []

    def followed() -> Steps[None]:
        try:
            outcome.append((yield from steps))
        except Exception as error:  # noqa: BLE001 (it is raised where it was asked for)
            outcome.append(error)
        finally:
            account.registry.end_work(account.name)

    account.registry.finish(account.name)
    await account.registry.begin_work([account.name], followed()).wait()
    if not outcome:  # the account was put back to what is on disk meanwhile
        raise HTTPException(UNAVAILABLE, "the account was put back to what is on disk meanwhile; ask again")
    result = outcome.pop()
    if isinstance(result, Exception):
        try:
            raise result
        finally:
            del result  # which leads to this frame
    return result


def selected_region(emulator: Emulator, account: str | None, region: str | None, opens: bool = True) -> AccountRegion:
    """The account that a call names, in the region that it names."""
    from bce_emulator.services.shared.regions import regions

    if region is not None and region not in regions():
        raise HTTPException(400, f"no region is called {region!r}; there are {', '.join(regions())}")
    name = region or emulator.settings.region
    selected_account = selected_one(emulator, account, opens)
    if not opens and name not in selected_account.regions:
        return AccountRegion(selected_account, name)
    return selected_account.in_region(name)
