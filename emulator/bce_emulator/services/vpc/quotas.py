"""How much an account may have of the network. https://intl.cloud.baidu.com/doc/VPC/s/9jwvytur6-intl-en"""

from __future__ import annotations

from bce_emulator.engine.account.account_settings import Fact, fact
from bce_emulator.engine.account.accounts import Account
from bce_emulator.services.shared.standing import QuotaLimitExceeded

VPCS = fact("vpcQuota", 10, "VPCs in a region, with the default one")
SUBNETS = fact("subnetQuota", 10, "subnets in a VPC")
SECONDARY_CIDRS = fact("secondaryCidrQuota", 5, "secondary CIDRs of a VPC")
ROUTE_RULES = fact("routeRuleQuota", 50, "rules in a route table, without those of the system")
NIC_ADDRESSES = fact(
    "nicAddressQuota", 40, "private IPv4 addresses of the main NIC of an instance, with the primary one"
)


def check_quota(account: Account, quota: Fact, wanted: int) -> None:
    """Refuse more than a quota allows."""
    most: int = account.fact(quota)
    if wanted > most:
        raise QuotaLimitExceeded(f"the fact {quota.name} of this account is {most}")
