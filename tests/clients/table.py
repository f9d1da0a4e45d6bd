"""The clients: one row each. A further one is a further row, a folder with its program, and the way to prepare it."""

from __future__ import annotations

from tests.clients.client import Client
from tests.clients.tools import python

CLIENTS = {
    client.name: client
    for client in (
        Client(
            "python1",
            "Python, first generation",
            "bce-python-sdk",
            "0.9.79",
            prepare=python.of_the_project,
            tools=(),
            source="python1/sdk.py",
            language="python",
            pointing=(
                "configuration = BceClientConfiguration(BceCredentials(access_key, secret_key), ENDPOINT)",
                "bcc = BccClient(configuration)",
            ),
            methods="python",
        ),
    )
}

UNAVAILABLE: dict[str, str] = {}
"""Clients that are not published where their users would get them, and the reason."""
