"""What an operation sets is what every read shows: each write of the tables is made, and looked for in all reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

import pytest
from typing_extensions import get_type_hints

from bce_emulator.cloud import ROUTES
from bce_emulator.engine.declare.operations import OPERATIONS, Operation
from bce_emulator.engine.declare.response_types import is_response_type
from tests.cloud import Cloud
from tests.services.reads_agree.addresses import ADDRESSES
from tests.services.reads_agree.app_balancers import APP_BALANCERS
from tests.services.reads_agree.around_instances import AROUND_INSTANCES
from tests.services.reads_agree.beside_balancers import BESIDE_BALANCERS
from tests.services.reads_agree.clusters import CLUSTERS
from tests.services.reads_agree.connections import CONNECTIONS
from tests.services.reads_agree.exempt import ELSEWHERE, LOOKS, SETS_NOTHING, SHOWS_NOTHING
from tests.services.reads_agree.home import ask_at_home, host_and_path
from tests.services.reads_agree.hpas import HPAS
from tests.services.reads_agree.instances import INSTANCES
from tests.services.reads_agree.made import HOUR, Made
from tests.services.reads_agree.nats import NATS
from tests.services.reads_agree.nics import NICS
from tests.services.reads_agree.ordinary_balancers import ORDINARY_BALANCERS
from tests.services.reads_agree.outside_regions import OUTSIDE_REGIONS
from tests.services.reads_agree.reads import KIND, LISTS, ONE, VIEWS
from tests.services.reads_agree.repairs import REPAIRS
from tests.services.reads_agree.reserved import RESERVED
from tests.services.reads_agree.rest import REST
from tests.services.reads_agree.row import SOMETHING, Write
from tests.services.reads_agree.rules import RULES
from tests.services.reads_agree.servers import (
    SERVERS,
)
from tests.services.reads_agree.storage import STORAGE_WRITES
from tests.services.reads_agree.ways_in import WAYS_IN

WRITES = (
    *INSTANCES,
    *AROUND_INSTANCES,
    *STORAGE_WRITES,
    *REST,
    *RESERVED,
    *REPAIRS,
    *ADDRESSES,
    *NICS,
    *RULES,
    *NATS,
    *CONNECTIONS,
    *WAYS_IN,
    *APP_BALANCERS,
    *BESIDE_BALANCERS,
    *ORDINARY_BALANCERS,
    *CLUSTERS,
    *OUTSIDE_REGIONS,
    *SERVERS,
    *HPAS,
)
NOTHING = {"", "None", "[]", "{}"}


def filled(value: Any, made: Made) -> Any:
    """The value with the ids of what its names in braces stand for."""
    if isinstance(value, str):
        return re.sub(r"{(\w+)}", lambda match: made[match[1]], value)
    if isinstance(value, list):
        return [filled(each, made) for each in value]
    return {name: filled(each, made) for name, each in value.items()} if isinstance(value, dict) else value


@cache
def hints_of(declared: Any) -> dict[str, Any]:
    """The members of a type of responses; none of what is no such type."""
    return get_type_hints(declared) if is_response_type(declared) else {}


def views(declared: Any, value: Any) -> Iterator[tuple[type, dict[str, Any]]]:
    """Every object in a response that is of a type of its own, with the type."""
    hints = hints_of(declared)
    if hints and isinstance(value, dict):
        yield declared, value
        for name, hint in hints.items():
            yield from views(hint, value.get(name))
    for inner in get_args(declared):
        for each in value if isinstance(value, list) else [value] if value is not None else []:
            yield from views(inner, each)


def declares(declared: Any, path: list[str]) -> bool:
    """Whether a type has a member at a path."""
    if not path:
        return True
    if is_response_type(declared):
        hints = hints_of(declared)
        return path[0] in hints and declares(hints[path[0]], path[1:])
    inner = path[1:] if path[0].isdigit() and get_origin(declared) is list else path
    return (path[0].isdigit() and declared is str) or any(declares(each, inner) for each in get_args(declared))


def at(value: Any, path: str) -> Any:
    """What is at a path; None where a list ends before it."""
    for name in path.split("."):
        if value is None:
            return None
        if isinstance(value, list):
            value = value[int(name)] if int(name) < len(value) else None
        else:
            value = value.get(name)
    return value


class Seen(NamedTuple):
    """A resource as one read shows it."""

    operation: str
    declared: type
    view: dict[str, Any]

    def values(self, members: str) -> list[tuple[str, Any]]:
        """What it shows of a member, by each of its names that it has: where, and the value."""
        paths = [path.removeprefix(f"{self.declared.__name__}.") for path in members.split()]
        there = [path for path in paths if declares(self.declared, path.split("."))]
        return [(f"{self.operation} {self.declared.__name__}.{path}", at(self.view, path)) for path in there]


def look(cloud: Cloud, made: Made, kind: str, resource: str) -> list[Seen]:
    """A resource in every read that shows one of its kind."""
    made.known["id"] = resource
    seen = []
    for method, target, body in (*lists_of(kind), *ONE.get(kind, ())):
        answer = ask_at_home(cloud, method, filled(target, made), filled(body, made))
        operation = OPERATIONS[f"{cloud.last_entry.product}.{cloud.last_entry.operation}"]
        for declared, view in views(operation.response, answer):
            of, id_member = VIEWS.get(declared.__name__, ("", ""))
            if of == kind and str(view.get(id_member)) == resource:
                seen.append(Seen(operation.key, declared, view))
    return seen


def lists_of(kind: str) -> list[tuple[str, str, Any]]:
    """The lists in which something of a kind is shown."""
    return [each for each in LISTS if declared_in(called(f"{each[0]} {each[1]}").response, frozenset({kind}))]


def made_by(made: Made, write: Write, response: dict[str, Any]) -> str:
    """The id of the resource that a row is about."""
    if not write.made:
        return made["instance" if write.kind == "eni" else write.kind]
    made_id: str = at(response, write.made)
    made.cloud.clock.advance(HOUR)
    return made.disk_of(made_id) if write.kind == "disk_of_made" else made_id


def called(call: str) -> Operation:
    """The operation that a call of the tables is one of."""
    method, target = re.sub(r"{\w+}", "x-1", call).split(" ")
    host, target = host_and_path(target)
    path, _, key = target.partition("?")
    name, _, value = key.partition("=")
    return ROUTES._find(host, method, path, ((name, value),) if key else ()).target


def members_of(operation: Operation) -> set[str]:
    """What a request may name, by the API's names, beside what its path names."""
    fields = operation.model.model_fields if operation.model else {}
    names = {field.alias or name for name, field in fields.items()} - {*operation.route.variables}
    return {name for name in names if not SHOWS_NOTHING.keys() & {name, f"{operation.key} {name}"}}


