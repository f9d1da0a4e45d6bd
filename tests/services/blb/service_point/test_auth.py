"""Who may lead a card to a service publishing point."""

from __future__ import annotations

from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.blb.errors import InvalidParameter, MissingParameter, QuotaExceeded
from tests.services.blb.service_point.points import ALLOWED, new_point


def test_accounts_are_let_in_and_kept_out_by_name(cloud):
    target = new_point(cloud)
    assert cloud.ok("GET", target)["authList"] == [{"uid": "*", "auth": "deny"}]
    friend, foe = {"uid": "friend", "auth": "allow"}, {"uid": "foe", "auth": "deny"}

    cloud.ok("PUT", f"{target}?addAuth", {"authList": [friend, foe]})
    cloud.ok("PUT", f"{target}?editAuth", {"authList": [ALLOWED, friend | {"auth": "deny"}]})

    assert cloud.ok("GET", target)["authList"] == [ALLOWED, friend | {"auth": "deny"}, foe]
    cloud.set_facts(**{"blb.servicePointAuthQuota": 3})
    for key, body, error in [
        ("addAuth", {"authList": [friend]}, OperationDenied),
        ("addAuth", {"authList": [friend | {"uid": "fourth"}]}, QuotaExceeded),
        ("addAuth", {"authList": []}, InvalidParameter),
        ("addAuth", {"authList": [friend | {"uid": ""}]}, InvalidParameter),
        ("addAuth", {"authList": [friend | {"auth": "perhaps"}]}, InvalidParameter),
        ("addAuth", {}, MissingParameter),
        ("editAuth", {"authList": [foe, friend | {"uid": "fourth"}]}, NoSuchObject),
        ("editAuth", {"authList": [foe, foe]}, InvalidParameter),
        ("removeAuth", {"uidList": ["foe", "fourth"]}, NoSuchObject),
        ("removeAuth", {"uidList": []}, InvalidParameter),
    ]:
        cloud.refused(error, "PUT", f"{target}?{key}", body)
    cloud.ok("PUT", f"{target}?removeAuth", {"uidList": ["*", "friend"]})
    assert cloud.ok("GET", target)["authList"] == [foe]
