"""Sequences of calls, as data, and what plays them: a client that waits as Terraform's provider does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

import yaml

from bce_emulator.cloud import ROUTES
from bce_emulator.engine.declare.operations import Operation
from bce_emulator.engine.http.request import Request
from bce_emulator.engine.http.routing import Target
from bce_emulator.engine.observe.unknown_fields import unknown_fields
from tests.clients.unknown_members import settled
from tests.cloud import Cloud, Reply, encrypted

HERE = Path(__file__).parent
REGION = "gz"
DELAY, INTERVAL, MAX_LOOKS = 10, 3, 400
"""How many seconds the provider waits before its first look at a status and between two, and how often it looks."""
ACCOUNT = "test"
PASSWORD = "Terraform#1"
WITHOUT_REGION = {"resourcemanager": "resourcemanager.baidubce.com"}
GONE = {"NotFound", "ResourceNotFound", "ResourceNotFoundException", "InstanceNotFound", "NoSuchObject", "EipNotFound",
        "InstanceNotExist", "NoSuchNat", "VpnNotFound", "EniIdException"}  # fmt: skip
"""The codes that the provider takes for "there is none", as far as they are answered here."""


class Sequence(NamedTuple):
    """What the provider sends for one resource, in its order."""

    name: str
    family: str
    needs: tuple[str, ...]
    steps: tuple[dict[str, Any], ...]
    read: tuple[dict[str, Any], ...] = ()
    """How it reads the resource: each call, and where in its answer each attribute stands."""


def _read(path: Path) -> Iterator[Sequence]:
    for name, entry in yaml.safe_load(path.read_text()).items():
        yield Sequence(
            name, path.stem, tuple(entry.get("needs", ())), tuple(entry["steps"]), tuple(entry.get("read", ()))
        )


@cache
def setups() -> dict[str, Sequence]:
    """What sequences need first, by name."""
    return {each.name: each for each in _read(HERE / "sequences" / "setup.yaml")}


@cache
def sequences() -> dict[str, Sequence]:
    """Every sequence, by the name of its resource."""
    paths = sorted((HERE / "sequences").glob("*.yaml"))
    found = [each for path in paths if path.stem != "setup" for each in _read(path)]
    return {each.name: each for each in found}


class Player:
    """Plays sequences against one cloud, at the host names that the provider calls in a region."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.known: dict[str, Any] = {"password": encrypted(PASSWORD)}
        self.ready: set[str] = set()
        self.tokens = count(1)

    def play(self, sequence: Sequence) -> None:
        """Make what the sequence needs, then carry it out."""
        for name in sequence.needs:
            if name not in self.ready:
                self.ready.add(name)
                self.play(setups()[name])
        configured: dict[str, Any] = {}
        for step in sequence.steps:
            if "planned" in step:
                configured |= step["planned"]
                self.check_plan_is_empty(sequence, configured)
            elif "await" in step:
                self._wait(step)
            else:
                self._call(step)

    def check_plan_is_empty(self, sequence: Sequence, configured: dict[str, Any]) -> None:
        """Read a resource as a plan does: what comes back is what is configured, of the same type, and nothing is left out."""
        found: dict[str, Any] = {}
        for each in sequence.read:
            reply = self.send(each["call"], each.get("body"))
            assert reply.status == 200, (sequence.name, each, reply)
            found |= {attribute: at(reply.body, path) for attribute, path in each["has"].items()}
        wanted = self.filled(configured)
        assert {name: (type(found.get(name)), found.get(name)) for name in wanted} == {
            name: (type(value), value) for name, value in wanted.items()
        }, sequence.name

    def _call(self, step: dict[str, Any]) -> None:
        self.cloud.access_key = step.get("by", ACCOUNT)
        reply = self.send(step["call"], step.get("body"))
        self.cloud.access_key = ACCOUNT
        if step.get("gone"):
            assert reply.code in (GONE if step["gone"] is True else {step["gone"]}), (step, reply)
            return
        assert reply.status == 200, (step, reply)
        for path, value in step.get("sees", {}).items():
            assert at(reply.body, path) == self.filled(value), (step, reply.body)
        for path, value in step.get("lacks", {}).items():
            assert self.filled(value) not in str(at(reply.body, path)), (step, reply.body)
        self.known |= {name: at(reply.body, path) for name, path in step.get("keep", {}).items()}

    def _wait(self, step: dict[str, Any]) -> None:
        """Look at a status as the provider does: one that it does not expect fails at once."""
        if "first" in step:
            assert at(self.send(step["await"], step.get("body")).body, step["at"]) == step["first"], step
        self.cloud.clock.advance(DELAY)
        for _ in range(MAX_LOOKS):
            reply = self.send(step["await"], step.get("body"))
            if step.get("gone") and reply.code in GONE:
                return
            assert reply.status == 200, (step, reply)
            status = at(reply.body, step["at"])
            if status in step["target"]:
                return
            assert status in step["pending"], (step, status)
            self.cloud.clock.advance(INTERVAL)
        raise AssertionError(f"it waits for ever: {step}")

    def send(self, call: str, body: Any = None) -> Reply:
        """Send one call; it is one that the emulator has, and says nothing that nobody reads."""
        method, product, target = self.filled(call).split(" ", 2)
        self.cloud.host = host_of(product)
        reply = self.cloud.call(method, target, self.filled(body))
        entry = self.cloud.last_entry
        assert isinstance(entry.target, Operation), (call, reply)
        assert list(unread(entry.target, entry.request)) == [], call
        return reply

    def filled(self, value: Any) -> Any:
        """A value with what is known in the place of each name behind a dollar sign."""
        if isinstance(value, str):
            names = self.known | {"token": f"token-{next(self.tokens)}"}
            return Template(value).substitute(names) if "$" in value else value
        if isinstance(value, dict):
            return {key: self.filled(each) for key, each in value.items()}
        return [self.filled(each) for each in value] if isinstance(value, list) else value


def unread(operation: Operation, request: Request) -> Iterator[str]:
    """What a request says that nobody reads, but for what was looked into."""
    for each in unknown_fields(operation, request):
        said = re.sub(r"\.\d+(?=\.|$)", "", f"{operation.key} {each['in']} {each['member']}")
        if said not in _settled():
            yield said


@cache
def _settled() -> set[str]:
    lines = (HERE / "unknown_members.txt").read_text().splitlines()
    return settled() | {line.partition("  #")[0] for line in lines}


def host_of(product: str) -> str:
    """The host name at which the provider calls a product."""
    return WITHOUT_REGION.get(product, f"{product}.{REGION}.baidubce.com")


def at(value: Any, path: str) -> Any:
    """What stands in an answer under names and numbers with dots between them; a star is for each of a list."""
    name, _, rest = path.partition(".")
    if name == "*":
        return [at(each, rest) if rest else each for each in value]
    value = value[int(name)] if isinstance(value, list) else value[name]
    return at(value, rest) if rest else value


def targets(sequence: Sequence) -> Iterator[Target]:
    """The operations that the calls of a sequence address, whatever their ids are."""
    for call in [step.get("call") or step.get("await") for step in (*sequence.steps, *sequence.read)]:
        if call is None:
            continue
        method, product, target = call.split(" ", 2)
        path, _, query = target.partition("?")
        items = [(key, value) for key, _, value in (part.partition("=") for part in query.split("&") if part)]
        yield ROUTES._find(host_of(product), method, path, tuple(items)).target
