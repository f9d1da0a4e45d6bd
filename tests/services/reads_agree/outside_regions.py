"""The rows of what belongs to no region: resource groups, and private zones with their records."""

from __future__ import annotations

from tests.services.reads_agree.row import SOMETHING, Write

GROUP = {"name": "team", "extra": "of a test"}
ZONE = "/v1/privatezone"
RECORD = {"rr": "mail", "type": "MX", "value": "mail.example.com", "ttl": 30, "priority": 5, "description": "post"}
HERE = {"region": "bj", "vpcIds": ["{vpc}"]}

OUTSIDE_REGIONS = (
    Write("POST /v1/res/group", GROUP, "resource_group", GROUP, "groupId"),
    Write(
        f"POST {ZONE}", {"zoneName": "other.com"}, "zone", {"zoneName": "other.com", "createTime": SOMETHING}, "zoneId"
    ),
    Write(f"PUT {ZONE}/{{zone}}?bind", HERE, "zone", {"bindVpcs.0.vpcId": "{vpc}", "bindVpcs.0.vpcRegion": "bj"}),
    Write(
        f"PUT {ZONE}/{{bound_zone}}?unbind",
        {"region": "bj", "vpcIds": ["{home_vpc}"]},
        "bound_zone",
        {"bindVpcs": [], "updateTime": SOMETHING},
    ),
    Write(f"POST {ZONE}/{{zone}}/record", RECORD, "record", RECORD | {"status": "enable"}, "recordId"),
    Write(f"PUT {ZONE}/record/{{record}}", RECORD, "record", RECORD),
    Write(f"PUT {ZONE}/record/{{record}}?disable", {}, "record", {"status": "pause"}),
    Write(f"PUT {ZONE}/record/{{record}}?enable", {}, "record", {"status": "enable"}),
)
