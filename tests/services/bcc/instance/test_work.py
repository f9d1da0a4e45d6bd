"""What a call about one instance looks at does not depend on how many there are; counted, not timed."""

from __future__ import annotations

from collections import Counter

import pytest

from bce_emulator.engine.account.collection import Collection
from tests.cloud import LINUX, SPEC

ORDER = {"spec": SPEC, "imageId": LINUX, "billing": {"paymentTiming": "Postpaid"}}


@pytest.fixture
def looked_at(monkeypatch):
    """How many resources were gone through, of each way to do that."""
    seen: Counter[str] = Counter()

    class Walked(dict):
        def __iter__(self):
            seen["ids"] += len(self)
            return super().__iter__()

        def values(self):
            seen["values"] += len(self)
            return super().values()

        def items(self):
            seen["items"] += len(self)
            return super().items()

    def every(collection):
        seen["every"] += len(collection)
        return iter(list(order(collection)))

    def where(collection, *fact):
        found = indexed(collection, *fact)
        seen["where"] += len(found)
        return found

    order, indexed = Collection.__iter__, Collection.where
    monkeypatch.setattr(Collection, "__iter__", every)
    monkeypatch.setattr(Collection, "where", where)

    def watch(account):
        for collection in account.collections.values():
            collection.by_id = Walked(collection.by_id)
        seen.clear()
        return seen

    return watch


CALLS = {
    "reboot": ("PUT", "/v2/instance/{}?reboot", None),
    "get": ("GET", "/v2/instance/{}", None),
    "create": ("POST", "/v2/instanceBySpec", ORDER),
    "release": ("DELETE", "/v2/instance/{}", None),
}


@pytest.mark.parametrize(("method", "target", "body"), CALLS.values(), ids=CALLS)
def test_a_call_looks_at_as_many_whether_there_are_five_or_fifty(cloud, looked_at, method, target, body):
    counts = []
    for missing in (5, 45):
        made = cloud.ok("POST", "/v2/instanceBySpec", ORDER | {"purchaseCount": missing})["instanceIds"]
        cloud.clock.advance(600)
        seen = looked_at(cloud.account)
        cloud.ok(method, target.format(made[0]), body)
        cloud.clock.advance(600)
        counts.append(dict(seen))

    assert counts[0] == counts[1]
