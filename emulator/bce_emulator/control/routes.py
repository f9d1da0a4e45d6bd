"""Adds the control API to the application, with its own form of errors."""

from __future__ import annotations

from inspect import signature
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from bce_emulator.control import (
    account_settings,
    accounts,
    agenda,
    backends,
    clock,
    explanation,
    faults,
    instances,
    inventory,
    journal,
    listing,
    maintenance,
    metrics,
    process,
    reachability,
    repairs,
    repeat,
    resources,
    state,
    stream,
    verification,
)
from bce_emulator.control.bodies import check_query, no_such_member
from bce_emulator.control.description import described
from bce_emulator.control.process import ControlCall
from bce_emulator.control.selection import named_is_awake
from bce_emulator.engine.errors import ApiError

MODULES = (
    process,
    clock,
    agenda,
    accounts,
    account_settings,
    faults,
    journal,
    verification,
    stream,
    explanation,
    repeat,
    instances,
    inventory,
    resources,
    backends,
    maintenance,
    repairs,
    reachability,
    state,
    listing,
    metrics,
)
"""Where the control calls are, in the order in which their documentation shows them."""


def add_control(app: FastAPI, prefix: str) -> None:
    """Add every control call below the prefix; what is wrong is said in ``{"error": …}``."""
    for module in MODULES:
        for call in module.CALLS:
            app.add_api_route(
                prefix + call.path,
                call.function,
                methods=[call.method],
                response_model=None,
                dependencies=[Depends(check_query), *_wakes(call)],
                **described(call, module.__name__.rpartition(".")[2]),
            )
    app.add_exception_handler(HTTPException, _refuse)
    app.add_exception_handler(ApiError, _refuse_account)
    app.add_exception_handler(RequestValidationError, _refuse_values)
    app.add_exception_handler(UnicodeEncodeError, _refuse_surrogates)
    app.add_exception_handler(Exception, _fail)


def _wakes(call: ControlCall) -> list[Any]:
    """A call that is about the account that it names has it read from disk first."""
    return [Depends(named_is_awake)] if "account" in signature(call.function).parameters else []


async def _refuse(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    text = str(error.detail)
    if error.status_code in {404, 405} and text in {"Not Found", "Method Not Allowed"}:
        text = f"there is no control call {request.method} {request.url.path}; see /_emulator/openapi.json"
    return JSONResponse({"error": text}, error.status_code, error.headers)


async def _refuse_values(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return JSONResponse({"error": f"the body is not JSON: {first['ctx']['error']}"}, 400)
    path = ".".join(str(part) for part in first["loc"] if part not in {"body", "query"})
    if first["type"] == "extra_forbidden":
        return JSONResponse({"error": no_such_member(request.scope["route"], path, str(first["loc"][-1]))}, 400)
    if first["type"] in {"model_type", "model_attributes_type", "dict_type"} and not path:
        return JSONResponse({"error": "the body is a JSON object"}, 400)
    return JSONResponse({"error": f"{path or 'the body'}: {first['msg']}"}, 400)


async def _refuse_surrogates(_request: Request, _error: Exception) -> JSONResponse:
    return JSONResponse({"error": "the body has half of a surrogate pair, which is no character"}, 400)


async def _refuse_account(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ApiError)
    headers = {name.decode(): value.decode() for name, value in error.headers}
    return JSONResponse({"error": error.explanation or error.text}, error.status, headers)


async def _fail(_request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"error": f"an internal error: {type(error).__name__}"}, 500)
