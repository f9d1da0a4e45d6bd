"""A call that looks at accounts which are only on disk waits until they are read, as if they had been there."""

from __future__ import annotations

import asyncio
from types import CodeType, FunctionType

import pytest

from bce_emulator.engine import steps
from bce_emulator.engine.account import others
from bce_emulator.engine.account.resource import OnDelete, Resource
from bce_emulator.engine.account.resource_types import resource_types
from bce_emulator.engine.account.undo import Undo
from bce_emulator.engine.declare.operations import OPERATIONS
from bce_emulator.engine.errors import AccountLimitExceeded, InternalError
from bce_emulator.services.bcc.snapshot.share_resource import SnapshotShare
from tests.cloud import Cloud
from tests.control.test_slices import Clients, together, until
from tests.control.test_state import control, state
from tests.disks import PREPAID, attached_volume, new_snapshot, new_volume
from tests.engine.lamp import Lamp, account_at, add_lamp
from tests.engine.persist.stores import file_of, started, without_lapsed
from tests.engine.persist.test_damaged_stores import mark_misfit
from tests.network import default_vpc, make_vpc
from tests.services.vpc.peerconn.test_ends import connect

FRIENDS = ["test-a", "test-b", "test-c"]
SHARE = "/v2/snapshot/share"
ONLY_NAME_INSTANCES = {"bcc.DeleteKeypair", "bcc.DeleteDeploySet"}
"""What removes something that instances use, and no instance, which would take along what it shares."""


@pytest.fixture(autouse=True)
def _small(monkeypatch) -> None:
    monkeypatch.setattr(steps, "SECONDS", 0.0)


def begun(directory: str) -> tuple[Cloud, str]:
    """An account with a snapshot, and some others with an instance each."""
    cloud = started(directory)
    cloud.clock.freeze()
    snapshot = new_snapshot(cloud, new_volume(cloud))
    for cloud.access_key in FRIENDS:
        cloud.clock.freeze()
        cloud.create()
    cloud.access_key = "test"
    control(cloud, "PUT", "clock?account=*", {})
    return cloud, snapshot


def put_to_sleep(cloud: Cloud, *names: str) -> list[str]:
    """Have these accounts only on disk; answers which are read from then on."""
    tracker, accounts = cloud.emulator.store._tracker, cloud.emulator.accounts
    tracker.put_back_some(names, {name: tracker.generations[name] for name in names}, {})
    assert not accounts.by_name.keys() & set(names)
    read, found = accounts.read, []
    accounts.read = lambda name: found.append(name) or read(name)
    return found


def documents(cloud: Cloud) -> list[dict]:
    return [without_lapsed(state(cloud, name)) for name in ("test", *FRIENDS)]


def test_it_waits_for_one_after_the_other_and_does_what_it_does_once(tmp_path):
    (cloud, snapshot), (awake, same) = begun(str(tmp_path / "one")), begun(str(tmp_path / "two"))
    cloud.ok("POST", SHARE, {"snapshotId": snapshot, "accountIds": FRIENDS[:1]})
    awake.ok("POST", SHARE, {"snapshotId": same, "accountIds": FRIENDS[:1]})
    assert (snapshot, documents(cloud)) == (same, documents(awake))
    order = {"snapshotId": snapshot, "accountIds": FRIENDS[1:]}
    handled = len(list(cloud.emulator.journal.of("test")))
    read = put_to_sleep(cloud, *FRIENDS)
    served = 0

    async def run(clients: Clients) -> None:
        nonlocal served
        shared, served = await clients.meanwhile(clients.call("POST", SHARE, order))
        assert shared.json() == {"snapshotId": snapshot}

    together(cloud, run)
    awake.ok("POST", SHARE, order)

    assert read == FRIENDS
    assert served >= len(FRIENDS)
    assert len(list(cloud.emulator.journal.of("test"))) == handled + 1
    assert documents(cloud) == documents(awake)
    assert cloud.account.account.undo is None


def test_who_asks_for_the_account_meanwhile_sees_nothing_of_it(tmp_path):
    cloud, snapshot = begun(str(tmp_path))
    put_to_sleep(cloud, *FRIENDS)

    async def run(clients: Clients) -> None:
        sharing = asyncio.create_task(clients.call("POST", SHARE, {"snapshotId": snapshot, "accountIds": FRIENDS}))
        for name in FRIENDS:
            await until(lambda name=name: name in cloud.emulator.accounts.being_read)
            listed = await clients.call("POST", "/v2/snapshot/snapshotShare/list", {})
            assert listed.json()["result"] == []
        assert (await sharing).status_code == 200

    together(cloud, run)

    assert len(cloud.ok("POST", "/v2/snapshot/snapshotShare/list", {})["result"]) == len(FRIENDS)


