"""What a signature may stand for, what it may not, and what is said of it: each rule at its edge, against texts written out."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode

import pytest

from bce_emulator.engine.errors import (
    ApiError,
    InvalidHTTPAuthHeader,
    InvalidHTTPRequest,
    RequestExpired,
    SignatureDoesNotMatch,
)
from bce_emulator.engine.http import signature
from bce_emulator.engine.http.request import Head, Request

STAMP, AT = "2026-01-01T00:00:00Z", 1_767_225_600
PREFIX = f"bce-auth-v1/test/{STAMP}/1800"
HEX = "0123456789abcdef" * 4
SECRET = "a-secret"
HOST = ("host", "h:80")
MD5 = b64encode(hashlib.md5(b"body").digest()).decode()
SHA256 = hashlib.sha256(b"body").hexdigest()


def request(*headers: tuple[str, str], method="PUT", path="/v2/a", query="", body=b"") -> Request:
    scope = {"method": method, "raw_path": path.encode(), "query_string": query.encode()}
    made = Request(Head(scope | {"headers": [(name.encode(), value.encode("latin-1")) for name, value in headers]}))
    made.decode()
    made.body = body
    return made


def hmac_sha256(key: str, text: str) -> str:
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def authorization(canonical: str, names: str, prefix: str = PREFIX) -> signature.Authorization:
    return signature.parse(f"{prefix}/{names}/{hmac_sha256(hmac_sha256(SECRET, prefix), canonical)}")


def told(error: type[ApiError], function, *arguments) -> str:
    """What a refusal explains."""
    with pytest.raises(ApiError) as caught:
        function(*arguments)
    assert type(caught.value) is error
    return caught.value.explanation


RICH = {
    "headers": (
        ("host", " h:80 "),
        ("content-type", "a/b; c=d"),
        ("content-length", "4"),
        ("content-md5", "x=="),
        ("authorization", "mine"),
        ("x-bce-date", "D"),
        ("x-bce-empty", " "),
        ("user-agent", "u"),
    ),
    "path": "/v2/a-_.~%7e%2Bb+ä",
    "query": "b=2&&a&Authorization=z&b=1%2f&c=%7E%20+",
}
PATH, RAW_PATH = "/v2/a-_.~~%2Bb%2B%C3%A4", "/v2/a-_.~%7e%2Bb+ä"
QUERY, QUERY_WITH = "a=&b=1%2F&b=2&c=~%20%2B", "Authorization=z&a=&b=1%2F&b=2&c=~%20%2B"
DEFAULT = ["content-length:4", "content-md5:x%3D%3D", "content-type:a%2Fb%3B%20c%3Dd", "host:h%3A80"]
CUSTOM = ["x-bce-date:D", "x-bce-empty:"]


def canonicals(*sets: list[str]) -> list[str]:
    return [
        "\n".join(("PUT", path, query, *headers))
        for headers in sets
        for path in (PATH, RAW_PATH)
        for query in (QUERY, QUERY_WITH)
    ]


@pytest.mark.parametrize(
    ("listed", "sets"),
    [
        ("", [DEFAULT + CUSTOM, DEFAULT + CUSTOM[:1]]),
        (" Host ;;user-agent;host", [["host:h%3A80", "user-agent:u"], ["host:h%3A80", "user-agent:u", *CUSTOM],
                                    ["host:h%3A80", "user-agent:u", *CUSTOM[:1]]]),
        ("host;x-bce-empty;x-bce-date", [["host:h%3A80", *CUSTOM], ["host:h%3A80", *CUSTOM[:1]]]),
    ],
    ids=["default", "listed", "listed with all custom ones"],
)  # fmt: skip
def test_a_signature_stands_for_these_canonical_requests_and_no_other(listed, sets):
    sent = request(*RICH["headers"], path=RICH["path"], query=RICH["query"])
    names = signature.header_names(listed)

    texts = [each.text.decode() for each in signature.candidates(sent, names)]

    assert texts == canonicals(*sets)
    assert signature.likeliest(sent, names).decode() == texts[0]
    for text in texts:
        signature.verify(sent, authorization(text, listed), SECRET)
        assert signature.matching(sent, authorization(text, listed), SECRET).text.decode() == text
    assert signature.matching(sent, authorization(texts[0] + " ", listed), SECRET) is None
    assert told(SignatureDoesNotMatch, signature.verify, sent, authorization(texts[0] + " ", listed), SECRET) == ""
    assert told(SignatureDoesNotMatch, signature.verify, sent, authorization(texts[0], listed), "another") == ""


@pytest.mark.parametrize(
    ("length", "listed", "accepted"),
    [("0", "", True), ("4", "", False), ("00", "", False), ("0", "host;content-length", False)],
)
def test_a_length_of_nothing_need_not_be_signed_unless_it_is_named(length, listed, accepted):
    sent = request(("host", "h"), ("content-length", length), ("x-bce-date", "D"))
    signed = authorization("PUT\n/v2/a\n\nhost:h\nx-bce-date:D", listed)

    assert (signature.matching(sent, signed, SECRET) is not None) is accepted
    if accepted:
        signature.verify(sent, signed, SECRET)
    else:
        assert told(SignatureDoesNotMatch, signature.verify, sent, signed, SECRET) == ""


def test_the_authorization_item_is_never_signed_where_it_carries_the_signature():
    sent = request(HOST, query="a=1&authorization=x")

    assert [each.text for each in signature.candidates(sent, (b"host",))] == [b"PUT\n/v2/a\na=1\nhost:h%3A80"]


def test_an_empty_path_and_query_are_signed_as_slash_and_nothing():
    sent = request(HOST, method="GET", path="")

    assert [each.text for each in signature.candidates(sent, (b"host",))] == [
        b"GET\n/\n\nhost:h%3A80",
        b"GET\n\n\nhost:h%3A80",
    ]
    assert signature.likeliest(sent, (b"host",)) == b"GET\n/\n\nhost:h%3A80"


def test_the_host_is_signed_and_no_signed_header_is_missing():
    sent = request(HOST, ("date", "d"))

    unsigned = authorization("PUT\n/v2/a\n\ndate:d", "date")
    missing = authorization("PUT\n/v2/a\n\n", "host;X-Missing")

    assert told(SignatureDoesNotMatch, signature.verify, sent, unsigned, SECRET) == signature.HOST_NOT_SIGNED
    assert signature.HOST_NOT_SIGNED == "host is not among the signed headers"
    assert told(SignatureDoesNotMatch, signature.verify, sent, missing, SECRET) == (
        "the request lacks the signed header x-missing"
    )


@pytest.mark.parametrize(
    ("text", "explanation"),
    [
        ("bce-auth-v2" + PREFIX[11:] + f"//{HEX}", "the authorization string must start with bce-auth-v1/"),
        ("", "the authorization string must start with bce-auth-v1/"),
        (f"{PREFIX}/{HEX}", "the authorization string has 5 parts between slashes instead of 6"),
        (f"{PREFIX}//{HEX}/", "the authorization string has 7 parts between slashes instead of 6"),
        (f"bce-auth-v1//{STAMP}/1800//{HEX}", "the access key is empty"),
        *(
            (f"bce-auth-v1/test/{stamp}/1800//{HEX}", "the timestamp is not a date of the form 2026-01-01T00:00:00Z")
            for stamp in ("2026-01-01", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00+", f"{STAMP}Z", f"2{STAMP}")
        ),
        *(
            (f"bce-auth-v1/test/{STAMP}/{seconds}//{HEX}", "the expiration is not a positive number of seconds")
            for seconds in ("", "-1", "1.5", "0", "00", "0" * 10, "1" * 11, "0" * 11, "1s")
        ),
        *(
            (f"{PREFIX}//{wrong}", "the signature is not 64 lower-case hex digits")
            for wrong in (HEX[1:], HEX + "0", HEX.upper(), "g" + HEX[1:], "")
        ),
        (f"bce-auth-v1/test/{STAMP}/9999999999//", "the signature is not 64 lower-case hex digits"),
        (f"{PREFIX}/{'h' * 2_000}/{HEX}", "an authorization string is ASCII and at most 2048 characters"),
        (f"{PREFIX}/hôst/{HEX}", "an authorization string is ASCII and at most 2048 characters"),
    ],
    ids=lambda text: text[:60],
)
def test_an_authorization_string_of_another_form_is_refused_with_what_is_wrong(text, explanation):
    assert told(InvalidHTTPAuthHeader, signature.parse, text) == explanation


def test_an_authorization_string_is_taken_apart():
    longest = "h" * (2_048 - len(f"{PREFIX}//{HEX}"))

    assert signature.parse(f"{PREFIX}/host;date/{HEX}") == (PREFIX, "test", STAMP, AT, 1_800, "host;date", HEX)
    assert signature.parse(f"{PREFIX}/{longest}/{HEX}").signed_headers == longest
    assert signature.parse(f"bce-auth-v1/t/{STAMP}/9999999999//{HEX}").expiration == 9_999_999_999
    assert signature.parse(f"bce-auth-v1/t/{STAMP}/1//{HEX}").expiration == 1


@pytest.mark.parametrize(
    ("headers", "query", "found"),
    [
        ([HOST], "", None),
        ([HOST], "a=1", None),
        ([HOST], "a=%31", None),
        ([HOST, ("authorization", "in a header, ä")], "authorization=b", "in a header, ä"),
        ([HOST, ("authorization", "")], "authorization=b", ""),
        ([HOST], "a=1&authorization=b&c", "b"),
        ([HOST], "Authorization=b%2fc", "b/c"),
        ([HOST], "authorizatio%6e=b", "b"),
        ([HOST, ("date", "1"), ("date", "2")], "authorization=b", "b"),
    ],
)
def test_the_authorization_is_in_the_header_or_in_the_query(headers, query, found):
    assert signature.find_authorization(request(*headers, query=query)) == found


def test_of_a_head_that_others_share_the_authorization_is_the_one_that_came():
    head = request(HOST, ("authorization", "the first one")).head.shared()

    assert signature.find_authorization(Request(head, signed=b"caf\xe9")) == "caf\xe9"
    assert signature.find_authorization(Request(head)) == "the first one"


@pytest.mark.parametrize(
    ("headers", "query", "explanation"),
    [
        ([HOST, HOST], "", "a request has one Authorization header and one Host header"),
        ([HOST, ("authorization", "a"), ("authorization", "a")], "", "a request has one Authorization header and one Host header"),
        ([HOST], "authorization=a&AUTHORIZATION=a", "the query has two authorization items"),
    ],
)  # fmt: skip
def test_two_authorizations_are_one_too_many(headers, query, explanation):
    assert told(InvalidHTTPAuthHeader, signature.find_authorization, request(*headers, query=query)) == explanation


WRONG_MD5, WRONG_SHA = (
    "the body does not have the signed Content-MD5",
    "the body does not have the signed x-bce-content-sha256",
)


@pytest.mark.parametrize(
    ("headers", "listed", "explanation"),
    [
        ({"content-md5": "x"}, "", WRONG_MD5),
        ({"content-md5": "x"}, "host;content-md5", WRONG_MD5),
        ({"content-md5": "x", "x-bce-content-sha256": SHA256}, "", WRONG_MD5),
        ({"x-bce-content-sha256": "x"}, "", WRONG_SHA),
        ({"x-bce-content-sha256": "x"}, "host;x-bce-content-sha256", WRONG_SHA),
        ({"x-bce-content-sha256": SHA256.upper()}, "", WRONG_SHA),
        ({"content-md5": MD5, "x-bce-content-sha256": "x"}, "", WRONG_SHA),
        ({"content-md5": MD5, "x-bce-content-sha256": SHA256}, "", None),
        ({"content-md5": MD5}, "", None),
        ({"x-bce-content-sha256": SHA256}, "", None),
        ({"content-md5": "x"}, "host", None),
        ({"x-bce-content-sha256": "x"}, "host", None),
        ({"content-md5": "x", "x-bce-content-sha256": SHA256}, "host;x-bce-content-sha256", None),
        ({}, "", None),
    ],
)
def test_a_body_has_the_digest_that_was_signed_of_it(headers, listed, explanation):
    sent = request(HOST, ("authorization", f"{PREFIX}/{listed}/{HEX}"), *headers.items(), body=b"body")

    if explanation is None:
        signature.check_body(sent)
    else:
        assert told(InvalidHTTPRequest, signature.check_body, sent) == explanation


@pytest.mark.parametrize(
    ("headers", "named"), [([], False), ([("content-md5", MD5)], True), ([("x-bce-content-sha256", SHA256)], True)]
)
def test_a_head_tells_whether_it_has_a_digest_of_the_body(headers, named):
    assert request(HOST, *headers, body=b"body").head.names_digest is named


def test_a_digest_without_a_signature_is_refused_as_a_wrong_authorization():
    sent = request(HOST, ("content-md5", MD5), body=b"body")

    assert told(InvalidHTTPAuthHeader, signature.check_body, sent).startswith("the authorization string must start")


EXPIRED, FAR_OFF = "the signature's time is over", "the clocks of client and server differ by more than 30 minutes"


@pytest.mark.parametrize(
    ("headers", "expiration", "now", "explanation", "date"),
    [
        ({}, 1_800, AT + 1_800, None, None),
        ({}, 1_800, AT + 1_801, EXPIRED, STAMP),
        ({}, 1_800, AT - 1_800, None, None),
        ({}, 1_800, AT - 1_801, FAR_OFF, STAMP),
        ({}, 9_000, AT + 1_800, None, None),
        ({}, 9_000, AT + 1_801, FAR_OFF, STAMP),
        ({"x-bce-date": "2026-01-01T01:00:00Z"}, 9_000, AT + 5_400, None, None),
        ({"x-bce-date": "2026-01-01T01:00:00Z"}, 9_000, AT + 5_401, FAR_OFF, "2026-01-01T01:00:00Z"),
        ({"x-bce-date": "2026-01-01T01:00:00Z"}, 9_000, AT + 1_799, FAR_OFF, "2026-01-01T01:00:00Z"),
        ({"x-bce-date": "2026-01-01T01:00:00Z"}, 60, AT + 61, EXPIRED, "2026-01-01T01:00:00Z"),
        ({"x-bce-date": "2025-12-31T23:00:00Z"}, 1_800, AT - 1_801, FAR_OFF, "2025-12-31T23:00:00Z"),
        ({"date": "Thu, 01 Jan 2026 02:00:00 GMT"}, 9_000, AT + 7_200, None, None),
        ({"date": "Thu, 01 Jan 2026 02:00:00 GMT"}, 9_000, AT, FAR_OFF, "2026-01-01T02:00:00Z"),
        ({"date": "Thu, 01 Jan 2026 02:00:00 GMT", "x-bce-date": STAMP}, 1_800, AT, None, None),
        ({"date": "no date"}, 1_800, AT, None, None),
    ],
)
def test_what_has_expired_or_comes_from_a_clock_too_far_off_is_refused_to_the_second(
    headers, expiration, now, explanation, date
):
    sent = request(HOST, *headers.items())
    parsed = signature.parse(f"bce-auth-v1/test/{STAMP}/{expiration}//{HEX}")

    if explanation is None:
        signature.check_time(sent, parsed, now)
        return
    with pytest.raises(RequestExpired) as caught:
        signature.check_time(sent, parsed, now)
    assert (caught.value.explanation, caught.value.text) == (
        explanation,
        f"Request has expired. Timestamp date is {date}.",
    )


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("", AT),
        (STAMP, AT),
        ("2026-01-01T00:00:01Z", AT + 1),
        ("Thu, 01 Jan 2026 08:00:02 +0800", AT + 2),
        ("1970-01-01T00:00:00Z", 0),
        ("1969-12-31T23:59:59Z", AT),
        ("9999-12-31T23:59:59Z", 253_402_300_799),
        ("Fri, 31 Dec 9999 23:00:00 -0100", AT),
        ("Fri, 31 Dec 9999 23:59:59 -0000", 253_402_300_799),
        ("Thu, 32 Jan 2026 08:00:00 GMT", AT),
        ("Thu, 01 Jan 99999999999 08:00:00 GMT", AT),
        ("2026-13-01T00:00:00Z", AT),
        ("x", AT),
        (",", AT),
    ],
)
def test_a_clients_clock_said_its_date_header_or_else_its_timestamp(date, moment):
    parsed = signature.parse(f"{PREFIX}//{HEX}")

    assert signature.moment_of(request(("x-bce-date", date)), parsed) == moment
    assert signature.moment_of(request(("date", date)), parsed) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [(STAMP, AT), ("2026-02-30T00:00:00Z", None), ("2026-1-1T00:00:00Z", None), ("x", None), (f"{STAMP}\n", None)],
)
def test_a_timestamp_is_of_one_form(text, moment):
    assert signature.seconds_of(text) == moment
    assert signature.seconds_of("٢026-01-01T00:00:00Z") is None


def test_headers_are_sorted_encoded_and_trimmed():
    headers = [(b"x-b", b" b:c "), (b"host", b"h:80"), (b"x-a", b"")]

    assert signature.canonical_headers(headers) == b"host:h%3A80\nx-a:\nx-b:b%3Ac"
    assert signature.header_names("B; a;;b ") == (b"b", b"a")
    assert signature.header_names("") == ()


@pytest.mark.parametrize("length", [0, 1, 63, 64, 65, 200])
def test_the_digest_is_the_one_of_the_library_whatever_the_length_of_the_key(length):
    key, message = bytes(range(200))[:length], b"a message"

    assert signature.sign(signature.key_of(key), message) == hmac.new(key, message, hashlib.sha256).hexdigest()


def test_of_a_head_that_comes_again_what_is_signed_is_worked_out_once():
    made = request(("host", "h"), ("x-note", "a"))
    wanted = signature.likeliest(made, (b"host",))
    made.head.canonical = {}

    assert [signature.likeliest(made, (b"host",)) for _ in range(2)] == [wanted] * 2
    assert made.head.canonical == {(b"host",): wanted}

    made.head.canonical[b"host",] = b"remembered"
    assert signature.likeliest(made, (b"host",)) == b"remembered"
    assert signature.likeliest(made, (b"x-note",)) != wanted


def test_what_is_remembered_of_a_head_is_bounded_and_has_no_signature():
    made = request(("host", "h"), ("authorization", "one"), *((f"x-{number}", "a") for number in range(6)))
    made.head.canonical = {}
    for number in range(6):
        assert b"x-%d" % number in signature.likeliest(made, (b"x-%d" % number,))
    assert list(made.head.canonical) == [(b"x-%d" % number,) for number in range(4)]

    made.head.canonical = {}
    for value in (b"one", b"another"):
        made.headers[b"authorization"] = value
        assert value in signature.likeliest(made, (b"host", b"authorization"))
    assert made.head.canonical == {}
