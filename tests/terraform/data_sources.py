"""The data sources of Terraform's provider, as data: a world, what is read of it, and what the provider makes of that.

A read is a call, where in its answer the list is that it takes rows from, and for each attribute where in a row it stands
and of which type the member is in bce-sdk-go. What is read for each row again has the row's attributes for its names.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import yaml

from tests.terraform.play import HERE, Player, Sequence, at, targets

ABSENT = object()
TYPES = {"str": str, "int": int, "bool": bool, "float": (int, float)}


class DataSource(NamedTuple):
    """What is there, what is read of it, what the provider leaves out itself, and what is left then."""

    world: Sequence
    reads: tuple[dict[str, Any], ...]
    where: dict[str, Any]
    found: tuple[dict[str, Any], ...]

    @property
    def calls(self) -> Sequence:
        """All its calls as one sequence, for which operations they are."""
        more = tuple(each for read in self.reads for each in read.get("more", ()))
        return self.world._replace(read=(*self.reads, *more))


@cache
def data_sources() -> dict[str, DataSource]:
    """Every data source, by its name."""
    return {
        name: DataSource(
            Sequence(name, path.stem, tuple(entry.get("needs", ())), tuple(entry.get("steps", ()))),
            tuple(entry["reads"]),
            entry.get("where", {}),
            tuple(entry["found"]),
        )
        for path in sorted((HERE / "data_sources").glob("*.yaml"))
        for name, entry in yaml.safe_load(path.read_text()).items()
    }


def rows(player: Player, source: DataSource) -> list[dict[str, Any]]:
    """What a data source shows in a world that has been made."""
    found = [row for each in source.reads for row in _read(player, each)]
    wanted = player.filled(source.where)
    return [row for row in found if all(_fits(row[name], value) for name, value in wanted.items())]


def _read(player: Player, read: dict[str, Any]) -> Iterator[dict[str, Any]]:
    reply = player.send(read["call"], read.get("body"))
    assert reply.status == 200, (read["call"], reply)
    listed = at(reply.body, read["at"]) if "at" in read else reply.body
    items = [listed] if isinstance(listed, dict) else listed
    wanted = player.filled(read.get("where", {}))
    items = [item for item in items if all(item[name] == value for name, value in wanted.items())]
    for item in [inner for each in items for inner in each[read["rows"]]] if "rows" in read else items:
        row = dict(_attributes(item, read))
        for more in read.get("more", ()):
            row |= _of_row(player, more, row)
        yield row


def _of_row(player: Player, read: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """What a further call has of a row, which it has once."""
    known = player.known
    player.known = {**known, **row}
    (further,) = _read(player, read)
    player.known = known
    return further


def _attributes(item: dict[str, Any], read: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, told in read["has"].items():
        path, _, kind = told.rpartition(" ")
        try:
            value = at(item, path)
        except KeyError:
            value = ABSENT
        assert _is_of(value, kind), f"{read['call']} has {name} at {path}: {value!r} instead of {kind}"
        if value is not ABSENT:
            yield name, value


def _is_of(value: Any, kind: str) -> bool:
    """Whether a value is of a type of the client; a tilde is for what may be left out."""
    if kind.startswith("~"):
        return value is ABSENT or _is_of(value, kind[1:])
    if kind.startswith("["):
        return isinstance(value, list) and all(_is_of(each, kind[1:-1]) for each in value)
    if kind == "tags":
        return isinstance(value, list) and all(
            each.keys() == {"tagKey", "tagValue"} and all(isinstance(text, str) for text in each.values())
            for each in value
        )
    return isinstance(value, TYPES[kind]) and isinstance(value, bool) == (kind == "bool")


def _fits(value: Any, wanted: Any) -> bool:
    """Whether an attribute is what is wanted, or one of what is wanted, or a list that has it."""
    return wanted in value if isinstance(value, list) else value in (wanted if isinstance(wanted, list) else [wanted])


def operations(source: DataSource) -> set[str]:
    """The operations that are called, with those that make its world."""
    return {target.key for target in targets(source.calls)}
