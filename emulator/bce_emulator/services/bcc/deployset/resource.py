"""What a deploy set is. https://cloud.baidu.com/doc/BCC/s/Pkckh1m1q"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.resource import Resource

DEPLOY_SETS = account_setting("bcc.deploySetQuota", 10, "deploy sets in a region")

INSTANCES_SHOWN = account_setting(
    "bcc.deploySetInstanceQuota", 10, "instances of a deploy set in each zone; shown, not enforced"
)


@dataclass(slots=True, kw_only=True, eq=False)
class DeploySet(Resource):
    """A rule that keeps instances on different hosts, racks or switches."""

    prefix: ClassVar[str] = "dset"

    name: str
    desc: str = ""
    strategy: str = "HOST_HA"
    concurrency: int = 1
