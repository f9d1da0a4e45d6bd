"""Clients that all ask at once, over connections of their own, and remember when they asked and what they were told."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any, Self

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso
from bce_emulator.settings import DEFAULT_SECRET_KEY
from tests.cloud import LINUX, SPEC
from tests.histories.linearizability import Call
from tests.histories.model import OK


class Client:
    """One connection of one account."""

    def __init__(self, port: int, account: str, history: list[Call]) -> None:
        self._host, self._port = f"127.0.0.1:{port}", port
        self._account = account
        self._history = history

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()
        await self._writer.wait_closed()

    async def ask(self, *asked: Any) -> Any:
        """Ask, and note it in the history."""
        began = time.perf_counter()
        answered = await getattr(self, f"_{asked[0]}")(*asked[1:])
        self._history.append(Call(asked, answered, began, time.perf_counter()))
        return answered

    async def control(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        mark = "&" if "?" in path else "?"
        told = await self._send(method, f"/_emulator/{path}{mark}account={self._account}", body, "")
        assert "error" not in told, told
        return told

    async def api(self, method: str, target: str, body: Any = None) -> dict[str, Any]:
        path, _, query = target.partition("?")
        date = iso(time.time())
        string = authorize(method, self._host, path, query, date, self._account, DEFAULT_SECRET_KEY)
        return await self._send(method, target, body, f"x-bce-date: {date}\r\nauthorization: {string}\r\n")

    async def _send(self, method: str, target: str, body: Any, headers: str) -> dict[str, Any]:
        content = json.dumps(body).encode() if body is not None else b""
        head = f"{method} {target} HTTP/1.1\r\nhost: {self._host}\r\n{headers}content-length: {len(content)}\r\n\r\n"
        self._writer.write(head.encode() + content)
        lines = (await self._reader.readuntil(b"\r\n\r\n")).lower().split(b"\r\n")
        (length,) = (int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:"))
        told: dict[str, Any] = json.loads(await self._reader.readexactly(length))
        return told

    async def _create(self, token: str, name: str) -> str:
        (made,) = await self._order(token, name, 1)
        return made

    async def _order(self, token: str, name: str, count: int = 3) -> tuple[str, ...]:
        body = {"spec": SPEC, "imageId": LINUX, "name": name, "billing": {"paymentTiming": "Postpaid"}}
        told = await self.api("POST", f"/v2/instanceBySpec?clientToken={token}", body | {"purchaseCount": count})
        return tuple(told["instanceIds"])

    async def _advance(self) -> str:
        await self.control("POST", "clock/advance", {"seconds": 3_600})
        return OK

    async def _get(self, id_: str) -> Any:
        told = await self.api("GET", f"/v2/instance/{id_}")
        return shown(told["instance"]) if "instance" in told else told["code"]

    async def _list(self) -> Any:
        return tuple(sorted(shown(each) for each in (await self.api("GET", "/v2/instance"))["instances"]))

    async def _rename(self, id_: str, name: str) -> str:
        return code(await self.api("PUT", f"/v2/instance/{id_}?modifyAttribute", {"name": name}))

    async def _release(self, id_: str) -> str:
        return code(await self.api("DELETE", f"/v2/instance/{id_}"))

    async def _reboot(self, id_: str) -> str:
        return code(await self.api("PUT", f"/v2/instance/{id_}?reboot", {}))

    async def _stop(self, id_: str) -> str:
        return code(await self.api("PUT", f"/v2/instance/{id_}?stop", {}))

    async def _start(self, id_: str) -> str:
        return code(await self.api("PUT", f"/v2/instance/{id_}?start"))


def code(told: dict[str, Any]) -> str:
    return told.get("code", OK)


def shown(instance: dict[str, Any]) -> tuple[str, str, str]:
    return instance["id"], instance["status"], instance["name"]
