"""How much an account may have of the network. https://intl.cloud.baidu.com/doc/VPC/s/9jwvytur6-intl-en"""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.account_settings import AccountSetting, account_setting
from bce_emulator.engine.errors import ApiError
from bce_emulator.services.vpc.errors import LimitExceeded

VPCS = account_setting("vpc.vpcQuota", 10, "VPCs in a region, with the default one")
SUBNETS = account_setting("vpc.subnetQuota", 10, "subnets in a VPC")
SECONDARY_CIDRS = account_setting("vpc.secondaryCidrQuota", 5, "secondary CIDRs of a VPC")
ROUTE_RULES = account_setting("vpc.routeRuleQuota", 50, "rules in a route table, without those of the system")
NIC_ADDRESSES = account_setting(
    "vpc.nicAddressQuota", 40, "private IPv4 addresses of the main NIC of an instance, with the primary one"
)


UNATTACHED_NICS = account_setting("vpc.unattachedEniQuota", 500, "network interfaces in a VPC that are on no instance")


def check_quota(
    account: AccountRegion, quota: AccountSetting, count: int, refusal: type[ApiError] = LimitExceeded
) -> None:
    """Refuse more than a quota allows."""
    most: int = account.setting(quota)
    if count > most:
        raise refusal(f"the setting {quota.name} of this account is {most}")
