"""The name servers of a VPC."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from tests.network import default_vpc

SERVERS = {"domainNameServers": "10.0.0.2, 10.0.0.3"}


@pytest.fixture
def target(cloud) -> str:
    return f"/v1/vpc/{default_vpc(cloud)}/dhcp"


def test_name_servers_are_given_and_changed(cloud, target):
    assert cloud.ok("GET", target)["dhcpOptions"] == {"domainName": "", "domainNameServers": ""}
    cloud.ok("POST", target, SERVERS)
    assert cloud.ok("GET", target)["dhcpOptions"]["domainNameServers"] == "10.0.0.2,10.0.0.3"

    cloud.ok("PUT", target, {"domainNameServers": "10.0.0.4"})

    assert cloud.ok("GET", target)["dhcpOptions"]["domainNameServers"] == "10.0.0.4"


def test_name_servers_are_given_once_and_changed_only_then(cloud, target):
    cloud.refused(BadRequest, "PUT", target, SERVERS)
    cloud.ok("POST", target, SERVERS)

    cloud.refused(BadRequest, "POST", target, SERVERS)


@pytest.mark.parametrize("servers", ["", "dns.example.com", "10.0.0.1,"])
def test_a_name_server_is_an_address(cloud, target, servers):
    cloud.refused(BadRequest, "POST", target, {"domainNameServers": servers})


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_a_vpc_that_is_not_there_is_not_found(cloud, method):
    cloud.refused(NoSuchObject, method, "/v1/vpc/vpc-nothing/dhcp", None if method == "GET" else SERVERS)
