"""The requests of real clients, as they were signed and sent, for the test of signatures: one per operation and client."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from bce_emulator.engine.observe.journal import Entry
from bce_emulator.settings import DEFAULT_SECRET_KEY
from tests.clients.client import Client

if TYPE_CHECKING:
    from tests.clients.driving import Outcome

FILE = Path(__file__).parents[1] / "data" / "client_vectors.json"
MAX_BODY = 4_096


def read() -> dict[str, dict]:
    return {vector["id"]: vector for vector in json.loads(FILE.read_text())} if FILE.exists() else {}


def write(kept: dict[str, dict]) -> None:
    lines = [json.dumps(kept[name], ensure_ascii=False) for name in sorted(kept)]
    FILE.write_text("[\n" + ",\n".join(lines) + "\n]\n")


def renewed(kept: dict[str, dict], client: Client, outcome: Outcome) -> dict[str, dict]:
    """The vectors with those of a client that are missing; one that is there stays while the version is the same."""
    version = f"{client.package} {client.version}"
    kept = {
        name: vector for name, vector in kept.items() if vector["client"] != client.name or vector["version"] == version
    }
    for entry in outcome.entries:
        name = f"{client.name}-{entry.product}-{entry.operation}"
        if name not in kept and is_typical(entry):
            kept[name] = {"id": name, "client": client.name, "version": version} | as_vector(entry)
    return kept


def is_typical(entry: Entry) -> bool:
    """Whether it succeeded with keys that last, and is short."""
    lasting = b"x-bce-security-token" not in entry.request.headers
    return bool(entry.operation) and entry.status == 200 and lasting and len(entry.request.body) <= MAX_BODY


def as_vector(entry: Entry) -> dict:
    request = entry.request
    headers = [[name.decode("latin-1"), value.decode("latin-1")] for name, value in request.raw_headers]
    authorization = next(value for name, value in headers if name.lower() == "authorization")
    _, access_key, timestamp, _ = authorization.split("/", 3)
    return {
        "method": request.method,
        "path": request.raw_path.decode("latin-1"),
        "query": request.query_string.decode("latin-1"),
        "raw_headers": headers,
        "body": request.body.decode(),
        "now": timestamp,
        "ak": access_key,
        "sk": DEFAULT_SECRET_KEY,
    }
