"""Public keys of each type, made of nothing but their form, and the calls that make keypairs."""

from __future__ import annotations

from base64 import b64encode

from tests.cloud import Cloud


def public_key(kind: str, *, parts: int, says: str = "", seed: int = 1) -> str:
    """A key of so many parts, the type included; ``says`` is what the text before it claims."""
    values = [kind.encode(), *(bytes([seed]) * 32 for _ in range(parts - 1))]
    key = b"".join(len(value).to_bytes(4, "big") + value for value in values)
    return f"{says or kind} {b64encode(key).decode()} someone@somewhere"


RSA = public_key("ssh-rsa", parts=3)


def imported(cloud: Cloud, seed: int = 2, **members) -> str:
    """The id of a keypair that was made elsewhere."""
    body = {"name": "mine", "publicKey": public_key("ssh-rsa", parts=3, seed=seed)} | members
    keypair: str = cloud.ok("PUT", "/v2/keypair?import", body)["keypair"]["keypairId"]
    return keypair


def keypair_of(cloud: Cloud, keypair: str) -> dict:
    """A keypair as a client sees it."""
    return cloud.ok("GET", f"/v2/keypair/{keypair}")["keypair"]
