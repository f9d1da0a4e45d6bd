"""What a recording took for granted: resources that its answers show and that no request in it has made.

They are found among those that every account is born with, or made as a seed makes them, or by the operation that
creates their kind, from the members that the recording shows. Where none of this works, the report says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson
from pydantic import ValidationError

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Credentials
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.declare.models import Model, members
from bce_emulator.engine.declare.operations import OPERATIONS, Call, Operation
from bce_emulator.engine.errors import ApiError
from bce_emulator.engine.http.product_choice import texts
from bce_emulator.fidelity.alignment import Alignment
from bce_emulator.fidelity.exchange import Recorded
from bce_emulator.fidelity.gate import only_reads
from bce_emulator.fidelity.names import Names, kinds_of, prefix_of
from bce_emulator.fidelity.player import ACCOUNT, Player
from bce_emulator.seeds.sections import SECTIONS, Section, apply_seed

CREATE = ("Create", "Apply", "Purchase", "Import", "Add")
"""How operations are called that make something."""
CREATED = ("createTime", "createdTime", "createdAt")
STAND_INS = {"spec": "bcc.g5.c2m8", "imageId": "m-z2UUQHH9"}
"""What is taken where the cloud offers something that the emulator does not."""
FEWEST = 3
"""How many members an object has at least that shows a resource, and does not only name it."""
SHOWN_AS = {"cdsSizeInGB": "diskSizeInGB", "description": "desc", "desc": "description"}
"""What is shown under another name than it is asked for."""
ADDRESS = ("internalIp",)
"""What may not lie in a subnet that every account is born with, as that has another range in the cloud."""
OK = 200
REFUSALS = (ApiError, ValidationError, ValueError, LookupError, TypeError)


@dataclass(slots=True)
class Granted:
    """A resource that was there before: its name, what was shown of it, in which exchange, and if it is asked about."""

    name: str
    shown: dict[str, Any] | None
    exchange: Recorded
    is_needed: bool = False


def is_write(recorded: Recorded) -> bool:
    """Whether a request may have changed something."""
    operation = OPERATIONS.get(recorded.operation)
    return not only_reads(operation) if operation is not None else recorded.method != "GET"


def words_of(recorded: Recorded) -> set[str]:
    """The parts of the path, the values of the query and the texts of the body; a client token is no name."""
    values = (value for name, value in recorded.query if name != "clientToken")
    return {*recorded.path.split("/"), *values, *texts(recorded.request)}


def asked_about(recorded: Recorded, names: Names) -> set[str]:
    """The ids that a request names."""
    return {found for part in words_of(recorded) for found in names.ids_in(part)}


def answered_with(recorded: Recorded, names: Names) -> set[str]:
    """The ids in an answer."""
    return {found for text in texts(recorded.answer) for found in names.ids_in(text)}


def taken_for_granted(exchanges: list[Recorded], names: Names) -> list[Granted]:
    """The resources that were there before the first request, in the order in which they were first seen."""
    start = exchanges[0].at
    made: set[str] = set()
    found: dict[str, Granted] = {}
    for recorded in exchanges:
        if recorded.status >= 400:
            continue
        if is_write(recorded):
            for name in sorted(asked_about(recorded, names) - made):
                found.setdefault(name, Granted(name, None, recorded))
            made |= answered_with(recorded, names) - found.keys()
            continue
        for name, shown in _shown(recorded.answer, names):
            others = {other for text in texts(shown) for other in names.ids_in(text)}
            if name in made:
                made |= others - found.keys()
                continue
            if name not in found and (_is_later(shown, start) or others & made):
                made |= {name, *others} - found.keys()  # with what it was born with
            elif name not in found or len(shown) > len(found[name].shown or ()):
                found[name] = Granted(name, shown, recorded)
        for name in sorted(answered_with(recorded, names) - made - found.keys()):
            found[name] = Granted(name, None, recorded)
    for recorded in exchanges:
        for name in asked_about(recorded, names) & found.keys():
            found[name].is_needed = True
    return list(found.values())


def _is_later(shown: dict[str, Any], start: float) -> bool:
    """Whether what is shown was made while the recording ran; a clock of the cloud may be some seconds off."""
    return any(isinstance(shown.get(member), str) and shown[member] > iso(start) for member in CREATED)


def _shown(value: Any, names: Names) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each object in an answer that is about a resource, outer ones first, with the name of that."""
    if isinstance(value, list):
        for each in value:
            yield from _shown(each, names)
    elif isinstance(value, dict):
        member = names.own_member(value)
        if member and len(value) >= FEWEST and names.is_id(value[member]):
            yield value[member], value
        for each in value.values():
            yield from _shown(each, names)


