"""Name, description, hostname, queues and protection of an instance."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import (
    BadRequest,
    IdempotentParameterMismatch,
    InappropriateJSON,
    NoSuchObject,
    OperationDenied,
)
from bce_emulator.services.bcc.instance.errors import (
    DeletionProtection,
    DeletionProtectionInvalid,
    HostnameDuplicate,
    HostnameFormatInvalid,
    InstanceNameInvalid,
)
from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.resource import Instance

CHANGES = [
    ("?modifyAttribute", {"name": "web-1"}, "name", "web-1"),
    ("?modifyAttribute", {"name": "web/1 _."}, "name", "web/1 _."),
    ("?modifyAttribute", {"enableJumboFrame": True}, "enableJumboFrame", True),
    ("?modifyDesc", {"desc": "serves the web"}, "desc", "serves the web"),
    ("?modifyDesc", {"desc": ""}, "desc", ""),
    ("?changeHostname", {"hostname": "web-1.example"}, "hostname", "web-1.example"),
    ("/deletionProtection", {"deletionProtection": 1}, "deletionProtection", 1),
    ("/deletionProtection", {"deletionProtection": "1"}, "deletionProtection", 1),
    ("/modifyRelatedDeletePolicy", {"isEipAutoRelatedDelete": True}, "isEipAutoRelatedDelete", True),
]
UNDONE = [
    ("?modifyAttribute", {"name": "web"}, OperationDenied),
    ("?modifyDesc", {"desc": "web"}, OperationDenied),
    ("?changeHostname", {"hostname": "web"}, OperationDenied),
]


@pytest.mark.parametrize(("target", "body", "member", "expected"), CHANGES)
def test_a_change_is_shown(cloud, running, target, body, member, expected):
    response = cloud.ok("PUT", f"/v2/instance/{running}{target}", body)

    assert response == {}
    assert cloud.instance(running)[member] == expected
    assert cloud.status(running) == "Running"


def test_members_that_go_sends_without_a_value_change_nothing(cloud, running):
    body = {"name": "", "netEthQueueCount": "", "enableJumboFrame": None}
    before = cloud.instance(running)

    cloud.ok("PUT", f"/v2/instance/{running}?modifyAttribute", body)

    assert cloud.instance(running) == before


@pytest.mark.parametrize("name", ["1web", "-web", "w" * 66, "web!"])
def test_a_name_that_breaks_the_rule_is_refused(cloud, running, name):
    cloud.refused(InstanceNameInvalid, "PUT", f"/v2/instance/{running}?modifyAttribute", {"name": name})


@pytest.mark.parametrize("hostname", ["", "w", "Web", "1web", "web-", "web-.a", "w" * 65, "web_1"])
def test_a_hostname_that_breaks_the_rule_is_refused(cloud, running, hostname):
    cloud.refused(HostnameFormatInvalid, "PUT", f"/v2/instance/{running}?changeHostname", {"hostname": hostname})


@pytest.mark.parametrize(("target", "body", "error"), UNDONE)
def test_an_instance_that_starts_is_not_changed(cloud, running, target, body, error):
    cloud.ok("PUT", f"/v2/instance/{running}?reboot")

    cloud.refused(error, "PUT", f"/v2/instance/{running}{target}", body)


@pytest.mark.parametrize(("target", "body"), [change[:2] for change in CHANGES])
def test_an_unknown_instance_is_not_found(cloud, target, body):
    cloud.refused(NoSuchObject, "PUT", f"/v2/instance/i-nobody00{target}", body)


@pytest.mark.parametrize(
    "target", ["?modifyDesc", "?changeHostname", "/deletionProtection", "/modifyRelatedDeletePolicy"]
)
def test_the_new_value_is_required(cloud, running, target):
    cloud.refused(InappropriateJSON, "PUT", f"/v2/instance/{running}{target}", {})


def test_a_description_has_at_most_200_characters(cloud, running):
    cloud.ok("PUT", f"/v2/instance/{running}?modifyDesc", {"desc": "d" * 200})

    cloud.refused(BadRequest, "PUT", f"/v2/instance/{running}?modifyDesc", {"desc": "d" * 201})


@pytest.mark.parametrize("count", ["1", "2", 2])
def test_a_stopped_instance_takes_another_number_of_queues(cloud, running, count):
    cloud.ok("PUT", f"/v2/instance/{running}?stop")
    cloud.clock.advance(20)

    cloud.ok("PUT", f"/v2/instance/{running}?modifyAttribute", {"netEthQueueCount": count})

    assert cloud.instance(running)["netEthQueueCount"] == str(count)


@pytest.mark.parametrize("count", ["0", "3", "-1", "many"])
def test_an_instance_has_no_more_queues_than_cores(cloud, running, count):
    cloud.refused(BadRequest, "PUT", f"/v2/instance/{running}?modifyAttribute", {"netEthQueueCount": count})


def test_a_change_of_name_and_queues_is_made_whole_or_not_at_all(cloud, running):
    body = {"name": "web", "netEthQueueCount": "2"}

    cloud.refused(OperationDenied, "PUT", f"/v2/instance/{running}?modifyAttribute", body)

    assert cloud.instance(running)["name"] != "web"


@pytest.mark.parametrize(("spec", "without_charge"), [("ebc.l5c.c128m256.1d", False), ("bcc.g5.c2m8", True)])
def test_queues_of_some_instances_are_fixed(cloud, spec, without_charge):
    instance = cloud.create(spec=spec)
    cloud.ok("PUT", f"/v2/instance/{instance}?stop", {"stopWithNoCharge": without_charge})
    cloud.clock.advance(20)

    cloud.refused(OperationDenied, "PUT", f"/v2/instance/{instance}?modifyAttribute", {"netEthQueueCount": "2"})


def test_a_hostname_is_taken_once_in_a_vpc_unless_that_is_allowed(cloud, running):
    other = cloud.create(hostname="web")
    body = {"hostname": "web"}

    cloud.refused(HostnameDuplicate, "PUT", f"/v2/instance/{running}?changeHostname", body)
    cloud.ok("PUT", f"/v2/instance/{running}?changeHostname", body | {"isAllowHostnameRepeat": True})

    assert cloud.instance(running)["hostname"] == cloud.instance(other)["hostname"] == "web"


def test_an_instance_in_another_vpc_may_have_the_hostname(cloud, running):
    nic_of(cloud.account, cloud.account.get(Instance, cloud.create(hostname="web"))).vpc_id = "vpc-another00000"

    cloud.ok("PUT", f"/v2/instance/{running}?changeHostname", {"hostname": "web"})


def test_an_instance_may_be_given_the_hostname_it_has(cloud):
    instance = cloud.create(hostname="web")

    cloud.ok("PUT", f"/v2/instance/{instance}?changeHostname", {"hostname": "web"})


def test_a_change_of_hostname_restarts_the_instance_if_asked(cloud, running):
    cloud.ok("PUT", f"/v2/instance/{running}?changeHostname", {"hostname": "web", "reboot": True})

    assert cloud.status(running) == "Starting"
    cloud.clock.advance(40)
    assert cloud.status(running) == "Running"


def test_a_protected_instance_is_not_released_until_it_is_no_longer_protected(cloud, running):
    target = f"/v2/instance/{running}/deletionProtection"
    cloud.ok("PUT", target, {"deletionProtection": 1})

    cloud.refused(DeletionProtection, "DELETE", f"/v2/instance/{running}")
    cloud.ok("PUT", target, {"deletionProtection": 0})

    cloud.ok("DELETE", f"/v2/instance/{running}")


@pytest.mark.parametrize("value", [2, -1])
def test_protection_is_on_or_off(cloud, running, value):
    body = {"deletionProtection": value}

    cloud.refused(DeletionProtectionInvalid, "PUT", f"/v2/instance/{running}/deletionProtection", body)


def test_a_recycled_instance_is_not_protected(cloud, running):
    cloud.account.get(Instance, running).state = "Recycled"

    cloud.refused(OperationDenied, "PUT", f"/v2/instance/{running}/deletionProtection", {"deletionProtection": 1})


def test_a_token_makes_a_change_once(cloud, running):
    target = f"/v2/instance/{running}?changeHostname&clientToken=once"
    cloud.ok("PUT", target, {"hostname": "web", "reboot": True})

    again = cloud.ok("PUT", target, {"hostname": "web", "reboot": True})

    assert again == {}
    cloud.refused(IdempotentParameterMismatch, "PUT", target, {"hostname": "other"})
