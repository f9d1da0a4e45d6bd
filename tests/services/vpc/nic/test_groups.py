"""The security groups of network interfaces."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.vpc.nic.errors import EniIdInvalid, SecurityGroupsNotSameVpc
from bce_emulator.services.vpc.security_group.errors import BindInstanceExceededLimit
from tests.network import make_vpc
from tests.services.vpc.enterprise_security_group.esgs import new_esg
from tests.services.vpc.nic.nics import NOBODY, eni, new_eni


def group(cloud, **members) -> str:
    found: str = cloud.ok("POST", "/v2/securityGroup", {"name": "g", "rules": []} | members)["securityGroupId"]
    return found


def test_the_groups_of_a_card_are_replaced(cloud):
    eni_id, groups = new_eni(cloud), [group(cloud), group(cloud)]

    cloud.ok("PUT", f"/v1/eni/{eni_id}?bindSg", {"securityGroupIds": groups})

    assert eni(cloud, eni_id)["securityGroupIds"] == groups


def test_a_card_is_in_ordinary_or_in_enterprise_groups(cloud):
    eni_id, ordinary, esgs = new_eni(cloud), group(cloud), [new_esg(cloud, name) for name in ("one", "two")]
    target = f"/v1/eni/{eni_id}?bindEsg"

    cloud.ok("PUT", target, {"enterpriseSecurityGroupIds": [*esgs, esgs[0]]})

    assert (eni(cloud, eni_id)["securityGroupIds"], eni(cloud, eni_id)["enterpriseSecurityGroupIds"]) == ([], esgs)
    cloud.refused(BadRequest, "PUT", target, {"enterpriseSecurityGroupIds": []})
    cloud.refused(NoSuchObject, "PUT", target, {"enterpriseSecurityGroupIds": ["esg-nobody"]})
    cloud.refused(NoSuchObject, "PUT", f"/v1/eni/{NOBODY}?bindEsg", {"enterpriseSecurityGroupIds": esgs})
    cloud.refused(EniIdInvalid, "PUT", "/v1/eni/eni-1?bindEsg", {"enterpriseSecurityGroupIds": esgs})
    cloud.set_facts(**{"vpc.securityGroupQuotaOfInstance": 1})
    cloud.refused(BindInstanceExceededLimit, "PUT", target, {"enterpriseSecurityGroupIds": esgs})
    cloud.ok("PUT", f"/v1/eni/{eni_id}?bindSg", {"securityGroupIds": [ordinary]})
    assert (eni(cloud, eni_id)["securityGroupIds"], eni(cloud, eni_id)["enterpriseSecurityGroupIds"]) == (
        [ordinary],
        [],
    )


def test_a_group_with_a_card_is_not_deleted(cloud):
    taken = group(cloud)
    new_eni(cloud, securityGroupIds=[taken])

    assert cloud.call("DELETE", f"/v2/securityGroup/{taken}").status in {403, 409}


def test_a_card_is_in_one_group_at_least_and_few_at_most(cloud):
    target, groups = f"/v1/eni/{new_eni(cloud)}?bindSg", [group(cloud), group(cloud)]
    cloud.refused(BadRequest, "PUT", target, {"securityGroupIds": []})

    cloud.set_facts(**{"vpc.securityGroupQuotaOfInstance": 1})
    cloud.refused(BindInstanceExceededLimit, "PUT", target, {"securityGroupIds": groups})


def test_groups_are_there_and_of_the_vpc(cloud):
    target = f"/v1/eni/{new_eni(cloud)}?bindSg"

    cloud.refused(NoSuchObject, "PUT", target, {"securityGroupIds": ["g-nobody"]})
    foreign = group(cloud, vpcId=make_vpc(cloud))
    cloud.refused(SecurityGroupsNotSameVpc, "PUT", target, {"securityGroupIds": [foreign]})
