"""Faults planned ahead: make one, see what is still to come, call them off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import orjson
from fastapi import HTTPException, Response
from pydantic import Field, WithJsonSchema
from pydantic.alias_generators import to_camel

from bce_emulator.control.bodies import Body, listed, written
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.responses import Deleted, FaultShown, FaultsShown
from bce_emulator.control.selection import EVERY, Served, selected
from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.observe.fault_plans import find_ending, find_error, find_operation, has_resource
from bce_emulator.engine.observe.faults import AFTER, BEFORE, Fault
from bce_emulator.engine.steps import each_in_turn, in_turn

if TYPE_CHECKING:
    from bce_emulator.cloud import Emulator

MAX_PLANNED = 1_000
MAX_TIMES = 1_000_000
MAX_DELAY = 3_600


DISCONNECT = WithJsonSchema(
    {"anyOf": [{"type": "boolean", "const": True}, {"type": "string", "enum": [BEFORE, AFTER]}, {"type": "null"}]}
)
"""In the document a type for each kind of value, since generators of clients know no list of several types."""


class Plan(Body):
    """What is to go wrong: one effect, or a delay and one effect."""

    operation: str
    error: str | None = None
    message: str | None = None
    status: int | None = None
    delay_seconds: float | None = Field(default=None, gt=0, le=MAX_DELAY, allow_inf_nan=False)
    disconnect: Annotated[Literal[True, "before", "after"] | None, DISCONNECT] = None
    truncate_bytes: int | None = Field(default=None, ge=0)
    end_in: str | None = Field(default=None, min_length=1)
    resource: str | None = Field(default=None, min_length=1)
    times: int = Field(default=1, ge=1, le=MAX_TIMES)

    def check_effects(self) -> None:
        """Refuse a plan of nothing, and one of two effects that exclude each other."""
        effects = [
            name for name in ("error", "disconnect", "truncate_bytes", "end_in") if getattr(self, name) is not None
        ]
        if len(effects) > 1:
            raise ValueError(f"{' and '.join(map(to_camel, effects))} exclude each other; plan two faults")
        if not effects and self.delay_seconds is None:
            raise ValueError("give one of error, delaySeconds, disconnect, truncateBytes or endIn")
        if (self.message, self.status) != (None, None) and self.error is None:
            raise ValueError("a message and a status belong to an error; give the error's code too")


async def read(emulator: Served, account: str | None = None) -> Response:
    """The faults that are still to be injected, in order."""
    selected_accounts = await selected(emulator, account, opens=False)
    faults = (_written(each, fault) for each in selected_accounts for fault in list(planned(each)))
    return await in_turn(listed("faults", faults))


async def plan(emulator: Served, body: Plan, account: str | None = None) -> Response:
    """Plan a fault; with ``?account=*`` one in every account there is."""
    selected_accounts = await selected(emulator, account)
    try:
        facts = read_plan(emulator, body)
    except ValueError as error:
        raise HTTPException(400, str(error)) from None
    found = [each async for each in each_in_turn(selected_accounts) if _may_have(each, body.resource)]
    if body.resource is not None and not found:
        raise HTTPException(404, f"the account has no resource {body.resource!r} in any region")
    created = (_written(each, each.faults.plan(**facts)) for each in found if len(planned(each)) < MAX_PLANNED)
    return await in_turn(listed("faults", created)) if account == EVERY else written(orjson.Fragment(next(created)))


async def forget_all(emulator: Served, account: str | None = None) -> Response:
    """Call every planned fault off."""
    return written({"deleted": await forget(await selected(emulator, account), None)})


async def forget_one(emulator: Served, fault_id: str, account: str | None = None) -> Response:
    """Call one planned fault off."""
    deleted = await forget(await selected(emulator, account), fault_id)
    if not deleted:
        raise HTTPException(404, f"no planned fault has the id {fault_id!r}; it may have struck already")
    return written({"deleted": deleted})


def read_plan(emulator: Emulator, body: Plan) -> dict[str, Any]:
    """The facts of a fault; ValueError says what is wrong and what would be right."""
    body.check_effects()
    operation = find_operation(emulator.catalogue, body.operation)
    facts: dict[str, Any] = {
        "operation": operation,
        "delay_seconds": body.delay_seconds or 0.0,
        "disconnect": {None: "", True: BEFORE, BEFORE: BEFORE, AFTER: AFTER}[body.disconnect],
        "truncate_bytes": body.truncate_bytes,
        "resource": body.resource or "",
        "times": body.times,
    }
    if body.error is not None:
        facts["error"] = find_error(operation, body.error, body.message, body.status)
    if body.end_in is not None:
        facts["end_in"], facts["kinds"] = find_ending(operation, body.end_in)
    return facts


def planned(account: Account) -> list[Fault]:
    """The faults that an account still has before it."""
    return account.faults.planned


async def forget(accounts: list[Account], fault_id: str | None) -> list[str]:
    """Call off the fault of this id, or every one with None; answers the ids."""
    deleted = []
    async for account in each_in_turn(accounts):
        before = account.faults.planned
        account.faults.planned = [fault for fault in before if fault_id not in (None, fault.id)]
        deleted += [fault.id for fault in before if fault_id in (None, fault.id)]
    return deleted


def _may_have(account: Account, resource: str | None) -> bool:
    """Whether a fault can be planned, if it is for a resource; none can be in an account with so many already."""
    if resource is not None and not has_resource(account, resource):
        return False
    if len(planned(account)) >= MAX_PLANNED:
        raise HTTPException(400, f"an account has at most {MAX_PLANNED} planned faults; DELETE faults first")
    return True


def _written(account: Account, fault: Fault) -> bytes:
    return orjson.dumps(rendered(account, fault))


def rendered(account: Account, fault: Fault) -> dict[str, Any]:
    """A fault as the control API writes it: as it was planned, with what became of it."""
    effects: dict[str, Any] = {}
    if fault.error is not None:
        effects |= {"error": fault.error.code, "message": fault.error.message, "status": fault.error.status}
    if fault.delay_seconds:
        effects["delaySeconds"] = fault.delay_seconds
    if fault.disconnect:
        effects["disconnect"] = fault.disconnect
    if fault.truncate_bytes is not None:
        effects["truncateBytes"] = fault.truncate_bytes
    if fault.end_in:
        effects["endIn"] = fault.end_in
    if fault.resource:
        effects["resource"] = fault.resource
    return {
        "id": fault.id,
        "account": account.name,
        "operation": fault.operation.name,
        "product": fault.operation.product,
        **effects,
        "times": fault.times,
        "struck": fault.struck,
        "left": fault.times - fault.struck,
    }


CALLS: Calls = (
    ControlCall("GET", "faults", read, FaultsShown),
    ControlCall("POST", "faults", plan, FaultShown | FaultsShown),
    ControlCall("DELETE", "faults", forget_all, Deleted),
    ControlCall("DELETE", "faults/{fault_id}", forget_one, Deleted),
)
