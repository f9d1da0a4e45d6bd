"""The clients: one row each. A further one is a further row, a folder with its program, and the way to prepare it."""

from __future__ import annotations

from tests.clients.client import Client
from tests.clients.tools import go, python

GO_POINTING = (
    "client, err = bcc.NewClient(accessKey, secretKey, endpoint)",
    "network, err = vpc.NewClient(accessKey, secretKey, endpoint)",
)

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
        Client(
            "python2",
            "Python, second generation",
            "baiducloud-python-sdk-bcc",
            "0.0.8",
            prepare=python.of_its_own,
            tools=(),
            source="python2/sdk.py",
            language="python",
            pointing=(
                "configuration = BceClientConfiguration(BceCredentials(access_key, secret_key), ENDPOINT)",
                "return BccClient(configuration)",
            ),
            methods="go_new",
        ),
        Client(
            "go1",
            "Go, first generation",
            "github.com/baidubce/bce-sdk-go",
            "0.9.277",
            prepare=go.of_this_version,
            tools=("go",),
            source="go1/main.go",
            language="go",
            pointing=GO_POINTING,
            methods="go",
        ),
        Client(
            "go1_0_9_131",
            "Go, first generation, the version whose signer differs",
            "github.com/baidubce/bce-sdk-go",
            "0.9.131",
            prepare=go.of_this_version,
            tools=("go",),
            source="go1/main.go",
            language="go",
            pointing=GO_POINTING,
            methods="go",
        ),
    )
}

UNAVAILABLE: dict[str, str] = {}
"""Clients that are not published where their users would get them, and the reason."""
