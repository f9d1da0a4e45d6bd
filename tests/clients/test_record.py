"""The committed record of the SDK programs, and what the documentation says of them, hold together."""

from __future__ import annotations

import pytest

from tests.clients import matrix
from tests.clients.client import HERE
from tests.clients.driving import scenarios
from tests.clients.record import driven
from tests.clients.table import CLIENTS

MOST_UNDRIVEN = {"python1": 27, "python2": 18, "go1": 25, "java1": 19}
"""How many operations each SDK has a method for and does not drive to a success and a refusal, at most."""


def test_the_document_is_made_of_the_record():
    assert matrix.DOCUMENT.read_text() == matrix.document(driven()), "run make clients-docs"
    assert matrix.COUNTS.read_text() == matrix.written_counts(driven()), "run make clients-docs"


@pytest.mark.parametrize("client", CLIENTS.values(), ids=lambda client: client.name)
def test_the_lines_that_point_a_client_here_are_those_of_its_program(client):
    program = (HERE / client.source).read_text()

    assert [line for line in client.pointing if line not in program] == []


@pytest.mark.parametrize("client", CLIENTS.values(), ids=lambda client: client.name)
def test_the_record_is_of_the_version_that_runs(client):
    assert driven()[client.name]["version"] == client.version, "run make clients-docs"


@pytest.mark.parametrize("name", MOST_UNDRIVEN)
def test_what_an_sdk_has_is_driven_to_a_success_and_a_refusal_or_the_reason_is_told(name):
    told = [operation for operations in matrix.UNDRIVEN[name].values() for operation in operations]

    assert sorted(told) == sorted(matrix.undriven(CLIENTS[name], driven()[name]))
    assert len(told) <= MOST_UNDRIVEN[name], "this list may only become shorter"


@pytest.mark.parametrize("name", MOST_UNDRIVEN)
def test_a_method_is_known_for_whatever_an_sdk_drives(name):
    record = driven()[name]
    drives = {*record["done"], *record["refused"]}

    assert [
        operation
        for operation in sorted(drives)
        if operation.startswith(matrix.PRODUCTS) and CLIENTS[name].methods not in matrix.METHODS.get(operation, {})
    ] == []


def test_no_other_client_has_reasons():
    assert set(matrix.UNDRIVEN) == set(MOST_UNDRIVEN)


def test_every_scenario_is_described_once():
    assert len(scenarios()) == len(set(scenarios()))


def test_operations_are_counted_by_one_sdk_and_by_two():
    record = {
        "python1": {"done": ["bcc.A", "bcc.B"], "refused": []},
        "go1": {"done": ["bcc.A", "bcc.D"], "refused": ["bcc.C"]},
        "go1_0_9_131": {"done": ["bcc.D"], "refused": []},
    }

    assert matrix.counts(record) == "Operations driven by at least one official SDK: 4; by at least two: 1."
