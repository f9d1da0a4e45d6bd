"""Makes an instance, reboots it and sees it run again: the shortest test that a suite can do with the emulator."""

from __future__ import annotations

import os
import sys
import time

from baidubce.auth.bce_credentials import BceCredentials
from baidubce.bce_client_configuration import BceClientConfiguration
from baidubce.services.bcc.bcc_client import BccClient
from baidubce.services.bcc.bcc_model import Billing

SECONDS = 30


def client(endpoint: str) -> BccClient:
    """The official client, pointed at the emulator."""
    credentials = BceCredentials("test", "bce-emulator-secret-key")
    return BccClient(BceClientConfiguration(credentials, endpoint))


def create(bcc: BccClient) -> str:
    """The id of a new instance."""
    billing = Billing(paymentTiming="Postpaid")
    made = bcc.create_instance_by_spec(spec="bcc.g5.c2m8", image_id="m-z2UUQHH9", billing=billing)
    return str(made.instance_ids[0])


def status(bcc: BccClient, instance_id: str) -> str:
    """The status that a client sees."""
    return str(bcc.get_instance(instance_id).instance.status)


def wait_until_running(bcc: BccClient, instance_id: str) -> None:
    """Ask again until the instance runs."""
    end = time.monotonic() + SECONDS
    while (seen := status(bcc, instance_id)) != "Running":
        if time.monotonic() > end:
            raise TimeoutError(f"{instance_id} is still {seen} after {SECONDS} s")
        time.sleep(0.1)


def main() -> int:
    """Do it, and say what was seen."""
    bcc = client(os.environ.get("BCE_EMULATOR_ENDPOINT", "http://127.0.0.1:8080"))
    instance_id = create(bcc)
    wait_until_running(bcc, instance_id)
    bcc.reboot_instance(instance_id)
    print(f"{instance_id} is {status(bcc, instance_id)}")
    wait_until_running(bcc, instance_id)
    print(f"{instance_id} is Running")
    return 0


if __name__ == "__main__":
    sys.exit(main())
