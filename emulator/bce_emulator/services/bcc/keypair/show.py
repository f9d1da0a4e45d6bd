"""How a keypair is shown, and the operations that show one or all."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.keypair.errors import KeypairNotExist
from bce_emulator.services.bcc.keypair.resource import Keypair


class KeypairDetailRequest(Model):
    """Which keypair to show."""

    keypair_id: str


class ListKeypairRequest(Model):
    """Which page to show; a name is the whole name."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    name: str = ""


class PaasInstancesView(TypedDict):
    """How many instances of another product have a keypair."""

    application: str
    instanceCount: int


class KeypairView(TypedDict):
    """A keypair; only the response that makes one has its private key."""

    keypairId: str
    name: str
    description: str
    publicKey: str
    regionId: str
    fingerPrint: str
    privateKey: str
    instanceCount: int
    createdTime: str
    paasInstanceCount: list[PaasInstancesView]


class KeypairDetailResponse(TypedDict):
    """One keypair."""

    keypair: KeypairView


class ListKeypairResponse(Page):
    """One page of keypairs."""

    keypairs: list[KeypairView]


@operation("GET /v2/keypair/{keypairId}", errors=[KeypairNotExist], doc="https://cloud.baidu.com/doc/BCC/s/ykckicewc")
def keypair_detail(account: AccountRegion, request: KeypairDetailRequest) -> KeypairDetailResponse:
    """Show one keypair."""
    return {"keypair": show_keypair(account, account.get(Keypair, request.keypair_id, KeypairNotExist))}


@operation("GET /v2/keypair", doc="https://cloud.baidu.com/doc/BCC/s/Fkckjd8sh")
def list_keypair(account: AccountRegion, request: ListKeypairRequest) -> ListKeypairResponse:
    """List the keypairs, newest first."""
    where = (lambda keypair: keypair.name == request.name) if request.name else None
    return page(
        ListKeypairResponse,
        account,
        Keypair,
        "keypairs",
        lambda keypair: show_keypair(account, keypair),
        request.marker,
        request.max_keys,
        where,
    )


def show_keypair(account: AccountRegion, keypair: Keypair) -> KeypairView:
    """A keypair by the API's member names; the private key is nobody's to see again."""
    return {
        "keypairId": keypair.id,
        "name": keypair.name,
        "description": keypair.desc,
        "publicKey": keypair.public_key,
        "regionId": account.region,
        "fingerPrint": keypair.fingerprint,
        "privateKey": "",
        "instanceCount": len(account.where(Instance, "keypair_id", keypair.id)),
        "createdTime": iso(keypair.created),
        "paasInstanceCount": [],
    }
