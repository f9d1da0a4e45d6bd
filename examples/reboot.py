"""Reboot an instance with Baidu's own SDK, and wait until it runs again; the emulator is one with --seed example."""

import os
import time

from baidubce.auth.bce_credentials import BceCredentials
from baidubce.bce_client_configuration import BceClientConfiguration
from baidubce.services.bcc.bcc_client import BccClient

endpoint = os.environ.get("BCE_EMULATOR_ENDPOINT", "http://127.0.0.1:8080")
client = BccClient(BceClientConfiguration(BceCredentials("test", "bce-emulator-secret-key"), endpoint))

client.reboot_instance("i-YufwpQAe")
while (status := client.get_instance("i-YufwpQAe").instance.status) == "Starting":
    time.sleep(0.1)
print(f"rebooted: {status}")
