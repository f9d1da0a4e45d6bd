"""What limited tokens may do, in one table of calls."""

from __future__ import annotations

import pytest

from bce_emulator.control.routes import MODULES
from bce_emulator.services.vpc.peerconn.resource import PeerConn
from bce_emulator.settings import DEFAULT_SECRET_KEY as SECRET_KEY
from bce_emulator.settings import SettingError, Settings, collect
from tests.cloud import Cloud
from tests.control.conftest import control_of
from tests.network import default_subnet, default_vpc, make_vpc
from tests.reachability.world import lead
from tests.services.vpc.peerconn.test_ends import act, connect, seen_by

TOKENS = {"admin_token": "all", "limited_tokens": "look:read,team:team-a-*"}
SECRET = "a-secret-of-sixteen"
KEYS = [
    {"accessKeyId": "team-a-one"},
    {"accessKeyId": "team-b-one", "secretAccessKey": SECRET},
    {"accessKeyId": "team-a-into-b", "account": "team-b-one"},
]


@pytest.fixture(scope="module")
def shared():
    """Two teams, of which each has a request in the journal."""
    cloud = Cloud(**TOKENS)
    control = control_of(cloud)
    for keys in KEYS:
        assert control("POST", "accounts", keys, headers=bearer("all")).status == 200
    for name in ("team-a-one", "team-b-one"):
        cloud.access_key = name
        cloud.call("GET", "/v2/zone")
    return cloud, control


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def request_of(cloud: Cloud, account: str) -> str:
    return next(cloud.emulator.journal.of(account)).request_id


ADVANCE, FAULT = {"seconds": 1}, {"operation": "ListZones", "error": "InternalError"}
CALLS = [  # method, path, body, what the reader and the team get
    ("GET", "version", None, 200, 200),
    ("GET", "openapi.json", None, 200, 200),
    ("GET", "operations?account=team-b-one", None, 200, 200),
    ("GET", "journal", None, 200, 403),
    ("GET", "journal?account=*", None, 200, 403),
    ("GET", "journal?account=team-a-one", None, 200, 200),
    ("GET", "journal?account=team-b-one", None, 200, 403),
    ("GET", "journal?account=team-a-into-b", None, 200, 403),
    ("GET", "journal?account=team-a-one&account=team-b-one", None, 200, 403),
    ("GET", "resources?account=team-a-one", None, 200, 200),
    ("GET", "requests/{ours}", None, 200, 200),
    ("GET", "requests/{theirs}", None, 200, 403),
    ("GET", "requests/{ours}/code", None, 403, 200),
    ("GET", "requests/{theirs}/code", None, 403, 403),
    ("GET", "requests/none", None, 404, 403),
    ("GET", "metrics?account=team-a-one", None, 404, 403),
    ("POST", "journal/verify?account=team-a-one", {"operation": "ListZones"}, 200, 200),
    ("POST", "journal/verify?account=team-b-one", {"operation": "ListZones"}, 200, 403),
    ("POST", "clock/advance?account=team-a-one", ADVANCE, 403, 200),
    ("POST", "clock/advance?account=team-b-one", ADVANCE, 403, 403),
    ("POST", "clock/advance", ADVANCE, 403, 403),
    ("POST", "faults?account=team-a-one", FAULT, 403, 200),
    ("POST", "reset?account=*", None, 403, 403),
    ("POST", "state/fork?account=team-a-one", {"from": "team-b-one", "to": "team-a-one"}, 403, 403),
    ("POST", "state%2Ffork?account=team-a-one", {"from": "team-b-one", "to": "team-a-one"}, 403, 403),
    ("POST", "accounts", {}, 403, 403),
    ("POST", "accounts", {"accessKeyId": "team-b-two"}, 403, 403),
    ("POST", "accounts", {"accessKeyId": "team-b-one"}, 403, 403),
    ("POST", "accounts", {"accessKeyId": "team-a-two", "account": "team-b-none"}, 403, 403),
    ("POST", "accounts", {"accessKeyId": "team-a-two", "account": "team-b-one"}, 403, 403),
    ("POST", "accounts", {"accessKeyId": "team-a-two", "account": "team-a-into-b"}, 403, 403),
    ("POST", "accounts", {"accessKeyId": "team-a-two"}, 403, 200),
    ("DELETE", "accounts/team-b-one", None, 403, 403),
    ("DELETE", "accounts/team-a-into-b", None, 403, 403),
    ("DELETE", "accounts/team-a-two", None, 403, 200),
]


def test_each_call_is_answered_as_the_token_allows(shared):
    cloud, control = shared
    ids = {"ours": request_of(cloud, "team-a-one"), "theirs": request_of(cloud, "team-b-one")}

    for method, path, body, *expected in CALLS:
        found = [control(method, path.format(**ids), body, headers=bearer(token)) for token in ("look", "team")]

        assert [reply.status for reply in found] == expected, (method, path, [reply.body for reply in found])
        refusals = [reply.body["error"] for reply in found if reply.status == 403]
        assert all("this token may only read" in text or "begin with team-a-" in text for text in refusals)


