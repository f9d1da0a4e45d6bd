"""What is dropped is free at once: no reference cycle keeps an account until the collector looks for some."""

from __future__ import annotations

import gc
import weakref

import pytest

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.account.clock import Clock
from bce_emulator.engine.account.collection import Collection
from bce_emulator.engine.account.resource import Resource
from tests.cloud import Cloud
from tests.control.conftest import control_of
from tests.sample_resources import create_sample_resources


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "reset", None),
        ("POST", "reset?account=*", None),
        ("POST", "state/fork", {"from": "test-2", "to": "test"}),
        ("PUT", "state", ...),
    ],
    ids=str,
)
@pytest.mark.parametrize("state", [False, True], ids=["in memory", "with --state"])
def test_an_account_that_is_dropped_is_free_without_the_collector(tmp_path, method, path, body, state):
    cloud = Cloud(state=str(tmp_path / "state") if state else "")
    control = control_of(cloud)
    create_sample_resources(cloud)
    document = control("GET", "state").body
    account = cloud.emulator.accounts.open("test")
    held = [weakref.ref(account), weakref.ref(account.clock)]
    for region in account.regions.values():
        held += [weakref.ref(region), *map(weakref.ref, region.collections.values())]
    del account, region
    kinds = (Account, AccountRegion, Clock, Collection, Resource)
    gc.collect()
    gc.disable()
    try:
        control(method, path, document if body is ... else body)
        control("GET", "live")

        assert [type(each()) for each in held if isinstance(each(), kinds)] == []
    finally:
        gc.enable()


def resources() -> int:
    return sum(isinstance(each, Resource) for each in gc.get_objects())


def test_no_resource_of_an_account_that_was_reset_waits_for_the_collector():
    cloud = Cloud()
    control = control_of(cloud)
    control("GET", "live")
    gc.collect()
    before = resources()
    gc.disable()
    try:
        create_sample_resources(cloud)
        meanwhile = resources()

        control("POST", "reset?account=*")
        control("GET", "live")

        assert resources() <= before < meanwhile
    finally:
        gc.enable()
