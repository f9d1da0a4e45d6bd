"""What requests say of a listener, by protocol; what is absent has its default, or stays."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.declare.models import LenientBool, LenientInt, Model

FourLayerScheduler = Literal["RoundRobin", "WeightLeastConn", "LeastConnection", "Hash"]
SevenLayerScheduler = Literal["RoundRobin", "LeastConnection"]
SslScheduler = Literal["RoundRobin", "LeastConnection", "Hash"]
EncryptionType = Literal[
    "tls_cipher_policy_default",
    "tls_cipher_policy_1_1",
    "tls_cipher_policy_1_2",
    "tls_cipher_policy_1_2_secure",
    "userDefind",
    "compatibleIE",
    "incompatibleIE",
]
EncryptionProtocol = Literal["sslv3", "tlsv10", "tlsv11", "tlsv12", "tlsv13"]
MAX_CERT_DOMAINS = 50


class AdditionalAttributes(Model):
    """Whether answers of the type JSON are compressed."""

    gzip_json: Literal["on", "off"] | None = None


class CertDomainModel(Model):
    """A certificate for one domain; clients write its name in two ways."""

    cert_id: str
    host: str = ""
    host_capital: Annotated[str, Field(alias="Host")] = ""


class ListenerMembers(Model):
    """What every listener has."""

    description: Annotated[str, Field(max_length=200)] | None = None


class TcpMembers(ListenerMembers):
    """What a TCP listener has."""

    scheduler: FourLayerScheduler | None = None
    tcp_session_timeout: Annotated[LenientInt, Field(ge=10, le=4_000)] | None = None


class UdpMembers(ListenerMembers):
    """What a UDP listener has."""

    scheduler: FourLayerScheduler | None = None
    udp_session_timeout: Annotated[LenientInt, Field(ge=5, le=4_000)] | None = None


class SessionMembers(ListenerMembers):
    """What HTTP and HTTPS listeners have."""

    scheduler: SevenLayerScheduler | None = None
    keep_session: LenientBool | None = None
    keep_session_type: Literal["insert", "rewrite"] | None = None
    keep_session_timeout: Annotated[LenientInt, Field(ge=1, le=15_552_000)] | None = None
    keep_session_cookie_name: str | None = None
    x_forwarded_for: LenientBool | None = None
    x_forwarded_proto: LenientBool | None = None
    server_timeout: Annotated[LenientInt, Field(ge=1, le=3_600)] | None = None
    additional_attributes: AdditionalAttributes | None = None


class HttpMembers(SessionMembers):
    """What an HTTP listener has; the port 0 redirects to none."""

    redirect_port: Annotated[LenientInt, Field(ge=0, le=65_535)] | None = None


class TlsMembers(ListenerMembers):
    """What listeners with certificates have."""

    cert_ids: tuple[str, ...] | None = None
    encryption_type: EncryptionType | None = None
    encryption_protocols: tuple[EncryptionProtocol, ...] | None = None
    applied_ciphers: str | None = None
    dual_auth: LenientBool | None = None
    client_cert_ids: tuple[str, ...] | None = None


class SslMembers(TlsMembers):
    """What an SSL listener has."""

    scheduler: SslScheduler | None = None


class HttpsMembers(SessionMembers, TlsMembers):
    """What an HTTPS listener has."""

    additional_cert_domains: Annotated[tuple[CertDomainModel, ...], Field(max_length=MAX_CERT_DOMAINS)] | None = None


class AnyMembers(HttpsMembers, HttpMembers):
    """What one client sends of a listener of any protocol."""

    scheduler: str | None = None  # type: ignore[assignment]
    tcp_session_timeout: LenientInt | None = None
    udp_session_timeout: LenientInt | None = None