def test_one_that_cannot_be_read_refuses_it_and_nothing_is_changed(tmp_path):
    cloud, snapshot = begun(str(tmp_path))
    before = state(cloud)
    for name in ("test-a", "test-c"):  # whose instances would be met first
        assert control(cloud, "DELETE", f"accounts/{name}").status == 200
    put_to_sleep(cloud, "test-b")
    mark_misfit(file_of(str(tmp_path)))

    reply = cloud.call("POST", SHARE, {"snapshotId": snapshot, "accountIds": ["test-x", "test-b"]})

    assert (reply.status, reply.code) == (500, InternalError.code)
    assert without_lapsed(state(cloud)) == without_lapsed(before)


def test_what_an_account_may_have_is_judged_when_all_are_there(tmp_path):
    cloud, snapshot = begun(str(tmp_path))
    before = documents(cloud)
    cloud.emulator.accounts.max_resources["test"] = cloud.account.account.count() + len(FRIENDS) - 1
    read = put_to_sleep(cloud, *FRIENDS)

    reply = cloud.call("POST", SHARE, {"snapshotId": snapshot, "accountIds": FRIENDS})

    assert reply.code == AccountLimitExceeded.code
    assert read == FRIENDS
    assert documents(cloud) == before
    assert cloud.call("POST", SHARE, {"snapshotId": snapshot, "accountIds": FRIENDS[1:]}).status == 200


def test_a_planned_end_holds_for_it_when_it_is_handled_again(tmp_path):
    cloud = started(str(tmp_path))
    cloud.clock.freeze()
    cloud.access_key = "test-a"
    cloud.clock.freeze()
    theirs = default_vpc(cloud)
    cloud.access_key = "test"
    offered = connect(cloud, default_vpc(cloud), theirs, peerAccountId="test-a")
    cloud.access_key = "test-a"
    planned = {"operation": "vpc.AcceptPeerConn", "endIn": "down"}
    assert control(cloud, "POST", "faults?account=test-a", planned).status == 200
    read = put_to_sleep(cloud, "test")

    async def run(clients: Clients) -> None:
        accepted, served = await clients.meanwhile(
            clients.call("PUT", f"/v1/peerconn/{offered}?accept", access_key="test-a")
        )
        assert (accepted.status_code, served > 0) == (200, True)

    together(cloud, run)
    cloud.clock.advance(600)

    assert read == ["test"]
    assert control(cloud, "GET", "faults?account=test-a").body["faults"] == []
    assert cloud.ok("GET", f"/v1/peerconn/{offered}")["status"] == "down"


def test_who_takes_note_around_another_can_take_back_what_that_one_saw_of_a_further_account():
    account, other = account_at(), account_at(name="other")
    theirs = add_lamp(other, room="hall")

    with Undo(account.account) as around:
        with Undo(account.account) as undo:
            assert account.account.undo is undo
            undo.watch(other.account)
        assert account.account.undo is around
        theirs.room = "attic"
        around.take_back()

    assert account.account.undo is None
    assert (theirs.room, other.where(Lamp, "room", "hall")) == ("hall", [theirs])


WITH_ALL = {"relatedReleaseFlag": True, "deleteCdsSnapshotFlag": True}
ORDINARY = {
    "DeleteSnapshot": lambda ids: ("DELETE", f"/v2/snapshot/{ids['snapshot']}", None),
    "ReleaseVolume": lambda ids: ("POST", f"/v2/volume/{ids['volume']}", {"manualSnapshot": "on"}),
    "ReleaseInstanceByPost": lambda ids: ("POST", f"/v2/instance/{ids['instance']}", WITH_ALL),
    "ReleaseMultipleInstanceByPost": lambda ids: (
        "POST",
        "/v2/instance/batchDelete",
        WITH_ALL | {"instanceIds": [ids["instance"]]},
    ),
    "DeletePrepayInstance": lambda ids: ("POST", "/v2/instance/delete", WITH_ALL | {"instanceId": ids["prepaid"]}),
    "BatchRefundResource": lambda ids: (
        "POST",
        "/v2/instance/batchRefundResource",
        WITH_ALL | {"instanceIds": [ids["prepaid"]]},
    ),
    "CreateVolume": lambda ids: ("POST", "/v2/volume", {"shareSnapshotId": ids["received"]}),
    "SyncCreateVolume": lambda ids: ("POST", "/v2/volume/syncCreate", {"shareSnapshotId": ids["received"]}),
    "DeleteVpc": lambda ids: ("DELETE", f"/v1/vpc/{ids['vpc']}", None),
}
"""What meets another account only where a snapshot is shared with it or by it, or a connection was offered by it."""