def _groups(granted: list[Granted]) -> list[list[Granted]]:
    """The same by kind, those first on which others stand."""
    order = [section.kind.prefix for section in SECTIONS.values()]
    groups: dict[str, list[Granted]] = {prefix: [] for prefix in order}
    for each in granted:
        groups.setdefault(prefix_of(each.name), []).append(each)
    return [_oldest_first(group) for group in groups.values()]


def _oldest_first(group: list[Granted]) -> list[Granted]:
    """The same in the order in which they were made, so that lists come in the order in which they came."""
    times = {each.name: _created(each) for each in group}
    if group and times[group[0].name] >= times[group[-1].name]:
        group.reverse()
    return sorted(group, key=lambda each: times[each.name])


def _created(granted: Granted) -> str:
    """When something was made, as it is shown; empty if it is not."""
    shown = granted.shown or {}
    return next((str(shown[name]) for name in CREATED if name in shown), "")


def _only_named(waiting: list[Granted]) -> list[Granted]:
    """Those that others refer to which are shown, and that are not shown themselves."""
    named = {value for each in waiting for value in (each.shown or {}).values() if isinstance(value, str)}
    return [each for each in waiting if each.shown is None and each.name in named]


class Maker:
    """Brings about what was taken for granted; ``stood_in`` are names that something else stands for."""

    def __init__(self, player: Player, names: Names) -> None:
        self._player = player
        self._names = names
        self._credentials = player.emulator.accounts.credentials[ACCOUNT]
        self.stood_in: list[str] = []
        self._bound_at: dict[int, int] = {}
        """How many names were known when an exchange was last held against the emulator's answer."""

    async def make(self, granted: list[Granted]) -> list[str]:
        """Make them all, those before others that they name; answers the names of those that cannot be made."""
        for each in granted:
            if self._player.region(each.exchange.region) and self._player.find(each.name) is not None:
                self._names.stand_in(each.name, each.name)  # what the cloud offers to everybody has one name everywhere
        waiting = await self._make_in_turn(list(granted))
        if named := _only_named(waiting):
            for each in named:
                self._stand_in(each)
            waiting = await self._make_in_turn(waiting)
        return [each.name for each in waiting if each.is_needed and not self._stand_in(each)]

    async def _make_in_turn(self, waiting: list[Granted]) -> list[Granted]:
        """Find or make what can be, as long as that leads further; answers what is left."""
        known = -1
        while len(self._names) > known:
            known = len(self._names)
            for group in _groups(waiting):
                await self._bind(group)
                await self._bind([each for each in group if each.name not in self._names and self._make(each)])
            waiting = [each for each in waiting if each.name not in self._names]
        return waiting

    async def _bind(self, granted: list[Granted]) -> None:
        """Bind the names that both sides show where these were seen, as far as the items are surely the same."""
        for exchange in {id(each.exchange): each.exchange for each in granted}.values():
            if self._bound_at.get(id(exchange)) == len(self._names):
                continue
            status, ours = await self._player.play(exchange, self._names) if not is_write(exchange) else (0, None)
            alignment = Alignment(self._names, self.is_name, lambda *_difference: None, strict=True)
            if status == OK:
                alignment.compare(exchange.answer, ours)
            self._bound_at[id(exchange)] = len(self._names)

    def is_name(self, text: str) -> bool:
        """Whether the emulator has a resource of this name."""
        return prefix_of(text) != "" and self._player.find(text) is not None

    def _make(self, granted: Granted) -> bool:
        account = self._player.region(granted.exchange.region)
        product = granted.exchange.operation.partition(".")[0]
        kinds = sorted(kinds_of(granted.name), key=lambda kind: not kind.type_key().startswith(f"{product}."))
        return granted.shown is not None and any(self._make_as(account, kind, granted) for kind in kinds)

    def _make_as(self, account: AccountRegion, kind: type[Resource], granted: Granted) -> bool:
        shown = self._player.translated(granted.shown, self._names)
        for section in SECTIONS.values():
            if section.kind is kind and self._make_by(account, section, shown, granted.name):
                return True
        package = kind.__module__.rpartition(".")[0]
        for operation in list(OPERATIONS.values()):
            if operation.function.__module__.startswith(package) and operation.name.startswith(CREATE):
                call = _called(account, operation, shown, self._credentials)
                if call is not None and self._done(account, kind, granted.name, call):
                    resource = account.get(kind, self._names.here(granted.name))
                    account.complete(resource)
                    if shown.get("status") in kind.lifecycle.states:
                        resource.state = shown["status"]
                    return True
        return False

    def _make_by(self, account: AccountRegion, section: Section, shown: dict[str, Any], name: str) -> bool:
        """Make what is shown as a seed makes it, if need be with what the emulator has on offer."""
        for more, less in ((), ()), (STAND_INS, ()), ((), ADDRESS), (STAND_INS, ADDRESS):
            offered = {member: value for member, value in dict(more).items() if member in shown}
            entry = {**_entry(section.form, shown | offered), "id": name}
            entry = {member: value for member, value in entry.items() if member not in less}
            if shown.get("status") in section.kind.lifecycle.states:
                entry["status"] = shown["status"]
            if self._done(account, section.kind, name, partial(apply_seed, account, section, entry, self._credentials)):
                self.stood_in += [shown[member] for member in offered]
                return True
        return False

    def _done(self, account: AccountRegion, kind: type[Resource], name: str, make: Any) -> bool:
        """Whether this made a resource of the kind; it is called as in the cloud, if the kind lets that be."""
        before = set(account.collection(kind).by_id)
        account.requested_ids[kind] = name
        try:
            make()
        except REFUSALS:
            return False
        finally:
            account.requested_ids.clear()
        new = [each for each in account.collection(kind).by_id if each not in before]
        return bool(new) and self._names.bind(name, new[0])

    def _stand_in(self, granted: Granted) -> bool:
        """Let something of the same kind stand for what is only named, such as an image that the cloud offers."""
        account = self._player.region(granted.exchange.region)
        for kind in kinds_of(granted.name):
            if granted.shown is None and len(account.collection(kind)):
                self._names.stand_in(granted.name, next(iter(account.all(kind))).id)
                self.stood_in.append(granted.name)
                return True
        return False


