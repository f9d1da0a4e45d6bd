"""What an ``acl`` allows to temporary keys. https://intl.cloud.baidu.com/doc/IAM/s/Qjwvyc8ov-en

One that only allows whole services of the emulator with the permissions below is applied; any other one is kept and
shown to nobody, and its keys may do everything.
"""

from __future__ import annotations

from functools import lru_cache

import orjson

from bce_emulator.engine.account.accounts import Credentials
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Operation
from bce_emulator.engine.declare.product import PRODUCTS
from bce_emulator.engine.errors import BadRequest, NotPermitted

SERVICE = "bce:"
OTHERWISE_CALLED = {"network": "vpc"}
"""Products that an acl calls by another name than their own."""
READ, FULL_CONTROL = "READ", "FULL_CONTROL"
LOOKS = ("Get", "List", "Query", "Describe", "Show")
"""How the names of operations begin that only look, whatever their method."""
ANY = frozenset({"", "*"})
REMEMBERED = 256
MAX_CHARACTERS = 16_384
"""How long an acl is at most, as it is kept; the bound is proposed."""


class Statement(Model):
    """What is allowed, or denied, in one service."""

    eid: str = ""
    service: str
    region: str = "*"
    effect: str = "Allow"
    resource: tuple[str, ...] = ()
    permission: tuple[str, ...] = ()


class Acl(Model):
    """The statements that go with temporary keys; no statement allows everything that the account may do."""

    id: str = ""
    access_control_list: tuple[Statement, ...] = ()


def text_of(acl: Acl) -> str:
    """An acl as it is kept with the keys; empty for one without statements."""
    text = acl.model_dump_json(by_alias=True, include=set(Acl.model_fields)) if acl.access_control_list else ""
    if len(text) > MAX_CHARACTERS:
        raise BadRequest(f"an acl has at most {MAX_CHARACTERS} characters, not {len(text)}")
    return text


def check_permission(credentials: Credentials, operation: Operation, region: str) -> None:
    """Refuse what the acl of temporary keys does not allow."""
    statements = _applied(credentials.acl) if credentials.acl else None
    if statements is None or any(_allows(each, operation, region) for each in statements):
        return
    raise NotPermitted(f"the acl of these temporary keys does not allow {operation.key} in {region}")


@lru_cache(REMEMBERED)
def _applied(text: str) -> tuple[Statement, ...] | None:
    """The statements of an acl, or None if one of them says what the emulator does not judge."""
    statements = Acl.model_validate(orjson.loads(text)).access_control_list
    return statements if all(map(_is_judged, statements)) else None


def _product(statement: Statement) -> str:
    """The product that a statement is about; empty for a service that is none."""
    name = statement.service.removeprefix(SERVICE)
    return OTHERWISE_CALLED.get(name, name) if statement.service.startswith(SERVICE) else ""


def _is_judged(statement: Statement) -> bool:
    return (
        statement.effect.lower() == "allow"
        and _product(statement) in PRODUCTS
        and ANY.issuperset(statement.resource)
        and {READ, FULL_CONTROL}.issuperset(statement.permission)
    )


def _allows(statement: Statement, operation: Operation, region: str) -> bool:
    if _product(statement) != operation.product or statement.region not in {*ANY, region}:
        return False
    only_looks = operation.route.method == "GET" or operation.name.startswith(LOOKS)
    return FULL_CONTROL in statement.permission or (READ in statement.permission and only_looks)
