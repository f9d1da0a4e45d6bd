"""One call of the control API from the command line."""

from __future__ import annotations

import json
from typing import Any

from bce_emulator.cli.connection import Connection
from bce_emulator.settings import SettingError, variable

SECONDS = 5
UNAUTHORIZED = 401


def _encryption(facts: Connection) -> list[Any]:
    if not facts.is_encrypted:
        return []
    from urllib.request import HTTPSHandler

    from bce_emulator.tls import client_context

    return [HTTPSHandler(context=client_context(facts.ca_cert, facts.own_cert))]


def ask(facts: Connection, path: str, body: Any = None) -> tuple[int, Any]:
    """Status and JSON of a GET of the control API, or of a POST if there is a body.

    An emulator that does not answer is one clear sentence.
    """
    import urllib.error
    import urllib.request
    from http.client import HTTPException

    headers = {"Authorization": f"Bearer {facts.admin_token}"} if facts.admin_token else {}
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), *_encryption(facts))
    try:
        content = None if body is None else json.dumps(body).encode("utf-8", "replace")
        request = urllib.request.Request(f"{facts.endpoint}/_emulator/{path}", content, headers)
        with opener.open(request, timeout=SECONDS) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        with error:
            try:
                message = str(json.load(error)["error"])
            except (ValueError, TypeError, LookupError):
                return error.code, {"error": f"{facts.endpoint} is no bce-emulator"}
        if error.code == UNAUTHORIZED:
            message += f"; give it with --admin-token or {variable('admin_token')}"
        return error.code, {"error": message}
    except (OSError, ValueError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise SettingError(f"no emulator answers at {facts.endpoint}: {reason}") from None
