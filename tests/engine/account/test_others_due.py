"""What is due and looks at accounts which are only on disk waits until they are read, as if they had been there."""

from __future__ import annotations

import asyncio
import copy
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bce_emulator.engine import steps
from bce_emulator.engine.account.clock import DAY, After
from bce_emulator.engine.account.lifecycle import GONE
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.account.resource_types import resource_types
from bce_emulator.engine.errors import InternalError
from bce_emulator.engine.steps import OutOfTurn
from bce_emulator.services.bcc.reserved_instance.resource import ReservedInstanceTransfer
from bce_emulator.services.bcc.snapshot.share_resource import SnapshotShare
from bce_emulator.services.eip.transfer.resource import EipTransfer
from bce_emulator.services.vpc.peerconn.resource import PeerConn
from tests.cloud import Cloud
from tests.conftest import REFUSED
from tests.control.test_slices import Clients, together, until
from tests.control.test_state import control
from tests.disks import new_snapshot, new_volume
from tests.engine.account.test_others import FRIENDS, SHARE, documents, looks, put_to_sleep
from tests.engine.persist.stores import file_of, start, started
from tests.engine.persist.test_damaged_stores import mark_misfit
from tests.services.bcc.reserved_instance import test_transfer as reserved_instances
from tests.services.bcc.reserved_instance.reserved import buy
from tests.services.eip.eip.addresses import new_eip
from tests.services.eip.transfer import test_operations as eips
from tests.services.vpc.peerconn import test_ends as peer_conns

LATER = 40 * DAY
FRIEND = FRIENDS[0]


@pytest.fixture(autouse=True)
def _small(monkeypatch) -> None:
    monkeypatch.setattr(steps, "SECONDS", 0.0)


def seen_by(cloud: Cloud, access_key: str) -> Cloud:
    other = copy.copy(cloud)
    other.access_key = access_key
    other.clock.freeze()
    return other


def share(cloud: Cloud, _other: Cloud) -> None:
    snapshot = new_snapshot(cloud, new_volume(cloud), retentionInDays=3)
    cloud.ok("POST", SHARE, {"snapshotId": snapshot, "accountIds": [FRIEND]})


def transfer(cloud: Cloud, other: Cloud) -> None:
    eips.answer(other, "accept", eips.offer(cloud, new_eip(cloud), FRIEND))


def offer_peer_conn(cloud: Cloud, other: Cloud) -> None:
    peer_conns.offer(cloud, other)


def connect(cloud: Cloud, other: Cloud) -> None:
    offered = peer_conns.offer(cloud, other, billing=peer_conns.PREPAID)
    peer_conns.act(peer_conns.seen_by(other, FRIEND, "gz"), offered, "accept")
    cloud.clock.advance(5)


def offer_reserved_instance(cloud: Cloud, _other: Cloud) -> None:
    reserved_instances.offer(cloud, buy(cloud), to=FRIEND)


BETWEEN: dict[str, tuple[Callable[[Cloud, Cloud], None], type[Resource]]] = {
    "a snapshot that is shared": (share, SnapshotShare),
    "the end of a transfer": (transfer, EipTransfer),
    "a peer connection that nobody accepts": (offer_peer_conn, PeerConn),
    "a peer connection that expires": (connect, PeerConn),
    "an offer that nobody answers": (offer_reserved_instance, ReservedInstanceTransfer),
}
"""What two accounts have to do with each other, with something that the clock of the first brings for both."""


def between(directory: str, name: str) -> Cloud:
    return begun(started(directory), name)


def begun(cloud: Cloud, name: str) -> Cloud:
    cloud.clock.freeze()
    for each in FRIENDS:
        seen_by(cloud, each).create()
    begin, _ = BETWEEN[name]
    begin(cloud, seen_by(cloud, FRIEND))
    control(cloud, "PUT", "clock?account=*", {})
    return cloud


def moved_by_control(cloud: Cloud) -> None:
    async def run(clients: Clients) -> None:
        advanced, served = await clients.meanwhile(clients.control("POST", "clock/advance", {"seconds": LATER}))
        assert (advanced.status_code, served > 0, len(advanced.json()["due"]) > 0) == (200, True, True)

    together(cloud, run)


def met_by_a_request(cloud: Cloud) -> None:
    cloud.clock.move(cloud.clock.now() + LATER)

    async def run(clients: Clients) -> None:
        answered, served = await clients.meanwhile(clients.call("GET", "/v2/zone"))
        assert (answered.status_code, served > 0) == (200, True)

    together(cloud, run)


MOVED = [pytest.param(name, moved_by_control, marks=pytest.mark.slow) for name in list(BETWEEN)[1:]]


