"""Every operation against what is published about it."""

from __future__ import annotations

import json
import re
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from bce_emulator.cloud import CATALOGUE, PUBLISHED
from bce_emulator.engine.declare.models import members
from bce_emulator.engine.declare.operations import OPERATIONS, Operation
from bce_emulator.engine.errors import COMMON, AccessDenied, ApiError, SignatureDoesNotMatch
from tests.cloud import Cloud
from tests.conformance.reading import misread, misread_query
from tests.conformance.shapes import declared_response, departures, is_declared, left_open, published

DOC = re.compile(r"https://cloud\.baidu\.com/doc/[A-Z]+/s/\w+(-en)?|https://intl\..*")
HERE = Path(__file__).parent
ENTRIES = {(entry.product, entry.name): entry for entry in PUBLISHED}
PRODUCTS = sorted({entry.product for entry in PUBLISHED})
ERRORS = json.loads((HERE / "errors.json").read_text())
DIFFERENCES, RESPONSES, NOT_ANSWERED = HERE / "differences.txt", HERE / "responses.txt", HERE / "not_answered.txt"


def key(operation: Operation) -> str:
    """The name of an operation in every list here."""
    return f"{operation.product}.{operation.name}"


EVERY = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=key)


@pytest.mark.parametrize("product", PRODUCTS)
def test_the_facts_of_a_product_are_those_of_its_operations_in_the_catalogue(product):
    facts = json.loads((HERE / "published" / f"{product}.json").read_text())
    listed = {
        f"{product}.{entry.name}": {str(route) for route in entry.routes}
        for entry in PUBLISHED
        if entry.product == product
    }

    assert {name: set(fact["routes"]) for name, fact in facts.items()} == listed


def test_every_operation_has_facts():
    assert sorted(OPERATIONS.keys() - published().keys()) == []


def test_every_operation_is_in_the_catalogue_at_its_place():
    elsewhere = [
        key
        for key, operation in OPERATIONS.items()
        if str(operation.route) not in map(str, ENTRIES[operation.product, operation.name].routes)
    ]

    assert elsewhere == []


def test_every_operation_is_described():
    for key, operation in OPERATIONS.items():
        assert operation.summary.endswith("."), key
        assert operation.doc == "" or DOC.fullmatch(operation.doc), key
        assert operation.basis in {"documented", "client", "proposed"}, key


def test_every_listed_error_is_described():
    for key, operation in OPERATIONS.items():
        for error in operation.errors:
            assert error.__doc__, (key, error)
            assert error.code, (key, error)
            assert error.message, (key, error)
            assert error.status in range(400, 600), (key, error)
            assert error not in COMMON, f"{key}: {error.__name__} is common to all operations and not listed"


def differences(operation: Operation) -> set[str]:
    """Where the members that an operation reads differ from the published ones."""
    facts = published()[key(operation)]
    theirs = {**facts["body"], **facts["query"]}
    mine = members(operation.model) if operation.model else {}
    path = set(operation.route.variables) | set(facts["path"])
    extras = set(facts.get("body_extras", ()))
    found = {f"{key(operation)} does not read {name}" for name in theirs if name not in mine and name not in path}
    found |= {f"{key(operation)} reads {name}" for name in mine if name not in theirs and name not in path | extras}
    for name, field in mine.items():
        required = theirs.get(name, {}).get("required", False)
        if name in theirs and required != "client" and required != field.is_required():
            found.add(f"{key(operation)} {'requires' if field.is_required() else 'does not require'} {name}")
    if operation.model:
        misreadings = chain(
            misread(operation.model, facts["body"] | facts["path"]), misread_query(operation.model, facts["query"])
        )
        found |= {f"{key(operation)} {misreading}" for misreading in misreadings}
    return found


def test_the_members_it_reads_are_the_published_ones_or_the_difference_is_written_down():
    found = set().union(*(differences(operation) for operation in OPERATIONS.values()))

    assert sorted(found - written(DIFFERENCES)) == [], f"write these down in {DIFFERENCES.name}, with the reason"
    assert sorted(written(DIFFERENCES) - found) == [], f"these are gone: take them out of {DIFFERENCES.name}"


