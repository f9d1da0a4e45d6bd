"""Rules for the names and descriptions of network resources. https://cloud.baidu.com/doc/VPC/s/3jwvyu7wm-en"""

from __future__ import annotations

import re

from bce_emulator.engine.errors import BadRequest

NAME = re.compile(r"[-\w./ ]{1,65}")
GATEWAY_NAME = re.compile(r"[A-Za-z][-A-Za-z0-9_ /.]{0,64}")
CHINESE_NAME = re.compile(r"[A-Za-z\u4e00-\u9fff][-A-Za-z0-9_ /.\u4e00-\u9fff]{0,64}")
RESERVED = "default"
MAX_DESCRIPTION = 200


def check_name(name: str, kept: str = "") -> None:
    """Refuse a name that breaks the rule, unless it is the one that the resource has."""
    if name == kept and kept:
        return
    if name == RESERVED or NAME.fullmatch(name) is None:
        raise BadRequest("name is 1 to 65 letters, digits, Chinese characters and -_/. and is not default")


def check_gateway_name(name: str) -> None:
    """Refuse what no gateway or rule of one can be called."""
    if GATEWAY_NAME.fullmatch(name) is None:
        raise BadRequest("name is 1 to 65 letters, digits and -_ /., a letter first")


def check_chinese_name(name: str) -> None:
    """Refuse what cannot be called so where a name may begin with a Chinese character."""
    if CHINESE_NAME.fullmatch(name) is None:
        raise BadRequest("name is 1 to 65 letters, digits, Chinese characters and -_ /., a letter or character first")


def check_description(description: str | None) -> None:
    """Refuse a description that is too long."""
    if description is not None and len(description) > MAX_DESCRIPTION:
        raise BadRequest(f"description has at most {MAX_DESCRIPTION} characters")
