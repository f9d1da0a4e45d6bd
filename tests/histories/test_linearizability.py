"""The checker tells right histories from wrong ones: those that it must refuse are each wrong in one way."""

from __future__ import annotations

import math

import pytest

from tests.histories.linearizability import Call, linearizable
from tests.histories.model import NO_SUCH, OK, RUNNING, STARTING, STOPPING, UNKNOWN, Modelled, World, step

WORLD = World((Modelled("i-1", RUNNING, "one"),), (("t", ("i-1",)),))
REFUSED = "Instance.RebootInstanceOperationForbidden"


def listed(state: str = RUNNING, name: str = "one") -> tuple[tuple[str, str, str], ...]:
    return (("i-1", state, name),)


def ordered() -> tuple[tuple[str, str, str], ...]:
    return tuple((f"i-{number + 1}", STARTING, f"x-{number}") for number in (1, 2, 3))


@pytest.mark.parametrize(
    "history",
    [
        [Call(("reboot", "i-1"), OK, 0, 3), Call(("reboot", "i-1"), REFUSED, 1, 2)],
        [
            Call(("rename", "i-1", "two"), OK, 0, 3),
            Call(("list",), listed(), 1, 2),
            Call(("list",), listed(name="two"), 1, 2),
        ],
        [Call(("create", "t", "x"), "i-1", 0, 1)],
        [Call(("reboot", "i-1"), OK, 0, 1), Call(("advance",), OK, 2, 3), Call(("reboot", "i-1"), OK, 4, 5)],
        [Call(("get", "i-1"), NO_SUCH, 0, 5), Call(("release", "i-1"), OK, 1, 2)],
        [Call(("create", "u", "x"), "i-2", 0, 2), Call(("get", "i-2"), ("i-2", STARTING, "x"), 1, 3)],
        [
            Call(("order", "u", "x"), ("i-2", "i-3", "i-4"), 0, 3),
            Call(("list",), (*listed(), *ordered()), 1, 2),
            Call(("order", "u", "x"), ("i-2", "i-3", "i-4"), 4, 5),
        ],
        [Call(("release", "i-1"), UNKNOWN, 0, math.inf), Call(("list",), listed(), 1, 2), Call(("list",), (), 8, 9)],
        [Call(("release", "i-1"), UNKNOWN, 0, math.inf), Call(("list",), listed(), 8, 9)],
    ],
)
def test_a_history_that_some_order_explains_is_linearizable(history):
    assert linearizable(history, WORLD, step)


@pytest.mark.parametrize(
    "history",
    [
        pytest.param([Call(("reboot", "i-1"), OK, 0, 3), Call(("reboot", "i-1"), OK, 1, 2)], id="two winners"),
        pytest.param([Call(("reboot", "i-1"), REFUSED, 0, 3), Call(("reboot", "i-1"), REFUSED, 1, 2)], id="no winner"),
        pytest.param(
            [Call(("reboot", "i-1"), OK, 0, 3), Call(("reboot", "i-1"), "OperationDenied", 1, 2)], id="another code"
        ),
        pytest.param([Call(("rename", "i-1", "two"), OK, 0, 1), Call(("list",), listed(), 2, 3)], id="lost update"),
        pytest.param(
            [
                Call(("rename", "i-1", "two"), OK, 0, 9),
                Call(("list",), listed(name="two"), 1, 2),
                Call(("list",), listed(), 3, 4),
            ],
            id="seen, then not",
        ),
        pytest.param(
            [
                Call(("rename", "i-1", "two"), UNKNOWN, 0, math.inf),
                Call(("list",), listed(name="two"), 1, 2),
                Call(("list",), listed(), 3, 4),
            ],
            id="an answer lost, then seen, then not",
        ),
        pytest.param(
            [Call(("rename", "i-1", "two"), UNKNOWN, 3, math.inf), Call(("list",), listed(name="two"), 1, 2)],
            id="seen before it was asked for",
        ),
        pytest.param([Call(("create", "t", "x"), "i-2", 0, 1)], id="a token made two"),
        pytest.param([Call(("create", "u", "x"), "i-1", 0, 1)], id="an id twice"),
        pytest.param([Call(("order", "u", "x"), ("i-2", "i-3", "i-3"), 0, 1)], id="an id twice in an order"),
        pytest.param(
            [
                Call(("order", "u", "x"), ("i-2", "i-3", "i-4"), 0, 3),
                Call(("list",), (*listed(), *ordered()[:2]), 1, 2),
            ],
            id="a part of an order",
        ),
        pytest.param([Call(("release", "i-1"), OK, 0, 3), Call(("release", "i-1"), OK, 1, 2)], id="released twice"),
        pytest.param(
            [Call(("stop", "i-1"), OK, 0, 1), Call(("get", "i-1"), listed(STARTING)[0], 2, 3)], id="another state"
        ),
        pytest.param(
            [
                Call(("stop", "i-1"), OK, 0, 1),
                Call(("advance",), OK, 2, 3),
                Call(("get", "i-1"), listed(STOPPING)[0], 4, 5),
            ],
            id="time stood still",
        ),
    ],
)
def test_a_history_that_no_order_explains_is_not(history):
    assert not linearizable(history, WORLD, step)