def test_every_operation_declares_what_it_answers_down_to_the_last_member():
    for key, operation in OPERATIONS.items():
        declared = declared_response(operation.function)
        assert is_declared(declared), key
        assert left_open(declared) == [], key


def test_the_responses_it_declares_are_the_published_ones_or_the_difference_is_written_down():
    answered = {entry.key: operation for entry in PUBLISHED if (operation := CATALOGUE.emulated(entry))}

    found = {
        f"{name} {departure}"
        for name, operation in answered.items()
        for departure in departures(declared_response(operation.function), published()[name].get("response", {}))
    }

    assert sorted(found - written(RESPONSES)) == [], f"write these down in {RESPONSES.name}, with the reason"
    assert sorted(written(RESPONSES) - found) == [], f"these are gone: take them out of {RESPONSES.name}"


def written(path: Path) -> set[str]:
    """The differences that are written down, without their reasons."""
    return {line.partition("  #")[0] for line in path.read_text().splitlines() if line and line[0] != "#"}


def rows(name: str) -> list[dict[str, Any]]:
    """The documented errors of an operation, a product or all; what only a client's source shows has no status."""
    return [
        row
        for row in ERRORS.get(name, ())
        if written(NOT_ANSWERED).isdisjoint(lines(name, code_of(row), row.get("message", "")))
        if "http_status" in row or row["basis"].startswith("documented")
    ]


def code_of(row: dict[str, Any]) -> str:
    """The code of a documented error; a row whose code could not be read goes by its status."""
    return str(row.get("code", row.get("http_status")))


def lines(name: str, code: str, message: str) -> set[str]:
    """How a list names an error of an operation: by its code, or by its message too if there are several."""
    return {f"{name} {code}", f"{name} {code} {message}"}


def is_row(error: type[ApiError], row: dict[str, Any]) -> bool:
    """Whether an error is a documented one, as far as its row could be read."""
    message = row.get("message", "")
    return (
        error.code == row.get("code", error.code)
        and error.status == row.get("http_status", error.status)
        and (not message or "…" in message or plain(error.message) == plain(message))
    )


def plain(message: str) -> str:
    """A text without its blanks, which some pages have lost, and without what varies in it, be it named or bracketed."""
    return re.sub(r"<[^>]*>|\{[^}]*\}|\[[^]]*\]", "*", re.sub(r"\s", "", message))


@pytest.mark.parametrize(
    ("operation", "row"),
    [
        pytest.param(operation, row, id=f"{key(operation)}-{code_of(row)}")
        for operation in OPERATIONS.values()
        for row in rows(key(operation))
    ],
)
def test_a_documented_error_is_listed_with_its_message_and_status(operation: Operation, row):
    common = COMMON if "code" in row else ()

    assert any(is_row(error, row) for error in (*operation.errors, *common))


@pytest.mark.parametrize(
    ("product", "row"),
    [
        pytest.param(product, row, id=f"{product or 'all'}-{code_of(row)}")
        for product in ("", *sorted({operation.product for operation in OPERATIONS.values()}))
        for row in rows(f"{product}.*".removeprefix("."))
    ],
)
def test_a_documented_error_of_a_whole_product_is_common_or_listed_by_one_of_its_operations(product, row):
    listed = {
        error for operation in OPERATIONS.values() if product in {"", operation.product} for error in operation.errors
    }

    assert any(is_row(error, row) for error in (*listed, *COMMON))


def test_what_is_never_answered_is_documented_and_listed_by_no_operation():
    documented = {
        line
        for name, listed in ERRORS.items()
        for row in listed
        for line in lines(name, code_of(row), row.get("message", ""))
    }
    listed = {
        line
        for operation in OPERATIONS.values()
        for error in operation.errors
        for line in lines(key(operation), error.code, error.message)
    }

    assert sorted(written(NOT_ANSWERED) - documented) == []
    assert sorted(written(NOT_ANSWERED) & listed) == []


@pytest.mark.sweep(8)
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


@pytest.mark.sweep(8)
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
