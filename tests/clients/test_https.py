"""SDKs carry out scenarios.md over HTTPS, and trust as ``bce-emulator cert`` says.

Go's and Java's do too, when they are added to the list; they take minutes.
"""

from __future__ import annotations

import subprocess

import pytest

from bce_emulator import certificates
from bce_emulator.cli.trust import trusting
from tests.clients.driving import drive, scenarios
from tests.clients.table import CLIENTS
from tests.examples.packages import leave_out

pytestmark = pytest.mark.clients
BY_PROXY = {"operations-sweep"}
"""What asks hosts of the cloud, by http and through the emulator as a proxy."""


def trusted(language: str, authority) -> dict[str, str]:
    """The environment in which a program trusts the authority."""
    line = trusting(language, authority)
    if language != "java":
        return dict([line.removeprefix("export ").split("=", 1)])
    imported, _, java = line.partition(" && java ")
    subprocess.run(imported, shell=True, check=True, capture_output=True)
    return {"JAVA_TOOL_OPTIONS": java}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ("python1", "node1")]
)
def test_a_client_does_over_https_what_it_does_over_http(name, tmp_path):
    client = CLIENTS[name]
    if client.missing:
        leave_out(f"{client.name}: {', '.join(client.missing)} is not installed")
    files = certificates.files(tmp_path)
    certificates.make(files, ("localhost", "127.0.0.1"), certificates.present())
    shown = {"tls_cert": str(files.certificate), "tls_key": str(files.key)}

    outcome = drive(client, trusted(name.rstrip("1"), files.authority), **shown)

    failed = {scenario for scenario, said in outcome.said.items() if said["ok"] is False}
    assert failed <= BY_PROXY, outcome.errors
    assert outcome.said.keys() == {*scenarios()}
