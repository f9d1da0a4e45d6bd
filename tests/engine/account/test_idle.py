"""Accounts that nobody uses are forgotten, and a server that is nearly full says so."""

from __future__ import annotations

import logging
from math import inf

import pytest

from bce_emulator.cloud import Emulator
from bce_emulator.engine.account.idle import Idle
from bce_emulator.settings import SettingError, Settings, collect, idle_seconds
from tests.cloud import Cloud
from tests.control.conftest import control_of

DAY = 86_400


class Wall:
    """A wall clock that stands until it is moved on."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud, self.moment = cloud, cloud.emulator.accounts.wall()
        cloud.emulator.accounts.wall = lambda: self.moment

    def advance(self, seconds: float) -> None:
        self.moment += seconds


def names(cloud: Cloud) -> list[str]:
    return [row["account"] for row in control_of(cloud)("GET", "accounts").body["accounts"]]


def use(cloud: Cloud, access_key: str) -> int:
    cloud.access_key = access_key
    return cloud.call("GET", "/v2/instance").status


def test_an_account_that_nobody_used_for_a_day_is_forgotten():
    cloud = Cloud("test-1")
    wall = Wall(cloud)
    cloud.create()
    use(cloud, "test-2")
    wall.advance(DAY)
    use(cloud, "test-2")

    wall.advance(1)
    use(cloud, "test-2")

    assert "test-1" not in cloud.emulator.accounts
    assert names(cloud) == ["test", "test-2"]
    cloud.access_key = "test-1"
    assert cloud.ok("GET", "/v2/instance")["instances"] == []


def test_the_journal_of_an_account_is_forgotten_with_it():
    cloud = Cloud("test-1")
    wall = Wall(cloud)
    journal = cloud.emulator.journal
    use(cloud, "test-1")
    taken_by_one = journal.bytes
    for number in range(2, 20):
        wall.advance(DAY + 1)
        use(cloud, f"test-{number}")

    wall.advance(DAY + 1)
    use(cloud, "test-20")

    assert list(journal.rings) == ["test-20"]
    assert journal.bytes == taken_by_one > 0
    assert len(list(journal.of("test-20"))) == 1
    assert journal.dropped(None) == 0


def test_accounts_whose_keys_were_given_at_the_start_stay():
    cloud = Cloud()
    wall = Wall(cloud)
    instance = cloud.create()

    wall.advance(10 * DAY)

    assert names(cloud) == ["test"]
    assert cloud.instance(instance)


def test_keys_that_were_made_go_with_their_account():
    cloud = Cloud()
    wall = Wall(cloud)
    control = control_of(cloud)
    control("POST", "accounts", {"accessKeyId": "minted", "secretAccessKey": cloud.secret_key})
    control("POST", "accounts", {"accessKeyId": "second", "secretAccessKey": cloud.secret_key, "account": "minted"})
    assert use(cloud, "second") == 200

    wall.advance(DAY + 1)

    assert use(cloud, "second") == 403
    assert names(cloud) == ["test"]
    assert control("POST", "accounts", {"accessKeyId": "minted"}).status == 200


def test_a_request_forgets_no_more_than_two_and_a_control_call_all():
    cloud = Cloud()
    wall = Wall(cloud)
    for number in range(6):
        use(cloud, f"test-{number}")
    wall.advance(DAY + 1)

    use(cloud, "test")
    after_a_request = len(cloud.emulator.accounts)
    control_of(cloud)("GET", "live")

    assert (after_a_request, len(cloud.emulator.accounts)) == (5, 1)


def test_full_of_idle_accounts_there_is_room_for_another():
    cloud = Cloud("test-1", max_accounts=1)
    wall = Wall(cloud)
    use(cloud, "test-1")
    full = use(cloud, "test-2")

    wall.advance(DAY + 1)

    assert (full, use(cloud, "test-2")) == (403, 200)


def test_what_is_forgotten_is_forgotten_on_disk_too(tmp_path):
    how = {"state": str(tmp_path / "state"), "freeze": False, "forget_idle": "60"}
    cloud = Cloud(**how)
    wall = Wall(cloud)
    control_of(cloud)("POST", "accounts", {"accessKeyId": "minted"})
    use(cloud, "test-1")
    wall.advance(61)
    use(cloud, "test")
    cloud.emulator.close()

    again = Cloud(**how)

    assert names(again) == ["test"]


def test_after_a_restart_an_account_counts_as_used_until_it_was_idle_again(tmp_path):
    how = {"state": str(tmp_path / "state"), "freeze": False, "forget_idle": "60"}
    cloud = Cloud(**how)
    use(cloud, "test-1")
    cloud.emulator.close()
    again = Cloud(**how)
    wall = Wall(again)

    wall.advance(60)
    kept = names(again)
    wall.advance(1)

    assert (kept, names(again)) == (["test", "test-1"], ["test"])


def test_the_limit_is_logged_when_it_is_near_and_when_it_is_met(caplog):
    cloud = Cloud(max_accounts=10, freeze=False)

    with caplog.at_level(logging.WARNING):
        statuses = [use(cloud, f"test-{number}") for number in range(13)]

    assert statuses == [200] * 10 + [403] * 3
    assert [record.getMessage().partition(";")[0] for record in caplog.records] == [
        "there are 9 accounts, and at most 10",
        "test-10 was refused: there are 10 accounts already",
    ]
    explanation = cloud.call("GET", "/v2/instance").headers["x-bce-emulator-explain"]
    assert "there are 10 accounts already" in explanation
    assert "--forget-idle" in explanation


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ({}, DAY),
        ({"state": "somewhere"}, None),
        ({"forget_idle": "never"}, None),
        ({"state": "somewhere", "forget_idle": "5"}, 5),
    ],
)
def test_accounts_are_forgotten_after_a_day_by_default_and_never_with_a_state(given, seconds):
    assert idle_seconds(Settings(**given)) == seconds


@pytest.mark.parametrize("wrong", ["0", "-1", "1.5", "always", "9999999999"])
def test_a_time_that_is_none_is_refused(wrong):
    with pytest.raises(SettingError, match="--forget-idle is a whole number of seconds from 1 on or never"):
        collect({"forget_idle": wrong}, {})


def test_who_is_idle_is_found_without_looking_at_the_others():
    idle = Idle(60)
    for number in range(1_000):
        idle.note(f"test-{number}", 0.0 if number < 2 else 50.0)
    seen = []
    idle._used = Watched(idle._used, seen)

    assert idle.overdue(100.0) == ["test-0", "test-1"]
    assert len(seen) <= 3


def test_when_somebody_may_be_idle_for_too_long_is_known_before_it_is_looked_for():
    idle = Idle(60, ["spared"])
    idle.note("spared", 0.0)
    assert idle.next_due == inf
    idle.note("test-1", 10.0)
    idle.note("test-2", 20.0)
    assert idle.next_due == 70.0

    idle.note("test-1", 30.0)
    assert idle.overdue(71.0) == []
    assert idle.next_due == 80.0
    assert idle.overdue(100.0) == ["test-2", "test-1"]
    assert idle.next_due == inf


def test_nobody_is_idle_for_too_long_where_there_is_no_limit():
    idle = Idle(None)
    idle.note("test-1", 0.0)

    assert idle.overdue(1e9) == []


class Watched(type(Idle(None)._used)):
    """An ordered dict that tells how many of its items were looked at."""

    def __init__(self, items, seen) -> None:
        super().__init__(items)
        self._seen = seen

    def items(self):
        for item in super().items():
            self._seen.append(item)
            yield item


def test_an_emulator_has_as_many_accounts_as_its_setting_allows():
    assert Emulator(Settings(max_accounts=3)).identity.policy.max_accounts == 3