@pytest.mark.parametrize(
    ("name", "meet"), [*((name, met_by_a_request) for name in BETWEEN), (next(iter(BETWEEN)), moved_by_control), *MOVED]
)
def test_what_is_due_waits_for_the_account_that_it_looks_at(tmp_path, name, meet):
    cloud, awake = between(str(tmp_path / "one"), name), between(str(tmp_path / "two"), name)
    before = documents(cloud)
    assert before == documents(awake)
    read = put_to_sleep(cloud, *FRIENDS)

    meet(cloud)
    awake.clock.advance(LATER)

    assert read == [FRIEND]
    kind = BETWEEN[name][1]
    kept = [state["regions"]["bj"]["kinds"] for state in before[:1]]
    assert all(kinds[kind.type_key()]["kept"] for kinds in kept)
    assert documents(cloud) == documents(awake) != before
    assert (cloud.account.account.undo, cloud.clock.waits) == (None, False)


def test_where_nobody_can_wait_it_is_read_at_once(tmp_path):
    cloud, awake = (between(str(tmp_path / each), "the end of a transfer") for each in ("one", "two"))
    read = put_to_sleep(cloud, FRIEND)

    assert cloud.clock.advance(LATER) == awake.clock.advance(LATER) != []

    assert read == [FRIEND]
    assert documents(cloud) == documents(awake)


def test_several_that_meet_what_is_due_wait_for_one_reading_and_it_happens_once(tmp_path):
    cloud = between(str(tmp_path), "the end of a transfer")
    read = put_to_sleep(cloud, FRIEND)
    cloud.clock.move(cloud.clock.now() + LATER)

    async def run(clients: Clients) -> None:
        first = clients.call("GET", "/v2/zone")
        second, _ = await clients.meanwhile(clients.control("POST", "clock/advance", {"seconds": 1}))
        assert (await first).status_code == second.status_code == 200
        assert len([each for each in second.json()["due"] if "end" in each]) == 1

    together(cloud, run)

    assert read == [FRIEND]
    assert eips.statuses(cloud, seen_by(cloud, FRIEND)) == ["success"] * 2


def test_one_that_cannot_be_read_is_left_and_who_comes_by_is_not_refused(tmp_path):
    cloud = between(str(tmp_path), "the end of a transfer")
    for each in FRIENDS[1:]:
        assert control(cloud, "DELETE", f"accounts/{each}").status == 200
    put_to_sleep(cloud, FRIEND)
    mark_misfit(file_of(str(tmp_path)))
    cloud.clock.move(cloud.clock.now() + LATER)

    async def run(clients: Clients) -> None:
        answered, _ = await clients.meanwhile(clients.call("GET", "/v2/zone"))
        assert answered.status_code == 200

    together(cloud, run)

    (refused,) = REFUSED.messages
    REFUSED.messages.clear()
    assert refused.startswith("what was due at 2026-01-01T00:00:10Z was refused")
    assert "account test-a: regions.bj.kinds.bcc.Instance" in refused
    assert not [due for due in cloud.clock.unordered() if due.moment <= cloud.clock.now()]


def test_what_is_due_of_another_account_within_a_call_is_taken_back_with_the_call(tmp_path):
    """The sender's clock is at the end of a transfer to a third account when a second one accepts one."""
    clouds = []
    for each in ("one", "two"):
        cloud = started(str(tmp_path / each))
        cloud.clock.freeze()
        first, second = (seen_by(cloud, name) for name in FRIENDS[:2])
        address, further = new_eip(cloud), new_eip(cloud)
        seen_by(cloud, FRIENDS[2]).create()
        offered = eips.offer(cloud, further, second.access_key)
        eips.answer(first, "accept", eips.offer(cloud, address, first.access_key))
        control(cloud, "PUT", "clock?account=*", {})
        cloud.clock.move(cloud.clock.now() + LATER)
        clouds.append((second, offered))
    (second, offered), (awake, same) = clouds
    assert offered == same
    read = put_to_sleep(second, FRIEND)
    accepting = ("PUT", "/v1/transfer?accept", {"transferIdList": [offered]})

    async def run(clients: Clients) -> None:
        accepted, served = await clients.meanwhile(clients.call(*accepting, access_key=second.access_key))
        assert (accepted.status_code, served > 0) == (200, True)

    together(second, run)
    awake.ok(*accepting)

    assert read == [FRIEND]
    assert documents(second) == documents(awake)
    assert all(account.undo is None for account in second.emulator.accounts.by_name.values())


def test_a_call_within_which_something_due_meets_an_account_that_cannot_be_read_is_refused(tmp_path):
    cloud = started(str(tmp_path))
    cloud.clock.freeze()
    first, second = (seen_by(cloud, name) for name in FRIENDS[:2])
    address, further = new_eip(cloud), new_eip(cloud)
    first.create()
    offered = eips.offer(cloud, further, second.access_key)
    eips.answer(first, "accept", eips.offer(cloud, address, first.access_key))
    control(cloud, "PUT", "clock?account=*", {})
    cloud.clock.move(cloud.clock.now() + LATER)
    read = put_to_sleep(second, FRIEND)
    mark_misfit(file_of(str(tmp_path)))

    async def run(clients: Clients) -> None:
        accepting = ("PUT", "/v1/transfer?accept", {"transferIdList": [offered]})
        refused = await clients.call(*accepting, access_key=second.access_key)
        assert (refused.status_code, refused.json()["code"]) == (500, InternalError.code)

    together(second, run)

    assert read == [FRIEND]
    assert eips.statuses(second) == ["transfering"]


