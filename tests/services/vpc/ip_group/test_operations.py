"""Groups of sets of addresses."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.errors import LimitExceeded
from tests.services.vpc.enterprise_security_group.esgs import CREATE, HTTPS, new_esg
from tests.services.vpc.ip_set.sets import GROUP, SIX, new_group, new_set


def sets_of(cloud, group: str) -> list[str]:
    found: list[str] = cloud.ok("GET", f"{GROUP}/{group}")["ipSetIds"]
    return found


def test_a_group_has_what_was_asked_for(cloud):
    first, six = new_set(cloud), new_set(cloud, **SIX)
    group = new_group(cloud, first, description="of a test")
    shown = {
        "ipGroupId": group,
        "name": "everybody",
        "description": "of a test",
        "ipVersion": "IPv4",
        "ipSetIds": [first],
    }
    other = new_group(cloud, six, ipVersion="IPv6")

    assert cloud.ok("GET", f"{GROUP}/{group}") == shown | {"bindedInstances": []}
    assert cloud.ok("GET", f"{GROUP}?ipVersion=IPv4")["ipGroups"] == [shown | {"bindedInstanceNum": 0}]
    page = cloud.ok("GET", f"{GROUP}?maxKeys=1")
    assert ([each["ipGroupId"] for each in page["ipGroups"]], page["truncated"]) == ([other], True)


def test_sets_are_put_in_and_taken_out_all_or_none(cloud):
    first, second, third, six = (new_set(cloud), new_set(cloud), new_set(cloud), new_set(cloud, **SIX))
    group = new_group(cloud, first)
    bind, unbind = (f"{GROUP}/{group}/{call}" for call in ("bindIpSet", "unbindIpSet"))

    cloud.ok("POST", bind, {"ipSetIds": [second, third]})
    cloud.ok("POST", unbind, {"ipSetIds": [first, third]})

    assert sets_of(cloud, group) == [second]
    for error, call, ids in (
        (OperationDenied, bind, [first, second]),
        (BadRequest, bind, [six]),
        (BadRequest, bind, []),
        (BadRequest, bind, [first, first]),
        (NoSuchObject, bind, ["ips-nothing"]),
        (NoSuchObject, unbind, [second, first]),
        (BadRequest, unbind, []),
    ):
        cloud.refused(error, "POST", call, {"ipSetIds": ids})
    cloud.set_facts(**{"vpc.ipGroupSetQuota": 2})
    cloud.refused(LimitExceeded, "POST", bind, {"ipSetIds": [first, third]})


def test_a_group_is_renamed_and_described(cloud):
    target = f"{GROUP}/{new_group(cloud, new_set(cloud), description='first')}"

    cloud.ok("PUT", f"{target}?modifyAttribute", {"name": "nobody"})
    cloud.ok("PUT", f"{target}?modifyAttribute", {"name": "", "description": ""})

    shown = cloud.ok("GET", target)
    assert (shown["name"], shown["description"]) == ("nobody", "")
    cloud.refused(BadRequest, "PUT", f"{target}?modifyAttribute", {"name": "no body"})


def test_what_no_group_can_be_is_refused(cloud):
    first, second, six = new_set(cloud), new_set(cloud), new_set(cloud, **SIX)
    good = {"name": "everybody", "ipVersion": "IPv4", "ipSetIds": [first]}
    cloud.set_facts(**{"vpc.ipGroupSetQuota": 1})
    for error, members in (
        (BadRequest, {"name": ""}),
        (BadRequest, {"ipSetIds": []}),
        (BadRequest, {"ipSetIds": [six]}),
        (BadRequest, {"ipVersion": "IPv6"}),
        (NoSuchObject, {"ipSetIds": ["ips-nothing"]}),
        (LimitExceeded, {"ipSetIds": [first, second]}),
    ):
        cloud.refused(error, "POST", GROUP, good | members)


@pytest.mark.parametrize("call", ["bindIpSet", "unbindIpSet"])
def test_a_group_that_is_not_there_is_not_found(cloud, call):
    target = f"{GROUP}/ipg-nothing"
    cloud.refused(NoSuchObject, "POST", f"{target}/{call}", {"ipSetIds": [new_set(cloud)]})
    cloud.refused(NoSuchObject, "GET", target)
    cloud.refused(NoSuchObject, "DELETE", target)
    cloud.refused(NoSuchObject, "PUT", f"{target}?modifyAttribute", {"name": "new"})


def test_what_uses_a_group_keeps_it(cloud):
    group = new_group(cloud, new_set(cloud))
    by_group = {**HTTPS, "sourceIp": "", "remoteIpGroup": group}
    cloud.refused(BadRequest, "POST", CREATE, {"name": "web", "rules": [by_group | {"ethertype": "IPv6"}]})
    guard = new_esg(cloud, rules=[by_group])

    assert cloud.ok("GET", f"{GROUP}/{group}")["bindedInstances"] == [{"instanceId": guard, "instanceType": "ESG"}]
    assert cloud.ok("GET", GROUP)["ipGroups"][0]["bindedInstanceNum"] == 1
    cloud.refused(OperationDenied, "DELETE", f"{GROUP}/{group}")
    cloud.ok("DELETE", f"{CREATE}/{guard}")
    cloud.ok("DELETE", f"{GROUP}/{group}")
