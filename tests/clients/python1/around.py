"""Clients of the SDK whose methods the sweep calls by name, all arguments named, each call coming to its end."""

from __future__ import annotations

from baidubce.exception import BceHttpClientError
from baidubce.services.eip import model as eip_model
from baidubce.services.eip.eip_client import EipClient
from program import ZONE, run_due
from sdk import bcc, configuration, subnet, vpc
from sweeping import Calls, Sweep

SWEEP = Sweep(BceHttpClientError)
NO_PAGE = {"max_keys": -1}


def calls_of(kind: type) -> Calls:
    """Calls of a client of this kind, in the one sweep of all."""
    return Calls(kind(configuration), SWEEP)


def home() -> tuple[str, str]:
    """The default VPC, and its subnet in the zone where instances are made."""
    (found,) = subnet.list_subnets(zone_name=ZONE).subnets
    return found.vpc_id, found.subnet_id


def new_network(cidr: str = "10.0.0.0/16", ipv6: bool = False) -> tuple[str, str]:
    """A VPC and a subnet of it, whose addresses begin with the same two numbers."""
    vpc_id = vpc.create_vpc("net", cidr, enable_ipv6=ipv6).vpc_id
    part = cidr.replace(".0.0/16", ".1.0/24")
    return vpc_id, subnet.create_subnet("part", ZONE, part, vpc_id, enable_ipv6=ipv6).subnet_id


def new_address() -> str:
    address: str = EipClient(configuration).create_eip(5, billing=eip_model.Billing("Postpaid", "ByTraffic")).eip
    run_due()
    return address


def ipv6_of(instance_id: str) -> str:
    """The IPv6 address that an instance has from now on."""
    bcc.add_ipv6(instance_id, None, reboot=True)
    run_due()
    return bcc.get_instance(instance_id).instance.ipv6
