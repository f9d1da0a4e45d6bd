"""What a domain looks like, and the part of one that a record is about."""

from __future__ import annotations

import re

MAX_ZONE, MAX_DOMAIN = 240, 255
LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
DOMAIN = re.compile(rf"{LABEL}(?:\.{LABEL})*\.?")
RR = re.compile(rf"@|\*|(?:\*\.)?{LABEL}(?:\.{LABEL})*")
"""A name in a zone: the zone itself, whatever no other record is about, or labels."""


def is_domain(text: str, most: int = MAX_DOMAIN) -> bool:
    """Whether a text is a domain of so many characters at the most."""
    return 2 <= len(text) <= most and DOMAIN.fullmatch(text) is not None


def is_rr(text: str, zone: str) -> bool:
    """Whether a text can be the host part of a record in a zone."""
    return RR.fullmatch(text) is not None and len(text) + 1 + len(zone) <= MAX_DOMAIN
