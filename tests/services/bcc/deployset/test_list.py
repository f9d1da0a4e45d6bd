"""Deploy sets as a client sees them."""

from __future__ import annotations

import pytest

from bce_emulator.services.bcc.deployset.errors import EmptyDeploySetId, InvalidDeploySetId

LIST = "/v2/instance/deployset/list"


def test_all_deploy_sets_are_on_one_page(cloud, make):
    first, second = make(name="web", concurrency=2), make(name="db")

    response = cloud.ok("GET", LIST)

    assert (response["pageNo"], response["pageSize"], response["totalCount"]) == (1, 1000, 2)
    assert [each["deploysetId"] for each in response["deploySets"]] == [second, first]
    assert response["deploySets"][1] == {
        "deploysetId": first,
        "name": "web",
        "desc": "",
        "strategy": "HOST_HA",
        "concurrency": 2,
        "instanceCount": "0",
        "azIntstanceStatisList": [],
    }


def test_a_list_of_some_leaves_out_the_others(cloud, make):
    first, _, third = make(), make(), make()

    response = cloud.ok("GET", f"{LIST}?deploymentSetIds={first},{third},dset-nowhere&clientToken=t")

    assert [each["deploysetId"] for each in response["deploySets"]] == [third, first]


def test_instances_are_counted_in_their_zone_and_named_in_the_detail(cloud, make):
    deploy_set = make()
    instances = [cloud.create(deployId=deploy_set, zoneName="cn-bj-a") for _ in range(2)]
    other = cloud.create(deployIdList=[deploy_set], zoneName="cn-bj-b")

    (entry,) = cloud.ok("GET", LIST)["deploySets"]
    seen = cloud.ok("GET", f"/v2/deployset/{deploy_set}")

    counts = {"instanceTotal": 10, "bbcInstanceCnt": 0}
    in_a = {"zoneName": "cn-bj-a", "instanceCount": 2, "bccInstanceCnt": 2, **counts}
    in_b = {"zoneName": "cn-bj-b", "instanceCount": 1, "bccInstanceCnt": 1, **counts}
    assert entry["instanceCount"] == "3"
    assert entry["azIntstanceStatisList"] == [in_a, in_b]
    assert seen["azIntstanceStatisList"] == [
        in_a | {"instanceIds": instances, "bccInstanceIds": instances, "bbcInstanceIds": []},
        in_b | {"instanceIds": [other], "bccInstanceIds": [other], "bbcInstanceIds": []},
    ]
    assert (seen["shortId"], seen["instanceCount"], seen["bccInstanceCnt"]) == (deploy_set, 3, 3)
    assert len(seen["uuid"]) == 36


def test_an_id_that_names_none_is_refused(cloud):
    cloud.refused(InvalidDeploySetId, "GET", "/v2/deployset/dset-nowhere")


@pytest.mark.parametrize("path", ["/v2/deployset/", "/v1/deployset/", "/v2/deployset/%20"])
def test_an_empty_id_has_the_documented_message(cloud, path):
    refusal = cloud.refused(EmptyDeploySetId, "GET", path)

    assert refusal.body["message"] == "invalid id:"
