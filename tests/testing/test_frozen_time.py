"""Tests that freeze the time of their process with freezegun, and use the emulator in it."""

from __future__ import annotations

import pytest

from tests.testing.test_pytest_plugin import run

pytest_plugins = "pytester"
__all__ = ["run"]

IN_A_TEST = """
import datetime, time
import pytest
from freezegun import freeze_time

pytestmark = pytest.mark.filterwarnings("ignore")
TIMES = ["2020-01-01", "2031-12-31 23:59:59"]

@pytest.mark.parametrize("now", TIMES)
def test_every_signer_is_let_in(bce, now):
    with freeze_time(now) as frozen:
        assert datetime.datetime.now().year == int(now[:4])
        assert bce.call("GET", "/v2/zone").status == 200
        assert bce.bcc_client().list_zones().zones
        frozen.tick(3600)
        assert bce.call("GET", "/v2/zone").status == 200
        frozen.move_to("2024-02-29")
        assert bce.call("GET", "/v2/zone").status == 200
    assert bce.call("GET", "/v2/zone").status == 200

@freeze_time("2020-01-01")
def test_a_decorated_test(bce):
    assert bce.call("GET", "/v2/zone").status == 200

@freeze_time("2020-01-01", tick=True)
def test_a_time_that_ticks(bce):
    assert bce.call("GET", "/v2/zone").status == 200

def test_a_signature_still_expires(bce):
    with freeze_time("2020-01-01") as frozen:
        bce.call("GET", "/v2/zone")
        import bce_emulator.testing.account as account
        made = account.authorize
        account.authorize = lambda *given: (made(*given), frozen.tick(1801))[0]
        try:
            refused = bce.call("GET", "/v2/zone")
        finally:
            account.authorize = made
    assert (refused.status, refused.body["code"]) == (400, "RequestExpired")

def test_the_clock_of_the_account_goes_on_working(bce):
    before = bce.clock.now
    with freeze_time("2020-01-01"):
        instance = bce.instance(status="Stopped")
        assert bce.clock.now == before
        assert bce.call("PUT", f"/v2/instance/{instance}?start", {}).status == 200
        assert status(bce, instance) == "Starting"
        bce.clock.advance()
        assert status(bce, instance) == "Running"
        bce.clock.set("2026-05-01T00:00:00Z")
        bce.clock.run()
        assert bce.clock.now == "2026-05-01T00:00:00Z"
        bce.call("PUT", f"/v2/instance/{instance}?stop", {})
        bce.clock.advance(60)
        assert status(bce, instance) == "Stopped"
        assert bce.clock.now == "2026-05-01T00:01:00Z"

def status(bce, instance):
    return bce.call("GET", f"/v2/instance/{instance}").body["instance"]["status"]
"""

AROUND_ALL = """
import pytest
from freezegun import freeze_time

pytestmark = pytest.mark.filterwarnings("ignore")

@pytest.fixture(scope="session", autouse=True)
def frozen(bce_server):
    with freeze_time("2020-01-01 12:00:00"):
        yield

def test_an_account_begins_at_the_frozen_time(bce):
    assert bce.call("GET", "/v2/zone").status == 200
    assert bce.bcc_client().list_zones().zones
    assert bce.clock.now == "2020-01-01T12:00:00Z"
    assert bce.instance()

def test_another_emulator_starts():
    from bce_emulator.testing import Emulator
    with Emulator() as cloud:
        assert cloud.call("GET", "/v2/zone").status == 200
"""


@pytest.mark.slow
@pytest.mark.parametrize(("source", "tests"), [(IN_A_TEST, 6), (AROUND_ALL, 2)], ids=["test", "fixture"])
def test_a_test_in_frozen_time_needs_no_setting(pytester, run, source, tests):
    pytester.makepyfile(source)

    run("-W", "ignore").assert_outcomes(passed=tests)
