"""Clients that go on through failures as those of the cloud do, and remember what they cannot know."""

from __future__ import annotations

import asyncio
import json
import math
import time
from typing import Any

from tests.histories.clients import Client
from tests.histories.linearizability import Call
from tests.histories.model import UNKNOWN

PAUSE = 0.05
READS = {"get", "list"}
ANSWER_SECONDS = 5.0


class Refused(Exception):
    """Nothing was done."""


class Lost(Exception):
    """It is not known whether it was done."""


class PatientClient(Client):
    """One connection of one account, which is made anew when it is lost.

    What was refused without being done is asked again, and so is a creation, which has a client token, and a read. Of
    another change whose answer was lost the history says that it may have happened at any time since.
    """

    async def ask(self, *asked: Any) -> Any:
        began = time.perf_counter()
        while True:
            sent = time.perf_counter()
            try:
                answered = await getattr(self, f"_{asked[0]}")(*asked[1:])
            except Refused:
                pass
            except Lost:
                if asked[0] != "create" and asked[0] not in READS:
                    self._history.append(Call(asked, UNKNOWN, sent, math.inf))
                    return UNKNOWN
            else:
                began = sent if asked[0] != "create" else began
                self._history.append(Call(asked, answered, began, time.perf_counter()))
                return answered
            await asyncio.sleep(PAUSE)

    async def frozen(self) -> None:
        """Have the clock of the account stand still."""
        while True:
            try:
                await self.control("PUT", "clock", {"frozen": True})
            except (Refused, Lost):
                await asyncio.sleep(PAUSE)
            else:
                return

    async def _send(self, method: str, target: str, body: Any, headers: str) -> dict[str, Any]:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._exchange(method, target, body, headers)
        except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError):
            await self._connect_again()
            raise Lost from None

    async def _exchange(self, method: str, target: str, body: Any, headers: str) -> dict[str, Any]:
        content = json.dumps(body).encode() if body is not None else b""
        head = f"{method} {target} HTTP/1.1\r\nhost: {self._host}\r\n{headers}content-length: {len(content)}\r\n\r\n"
        self._writer.write(head.encode() + content)
        first, *lines = (await self._reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        answered = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        text = await self._reader.readexactly(int(answered.get("content-length", 0)))
        status = int(first.split()[1])
        if answered.get("connection") == "close" or "content-length" not in answered:
            await self._connect_again()
        if status < 500:
            return json.loads(text)
        said = answered.get("x-bce-emulator-explain", "") + text.decode()
        if status == 503 and ("nothing was changed" in said or "No server is available" in said):
            raise Refused
        assert status in {502, 503, 504}, (status, said)
        raise Lost

    async def _connect_again(self) -> None:
        self._writer.close()
        while True:
            try:
                self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
            except OSError:
                await asyncio.sleep(PAUSE)
            else:
                return
