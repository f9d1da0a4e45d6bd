"""Instances of HPAS are listed page by page, by filters."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest
from tests.services.hpas.orders import ask, listed, new_instances, new_subnet


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"name": "mod"}, 2),
        ({"name": "model-2"}, 1),
        ({"zoneName": "cn-bj-b"}, 0),
        ({"hpasStatus": "active"}, 2),
        ({"hpasStatus": "Stopped"}, 0),
        ({"appType": "unixbench_indexscore"}, 0),
        ({"vpcId": "vpc-nobody000000"}, 0),
        ({"privateIps": ["10.0.0.8", "10.0.0.77"]}, 1),
        ({"ehcClusterId": "ehc-nobody00"}, 0),
        ({"hpasIds": ["hpas-nobody00"]}, 0),
        ({"showRdmaTopo": True}, 2),
    ],
)
def test_a_filter_keeps_what_fits(twice, filters, found):
    assert len(listed(twice, **filters)) == found


def test_a_list_has_pages(twice):
    first = ask(twice, "DescribeHPASInstances", {"maxKeys": 1})
    second = ask(twice, "DescribeHPASInstances", {"maxKeys": 1, "marker": first["nextMarker"]})

    assert [each["name"] for each in (*first["hpass"], *second["hpass"])] == ["model-2", "model-1"]
    assert (first["isTruncated"], second["isTruncated"]) == (True, False)
    twice.refused(BadRequest, "POST", "/?action=DescribeHPASInstances", {"marker": "nothing"})


def test_a_list_has_numbered_pages(twice):
    page = ask(twice, "DescribeInstances", {"pageNo": 2, "pageSize": 1, "name": "model"})

    assert [each["name"] for each in page.pop("hpass")] == ["model-1"]
    assert page == {"orderBy": "createTime", "order": "desc", "pageNo": 2, "pageSize": 1, "totalCount": 2}
    assert ask(twice, "DescribeInstances", {"hpasStatus": "Stopped"})["totalCount"] == 0
    for members in ({"pageNo": -1}, {"pageSize": -1}, {"pageSize": 1001}):
        twice.refused(BadRequest, "POST", "/?action=DescribeInstances", members)


@pytest.fixture
def twice(cloud):
    """A cloud with two instances."""
    new_instances(cloud, new_subnet(cloud), name="model", purchaseNum=2, internalIps=["10.0.0.8", "10.0.0.9"])
    return cloud
