"""What a control call has changed is kept before its answer leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar

from fastapi import HTTPException
from fastapi.responses import JSONResponse

from bce_emulator.control.bodies import may_change
from bce_emulator.control.probes import PROBES, UNAVAILABLE
from bce_emulator.engine.account.accounts import Account, Accounts
from bce_emulator.engine.errors import ApiError, InternalError, ServiceUnavailable
from bce_emulator.engine.http.request import Message, Receive, Response, Scope, Send
from bce_emulator.engine.http.waiting import AfterCommit
from bce_emulator.engine.persist.rows import StoreError
from bce_emulator.engine.persist.stored_accounts import PutBacks
from bce_emulator.engine.steps import StepsAside, Turn, in_turn

if TYPE_CHECKING:
    from bce_emulator.cloud import Emulator, Store

Result = TypeVar("Result")
PUT_BACK = "{} was put back to what is on disk during the call; whether all of what it changed is kept is not known"
DEPOSED = "this replica has stopped leading during the call; whether all of it was done is not known"

KEPT_AT_ONCE = 25
"""How many accounts are kept before others are served."""


class InHand:
    """The accounts that a call changes, each with how many were put back before, and those still to be kept whole."""

    def __init__(self, put_backs: PutBacks) -> None:
        self.put_backs = put_backs
        self.all: dict[str, int] = {}
        self.to_keep: dict[str, None] = {}


IN_HAND: ContextVar[InHand] = ContextVar("IN_HAND")
"""Those of the call under way."""
OF_EACH_REPLICA = PROBES | {b"/_emulator/metrics"}
"""What is asked of a replica itself, whether or not it leads."""


def persist_before_send(store: Store, scope: Scope, receive: Receive, send: Send) -> Send:
    """A ``send`` that saves first; what cannot be saved is answered instead."""
    if not _concerns(store, scope):
        return send
    failed, epoch = False, store.epoch
    in_hand = InHand(store.put_backs)
    IN_HAND.set(in_hand)

    async def saved(message: Message) -> None:
        nonlocal failed
        if message["type"] == "http.response.start":
            try:
                await _committed(await _kept(store, in_hand.to_keep) if may_change(scope) else store.uncommitted())
                if store.epoch != epoch:
                    raise ServiceUnavailable(DEPOSED)
                if may_change(scope) and (gone := store.put_backs.since(in_hand.all)):
                    raise InternalError(PUT_BACK.format(", ".join(gone)))
            except (ValueError, ApiError) as error:
                failed = True
                await _refusal(error)(scope, receive, send)
        if not failed:
            await send(message)

    return saved


async def write_ahead(store: Store | None, account: Account) -> None:
    """Have the store write what a large account has that is about to take the place of another."""
    if store is not None:
        with refusing():
            await in_turn(store.written_ahead(account))


async def kept_in_turn(emulator: Emulator, name: str, steps: StepsAside[Result]) -> Result:
    """The result of work in steps on an account, which the store keeps along the way; then nothing is left to keep."""
    store, steps = emulator.store, _apart(emulator.accounts, name, steps)
    if store is None:
        return await in_turn(steps)
    with refusing():
        result = await in_turn(store.keeping(name, steps))
    in_hand = IN_HAND.get(None)
    if in_hand is not None:
        in_hand.to_keep.pop(name, None)
    return result


def _apart(accounts: Accounts, name: str, steps: StepsAside[Result]) -> StepsAside[Result]:
    """The same steps, none of which meets what a call has half done to the account."""
    try:
        while True:
            accounts.finish(name)
            accounts.note_use(name)
            try:
                aside = next(steps)
            except StopIteration as end:
                result: Result = end.value
                return result
            yield aside
    finally:
        steps.close()


def take_in_hand(*names: str, to_keep: bool = True) -> None:
    """Note that the call under way may change accounts, also what no request can if that is ``to_keep``."""
    in_hand = IN_HAND.get(None)
    if in_hand is not None:
        for name in names:
            in_hand.all.setdefault(name, in_hand.put_backs.times)
        in_hand.to_keep |= dict.fromkeys(names if to_keep else ())


@contextmanager
def refusing() -> Iterator[None]:
    """Have a call refused of which something cannot be kept."""
    try:
        yield
    except StoreError as error:
        raise HTTPException(500, str(error)) from None


async def keep_so_far(store: Store | None) -> None:
    """Have what was changed so far kept, of a call that goes on and changes many accounts."""
    if store is not None:
        await until_free(store)
        with refusing():
            store.keep_all(())


async def until_free(store: Store) -> None:
    """Come back when what is written does not have to wait for the disk."""
    while (work := store.until_free()) is not None:
        await work.wait()


async def _kept(store: Store, in_hand: dict[str, None]) -> Collection[asyncio.Future[None]]:
    """Have what a call has changed kept, of many accounts some at a time; what to wait for."""
    if len(in_hand) > KEPT_AT_ONCE:
        turn = Turn()
        await turn.pause(now=True)
        while len(in_hand) > KEPT_AT_ONCE:
            await until_free(store)
            store.keep_all([in_hand.popitem()[0] for _ in range(KEPT_AT_ONCE)])
            await turn.pause()
    return store.keep_all(in_hand)


async def _committed(commits: Collection[asyncio.Future[None]]) -> None:
    after = AfterCommit(commits, Response(200, b""))
    await after.wait()
    after.happen()


def refusal_of_store(store: Store, scope: Scope) -> JSONResponse | None:
    """What a call is answered as long as nothing can be kept, or another replica leads; None if it can."""
    if not _concerns(store, scope):
        return None
    try:
        store.try_again()
    except (ValueError, ServiceUnavailable) as error:
        return _refusal(error)
    return None


def _concerns(store: Store, scope: Scope) -> bool:
    """Whether a call needs the store: it may change something, or has to be read where the truth is."""
    return may_change(scope) or (store.leads_alone and scope["raw_path"] not in OF_EACH_REPLICA)


def _refusal(error: Exception) -> JSONResponse:
    if isinstance(error, ServiceUnavailable):
        headers = {name.decode(): value.decode() for name, value in error.headers}
        return JSONResponse({"error": str(error)}, UNAVAILABLE, headers)
    return JSONResponse({"error": str(error)}, 500)
