"""What a deploy set of servers is. Its rules and limits are proposed, after those of BCC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.resource import Resource

DEPLOY_SETS = account_setting("bbc.serverDeploySetQuota", 10, "deploy sets for servers in a region")
SERVERS = account_setting("bbc.serversOfDeploySetQuota", 10, "servers of a deploy set in each zone")


@dataclass(slots=True, kw_only=True, eq=False)
class ServerDeploySet(Resource):
    """A rule that keeps servers on different racks or switches; ``concurrency`` of them may share one."""

    prefix: ClassVar[str] = "dset"

    name: str
    desc: str = ""
    strategy: str
    concurrency: int
