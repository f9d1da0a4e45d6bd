"""Reboot an instance with Baidu's own SDK, against the emulator: bce-emulator serve --seed example"""

import os

from baidubce.auth.bce_credentials import BceCredentials
from baidubce.bce_client_configuration import BceClientConfiguration
from baidubce.services.bcc.bcc_client import BccClient

endpoint = os.environ.get("BCE_EMULATOR_ENDPOINT", "http://127.0.0.1:8080")
client = BccClient(BceClientConfiguration(BceCredentials("test", "bce-emulator-secret-key"), endpoint))
client.reboot_instance("i-YufwpQAe")
print(client.get_instance("i-YufwpQAe").instance.status)
