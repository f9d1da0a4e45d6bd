"""How a refusal explains that a value is not on offer: what was sent, and what would have been taken."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

MAX_LISTED = 20


def not_offered(member: str, value: object, offered: Iterable[object]) -> str:
    """An explanation that names the member, the value and all that is on offer, or the nearest of very many."""
    texts = [str(each) for each in offered]
    sent = f"{str(value)[:64]!r}"
    if len(texts) <= MAX_LISTED:
        return f"{member} is one of {', '.join(texts)}, not {sent}"
    nearest = get_close_matches(str(value)[:64], texts, n=5, cutoff=0)
    return f"{member} is one of {len(texts)}, not {sent}; the nearest are {', '.join(nearest)}"
