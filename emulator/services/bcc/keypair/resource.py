"""What a keypair is. https://cloud.baidu.com/doc/BCC/s/ykckicewc"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from emulator.engine.resources import Resource


@dataclass(slots=True, kw_only=True, eq=False)
class Keypair(Resource):
    """A public key that an instance lets in; the private key is shown once, when it is made."""

    prefix: ClassVar[str] = "k"

    name: str
    desc: str = ""
    public_key: str = ""
    fingerprint: str = ""
