"""Mistakes with the keys, with the prefix that the signing key is made of, and with the HMACs."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.observe.signature_diagnosis.candidate import (
    Candidate,
    FailedSignature,
    as_documented,
    hmac_sha256,
)

Candidates = Iterator[Candidate]

HALF_HOUR = 1_800
ZONES = (*(half * HALF_HOUR for half in range(-24, 29) if half), 20_700, 31_500, 45_900)
"""UTC-12 to UTC+14 in half hours, and the zones of Kathmandu, Eucla and Chatham, in seconds."""
BLANKS = ("", " ", "  ", "\t", "\u00a0", "\ufeff")
"""The last two are what web pages put between words, and editors at the start of a file."""
LINE_ENDS = ("\n", "\r\n", "\r")
EXPIRATIONS = (1_800, 3_600, 60, 300, 600, 86_400)
SECONDS_APART = (1, -1, 2, -2, 3, -3)


def wrong_secret_key(case: FailedSignature, base: Candidate) -> Candidates:
    """The secret key of another access key that the emulator knows."""
    for secret in case.other_secrets.values():
        yield base._replace(secret=secret)


def secret_key_with_newline(case: FailedSignature, base: Candidate) -> Candidates:
    """The line end of the file that it was read from."""
    for end in LINE_ENDS:
        for blank in BLANKS:
            yield _with(base, behind=blank + end)
            yield _with(base, before=end + blank)
        yield _with(base, behind=end + end)
        yield _with(base, before=end, behind=end)


def secret_key_with_blanks(case: FailedSignature, base: Candidate) -> Candidates:
    """Blanks around it."""
    for before in BLANKS:
        for behind in BLANKS:
            if before or behind:
                yield _with(base, before, behind)


def secret_key_in_quotes(case: FailedSignature, base: Candidate) -> Candidates:
    """The quotes of a settings file."""
    for quote in (b'"', b"'"):
        yield base._replace(secret=quote + base.secret + quote)


def secret_key_in_other_case(case: FailedSignature, base: Candidate) -> Candidates:
    """All in lower or upper case."""
    yield base._replace(secret=base.secret.lower())
    yield base._replace(secret=base.secret.upper())


def access_key_as_secret_key(case: FailedSignature, base: Candidate) -> Candidates:
    """The same key twice."""
    yield base._replace(secret=case.authorization.access_key.encode("latin-1"))


def secret_key_empty(case: FailedSignature, base: Candidate) -> Candidates:
    """A variable that is not set."""
    for secret in (b"", b"None", b"null", b"undefined"):
        yield base._replace(secret=secret)


def local_time(case: FailedSignature, base: Candidate) -> Candidates:
    """The signing key of a time in another zone than the one in the authorization string."""
    for seconds in ZONES:
        yield base._replace(prefix=_prefix(case, seconds=seconds))


def timestamp_differs(case: FailedSignature, base: Candidate) -> Candidates:
    """The signing key of another moment: the clock was read twice."""
    for seconds in SECONDS_APART:
        yield base._replace(prefix=_prefix(case, seconds=seconds))
    for name in (b"x-bce-date", b"date"):
        if date := case.request.headers.get(name):
            head = case.prefix.split(b"/")
            yield base._replace(prefix=b"/".join((*head[:2], date, head[3])))


def expiration_in_milliseconds(case: FailedSignature, base: Candidate) -> Candidates:
    """The signing key of an expiration in another unit than the one in the authorization string."""
    yield base._replace(prefix=_prefix(case, expiration=case.authorization.expiration * 1_000))
    yield base._replace(prefix=_prefix(case, expiration=case.authorization.expiration // 1_000))


def expiration_differs(case: FailedSignature, base: Candidate) -> Candidates:
    """The signing key of another expiration than the one in the authorization string."""
    for expiration in EXPIRATIONS:
        yield base._replace(prefix=_prefix(case, expiration=expiration))


def signed_headers_in_prefix(case: FailedSignature, base: Candidate) -> Candidates:
    """More in the prefix than its four parts."""
    yield base._replace(prefix=base.prefix + b"/" + case.authorization.signed_headers.encode("latin-1"))
    yield base._replace(prefix=base.prefix + b"/")


def signing_key_as_raw_bytes(case: FailedSignature, base: Candidate) -> Candidates:
    """The 32 bytes of the signing key instead of its 64 hex digits."""
    yield base._replace(sign=lambda secret, prefix, text: hmac_sha256(hmac_sha256(secret, prefix), text))


def signing_key_in_other_form(case: FailedSignature, base: Candidate) -> Candidates:
    """The signing key in upper-case hex or in base 64."""
    yield base._replace(
        sign=lambda secret, prefix, text: hmac_sha256(hmac_sha256(secret, prefix).hex().upper().encode(), text)
    )
    yield base._replace(sign=lambda secret, prefix, text: hmac_sha256(b64encode(hmac_sha256(secret, prefix)), text))


def secret_key_used_directly(case: FailedSignature, base: Candidate) -> Candidates:
    """No signing key at all."""
    yield base._replace(sign=lambda secret, _prefix, text: hmac_sha256(secret, text))


def hmac_arguments_swapped(case: FailedSignature, base: Candidate) -> Candidates:
    """Key and message in each other's place, in the first step, in the second, or in both."""

    def first(secret: bytes, prefix: bytes) -> bytes:
        return hmac_sha256(prefix, secret).hex().encode()

    yield base._replace(sign=lambda secret, prefix, text: hmac_sha256(first(secret, prefix), text))
    yield base._replace(sign=lambda secret, prefix, text: hmac_sha256(text, first(secret, prefix)))
    yield base._replace(sign=lambda secret, prefix, text: hmac_sha256(text, hmac_sha256(secret, prefix).hex().encode()))


def canonical_request_hashed(case: FailedSignature, base: Candidate) -> Candidates:
    """The hash of the canonical request, as AWS signature version 4 signs it."""
    yield base._replace(
        sign=lambda secret, prefix, text: as_documented(secret, prefix, sha256(text).hexdigest().encode())
    )


def _with(base: Candidate, before: str = "", behind: str = "") -> Candidate:
    return base._replace(secret=before.encode() + base.secret + behind.encode())


def _prefix(case: FailedSignature, *, seconds: float = 0, expiration: int | None = None) -> bytes:
    scheme, access_key, _, written = case.prefix.split(b"/")
    date = iso(max(0, case.authorization.timestamp + seconds)).encode()
    return b"/".join((scheme, access_key, date, written if expiration is None else b"%d" % expiration))
