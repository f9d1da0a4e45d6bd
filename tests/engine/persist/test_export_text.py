"""A document that is worked out in steps is the one that is worked out at once, of one moment."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from bce_emulator.engine.persist.export_text import export_text
from bce_emulator.engine.persist.state_snapshot import dump, export
from tests.cloud import LINUX, SPEC, Cloud
from tests.sample_resources import create_sample_resources


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


def at_once(cloud: Cloud) -> bytes:
    return dump(export(cloud.emulator.accounts.open("test")))


def in_steps(cloud: Cloud, between: Callable[[int], object]) -> tuple[bytes, int]:
    """The document and in how many steps it was made; ``between`` is told the number of each."""
    steps, made = export_text(lambda: cloud.emulator.accounts.open("test")), 0
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return b"".join(done.value), made
        made += 1
        between(made)


def test_it_is_the_same_text(filled):
    text, steps = in_steps(filled, lambda _: None)

    assert text == at_once(filled)
    assert json.loads(text)["clock"]["lapsed"]
    assert steps > 20


def test_an_account_that_has_nothing_has_the_same_text(cloud):
    assert in_steps(cloud, lambda _: None)[0] == at_once(cloud)


def test_what_changes_meanwhile_has_it_begun_again(filled):
    _, usual = in_steps(filled, lambda _: None)

    text, steps = in_steps(filled, lambda number: filled.create() if number == 5 else None)

    assert text == at_once(filled)
    assert usual < steps < 3 * usual


def test_what_changes_all_the_time_is_read_without_a_pause(filled):
    instance = filled.create()

    def rename(number: int) -> None:
        filled.ok("PUT", f"/v2/instance/{instance}?modifyAttribute", {"name": f"n{number}"})

    text, steps = in_steps(filled, rename)

    assert text == at_once(filled)
    assert f'"n{steps}"'.encode() in text


def test_a_reset_meanwhile_is_not_half_of_it(filled):
    before = at_once(filled)

    text, _ = in_steps(filled, lambda number: filled.emulator.reset("test") if number == 10 else None)

    assert text in (before, at_once(filled))


def test_settings_and_tokens_of_a_later_moment_are_not_in_it(filled):
    before = json.loads(at_once(filled))

    def change(number: int) -> None:
        if number == 3:
            filled.set_facts(keypairQuota=1)
            filled.account.tokens.kept.clear()

    assert json.loads(in_steps(filled, change)[0]) == before
