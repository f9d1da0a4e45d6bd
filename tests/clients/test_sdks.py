"""Every official SDK, in its own language, carries out scenarios.md against an emulator on a socket."""

from __future__ import annotations

import pytest

from tests.clients.driving import Outcome, outcome_of, scenarios
from tests.clients.record import driven
from tests.clients.table import CLIENTS
from tests.examples.packages import leave_out

pytestmark = pytest.mark.clients
BEYOND_REQUESTS = {
    "vpc.GetNetworkTopologyInfo",
    "eip.ListBaseDdosAttackRecord",
    "eip.ListEipCluster",
    "blb.DescribeLbClusters",
}
NOTHING_TO_FIND = {
    "java1": {
        "bcc.GetTask",
        "bcc.ListTask",
        "bcc.ListDiagnosticReport",
        "bcc.GetVolumeCluster",
        "blb.DescribeLbdc",
        "blb.DescribeLbdcBlb",
    },
    "python1": {"blb.DescribeLbdc", "blb.DescribeLbdcBlb"},
    "python2": {"eip.ListBaseDdosAttackRecord", "eip.ListUnban", "blb.DescribeLbdcBlb"},
    "go1": BEYOND_REQUESTS,
    "go1_0_9_131": (BEYOND_REQUESTS | {"vpc.GetPeerConn", "vpc.DescribeSnic"}) - {"eip.ListBaseDdosAttackRecord"},
}
"""What a client lists where nothing is to be found. Java's has no call that starts a task, sends nothing of what a
diagnosis is to look at, and puts no volume into a cluster; topologies, attacks, bans and exclusive clusters come by no request; java1, python1 and python2 have no way
to put a balancer into a dedicated cluster, and Java's and python1's make one without tags; the old Go version makes peer connections and
service cards without tags, their only list."""
every_client = pytest.mark.parametrize(
    "outcome", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in CLIENTS], indirect=True
)


@pytest.fixture
def outcome(request) -> Outcome:
    client = CLIENTS[request.param]
    if client.missing:
        leave_out(f"{client.name}: {', '.join(client.missing)} is not installed")
    return outcome_of(client.name)


@pytest.fixture
def known(request) -> dict:
    """What the committed record says of the client."""
    name = request.node.callspec.params["outcome"]
    return driven().get(name, {"done": [], "refused": [], "cannot": {}})


@every_client
@pytest.mark.parametrize("scenario", scenarios())
def test_a_client_carries_out_a_scenario(outcome, known, scenario):
    assert scenario in outcome.said, outcome.errors
    said = outcome.said[scenario]

    assert said["ok"] is not False, said["note"]
    assert said["ok"] or scenario in known["cannot"], f"it gave up: {said['note']}"


@every_client
def test_a_program_ends_well_and_invents_no_scenario(outcome):
    assert set(outcome.said) <= set(scenarios())
    assert outcome.status == 0, outcome.errors


@every_client
def test_a_client_drives_what_it_drove_before(outcome, known):
    assert set(known["done"]) - outcome.done == set()
    assert set(known["refused"]) - outcome.refused == set()


@every_client
def test_a_client_finds_something_in_what_it_lists(request, outcome):
    name = request.node.callspec.params["outcome"]

    assert outcome.found_nothing == NOTHING_TO_FIND.get(name, set())


@every_client
def test_a_client_meets_no_internal_error(outcome):
    assert outcome.internal_errors == []


@every_client
def test_a_client_calls_only_what_the_catalogue_has(outcome):
    assert outcome.unknown == []
