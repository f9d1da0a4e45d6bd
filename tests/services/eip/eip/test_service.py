"""EIPs that come, stay and go with instances."""

from __future__ import annotations

import json
from ipaddress import ip_address

import pytest

from bce_emulator.engine.errors import BadRequest, OperationDenied
from bce_emulator.services.eip.eip.lifecycle import LIFECYCLE
from bce_emulator.services.eip.eip.resource import Eip
from tests.cloud import LINUX, SPEC
from tests.control.conftest import control_of
from tests.services.eip.eip.addresses import (
    BOUND,
    DAY,
    MONTH,
    PREPAID,
    addresses,
    bind,
    bound_eip,
    eip,
    in_bin,
    new_eip,
    target,
)

CASCADE = {"relatedReleaseFlag": True, "deleteCdsSnapshotFlag": False}
ALONE = CASCADE | {"relatedReleaseFlag": False}
CHARGED = {
    "BANDWIDTH_PREPAID": ("Prepaid", ""),
    "TRAFFIC_POSTPAID_BY_HOUR": ("Postpaid", "ByTraffic"),
    "BANDWIDTH_POSTPAID_BY_HOUR": ("Postpaid", "ByBandwidth"),
}


def with_eip(cloud, **members) -> tuple[str, str]:
    """An instance and the address that it was made with."""
    instance = cloud.create(networkCapacityInMbps=7, **members)
    return instance, cloud.instance(instance)["publicIp"]


@pytest.mark.parametrize("charged", CHARGED)
def test_an_instance_is_made_with_an_eip_that_is_bound(cloud, charged):
    instance, address = with_eip(cloud, internetChargeType=charged, eipName="front")

    found = eip(cloud, address)
    assert (found["name"], found["status"], found["bandwidthInMbps"]) == ("front", "binded", 7)
    assert (found["instanceType"], found["instanceId"]) == ("BCC", instance)
    assert (found["paymentTiming"], found["billingMethod"]) == CHARGED[charged]
    assert bool(found["expireTime"]) == (charged == "BANDWIDTH_PREPAID")


def test_an_eip_of_a_prepaid_instance_ends_with_it(cloud):
    instance, address = with_eip(cloud, billing=PREPAID)

    assert eip(cloud, address)["expireTime"] == cloud.instance(instance)["expireTime"]


def test_an_eip_of_an_instance_that_renews_itself_does_so_too(cloud):
    _, address = with_eip(cloud, billing=PREPAID, autoRenewTime=1)

    cloud.clock.advance(MONTH)

    assert eip(cloud, address)["status"] == "binded"


@pytest.mark.parametrize(
    ("members", "call", "stays"),
    [
        ({}, ("DELETE", "", None), True),
        ({"isEipAutoRelatedDelete": True}, ("DELETE", "", None), False),
        ({}, ("POST", "", ALONE), True),
        ({"isEipAutoRelatedDelete": True}, ("POST", "", ALONE), False),
        ({}, ("POST", "", CASCADE), False),
        ({"internetChargeType": "BANDWIDTH_PREPAID"}, ("POST", "", CASCADE), True),
    ],
)
def test_an_eip_goes_with_its_instance_if_it_is_to_and_else_is_free(cloud, members, call, stays):
    instance, address = with_eip(cloud, **members)
    method, query, body = call

    cloud.ok(method, f"/v2/instance/{instance}{query}", body)

    assert addresses(cloud, "status=available") == addresses(cloud) == ([address] if stays else [])


def test_a_batch_of_instances_goes_with_its_eips(cloud):
    made = [with_eip(cloud)[0] for _ in range(2)]

    cloud.ok("POST", "/v2/instance/batchDelete", CASCADE | {"instanceIds": made})

    assert addresses(cloud) == []


def test_a_protected_eip_outlives_its_instance(cloud):
    instance, address = with_eip(cloud, isEipAutoRelatedDelete=True)
    cloud.ok("PUT", f"/v1/eip/{address}/deleteProtect", {"deleteProtect": True})

    cloud.ok("POST", f"/v2/instance/{instance}", CASCADE)

    assert eip(cloud, address)["status"] == "available"