@pytest.mark.parametrize(("most", "tokens", "share"), [(6, "a:a-*,a2:a-*,b:b-*,look:read", 2), (1, "a:a-*", 1)])
def test_who_may_use_some_accounts_leaves_room_for_others(most, tokens, share):
    control = control_of(Cloud(**TOKENS | {"limited_tokens": tokens}, max_accounts=most + 1, accounts="closed"))

    def make(token: str, name: str, **more: str) -> int:
        reply = control("POST", "accounts", {"accessKeyId": name} | more, headers=bearer(token))
        if reply.status == 400 and token != "all":
            assert f"there are {share} pairs of keys that begin with a-, this token's share" in reply.body["error"]
        return reply.status

    assert [make("a", f"a-{number}") for number in range(share + 1)] == [200] * share + [400]
    assert make("a", "a-further", account="a-0") == 400
    assert control("DELETE", f"accounts/a-{share - 1}", headers=bearer("a")).status == 200
    assert make("a", "a-again") == 200
    assert make("a", "a-more") == 400
    assert [make("all", f"c-{number}") for number in range(most - share)] == [200] * (most - share)


def test_who_may_use_some_accounts_sees_no_others(shared):
    _, control = shared

    shown = [
        [each["account"] for each in control("GET", "accounts", headers=bearer(t)).body["accounts"]]
        for t in ("look", "team")
    ]

    assert shown == [["test", "team-a-one", "team-b-one"], ["team-a-one"]]


def test_who_may_use_some_accounts_sees_of_a_peer_whether_it_lets_traffic_pass_and_no_more():
    cloud = Cloud(**TOKENS)
    control = control_of(cloud)
    for name in ("team-a-one", "team-c-one"):
        assert (
            control(
                "POST", "accounts", {"accessKeyId": name, "secretAccessKey": SECRET_KEY}, headers=bearer("all")
            ).status
            == 200
        )
    ours, theirs = seen_by(cloud, "team-a-one"), seen_by(cloud, "team-c-one")
    far = make_vpc(theirs, cidr="10.50.0.0/16")
    peer = connect(ours, default_vpc(ours), far, peerAccountId="team-c-one")
    act(theirs, peer, "accept")
    ours.clock.advance(400)
    source = ours.create(subnetId=default_subnet(ours))
    lead(ours, "10.50.0.0/16", ours.account.get_by(PeerConn, "peer_conn_id", peer).id, default_vpc(ours))
    question = {"source": source, "target": "10.50.1.9", "port": 80}

    stops = [
        control("POST", "reachability?account=team-a-one", question, headers=bearer(token)).body["stoppedBy"]
        for token in ("look", "team", "all")
    ]

    assert [stop["rule"]["name"] for stop in stops] == ["address.held", "peer.account", "address.held"]
    assert [far in stop["text"] for stop in stops] == [True, False, True]
    assert stops[1]["remedy"] == "the other account lets it pass"


def test_who_may_use_some_accounts_is_not_told_what_others_lacked(shared):
    cloud, control = shared
    cloud.emulator.journal.count_unemulated("bcc.Nothing")

    seen = [
        control("GET", "journal?account=team-a-one", headers=bearer(t)).body["unemulated"] for t in ("look", "team")
    ]

    assert seen == [{"bcc.Nothing": 1}, {}]


def test_only_calls_that_read_are_open_to_who_reads():
    """A new call that reads by POST, or that gives away what can be sent, is to be thought of in rights.py."""
    calls = {(call.method, call.path) for module in MODULES for call in module.CALLS}

    assert {path for method, path in calls if method == "POST" and path.startswith(("journal", "state"))} == {
        "journal/verify",
        "state/diff",
        "state/fork",
    }
    assert {path for _, path in calls if path.startswith("requests/")} == {
        "requests/{request_id}",
        "requests/{request_id}/explain",
        "requests/{request_id}/code",
    }


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"limited_tokens": "look:read"}, "--limited-tokens wants --admin-token too"),
        ({"limited_tokens": "look:read", "admin_token": "look"}, "has a token twice, or the admin token"),
        ({"limited_tokens": "a:read,a:team-*", "admin_token": "x"}, "has a token twice"),
        ({"limited_tokens": "a:write", "admin_token": "x"}, "is TOKEN:read or TOKEN:PREFIX"),
        ({"limited_tokens": "a:*", "admin_token": "x"}, "is TOKEN:read or TOKEN:PREFIX"),
        ({"limited_tokens": ":read", "admin_token": "x"}, "is TOKEN:read or TOKEN:PREFIX"),
        ({"limited_tokens": "a:b:read", "admin_token": "x"}, "is TOKEN:read or TOKEN:PREFIX"),
        ({"accounts": "closed", "auth": "off"}, "--accounts closed needs signatures, so not --auth off"),
    ],
)
def test_what_would_let_everybody_in_is_refused(values, said):
    with pytest.raises(SettingError, match=said.replace("*", "\\*")):
        collect(values, {})
    assert "look" not in repr(Settings(**TOKENS))
