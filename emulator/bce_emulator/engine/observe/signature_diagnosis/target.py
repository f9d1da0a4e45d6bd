"""Mistakes in the first three lines of a canonical request: method, path and query."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations, permutations
from urllib.parse import quote_from_bytes, quote_plus, unquote_to_bytes

from bce_emulator.engine.http.signature import UNRESERVED, uri_encode
from bce_emulator.engine.observe.signature_diagnosis.candidate import Candidate, FailedSignature, Item

Candidates = Iterator[Candidate]

FEW = 4
"""So many items of a query are tried in every order."""
SOME = 6
"""So many items of a query are altered one by one, or left out in any number."""
METHODS = (b"GET", b"PUT", b"POST", b"DELETE", b"HEAD", b"PATCH", b"OPTIONS")
VERSIONS = (b"v1", b"v2", b"v3", b"v4")
PREFIXES = (b"api", b"bcc", b"vpc", b"eip", b"blb", b"bbc", b"bce", b"openapi", b"proxy", b"emulator", b"mock")
USUAL_ITEMS = tuple(Item(b"maxKeys", b"%d" % most) for most in (1, 10, 20, 50, 100, 1_000))

_VERSION = re.compile(rb"v\d+")


def method_in_lower_case(case: FailedSignature, base: Candidate) -> Candidates:
    """``put`` instead of ``PUT``."""
    yield base._replace(method=base.method.lower())


def other_method_signed(case: FailedSignature, base: Candidate) -> Candidates:
    """``PUT`` instead of ``POST``: a library or a redirect took another one."""
    for method in METHODS:
        if method != base.method:
            yield base._replace(method=method)


def version_differs(case: FailedSignature, base: Candidate) -> Candidates:
    """``/v1/instance`` instead of ``/v2/instance``."""
    first, slash, rest = base.path[1:].partition(b"/")
    if _VERSION.fullmatch(first):
        for version in VERSIONS:
            yield base._replace(path=b"/" + version + slash + rest)


def path_prefix(case: FailedSignature, base: Candidate) -> Candidates:
    """A prefix before the version that was sent and not signed, or signed and not sent."""
    segments = base.path.split(b"/")
    for index in range(2, len(segments)):
        if _VERSION.fullmatch(segments[index]):
            yield base._replace(path=b"/" + b"/".join(segments[index:]))
    for prefix in (*PREFIXES, case.request.headers.get(b"host", b"")):
        yield base._replace(path=b"/" + prefix + base.path)


def slash_at_the_start(case: FailedSignature, base: Candidate) -> Candidates:
    """No slash at the start of the path, or two."""
    yield base._replace(path=base.path[1:])
    yield base._replace(path=b"/" + base.path)
    if base.path.startswith(b"//"):
        yield base._replace(path=b"/" + base.path.lstrip(b"/"))


def path_in_other_case(case: FailedSignature, base: Candidate) -> Candidates:
    """The path all in lower or upper case."""
    path = unquote_to_bytes(base.path)
    yield base._replace(path=_encode_path(path.lower()))
    yield base._replace(path=_encode_path(path.upper()))


def path_encoded_twice(case: FailedSignature, base: Candidate) -> Candidates:
    """``%25`` instead of ``%``."""
    yield base._replace(path=_encode_path(base.path))


def path_not_encoded(case: FailedSignature, base: Candidate) -> Candidates:
    """The path as it is meant."""
    yield base._replace(path=unquote_to_bytes(base.path))


def slash_encoded(case: FailedSignature, base: Candidate) -> Candidates:
    """``%2F`` instead of the slashes, all or all but the first."""
    whole = uri_encode(unquote_to_bytes(base.path))
    yield base._replace(path=whole)
    yield base._replace(path=b"/" + whole.removeprefix(b"%2F"))


def path_without_version(case: FailedSignature, base: Candidate) -> Candidates:
    """The path relative to a base URL."""
    _, _, rest = base.path[1:].partition(b"/")
    yield base._replace(path=b"/" + rest)
    yield base._replace(path=rest)


def trailing_slash(case: FailedSignature, base: Candidate) -> Candidates:
    """A slash at the end that was sent and not signed, or the other way round."""
    yield base._replace(path=base.path.rstrip(b"/") or b"/")
    yield base._replace(path=base.path + b"/")


def query_in_path(case: FailedSignature, base: Candidate) -> Candidates:
    """The whole request target as the path."""
    target = base.path + b"?" + case.request.query_string
    for path in (target, _encode_path(target)):
        yield base._replace(path=path, query=b"")
        yield base._replace(path=path)


def url_as_path(case: FailedSignature, base: Candidate) -> Candidates:
    """The whole URL as the path."""
    host = case.request.headers.get(b"host", b"")
    for scheme in (b"http://", b"https://"):
        for end in (b"", b"?" + case.request.query_string):
            url = scheme + host + base.path + end
            yield base._replace(path=url)
            yield base._replace(path=_encode_path(url))


def query_not_sorted(case: FailedSignature, base: Candidate) -> Candidates:
    """The items in the order they were sent, or in another one if they are few."""
    yield base._replace(query=_joined(case.items))
    if len(case.items) <= FEW:
        for items in permutations(case.items):
            yield base._replace(query=_joined(items))


def query_sorted_by_key(case: FailedSignature, base: Candidate) -> Candidates:
    """The items sorted by their keys, not as whole ``key=value`` strings."""
    yield base._replace(query=b"&".join(_plain(item) for item in sorted(case.items, key=lambda item: item.key)))


def query_key_without_equals(case: FailedSignature, base: Candidate) -> Candidates:
    """``stop`` instead of ``stop=``."""
    parts = [_plain(item) if item.value else uri_encode(item.key) for item in case.items]
    yield base._replace(query=b"&".join(sorted(parts)))
    yield base._replace(query=b"&".join(parts))


def query_encoded_twice(case: FailedSignature, base: Candidate) -> Candidates:
    """``%2525`` instead of ``%25``: the values, or keys and values."""
    values = [uri_encode(item.key) + b"=" + uri_encode(uri_encode(item.value)) for item in case.items]
    both = [uri_encode(uri_encode(item.key)) + b"=" + uri_encode(uri_encode(item.value)) for item in case.items]
    yield base._replace(query=b"&".join(sorted(values)))
    yield base._replace(query=b"&".join(sorted(both)))


def query_not_encoded(case: FailedSignature, base: Candidate) -> Candidates:
    """Keys and values as they are meant."""
    parts = [item.key + b"=" + item.value for item in case.items]
    yield base._replace(query=b"&".join(sorted(parts)))
    yield base._replace(query=b"&".join(parts))
    yield base._replace(query=case.request.query_string)


def query_slash_not_encoded(case: FailedSignature, base: Candidate) -> Candidates:
    """``/`` instead of ``%2F``, as Python's ``quote`` does."""
    yield base._replace(query=base.query.replace(b"%2F", b"/"))


