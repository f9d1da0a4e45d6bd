"""The committed record of what each client drove: ``python -m tests.clients.record [CLIENT …]`` writes it anew."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.clients import matrix, vectors
from tests.clients.table import CLIENTS

DRIVEN = Path(__file__).parent / "driven.json"


def driven() -> dict[str, dict]:
    return json.loads(DRIVEN.read_text()) if DRIVEN.exists() else {}


def main(names: list[str]) -> None:
    from tests.clients.driving import outcome_of

    record = driven()
    kept = vectors.read()
    for name in names or CLIENTS:
        client = CLIENTS[name]
        if client.missing:
            print(f"{name}: this machine lacks {' and '.join(client.missing)}")
            continue
        outcome = outcome_of(name)
        for said in outcome.said.values():
            if said["ok"] is False:
                print(f"{name}: {said['scenario']}: {said['note']}")
        before = record.get(name, {"done": (), "refused": ()})
        lost = (set(before["done"]) - outcome.done) | (set(before["refused"]) - outcome.refused)
        if lost:
            print(f"{name}: the record stays, as these are no longer driven: {', '.join(sorted(lost))}")
            continue
        record[name] = {
            "version": client.version,
            "done": sorted(outcome.done),
            "refused": sorted(outcome.refused),
            "unemulated": sorted(outcome.unemulated),
            "cannot": {each["scenario"]: each["note"] for each in outcome.said.values() if each["ok"] is None},
        }
        kept = vectors.renewed(kept, client, outcome)
        print(f"{name}: {len(outcome.done)} operations done, {len(outcome.refused)} refused, {outcome.seconds:.0f} s")
        for wrong in (*outcome.internal_errors, *outcome.unknown):
            print(f"{name}: {wrong}")
        if outcome.status:
            print(outcome.errors[-2000:])
    DRIVEN.write_text(json.dumps({name: record[name] for name in CLIENTS if name in record}, indent=1) + "\n")
    vectors.write(kept)
    matrix.DOCUMENT.write_text(matrix.document(driven()))
    matrix.COUNTS.write_text(matrix.written_counts(driven()))
    print(matrix.counts(driven()))


if __name__ == "__main__":
    main(sys.argv[1:])
