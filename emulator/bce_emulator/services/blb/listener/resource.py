"""What a listener is, on a load balancer of either family. https://cloud.baidu.com/doc/BLB/s/yjwvxnvl6"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource
from bce_emulator.engine.errors import ApiError
from bce_emulator.services.blb.errors import ListenerNotFound
from bce_emulator.services.blb.health import HealthCheck

LISTENER_QUOTA = account_setting("blb.listenerQuota", 50, "listeners of a load balancer")
PROTOCOLS = ("TCP", "UDP", "HTTP", "HTTPS", "SSL")


class Session(NamedTuple):
    """How requests of one client reach the same backend, if they do."""

    keep: bool = False
    type: str = ""
    seconds: int = 0
    cookie: str = ""


class DomainCertificate(NamedTuple):
    """The certificate of a domain."""

    cert_id: str
    host: str


class Encryption(NamedTuple):
    """The certificates of a listener, and what it agrees to."""

    cert_ids: tuple[str, ...] = ()
    type: str = ""
    protocols: tuple[str, ...] = ()
    ciphers: str = ""
    dual_auth: bool = False
    client_cert_ids: tuple[str, ...] = ()
    domains: tuple[DomainCertificate, ...] = ()


NO_SESSION, NO_ENCRYPTION = Session(), Encryption()


@dataclass(slots=True, kw_only=True, eq=False)
class Listener(Resource):
    """A port of a load balancer, and what happens to what arrives there.

    ``timeout`` is for how many seconds a session of TCP or UDP, or the server of the other protocols, may be silent. A
    listener of an application load balancer has neither ``backend_port`` nor ``health``: its policies have.
    """

    prefix: ClassVar[str] = "listener"
    id_letters: ClassVar[str] = "hex"
    not_found: ClassVar[type[ApiError]] = ListenerNotFound
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("blb_id", "blb.LoadBalancer", OnDelete.CASCADE),)

    blb_id: str
    port: int
    protocol: str
    scheduler: str
    timeout: int
    description: str = ""
    backend_port: int = 0
    health: HealthCheck | None = None
    session: Session = NO_SESSION
    x_forwarded_for: bool = False
    x_forwarded_proto: bool = False
    redirect_port: int = 0
    gzip_json: str = ""
    encryption: Encryption = NO_ENCRYPTION