def test_a_released_instance_says_which_eip_went_with_it(cloud):
    instance, _ = with_eip(cloud, billing=PREPAID, internetChargeType="BANDWIDTH_POSTPAID_BY_HOUR")
    address = cloud.instance(instance)["publicIp"]

    done = cloud.ok("POST", f"/v2/instance/delete?instanceId={instance}", CASCADE)

    assert done["successResources"]["eip"] == address
    assert addresses(cloud) == []


def test_refunded_instances_go_with_their_eips_if_asked(cloud):
    pairs = [
        with_eip(cloud, billing=PREPAID, internetChargeType=charged)
        for charged in ("BANDWIDTH_PREPAID", "BANDWIDTH_POSTPAID_BY_HOUR")
    ]

    cloud.ok("POST", "/v2/instance/batchRefundResource", CASCADE | {"instanceIds": [each for each, _ in pairs]})

    assert addresses(cloud) == [pairs[0][1]]


def test_the_recycle_bin_keeps_an_eip_with_its_instance_and_both_come_back(cloud):
    instance, address = with_eip(cloud)
    cloud.ok("POST", f"/v2/instance/{instance}", CASCADE | {"bccRecycleFlag": True})
    assert eip(cloud, address)["instanceId"] == instance
    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{new_eip(cloud)}?bind", target(instance))

    cloud.ok("POST", "/v2/instance/recovery", {"instanceIds": [{"instanceId": instance}]})
    cloud.clock.advance(60)
    cloud.ok("DELETE", f"/v2/instance/{instance}")

    assert eip(cloud, address)["status"] == "available"


@pytest.mark.parametrize(("body", "left"), [(CASCADE, 0), (ALONE, 1)])
def test_what_was_to_go_with_an_instance_goes_when_the_bin_lets_go_of_it(cloud, body, left):
    instance, _ = with_eip(cloud)

    cloud.ok("POST", f"/v2/instance/{instance}", body | {"bccRecycleFlag": True})
    cloud.clock.advance(DAY)

    assert len(addresses(cloud)) == left


def test_a_prepaid_eip_stays_out_of_the_bin_of_instances(cloud):
    instance, address = with_eip(cloud, internetChargeType="BANDWIDTH_PREPAID")

    cloud.ok("POST", f"/v2/instance/{instance}", CASCADE | {"bccRecycleFlag": True})

    found = eip(cloud, address)
    assert (found["status"], found["instanceId"]) == ("available", "")


@pytest.mark.parametrize("flag", [True, False])
def test_an_instance_released_on_time_takes_its_eip_if_told_so(cloud, flag):
    instance, _ = with_eip(cloud)
    body = {"releaseTime": "2026-01-02T00:00:00Z", "isEipAutoRelatedDelete": flag}

    cloud.ok("PUT", f"/v2/instance/{instance}?autorelease", body)
    cloud.clock.advance(DAY)

    assert len(addresses(cloud)) == (0 if flag else 1)


@pytest.mark.parametrize(("query", "end"), [("&relatedRenewFlag=CDS_EIP", "2026-03-01"), ("", "2026-02-01")])
def test_an_eip_is_renewed_with_its_instance_if_asked(cloud, query, end):
    instance, address = with_eip(cloud, billing=PREPAID)

    cloud.ok("PUT", f"/v2/instance/{instance}?purchaseReserved{query}", {"billing": PREPAID})

    assert eip(cloud, address)["expireTime"].startswith(end)


def test_an_eip_paid_by_use_is_not_renewed_with_its_instance(cloud):
    instance, address = with_eip(cloud, billing=PREPAID, internetChargeType="TRAFFIC_POSTPAID_BY_HOUR")

    cloud.ok("PUT", f"/v2/instance/{instance}?purchaseReserved&relatedRenewFlag=EIP", {"billing": PREPAID})

    assert eip(cloud, address)["expireTime"] == ""


