"""Whether traffic passes, case by case, with the rule that decides it."""

from __future__ import annotations

import pytest

from bce_emulator.reachability.rules import RULES
from tests.reachability.cases import CASES, Case
from tests.reachability.world import copied, forget


@pytest.mark.sweep(3)
@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_traffic_passes_or_is_stopped_by_the_rule(case: Case):
    world = copied("test-case")
    world.do(case.steps)
    world.cloud.clock.advance(60)
    before = world.cloud.fingerprint()

    found = world.ask(*case.question, **(case.more or {}))

    decided = [hop["rule"]["name"] for hop in found["path"]]
    assert (found["reaches"], case.rule in decided) == (case.reaches, True), found["path"]
    assert case.reaches or (decided[-1] == case.rule and found["stoppedBy"]["remedy"])
    assert all(hop["passes"] for hop in found["path"][: len(decided) - (not case.reaches)])
    assert world.cloud.fingerprint() == before, "a question left a trace"
    forget(world)


def test_every_rule_decides_a_case_and_there_are_enough():
    """Those that are missing are stood for elsewhere, or need another account."""
    met = {case.rule for case in CASES}

    assert len(CASES) >= 60
    assert len({case.title for case in CASES}) > 110
    assert set(RULES) - met == {"peer.account"}, "a rule that no case is about"