def blank_as_plus(case: FailedSignature, base: Candidate) -> Candidates:
    """``+`` instead of ``%20`` in what was signed, or in what was sent."""
    yield base._replace(query=b"&".join(sorted(_form(item) for item in case.items)))
    yield base._replace(query=base.query.replace(b"%2B", b"%20"))


def query_left_out(case: FailedSignature, base: Candidate) -> Candidates:
    """An empty third line, or none."""
    yield base._replace(query=b"")


def query_in_other_case(case: FailedSignature, base: Candidate) -> Candidates:
    """``True`` instead of ``true``, in one item or in all; or ``maxkeys`` instead of ``maxKeys``."""
    usual = {key.lower().encode(): key.encode() for key in case.query_keys}
    yield base._replace(query=_sorted(item._replace(key=usual.get(item.key.lower(), item.key)) for item in case.items))
    for change in (bytes.lower, bytes.capitalize, bytes.upper):
        for member in Item._fields:
            changed = [item._replace(**{member: change(getattr(item, member))}) for item in case.items]
            yield base._replace(query=_sorted(changed))
            for index, item in enumerate(changed) if len(changed) <= SOME else ():
                yield base._replace(query=_sorted((*case.items[:index], item, *case.items[index + 1 :])))


def query_item_not_signed(case: FailedSignature, base: Candidate) -> Candidates:
    """Items that were sent and not signed: each, and if there are few, any of them."""
    items = case.items
    for size in range(1, len(items)) if len(items) <= SOME else (1,):
        for left_out in combinations(range(len(items)), size):
            yield base._replace(query=_sorted(item for index, item in enumerate(items) if index not in left_out))


def query_item_not_sent(case: FailedSignature, base: Candidate) -> Candidates:
    """An item that was signed and not sent: without a value, or a second time; libraries drop such."""
    for item in case.items:
        yield base._replace(query=_sorted((*case.items, item)))
    for key in case.query_keys:
        yield base._replace(query=_sorted((*case.items, Item(key.encode(), b""))))
    for item in USUAL_ITEMS:
        yield base._replace(query=_sorted((*case.items, item)))


def lower_case_percent_encoding(case: FailedSignature, base: Candidate) -> Candidates:
    """``%2f`` instead of ``%2F``, in one line or in all."""
    lower = base._replace(path=_lower_hex(base.path), query=_lower_hex(base.query))

    def write(pairs: object) -> list[bytes]:
        return [_lower_hex(line) for line in base.write(base.headers)]

    yield lower
    yield lower._replace(write=write)


def _encode_path(path: bytes) -> bytes:
    return quote_from_bytes(path, safe=UNRESERVED + "/").encode()


def _plain(item: Item) -> bytes:
    return uri_encode(item.key) + b"=" + uri_encode(item.value)


def _sorted(items: Iterable[Item]) -> bytes:
    return b"&".join(sorted(map(_plain, items)))


def _joined(items: Iterable[Item]) -> bytes:
    return b"&".join(map(_plain, items))


def _form(item: Item) -> bytes:
    return (quote_plus(item.key, safe=UNRESERVED) + "=" + quote_plus(item.value, safe=UNRESERVED)).encode()


def _lower_hex(text: bytes) -> bytes:
    head, *parts = text.split(b"%")
    return b"%".join((head, *(part[:2].lower() + part[2:] for part in parts)))
