"""--state with the address of a database where there is none, or no client for it. With a database: tests/cluster."""

from __future__ import annotations

import sys

import pytest

from bce_emulator.settings import SettingError
from tests.cloud import Cloud
from tests.control.test_state import control

NOBODY = "postgresql://user:hidden@127.0.0.1:1/database"


def test_without_psycopg_the_message_says_what_to_install_and_no_password(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    for name in [name for name in sys.modules if name.startswith("bce_emulator.engine.persist.postgres.")]:
        monkeypatch.delitem(sys.modules, name)

    with pytest.raises(SettingError, match=r"^--state postgresql://\.\.\.: .*bce-emulator\[postgres\]") as error:
        Cloud(state=NOBODY, freeze=False)

    assert "hidden" not in str(error.value)


def test_without_a_database_it_is_live_and_refuses_everything_else_in_the_documented_form(caplog):
    cloud = Cloud(state=NOBODY, freeze=False)

    refused = cloud.call("POST", "/v2/instanceBySpec?clientToken=t", {})

    assert (refused.status, refused.code, refused.headers["retry-after"]) == (503, "ServiceUnavailable", "1")
    assert refused.body["requestId"] == refused.headers["x-bce-request-id"]
    assert "nothing was changed" in refused.headers["x-bce-emulator-explain"]
    assert [control(cloud, "GET", path).status for path in ("live", "ready", "clock")] == [200, 503, 503]
    assert "hidden" not in repr(cloud.emulator.settings) + caplog.text


def test_a_leader_whose_lease_is_over_answers_nobody_although_nothing_was_reported():
    cloud = Cloud(state=NOBODY, freeze=False)
    store = cloud.emulator.store
    store._leadership.stop()
    store._events.clear()
    store.epoch = 1

    refused = cloud.call("GET", "/v2/instance")

    assert (refused.status, refused.headers["x-bce-emulator-explain"]) == (
        503,
        "the database does not answer; nothing was changed",
    )
