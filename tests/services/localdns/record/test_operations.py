"""Records of private zones."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.vpc.errors import LimitExceeded
from tests.services.localdns.names import NOBODY, NOTHING, ZONES, new_record, new_zone, records

RECORD = {"rr": "www", "type": "A", "value": "192.168.1.1"}


def test_a_record_says_what_it_was_given_and_what_it_is_changed_to(cloud):
    zone_id = new_zone(cloud)
    record_id = new_record(cloud, zone_id)
    plain = RECORD | {"recordId": record_id, "status": "enable", "ttl": 60, "priority": 0, "description": ""}
    assert records(cloud, zone_id) == [plain]

    mail = {"rr": "@", "type": "MX", "value": "mail.example.com", "ttl": 5, "priority": 10, "description": "post"}
    cloud.clock.advance(60)
    cloud.ok("PUT", f"{ZONES}/record/{record_id}", mail)
    cloud.ok("PUT", f"{ZONES}/record/{record_id}?disable")
    assert records(cloud, zone_id) == [mail | {"recordId": record_id, "status": "pause"}]
    assert cloud.ok("GET", f"{ZONES}/{zone_id}")["updateTime"] == "2026-01-01T00:01:00Z"

    cloud.ok("PUT", f"{ZONES}/record/{record_id}?enable")
    assert records(cloud, zone_id)[0]["status"] == "enable"
    cloud.ok("DELETE", f"{ZONES}/record/{record_id}")
    assert records(cloud, zone_id) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?rr=w", ["www", "web"]),
        ("?rr=w&searchMode=exact", []),
        ("?value=10.0.0&searchMode=LIKE", ["web"]),
        ("?type=TXT", ["@"]),
        ("?type=A&rr=web&value=10.0.0.1&searchMode=EXACT", ["web"]),
    ],
)
def test_records_are_searched(cloud, query, found):
    zone_id = new_zone(cloud)
    new_record(cloud, new_zone(cloud, "other.com"))
    new_record(cloud, zone_id, rr="web", value="10.0.0.1")
    new_record(cloud, zone_id, rr="@", type="TXT", value="v=1")
    new_record(cloud, zone_id)

    assert [each["rr"] for each in records(cloud, zone_id, query)] == found


@pytest.mark.parametrize(
    "members",
    [
        {"type": "AAAA", "value": "2001:db8::1"},
        {"type": "CNAME", "value": "other.example.com."},
        {"type": "PTR", "rr": "1.1", "value": "host"},
        {"type": "SRV", "rr": "_sip._tcp", "value": "1 10 5060 sip.example.com"},
        {"type": "TXT", "rr": "*.a", "value": "x" * 255},
        {"type": "MX", "value": "mail", "priority": 100, "ttl": 86_400},
    ],
)
def test_every_type_has_values_of_its_own(cloud, members):
    zone_id = new_zone(cloud)

    new_record(cloud, zone_id, **members)

    assert members.items() <= records(cloud, zone_id)[0].items()


@pytest.mark.parametrize(
    "members",
    [
        {"rr": ""},
        {"rr": "a..b"},
        {"rr": "a." * 122 + "a"},
        {"value": "192.168"},
        {"type": "AAAA"},
        {"type": "CNAME", "value": "a b"},
        {"type": "TXT", "value": ""},
        {"type": "SRV", "value": "1 10 70000 sip.example.com"},
        {"type": "MX", "value": "mail.example.com"},
        {"type": "NS", "value": "ns.example.com"},
        {"ttl": 4},
        {"ttl": 86_401},
        {"priority": 101},
    ],
)
def test_a_record_that_resolves_to_nothing_is_refused(cloud, members):
    zone_id = new_zone(cloud)
    record_id = new_record(cloud, zone_id)

    cloud.refused(BadRequest, "POST", f"{ZONES}/{zone_id}/record", RECORD | members)
    cloud.refused(BadRequest, "PUT", f"{ZONES}/record/{record_id}", RECORD | members)


def test_a_record_that_cannot_be_made_or_found_is_refused(cloud):
    zone_id = new_zone(cloud)
    first, other = new_record(cloud, zone_id), new_record(cloud, zone_id, rr="other")
    add = f"{ZONES}/{zone_id}/record"

    cloud.refused(OperationDenied, "POST", add, RECORD)
    cloud.refused(OperationDenied, "PUT", f"{ZONES}/record/{other}", RECORD)
    cloud.ok("PUT", f"{ZONES}/record/{first}", RECORD)
    cloud.refused(BadRequest, "GET", f"{add}?searchMode=some")
    for method, target, body in (
        ("POST", f"{ZONES}/{NOBODY}/record", RECORD),
        ("GET", f"{ZONES}/{NOBODY}/record", None),
        ("PUT", NOTHING, RECORD),
        ("PUT", f"{NOTHING}?enable", None),
        ("PUT", f"{NOTHING}?disable", None),
        ("DELETE", NOTHING, None),
    ):
        cloud.refused(NoSuchObject, method, target, body)
    cloud.set_facts(**{"localdns.recordQuota": 2})
    cloud.refused(LimitExceeded, "POST", add, RECORD | {"rr": "third"})
    cloud.set_facts(realNameVerified=False)
    cloud.refused(QualifyNotPass, "POST", add, RECORD | {"rr": "third"})
