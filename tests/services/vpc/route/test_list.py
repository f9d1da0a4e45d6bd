"""Look at route tables and their rules."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from tests.network import CIDR, make_vpc


@pytest.fixture
def vpc(cloud) -> str:
    return make_vpc(cloud)


@pytest.fixture
def table(cloud, vpc) -> str:
    return cloud.ok("GET", f"/v1/route?vpcId={vpc}")["routeTableId"]


def lead(cloud, table: str, destination: str) -> str:
    body = {"routeTableId": table, "sourceAddress": "0.0.0.0/0", "destinationAddress": destination}
    return cloud.ok("POST", "/v1/route/rule", body | {"nexthopType": "defaultGateway"})["routeRuleId"]


def test_a_table_begins_with_the_rule_of_the_system(cloud, vpc, table):
    assert cloud.ok("GET", f"/v1/route?routeTableId={table}") == {
        "name": "default",
        "routeTableId": table,
        "vpcId": vpc,
        "routeRules": [
            {
                "routeRuleId": "",
                "routeTableId": table,
                "sourceAddress": "0.0.0.0/0",
                "destinationAddress": CIDR,
                "nexthopId": "",
                "nexthopType": "sys",
                "description": "",
                "pathType": "normal",
            }
        ],
    }


def test_a_table_shows_the_rules_that_were_made_too(cloud, vpc, table):
    rules = [lead(cloud, table, "8.8.8.0/24"), lead(cloud, table, "9.9.9.0/24")]

    rendered = cloud.ok("GET", f"/v1/route?vpcId={vpc}&routeTableId={table}")["routeRules"]

    assert [rule["routeRuleId"] for rule in rendered] == [*rules, ""]


def test_the_rules_that_were_made_come_in_pages(cloud, vpc, table):
    rules = [lead(cloud, table, f"8.8.{number}.0/24") for number in range(3)]

    first = cloud.ok("GET", f"/v1/route/rule?routeTableId={table}&maxKeys=2")
    rest = cloud.ok("GET", f"/v1/route/rule?vpcId={vpc}&maxKeys=2&marker={first['nextMarker']}")

    assert [rule["routeRuleId"] for rule in first["routeRules"] + rest["routeRules"]] == rules[::-1]
    assert (first["isTruncated"], rest["isTruncated"]) == (True, False)


def test_rules_of_another_table_are_not_listed(cloud, table):
    lead(cloud, table, "8.8.8.0/24")

    assert cloud.ok("GET", f"/v1/route/rule?vpcId={make_vpc(cloud)}")["routeRules"] == []


@pytest.mark.parametrize("path", ["/v1/route", "/v1/route/rule"])
def test_a_table_is_to_be_named(cloud, table, path):
    cloud.refused(BadRequest, "GET", path)
    cloud.refused(BadRequest, "GET", f"{path}?routeTableId={table}&vpcId={make_vpc(cloud)}")
    cloud.refused(NoSuchObject, "GET", f"{path}?routeTableId=rt-nothing")
    cloud.refused(NoSuchObject, "GET", f"{path}?vpcId=vpc-nothing")
