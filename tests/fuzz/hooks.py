"""Signs what schemathesis sends, as bce-auth-v1 says; written down independently of the emulator."""

from __future__ import annotations

import hmac
import os
import time
from urllib.parse import quote, unquote, urlsplit

import schemathesis
from requests import PreparedRequest
from requests.auth import AuthBase

ACCESS_KEY, SECRET_KEY = os.environ["ACCESS_KEY"], os.environ["SECRET_KEY"]


class Signed(AuthBase):
    """The signature over method, path, query and Host."""

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Add the headers of a signature."""
        url = urlsplit(request.url or "")
        date = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        items = [item.partition("=") for item in url.query.split("&") if item]
        query = "&".join(sorted(f"{_written(name)}={_written(value)}" for name, _, value in items))
        lines = [request.method or "", quote(unquote(url.path), safe="/~"), query, f"host:{_written(url.netloc)}"]
        prefix = f"bce-auth-v1/{ACCESS_KEY}/{date}/1800"
        key = hmac.digest(SECRET_KEY.encode(), prefix.encode(), "sha256").hex()
        signature = hmac.digest(key.encode(), "\n".join(lines).encode(), "sha256").hex()
        request.headers.update({"x-bce-date": date, "Authorization": f"{prefix}/host/{signature}"})
        return request


def _written(text: str) -> str:
    return quote(unquote(text), safe="~")


schemathesis.auth.set_from_requests(Signed())
