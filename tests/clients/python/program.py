"""What the Python programs share: scenarios that print a line each, the control API, expectations."""

from __future__ import annotations

import json
import os
import sys
import traceback
import urllib.error
import urllib.request
from collections.abc import Callable

ENDPOINT = os.environ["BCE_ENDPOINT"]
ACCESS_KEY = os.environ["BCE_ACCESS_KEY"]
SECRET_KEY = os.environ["BCE_SECRET_KEY"]
CONTROL = os.environ["BCE_CONTROL"]
LINUX, ANOTHER_LINUX = "m-z2UUQHH9", "m-1fcAFgYL"
SPEC, LARGER_SPEC = "bcc.g5.c2m8", "bcc.g5.c4m16"
ZONE = "cn-bj-a"
PASSWORD, ANOTHER_PASSWORD = "Passw0rd!@#", "An0ther!Pass"
UNKNOWN = "i-UNKNOWN0"
PLANNED, UNPLANNED = "PlannedMaintenanceEvent", "UnplannedMaintenanceEvent"
SERVICE_UNAVAILABLE = "Vpc.AddIpv6Exception"
"""A documented error of status 503."""

_SCENARIOS: dict[str, Callable[[], object]] = {}


class Cannot(Exception):
    """The SDK has no way to do this."""


def scenario(name: str) -> Callable:
    """Makes a function one of the program's scenarios."""

    def add(function: Callable[[], object]) -> Callable:
        _SCENARIOS[name] = function
        return function

    return add


def main() -> None:
    """Run every scenario, or those that the command line names."""
    failed = False
    for name in sys.argv[1:] or _SCENARIOS:
        said: dict[str, object] = {"scenario": name, "ok": True, "note": ""}
        try:
            said["note"] = _SCENARIOS[name]() or ""
        except Cannot as reason:
            said |= {"ok": None, "note": str(reason)}
        except Exception as error:  # noqa: BLE001 - the other scenarios go on
            failed = True
            said |= {"ok": False, "note": f"{type(error).__name__}: {error}"}
            traceback.print_exc()
        print(json.dumps(said), flush=True)
    sys.exit(failed)


def control(method: str, path: str, body: dict | None = None) -> dict:
    """A call of the control API about the program's account."""
    request = urllib.request.Request(f"{CONTROL}/{path}?account={ACCESS_KEY}", method=method)
    request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, None if body is None else json.dumps(body).encode()) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        raise RuntimeError(error.read().decode()) from None


def run_due() -> None:
    """Everything under way comes to its end."""
    control("POST", "clock/advance", {"until": "idle"})


def begin_anew() -> None:
    """The account as on its first day, its clock standing still."""
    control("POST", "reset")
    control("PUT", "clock", {"frozen": True})


def pass_seconds(seconds: float) -> None:
    """Time passes."""
    control("POST", "clock/advance", {"seconds": seconds})


def report_event(instance_id: str, category: str) -> str:
    """The id of a maintenance event that the cloud reports of an instance."""
    return control("POST", f"instances/{instance_id}/maintenance", {"category": category})["id"]


def plan_fault(operation: str, **effect: object) -> None:
    """The next calls of an operation go wrong."""
    control("POST", "faults", {"operation": operation, **effect})


def expect(seen: object, wanted: object) -> None:
    """Fails unless both are equal and of one type."""
    if seen != wanted or type(seen) is not type(wanted):
        raise AssertionError(f"{seen!r} is not {wanted!r}")
