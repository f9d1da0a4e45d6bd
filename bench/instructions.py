"""Instructions of a signed call, ours and the floor's, counted by callgrind: the same whatever else the machine does.

A connection's bytes are handed to the protocol that uvicorn has for it, and the answer is taken from a transport that only
keeps it, so sockets are left out on both sides; the log and the journal are on. Each call has another signature. Needs valgrind. Prints; asserts nothing.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
import subprocess
import sys
import time
from typing import Any

from needs import need
from rates import AK, SK

HOST = "127.0.0.1:8080"
SPEC = {"spec": "bcc.g5.c1m4", "imageId": "m-z2UUQHH9", "billing": {"paymentTiming": "Postpaid"}}
WARM, COUNTED = 200, 1_000
CALLS = {
    "reboot": ("PUT", "/v2/instance/{}?reboot", b""),
    "reboot with a body": ("PUT", "/v2/instance/{}?reboot", b'{"forceStop": false}'),
    "get": ("GET", "/v2/instance/{}", b""),
    "create": ("POST", "/v2/instanceBySpec", json.dumps(SPEC).encode()),
}
SIDES = ("emulator", "floor", "memoised floor")


class Kept(asyncio.Transport):
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        super().__init__({"sockname": ("127.0.0.1", 8080), "peername": ("127.0.0.1", 50_000)})
        self.written = bytearray()

    def write(self, data: Any) -> None:
        self.written += data

    def is_closing(self) -> bool:
        return False

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None: ...

    def get_write_buffer_size(self) -> int:
        return 0


def wire(method: str, target: str, body: bytes, number: int) -> bytes:
    """The bytes of a call whose signature is another one for each number."""
    from bce_emulator.cli.sign import authorize
    from bce_emulator.engine.account.clock import iso

    path, _, query = target.partition("?")
    date = iso(time.time())
    string = authorize(method, HOST, path, query, date, AK, SK, seconds=10_000 + number)
    lines = [f"{method} {target} HTTP/1.1", f"Host: {HOST}", f"x-bce-date: {date}", f"Authorization: {string}"]
    lines += [f"Content-Length: {len(body)}"] if body else []
    return "\r\n".join([*lines, "", ""]).encode() + body


async def drive(side: str, call: str, count: int) -> None:
    """So many calls on one connection, after some that warm it up."""
    import uvicorn
    from uvicorn.server import ServerState

    from bce_emulator.engine.http.signature import signing_key

    if side == "emulator":
        from bce_emulator.app import build
        from bce_emulator.cli.serve import server_config
        from bce_emulator.engine.observe.request_log import RequestLog
        from bce_emulator.settings import Settings

        application = build(Settings(pace="instant"))
        application.emulator.journal.notes = [RequestLog(as_json=False, stream=io.StringIO())]
        config = server_config(application)
    else:
        import bare

        bare.INSTANCES["i-00000000"] = {"status": "Running"}
        config = uvicorn.Config(bare.app, **bare.OPTIONS)
    config.load()
    transport = Kept()
    loop = asyncio.get_running_loop()
    protocol = config.http_protocol_class(config=config, server_state=ServerState(), app_state={}, _loop=loop)
    protocol.connection_made(transport)

    async def ask(packet: bytes) -> bytes:
        transport.written.clear()
        protocol.data_received(packet)
        while not transport.written.endswith(b"}"):  # noqa: ASYNC110 (nobody says when it is there)
            await asyncio.sleep(0)
        answer = bytes(transport.written)
        if not answer.startswith(b"HTTP/1.1 200"):
            raise SystemExit(answer.decode())
        return answer

    instance = "i-00000000"
    if side == "emulator":
        made = await ask(wire("POST", "/v2/instanceBySpec", CALLS["create"][2], 0))
        instance = json.loads(made.partition(b"\r\n\r\n")[2])["instanceIds"][0]
    method, target, body = CALLS[call]
    packets = [wire(method, target.format(instance), body, number) for number in range(WARM + COUNTED)]
    signing_key.cache_clear()  # who signs here is another program otherwise
    for packet in packets[: WARM + count]:
        await ask(packet)


def instructions(side: str, call: str, count: int) -> int:
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", sys.executable, __file__]
    environment = os.environ | {"PYTHONHASHSEED": "0"} | ({"BENCH_MEMOISED": "1"} if "memoised" in side else {})
    done = subprocess.run(
        [*command, side, call, str(count)], capture_output=True, text=True, env=environment, check=False
    )
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or found is None:
        raise SystemExit(done.stdout + done.stderr)
    return int(found[1])


def main() -> None:
    need("valgrind")
    print(
        "| call | emulator, thousand | floor | ratio | memoised floor | ratio |\n| --- | --- | --- | --- | --- | --- |"
    )
    for call in CALLS:
        counts = []
        for side in SIDES if call != "create" else SIDES[:1]:
            counted = instructions(side, call, COUNTED) - instructions(side, call, 0)
            counts.append(counted / COUNTED / 1_000)
        cells = [f"{counts[0]:.0f}"]
        for other in counts[1:]:
            cells += [f"{other:.0f}", f"{other / counts[0]:.2f}"]
        print(f"| {call} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        import uvloop

        uvloop.run(drive(sys.argv[1], sys.argv[2], int(sys.argv[3])))
    else:
        main()
