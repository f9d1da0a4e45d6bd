"""Look at enterprise security groups."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest
from tests.services.vpc.enterprise_security_group.esgs import CREATE, HTTPS, esgs, new_esg
from tests.services.vpc.nic.nics import attached_eni


def test_groups_come_in_pages_newest_first(cloud):
    made = [new_esg(cloud, f"group-{number}", rules=[HTTPS]) for number in range(3)]

    first = cloud.ok("GET", f"{CREATE}?maxKeys=2")

    assert [each["id"] for each in first["enterpriseSecurityGroups"]] == made[:0:-1]
    assert [each["id"] for each in esgs(cloud, f"?marker={first['nextMarker']}")] == made[:1]
    cloud.refused(BadRequest, "GET", f"{CREATE}?maxKeys=0")


def test_the_groups_of_an_instance_are_those_of_its_cards(cloud):
    main, further, _ = (new_esg(cloud, name) for name in ("main", "further", "other"))
    instance = cloud.create(enterpriseSecurityGroupId=main)
    attached_eni(cloud, instance, enterpriseSecurityGroupIds=[further])

    assert [each["id"] for each in esgs(cloud, f"?instanceId={instance}")] == [further, main]
    assert esgs(cloud, "?instanceId=i-nobody00") == []
    assert cloud.ok("GET", f"/v2/securityGroup?instanceId={instance}")["securityGroups"] == []
