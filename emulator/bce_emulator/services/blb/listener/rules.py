"""What a listener of a protocol can have, and what both families do with listeners."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal, TypeVar

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.pages import page
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.blb.balancer.reference import BlbRef, begin_change, check_change
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.errors import (
    CertificateNotFound,
    ListenerAlreadyExist,
    ListenerExceeded,
    ListenerNotFound,
    RedirectPortNotFound,
)
from bce_emulator.services.blb.health import Port
from bce_emulator.services.blb.listener.members import (
    CertDomainModel,
    HttpMembers,
    HttpsMembers,
    ListenerMembers,
    SessionMembers,
    TcpMembers,
    TlsMembers,
    UdpMembers,
)
from bce_emulator.services.blb.listener.resource import (
    LISTENER_QUOTA,
    NO_SESSION,
    DomainCertificate,
    Encryption,
    Listener,
    Session,
)

CERTIFICATE = re.compile(r"cert-[0-9A-Za-z]{12}")
"""There is no certificate service, so every certificate exists whose id can be one."""
TIMEOUTS = {"TCP": 900, "UDP": 90, "HTTP": 30, "HTTPS": 30, "SSL": 900}
"""The default of ``timeout`` by protocol, in seconds."""
NEW_SESSION = Session(keep=True, type="insert", seconds=3_600)
NEW_ENCRYPTION = Encryption(type="tls_cipher_policy_default")
OWN_POLICY = "userDefind"
Fields = dict[str, Any]
Form = TypeVar("Form")


class PortAndType(Model):
    """A listener by its port and its protocol."""

    port: Port
    type: Literal["TCP", "UDP", "HTTP", "HTTPS", "SSL"]


class DeleteListenersRequest(BlbRef):
    """Which listeners to delete: by their ports, or by ports and protocols."""

    port_list: tuple[Port, ...] = ()
    port_type_list: tuple[PortAndType, ...] = ()


def listener_at(account: AccountRegion, blb_id: str, port: int, protocol: str = "") -> Listener | None:
    """The listener at a port of a load balancer, if it is of this protocol."""
    listeners = account.where(Listener, "blb_id", blb_id)
    return next((each for each in listeners if each.port == port and protocol in {"", each.protocol}), None)


def get_listener(account: AccountRegion, blb_id: str, port: int, protocol: str = "") -> Listener:
    """The same, or the refusal."""
    found = listener_at(account, blb_id, port, protocol)
    if found is None:
        raise ListenerNotFound(f"{blb_id} has no {protocol or 'such'} listener at {port}")
    return found


def check_new_listener(account: AccountRegion, blb_id: str, port: int) -> None:
    """Refuse a port that is used already."""
    if listener_at(account, blb_id, port) is not None:
        raise ListenerAlreadyExist(f"{blb_id} listens at {port} already")


def check_listener_quota(account: AccountRegion, blb_id: str) -> None:
    """Refuse one listener more than there can be."""
    most = account.setting(LISTENER_QUOTA)
    if len(account.where(Listener, "blb_id", blb_id)) >= most:
        raise ListenerExceeded(f"a load balancer has {most} listeners at most")


def settings_of(
    account: AccountRegion, blb_id: str, protocol: str, members: ListenerMembers, before: Listener | None = None
) -> dict[str, Any]:
    """The fields that a request gives a listener, new or before; what cannot be is refused."""
    values: dict[str, Any] = {
        "timeout": before.timeout if before else TIMEOUTS[protocol],
        **_given(members, "scheduler", "description"),
    }
    if isinstance(members, TcpMembers):
        values |= {"timeout": values["timeout"] if members.tcp_session_timeout is None else members.tcp_session_timeout}
    if isinstance(members, UdpMembers):
        values |= {"timeout": values["timeout"] if members.udp_session_timeout is None else members.udp_session_timeout}
    if isinstance(members, SessionMembers):
        values |= {"timeout": values["timeout"] if members.server_timeout is None else members.server_timeout}
        values |= _given(members, "x_forwarded_for", "x_forwarded_proto")
        values["session"] = _session(members, before.session if before else NO_SESSION)
        if members.additional_attributes is not None:
            values |= _given(members.additional_attributes, "gzip_json")
    if isinstance(members, TlsMembers):
        values["encryption"] = _encryption(members, before.encryption if before else NEW_ENCRYPTION)
    if isinstance(members, HttpMembers) and members.redirect_port is not None:
        values["redirect_port"] = members.redirect_port
        if members.redirect_port and listener_at(account, blb_id, members.redirect_port, "HTTPS") is None:
            raise RedirectPortNotFound(f"{blb_id} has no HTTPS listener at {members.redirect_port}")
    return values


def add_listener(account: AccountRegion, balancer: LoadBalancer, protocol: str, port: int, fields: Fields) -> None:
    """Have a load balancer listen at a port, or the refusal."""
    check_new_listener(account, balancer.id, port)
    check_change(account, balancer)
    check_listener_quota(account, balancer.id)
    begin_change(account, balancer)
    account.add(Listener(id=account.new_id(Listener), blb_id=balancer.id, port=port, protocol=protocol, **fields))


def change_listener(account: AccountRegion, balancer: LoadBalancer, listener: Listener, fields: Fields) -> None:
    """Give a listener other fields, or the refusal."""
    begin_change(account, balancer)
    for name, value in fields.items():
        setattr(listener, name, value)


def delete_listeners(account: AccountRegion, balancer: LoadBalancer, request: DeleteListenersRequest) -> None:
    """Delete listeners with what hangs on them, all or none."""
    wanted = [(port, "") for port in request.port_list] + [(each.port, each.type) for each in request.port_type_list]
    if not wanted:
        raise BadRequest("portList or portTypeList is needed")
    found = {each.id: each for each in (get_listener(account, balancer.id, *one) for one in wanted)}
    begin_change(account, balancer)
    for listener in found.values():
        account.remove(listener)


def page_of_listeners(
    form: type[Form],
    account: AccountRegion,
    balancer: LoadBalancer,
    protocol: str,
    port: int | None,
    show: Callable[[Listener], Any],
    request: Any,
) -> Form:
    """The page that a request asks for, of all listeners or those of a protocol and a port."""

    def fits(listener: Listener) -> bool:
        return protocol in {"", listener.protocol} and port in {None, listener.port}

    of = ("blb_id", balancer.id)
    return page(form, account, Listener, "listenerList", show, request.marker, request.max_keys, fits, of=of)


def _given(members: Any, *names: str) -> dict[str, Any]:
    values = {name: getattr(members, name) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def _session(members: SessionMembers, before: Session) -> Session:
    """Keeping sessions has its defaults whenever it is switched on, and nothing when it is off."""
    keep = before.keep if members.keep_session is None else members.keep_session
    if not keep:
        return NO_SESSION
    session = before if before.keep else NEW_SESSION
    session = session._replace(
        type=members.keep_session_type or session.type,
        seconds=members.keep_session_timeout or session.seconds,
        cookie=session.cookie if members.keep_session_cookie_name is None else members.keep_session_cookie_name,
    )
    if session.type == "rewrite" and not session.cookie:
        raise BadRequest("keepSessionType rewrite needs a keepSessionCookieName")
    return session


def _encryption(members: TlsMembers, before: Encryption) -> Encryption:
    domains = members.additional_cert_domains if isinstance(members, HttpsMembers) else None
    after = before._replace(
        cert_ids=before.cert_ids if members.cert_ids is None else members.cert_ids,
        type=members.encryption_type or before.type,
        protocols=before.protocols if members.encryption_protocols is None else members.encryption_protocols,
        ciphers=before.ciphers if members.applied_ciphers is None else members.applied_ciphers,
        dual_auth=before.dual_auth if members.dual_auth is None else members.dual_auth,
        client_cert_ids=before.client_cert_ids if members.client_cert_ids is None else members.client_cert_ids,
        domains=before.domains if domains is None else tuple(map(_domain, domains)),
    )
    if not after.cert_ids:
        raise BadRequest("certIds names a certificate")
    if after.dual_auth and not after.client_cert_ids:
        raise BadRequest("dualAuth needs clientCertIds")
    if after.type == OWN_POLICY and not after.protocols:
        raise BadRequest(f"encryptionType {OWN_POLICY} needs encryptionProtocols")
    for cert_id in (*after.cert_ids, *after.client_cert_ids, *(each.cert_id for each in after.domains)):
        if CERTIFICATE.fullmatch(cert_id) is None:
            raise CertificateNotFound(f"{cert_id[:64]!r} is no id of a certificate")
    return after


def _domain(model: CertDomainModel) -> DomainCertificate:
    host = model.host or model.host_capital
    if not host:
        raise BadRequest("additionalCertDomains name a host each")
    return DomainCertificate(model.cert_id, host)
