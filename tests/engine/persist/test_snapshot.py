"""What is worked out in steps is of the moment at which it was begun, whatever happens between the steps."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeVar

import pytest

from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.account.resource_types import resource_types
from bce_emulator.engine.persist.export_text import export, export_text
from bce_emulator.engine.persist.fork import fork
from bce_emulator.engine.persist.state_diff import contents_of_account
from bce_emulator.engine.persist.state_snapshot import dump
from bce_emulator.engine.steps import Steps, at_once
from tests.cloud import LINUX, SPEC, Cloud
from tests.sample_resources import create_sample_resources

Result = TypeVar("Result")


@pytest.fixture
def filled(cloud) -> Cloud:
    """Resources of many kinds, client tokens, and an event of a resource that has gone."""
    create_sample_resources(cloud)
    order = {"spec": SPEC, "imageId": LINUX, "billing": {"paymentTiming": "Postpaid"}}
    made = cloud.ok("POST", "/v2/instanceBySpec?clientToken=t", order)["instanceIds"][0]
    cloud.ok("POST", "/v2/instanceBySpec?clientToken=u", order)
    cloud.clock.advance(60)
    cloud.ok("PUT", f"/v2/instance/{made}?reboot")
    cloud.ok("DELETE", f"/v2/instance/{made}")
    return cloud


def account(cloud: Cloud) -> Account:
    return cloud.emulator.accounts.open("test")


def in_steps(steps: Steps[Result], between: Callable[[int], object]) -> tuple[Result, int]:
    """The result and in how many steps it was made; ``between`` is told the number of each."""
    made = 0
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value, made
        made += 1
        between(made)


def changes(cloud: Cloud) -> dict[str, Callable[[int], object]]:
    """What others may do between two steps."""
    instances = cloud.ok("GET", "/v2/instance")["instances"]
    ids = [each["id"] for each in instances]
    accounts = cloud.emulator.accounts

    def rename(number: int) -> None:
        cloud.call("PUT", f"/v2/instance/{ids[number % len(ids)]}?modifyAttribute", {"name": f"n{number}"})

    def release(number: int) -> None:
        if number == 5:
            for each in ids:
                cloud.call("PUT", f"/v2/instance/{each}?stop")
                cloud.clock.advance(600)
                cloud.call("DELETE", f"/v2/instance/{each}")

    def settings(number: int) -> None:
        if number == 3:
            cloud.set_facts(keypairQuota=1)
            cloud.account.tokens.kept.clear()
            cloud.account.in_region("gz")

    return {
        "nothing": lambda number: None,
        "create": lambda number: number % 20 == 5 and cloud.create(),
        "rename": rename,
        "release": release,
        "settings and tokens": settings,
        "time": lambda number: number % 10 == 0 and cloud.clock.advance(3_600),
        "reset": lambda number: number == 10 and (cloud.emulator.reset("test"), at_once(accounts.free())),
    }


CHANGES = ["nothing", "create", "rename", "release", "settings and tokens", "time", "reset"]


def test_the_sample_has_something_of_every_kind(filled):
    regions = account(filled).regions.values()
    there = {kind for region in regions for kind, collection in region.collections.items() if len(collection)}
    declared = {each for each in resource_types().values() if each.__module__.startswith("bce_emulator.services.")}

    assert {each.__name__ for each in declared - there} == set()
    assert len(declared) > 80


@pytest.mark.parametrize("change", CHANGES)
def test_a_document_is_of_the_moment_at_which_it_was_begun(filled, change):
    between = changes(filled)[change]
    before = dump(export(account(filled)))

    parts, steps = in_steps(export_text(account(filled)), between)

    assert b"".join(parts) == before
    assert json.loads(before)["clock"]["lapsed"]
    assert steps > 20


@pytest.mark.parametrize("change", CHANGES)
def test_so_is_a_fork(filled, change):
    between = changes(filled)[change]
    before = export(account(filled))

    twin, _ = in_steps(fork(account(filled), filled.emulator.accounts, "twin"), between)

    assert export(twin) == before | {"account": "twin"}


def test_so_is_what_is_compared(filled):
    before = at_once(contents_of_account(account(filled)))

    contents, _ = in_steps(contents_of_account(account(filled)), changes(filled)["release"])

    assert contents == before


def test_nobody_is_told_of_changes_when_it_is_done(filled):
    for steps in (export_text(account(filled)), contents_of_account(account(filled))):
        next(steps)
        assert any(each.watchers for each in filled.account.collections.values())
        steps.close()

    assert not any(each.watchers for each in filled.account.collections.values())
