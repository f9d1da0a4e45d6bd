"""What a load balancer is. https://cloud.baidu.com/doc/BLB/s/Pjwvxnxdm"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import ForeignKey, Resource
from bce_emulator.engine.errors import ApiError
from bce_emulator.services.blb.balancer.lifecycle import CREATING, LIFECYCLE
from bce_emulator.services.blb.errors import InstanceNotFound
from bce_emulator.services.shared.tags import Tag

BALANCER_QUOTA = account_setting("blb.loadBalancerQuota", 60, "load balancers in a region, of both families")
NORMAL, APPLICATION = ("normal", "ipv6"), ("application", "ipv6Application")
"""The types of each family: for IPv4, which can have an IPv6 address too, and for IPv6 only."""
SHARED = "shared"
LEVELS = ("small1", "small2", "medium1", "medium2", "large1", "large2", "large3")
"""What a load balancer can do at the most; one that shares it with others has no level of its own."""
UNLIMITED = "unlimited"
"""The level of what is paid by capacity used."""


@dataclass(slots=True, kw_only=True, eq=False)
class LoadBalancer(Resource):
    """A load balancer of one of both families, which its type says; an IPv6 one has no ``private_ip``.

    Listeners, backends and whatever else hangs on one go along with it. ``postpaid_from_expiry`` is the billing method
    that is to follow its term, if one is, and ``level_from_expiry`` the level then.
    """

    prefix: ClassVar[str] = "lb"
    id_letters: ClassVar[str] = "hex"
    not_found: ClassVar[type[ApiError]] = InstanceNotFound
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (
        ForeignKey("vpc_id", "vpc.Vpc"),
        ForeignKey("subnet_id", "vpc.Subnet"),
        ForeignKey("security_group_ids", "vpc.SecurityGroup"),
        ForeignKey("enterprise_security_group_ids", "vpc.EnterpriseSecurityGroup"),
    )

    state: str = CREATING
    blb_type: str
    name: str
    desc: str = ""
    vpc_id: str
    subnet_id: str
    private_ip: str = ""
    ipv6: str = ""
    performance_level: str = SHARED
    payment: str = "Postpaid"
    billing_method: str = ""
    expires: float | None = None
    postpaid_from_expiry: str = ""
    level_from_expiry: str = ""
    auto_renew_months: int = 0
    allow_delete: bool = True
    allow_modify: bool = True
    protection_reason: str = ""
    support_acl: bool = True
    tags: tuple[Tag, ...] = ()
    layer4_cluster_id: str = ""
    layer7_cluster_id: str = ""
    security_group_ids: tuple[str, ...] = ()
    enterprise_security_group_ids: tuple[str, ...] = ()
    public_ips: tuple[str, ...] = ()
    resource_group_id: str = ""

    @property
    def is_application(self) -> bool:
        """Whether it is of the application family."""
        return self.blb_type in APPLICATION

    @property
    def private_ips(self) -> tuple[str, ...]:
        """Its addresses in the subnet."""
        return tuple(each for each in (self.private_ip, self.ipv6) if each)

    @property
    def address(self) -> str:
        """The one that it is known by."""
        return self.private_ip or self.ipv6

    def public_ip(self, *, ipv6: bool) -> str:
        """The public address of a version that it carries, or nothing."""
        return next((each for each in self.public_ips if (":" in each) == ipv6), "")