@cache
def declared_in(declared: Any, kinds: frozenset[str]) -> frozenset[str]:
    """The members that the views of these kinds have in a response of this type."""
    hints = hints_of(declared)
    name = declared.__name__ if hints else ""
    own = frozenset(hints if VIEWS.get(name, ("", ""))[0] in kinds else ())
    return own.union(*(declared_in(each, kinds) for each in (*hints.values(), *get_args(declared))))


@pytest.mark.slow
def test_each_operation_that_sets_what_a_read_shows_has_rows_for_it():
    exempt, rows = SETS_NOTHING, dict[str, list[Write]]()
    for write in WRITES:
        rows.setdefault(called(write.call).key, []).append(write)
    left = {}
    for key, operation in OPERATIONS.items():
        if operation.name.startswith((*LOOKS, "Delete")) or operation.product in ELSEWHERE or key in exempt:
            continue
        own = rows.get(key, [])
        kinds = frozenset(KIND.get(write.kind, write.kind) for write in own)
        told = {name for write in own for members in write.shown for name in re.split("[ .]", members)}
        told |= {name for write in own for name, value in write.body.items() if value == f"{{{write.kind}}}"}
        can_be_seen = set().union(*(declared_in(each.response, kinds) for each in OPERATIONS.values()))
        missing = members_of(operation) & can_be_seen - told
        if missing or not own:
            left[key] = missing

    assert left == {}
    assert exempt & rows.keys() == set()


@pytest.mark.sweep(5)
@pytest.mark.parametrize("write", WRITES, ids=lambda write: f"{write.call} {write.kind}")
def test_what_a_write_sets_is_what_every_read_shows(write):
    cloud = Cloud()
    made = Made(cloud)
    method, target = filled(write.call, made).split(" ")
    body, wanted = filled(write.body, made), filled(write.shown, made)
    kind = KIND.get(write.kind, write.kind)
    if not write.made:
        assert look(cloud, made, kind, made_by(made, write, {})), "what a read keeps of it is kept before the write"

    response = ask_at_home(cloud, method, target, body if method != "DELETE" else None)

    cloud.clock.advance(HOUR)
    seen = look(cloud, made, kind, made_by(made, write, response))
    for members, value in wanted.items():
        found = [pair for each in seen for pair in each.values(members)]
        assert found, f"no read shows {members}"
        expected = str(found[0][1] if value is SOMETHING else value)
        assert value is not SOMETHING or expected not in NOTHING, f"{members} shows nothing"
        assert [each for each in found if str(each[1]) != expected] == [], f"not {expected}"
