"""Create keypairs, and import public keys."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, QualifyNotPass
from bce_emulator.services.bcc.keypair.errors import (
    KeypairDescriptionInvalid,
    KeypairNameInvalid,
    KeypairPublicKeyExist,
    KeypairQuotaExceedLimit,
    PublicKeyFormatInvalid,
)
from bce_emulator.services.bcc.keypair.publickey import fingerprint
from bce_emulator.services.bcc.keypair.resource import KEYPAIR_QUOTA, Keypair
from bce_emulator.services.bcc.keypair.show import KeypairDetailResponse, show_keypair
from bce_emulator.services.bcc.keypair.stock import STOCK
from bce_emulator.services.shared.names import NAME_RULE, is_name
from bce_emulator.services.shared.standing import require_real_name

MAX_DESCRIPTION = 140


class CreateKeypairRequest(Model):
    """How to call the keypair; a public key is for the other call."""

    client_token: ClientToken = ""
    name: str
    description: str = ""
    public_key: str = ""


class ImportKeypairRequest(CreateKeypairRequest):
    """The public key, in the form of OpenSSH."""

    public_key: str


@operation(
    "POST /v2/keypair",
    errors=[QualifyNotPass, KeypairNameInvalid, KeypairDescriptionInvalid, KeypairQuotaExceedLimit],
    doc="https://cloud.baidu.com/doc/BCC/s/ykckicewc",
    prepare=STOCK.prepare,
)
def create_keypair(account: AccountRegion, request: CreateKeypairRequest) -> KeypairDetailResponse:
    """Create an RSA key; only this answer has its private half."""
    _check(account, request)
    if request.public_key:
        raise BadRequest("this call makes a key of its own; PUT /v2/keypair?import keeps a publicKey")
    _check_quota(account)
    private_key, public_key = STOCK.take()
    keypair = _add(account, request, public_key, fingerprint(public_key))
    return {"keypair": {**show_keypair(account, keypair), "privateKey": private_key}}


@operation(
    "PUT /v2/keypair?import",
    "POST /v2/keypair?import",
    errors=[
        QualifyNotPass,
        KeypairNameInvalid,
        KeypairDescriptionInvalid,
        PublicKeyFormatInvalid,
        KeypairPublicKeyExist,
        KeypairQuotaExceedLimit,
    ],
    doc="https://cloud.baidu.com/doc/BCC/s/8kckircr4",
)
def import_keypair(account: AccountRegion, request: ImportKeypairRequest) -> KeypairDetailResponse:
    """Keep a public key that was made elsewhere."""
    _check(account, request)
    public_key = request.public_key.strip()
    print_ = fingerprint(public_key)
    if account.where(Keypair, "fingerprint", print_):
        raise KeypairPublicKeyExist
    _check_quota(account)
    return {"keypair": show_keypair(account, _add(account, request, public_key, print_))}


def _check(account: AccountRegion, request: CreateKeypairRequest) -> None:
    require_real_name(account)
    if not is_name(request.name):
        raise KeypairNameInvalid(f"a name is {NAME_RULE}")
    if len(request.description) > MAX_DESCRIPTION:
        raise KeypairDescriptionInvalid(f"a description has at most {MAX_DESCRIPTION} characters")


def _check_quota(account: AccountRegion) -> None:
    most = account.setting(KEYPAIR_QUOTA)
    if len(account.collection(Keypair)) >= most:
        raise KeypairQuotaExceedLimit(f"the account may have {most} keypairs in a region")


def _add(account: AccountRegion, request: CreateKeypairRequest, public_key: str, print_: str) -> Keypair:
    keypair = Keypair(
        id=account.new_id(Keypair),
        name=request.name,
        desc=request.description,
        public_key=public_key,
        fingerprint=print_,
    )
    return account.add(keypair)
