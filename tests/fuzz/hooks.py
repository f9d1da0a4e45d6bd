"""Signs what schemathesis sends, as bce-auth-v1 says, and names the host of the product; independent of the emulator."""

from __future__ import annotations

import hmac
import os
import time
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import schemathesis
from requests import PreparedRequest
from requests.auth import AuthBase

ACCESS_KEY, SECRET_KEY = os.environ["ACCESS_KEY"], os.environ["SECRET_KEY"]
HOSTS = {"vpc": "bcc", "localdns": "privatezone"}
"""Products whose host has another name."""


class Signed(AuthBase):
    """The signature over method, path, query and Host."""

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Add the headers of a signature."""
        url = urlsplit(request.url or "")
        date = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        items = [item.partition("=") for item in url.query.split("&") if item]
        query = "&".join(sorted(f"{_written(name)}={_written(value)}" for name, _, value in items))
        host = request.headers.get("Host", url.netloc)
        lines = [request.method or "", quote(unquote(url.path), safe="/~"), query, f"host:{_written(host)}"]
        prefix = f"bce-auth-v1/{ACCESS_KEY}/{date}/1800"
        key = hmac.digest(SECRET_KEY.encode(), prefix.encode(), "sha256").hex()
        signature = hmac.digest(key.encode(), "\n".join(lines).encode(), "sha256").hex()
        request.headers.update({"x-bce-date": date, "Authorization": f"{prefix}/host/{signature}"})
        return request


def _written(text: str) -> str:
    return quote(unquote(text), safe="~")


@schemathesis.hook
def before_call(_context: Any, case: Any, _kwargs: Any) -> None:
    """Ask at the host of the product, as an address is not enough where several have the path."""
    if not case.path.startswith("/_emulator"):
        product = case.operation.tags[0]
        case.headers["Host"] = f"{HOSTS.get(product, product)}.bj.localhost"


schemathesis.auth.set_from_requests(Signed())
