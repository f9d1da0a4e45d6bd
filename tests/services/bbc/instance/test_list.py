"""Servers alone, in lists, and what they are made of."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from tests.cloud import ids
from tests.services.bbc.servers import NOBODY, new_server, server

BY_IDS = "/v1/instance/listByInstanceId"


def test_every_read_shows_the_same(cloud):
    first, second, third = (new_server(cloud, name=f"web{number}") for number in range(3))
    shown = [server(cloud, each) for each in (third, second, first)]

    listed = cloud.ok("GET", "/v1/instance?marker=&maxKeys=2")
    assert listed == {
        "marker": "",
        "isTruncated": True,
        "nextMarker": first,
        "maxKeys": 2,
        "instances": shown[:2],
    }
    assert cloud.ok("GET", f"/v1/instance?marker={first}")["instances"] == shown[2:]
    assert ids(cloud.ok("GET", f"/v1/instance?internalIp={shown[1]['internalIp']}")["instances"]) == [second]
    assert cloud.ok("POST", BY_IDS, {"instanceIdList": [first, third, NOBODY]})["instances"] == [shown[0], shown[2]]
    assert cloud.ok("GET", f"/v1/instance/{third}?isDeploySet=true&containsFailed=true") == shown[0]
    cloud.refused(NoSuchObject, "GET", f"/v1/instance/{NOBODY}")
    cloud.refused(BadRequest, "GET", "/v1/instance?maxKeys=0")
    cloud.refused(BadRequest, "POST", BY_IDS, {"instanceIdList": [first] * 101})


def test_it_shows_what_servers_are_made_of(cloud):
    plain = new_server(cloud)
    cards = new_server(cloud, flavorId="BBC-GPU-01", raidId="raid-k2Dm7QsH")

    found = cloud.ok("POST", "/v1/instance/simpleFlavor", {"instanceIds": [cards, plain, cards]})["flavorInfo"]

    assert [(each["instanceId"], each["gpuCard"], each["raidDescription"]) for each in found] == [
        (cards, "V100*8", "Raid1"),
        (plain, "", "NoRaid"),
    ]
    assert found[1]["cpuDescription"] == "Intel Xeon E5-2620 V3 2.4GHz, 24 cores"
    cloud.refused(NoSuchObject, "POST", "/v1/instance/simpleFlavor", {"instanceIds": [plain, NOBODY]})


def test_a_running_server_has_a_console(cloud):
    running = new_server(cloud)
    console = f"/v1/instance/{running}/vnc"

    first, second = (cloud.ok("GET", console)["vncUrl"] for _ in range(2))

    assert first != second
    assert first.startswith(f"http://{cloud.host}/vnc_auto.html?token=")
    cloud.ok("PUT", f"/v1/instance/{running}?stop", {})
    cloud.refused(OperationDenied, "GET", console)
    cloud.refused(NoSuchObject, "GET", f"/v1/instance/{NOBODY}/vnc")
