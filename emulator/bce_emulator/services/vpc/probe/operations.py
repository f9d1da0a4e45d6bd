"""Create probes, look at them, change and delete them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, LenientInt, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.shared.cidr import parse_address
from bce_emulator.services.shared.ports import MAX_PORT
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.vpc.address.private import follow
from bce_emulator.services.vpc.address.wanted import addresses_for
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.names import check_description, check_name
from bce_emulator.services.vpc.probe.resource import PROBE_QUOTA, Probe
from bce_emulator.services.vpc.quotas import check_quota
from bce_emulator.services.vpc.subnet.errors import SubnetHasNoMoreIp
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.resource import Vpc

Frequency = Literal[10, 20, 30]
WITHOUT_PORT = frozenset({"ICMP"})
WITH_PAYLOAD = frozenset({"UDP", "DNS"})
ACTIVE = "active"
"""The status of every probe."""


class CreateProbeRequest(Model):
    """What to ask how, and from which addresses; without some so many are assigned."""

    client_token: ClientToken = ""
    name: str
    description: str = ""
    vpc_id: str
    subnet_id: str
    protocol: Literal["ICMP", "TCP", "UDP", "DNS"]
    frequency: Frequency
    source_ips: tuple[str, ...] = ()
    source_ip_num: Annotated[int, Field(ge=0)] = 0
    dest_ip: str
    dest_port: LenientInt = 0
    payload: str = ""


class ProbeRef(Model):
    """Which probe."""

    client_token: ClientToken = ""
    probe_id: str


class UpdateProbeRequest(ProbeRef):
    """What to change."""

    name: str = ""
    description: str | None = None
    dest_ip: str = ""
    dest_port: LenientInt = 0
    frequency: Frequency | None = None
    payload: str = ""


class GetProbeDetailRequest(Model):
    """Which probe to look at."""

    probe_id: str


class ListProbesRequest(Model):
    """One page of the probes."""

    marker: str = ""
    max_keys: int = MAX_KEYS


class CreateProbeResponse(TypedDict):
    """The probe that was made."""

    probeId: str


class ProbeView(TypedDict):
    """A probe; its port is a text, which is empty where it has none."""

    probeId: str
    name: str
    description: str
    vpcId: str
    subnetId: str
    protocol: str
    frequency: int
    sourceIps: list[str]
    sourceIpNum: int
    destIp: str
    destPort: str
    payload: str
    status: str


class ListProbesResponse(Page):
    """One page of the probes."""

    probes: list[ProbeView]


@operation(
    "POST /v1/probe",
    errors=[QualifyNotPass, NoSuchObject, OperationDenied, SubnetHasNoMoreIp, LimitExceeded],
    doc="https://cloud.baidu.com/doc/VPC/s/Xl6a5e196",
)
def create_probe(account: AccountRegion, request: CreateProbeRequest) -> CreateProbeResponse:
    """Make a probe; nothing is really asked."""
    check_name(request.name)
    check_description(request.description)
    _check_target(request.protocol, request.dest_ip, request.dest_port, request.payload)
    if not request.source_ips and not request.source_ip_num:
        raise BadRequest("sourceIps or sourceIpNum is needed")
    require_real_name(account)
    vpc, subnet = account.get(Vpc, request.vpc_id), account.get(Subnet, request.subnet_id)
    if subnet.vpc_id != vpc.id:
        raise BadRequest("the subnet is in another VPC")
    check_quota(account, PROBE_QUOTA, len(account.where(Probe, "vpc_id", vpc.id)) + 1)
    addresses = addresses_for(account, subnet, request.source_ips, request.source_ip_num)
    probe = account.add(
        Probe(
            id=account.new_id(Probe),
            name=request.name,
            desc=request.description,
            vpc_id=vpc.id,
            subnet_id=subnet.id,
            protocol=request.protocol,
            frequency=request.frequency,
            source_ips=addresses,
            dest_ip=request.dest_ip,
            dest_port=request.dest_port,
            payload=request.payload,
        )
    )
    follow(subnet, addresses[-1])
    return {"probeId": probe.id}


@operation("GET /v1/probe", doc="https://cloud.baidu.com/doc/VPC/s/Tlr5ytnjh")
def list_probes(account: AccountRegion, request: ListProbesRequest) -> ListProbesResponse:
    """List the probes, newest first."""
    return page(ListProbesResponse, account, Probe, "probes", _show, request.marker, request.max_keys)


@operation("GET /v1/probe/{probeId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/5l6lt3w4d")
def get_probe_detail(account: AccountRegion, request: GetProbeDetailRequest) -> ProbeView:
    """Look at one probe."""
    return _show(account.get(Probe, request.probe_id))


@operation("PUT /v1/probe/{probeId}", "PUT /v1/probe/{probeId}?modifyAttribute", errors=[NoSuchObject])
def update_probe(account: AccountRegion, request: UpdateProbeRequest) -> None:
    """Change a probe; what is left out stays."""
    probe = account.get(Probe, request.probe_id)
    check_name(request.name or probe.name)
    check_description(request.description)
    dest_ip, dest_port = request.dest_ip or probe.dest_ip, request.dest_port or probe.dest_port
    payload = request.payload or probe.payload
    _check_target(probe.protocol, dest_ip, dest_port, payload)
    probe.name = request.name or probe.name
    probe.desc = probe.desc if request.description is None else request.description
    probe.dest_ip, probe.dest_port, probe.payload = dest_ip, dest_port, payload
    probe.frequency = request.frequency or probe.frequency


@operation("DELETE /v1/probe/{probeId}", errors=[NoSuchObject])
def delete_probe(account: AccountRegion, request: ProbeRef) -> None:
    """Delete a probe; its addresses are free again."""
    account.remove(account.get(Probe, request.probe_id))


def _check_target(protocol: str, dest_ip: str, dest_port: int, payload: str) -> None:
    """Refuse what cannot be asked by a protocol."""
    try:
        parse_address(dest_ip)
    except ValueError as error:
        raise BadRequest(f"destIp: {error}") from None
    if protocol in WITHOUT_PORT:
        if dest_port or payload:
            raise BadRequest(f"a probe by {protocol} has no destPort and no payload")
    elif not 1 <= dest_port <= MAX_PORT:
        raise BadRequest(f"destPort is 1 to {MAX_PORT}")
    if protocol in WITH_PAYLOAD and not payload:
        raise BadRequest("a probe by UDP or DNS needs a payload")


def _show(probe: Probe) -> ProbeView:
    return {
        "probeId": probe.id,
        "name": probe.name,
        "description": probe.desc,
        "vpcId": probe.vpc_id,
        "subnetId": probe.subnet_id,
        "protocol": probe.protocol,
        "frequency": probe.frequency,
        "sourceIps": list(probe.source_ips),
        "sourceIpNum": len(probe.source_ips),
        "destIp": probe.dest_ip,
        "destPort": str(probe.dest_port or ""),
        "payload": probe.payload,
        "status": ACTIVE,
    }
