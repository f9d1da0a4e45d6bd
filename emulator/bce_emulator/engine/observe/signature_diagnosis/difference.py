"""In what the signed request and the one that arrived differ, in a few words."""

from __future__ import annotations

from collections import Counter

from bce_emulator.engine.observe.redaction import masked_query, masked_target
from bce_emulator.engine.observe.signature_diagnosis.candidate import Candidate

MAX_WORDS = 300


def difference(ours: Candidate, theirs: Candidate) -> str:
    """Which method, path, items of the query and headers were signed, and which arrived instead."""
    signed, arrived = [], []
    for part in ("method", "path"):
        if (mine := getattr(ours, part)) != (other := getattr(theirs, part)):
            signed.append(masked_target(other))
            arrived.append(masked_target(mine))
    mine, other = Counter(ours.query.split(b"&")), Counter(theirs.query.split(b"&"))
    signed += [masked_query(item) for item in (other - mine).elements() if item]
    arrived += [masked_query(item) for item in (mine - other).elements() if item]
    signed += _headers(theirs, ours)
    arrived += _headers(ours, theirs)
    sentences = [f"{how}: {' '.join(words)}" for how, words in (("signed", signed), ("arrived", arrived)) if words]
    return "; ".join(sentences)[:MAX_WORDS]


def _headers(of: Candidate, other: Candidate) -> list[str]:
    return [f"header {name.decode('latin-1')}" for name, value in of.headers if (name, value) not in other.headers]
