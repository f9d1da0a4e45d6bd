"""Rules for names, as https://cloud.baidu.com/doc/BCC/s/Yjwvyof32 and its siblings state them."""

from __future__ import annotations

import re

NAME = re.compile(r"[A-Za-z][-A-Za-z0-9_ /.\u4e00-\u9fff]{0,64}")
"""1 to 65 letters, digits, Chinese characters and ``-_ /.``, a letter first."""

EIP_NAME = re.compile(r"[A-Za-z][-A-Za-z0-9_/.]{0,64}")
"""1 to 65 letters, digits and ``-_/.``, a letter first."""

HOSTNAME = re.compile(r"[a-z](?:[a-z0-9]|[-.](?=[a-z0-9])){1,63}")
"""2 to 64 lower-case letters, digits, ``-`` and ``.``, a letter first, no two marks in a row, none at the end."""


NAME_RULE = "1 to 65 letters, digits, Chinese characters and -_ /., a letter first"
EIP_NAME_RULE = "1 to 65 letters, digits and -_/., a letter first"
HOSTNAME_RULE = (
    "2 to 64 lower-case letters, digits, hyphens and dots, a letter first, no two marks in a row, none at the end"
)
"""The same in words, for those who break them."""


def is_name(text: str) -> bool:
    """Whether a text may name a resource."""
    return NAME.fullmatch(text) is not None


def is_eip_name(text: str) -> bool:
    """Whether a text may name an EIP, a shared bandwidth or a package."""
    return EIP_NAME.fullmatch(text) is not None


def is_hostname(text: str) -> bool:
    """Whether a text may be a hostname."""
    return HOSTNAME.fullmatch(text) is not None


def dashed(digits: str) -> str:
    """32 hexadecimal digits as a UUID is written."""
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
