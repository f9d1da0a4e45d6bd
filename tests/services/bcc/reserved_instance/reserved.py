"""Reserved instances for tests: buying them, and looking at them."""

from __future__ import annotations

import copy
from typing import Any

from tests.cloud import SPEC, Cloud

PATH = "/v2/instance/reserved"
ORDER = {"zoneName": "cn-bj-a", "spec": SPEC, "offeringType": "FullyPrepay", "reservedInstanceTime": 1}
NOBODY = "r-Nobody00"
DAY = 24 * 3600


def buy(cloud: Cloud, **members: Any) -> str:
    """The id of a new reserved instance."""
    reserved_id: str = cloud.ok("POST", f"{PATH}/create", ORDER | members)["reservedInstanceIds"][0]
    return reserved_id


def listed(cloud: Cloud, query: str = "", **filters: Any) -> list[dict[str, Any]]:
    """The reserved instances as a client lists them."""
    shown: list[dict[str, Any]] = cloud.ok("POST", f"{PATH}/list?{query}", filters)["reservedInstances"]
    return shown


def reserved(cloud: Cloud, reserved_id: str) -> dict[str, Any]:
    """One of them."""
    return listed(cloud, reservedInstanceIds=[reserved_id])[0]


def status_of(cloud: Cloud, reserved_id: str) -> str:
    status: str = reserved(cloud, reserved_id)["reservedInstanceStatus"]
    return status


def other_account(cloud: Cloud, name: str) -> Cloud:
    """The same emulator as another account sees it; its clock stands still too."""
    account = copy.copy(cloud)
    account.access_key = name
    account.clock.freeze()
    return account
