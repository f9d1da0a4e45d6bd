"""Every known mistake of a signer, as a request that has it, made with the signer of bce-python-sdk."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import httpx
from baidubce.auth.bce_credentials import BceCredentials

from tests.cloud import NOW, Cloud, Reply
from tests.control.signer import Edit, signer

HOST = "127.0.0.1:8080"
DATE = "2026-01-01T00:00:00Z"
SECRET = "bce-emulator-secret-key"
LISTED = [b"host", b"x-bce-date"]


@dataclass
class SignedRequest:
    """A request with a mistake in it: how it is sent, and in what the signer saw something else."""

    method: str = "PUT"
    path: str = "/v2/instance/i-1"
    query: dict[str, str] = field(default_factory=lambda: {"stop": ""})
    sent_query: str | None = "stop"
    headers: dict[str, str] = field(default_factory=dict)
    signed: dict[str, str | None] = field(default_factory=dict)
    signed_method: str | None = None
    signed_path: str | None = None
    signed_query: dict[str, str] | None = None
    listed: list[bytes] | None = field(default_factory=lambda: list(LISTED))
    access_key: str = "test"
    secret: str = SECRET
    timestamp: int = NOW
    expiration: int = 1800
    edits: list[Edit] = field(default_factory=list)
    after: list[Edit] = field(default_factory=list)
    body: bytes = b""


def send(cloud: Cloud, case: SignedRequest) -> Reply:
    """Sign and send."""
    headers = {"host": HOST, "x-bce-date": DATE} | case.headers
    to_sign = {name: value for name, value in (headers | case.signed).items() if value is not None}
    string = signer(case.edits)(
        BceCredentials(case.access_key, case.secret),
        (case.signed_method or case.method).encode(),
        (case.signed_path or case.path).encode(),
        {name.encode(): value.encode() for name, value in to_sign.items()},
        {
            k.encode(): v.encode()
            for k, v in (case.signed_query if case.signed_query is not None else case.query).items()
        },
        timestamp=case.timestamp,
        expiration_in_seconds=case.expiration,
        headers_to_sign=case.listed,
    ).decode()
    for old, new in case.after:
        assert old in string
        string = string.replace(old, new)
    return post(cloud, case, {**headers, "authorization": string})


def post(cloud: Cloud, case: SignedRequest, headers: dict[str, str]) -> Reply:
    target = case.path + (f"?{case.sent_query}" if case.sent_query else "")

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(cloud.application)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
            request = client.build_request(
                case.method, f"http://{HOST}{target}", headers=headers, content=case.body or None
            )
            if "content-length" not in headers and not case.body:
                request.headers.pop("content-length", None)
            return await client.send(request)

    response = asyncio.run(ask())
    return Reply(response.status_code, response.json(), response.headers)


JOIN = "string_to_sign = (b'\\n').join([\n        http_method, canonical_uri,\n        canonical_querystring, canonical_headers\n        ])"
SIGN = "hmac.new(compat.convert_to_bytes(sign_key), string_to_sign, hashlib.sha256)"
KEY = "sign_key = hmac.new(\n        credentials.secret_access_key,\n        sign_key_info,\n        hashlib.sha256).hexdigest()"
PAIR = 'str_tmp = b"%s:%s" % (utils.normalize_string(k_lower), utils.normalize_string(value))'
QUERY = {"b": "1", "a": "2", "stop": ""}
SENT = "b=1&a=2&stop"
SPACED = {"stop": "", "name": "a b/c"}
ODD = {"path": "/v2/instance/i%3A1", "signed_path": None}


UNTRIMMED = [("convert_to_standard_string(headers[k]).strip()", "convert_to_standard_string(headers[k])")]
LONG = {"stop": "", **{f"k{number}": 60 * "v" for number in range(49)}}
MANY = {f"k{number}": "" for number in range(300)}
LONG_SENT = "&".join(f"{key}={value}" for key, value in LONG.items())


def typed(sent: str, signed: str) -> SignedRequest:
    """Sent with one Content-Type, signed with another."""
    return SignedRequest(
        headers={"content-type": sent}, signed={"content-type": signed}, listed=[*LISTED, b"content-type"]
    )


def untrimmed(value: str) -> SignedRequest:
    """The value of a header that was signed with blanks around it."""
    case = typed("application/json", value)
    case.edits = UNTRIMMED
    return case


def sent_and_signed(sent: str, signed: str) -> SignedRequest:
    """Sent with one query, signed with another."""
    case = SignedRequest(method="GET", path="/v2/instance", sent_query=sent)
    canonical = "&".join(sorted(item if "=" in item else f"{item}=" for item in signed.split("&") if item))
    case.edits = [
        after_join(
            f"string_to_sign = string_to_sign.replace(b'/v2/instance\\n\\n', {f'/v2/instance{chr(10)}{canonical}{chr(10)}'.encode()!r})"
        )
    ]
    case.signed_query = {}
    return case


def after_join(statement: str) -> Edit:
    return (JOIN, f"{JOIN}\n    {statement}")


CASES: list[tuple[str, SignedRequest]] = [
    ("host_without_port", SignedRequest(signed={"host": "127.0.0.1"})),
    ("host_with_port", SignedRequest(headers={"host": "localhost"}, signed={"host": "localhost:80"})),
    ("host_with_port", SignedRequest(headers={"host": "localhost"}, signed={"host": "localhost:8080"})),
    ("host_of_the_cloud", SignedRequest(signed={"host": "bcc.bj.baidubce.com"})),
    ("host_with_scheme", SignedRequest(signed={"host": f"http://{HOST}"})),
    ("query_not_sorted", SignedRequest(query=QUERY, sent_query=SENT, edits=[("    result.sort()\n    return (b'&')", "    return (b'&')")])),
    (
        "query_sorted_by_key",
        SignedRequest(
            query={"text": "", "text1": "x", "text10": "y", "stop": ""},
            sent_query="text10=y&text=&text1=x&stop",
            edits=[("    result.sort()\n    return (b'&')", "    result.sort(key=lambda r: r.split(b'=')[0])\n    return (b'&')")],
        ),
    ),
    ("query_key_without_equals", SignedRequest(edits=[("return (b'&').join(result)", "return (b'&').join(result).rstrip(b'=')")])),
    ("query_encoded_twice", SignedRequest(query=SPACED, sent_query="stop&name=a%20b%2Fc", signed_query={"stop": "", "name": "a%20b%2Fc"})),
    (
        "query_not_encoded",
        SignedRequest(query=SPACED, sent_query="stop&name=a%20b%2Fc", edits=[("b'%s=%s' % (normalize_string(k), normalize_string(v))", "b'%s=%s' % (k, v)")]),
    ),
    ("query_slash_not_encoded", SignedRequest(query=SPACED, sent_query="stop&name=a%20b%2Fc", edits=[("normalize_string(v))", "normalize_string(v, False))")])),
    ("blank_as_plus", SignedRequest(query=SPACED, sent_query="stop&name=a+b%2Fc")),
    ("blank_as_plus", SignedRequest(query=SPACED, sent_query="stop&name=a%20b%2Fc", edits=[("normalize_string(v))", "normalize_string(v).replace(b'%20', b'+'))")])),
    ("query_left_out", SignedRequest(signed_query={})),
    ("query_in_path", SignedRequest(signed_path="/v2/instance/i-1?stop", signed_query={})),
    ("path_encoded_twice", SignedRequest(path="/v2/instance/i%3A1", signed_path="/v2/instance/i%253A1")),
    ("path_not_encoded", SignedRequest(path="/v2/instance/i%3A1", signed_path="/v2/instance/i:1")),
    ("slash_encoded", SignedRequest(signed_path="%2Fv2%2Finstance%2Fi-1")),
    ("path_without_version", SignedRequest(signed_path="/instance/i-1")),
    ("trailing_slash", SignedRequest(signed_path="/v2/instance/i-1/")),
    ("url_as_path", SignedRequest(signed_path=f"http://{HOST}/v2/instance/i-1")),
    ("method_in_lower_case", SignedRequest(edits=[("http_method, canonical_uri", "http_method.lower(), canonical_uri")])),
    ("lower_case_percent_encoding", SignedRequest(edits=[after_join("string_to_sign = string_to_sign.replace(b'%3A', b'%3a')")])),
    ("header_values_not_encoded", SignedRequest(edits=[(PAIR, 'str_tmp = b"%s:%s" % (k_lower, value)')])),
    ("header_names_not_in_lower_case", SignedRequest(edits=[("utils.normalize_string(k_lower), utils", "utils.normalize_string(k_lower.title()), utils")])),
    (
        "headers_not_sorted",
        SignedRequest(headers={"content-type": "application/json"}, listed=[b"host", b"x-bce-date", b"content-type"], edits=[("    result.sort()\n    return (b'\\n')", "    return (b'\\n')")]),
    ),
    (
        "header_value_not_trimmed",
        SignedRequest(
            headers={"content-type": "application/json"},
            signed={"content-type": "application/json "},
            listed=[*LISTED, b"content-type"],
            edits=UNTRIMMED,
        ),
    ),
    (
        "content_type_altered",
        SignedRequest(headers={"content-type": "application/json; charset=utf-8"}, signed={"content-type": "application/json"}, listed=[*LISTED, b"content-type"]),
    ),
    ("content_type_altered", SignedRequest(headers={"content-type": "text/plain"}, signed={"content-type": None}, listed=None)),
    ("content_length_altered", SignedRequest(body=b"{}", headers={"content-length": "2"}, signed={"content-length": None}, listed=None)),
    ("host_not_signed", SignedRequest(signed={"host": None})),
    ("other_headers_signed", SignedRequest(headers={"content-type": "text/plain"}, listed=[b"host"], after=[("/host/", "/host;content-type;x-bce-date/")])),
    ("newline_at_the_end", SignedRequest(edits=[after_join("string_to_sign += b'\\n'")])),
    ("aws_body_hash", SignedRequest(method="POST", path="/v2/instance", query={}, sent_query=None, body=b'{"a": 1}', edits=[after_join("string_to_sign += b'\\n' + hashlib.sha256(b'{\"a\": 1}').hexdigest().encode()")])),
    ("aws_body_hash", SignedRequest(edits=[after_join("string_to_sign += b'\\n\\nhost;x-bce-date\\n' + hashlib.sha256(b'').hexdigest().encode()")])),
    ("canonical_request_hashed", SignedRequest(edits=[after_join("string_to_sign = hashlib.sha256(string_to_sign).hexdigest().encode()")])),
    ("signing_key_as_raw_bytes", SignedRequest(edits=[(KEY, KEY.replace("hexdigest", "digest"))])),
    ("signing_key_in_other_form", SignedRequest(edits=[(KEY, KEY + ".upper()")])),
    ("secret_key_used_directly", SignedRequest(edits=[(SIGN, SIGN.replace("compat.convert_to_bytes(sign_key)", "credentials.secret_access_key"))])),
    ("hmac_arguments_swapped", SignedRequest(edits=[(KEY, KEY.replace("credentials.secret_access_key,\n        sign_key_info", "sign_key_info, credentials.secret_access_key"))])),
    ("hmac_arguments_swapped", SignedRequest(edits=[(SIGN, SIGN.replace("compat.convert_to_bytes(sign_key), string_to_sign", "string_to_sign, compat.convert_to_bytes(sign_key)"))])),
    ("signed_headers_in_prefix", SignedRequest(edits=[("        sign_key_info,\n", "        sign_key_info + b'/host;x-bce-date',\n")])),
    ("timestamp_differs", SignedRequest(after=[(DATE, "2026-01-01T00:00:01Z")])),
    ("expiration_in_milliseconds", SignedRequest(expiration=1800000, after=[("/1800000/", "/1800/")])),
    ("expiration_differs", SignedRequest(expiration=3600, after=[("/3600/", "/1800/")])),
    ("secret_key_with_newline", SignedRequest(secret=SECRET + "\n")),
    ("secret_key_with_newline", SignedRequest(secret=SECRET + "\r\n")),
    ("secret_key_with_blanks", SignedRequest(secret=SECRET + " ")),
    ("secret_key_with_blanks", SignedRequest(secret=" " + SECRET)),
    ("secret_key_in_quotes", SignedRequest(secret=f'"{SECRET}"')),
    ("secret_key_in_other_case", SignedRequest(secret=SECRET.upper())),
    ("access_key_as_secret_key", SignedRequest(secret="test")),
    ("secret_key_empty", SignedRequest(secret="")),
    ("local_time", SignedRequest(timestamp=NOW + 8 * 3600, after=[("2026-01-01T08:00:00Z", DATE)])),
    ("local_time", SignedRequest(timestamp=NOW - 5 * 3600, after=[("2025-12-31T19:00:00Z", DATE)])),
    ("wrong_secret_key", SignedRequest(access_key="second")),
    *[("secret_key_with_newline", SignedRequest(secret=secret)) for secret in (f"{SECRET} \n", f"\n{SECRET}", f"{SECRET}\n\n")],
    *[("secret_key_with_blanks", SignedRequest(secret=secret)) for secret in (f"{SECRET}  ", f"\t{SECRET}", f" {SECRET} ", f"\ufeff{SECRET}")],
    *[
        ("header_value_not_trimmed", untrimmed(value))
        for value in ("  application/json", "application/json\t", "application/json\n")
    ],
    *[
        ("content_type_altered", typed("application/json", signed))
        for signed in ("text/html", "application/xml", "application/json; charset=utf8")
    ],
    ("query_not_sorted", SignedRequest(query=QUERY, sent_query="a=2&b=1&stop", edits=[("    result.sort()\n    return (b'&')", "    return (b'&')")])),
    ("wrong_secret_key", SignedRequest(access_key="second", query=LONG, sent_query=LONG_SENT)),
    ("secret_key_with_newline", SignedRequest(secret=SECRET + "\n", query=LONG, sent_query=LONG_SENT)),
    ("host_without_port", SignedRequest(signed={"host": "127.0.0.1"}, query=MANY, sent_query="&".join(MANY))),
    ("probably_the_secret_key", SignedRequest(secret="what nobody knows")),
    # what was signed and not sent, or sent and not signed
    *[("other_method_signed", SignedRequest(method="POST", path="/v2/instance", signed_method=method)) for method in ("PUT", "GET")],
    *[("query_item_not_signed", sent_and_signed(sent, "maxKeys=10")) for sent in ("maxKeys=10&maxKeys=10", "maxKeys=10&marker=i-x", "a=1&b=2&maxKeys=10&c")],
    ("query_item_not_signed", sent_and_signed("&".join(f"k{n}" for n in range(9)), "&".join(f"k{n}" for n in range(8)))),
    *[("query_item_not_sent", sent_and_signed("maxKeys=10", f"{signed}maxKeys=10")) for signed in ("marker=&", "maxKeys=10&", "instanceId=&")],
    ("query_item_not_sent", sent_and_signed("", "marker=")),
    ("query_item_not_sent", sent_and_signed("", "maxKeys=1000")),
    *[("query_in_other_case", sent_and_signed(sent, signed)) for sent, signed in (("isDefault=true&vpcId=v-A", "isDefault=True&vpcId=v-A"), ("isDefault=True", "isDefault=true"), ("maxkeys=1&marker=A", "maxKeys=1&marker=A"), ("marker=i-Ab&a=B", "marker=i-ab&a=b"))],
    *[("version_differs", SignedRequest(path=path, signed_path=signed)) for path, signed in (("/v2/instance/i-1", "/v1/instance/i-1"), ("/v1/instance", "/v3/instance"))],
    *[("path_prefix", SignedRequest(path=path, signed_path=signed)) for path, signed in (("/v2/zone", "/api/v2/zone"), ("/my/own/v2/zone", "/v2/zone"), ("/proxy/v2/zone", "/v2/zone"), ("/v2/zone", f"/{HOST}/v2/zone"))],
    *[("slash_at_the_start", SignedRequest(path=path, signed_path=signed)) for path, signed in (("/v2/zone", "v2/zone"), ("/v2/zone", "//v2/zone"), ("//v2/zone", "/v2/zone"))],
    ("path_in_other_case", SignedRequest(path="/v2/instance/i-Ab", signed_path="/v2/instance/i-ab")),
    *[("line_ends", SignedRequest(edits=[after_join(f"string_to_sign = string_to_sign.replace(b'\\n', {joint!r})")])) for joint in (b"\r\n", b"\\n", b"")],
    ("line_ends", SignedRequest(edits=[after_join("string_to_sign = (string_to_sign + b'\\n').replace(b'\\n', b'\\r\\n')")])),
    ("header_not_sent", SignedRequest(signed={"content-md5": "1B2M2Y8AsgTpgAmY7PhCfg=="}, listed=None)),
    ("header_not_sent", SignedRequest(headers={"x-bce-date": ""}, signed={"x-bce-date": DATE}, listed=None)),
    # what shows without trying
    ("other_scheme", SignedRequest(after=[("bce-auth-v1/", "AWS4-HMAC-SHA256 ")])),
    ("signature_in_upper_case", SignedRequest(edits=[("sign_result = compat.convert_to_bytes(sign_result)", "sign_result = compat.convert_to_bytes(sign_result).upper()")])),
    (
        "signature_in_base64",
        SignedRequest(edits=[("sign_result = compat.convert_to_bytes(sign_result)", "import base64; sign_result = base64.b64encode(bytes.fromhex(sign_result))")]),
    ),
    ("local_time_sent", SignedRequest(timestamp=NOW + 8 * 3600)),
    ("local_time_sent", SignedRequest(headers={"x-bce-date": "2026-01-01T08:00:00Z"})),
    ("local_time_sent", SignedRequest(headers={"x-bce-date": "2026-01-01T05:45:00Z"})),
    ("local_time_sent", SignedRequest(headers={"x-bce-date": "", "date": "Wed, 31 Dec 2025 19:00:00 GMT"}, listed=[b"host"])),
    ("clock_differs", SignedRequest(headers={"x-bce-date": "2026-01-01T00:40:00Z"})),
    ("clock_differs", SignedRequest(headers={"x-bce-date": "2024-01-01T00:00:00Z"})),
    ("malformed_authorization", SignedRequest(after=[(DATE, "2026-01-01T00:00:00+00:00")])),
    ("local_time_sent", SignedRequest(after=[(DATE, "2026-01-01T08:00:00+08:00")])),
    ("unix_time_sent", SignedRequest(after=[(DATE, str(int(NOW)))])),
    ("expiration_in_milliseconds", SignedRequest(expiration=1767227400000)),
    ("malformed_authorization", SignedRequest(after=[("/host;x-bce-date/", "/")])),
    ("keys_swapped", SignedRequest(access_key=SECRET, secret="test")),
    ("unknown_access_key", SignedRequest(access_key="nobody")),
    ("listed_header_missing", SignedRequest(signed={"content-md5": "x"}, listed=[*LISTED, b"content-md5"])),
    ("host_not_listed", SignedRequest(signed={"host": None}, listed=[b"x-bce-date"])),
    ("session_token_missing", SignedRequest(access_key="temporary", secret="temporary-secret-key")),
    ("session_token_wrong", SignedRequest(access_key="temporary", secret="temporary-secret-key", headers={"x-bce-security-token": "hunter2"})),
    ("signature_expired", SignedRequest(timestamp=NOW - 2000)),
    ("clock_differs", SignedRequest(timestamp=NOW + 2400)),
]  # fmt: skip
