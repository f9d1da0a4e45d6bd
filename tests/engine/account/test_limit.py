"""A call that would make more than an account may have is refused whole, whichever it is, and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from bce_emulator.engine.errors import AccountLimitExceeded
from bce_emulator.engine.persist.export_text import export
from bce_emulator.engine.persist.state_snapshot import dump
from tests.cloud import LINUX, SPEC, Cloud, Reply
from tests.sample_resources import create_sample_resources, list_responses
from tests.services.reads_agree.home import call_at_home
from tests.services.reads_agree.made import Made
from tests.services.reads_agree.row import Write
from tests.services.reads_agree.test_reads_agree import WRITES, called, filled

ORDER = {"spec": SPEC, "imageId": LINUX, "billing": {"paymentTiming": "Postpaid"}}
COUNT = re.compile(r"count$|num$", re.IGNORECASE)
"""How members are called that say how many are wanted."""


def count(cloud: Cloud) -> int:
    return cloud.account.account.count()


def documents(cloud: Cloud) -> list[bytes]:
    """Everything of all accounts; one that was only named has nothing."""
    return [dump(export(account)) for account in cloud.emulator.accounts.by_name.values() if account.regions]


@contextmanager
def allowed(cloud: Cloud, most: int) -> Iterator[None]:
    """Within, the account may have so many resources."""
    limits: dict[str, int] = cloud.emulator.accounts.max_resources
    limits[cloud.access_key] = most
    yield
    del limits[cloud.access_key]


def is_refused(reply: Reply) -> bool:
    return (reply.status, reply.code) == (AccountLimitExceeded.status, AccountLimitExceeded.code) and (
        "resources, may have" in reply.headers.get("x-bce-emulator-explain", "")
    )


def bodies(write: Write) -> list[dict[str, Any]]:
    """What a row sends, and the same with three wanted of what can be counted."""
    model = called(write.call).model
    names = [field.alias or name for name, field in (model.model_fields if model else {}).items()]
    return [write.body, *(write.body | {name: 3} for name in names if COUNT.search(name))]


def check_exact(cloud: Cloud, method: str, target: str, body: Any) -> tuple[Reply, int]:
    """Make a call with room for nothing, for one too few, and for just what it makes: the answer, and how many it made."""
    cloud.clock.run_due()
    first = count(cloud)
    with allowed(cloud, 0):
        before = documents(cloud)
        reply = call_at_home(cloud, method, target, body)
        if not is_refused(reply):
            assert count(cloud) <= first, "it made something all the same"
            return reply, 0
        assert documents(cloud) == before
    wanted = int(reply.headers["x-bce-emulator-explain"].rpartition(" ")[2])
    with allowed(cloud, wanted - 1):
        assert is_refused(call_at_home(cloud, method, target, body))
        assert documents(cloud) == before
    with allowed(cloud, wanted):
        reply = call_at_home(cloud, method, target, body)
    assert (reply.status, count(cloud)) == (200, wanted), reply
    return reply, wanted - first


@pytest.mark.sweep(8)
@pytest.mark.parametrize("write", WRITES, ids=lambda write: f"{write.call} {write.kind}")
def test_what_would_make_too_many_is_refused_whole_and_changes_nothing(write):
    for body in bodies(write):
        cloud = Cloud()
        made = Made(cloud)
        method, target = filled(write.call, made).split(" ")

        check_exact(cloud, method, target, filled(body, made) if method != "DELETE" else None)


@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        ("POST /v2/instanceBySpec", {"purchaseCount": 100, "createCdsList": [{"cdsSizeInGB": 50}]}),
        ("POST /v1/eip?action=batch", {"count": 100}),
        ("POST /v1/nat/snatRule/batchCreate", {}),
    ],
)
def test_one_call_that_makes_many_does_not_pass_the_limit(call, wanted):
    [write, *_] = [each for each in WRITES if each.call == call]
    cloud = Cloud()
    made = Made(cloud)
    method, target = filled(write.call, made).split(" ")

    check_exact(cloud, method, target, filled(write.body, made) | wanted)


def without_keys(shown: object) -> str:
    """The same without what chance has made: the keys of a pair."""
    return re.sub(r"(public_?key|finger_?print)\W+[^\"']+", "", str(shown), flags=re.IGNORECASE)


class Tried(Cloud):
    """An account whose every call is made with room for too few first."""

    made = 0

    def call(self, method: str, target: str, body: Any = None, **how: Any) -> Reply:
        if method == "GET" or how or isinstance(self.host, Within):
            return super().call(method, target, body, **how)
        host, self.host = self.host, Within(self.host)
        try:
            reply, made = check_exact(self, method, target, body)
        finally:
            self.host = host
        self.made += made
        return reply


class Within(str):
    """The host of a call that is one of several tries."""

    __slots__ = ()


@pytest.mark.slow
def test_an_account_that_was_refused_over_and_over_is_what_it_would_be_otherwise(tmp_path):
    refused, other = Tried(state=str(tmp_path)), Cloud()
    for cloud in (refused, other):
        create_sample_resources(cloud)

    assert refused.made > 100
    assert without_keys(documents(refused)) == without_keys(documents(other))
    assert without_keys(list_responses(refused)) == without_keys(list_responses(other))
    refused.emulator.store.keep_all()  # what no request changes, such as the clock
    written = documents(refused)
    refused.emulator.close()
    again = Cloud(state=str(tmp_path))
    for name in again.emulator.accounts.names():
        again.emulator.accounts.open(name)
    assert sorted(documents(again)) == sorted(written)
