"""Looking at network interfaces."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from tests.network import default_vpc, make_subnet, make_vpc
from tests.services.vpc.nic.nics import attached_eni, eni, new_eni, private_ips


def names(cloud, query: str = "", vpc: str = "") -> list[str]:
    found = cloud.ok("GET", f"/v1/eni?vpcId={vpc or default_vpc(cloud)}&{query}")["enis"]
    return [each["name"] for each in found]


def test_all_filters_hold_together(cloud, running):
    vpc = make_vpc(cloud)
    new_eni(cloud, name="elsewhere", subnetId=make_subnet(cloud, vpc))
    new_eni(cloud, name="c/free", privateIpSet=[{"privateIpAddress": "192.168.0.200"}])
    on_it = attached_eni(cloud, running, name="c/used")
    address = private_ips(cloud, on_it)[0]

    assert names(cloud) == names(cloud, "name=c/") == ["c/used", "c/free"]
    assert names(cloud, vpc=vpc) == ["elsewhere"]
    assert names(cloud, f"instanceId={running}") == ["c/used"]
    assert names(cloud, "privateIpAddress=8.0.200") == ["c/free"]
    assert names(cloud, f"privateIpAddress=192.168.0.200,{address}") == ["c/used", "c/free"]
    assert names(cloud, "privateIpAddress=8.0.200,10.0.0.1") == names(cloud, "instanceId=i-nobody00") == []


def test_an_entry_of_the_list_is_the_whole_card(cloud):
    eni_id = new_eni(cloud)

    assert cloud.ok("GET", f"/v1/eni?vpcId={default_vpc(cloud)}")["enis"] == [eni(cloud, eni_id)]


def test_the_vpc_is_named_and_there(cloud):
    cloud.refused(BadRequest, "GET", "/v1/eni")
    cloud.refused(NoSuchObject, "GET", "/v1/eni?vpcId=vpc-nobody000000")


def test_the_quota_is_that_of_an_instance_or_of_a_card(cloud, running):
    eni_id = attached_eni(cloud, running)

    of_instance = cloud.ok("GET", f"/v1/eni/quota?instanceId={running}")
    of_card = cloud.ok("GET", f"/v1/eni/quota?eniId={eni_id}")
    of_free_card = cloud.ok("GET", f"/v1/eni/quota?eniId={new_eni(cloud)}")

    assert of_instance == {"totalQuantity": 2, "availableQuantity": 1}
    assert of_card == {"totalQuantity": 8, "availableQuantity": 7}
    assert of_free_card == {"totalQuantity": 40, "availableQuantity": 39}


@pytest.mark.parametrize("query", ["", "eniId=eni-nobody000000&instanceId=i-nobody00"])
def test_the_quota_is_of_one_thing(cloud, query):
    cloud.refused(BadRequest, "GET", f"/v1/eni/quota?{query}")


def test_an_instance_that_is_not_there_has_no_quota(cloud):
    cloud.refused(NoSuchObject, "GET", "/v1/eni/quota?instanceId=i-nobody00")
