"""The floor: a bare ASGI application that does the same two HMACs, a look-up and a small JSON answer, in plain code.

With BENCH_MEMOISED it remembers what it has quoted and the keys that it has derived.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import sys
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

SECRET = "bce-emulator-secret-key"
COUNT = int(os.environ.get("BENCH_INSTANCES", "1"))
INSTANCES = {f"i-{number:08d}": {"status": "Running"} for number in range(COUNT)}
DETAIL = json.loads(os.environ.get("BENCH_DETAIL", "{}"))
WHOLE = {"marker": "", "isTruncated": False, "maxKeys": 1000, "instances": [DETAIL] * COUNT}


def signing_key(prefix: str) -> bytes:
    return hmac.new(SECRET.encode(), prefix.encode(), hashlib.sha256).hexdigest().encode()


if os.environ.get("BENCH_MEMOISED"):
    quote, unquote, parse_qsl, signing_key = map(cache, (quote, unquote, parse_qsl, signing_key))


def verify(scope: dict) -> bool:
    headers = {name.decode(): value.decode() for name, value in scope["headers"]}
    try:
        _, access_key, timestamp, expiration, signed, signature = headers["authorization"].split("/")
    except KeyError:
        return False
    prefix = f"bce-auth-v1/{access_key}/{timestamp}/{expiration}"
    key = signing_key(prefix)
    query = "&".join(
        sorted(f"{quote(k, '-_.~')}={quote(v, '-_.~')}" for k, v in parse_qsl(scope["query_string"].decode(), True))
    )
    lines = sorted(f"{quote(n, '-_.~')}:{quote(headers[n].strip(), '-_.~')}" for n in signed.split(";"))
    path = quote(unquote(scope["raw_path"].decode()), "/-_.~")
    canonical = "\n".join([scope["method"], path, query, "\n".join(lines)])
    return hmac.compare_digest(hmac.new(key, canonical.encode(), hashlib.sha256).hexdigest(), signature)


async def app(scope, receive, send) -> None:
    if not verify(scope):
        status, body = 400, b'{"code":"SignatureDoesNotMatch"}'
    elif scope["path"].endswith("/instance"):
        import orjson

        status, body = 200, orjson.dumps(WHOLE)
    else:
        instance = INSTANCES[scope["path"].rsplit("/", 1)[1]]
        if scope["method"] == "PUT":
            if any(name == b"content-length" for name, _ in scope["headers"]):
                json.loads((await receive())["body"])
            instance["status"] = "Running" if instance["status"] == "Starting" else "Starting"
            status, body = 200, json.dumps({"requestId": "", "failedInstanceIdList": []}).encode()
        else:
            status, body = 200, json.dumps({"instance": DETAIL}).encode()
    headers = [
        (b"content-type", b"application/json;charset=UTF-8"),
        (b"content-length", str(len(body)).encode()),
        (b"server", b"BWS"),
        (b"x-bce-request-id", b"e3e70682-c209-4cac-a29f-6fbed82c07cd"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


OPTIONS: dict[str, Any] = {
    "loop": "uvloop", "http": "httptools", "ws": "none", "lifespan": "off", "access_log": False, "log_level": "error",
    "server_header": False, "proxy_headers": False,
}  # fmt: skip

if __name__ == "__main__":
    import uvicorn

    uvicorn.run(app, port=int(sys.argv[1]), **OPTIONS)
