"""Mistakes in the signed headers, and in what follows them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import md5, sha256
from itertools import product

from bce_emulator.engine.http.request import MD5, SHA256
from bce_emulator.engine.http.signature import CUSTOM, uri_encode
from bce_emulator.engine.observe.signature_diagnosis.candidate import Candidate, FailedSignature, Pair, encoded_lines

Candidates = Iterator[Candidate]

HOST, TYPE, LENGTH, DATE = b"host", b"content-type", b"content-length", b"x-bce-date"
EMPTY_HASH = sha256(b"").hexdigest().encode()
TYPES = (
    b"application/json",
    b"text/plain",
    b"application/x-www-form-urlencoded",
    b"application/octet-stream",
    b"text/html",
    b"application/xml",
)
CHARSETS = (
    b"",
    b"; charset=utf-8",
    b";charset=utf-8",
    b"; charset=UTF-8",
    b";charset=UTF-8",
    b"; charset=utf8",
    b";charset=utf8",
)
JOINTS = (b"\r\n", b"\r", b"\\n", b"", b" ")
BLANKS = (b"", b" ", b"  ", b"\t", b"\n", b"\r\n")


def host_without_port(case: FailedSignature, base: Candidate) -> Candidates:
    """``localhost`` instead of ``localhost:8080``."""
    name, colon, port = case.request.headers.get(HOST, b"").rpartition(b":")
    if colon and port.isdigit():
        yield case.with_header(base, HOST, name)


def host_with_port(case: FailedSignature, base: Candidate) -> Candidates:
    """``localhost:80`` instead of ``localhost``."""
    host = case.request.headers.get(HOST, b"")
    if not host.rpartition(b":")[2].isdigit():
        for port in case.ports:
            yield case.with_header(base, HOST, b"%b:%d" % (host, port))


def host_of_the_cloud(case: FailedSignature, base: Candidate) -> Candidates:
    """The cloud's own host, while the request goes to the emulator."""
    for host in case.hosts:
        yield case.with_header(base, HOST, host.encode())


def host_with_scheme(case: FailedSignature, base: Candidate) -> Candidates:
    """``http://localhost:8080`` instead of ``localhost:8080``."""
    host = case.request.headers.get(HOST, b"")
    for scheme in (b"http://", b"https://"):
        yield case.with_header(base, HOST, scheme + host)
        yield case.with_header(base, HOST, scheme + host + b"/")


def host_not_signed(case: FailedSignature, base: Candidate) -> Candidates:
    """No line for the host, although it is listed or belongs to the default set."""
    yield case.with_header(base, HOST, None)


def header_value_not_trimmed(case: FailedSignature, base: Candidate) -> Candidates:
    """Blanks around a value, which do not survive the way."""
    for name, value in base.headers:
        for before, behind in product(BLANKS, BLANKS):
            if before or behind:
                yield case.with_header(base, name, before + value + behind)._replace(write=_untrimmed)


def content_type_altered(case: FailedSignature, base: Candidate) -> Candidates:
    """Another Content-Type, or none: a library or a proxy wrote its own."""
    content_type = case.request.headers.get(TYPE, b"")
    absent = () if case.names else (None,)
    types = dict.fromkeys((content_type.partition(b";")[0], *TYPES))
    usual = [type_ + charset for charset in CHARSETS for type_ in types]
    for value in dict.fromkeys((*absent, b"", content_type.lower(), content_type.replace(b" ", b""), *usual)):
        yield case.with_header(base, TYPE, value)


def content_length_altered(case: FailedSignature, base: Candidate) -> Candidates:
    """Another Content-Length, or none: a library or a proxy wrote its own."""
    absent = () if case.names else (None,)
    for value in (*absent, b"0", b"%d" % len(case.request.body)):
        yield case.with_header(base, LENGTH, value)


def header_values_not_encoded(case: FailedSignature, base: Candidate) -> Candidates:
    """``x-bce-date:2026-01-01T00:00:00Z`` with its colons."""
    yield base._replace(write=_plain_lines)


def header_names_not_in_lower_case(case: FailedSignature, base: Candidate) -> Candidates:
    """``Host:…`` as the header is usually written."""
    for write_name in (bytes.title, bytes.upper):
        headers = tuple((write_name(name), value) for name, value in base.headers)
        yield base._replace(headers=headers)
        yield base._replace(headers=headers, write=_in_order)


def headers_not_sorted(case: FailedSignature, base: Candidate) -> Candidates:
    """The lines in the order of the list, in the order sent, or backwards."""
    headers = case.request.headers
    sent = tuple((name, value) for name, value in headers.items() if (name, value) in base.headers)
    for order in (base.headers, sent, tuple(reversed(base.headers))):
        yield base._replace(headers=order, write=_in_order)


def other_headers_signed(case: FailedSignature, base: Candidate) -> Candidates:
    """Other headers than the list says: only the host, host and date, or everything there is."""
    headers = case.request.headers
    date = [name for name in (DATE, b"date") if name in headers]
    custom = [name for name in headers if name.startswith(CUSTOM)]
    default = [name for name in (HOST, LENGTH, b"content-md5", TYPE) if name in headers]
    named = [name for name, _ in base.headers]
    sets = [[HOST], [HOST, *date], [HOST, *custom], default, [*default, *custom], [HOST, TYPE, *date]]
    sets += [[each for each in named if each != name] for name in named]
    sets.append([name for name in headers if name != b"authorization"])
    for names in sets:
        yield base._replace(headers=tuple((name, headers[name]) for name in names if name in headers))


def newline_at_the_end(case: FailedSignature, base: Candidate) -> Candidates:
    """A line feed after the last header, or a line too few before it."""
    yield base._replace(tail=b"\n")
    yield base._replace(tail=b"\n\n")


def line_ends(case: FailedSignature, base: Candidate) -> Candidates:
    """CR LF between the lines, or a backslash and an n, or nothing."""
    for joint in JOINTS:
        yield base._replace(joint=joint)
        yield base._replace(joint=joint, tail=joint)


def header_not_sent(case: FailedSignature, base: Candidate) -> Candidates:
    """A header of the default set that was signed and did not arrive."""
    if not case.names:
        stamp, digest = case.authorization.stamp.encode(), b64encode(md5(case.request.body).digest())
        for name, value in ((DATE, stamp), (MD5, digest), (SHA256, sha256(case.request.body).hexdigest().encode())):
            if not case.request.headers.get(name):
                yield case.with_header(base, name, value)


def aws_body_hash(case: FailedSignature, base: Candidate) -> Candidates:
    """The hash of the body at the end, as AWS signature version 4 has it."""
    signed = b";".join(sorted(name for name, _ in base.headers))
    for digest in dict.fromkeys((sha256(case.request.body).hexdigest().encode(), EMPTY_HASH, b"UNSIGNED-PAYLOAD")):
        yield base._replace(tail=b"\n" + digest)
        for tail in (b"\n\n" + signed + b"\n" + digest, b"\n" + signed + b"\n" + digest):
            yield base._replace(tail=tail)
            yield base._replace(tail=tail, write=_plain_lines)


def _untrimmed(pairs: Iterable[Pair]) -> list[bytes]:
    return sorted(uri_encode(name) + b":" + uri_encode(value) for name, value in pairs)


def _plain_lines(pairs: Iterable[Pair]) -> list[bytes]:
    return sorted(name + b":" + value.strip() for name, value in pairs)


def _in_order(pairs: Iterable[Pair]) -> list[bytes]:
    return [line for pair in pairs for line in encoded_lines([pair])]
