"""How to log in to an instance: with a password, with a keypair, or as its image has it."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Credentials
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.bcc.image.resource import Image
from bce_emulator.services.bcc.keypair.resource import Keypair
from bce_emulator.services.shared.password import check_password

WITH_LOGIN = frozenset({"Custom", "Sharing"})
"""The types of image that can bring a login of their own."""


class Login(Model):
    """At most one of an encrypted password, a keypair, and the login that the image brings."""

    admin_pass: str = ""
    keypair_id: str = ""
    keep_image_login: bool = False


def check_login(account: AccountRegion, login: Login, image: Image, credentials: Credentials) -> None:
    """Refuse two ways to log in at once, and one that does not work with the image."""
    if login.keypair_id:
        account.get(Keypair, login.keypair_id)
    if ways(login) > 1:
        raise BadRequest("adminPass, keypairId and keepImageLogin exclude each other")
    if login.keep_image_login and image.type not in WITH_LOGIN:
        raise BadRequest("keepImageLogin is for custom and shared images only")
    if login.keypair_id and image.os.is_windows:
        raise BadRequest("an instance with Windows takes no keypair")
    if login.admin_pass:
        check_password(login.admin_pass, credentials.secret_key)


def ways(login: Login) -> int:
    """How many ways to log in are named."""
    return sum(map(bool, (login.admin_pass, login.keypair_id, login.keep_image_login)))
