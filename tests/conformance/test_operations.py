"""Every operation against what is published about it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bce_emulator.app import PUBLISHED
from bce_emulator.engine.declare.models import members
from bce_emulator.engine.declare.operations import OPERATIONS, Operation
from bce_emulator.engine.errors import COMMON, AccessDenied, SignatureDoesNotMatch
from tests.cloud import Cloud
from tests.conformance.shapes import published

HERE = Path(__file__).parent
ENTRIES = {(entry.product, entry.name): entry for entry in PUBLISHED}
ERRORS = json.loads((HERE / "errors.json").read_text())
DIFFERENCES = HERE / "differences.txt"
EVERY = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=lambda operation: operation.name)


@EVERY
def test_it_is_in_the_catalogue_at_its_place(operation: Operation):
    entry = ENTRIES[operation.product, operation.name]

    assert str(operation.route) in {str(route) for route in entry.routes}


@EVERY
def test_it_is_described(operation: Operation):
    assert operation.summary.endswith(".")
    assert operation.doc.startswith("https://cloud.baidu.com/doc/")
    assert operation.basis in {"documented", "client", "proposed"}


@EVERY
def test_its_errors_are_described(operation: Operation):
    for error in operation.errors:
        assert error.__doc__
        assert error.code
        assert error.message
        assert error.status in range(400, 600)
        assert error not in COMMON, f"{error.__name__} is common to all operations and not listed"


def differences(operation: Operation) -> set[str]:
    """Where the members that an operation reads differ from the published ones."""
    facts = published().get(f"{operation.product}.{operation.name}")
    if facts is None:
        return set()
    theirs = {**facts["body"], **facts["query"]}
    mine = members(operation.model) if operation.model else {}
    path = set(operation.route.variables) | set(facts["path"])
    extras = set(facts.get("body_extras", ()))
    found = {f"{operation.name} does not read {name}" for name in theirs if name not in mine and name not in path}
    found |= {f"{operation.name} reads {name}" for name in mine if name not in theirs and name not in path | extras}
    for name, field in mine.items():
        if name in theirs and (theirs[name] == "required") != field.is_required():
            found.add(f"{operation.name} {'requires' if field.is_required() else 'does not require'} {name}")
    return found


def test_the_members_it_reads_are_the_published_ones_or_the_difference_is_written_down():
    found = set().union(*(differences(operation) for operation in OPERATIONS.values()))
    written = {line.partition("  #")[0] for line in DIFFERENCES.read_text().splitlines() if line and line[0] != "#"}

    assert sorted(found - written) == [], f"write these down in {DIFFERENCES.name}, with the reason"
    assert sorted(written - found) == [], f"these are gone: take them out of {DIFFERENCES.name}"


@pytest.mark.parametrize(
    "row",
    [row for row in ERRORS if row["code"] and row["http_status"] and row["message"] and "…" not in row["message"]],
    ids=lambda row: f"{row['operations'][0]}-{row['code']}",
)
def test_a_documented_error_is_listed_with_its_message_and_status(row):
    names = {"DeleteVolume": "DeleteCDSVolume"}
    for name in row["operations"]:
        operation = OPERATIONS.get(names.get(name, name))
        if operation is None:
            continue
        if f"{name} {row['code']}" in not_answered():
            continue
        listed = {(error.code, error.status, error.message) for error in (*operation.errors, *COMMON)}
        assert (row["code"], row["http_status"], row["message"]) in listed


def not_answered() -> set[str]:
    """Documented errors that are never answered; the file says why."""
    lines = (HERE / "not_answered.txt").read_text().splitlines()
    return {line.partition("  #")[0] for line in lines}


def test_what_is_never_answered_is_listed_by_no_operation():
    for line in not_answered():
        name, code = line.split()
        assert code not in {error.code for error in OPERATIONS[name].errors}


@EVERY
def test_it_is_refused_without_a_signature_and_with_a_wrong_one(operation: Operation, cloud: Cloud):
    target = operation.route.path.replace("{", "").replace("}", "") + (
        f"?{operation.route.key}" if operation.route.key else ""
    )
    if operation.route.value:
        target += f"={operation.route.value}"

    unsigned = cloud.call(operation.route.method, target, sign=False)
    cloud.secret_key = "not the secret key of this account"
    forged = cloud.call(operation.route.method, target)

    assert (unsigned.status, unsigned.code) == (AccessDenied.status, AccessDenied.code)
    assert (forged.status, forged.code) == (SignatureDoesNotMatch.status, SignatureDoesNotMatch.code)


@pytest.mark.parametrize("entry", PUBLISHED, ids=lambda entry: f"{entry.product}.{entry.name}")
def test_every_published_operation_answers_or_says_that_it_is_not_emulated(entry, cloud: Cloud):
    route = entry.routes[0]
    cloud.host = f"{'bcc' if entry.product == 'vpc' else entry.product}.bj.localhost:8080"
    target = route.path.replace("{", "").replace("}", "")
    if route.key:
        target += f"?{route.key}" + (f"={route.value}" if route.value else "")

    reply = cloud.call(route.method, target)

    if cloud.emulator.catalogue.emulated(entry):
        assert reply.status != 501
        assert reply.code != "InvalidURI"
    else:
        assert (reply.status, reply.code) == (501, "NotImplemented")
        assert reply.body["message"] == f"{entry.name} is published but not emulated yet"
        assert cloud.emulator.journal.unemulated == {f"{entry.product}.{entry.name}": 1}
