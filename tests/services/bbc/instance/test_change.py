"""What servers are called, their passwords and their tags."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from tests.cloud import PASSWORD, encrypted
from tests.services.bbc.servers import NOBODY, new_server, server, status

RED, BLUE = {"tagKey": "team", "tagValue": "red"}, {"tagKey": "team", "tagValue": "blue"}


def test_names_descriptions_and_tags_change(cloud):
    server_id = new_server(cloud, tags=[RED])
    target = f"/v1/instance/{server_id}"

    cloud.ok("PUT", f"{target}?rename", {"name": "db"})
    cloud.ok("PUT", f"{target}?updateDesc", {"desc": "of a test"})
    cloud.ok("PUT", f"{target}/tag?bind", {"changeTags": [BLUE, {"tagKey": "new"}]})

    shown = server(cloud, server_id)
    assert (shown["name"], shown["desc"]) == ("db", "of a test")
    assert shown["tags"] == [BLUE, {"tagKey": "new", "tagValue": ""}]
    cloud.ok("PUT", f"{target}/tag?unbind", {"changeTags": [BLUE]})
    cloud.ok("PUT", f"{target}?updateDesc", {"desc": ""})
    assert (server(cloud, server_id)["tags"], server(cloud, server_id)["desc"]) == (shown["tags"][1:], "")
    cloud.refused(BadRequest, "PUT", f"{target}?rename", {"name": "1st"})
    cloud.refused(BadRequest, "PUT", f"{target}?updateDesc", {"desc": "x" * 201})
    for action in ("bind", "unbind"):
        cloud.refused(NoSuchObject, "PUT", f"/v1/instance/{NOBODY}/tag?{action}", {"changeTags": [RED]})


def test_a_new_password_restarts_a_running_server_only(cloud):
    server_id = new_server(cloud)
    target = f"/v1/instance/{server_id}"
    word = {"adminPass": encrypted(PASSWORD)}

    cloud.ok("PUT", f"{target}?changePass", word)

    assert status(cloud, server_id) == "Starting"
    cloud.clock.advance(180)
    cloud.ok("PUT", f"{target}?stop", {})
    cloud.clock.advance(60)
    cloud.ok("PUT", f"{target}?changePass", word)
    assert status(cloud, server_id) == "Stopped"
    cloud.refused(BadRequest, "PUT", f"{target}?changePass", {"adminPass": PASSWORD})
