"""Bind EIPs to targets and take them off again; have a target see its EIP itself."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.eip.eip.errors import EipNotFound
from bce_emulator.services.eip.eip.resource import Eip, eip_of
from bce_emulator.services.eip.eip.story import attach, target_of
from bce_emulator.services.eip.payment import spelled
from bce_emulator.services.vpc.address.public import CARRIERS, Carrier

INSTANCE_TYPES = ("BCC", "BBC", "DCC", "ENI", "BLB", "NAT", "VPN", "HAVIP")
"""Every word for a target; those of which nothing is emulated find none."""
CAN_BE_DIRECT = frozenset({"BCC", "DCC", "ENI"})


class EipRef(Model):
    """Which EIP, by its address."""

    client_token: ClientToken = ""
    eip: str


class BindEipRequest(EipRef):
    """Which EIP to bind, and to what; ``instanceIp`` is one of the target's private addresses, else its first."""

    instance_type: str
    instance_id: str
    instance_ip: str = ""


@operation(
    "PUT /v1/eip/{eip}?bind",
    errors=[EipNotFound, NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/EIP/s/9jwvz31gn",
)
def bind_eip(account: AccountRegion, request: BindEipRequest) -> None:
    """Bind an EIP to an address of a target that has none."""
    instance_type = spelled(request.instance_type, INSTANCE_TYPES, "instanceType")
    eip = eip_of(account, request.eip)
    carrier = CARRIERS.get(instance_type)
    target = carrier.find(account, request.instance_id) if carrier else None
    if carrier is None or target is None:
        raise NoSuchObject(f"there is no {instance_type} of this id")
    private_ip = _private_ip(eip, request.instance_ip, carrier.private_ips(account, target))
    bind_to(account, eip, carrier, target, private_ip)


def bind_to(account: AccountRegion, eip: Eip, carrier: Carrier, target: Resource, private_ip: str) -> None:
    """Begin to bind an available EIP to a private address that has none, of a target that can have one now."""
    check_free(account, eip)
    if not carrier.carries_many and any(each.private_ip == private_ip for each in carrier.carries(account, target)):
        raise OperationDenied(f"{private_ip} of {target.id} has an EIP")
    if refusal := carrier.refusal(account, target):
        raise OperationDenied(refusal)
    account.change(eip, "bind")
    attach(account, eip, carrier.instance_type, target, private_ip)


def check_free(account: AccountRegion, eip: Eip) -> None:
    """Refuse an EIP that cannot be bound to anything now."""
    account.check(eip, "bind")
    if eip.instance_id:
        raise OperationDenied(f"{eip.address} is bound to {eip.instance_id}")


def check_unbind(account: AccountRegion, eip: Eip) -> None:
    """Refuse to unbind an EIP that is not bound, on its way, or in use."""
    account.check(eip, "unbind")
    if not eip.instance_id:
        raise OperationDenied(f"{eip.address} is not bound")
    target = target_of(account, eip)
    if target is not None and (use := CARRIERS[eip.instance_type].use(account, target, eip.address)):
        raise OperationDenied(f"{eip.address} is used by {use}")


@operation(
    "PUT /v1/eip/{eip}?unbind",
    errors=[EipNotFound, OperationDenied],
    doc="https://cloud.baidu.com/doc/EIP/s/Djwvz314s",
)
def unbind_eip(account: AccountRegion, request: EipRef) -> None:
    """Take an EIP off what it is bound to."""
    eip = eip_of(account, request.eip)
    check_unbind(account, eip)
    account.change(eip, "unbind")


@operation(
    "PUT /v1/eip/{eip}?direct",
    errors=[EipNotFound, OperationDenied],
    doc="https://cloud.baidu.com/doc/EIP/s/Lkydvqk17",
)
def direct_eip(account: AccountRegion, request: EipRef) -> None:
    """Have an instance or a network interface see the EIP itself; nothing shows it."""
    eip = eip_of(account, request.eip)
    account.check(eip, "direct")
    if eip.instance_type not in CAN_BE_DIRECT:
        raise OperationDenied(f"{eip.address} is bound to {eip.instance_type}")
    eip.is_direct = True


@operation(
    "PUT /v1/eip/{eip}?unDirect",
    errors=[EipNotFound, OperationDenied],
    doc="https://cloud.baidu.com/doc/EIP/s/Lkydvqk17",
)
def un_direct_eip(account: AccountRegion, request: EipRef) -> None:
    """Have the EIP translated again before the target."""
    eip = eip_of(account, request.eip)
    if not eip.is_direct:
        raise OperationDenied(f"{eip.address} is not direct")
    eip.is_direct = False


def _private_ip(eip: Eip, wanted: str, private_ips: tuple[str, ...]) -> str:
    """The private address that an EIP is to belong to: the one that is wanted, or the first of its version."""
    of_version = [each for each in private_ips if (":" in each) == (eip.ip_version == "ipv6")]
    if wanted and wanted not in of_version:
        raise BadRequest(f"instanceIp is none of {', '.join(of_version)}")
    if not of_version:
        raise OperationDenied(f"the target has no {eip.ip_version} address")
    return wanted or of_version[0]
