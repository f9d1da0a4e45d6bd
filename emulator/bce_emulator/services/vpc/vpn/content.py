"""What a VPN gateway has: a public address, tunnels, an SSL server. Its status follows from that."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.engine.account.references import when_added, when_gone
from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.vpc.address.public import Carrier, carries_public_addresses, free_addresses_of
from bce_emulator.services.vpc.nic.resource import PublicAddress
from bce_emulator.services.vpc.ssl_vpn.resource import SslVpnServer, SslVpnUser
from bce_emulator.services.vpc.vpn.lifecycle import ACTIVE, SETTLED, UNCONFIGURED
from bce_emulator.services.vpc.vpn.resource import Vpn
from bce_emulator.services.vpc.vpn_conn.resource import VpnConn

NO_PRIVATE_ADDRESS = "0.0.0.0"  # noqa: S104
"""What the public address of a VPN gateway is for: nothing in particular."""


def content_of(account: AccountRegion, vpn: Vpn) -> list[Resource]:
    """The tunnels and the SSL server of a gateway."""
    return [*account.where(VpnConn, "vpn_id", vpn.id), *account.where(SslVpnServer, "vpn_id", vpn.id)]


@when_done(Vpn, "create")
@when_done(Vpn, "configure")
@when_done(Vpn, "renew")
def settle(account: AccountRegion, vpn: Vpn) -> None:
    """Show that a gateway has something, or nothing, once nothing is under way."""
    if vpn.state in SETTLED:
        vpn.state = ACTIVE if content_of(account, vpn) else UNCONFIGURED


@when_added(VpnConn)
@when_added(SslVpnServer)
def show_that_it_is_there(account: AccountRegion, content: VpnConn | SslVpnServer) -> None:
    """A gateway that has something is active."""
    vpn = account.find(Vpn, content.vpn_id)
    if vpn is not None:
        settle(account, vpn)


@when_gone(VpnConn)
@when_gone(SslVpnServer)
def show_that_it_is_gone(account: AccountRegion, content: VpnConn | SslVpnServer) -> None:
    """A gateway whose last content goes is unconfigured."""
    vpn = account.find(Vpn, content.vpn_id)
    if vpn is not None and vpn.state == ACTIVE and content_of(account, vpn) == [content]:
        vpn.state = UNCONFIGURED


@when_gone(Vpn)
def take_content_along(account: AccountRegion, vpn: Vpn) -> None:
    """What was not renewed goes with what it has; public addresses are free again."""
    free_addresses_of(account, _carried(account, vpn))
    for user in account.where(SslVpnUser, "vpn_id", vpn.id):
        account.remove(user)
    for content in content_of(account, vpn):
        account.remove(content)


def _carried(_account: AccountRegion, vpn: Vpn) -> tuple[PublicAddress, ...]:
    return (PublicAddress(vpn.public_ip, NO_PRIVATE_ADDRESS, vpn.public_bandwidth),) if vpn.public_ip else ()


def _refusal(_account: AccountRegion, vpn: Vpn) -> str:
    return f"{vpn.id} is {vpn.status}" if vpn.lifecycle.find("carry", vpn.state) is None else ""


def _show(account: AccountRegion, vpn: Vpn, addresses: tuple[PublicAddress, ...]) -> None:
    """Have a gateway carry exactly these; with a new one it is configured."""
    before = vpn.public_ip
    vpn.public_ip = addresses[0].address if addresses else ""
    vpn.public_bandwidth = addresses[0].bandwidth if addresses else 0
    if vpn.public_ip not in {"", before} and vpn.state in SETTLED:
        account.change(vpn, "configure")


carries_public_addresses(
    Carrier(
        "VPN",
        find=lambda account, vpn_id: account.find(Vpn, vpn_id),
        private_ips=lambda _account, _vpn: (NO_PRIVATE_ADDRESS,),
        carries=_carried,
        show=_show,
        refusal=_refusal,
    )
)
