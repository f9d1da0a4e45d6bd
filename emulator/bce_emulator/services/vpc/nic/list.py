"""Show network interfaces: one, its status, all of a VPC that fit some filters, and how many there can be."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.vpc.nic.host import elastic_nics, find_host, max_addresses
from bce_emulator.services.vpc.nic.reference import NOT_THERE, EniLook, nic_named
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.nic.show import NetworkInterfaceView, show_eni
from bce_emulator.services.vpc.vpc.resource import Vpc


class ListEniRequest(Model):
    """Filters are all to hold; one address is compared by its end, several are compared whole."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    vpc_id: str
    instance_id: str = ""
    name: str = ""
    private_ip_address: tuple[str, ...] = ()


class GetEniQuotaRequest(Model):
    """Of which instance or network interface to tell what it can have."""

    eni_id: str = ""
    instance_id: str = ""


class ListEniResponse(Page):
    """One page of the network interfaces."""

    enis: list[NetworkInterfaceView]


class GetEniStatusResponse(TypedDict):
    """How a network interface is."""

    status: str


class GetEniQuotaResponse(TypedDict):
    """How many there can be, and how many of these are left."""

    totalQuantity: int
    availableQuantity: int


@operation("GET /v1/eni", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/Okknfjt6o")
def list_eni(account: AccountRegion, request: ListEniRequest) -> ListEniResponse:
    """List the network interfaces of a VPC that fit all filters, newest first, without the main ones of instances."""
    vpc_id, instance_id, name, wanted = request.vpc_id, request.instance_id, request.name, request.private_ip_address
    account.get(Vpc, vpc_id)

    def fits(nic: Nic) -> bool:
        return (
            nic.vpc_id == vpc_id
            and not nic.is_primary
            and (not instance_id or instance_id == nic.device_id)
            and name in nic.name
            and (not wanted or _has(nic, wanted))
        )

    show = account.renderer(show_eni)
    return page(ListEniResponse, account, Nic, "enis", show, request.marker, request.max_keys, fits)


@operation("GET /v1/eni/{eniId}", errors=NOT_THERE, doc="https://cloud.baidu.com/doc/VPC/s/6kknfn5m8")
def get_eni_detail(account: AccountRegion, request: EniLook) -> NetworkInterfaceView:
    """Show one network interface."""
    return account.rendered(nic_named(account, request.eni_id), show_eni)


@operation("GET /v1/eni/{eniId}/status", errors=NOT_THERE, basis="client")
def get_eni_status(account: AccountRegion, request: EniLook) -> GetEniStatusResponse:
    """Tell the status of a network interface."""
    return {"status": nic_named(account, request.eni_id).status}


@operation("GET /v1/eni/quota", errors=NOT_THERE, basis="client")
def get_eni_quota(account: AccountRegion, request: GetEniQuotaRequest) -> GetEniQuotaResponse:
    """Tell how many network interfaces an instance can have, or how many addresses a network interface."""
    if bool(request.eni_id) == bool(request.instance_id):
        raise BadRequest("either eniId or instanceId is needed")
    if request.eni_id:
        nic = nic_named(account, request.eni_id)
        return _quota(max_addresses(account, nic), len(nic.private_ips))
    found = find_host(account, request.instance_id)
    if found is None:
        raise NoSuchObject("there is no instance of this id")
    return _quota(found[0].max_nics(found[1]), len(elastic_nics(account, request.instance_id)))


def _quota(total: int, used: int) -> GetEniQuotaResponse:
    return {"totalQuantity": total, "availableQuantity": max(0, total - used)}


def _has(nic: Nic, wanted: tuple[str, ...]) -> bool:
    if len(wanted) == 1:
        return any(address.endswith(wanted[0]) for address in nic.addresses)
    return not set(wanted).isdisjoint(nic.addresses)
