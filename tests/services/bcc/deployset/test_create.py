"""Deploy sets are made, changed and deleted."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import (
    BadRequest,
    IdempotentParameterMismatch,
    InappropriateJSON,
    NoSuchObject,
    OperationDenied,
)
from bce_emulator.services.bcc.deployset.errors import InvalidDeploySetId
from bce_emulator.services.shared.errors import QuotaLimitExceeded

CREATE = "/v2/instance/deployset/create"


def detail(cloud, deploy_set):
    return cloud.ok("GET", f"/v2/deployset/{deploy_set}")


def test_a_deploy_set_keeps_what_it_was_made_with(cloud, make):
    deploy_set = make(name="web", desc="前端, the web.", strategy="RACK_HA", concurrency=3)

    seen = detail(cloud, deploy_set)
    assert deploy_set.startswith("dset-")
    assert (seen["name"], seen["desc"], seen["strategy"], seen["concurrency"]) == (
        "web",
        "前端, the web.",
        "RACK_HA",
        3,
    )


@pytest.mark.parametrize("members", [{}, {"name": "", "desc": "", "strategy": "", "concurrency": 0}])
def test_everything_has_a_default(cloud, make, members):
    seen = detail(cloud, make(**members))

    assert seen["name"].startswith("deployset-")
    assert (seen["desc"], seen["strategy"], seen["concurrency"]) == ("", "HOST_HA", 1)


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"name": "1st"}, BadRequest),
        ({"desc": "a;b"}, BadRequest),
        ({"strategy": "PLANET_HA"}, BadRequest),
        ({"concurrency": -1}, BadRequest),
        ({"concurrency": "1"}, InappropriateJSON),
    ],
)
def test_what_breaks_a_rule_is_refused(cloud, members, error):
    cloud.refused(error, "POST", CREATE, members)


def test_a_region_holds_ten_deploy_sets(cloud, make):
    for _ in range(10):
        make()

    cloud.refused(QuotaLimitExceeded, "POST", CREATE, {})


def test_a_client_token_makes_one_deploy_set(cloud):
    first = cloud.ok("POST", f"{CREATE}?clientToken=t", {"name": "web"})

    assert cloud.ok("POST", f"{CREATE}?clientToken=t", {"name": "web"}) == first
    cloud.refused(IdempotentParameterMismatch, "POST", f"{CREATE}?clientToken=t", {"name": "db"})


@pytest.mark.parametrize(
    ("members", "after"),
    [({"name": "db"}, ("db", "old")), ({"desc": "new"}, ("web", "new")), ({"name": "", "desc": ""}, ("web", ""))],
)
def test_name_and_description_change(cloud, make, members, after):
    deploy_set = make(name="web", desc="old")

    cloud.ok("PUT", f"/v2/instance/deployset/{deploy_set}?modifyAttribute", members)

    seen = detail(cloud, deploy_set)
    assert (seen["name"], seen["desc"]) == after


@pytest.mark.parametrize("members", [{}, {"name": "", "desc": None}, {"name": "1st"}, {"desc": "a;b"}])
def test_a_change_that_breaks_a_rule_is_refused(cloud, make, members):
    cloud.refused(BadRequest, "PUT", f"/v2/instance/deployset/{make()}?modifyAttribute", members)


def test_an_unknown_deploy_set_is_not_found(cloud):
    cloud.refused(NoSuchObject, "PUT", "/v2/instance/deployset/dset-nowhere?modifyAttribute", {"name": "db"})
    cloud.refused(NoSuchObject, "DELETE", "/v2/instance/deployset/dset-nowhere")


def test_a_deploy_set_goes_when_no_instance_is_in_it(cloud, make):
    deploy_set = make()
    instance = cloud.create(deployId=deploy_set)

    cloud.refused(OperationDenied, "DELETE", f"/v2/instance/deployset/{deploy_set}")
    cloud.ok("DELETE", f"/v2/instance/{instance}")
    cloud.ok("DELETE", f"/v2/instance/deployset/{deploy_set}")

    cloud.refused(InvalidDeploySetId, "GET", f"/v2/deployset/{deploy_set}")
