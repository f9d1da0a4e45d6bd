"""Settings of an account that no request can change: quotas, stock, standing. And how long its transitions last."""

from __future__ import annotations

from typing import Any

from fastapi import HTTPException, Response
from pydantic import Field

from bce_emulator.control.bodies import Body, written
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.responses import Facts, Row
from bce_emulator.control.selection import Served, selected, selected_one
from bce_emulator.engine.account.account_settings import ACCOUNT_SETTINGS, find_account_setting, read_account_settings
from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.account.resource_types import find_resource_type
from bce_emulator.engine.steps import each_in_turn

MAX_SECONDS = 100 * 366 * 86_400


class RowChange(Body):
    """The virtual seconds of a row at pace 1; null is what the table says."""

    seconds: float | None = Field(ge=0, le=MAX_SECONDS, allow_inf_nan=False)


async def read(emulator: Served, account: str | None = None) -> Response:
    """Every setting: what it is, what it is at first, and what it decides."""
    return written(rendered(selected_one(emulator, account, opens=False)))


async def change(emulator: Served, body: dict[str, Any], account: str | None = None) -> Response:
    """Change settings; null brings the default back."""
    selected_accounts = await selected(emulator, account)
    try:
        known = {name: find_account_setting(name) for name in body}
        changes = read_account_settings(
            {name: known[name].default if value is None else value for name, value in body.items()}
        )
    except ValueError as error:
        raise HTTPException(400, str(error)) from None
    async for selected_account in each_in_turn(selected_accounts):
        selected_account.settings |= changes
        for name, setting in known.items():
            if body[name] is None:
                del selected_account.settings[setting.name]
    return written(rendered(selected_accounts[0] if selected_accounts else selected_one(emulator, None)))


async def change_row(
    emulator: Served, kind: str, action: str, body: RowChange, account: str | None = None
) -> dict[str, Any]:
    """Have an action of a kind last longer or shorter, from the next one on."""
    selected_accounts = await selected(emulator, account)
    found = find_kind(kind, action)
    async for selected_account in each_in_turn(selected_accounts):
        if body.seconds is None:
            selected_account.changed_seconds.pop((found.type_key(), action), None)
        else:
            selected_account.changed_seconds[found.type_key(), action] = body.seconds
    rows = [row for row in found.lifecycle.rows if row.action == action]
    lasts = [selected_accounts[0].seconds(found, row) if selected_accounts else row.seconds for row in rows]
    return {"kind": found.type_key(), "action": action, "seconds": lasts[0], "table": [row.seconds for row in rows]}


def find_kind(name: str, action: str) -> type[Resource]:
    """The type of resource of this name, if its lifecycle has the action."""
    try:
        found = find_resource_type(name)
    except ValueError as error:
        raise HTTPException(404, str(error)) from None
    actions = list(found.lifecycle.actions)
    if action not in actions:
        raise HTTPException(404, f"{name} has no action {action!r}; there are {', '.join(actions)}")
    return found


def rendered(account: Account) -> dict[str, Any]:
    """The settings of an account as the control API writes them."""
    return {
        name: {"value": account.settings.get(name, setting.default), "default": setting.default, "help": setting.help}
        for name, setting in sorted(ACCOUNT_SETTINGS.items())
    }


CALLS: Calls = (
    ControlCall("GET", "facts", read, Facts),
    ControlCall("PUT", "facts", change, Facts),
    ControlCall("PUT", "lifecycles/{kind}/{action}", change_row, Row),
)