@pytest.mark.parametrize(("renewed", "status"), [(True, "binded"), (False, "paused")])
def test_a_rule_of_an_instance_renews_its_eip_too_unless_told_otherwise(cloud, renewed, status):
    instance, address = with_eip(cloud, billing=PREPAID)
    rule = {"instanceId": instance, "renewTimeUnit": "month", "renewTime": 1, "renewEip": renewed}

    cloud.ok("POST", "/v2/instance/batchCreateAutoRenewRules", rule)
    cloud.clock.advance(MONTH)

    assert eip(cloud, address)["status"] == status


@pytest.mark.parametrize(("renewed", "status"), [(True, "paused"), (False, "binded")])
def test_an_eip_ceases_to_renew_itself_with_its_instance_unless_told_otherwise(cloud, renewed, status):
    instance, address = with_eip(cloud, billing=PREPAID, autoRenewTime=1)

    cloud.ok("POST", "/v2/instance/batchDeleteAutoRenewRules", {"instanceId": instance, "renewEip": renewed})
    cloud.clock.advance(MONTH)

    assert eip(cloud, address)["status"] == status


def test_a_test_gives_an_instance_any_eip(cloud, running):
    control = control_of(cloud)
    there = bound_eip(cloud, cloud.create())

    for address in ("203.0.113.7", there, cloud.ok("POST", "/v1/eip", {"bandwidthInMbps": 1, "billing": {}})["eip"]):
        control("PUT", f"instances/{running}", {"publicIp": address})

        assert cloud.instance(running)["publicIp"] == address
        assert addresses(cloud, f"instanceType=BCC&instanceId={running}") == [address]

    control("PUT", f"instances/{running}", {"publicIp": ""})
    assert cloud.instance(running)["publicIp"] == ""
    assert set(addresses(cloud, "status=available")) == set(addresses(cloud))


def test_an_address_that_a_test_gave_is_given_to_nobody_else(cloud, running):
    next_one = str(ip_address(new_eip(cloud)) + 1)

    control_of(cloud)("PUT", f"instances/{running}", {"publicIp": next_one})

    assert new_eip(cloud) != next_one
    assert len(set(addresses(cloud))) == 3


@pytest.mark.parametrize("end", ["unavailable", "available", "never"])
def test_an_instance_goes_whatever_has_become_of_its_eip(cloud, running, end):
    address, other = new_eip(cloud), cloud.create()
    control_of(cloud)("POST", "faults", {"operation": "BindEip", "endIn": end})
    bind(cloud, address, running)
    cloud.clock.advance(DAY)
    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{address}?bind", target(other))

    cloud.ok("POST", f"/v2/instance/{running}", ALONE)

    assert eip(cloud, address)["instanceId"] == ""


def test_an_eip_that_is_out_of_service_is_not_renewed_with_its_instance(cloud):
    instance, address = with_eip(cloud, billing=PREPAID)
    control_of(cloud)("POST", "faults", {"operation": "EipBandwidthScalingCapacity", "endIn": "unavailable"})
    cloud.ok("PUT", f"/v1/eip/{address}?resize", {"newBandwidthInMbps": 9})
    end = eip(cloud, address)["expireTime"]

    cloud.ok("PUT", f"/v2/instance/{instance}?purchaseReserved&relatedRenewFlag=EIP", {"billing": PREPAID})

    assert eip(cloud, address)["expireTime"] == end


def test_an_eip_that_a_test_gives_comes_out_of_the_recycle_bin(cloud, running):
    address = new_eip(cloud)
    cloud.ok("DELETE", f"/v1/eip/{address}?releaseToRecycle=true")

    control_of(cloud)("PUT", f"instances/{running}", {"publicIp": address})
    cloud.clock.advance(8 * DAY)

    assert (addresses(cloud), in_bin(cloud)) == ([address], [])
    assert (eip(cloud, address)["status"], cloud.instance(running)["publicIp"]) == ("binded", address)


def test_an_expired_eip_that_a_test_gives_is_still_expired(cloud, running):
    address = new_eip(cloud, billing=PREPAID)
    cloud.clock.advance(MONTH)

    control_of(cloud)("PUT", f"instances/{running}", {"publicIp": address})

    assert (eip(cloud, address)["status"], cloud.instance(running)["publicIp"]) == ("paused", address)


