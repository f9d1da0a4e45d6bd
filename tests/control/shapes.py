"""Holds every answer of the control API against what its OpenAPI document declares."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from bce_emulator.control.description import described
from bce_emulator.control.process import ControlCall
from bce_emulator.control.responses import Refused
from bce_emulator.control.routes import MODULES


@cache
def control_calls() -> dict[str, ControlCall]:
    """Every control call, by method and path."""
    return {f"{call.method} {call.path}": call for module in MODULES for call in module.CALLS}


@cache
def adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def find(method: str, target: str) -> ControlCall | None:
    """The call that a request is for; a path without variables before one with."""
    path = target.partition("?")[0]
    fitting = [
        call
        for call in control_calls().values()
        if call.method == method and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", re.escape(call.path).replace("\\{", "{").replace("\\}", "}")), path)
    ]  # fmt: skip
    return min(fitting, key=lambda call: call.path.count("{"), default=None)


def undeclared(model: Any, body: Any) -> Any:
    """What an answer is when only what its model declares is left of it; the answer itself if that is all."""
    kept = adapter(model).validate_python(body, strict=True)
    return adapter(type(kept)).dump_python(kept, by_alias=True, exclude_unset=True)


def check_control(method: str, target: str, status: int, body: Any) -> None:
    """Fail if an answer has a member that is not declared, lacks one, has one of another type, or another status."""
    call = find(method, target)
    if call is None:
        assert status >= 400 or target == "openapi.json", f"{method} {target} is no declared call"
        return
    if status != 200:
        assert status in described(call, "process")["responses"], f"{method} {target} does not declare {status}"
    model = call.response if status == 200 else Refused
    assert undeclared(model, body) == body, f"{method} {target} answers what it does not declare"