def test_many_that_meet_what_is_due_put_it_off_once(tmp_path):
    cloud = between(str(tmp_path), "the end of a transfer")
    put_to_sleep(cloud, FRIEND)
    cloud.clock.move(cloud.clock.now() + LATER)

    async def run(clients: Clients) -> None:
        first = asyncio.create_task(clients.call("GET", "/v2/zone"))
        await until(lambda: FRIEND in cloud.emulator.accounts.being_read)
        for _ in range(3):
            with pytest.raises(OutOfTurn):
                cloud.clock.run_some(9)
            (due,) = [due for due in cloud.clock.unordered() if isinstance(due.happen, After)]
            assert not isinstance(due.happen.happen, After)
        assert (await first).status_code == 200

    together(cloud, run)

    assert eips.statuses(cloud, seen_by(cloud, FRIEND)) == ["success"] * 2


def halves(cloud: Cloud) -> list[tuple[int, list[str]]]:
    """How many EIPs each side of a transfer has, and what it says of it."""
    sides = [seen_by(cloud, name) for name in ("test", FRIEND)]
    return [(len(side.ok("GET", "/v1/eip")["eipList"]), eips.statuses(side)) for side in sides]


@pytest.mark.parametrize("how", ["clock/advance", "state"])
def test_a_kill_while_a_clock_moves_leaves_both_halves_or_none(tmp_path, how):
    cloud = between(str(tmp_path / "one"), "the end of a transfer")
    left: list[Path] = []
    commit = cloud.emulator.store.rows.commit

    def committed(changes):
        answer = commit(changes)
        left.append(tmp_path / f"left-{len(left)}")
        shutil.copytree(tmp_path / "one", left[-1])
        return answer

    cloud.emulator.store.rows.commit = committed
    if how == "state":
        cloud.clock.move(cloud.clock.now() + LATER)
        assert control(cloud, "GET", how).status == 200
    else:
        assert control(cloud, "POST", how, {"seconds": LATER}).status == 200
    del cloud.emulator.store.rows.commit

    assert left
    for directory in left:
        again = start(directory)
        for name in ("test", FRIEND):
            control(again, "POST", f"clock/advance?account={name}", {"seconds": LATER})
        assert halves(again) in ([(0, ["success"]), (1, ["success"])], [(1, ["processing"]), (0, ["processing"])])


def test_a_disk_that_is_full_while_a_clock_moves_undoes_both_halves(tmp_path):
    cloud = between(str(tmp_path), "the end of a transfer")
    rows, count = cloud.emulator.store.rows, 0
    commit = rows.commit

    def committed(changes):
        nonlocal count
        count += 1
        rows._connection.execute(f"PRAGMA query_only = {int(count == 2)}")
        try:
            return commit(changes)
        finally:
            rows._connection.execute("PRAGMA query_only = 0")

    rows.commit = committed
    assert control(cloud, "POST", "clock/advance", {"seconds": LATER}).status == 500
    del rows.commit

    for name in ("test", FRIEND):
        control(cloud, "POST", f"clock/advance?account={name}", {"seconds": LATER})
    assert halves(cloud) == [(0, ["success"]), (1, ["success"])]


def follows(kind: type[Resource]) -> bool:
    """Whether something that the clock brings to a kind of resource looks at other accounts."""
    lifecycle = kind.lifecycle
    functions = [*kind.due.values(), *lifecycle.entered, *(each for done in lifecycle.done.values() for each in done)]
    if any(row.then == GONE for row in lifecycle.rows):
        functions += kind.gone
    return any(looks(function, set()) for function in functions)


def test_a_kind_to_which_the_clock_brings_what_looks_at_other_accounts_says_so(cloud):
    kinds = resource_types()

    saying = {key for key, kind in kinds.items() if kind.looks_at_others}

    assert {key for key, kind in kinds.items() if follows(kind)} == saying
    assert PeerConn.type_key() in saying


def test_a_question_about_reachability_has_the_accounts_read_to_which_connections_lead(tmp_path):
    cloud = between(str(tmp_path), "a peer connection that nobody accepts")
    read = put_to_sleep(cloud, *FRIENDS)
    asked = {"source": "i-nobody00", "target": "internet", "protocol": "icmp"}

    async def run(clients: Clients) -> None:
        answered, served = await clients.meanwhile(clients.control("POST", "reachability", asked))
        assert (answered.status_code, served > 0) == (404, True)

    together(cloud, run)

    assert read == [FRIEND]
