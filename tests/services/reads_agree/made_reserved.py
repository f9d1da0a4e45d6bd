"""What the rows of reserved instances speak of."""

from __future__ import annotations

from typing import Any

from tests.services.reads_agree.row import TAGS


class MadeReserved:
    """A part of ``Made``: reserved instances."""

    def reserve(self, **members: Any) -> str:
        order = {"zoneName": "cn-bj-a", "spec": "bcc.g5.c2m8", "offeringType": "FullyPrepay", "reservedInstanceTime": 1}
        return self.ask("POST", "/v2/instance/reserved/create", order | members)["reservedInstanceIds"][0]

    def make_reserved(self) -> str:
        return self.reserve()

    def make_renewing(self) -> str:
        return self.reserve(autoRenew=True, autoRenewTime=1)

    def make_tagged_reserved(self) -> str:
        return self.reserve(tags=TAGS)
