"""The servers of a deploy set, and how many more there can be."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.services.bbc.deployset.resource import SERVERS, ServerDeploySet
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.shared.errors import QuotaLimitExceeded


def servers_by_zone(account: AccountRegion, deploy_set: ServerDeploySet) -> dict[str, list[str]]:
    """The ids of the servers of a deploy set, by their zone."""
    by_zone: dict[str, list[str]] = {}
    for server in account.where(Server, "deploy_set_id", deploy_set.id):
        by_zone.setdefault(server.zone, []).append(server.id)
    return dict(sorted(by_zone.items()))


def left_in(account: AccountRegion, deploy_set: ServerDeploySet, zone: str) -> int:
    """How many more servers a deploy set takes in a zone."""
    return max(0, int(account.setting(SERVERS)) - len(servers_by_zone(account, deploy_set).get(zone, [])))


def check_room(account: AccountRegion, deploy_set: ServerDeploySet, zone: str, count: int) -> None:
    """Refuse more servers in a zone than a deploy set takes."""
    if left_in(account, deploy_set, zone) < count:
        raise QuotaLimitExceeded(f"{deploy_set.id} takes {account.setting(SERVERS)} servers in {zone}: {SERVERS.name}")
