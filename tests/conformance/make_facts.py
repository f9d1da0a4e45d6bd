"""Make the facts that the conformance tests hold the emulator against, from the published metadata.

    python tests/conformance/make_facts.py DIRECTORY

``DIRECTORY`` holds ``api/<product>.json`` with the operations of each product, ``api/README.md`` with the table of the
repositories and commits they were read from, and ``behaviour/errors.json`` with the documented errors. What only the
documentation pages have stands in ``pages.json`` here, in the same form. Written are ``published/<product>.json``,
``errors.json`` and ``sources.json``. Exit status 1: the catalogue and what is published do not name the same operations.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SOURCE = re.compile(r"^\| (\w+) \| (\w+/[\w-]+) \| ([0-9a-f]{12}) \| (\d{4}-\d\d-\d\d) \|$", re.MULTILINE)
MENTION = re.compile(r"(\S+)(?: \(([A-Z]+)\))?.*")
RENAMED = {
    "bcc.DeleteVolume": "bcc.DeleteCDSVolume",
    "bcc.ListBidFlavor/ListFlavor": "bcc.ListBidFlavor",
    "bcc.RenameInstanceSnapshots": "bcc.RenameInstanceSnapshot",
    "vpc.AuthorizeEnterpriseSecurityGroupRule": "vpc.AuthorizeEnterpriseSecurityGroupRules",
}
"""Names of operations in the list of errors that are no names of the metadata."""
PLACES = {"path": "path_params", "query": "query_params", "body": "request_body"}

Json = dict[str, Any]


def main(directory: Path, into: Path, pages: Iterable[Json], catalogue: Iterable[Json]) -> int:
    """Write the facts, and say where the catalogue departs from them."""
    published = read_operations(directory, pages)
    errors, unknown = read_errors(json.loads((directory / "behaviour" / "errors.json").read_text()), published)
    (into / "published").mkdir(exist_ok=True)
    for product, operations in published.items():
        facts = {f"{product}.{name}": facts_of(entry) for name, entry in operations.items()}
        write_lines(into / "published" / f"{product}.json", facts)
    write_rows(into / "errors.json", errors)
    write_lines(into / "sources.json", sources(directory, published))
    complaints = [f"errors name {name}, which is not published" for name in unknown]
    complaints += departures(catalogue, published)
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


def read_operations(directory: Path, pages: Iterable[Json]) -> dict[str, dict[str, Json]]:
    """The published operations of each product, by their names."""
    published: dict[str, dict[str, Json]] = {}
    for path in sorted((directory / "api").glob("*.json")):
        entries = json.loads(path.read_text())
        if isinstance(entries, list):
            published[path.stem] = {entry["operation"]: entry for entry in entries}
    for entry in pages:
        published.setdefault(entry["product"], {}).setdefault(entry["operation"], entry)
    return published


def facts_of(entry: Json) -> Json:
    """What the tests want to know of one operation."""
    facts: Json = {place: members(entry.get(key, ())) for place, key in PLACES.items()}
    facts["routes"] = routes(entry)
    if entry.get("body_extras"):
        facts["body_extras"] = sorted({field["name"] for field in entry["body_extras"]})
    if entry.get("response_schema"):
        facts["response"] = shape(entry["response_schema"])
    elif entry.get("response_body"):
        facts["response"] = {field["name"]: shape(field) for field in entry["response_body"]}
    return facts


def members(fields: Iterable[Json]) -> Json:
    return {field["name"]: member(field) for field in fields}


def member(field: Json) -> Json:
    """One parameter, or a part of one: its type, whether it is required, and the values that are known."""
    created: Json = {"type": field["type"]}
    required = is_required(field)
    if required is not None:
        created["required"] = required
    if field.get("enum") or field.get("item_enum"):
        created["known"] = field.get("enum") or field["item_enum"]
    if field.get("fields"):
        created["members"] = members(field["fields"])
    if field["type"] == "array":
        created["items"] = member(field.get("items") or {"type": "any"})
    if field["type"] == "map":
        created["values"] = member(field.get("values") or {"type": "any"})
    return created


def is_required(field: Json) -> bool | str | None:
    """What the metadata says; ``client`` if only the signature of the Python client requires it, None if nobody knows.

    Where both speak, the client requires some seventy members that the metadata does not: it proves little.
    """
    required = field.get("required")
    if required and "sources" in field and "meta" not in field["sources"]:
        return "client"
    return required


def shape(field: Json) -> Any:
    """The type of a member of a response: a word (``date-time`` is a string), ``[items]``, ``{name: member}``, or ``{"*": values}`` for a map.

    What one client reads as a list and another does not may be anything.
    """
    if len({each == "array" for each in field.get("types_by_source", {}).values()}) > 1:
        return "any"
    if field["type"] == "array":
        return [shape(field["items"]) if field.get("items") else "any"]
    if field["type"] == "map":
        return {"*": shape(field["values"]) if field.get("values") else "any"}
    if field.get("fields"):
        return {each["name"]: shape(each) for each in field["fields"]}
    return field.get("format") or field["type"]


def routes(entry: Json) -> list[str]:
    """Every form of the call that some client sends, the published one first."""
    forms = [entry, *entry.get("variants", ())]
    return list(dict.fromkeys(route(form) for form in forms))


def route(form: Json) -> str:
    fixed = "&".join(f"{name}={value}" for name, value in (form.get("fixed_query") or {}).items())
    key = form.get("action") or fixed
    return f"{form['method']} {form['path']}" + (f"?{key}" if key else "")


def read_errors(rows: Iterable[Json], published: Mapping[str, Mapping[str, Json]]) -> tuple[dict[str, Any], list[str]]:
    """The documented errors by ``product.Operation``, and the operations among them that nobody publishes.

    ``product.*`` are those of every operation of a product, ``*`` those of all products.
    """
    errors: dict[str, list[Json]] = {}
    for row in rows:
        error = {key: row[key] for key in ("code", "http_status", "message", "basis") if row[key] is not None}
        error["source"] = row["source_url"]
        for mention in row["operations"]:
            name = resolved(mention, published)
            if error not in errors.setdefault(name, []):
                errors[name].append(error)
    names = {f"{product}.{name}" for product, operations in published.items() for name in operations}
    return errors, sorted(name for name in errors if name not in names and name.rpartition(".")[2] != "*")


def resolved(mention: str, published: Mapping[str, Mapping[str, Json]]) -> str:
    """``StopInstance`` is an operation of BCC; others are followed by their product, as in ``GetNat (VPC)``."""
    match = MENTION.fullmatch(mention)
    assert match is not None, mention
    name, product = match[1], (match[2] or "BCC").lower()
    if mention == "*":
        return "*"
    if product not in published:
        product = "bcc"
    for canonical, entry in published[product].items():
        if name in chain.from_iterable(entry.get("aliases", {}).values()) and name not in published[product]:
            name = canonical
    return RENAMED.get(f"{product}.{name}", f"{product}.{name}")


def sources(directory: Path, published: Mapping[str, Mapping[str, Json]]) -> Json:
    """From which repositories, commits and pages the facts come."""
    table = SOURCE.findall((directory / "api" / "README.md").read_text())
    found: Json = {
        key: {"repository": repository, "commit": commit, "date": date} for key, repository, commit, date in table
    }
    for product, operations in published.items():
        for name, entry in operations.items():
            if "source" in entry:
                found[f"{product}.{name}"] = {"page": entry["source"]}
    return found


def departures(catalogue: Iterable[Json], published: Mapping[str, Mapping[str, Json]]) -> list[str]:
    """Operations and routes that only the catalogue has, or that it lacks."""
    mine = {f"{entry['product']}.{entry['name']}": entry for entry in catalogue}
    theirs = {f"{product}.{name}": entry for product, entries in published.items() for name, entry in entries.items()}
    found = [f"{name} is in the catalogue and not published" for name in sorted(mine.keys() - theirs.keys())]
    found += [f"{name} is published and not in the catalogue" for name in sorted(theirs.keys() - mine.keys())]
    for name in sorted(mine.keys() & theirs.keys()):
        found += [
            f"{name} is not published at {each}" for each in mine[name]["routes"] if each not in routes(theirs[name])
        ]
        found += [f"{name} lacks the route {each}" for each in routes(theirs[name]) if each not in mine[name]["routes"]]
    return found


def read_catalogue() -> list[Json]:
    """The catalogue of the emulator, wherever its package is."""
    (path,) = (HERE.parents[1] / "emulator").rglob("services/catalogue.json")
    entries: list[Json] = json.loads(path.read_text())
    return entries


def write_lines(path: Path, facts: Mapping[str, Any]) -> None:
    """One entry per line, so that a difference shows what has changed."""
    lines = [f"{json.dumps(name)}: {compact(facts[name])}" for name in sorted(facts)]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def write_rows(path: Path, rows: Mapping[str, list[Json]]) -> None:
    """One row per line below the name of its operation."""
    blocks = []
    for name in sorted(rows):
        listed = sorted(map(compact, rows[name]))
        blocks.append(f"{json.dumps(name)}: [\n " + ",\n ".join(listed) + "\n]")
    path.write_text("{\n" + ",\n".join(blocks) + "\n}\n")


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), HERE, json.loads((HERE / "pages.json").read_text()), read_catalogue()))