def related(directory: str) -> tuple[Cloud, dict[str, str]]:
    """An account that shares snapshots with another one, is shared one, and offered a connection; and their ids."""
    cloud = started(directory)
    cloud.clock.freeze()
    ids = {"volume": new_volume(cloud), "instance": cloud.create(), "prepaid": cloud.create(billing=PREPAID)}
    disks = [ids["volume"], attached_volume(cloud, ids["instance"]), attached_volume(cloud, ids["prepaid"])]
    for disk in disks:
        ids["snapshot"] = new_snapshot(cloud, disk)
        cloud.ok("POST", SHARE, {"snapshotId": ids["snapshot"], "accountIds": FRIENDS[:1]})
    ids["vpc"] = make_vpc(cloud)
    cloud.access_key = FRIENDS[0]
    cloud.clock.freeze()
    theirs = new_snapshot(cloud, new_volume(cloud))
    cloud.ok("POST", SHARE, {"snapshotId": theirs, "accountIds": ["test"]})
    connect(cloud, default_vpc(cloud), ids["vpc"], peerAccountId="test")
    cloud.access_key = "test"
    cloud.clock.advance(5)
    ids["received"] = cloud.account.find_by(SnapshotShare, "source_id", theirs).id
    control(cloud, "PUT", "clock?account=*", {})
    return cloud, ids


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_call_that_meets_another_account_waits_for_it_too(tmp_path, name):
    (cloud, ids), (awake, same) = related(str(tmp_path / "one")), related(str(tmp_path / "two"))
    before = documents(cloud)
    assert (ids, before) == (same, documents(awake))
    read = put_to_sleep(cloud, FRIENDS[0])
    order = ORDINARY[name](ids)

    async def run(clients: Clients) -> None:
        answered, served = await clients.meanwhile(clients.call(*order))
        assert (answered.status_code, served > 0) == (200, True)

    together(cloud, run)
    awake.ok(*order)

    assert read == FRIENDS[:1]
    assert documents(cloud) == documents(awake) != before


def test_only_where_something_is_shared_an_ordinary_call_takes_note_of_what_it_changes(tmp_path, monkeypatch):
    noted = []
    monkeypatch.setattr(others, "Undo", lambda account, **how: noted.append(account.name) or Undo(account, **how))
    cloud, ids = related(str(tmp_path))
    put_to_sleep(cloud, FRIENDS[0])
    noted.clear()

    cloud.ok("POST", f"/v2/volume/{ids['volume']}", {})
    cloud.access_key = "test-b"
    cloud.ok("POST", f"/v2/volume/{new_volume(cloud)}", {"manualSnapshot": "on"})

    assert cloud.emulator.accounts.asleep
    assert noted == ["test"]


def codes(code: CodeType) -> set[str]:
    """The names that a function uses."""
    within = (each for each in code.co_consts if isinstance(each, CodeType))
    return {*code.co_names}.union(*map(codes, within))


def goes_with(kinds: list[type[Resource]]) -> list[type[Resource]]:
    """These, and what may go along with them."""
    keys = {kind.type_key() for kind in kinds}
    return kinds + [
        kind
        for kind in resource_types().values()
        if any(key.target in keys and key.on_delete is not OnDelete.RESTRICT for key in kind.foreign_keys)
    ]


def looks(function: FunctionType, seen: set[FunctionType]) -> bool:
    """Whether a function of a service asks for other accounts, or one does that it calls, or that follows a removal."""
    seen.add(function)
    names = codes(function.__code__)
    named = [function.__globals__.get(name) for name in names]
    if "remove" in names:
        removed = goes_with([each for each in named if isinstance(each, type) and issubclass(each, Resource)])
        named += [follow for kind in removed for follow in kind.gone]
    called = [each for each in named if isinstance(each, FunctionType)]
    return "of" in names or any(
        looks(each, seen) for each in called if each not in seen and each.__module__.startswith("bce_emulator.services")
    )


def test_an_operation_that_looks_at_other_accounts_says_so():
    looking = {key for key, operation in OPERATIONS.items() if looks(operation.function, set())}

    assert {key for key, operation in OPERATIONS.items() if operation.looks_at_others} == looking - ONLY_NAME_INSTANCES
    assert looking >= ONLY_NAME_INSTANCES
