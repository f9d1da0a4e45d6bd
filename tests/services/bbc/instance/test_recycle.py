"""The recycle bin of servers."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from tests.services.bbc.instance.test_release import eips, with_eip
from tests.services.bbc.servers import MONTH, NOBODY, elsewhere, new_server, status

HOUR = 3_600
BIN, RECOVER = "/v1/recycle/instance", "/v1/instance/recovery"


def test_the_bin_shows_what_is_in_it_and_lets_go_of_it_in_time(cloud):
    prepaid, postpaid, stays = new_server(cloud, billing=MONTH), new_server(cloud, name="db"), new_server(cloud)

    cloud.ok("POST", "/v1/instance/delete", {"instanceId": prepaid})
    cloud.clock.advance(HOUR)
    cloud.ok("POST", "/v1/instance/batchDelete", {"instanceIds": [postpaid], "bbcRecycleFlag": True})

    def found(**members):
        return [each["id"] for each in cloud.ok("POST", BIN, members)["instances"]]

    assert found() == found(maxKeys=0) == [postpaid, prepaid]
    assert found(paymentTiming="Prepaid") == found(instanceId=prepaid) == [prepaid]
    assert found(name="db") == found(recycleBegin="2026-01-01T01:10:00Z") == [postpaid]
    assert found(recycleEnd="2026-01-01T01:10:00Z") == found(marker=prepaid) == [prepaid]
    assert cloud.ok("POST", BIN, {"name": "db"})["instances"] == [
        {
            "id": postpaid,
            "serialNumber": f"s-{postpaid}",
            "name": "db",
            "recycleTime": "2026-01-01T01:30:00Z",
            "deleteTime": "2026-01-01T03:30:00Z",
            "paymentTiming": "Postpaid",
            "serviceName": "BBC",
            "serviceType": "BBC",
            "configItems": ["CPU:24", "Memory:128GB"],
            "configItem": {"cpu": 24, "memory": 128, "type": "BBC-I1-01", "zoneName": "cn-bj-a"},
        }
    ]
    cloud.refused(BadRequest, "POST", BIN, {"recycleBegin": "yesterday"})
    cloud.clock.advance(2 * HOUR)
    assert (found(), status(cloud, stays)) == ([prepaid], "Running")
    cloud.clock.advance(7 * 24 * HOUR)
    assert found() == []


def test_what_is_taken_out_starts_with_its_eip(cloud):
    prepaid, postpaid, stays = new_server(cloud, billing=MONTH), new_server(cloud), new_server(cloud)
    eip = with_eip(cloud, postpaid)
    for each in (prepaid, postpaid):
        cloud.ok("POST", "/v1/instance/delete", {"instanceId": each, "relatedReleaseFlag": True})

    cloud.ok("POST", RECOVER, {"instanceIds": [postpaid]})

    assert status(cloud, postpaid) == "Starting"
    cloud.clock.advance(24 * HOUR)
    assert (status(cloud, postpaid), eips(cloud)) == ("Running", {eip: "binded"})
    cloud.ok("DELETE", f"/v2/instance/{postpaid}")
    assert eips(cloud) == {eip: "available"}
    cloud.refused(BadRequest, "POST", RECOVER, {"instanceIds": [prepaid]})
    cloud.refused(BadRequest, "POST", RECOVER, {})
    cloud.refused(NoSuchObject, "POST", RECOVER, {"instanceIds": [prepaid, stays]})
    cloud.refused(NoSuchObject, "POST", RECOVER, {"instanceIds": [NOBODY]})
    cloud.refused(NoSuchObject, "DELETE", f"{BIN}/{stays}")
    cloud.ok("DELETE", f"{BIN}/{prepaid}")
    cloud.refused(NoSuchObject, "DELETE", f"{BIN}/{prepaid}")


def test_a_prepaid_eip_does_not_enter_the_bin(cloud):
    server_id = new_server(cloud)
    with elsewhere(cloud):
        eip = cloud.ok("POST", "/v1/eip", {"bandwidthInMbps": 5, "billing": MONTH})["eip"]
        cloud.clock.advance(10)
        cloud.ok("PUT", f"/v1/eip/{eip}?bind", {"instanceType": "BBC", "instanceId": server_id})
        cloud.clock.advance(10)

    cloud.ok("POST", "/v1/instance/delete", {"instanceId": server_id})

    assert eips(cloud) == {eip: "available"}
