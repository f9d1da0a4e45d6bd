"""What a backend server of an ordinary load balancer is. https://cloud.baidu.com/doc/BLB/s/Ujwvxnvxe"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource
from bce_emulator.engine.errors import ApiError
from bce_emulator.services.blb.errors import BackendServerNotFound

BACKEND_QUOTA = account_setting("blb.backendServerQuota", 50, "backend servers of an ordinary load balancer")
DEFAULT_WEIGHT = 100


@dataclass(slots=True, kw_only=True, eq=False)
class BackendServer(Resource):
    """An instance behind a load balancer; one that is released is behind none any more."""

    prefix: ClassVar[str] = "rs"
    id_letters: ClassVar[str] = "hex"
    not_found: ClassVar[type[ApiError]] = BackendServerNotFound
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (
        ForeignKey("blb_id", "blb.LoadBalancer", OnDelete.CASCADE),
        ForeignKey("instance_id", "bcc.Instance", OnDelete.CASCADE),
    )

    blb_id: str
    instance_id: str
    weight: int = DEFAULT_WEIGHT
    desc: str = ""
