"""Tags of reserved instances, put on by the call of bare metal."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from tests.services.bbc.servers import elsewhere
from tests.services.bcc.reserved_instance.reserved import buy, listed

BIND, UNBIND = "/v2/bbc/reserved/tag?bind", "/v2/bbc/reserved/tag?unbind"
TAGS = [{"tagKey": "team", "tagValue": "red"}]


def test_reserved_instances_are_tagged_all_or_none(cloud):
    with elsewhere(cloud):
        ids = [buy(cloud), buy(cloud)]

    def tags():
        with elsewhere(cloud):
            return [each["tags"] for each in listed(cloud)]

    cloud.ok("PUT", BIND, {"reservedInstanceIds": ids, "changeTags": TAGS})

    assert tags() == [TAGS, TAGS]
    for path in (BIND, UNBIND):
        cloud.refused(NoSuchObject, "PUT", path, {"reservedInstanceIds": [ids[0], "r-nobody00"], "changeTags": TAGS})
        cloud.refused(BadRequest, "PUT", path, {"reservedInstanceIds": [], "changeTags": TAGS})
    cloud.ok("PUT", UNBIND, {"reservedInstanceIds": ids[:1], "changeTags": TAGS})
    assert sorted(tags(), key=len) == [[], TAGS]
