"""What the tests of bce-python-sdk share: one server for all of them, and an account of it on its first day for each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from baidubce.auth.bce_credentials import BceCredentials
from baidubce.bce_client_configuration import BceClientConfiguration
from baidubce.services.bcc.bcc_client import BccClient
from baidubce.services.subnet.subnet_client import SubnetClient

from bce_emulator.settings import DEFAULT_SECRET_KEY
from tests.clients.test_python_sdk import control
from tests.process import Running, serving


@dataclass
class Given:
    """A server that somebody else started, and that keeps account of what the tests ask."""

    endpoint: str


@pytest.fixture(scope="session")
def server() -> Iterator[Running | Given]:
    if given := os.environ.get("BCE_ENDPOINT"):
        yield Given(given)
        return
    with serving("--pace", "instant", "--log-requests", "off") as server:  # nobody reads the log, and a pipe is short
        yield server


@pytest.fixture
def configuration(server) -> BceClientConfiguration:
    control(server, "POST", "reset")
    control(server, "PUT", "clock", {"frozen": True})
    return BceClientConfiguration(BceCredentials("test", DEFAULT_SECRET_KEY), server.endpoint)


@pytest.fixture
def instances(configuration) -> BccClient:
    return BccClient(configuration)


@pytest.fixture
def network(configuration) -> tuple[str, str]:
    """The ids of the default VPC and of its subnet where instances are made."""
    (subnet,) = SubnetClient(configuration).list_subnets(zone_name="cn-bj-a").subnets
    return subnet.vpc_id, subnet.subnet_id
