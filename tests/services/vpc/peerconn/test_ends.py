"""Peer connections, as both ends see them."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from bce_emulator.engine.account.clock import DAY
from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.shared.term import KEPT
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.subnet.errors import ResourceNeedRelease
from tests.cloud import Cloud
from tests.network import default_vpc, make_vpc

POSTPAID = {"paymentTiming": "Postpaid"}
PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1, "reservationTimeUnit": "Month"}}
NOBODY = "peerconn-nobody00nobo"


def seen_by(cloud: Cloud, access_key: str = "test", region: str = "bj") -> Cloud:
    """The same emulator as another account or another region sees it; the clock stands still there too."""
    other = copy.copy(cloud)
    other.access_key, other.host = access_key, f"bcc.{region}.localhost:8080"
    other.clock.freeze()
    return other


@pytest.fixture
def other(cloud) -> Cloud:
    return seen_by(cloud, "test-other")


@pytest.fixture
def vpcs(cloud) -> tuple[str, str]:
    return default_vpc(cloud), make_vpc(cloud)


def connect(cloud: Cloud, local: str, peer: str, region: str = "bj", **members: Any) -> str:
    """The id of a peer connection that has got as far as it gets by itself."""
    order = {"bandwidthInMbps": 10, "localVpcId": local, "peerVpcId": peer, "peerRegion": region, "billing": POSTPAID}
    peer_conn_id: str = cloud.ok("POST", "/v1/peerconn?clientToken=", order | members)["peerConnId"]
    cloud.clock.advance(5)
    return peer_conn_id


def offer(cloud: Cloud, other: Cloud, **members: Any) -> str:
    """A connection that another account is to accept; across regions, so that it can be paid for ahead."""
    far = seen_by(other, other.access_key, "gz")
    return connect(cloud, default_vpc(cloud), default_vpc(far), "gz", peerAccountId=other.access_key, **members)


def look(cloud: Cloud, peer_conn_id: str, role: str = "") -> dict[str, Any]:
    return cloud.ok("GET", f"/v1/peerconn/{peer_conn_id}?role={role}")


def act(cloud: Cloud, peer_conn_id: str, action: str, body: dict[str, Any] | None = None) -> None:
    cloud.ok("PUT", f"/v1/peerconn/{peer_conn_id}?{action}", body or {})


def test_two_vpcs_of_a_region_see_both_ends(cloud, vpcs):
    local, peer = vpcs
    tags = [{"tagKey": "team", "tagValue": "red"}]
    names = {"localIfName": "here", "peerIfName": "there", "description": "of a test"}
    order = {"bandwidthInMbps": 10, "localVpcId": local, "peerVpcId": peer, "peerRegion": "bj", "billing": POSTPAID}
    peer_conn_id = cloud.ok("POST", "/v1/peerconn", order | names | {"tags": tags, "deleteProtect": True})["peerConnId"]

    assert look(cloud, peer_conn_id)["status"] == "creating"
    cloud.clock.advance(5)
    initiator, acceptor = look(cloud, peer_conn_id), look(cloud, peer_conn_id, "acceptor")

    assert initiator == {
        "peerConnId": peer_conn_id,
        "role": "initiator",
        "status": "active",
        "bandwidthInMbps": 10,
        "description": "of a test",
        "localIfId": initiator["localIfId"],
        "localIfName": "here",
        "localVpcId": local,
        "localRegion": "bj",
        "peerVpcId": peer,
        "peerRegion": "bj",
        "peerAccountId": "test",
        "paymentTiming": "Postpaid",
        "dnsStatus": "close",
        "createdTime": "2026-01-01T00:00:00Z",
        "expiredTime": "",
        "tags": tags,
        "deleteProtect": True,
    }
    swapped = {"role": "acceptor", "localVpcId": peer, "peerVpcId": local, "localIfName": "there", "description": ""}
    assert acceptor == initiator | swapped | {"localIfId": acceptor["localIfId"]}
    listed = cloud.ok("GET", "/v1/peerconn")["peerConns"]
    assert listed == [acceptor, initiator]
    assert cloud.ok("GET", f"/v1/peerconn?vpcId={local}")["peerConns"] == [initiator]
    page = cloud.ok("GET", "/v1/peerconn?maxKeys=1")
    assert cloud.ok("GET", f"/v1/peerconn?maxKeys=1&marker={page['nextMarker']}")["peerConns"] == [initiator]


def test_another_region_has_the_other_end(cloud):
    far = seen_by(cloud, region="gz")
    peer_conn_id = connect(cloud, default_vpc(cloud), default_vpc(far), "gz", billing=PREPAID)

    here, there = look(cloud, peer_conn_id), look(far, peer_conn_id)

    assert (here["role"], here["status"], there["role"], there["status"]) == (
        "initiator",
        "active",
        "acceptor",
        "active",
    )
    assert (there["localRegion"], there["peerRegion"]) == ("gz", "bj")
    assert here["expiredTime"] == there["expiredTime"] == "2026-02-01T00:00:00Z"
    cloud.refused(NoSuchObject, "GET", f"/v1/peerconn/{peer_conn_id}?role=acceptor")


def test_what_is_beyond_the_emulator_is_taken_at_its_word(cloud):
    vpc = default_vpc(cloud)

    far = connect(cloud, vpc, "vpc-elsewhere0001", "su")
    offered = connect(cloud, vpc, "vpc-elsewhere0002", peerAccountId="0123456789abcdef0123456789abcdef")

    assert (look(cloud, far)["status"], look(cloud, offered)["status"]) == ("active", "consulting")
    act(cloud, far, "resize", {"newBandwidthInMbps": 7})
    cloud.clock.advance(7 * DAY)
    assert look(cloud, offered)["status"] == "consult_failed"
    for peer_conn_id in (far, offered):
        cloud.ok("DELETE", f"/v1/peerconn/{peer_conn_id}")
    cloud.clock.advance(5)
    assert cloud.ok("GET", "/v1/peerconn")["peerConns"] == []


@pytest.mark.parametrize("first", ["cloud", "other"])
def test_another_account_accepts_and_whichever_clock_is_ahead_brings_the_end(cloud, other, first):
    far = seen_by(other, other.access_key, "gz")
    peer_conn_id = offer(cloud, other)
    act_on = f"/v1/peerconn/{peer_conn_id}"
    assert look(cloud, peer_conn_id)["status"] == look(far, peer_conn_id)["status"] == "consulting"
    for answer in ("accept", "reject"):
        cloud.refused(OperationDenied, "PUT", f"{act_on}?{answer}")
    far.refused(NoSuchObject, "PUT", f"/v1/peerconn/{NOBODY}?accept")

    act(far, peer_conn_id, "accept")
    assert look(cloud, peer_conn_id)["status"] == look(far, peer_conn_id)["status"] == "starting"
    {"cloud": cloud, "other": far}[first].clock.advance(5)

    assert look(cloud, peer_conn_id)["status"] == look(far, peer_conn_id)["status"] == "active"
    for answer in ("accept", "reject"):
        far.refused(OperationDenied, "PUT", f"{act_on}?{answer}")
    for method, target, body in (
        ("DELETE", act_on, None),
        ("PUT", f"{act_on}?resize", {"newBandwidthInMbps": 20}),
        ("PUT", f"{act_on}?purchaseReserved", {"billing": PREPAID}),
        ("PUT", f"{act_on}?refund", None),
        ("PUT", f"{act_on}/deleteProtect", {"deleteProtect": True}),
    ):
        far.refused(OperationDenied, method, target, body)
    act(cloud, peer_conn_id, "resize", {"newBandwidthInMbps": 20})
    assert look(far, peer_conn_id)["bandwidthInMbps"] == 20
    {"cloud": cloud, "other": far}[first].clock.advance(5)
    cloud.ok("DELETE", act_on)
    assert look(far, peer_conn_id)["status"] == "deleting"
    {"cloud": cloud, "other": far}[first].clock.advance(5)
    for each in (cloud, far):
        each.refused(NoSuchObject, "GET", act_on)


def test_an_offer_can_be_rejected_then_made_anew(cloud, other):
    far = seen_by(other, other.access_key, "gz")
    peer_conn_id = offer(cloud, other)

    act(far, peer_conn_id, "reject")

    assert look(cloud, peer_conn_id)["status"] == look(far, peer_conn_id)["status"] == "consult_failed"
    far.refused(OperationDenied, "PUT", f"/v1/peerconn/{peer_conn_id}?accept")
    offer(cloud, other)


def test_an_offer_that_nobody_answers_fails_and_its_initiator_may_vanish(cloud, other):
    far = seen_by(other, other.access_key, "gz")
    peer_conn_id = offer(cloud, other)
    cloud.clock.advance(7 * DAY - 5)
    assert look(far, peer_conn_id)["status"] == "consult_failed"

    again = offer(cloud, other)
    cloud.emulator.accounts.reset("test")
    cloud.clock.freeze()
    far.clock.advance(5)
    far.refused(OperationDenied, "PUT", f"/v1/peerconn/{again}?accept")
    assert offer(cloud, other) == peer_conn_id
    assert [each["peerConnId"] for each in far.ok("GET", "/v1/peerconn")["peerConns"]] == [peer_conn_id, again]


def test_an_offer_keeps_no_vpc_of_its_receiver(cloud, other):
    local, theirs = make_vpc(cloud), make_vpc(other)
    peer_conn_id = connect(cloud, local, theirs, peerAccountId="test-other")
    other.clock.advance(5)

    cloud.refused(ResourceNeedRelease, "DELETE", f"/v1/vpc/{local}")
    other.ok("DELETE", f"/v1/vpc/{theirs}")

    assert look(cloud, peer_conn_id)["status"] == "consult_failed"


def test_a_connection_is_refused_unless_it_can_be(cloud, vpcs, other):
    local, peer = vpcs
    order = {"bandwidthInMbps": 10, "localVpcId": local, "peerVpcId": peer, "peerRegion": "bj", "billing": POSTPAID}
    for error, change in (
        (BadRequest, {"bandwidthInMbps": 0}),
        (BadRequest, {"bandwidthInMbps": 10_001}),
        (BadRequest, {"peerRegion": "moon"}),
        (BadRequest, {"peerRegion": "gz", "peerVpcId": "sbn-1"}),
        (BadRequest, {"localIfName": "1st"}),
        (BadRequest, {"peerIfName": "1st"}),
        (BadRequest, {"peerIfName": "there", "peerAccountId": "test-other"}),
        (BadRequest, {"description": "d" * 201}),
        (BadRequest, {"billing": PREPAID | {"reservation": {"reservationLength": 10}}}),
        (BadRequest, {"billing": {"paymentTiming": "Spotpaid"}}),
        (InappropriateJSON, {"billing": None}),
        (NoSuchObject, {"localVpcId": "vpc-nobody00"}),
        (NoSuchObject, {"peerVpcId": "vpc-nobody00"}),
        (OperationDenied, {"peerVpcId": local}),
        (OperationDenied, {"billing": PREPAID}),
    ):
        cloud.refused(error, "POST", "/v1/peerconn", order | change)
    for vpc in vpcs:
        cloud.ok("PUT", f"/v1/vpc/openRelay/{vpc}")
    cloud.refused(OperationDenied, "POST", "/v1/peerconn", order)
    cloud.ok("PUT", f"/v1/vpc/shutdownRelay/{peer}")
    connect(cloud, local, peer)
    for pair in (order, order | {"localVpcId": peer, "peerVpcId": local}):
        cloud.refused(OperationDenied, "POST", "/v1/peerconn", pair)
    more = order | {"peerRegion": "gz", "peerVpcId": "vpc-elsewhere0001"}
    for quota in ("peerConnQuota", "peerConnQuotaOfVpc"):
        cloud.set_facts(**{"peerConnQuota": 10, "peerConnQuotaOfVpc": 10} | {quota: 1})
        cloud.refused(LimitExceeded, "POST", "/v1/peerconn", more)
    cloud.set_facts(realNameVerified=False)
    cloud.refused(QualifyNotPass, "POST", "/v1/peerconn", more)


def test_each_end_has_its_own_name_and_dns(cloud, vpcs):
    peer_conn_id = connect(cloud, *vpcs)
    target = f"/v1/peerconn/{peer_conn_id}"
    mine, theirs = look(cloud, peer_conn_id), look(cloud, peer_conn_id, "acceptor")
    assert mine["localIfName"].startswith("int-")

    cloud.ok("PUT", target, {"localIfId": theirs["localIfId"], "localIfName": "renamed"})
    cloud.ok("PUT", target, {"localIfId": theirs["localIfId"], "description": "another"})

    changed = look(cloud, peer_conn_id, "acceptor")
    assert (changed["localIfName"], changed["description"]) == ("renamed", "another")
    assert look(cloud, peer_conn_id) == mine
    stranger = look(cloud, connect(cloud, vpcs[0], "vpc-elsewhere0001", "gz"))["localIfId"]
    for interface in (stranger, "qpif-nobody"):
        cloud.refused(NoSuchObject, "PUT", target, {"localIfId": interface, "localIfName": "renamed"})
    cloud.refused(BadRequest, "PUT", target, {"localIfId": mine["localIfId"], "localIfName": "1st"})

    cloud.refused(OperationDenied, "PUT", f"{target}?close&role=acceptor")
    cloud.refused(BadRequest, "PUT", f"{target}?open&role=other")
    for action, body, passing, then in (
        ("open", {"role": "acceptor"}, "syncing", "open"),
        ("close&role=acceptor", None, "closing", "close"),
    ):
        act(cloud, peer_conn_id, action, body)
        assert look(cloud, peer_conn_id, "acceptor")["dnsStatus"] == passing
        cloud.refused(OperationDenied, "PUT", f"{target}?{action.partition('&')[0]}&role=acceptor")
        assert (look(cloud, peer_conn_id)["dnsStatus"], look(cloud, peer_conn_id)["status"]) == ("close", "active")
        cloud.clock.advance(3)
        assert look(cloud, peer_conn_id, "acceptor")["dnsStatus"] == then
    act(cloud, peer_conn_id, "open", {"role": "acceptor"})
    cloud.clock.advance(3)
    cloud.refused(OperationDenied, "PUT", f"{target}?open&role=acceptor")


def test_what_is_paid_ahead_grows_expires_and_is_renewed(cloud):
    far = seen_by(cloud, region="gz")
    peer_conn_id = connect(cloud, default_vpc(cloud), default_vpc(far), "gz", billing=PREPAID)
    target = f"/v1/peerconn/{peer_conn_id}"
    cloud.refused(OperationDenied, "PUT", f"{target}?resize", {"newBandwidthInMbps": 9})
    cloud.refused(BadRequest, "PUT", f"{target}?resize", {"newBandwidthInMbps": 10_001})
    act(far, peer_conn_id, "resize", {"newBandwidthInMbps": 11})
    assert look(cloud, peer_conn_id)["status"] == look(far, peer_conn_id)["status"] == "updating"
    for action, body in (("resize", {"newBandwidthInMbps": 12}), ("purchaseReserved", {"billing": PREPAID})):
        cloud.refused(OperationDenied, "PUT", f"{target}?{action}", body)
    cloud.clock.advance(5)
    cloud.refused(OperationDenied, "DELETE", target)

    act(cloud, peer_conn_id, "purchaseReserved", {"billing": PREPAID})
    assert look(far, peer_conn_id)["expiredTime"] == "2026-03-01T00:00:00Z"
    cloud.clock.advance(60 * DAY)
    assert look(cloud, peer_conn_id)["status"] == look(far, peer_conn_id)["status"] == "down"
    cloud.refused(OperationDenied, "PUT", f"{target}?refund")
    act(cloud, peer_conn_id, "purchaseReserved", {"billing": PREPAID})
    assert look(cloud, peer_conn_id)["expiredTime"] == "2026-04-02T00:00:10Z"

    act(far, peer_conn_id, "refund")
    assert look(cloud, peer_conn_id)["status"] == look(far, peer_conn_id)["status"] == "down"
    cloud.ok("DELETE", target)
    cloud.clock.advance(5)
    far.refused(NoSuchObject, "GET", target)

    connect(cloud, default_vpc(cloud), default_vpc(far), "gz", billing=PREPAID)
    cloud.clock.advance(30 * DAY + KEPT)
    assert cloud.ok("GET", "/v1/peerconn")["peerConns"]
    cloud.clock.advance(DAY)
    assert cloud.ok("GET", "/v1/peerconn")["peerConns"] == far.ok("GET", "/v1/peerconn")["peerConns"] == []


def test_what_is_used_or_protected_stays(cloud, vpcs):
    peer_conn_id = connect(cloud, *vpcs)
    target = f"/v1/peerconn/{peer_conn_id}"
    table = cloud.ok("GET", f"/v1/route?vpcId={vpcs[1]}")["routeTableId"]
    rule = {"routeTableId": table, "sourceAddress": "0.0.0.0/0", "destinationAddress": "192.168.0.0/16"}
    hop = {"nexthopType": "peerConn", "nexthopId": look(cloud, peer_conn_id)["localIfId"]}
    cloud.refused(OperationDenied, "POST", "/v1/route/rule", rule | hop)
    hop["nexthopId"] = look(cloud, peer_conn_id, "acceptor")["localIfId"]
    rule_id = cloud.ok("POST", "/v1/route/rule", rule | hop)["routeRuleId"]
    cloud.refused(OperationDenied, "DELETE", target)
    cloud.ok("DELETE", f"/v1/route/rule/{rule_id}")
    cloud.ok("PUT", f"{target}/deleteProtect", {"deleteProtect": True})
    cloud.refused(OperationDenied, "DELETE", target)
    cloud.ok("PUT", f"{target}/deleteProtect", {"deleteProtect": False})
    cloud.refused(ResourceNeedRelease, "DELETE", f"/v1/vpc/{vpcs[1]}")

    for action, body in (("purchaseReserved", {"billing": PREPAID}), ("refund", None)):
        cloud.refused(OperationDenied, "PUT", f"{target}?{action}", body)
    cloud.ok("DELETE", target)
    cloud.clock.advance(5)

    cloud.ok("DELETE", f"/v1/vpc/{vpcs[1]}")


def test_rules_limit_what_leaves_the_region_and_go_with_the_connection(cloud, vpcs):
    far = connect(cloud, vpcs[0], "vpc-elsewhere0001", "gz")
    rule = {"ipVersion": "4", "name": "branch", "serviceType": "peerconn", "direction": "egress", "cidr": "10.0.0.0/8"}

    def limit(peer_conn_id: str, bandwidth: int) -> tuple[str, str, dict[str, Any]]:
        return "POST", "/v1/gateway/limitrule", rule | {"resourceId": peer_conn_id, "bandwidth": bandwidth}

    cloud.refused(OperationDenied, *limit(connect(cloud, *vpcs), 1))
    cloud.refused(BadRequest, *limit(far, 11))
    cloud.ok(*limit(far, 10))
    cloud.refused(OperationDenied, "PUT", f"/v1/peerconn/{far}?resize", {"newBandwidthInMbps": 9})
    cloud.ok("PUT", f"/v1/peerconn/{far}?resize", {"newBandwidthInMbps": 10})
    cloud.clock.advance(5)
    cloud.ok("DELETE", f"/v1/peerconn/{far}")
    cloud.clock.advance(5)

    assert cloud.ok("GET", "/v1/gateway/limitrule")["result"] == []


def test_a_connection_that_is_not_there_is_not_found(cloud):
    target = f"/v1/peerconn/{NOBODY}"
    for method, key, body in (
        ("GET", "", None),
        ("DELETE", "", None),
        ("PUT", "", {"localIfId": "qpif-1"}),
        ("PUT", "?accept", None),
        ("PUT", "?reject", None),
        ("PUT", "?open&role=initiator", None),
        ("PUT", "?close&role=initiator", None),
        ("PUT", "?refund", None),
        ("PUT", "?resize", {"newBandwidthInMbps": 9}),
        ("PUT", "?purchaseReserved", {"billing": PREPAID}),
        ("PUT", "/deleteProtect", {"deleteProtect": True}),
    ):
        cloud.refused(NoSuchObject, method, target + key, body)


def test_what_was_offered_and_not_accepted_takes_nothing_of_the_quota_of_its_receiver(cloud, other):
    far = seen_by(other, other.access_key, "gz")
    act(far, offer(cloud, other), "reject")
    offered = offer(cloud, other)
    far.set_facts(**{"vpc.peerConnQuotaOfVpc": 1})

    mine = connect(far, default_vpc(far), "vpc-elsewhere0001", "bj")

    far.refused(LimitExceeded, "PUT", f"/v1/peerconn/{offered}?accept")
    far.ok("DELETE", f"/v1/peerconn/{mine}")
    far.clock.advance(5)
    act(far, offered, "accept")
