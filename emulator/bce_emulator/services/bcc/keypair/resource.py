"""What a keypair is, and its errors. https://cloud.baidu.com/doc/BCC/s/ykckicewc"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.resource import Resource

KEYPAIR_QUOTA = account_setting(
    "bcc.keypairQuota", 500, "how many keypairs an account has in a region, made and imported together"
)


@dataclass(slots=True, kw_only=True, eq=False)
class Keypair(Resource):
    """A public key that an instance lets in; the private key is shown once, when it is made, and kept nowhere."""

    prefix: ClassVar[str] = "k"

    name: str
    desc: str = ""
    public_key: str = ""
    fingerprint: str = ""
