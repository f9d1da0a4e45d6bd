"""How control calls are described in the OpenAPI document: tags, summaries, models, refusals, the token."""

from __future__ import annotations

from inspect import getdoc, isclass
from typing import Any

from fastapi.responses import Response
from pydantic import TypeAdapter

from bce_emulator.control.process import ControlCall
from bce_emulator.control.responses import Refused

SECTIONS = {
    "process": "whether it lives and is ready, its version, and back to the first day",
    "clock": "the virtual time of an account",
    "agenda": "what is due when",
    "accounts": "accounts and their keys",
    "account_settings": "what no request can change: quotas, stock, the length of transitions",
    "faults": "what is planned to go wrong",
    "journal": "what was asked and answered",
    "verification": "whether something was asked",
    "stream": "the journal as it is written",
    "explanation": "why a signature did not match",
    "repeat": "a request to send again",
    "instances": "facts of an instance that no request can bring about",
    "inventory": "what there is, and what each resource can do",
    "resources": "the status of a resource of any kind",
    "backends": "what the health checks of load balancers find",
    "maintenance": "what the cloud finds to repair",
    "repairs": "what the cloud finds to repair of bare metal",
    "reachability": "whether traffic would pass",
    "state": "everything an account has",
    "listing": "what is emulated",
    "metrics": "what a monitoring system reads",
}
"""The tags, by the file of their calls."""
TAGS = [{"name": name.replace("_", " "), "description": text} for name, text in SECTIONS.items()]
REFUSALS = {
    400: "the call is not understood; the text says what would be right",
    401: "the admin token is missing or wrong",
    403: "a web page of another origin asks",
    404: "there is no such account or thing, or the control API is switched off",
    413: "the body is too long",
    500: "an internal error, or a change that could not be saved",
    503: "the emulator is not ready, or another replica serves",
}
PROBES = ("live", "ready")
SCHEME = "adminToken"


def described(call: ControlCall, section: str) -> dict[str, Any]:
    """The arguments with which FastAPI adds a call, beside its function."""
    statuses = [400, *([] if call.path in PROBES else [401]), 403, *([] if call.path in PROBES else [404])]
    statuses += [413] if call.method in {"POST", "PUT"} else []
    statuses += [500, *([] if call.path == "live" else [503])]
    about: dict[str, Any] = {
        "tags": [section.replace("_", " ")],
        "summary": (getdoc(call.function) or "").partition("\n")[0],
        "description": " ",
        "operation_id": operation_id(call),
        "responses": {status: {"model": Refused, "description": REFUSALS[status]} for status in statuses},
        "openapi_extra": {"security": [] if call.path in PROBES else [{}, {SCHEME: []}]},
    }
    if isclass(call.response) and issubclass(call.response, Response):
        about |= {"response_class": call.response, "status_code": 200}
    elif call.response is not None:
        about["responses"][200] = {"model": call.response}
    if call.body is not None:
        schema = TypeAdapter(call.body).json_schema()
        about["openapi_extra"]["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return about


def operation_id(call: ControlCall) -> str:
    """A name for the call: its method, and its path without what varies."""
    words = [word for word in call.path.replace(".", "_").split("/") if not word.startswith("{")]
    each = ["one"] if call.path.endswith("}") else []
    return "_".join([call.method.lower(), *words, *each])


def completed(document: dict[str, Any]) -> dict[str, Any]:
    """A document without the refusal that FastAPI has and these calls have not, and with the token."""
    for path in document["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
            for status, response in operation["responses"].items():
                if status != "200":
                    [content] = response["content"].values()
                    response["content"] = {"application/json": content}
    components = document["components"]
    components["schemas"] = {
        name: schema
        for name, schema in components["schemas"].items()
        if name not in {"HTTPValidationError", "ValidationError"}
    }
    components["securitySchemes"] = {SCHEME: {"type": "http", "scheme": "bearer"}}
    return document
