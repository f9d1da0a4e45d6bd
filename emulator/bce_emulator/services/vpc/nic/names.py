"""What network interfaces can be called. https://cloud.baidu.com/doc/VPC/s/pkknfara0"""

from __future__ import annotations

import re

from bce_emulator.engine.errors import BadRequest

NAME = re.compile(r"[A-Za-z][-A-Za-z0-9_/.]{0,64}")
MAX_DESCRIPTION = 200


def check_name(name: str) -> None:
    """Refuse a name that breaks the rule."""
    if NAME.fullmatch(name) is None:
        raise BadRequest("name is 1 to 65 letters, digits and -_/. with a letter first")


def check_description(description: str) -> None:
    """Refuse a description that is too long."""
    if len(description) > MAX_DESCRIPTION:
        raise BadRequest(f"description has {MAX_DESCRIPTION} letters at most")
