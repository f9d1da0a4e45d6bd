"""Reserved instances of HPAS: bought, renamed, moved, listed, and over one day."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.shared.errors import InsufficientBalance
from tests.services.hpas.orders import RESERVED, ask

CREATE, RENAME, MOVE = (
    f"/?action={each}" for each in ("CreateReservedInstances", "ModifyReservedInstancesName", "ModifyReservedInstances")
)
NOBODY = "k-nobody00"


def listed(cloud, **filters):
    found = ask(cloud, "DescribeHPASReservedInstances", filters)["reservedHpasList"]
    return [(each["name"], each["zoneName"], each["status"]) for each in found]


def test_reserved_instances_live_renew_themselves_and_expire(cloud):
    renewal = {"autoRenew": True, "autoRenewPeriod": 1, "autoRenewPeriodUnit": "month"}
    order = RESERVED | {"name": "kept", "purchaseNum": 2}
    ids = ask(cloud, "CreateReservedInstances", order | {"billingModel": {"chargeType": "NoPrepay", "period": 1}})
    ask(cloud, "CreateReservedInstances", RESERVED | {"name": "renewed", "billingModel": renewal})
    assert {each[2] for each in listed(cloud)} == {"Creating"}
    cloud.refused(OperationDenied, "PUT", RENAME, {"reservedInstanceIds": ids["reservedHpasIds"], "name": "x"})
    place = {"reservedInstanceId": ids["reservedHpasIds"][0], "zoneName": "cn-bj-b"}
    cloud.refused(OperationDenied, "POST", MOVE, {"reservedInstances": [place]})

    cloud.clock.advance(10)
    tags = {"resourceType": "hpasri", "resourceIds": ids["reservedHpasIds"], "tags": [{"tagKey": "a", "tagValue": "b"}]}
    ask(cloud, "AttachTags", tags)
    ask(
        cloud,
        "ModifyReservedInstancesName",
        {"reservedInstanceIds": ids["reservedHpasIds"][:1], "name": "other"},
        "PUT",
    )
    ask(cloud, "ModifyReservedInstances", {"reservedInstances": [place]})
    assert listed(cloud) == [
        ("renewed", "cn-bj-a", "Active"), ("kept-2", "cn-bj-a", "Active"), ("other", "cn-bj-b", "Active")
    ]  # fmt: skip
    assert [len(listed(cloud, **{name: value})) for name, value in FILTERS] == [1, 1, 3, 3, 0, 0]
    page = ask(cloud, "DescribeReservedInstances", {"pageSize": 2, "zoneName": "cn-bj-a"})
    assert ([each["name"] for each in page["reservedHpasList"]], page["totalCount"]) == (["renewed", "kept-2"], 2)
    cloud.refused(BadRequest, "POST", "/?action=DescribeReservedInstances", {"pageNo": -1})
    cloud.clock.advance(31 * 86_400)
    assert [each[2] for each in listed(cloud)] == ["Active", "Expired", "Expired"]
    cloud.clock.advance(8 * 86_400)
    assert [each[0] for each in listed(cloud)] == ["renewed"]


FILTERS = (
    ("name", "oth"), ("zoneName", "cn-bj-b"), ("reservedHpasStatus", "active"), ("appType", "llama2_7B_train"),
    ("hpasId", "hpas-1"), ("reservedHpasIds", [NOBODY]),
)  # fmt: skip


def test_a_reserved_instance_is_in_an_ehc_cluster_of_its_zone(cloud):
    near, far = (
        cloud.ok("POST", "/v2/instance/ehc/cluster/create", {"name": zone, "zoneName": zone})["ehcClusterId"]
        for zone in ("cn-bj-a", "cn-bj-b")
    )
    (made,) = ask(cloud, "CreateReservedInstances", RESERVED | {"ehcClusterId": near})["reservedHpasIds"]
    cloud.clock.advance(10)

    cloud.refused(BadRequest, "POST", CREATE, RESERVED | {"ehcClusterId": far})
    cloud.refused(BadRequest, "POST", MOVE, {"reservedInstances": [{"reservedInstanceId": made, "ehcClusterId": far}]})
    place = {"reservedInstanceId": made, "zoneName": "cn-bj-b", "ehcClusterId": far}
    order = ask(cloud, "ModifyReservedInstances", {"reservedInstances": [place]})["modifyReservedInstanceOrders"]
    assert [each["reservedInstanceId"] for each in order] == [made]
    clusters = cloud.ok("POST", "/v2/instance/ehc/cluster/list", {"ehcClusterIdList": [far]})["ehcClusters"]
    assert [each["reservedInstanceIds"] for each in clusters] == [[made]]


def test_what_cannot_be_reserved_or_changed_is_refused(cloud):
    (made,) = ask(cloud, "CreateReservedInstances", RESERVED)["reservedHpasIds"]
    cloud.clock.advance(10)
    for members in (
        {"name": "1st"}, {"zoneName": "mars"}, {"appType": "chess"}, {"appPerformanceLevel": "1k"}, {"purchaseNum": 101},
        {"billingModel": {"period": 2}}, {"billingModel": {"period": 1, "periodUnit": "year"}},
        {"billingModel": {"chargeType": "Prepaid"}}, {"billingModel": {"spotPriceLimit": "1"}},
        {"billingModel": {"autoRenew": True, "autoRenewPeriod": 99}},
    ):  # fmt: skip
        cloud.refused(BadRequest, "POST", CREATE, RESERVED | members)
    cloud.refused(NoSuchObject, "POST", CREATE, RESERVED | {"ehcClusterId": "ehc-nobody00"})
    cloud.refused(NoSuchObject, "PUT", RENAME, {"reservedInstanceIds": [made, NOBODY], "name": "x"})
    cloud.refused(BadRequest, "PUT", RENAME, {"reservedInstanceIds": [], "name": "x"})
    cloud.refused(BadRequest, "PUT", RENAME, {"reservedInstanceIds": [made], "name": "1st"})
    for error, place in (
        (NoSuchObject, {"reservedInstanceId": NOBODY}), (BadRequest, {"reservedInstanceId": made}),
        (BadRequest, {"reservedInstanceId": made, "zoneName": "mars"}),
        (NoSuchObject, {"reservedInstanceId": made, "ehcClusterId": "ehc-nobody00"}),
    ):  # fmt: skip
        cloud.refused(error, "POST", MOVE, {"reservedInstances": [place]})
    cloud.set_facts(balance=100)
    cloud.refused(InsufficientBalance, "POST", CREATE, RESERVED)
    cloud.set_facts(realNameVerified=False)
    cloud.refused(QualifyNotPass, "POST", CREATE, RESERVED)