def _entry(form: type[Model], shown: dict[str, Any]) -> dict[str, Any]:
    """What a form asks for, as far as it is shown."""
    attached = shown.get("attachments")
    if isinstance(attached, list) and attached and isinstance(attached[0], dict):
        shown = {"instanceId": attached[0].get("instanceId"), **shown}
    found = {name: shown.get(name, shown.get(SHOWN_AS.get(name, ""))) for name in members(form)}
    entry = {name: value for name, value in found.items() if value not in (None, "", [], {})}
    if "billing" in members(form) and "billing" not in entry:
        words = {name: shown[name] for name in ("paymentTiming", "billingMethod") if shown.get(name)}
        entry["billing"] = {"paymentTiming": "Postpaid", **words}
    return entry


def _called(account: AccountRegion, operation: Operation, shown: dict[str, Any], credentials: Credentials) -> Any:
    """The call that makes what is shown, or None where its path wants what is not shown."""
    values = {name: shown.get(name, "") for name in operation.route.variables}
    if operation.model is None or not all(isinstance(value, str) and value for value in values.values()):
        return None
    body = _entry(operation.model, shown)
    query = tuple((name, value) for name, value in body.items() if isinstance(value, str))
    if operation.route.key:
        query = (*query, (operation.route.key, operation.route.value or ""))
    call = Call("granted", credentials, "")
    return lambda: operation.handle(account, values, query, orjson.dumps(body), call)
