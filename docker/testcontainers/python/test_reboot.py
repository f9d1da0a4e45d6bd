"""A test suite in Python that brings its own emulator: ``python -m pytest test_reboot.py``."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest
from baidubce.auth.bce_credentials import BceCredentials
from baidubce.bce_client_configuration import BceClientConfiguration
from baidubce.services.bcc.bcc_client import BccClient
from baidubce.services.bcc.bcc_model import Billing
from testcontainers.core.container import DockerContainer
from testcontainers.core.wait_strategies import HttpWaitStrategy

IMAGE = os.environ.get("BCE_EMULATOR_IMAGE", "bce-emulator:0.1.0")


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    ready = HttpWaitStrategy(8080, "/_emulator/ready").with_poll_interval(0.1)
    with DockerContainer(IMAGE).with_exposed_ports(8080).waiting_for(ready) as emulator:
        yield f"http://{emulator.get_container_host_ip()}:{emulator.get_exposed_port(8080)}"


@pytest.fixture
def bcc(endpoint: str) -> BccClient:
    return BccClient(BceClientConfiguration(BceCredentials("test", "bce-emulator-secret-key"), endpoint))


def wait_for(bcc: BccClient, instance_id: str, status: str) -> None:
    end = time.monotonic() + 30
    while bcc.get_instance(instance_id).instance.status != status:
        assert time.monotonic() < end, f"{instance_id} never became {status}"
        time.sleep(0.1)


def test_an_instance_runs_again_after_a_reboot(bcc: BccClient) -> None:
    billing = Billing(paymentTiming="Postpaid")
    made = bcc.create_instance_by_spec(spec="bcc.g5.c2m8", image_id="m-z2UUQHH9", billing=billing)
    instance_id = made.instance_ids[0]
    wait_for(bcc, instance_id, "Running")

    bcc.reboot_instance(instance_id)

    assert bcc.get_instance(instance_id).instance.status == "Starting"
    wait_for(bcc, instance_id, "Running")
