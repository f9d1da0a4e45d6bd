"""Which network interface a request is about."""

from __future__ import annotations

import re

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.vpc.nic.errors import EniIdInvalid
from bce_emulator.services.vpc.nic.resource import Nic

ID = re.compile(r"eni-[a-z0-9]{12}")
NOT_THERE = [NoSuchObject, EniIdInvalid]
"""How a request about a network interface that is not there is refused."""


class EniRef(Model):
    """Which network interface."""

    client_token: ClientToken = ""
    eni_id: str


class EniLook(Model):
    """Which network interface to look at."""

    eni_id: str


def nic_named(account: AccountRegion, eni_id: str) -> Nic:
    """The network interface with this id, or the refusal of an id that is none or of no card."""
    if ID.fullmatch(eni_id) is None:
        raise EniIdInvalid
    return account.get(Nic, eni_id)
