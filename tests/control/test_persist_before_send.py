"""A control call during which a replica stops leading is not answered as if all of it were kept."""

from __future__ import annotations

import asyncio
import json

import pytest

from bce_emulator.control.persist_before_send import persist_before_send


class Store:
    """What several may lead, by one that is deposed while a call is answered."""

    leads_alone, epoch = True, 1

    def keep_all(self, _names: object = None) -> list:
        self.epoch = None
        return []

    uncommitted = keep_all


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_what_a_deposed_leader_has_done_is_told_as_not_known(method):
    sent = []

    async def send(message: dict) -> None:
        sent.append(message)

    async def call() -> None:
        scope = {"type": "http", "method": method, "raw_path": b"/_emulator/clock"}
        saved = persist_before_send(Store(), scope, None, send)
        await saved({"type": "http.response.start", "status": 200, "headers": []})
        await saved({"type": "http.response.body", "body": b"{}"})

    asyncio.run(call())

    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert sent[0]["status"] == 503
    assert "not known" in json.loads(sent[1]["body"])["error"]
