"""The name servers that a VPC tells its instances. Known from the Go client only."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.shared.cidr import parse_address
from bce_emulator.services.vpc.vpc.resource import Vpc


class GetVpcDhcpInfoRequest(Model):
    """Whose DHCP options to show."""

    vpc_id: str


class VpcDhcpRequest(Model):
    """The name servers, separated by commas."""

    client_token: ClientToken = ""
    vpc_id: str
    domain_name_servers: str


class DhcpOptionsView(TypedDict):
    """The name servers, separated by commas; no VPC here has a domain name."""

    domainName: str
    domainNameServers: str


class GetVPCDhcpInfoResponse(TypedDict):
    """The DHCP options of the VPC."""

    vpcId: str
    dhcpOptions: DhcpOptionsView


@operation("GET /v1/vpc/{vpcId}/dhcp", errors=[NoSuchObject], name="GetVPCDhcpInfo", basis="client")
def get_vpc_dhcp_info(account: AccountRegion, request: GetVpcDhcpInfoRequest) -> GetVPCDhcpInfoResponse:
    """Show the DHCP options of a VPC, empty where there are none."""
    vpc = account.get(Vpc, request.vpc_id)
    return {"vpcId": vpc.id, "dhcpOptions": {"domainName": "", "domainNameServers": vpc.name_servers}}


@operation("POST /v1/vpc/{vpcId}/dhcp", errors=[NoSuchObject], name="CreateVPCDhcp", basis="client")
def create_vpc_dhcp(account: AccountRegion, request: VpcDhcpRequest) -> None:
    """Give a VPC name servers of its own."""
    vpc = account.get(Vpc, request.vpc_id)
    if vpc.name_servers:
        raise BadRequest("the VPC has DHCP options; update them")
    vpc.name_servers = _servers(request.domain_name_servers)


@operation("PUT /v1/vpc/{vpcId}/dhcp", errors=[NoSuchObject], name="UpdateVPCDhcp", basis="client")
def update_vpc_dhcp(account: AccountRegion, request: VpcDhcpRequest) -> None:
    """Change the name servers of a VPC that has its own."""
    vpc = account.get(Vpc, request.vpc_id)
    if not vpc.name_servers:
        raise BadRequest("the VPC has no DHCP options; create them")
    vpc.name_servers = _servers(request.domain_name_servers)


def _servers(text: str) -> str:
    try:
        return ",".join(str(parse_address(server.strip())) for server in text.split(","))
    except ValueError as error:
        raise BadRequest(f"domainNameServers: {error}") from None