@pytest.mark.parametrize("wrong", ["any", "203.0.113.7/24", "2001:db8::1", "203.0.113.007"])
def test_a_test_gives_no_instance_what_is_no_ipv4_address(cloud, running, wrong):
    refusal = control_of(cloud)("PUT", f"instances/{running}", {"publicIp": wrong, "status": "Stopped"})

    assert (refusal.status, cloud.status(running), addresses(cloud)) == (400, "Running", [])


@pytest.mark.parametrize("operation", ["BindEip", "UnbindEip"])
@pytest.mark.parametrize("end", [*LIFECYCLE.states, "never"])
def test_an_instance_is_released_however_a_binding_ended(cloud, running, operation, end):
    address = bound_eip(cloud, running) if operation == "UnbindEip" else new_eip(cloud)
    control_of(cloud)("POST", "faults", {"operation": f"eip.{operation}", "endIn": end})
    cloud.ok("PUT", f"/v1/eip/{address}?{operation[:-3].lower()}", target(running))
    cloud.clock.advance(BOUND)

    cloud.ok("POST", f"/v2/instance/{running}", ALONE)

    assert cloud.account.find_by(Eip, "address", address).instance_id == ""


@pytest.mark.parametrize("end", LIFECYCLE.states)
def test_an_instance_is_renewed_however_a_change_of_its_eip_ended(cloud, end):
    instance, address = with_eip(cloud, billing=PREPAID)
    control_of(cloud)("POST", "faults", {"operation": "eip.EipBandwidthScalingCapacity", "endIn": end})
    cloud.ok("PUT", f"/v1/eip/{address}?resize", {"newBandwidthInMbps": 9})
    cloud.clock.advance(DAY)

    cloud.ok("PUT", f"/v2/instance/{instance}?purchaseReserved&relatedRenewFlag=EIP", {"billing": PREPAID})

    assert cloud.instance(instance)["expireTime"].startswith("2026-03-01")


def test_nothing_with_a_public_address_is_in_a_subnet_for_nat(cloud, running):
    subnet = cloud.ok(
        "POST",
        "/v1/subnet",
        {
            "name": "nat",
            "zoneName": "cn-bj-a",
            "cidr": "192.168.200.0/24",
            "vpcId": cloud.instance(running)["vpcId"],
            "subnetType": "BCC_NAT",
        },
    )["subnetId"]
    body = {"spec": SPEC, "imageId": LINUX, "billing": {"paymentTiming": "Postpaid"}, "subnetId": subnet}
    move = {"instanceId": running, "subnetId": subnet}
    address = bound_eip(cloud, running)

    cloud.refused(BadRequest, "POST", "/v2/instanceBySpec", body | {"networkCapacityInMbps": 5})
    cloud.refused(OperationDenied, "PUT", "/v2/subnet/changeSubnet", move)

    cloud.ok("PUT", f"/v1/eip/{address}?unbind")
    cloud.clock.advance(BOUND)
    cloud.ok("PUT", "/v2/subnet/changeSubnet", move)


@pytest.mark.parametrize("name", ["1st", "a" * 66, "front door", "前端"])
def test_an_eip_of_an_instance_has_a_name_as_any_eip_has(cloud, name):
    body = {"spec": SPEC, "imageId": LINUX, "billing": {"paymentTiming": "Postpaid"}, "eipName": name}

    cloud.refused(BadRequest, "POST", "/v2/instanceBySpec", body)


def test_an_instance_goes_whose_eip_a_document_binds_to_what_there_is_not(cloud):
    instance, address = with_eip(cloud)
    control = control_of(cloud)
    document = json.dumps(control("GET", "state").body).replace('"instance_type": "BCC"', '"instance_type": "Redis"')
    assert control("PUT", "state", json.loads(document)).status == 200

    cloud.ok("POST", f"/v2/instance/{instance}", ALONE)

    assert eip(cloud, address)["status"] == "available"
