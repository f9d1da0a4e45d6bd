"""Any resource can be given any status of its kind."""

from __future__ import annotations

import pytest

from tests.cloud import Cloud
from tests.control.conftest import control_of

ORDER = {"bandwidthInMbps": 5, "billing": {"paymentTiming": "Postpaid", "billingMethod": "ByTraffic"}}


@pytest.fixture
def eip(cloud: Cloud) -> dict:
    address = cloud.call("POST", "/v1/eip", ORDER).body["eip"]
    cloud.emulator.accounts.open("test").clock.advance(60)
    return cloud.call("GET", f"/v1/eip?eip={address}").body["eipList"][0]


@pytest.mark.parametrize("named_by", ["eipId", "eip"])
def test_a_resource_gets_a_status_that_no_request_can_bring_about(cloud, control, eip, named_by):
    reply = control("PUT", f"resources/{eip[named_by]}", {"status": "paused"})

    assert reply.body == {"id": eip["eipId"], "kind": "eip.Eip", "status": "paused", "state": "paused"}
    assert cloud.call("GET", f"/v1/eip?eip={eip['eip']}").body["eipList"][0]["status"] == "paused"


def test_an_instance_is_a_resource_too_and_what_was_under_way_is_called_off(cloud, control, running):
    cloud.call("PUT", f"/v2/instance/{running}?reboot", {})

    assert control("PUT", f"resources/{running}?kind=bcc.Instance", {"status": "Error"}).status == 200

    cloud.emulator.accounts.open("test").clock.advance(3_600)
    assert cloud.call("GET", f"/v2/instance/{running}").body["instance"]["status"] == "Error"


@pytest.mark.parametrize(
    ("target", "body", "status", "error"),
    [
        ("resources/{}", {"status": "Asleep"}, 400, "status is one of Creating, "),
        ("resources/{}", {}, 400, "status"),
        ("resources/i-none", {"status": "Error"}, 404, "no resource i-none in account test and region bj"),
        ("resources/{}?kind=bcc.Volume", {"status": "Error"}, 404, "no resource i-"),
        ("resources/{}?kind=bcc.Rocket", {"status": "Error"}, 400, "bcc.Rocket"),
        ("resources/{}?region=mars", {"status": "Error"}, 400, "no region is called 'mars'"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(cloud, control, running, target, body, status, error):
    reply = control("PUT", target.format(running), body)

    assert (reply.status, error in reply.body["error"]) == (status, True)
    assert cloud.call("GET", f"/v2/instance/{running}").body["instance"]["status"] == "Running"


def test_of_two_resources_with_one_id_the_kind_is_asked_for(cloud, control, eip, running):
    document = control("GET", "state").body
    kinds = document["regions"]["bj"]["kinds"]
    kinds["eip.Eip"]["kept"][0]["id"] = running
    assert control_of(cloud)("PUT", "state", document).status == 200

    refused = control("PUT", f"resources/{running}", {"status": "paused"})

    assert (refused.status, "bcc.Instance, eip.Eip" in refused.body["error"]) == (400, True)
    assert control("PUT", f"resources/{running}?kind=eip.Eip", {"status": "paused"}).body["kind"] == "eip.Eip"
