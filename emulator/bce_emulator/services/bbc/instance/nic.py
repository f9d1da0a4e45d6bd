"""The primary network interface of a server: it is made with it, shows in it, and goes with it."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import when_entered
from bce_emulator.engine.account.references import when_gone
from bce_emulator.engine.account.resource import set_too
from bce_emulator.services.bbc.instance.lifecycle import BOTH, EXPIRED, RECYCLED, RUNNING
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.vpc.address.public import Carrier, address_service, carries_public_addresses
from bce_emulator.services.vpc.nic.addresses import why_no_public_address
from bce_emulator.services.vpc.nic.host import MAX_ADDRESSES, NicHost, hosts_nics, with_turn
from bce_emulator.services.vpc.nic.primary import remove_primary
from bce_emulator.services.vpc.nic.resource import Nic, PublicAddress

WORD = "BBC"
"""What the calls of EIP name servers by."""
MAX_NICS = 8


def nic_of(account: AccountRegion, server: Server) -> Nic:
    """The primary card of a server."""
    return account.get(Nic, server.nic_id)


def _show(account: AccountRegion, server: Server, addresses: tuple[PublicAddress, ...]) -> None:
    nic_of(account, server).public_addresses = addresses


def _refusal(account: AccountRegion, server: Server) -> str:
    if server.state in {EXPIRED, RECYCLED}:
        return f"{server.id} is {server.status}"
    return why_no_public_address(account, nic_of(account, server))


@when_entered(Server)
def note_outage(account: AccountRegion, server: Server, before: str) -> None:
    """Only a server that runs answers, for instance to health checks."""
    if RUNNING in {before, server.state}:
        set_too(server, "turns", with_turn(server.turns, account.clock.now(), answers=server.state == RUNNING))


@when_gone(Server)
def remove_nic(account: AccountRegion, server: Server) -> None:
    """The primary card goes with its server, and so do such public addresses as were to; others are free again."""
    for address in server.deleted_with_addresses:
        address_service().release(account, address)
    remove_primary(account, nic_of(account, server), with_others=server.deleted_with_enis)


carries_public_addresses(
    Carrier(
        WORD,
        find=lambda account, server_id: account.find(Server, server_id),
        private_ips=lambda account, server: nic_of(account, server).addresses,
        carries=lambda account, server: nic_of(account, server).public_addresses,
        show=_show,
        refusal=_refusal,
    )
)
hosts_nics(
    NicHost(
        find=lambda account, server_id: account.find(Server, server_id),
        primary=nic_of,
        max_nics=lambda _server: MAX_NICS,
        max_addresses=lambda _server: MAX_ADDRESSES,
        refusal=lambda server: "" if server.state in BOTH else f"{server.id} is {server.status}",
        turns=lambda server: server.turns,
    )
)
