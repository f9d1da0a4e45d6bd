"""What runs beside a Kubernetes cluster, as Go programs on the official SDK: services, pods' addresses, nodes."""

from __future__ import annotations

import pytest

from tests.clients.client import Client
from tests.clients.driving import Outcome, drive
from tests.clients.tools import go
from tests.examples.packages import leave_out

pytestmark = [pytest.mark.clients, pytest.mark.xdist_group("go_kubernetes")]
SCENARIOS = (
    "service-of-type-load-balancer",
    "service-with-an-address-of-its-own",
    "service-on-a-balancer-that-stays",
    "routes-to-nodes",
    "addresses-of-pods",
    "pods-that-keep-their-address",
    "pods-in-other-subnets",
    "pods-with-two-stacks",
    "pods-on-the-main-card",
    "pods-on-servers",
    "pods-with-public-addresses",
    "cards-that-come-to-nothing",
    "what-a-cluster-looks-at",
    "nodes-come-and-go",
)
PROGRAM = Client(
    "go_kubernetes",
    "Kubernetes, beside the cluster",
    "github.com/baidubce/bce-sdk-go",
    "0.9.277",
    prepare=go.of_its_own,
    tools=("go",),
    source="go_kubernetes/main.go",
    language="go",
    pointing=(),
)


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    if PROGRAM.missing:
        leave_out("go_kubernetes: go is not installed")
    return drive(PROGRAM)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_controller_carries_out_its_cycle(outcome, scenario):
    assert scenario in outcome.said, outcome.errors
    assert outcome.said[scenario]["ok"], outcome.said[scenario]["note"]


def test_every_call_is_one_that_there_is(outcome):
    assert outcome.unknown == []
    assert outcome.internal_errors == []
    assert set(outcome.said) == set(SCENARIOS)
