"""The security group that every VPC has, for instances that name none."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import when_added
from bce_emulator.services.vpc.security_group.resource import SecurityGroup
from bce_emulator.services.vpc.security_group.rules import default_rules
from bce_emulator.services.vpc.vpc.resource import Vpc

NAME = "默认安全组"


@when_added(Vpc)
def make_default_group(account: AccountRegion, vpc: Vpc) -> None:
    """A VPC has a security group from the start."""
    account.add(
        SecurityGroup(
            id=account.new_id(SecurityGroup),
            name=NAME,
            desc="default",
            vpc_id=vpc.id,
            is_default=True,
            rules=default_rules(account),
        )
    )


def default_security_group(account: AccountRegion, vpc_id: str) -> SecurityGroup:
    """The security group that a request without one gets in a VPC."""
    return next(group for group in account.where(SecurityGroup, "vpc_id", vpc_id) if group.is_default)
