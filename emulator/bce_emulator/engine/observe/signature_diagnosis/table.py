"""The known mistakes, in the order in which they are tried: the name, what it means, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from bce_emulator.engine.observe.signature_diagnosis import headers, keys, target
from bce_emulator.engine.observe.signature_diagnosis.candidate import Candidate, FailedSignature

Candidates = Callable[[FailedSignature, Candidate], Iterator[Candidate]]


class Mistake(NamedTuple):
    """One mistake of a client."""

    name: str
    means: str
    remedy: str


# fmt: off
TRIED: dict[Candidates, tuple[str, str]] = {
    headers.host_without_port: (
        "the host was signed without its port",
        "sign the Host header as it is sent, port included"),
    headers.host_with_port: (
        "the host was signed with a port that the Host header does not have",
        "sign the Host header as it is sent; clients leave the default port out"),
    headers.host_of_the_cloud: (
        "the host of the cloud was signed, not the one that the request went to",
        "give the client the emulator's endpoint before it signs, do not rewrite the request afterwards"),
    headers.host_with_scheme: (
        "the host was signed with http:// before it",
        "sign the Host header alone"),
    target.query_sorted_by_key: (
        "the query was sorted by its keys",
        "sort the finished key=value strings: text10= comes before text1=, since 0 comes before the equals sign"),
    target.query_not_sorted: (
        "the query was signed unsorted",
        "sort the finished key=value strings by byte"),
    target.query_key_without_equals: (
        "a query key without a value was signed without an equals sign",
        "write stop= in the canonical query, also if stop is what you send"),
    target.query_encoded_twice: (
        "the query was percent-encoded twice",
        "encode keys and values once"),
    target.query_not_encoded: (
        "the query was signed without percent-encoding",
        "percent-encode keys and values, all but A-Z a-z 0-9 - . _ ~"),
    target.query_slash_not_encoded: (
        "slashes in the query were not percent-encoded",
        "percent-encode keys and values, / included"),
    target.blank_as_plus: (
        "a blank in the query was written as a plus sign",
        "write %20 for a blank, in what is signed and in what is sent"),
    target.query_left_out: (
        "the query was not signed",
        "put the canonical query into the third line"),
    target.query_in_path: (
        "the query was signed as a part of the path",
        "put the path into the second line and the query into the third"),
    target.other_method_signed: (
        "another method was signed than the one that arrived",
        "sign the method that is sent: a library, a proxy or a redirect may have changed it"),
    target.query_item_not_signed: (
        "an item of the query arrived that was not signed",
        "sign the whole query that is sent: a library or a proxy may have added to it"),
    target.query_in_other_case: (
        "the query was signed in other case than it was sent",
        "sign keys and values as they are sent: true and True are two values"),
    target.version_differs: (
        "another version was signed in the path than the one that arrived",
        "sign the path that is sent, version included"),
    target.slash_at_the_start: (
        "the path was signed without the slash at its start, or with two",
        "start the path with one slash; an endpoint ends without one"),
    target.path_prefix: (
        "a prefix of the path was signed and not sent, or sent and not signed",
        "sign the path exactly as it arrives: an endpoint has no path, and a proxy must not change it"),
    target.path_in_other_case: (
        "the path was signed in other case than it was sent",
        "sign the path exactly as it is sent"),
    target.path_encoded_twice: (
        "the path was percent-encoded twice",
        "encode the path once"),
    target.path_not_encoded: (
        "the path was signed without percent-encoding",
        "percent-encode the path, all but its slashes"),
    target.slash_encoded: (
        "the slashes of the path were percent-encoded",
        "keep the slashes of the path"),
    target.path_without_version: (
        "the path was signed without its first segment",
        "sign the whole path, version included"),
    target.trailing_slash: (
        "the path was signed with a slash at the end that was not sent, or the other way round",
        "sign the path exactly as it is sent"),
    target.url_as_path: (
        "the whole URL was signed as the path",
        "sign the path alone, from its first slash on"),
    target.method_in_lower_case: (
        "the method was signed in lower case",
        "sign the method in upper case"),
    target.lower_case_percent_encoding: (
        "percent-encoding was written with lower-case digits",
        "write %2F, not %2f, in what is signed"),
    headers.header_values_not_encoded: (
        "the values of the headers were signed without percent-encoding",
        "percent-encode them: x-bce-date:2026-01-01T00%3A00%3A00Z"),
    headers.header_names_not_in_lower_case: (
        "the names of the headers were not signed in lower case",
        "write host, not Host"),
    headers.headers_not_sorted: (
        "the lines of the headers were not sorted",
        "sort the finished name:value lines by byte"),
    headers.header_value_not_trimmed: (
        "blanks around the value of a header were signed",
        "trim the values before they are signed: blanks do not survive the way"),
    headers.content_type_altered: (
        "another Content-Type was signed than the one that arrived",
        "set the header yourself, or leave it out of the signed headers: a library or a proxy wrote its own"),
    headers.content_length_altered: (
        "another Content-Length was signed than the one that arrived",
        "leave the header out of the signed headers: a library or a proxy wrote its own"),
    headers.host_not_signed: (
        "the host was not signed",
        "sign the Host header: the scheme requires it"),
    headers.other_headers_signed: (
        "other headers were signed than the authorization string lists",
        "list exactly the signed headers, or leave the list empty and sign the default ones"),
    headers.newline_at_the_end: (
        "a line feed was signed at the end",
        "join the lines; nothing follows the last header"),
    headers.line_ends: (
        "the lines were not joined with a line feed",
        "join them with one byte, the line feed: no carriage return, no backslash and n"),
    headers.header_not_sent: (
        "a header was signed that did not arrive",
        "sign only headers that are sent: a library or a proxy may have dropped one"),
    headers.aws_body_hash: (
        "the hash of the body was signed, as for AWS",
        "end the canonical request with the headers: bce-auth-v1 has no body hash and no list of headers in it"),
    keys.canonical_request_hashed: (
        "the hash of the canonical request was signed, as for AWS",
        "sign the canonical request itself"),
    keys.signing_key_as_raw_bytes: (
        "the signing key was used as 32 bytes",
        "use the 64 hex digits of the signing key as the key of the second HMAC"),
    keys.signing_key_in_other_form: (
        "the signing key was used in upper case or in base 64",
        "use the 64 lower-case hex digits of the signing key"),
    keys.secret_key_used_directly: (
        "the secret key was used without making a signing key",
        "sign with hex(HMAC-SHA256(secret key, first four parts of the authorization string))"),
    keys.hmac_arguments_swapped: (
        "key and message of an HMAC were swapped",
        "the secret key is the key of the first HMAC, the signing key that of the second"),
    keys.signed_headers_in_prefix: (
        "the signing key was made of more than the first four parts",
        "make it of bce-auth-v1/{access key}/{timestamp}/{expiration}, without a slash at the end"),
    keys.timestamp_differs: (
        "the signing key was made with another timestamp than the one sent",
        "read the clock once for each signature"),
    keys.expiration_in_milliseconds: (
        "the expiration was signed in another unit than the one sent",
        "write the expiration in seconds, in both places"),
    keys.expiration_differs: (
        "the signing key was made with another expiration than the one sent",
        "use the same expiration in both places"),
    keys.secret_key_with_newline: (
        "the secret key has a line end behind it",
        "strip the secret key after reading it"),
    keys.secret_key_with_blanks: (
        "the secret key has blanks around it",
        "strip the secret key after reading it"),
    keys.secret_key_in_quotes: (
        "the secret key has quotes around it",
        "take the quotes off the secret key"),
    keys.secret_key_in_other_case: (
        "the secret key was written in another case",
        "use the secret key exactly as it was given"),
    keys.access_key_as_secret_key: (
        "the access key was used as the secret key",
        "use the secret key that belongs to the access key"),
    keys.secret_key_empty: (
        "the secret key is empty",
        "set the secret key: a variable may not be set where the client runs"),
    keys.local_time: (
        "the signing key was made with the time of another zone than the one sent",
        "use UTC in both places"),
    keys.wrong_secret_key: (
        "the secret key belongs to another access key",
        "use the secret key that belongs to the access key"),
    target.query_item_not_sent: (
        "an item of the query was signed that did not arrive",
        "sign the query that is sent: libraries drop items without a value, and items that are there twice"),
}
SEEN: dict[str, tuple[str, str]] = {
    "no_authorization": (
        "the request has no Authorization header",
        "sign the request; bce-emulator sign prints a signed curl command"),
    "header_repeated": (
        "the request has two Authorization or two Host headers",
        "send each of them once"),
    "other_scheme": (
        "the Authorization header is of another scheme than bce-auth-v1",
        "sign with bce-auth-v1; API keys and AWS signatures are no part of this API"),
    "signature_in_upper_case": (
        "the signature is right, but in upper case",
        "write it in lower-case hex"),
    "signature_in_base64": (
        "the signature is right, but in base 64",
        "write it in lower-case hex"),
    "local_time_sent": (
        "the time in the authorization string is that of another zone",
        "write the time in UTC: 2026-01-01T00:00:00Z"),
    "unix_time_sent": (
        "the time in the authorization string is a number",
        "write the time in UTC: 2026-01-01T00:00:00Z"),
    "expiration_in_milliseconds": (
        "the expiration is no number of seconds that a signature can last",
        "write the expiration in seconds, such as 1800; it counts from the timestamp"),
    "malformed_authorization": (
        "the authorization string is malformed",
        "bce-auth-v1/{access key}/{timestamp}/{expiration}/{signed headers}/{signature}: six parts"),
    "keys_swapped": (
        "the secret key was sent as the access key",
        "swap the two keys"),
    "unknown_access_key": (
        "no account of this emulator has the access key",
        "use one that it knows; POST /_emulator/accounts makes more"),
    "listed_header_missing": (
        "a header that is listed as signed did not arrive",
        "list only headers that are sent: a library or a proxy may have dropped one"),
    "host_not_listed": (
        "the host is not among the signed headers",
        "sign the Host header: the scheme requires it"),
    "session_token_missing": (
        "the key is temporary, and its session token did not arrive",
        "send the token in the header x-bce-security-token"),
    "session_token_wrong": (
        "the session token is not the one that was issued with the key",
        "send the token that came with the key"),
    "session_token_expired": (
        "the session token has expired",
        "get a new temporary key"),
    "signature_expired": (
        "the signature was made longer ago than it lasts",
        "sign each request anew"),
    "clock_differs": (
        "the clocks of client and emulator differ by more than 30 minutes",
        "set the clock, or start the emulator with --signature-time ignore to replay old requests"),
    "planned_fault": (
        "a planned fault refused the request, not its signature",
        "see GET /_emulator/faults"),
    "nothing": (
        "nothing: the signature matches",
        "the key may have been made after the request"),
    "not_searched": (
        "the mistake was not looked for, as many requests were refused in the same second",
        "ask for it: bce-emulator explain"),
    "unknown": (
        "too little was tried to know",
        "check the secret key; if it is right, compare the canonical request with your own"),
    "probably_the_secret_key": (
        "none of the known mistakes reproduces the signature: probably the secret key is another one",
        "check the secret key; if it is right, compare the canonical request with your own"),
}
# fmt: on


def tried(candidates: Candidates) -> Mistake:
    """The mistake that some attempts make."""
    return Mistake(candidates.__name__, *TRIED[candidates])


def seen(name: str) -> Mistake:
    """A mistake that shows without trying."""
    return Mistake(name, *SEEN[name])


def all_names() -> tuple[str, ...]:
    """Every name that an explanation can have."""
    return tuple(dict.fromkeys((*(candidates.__name__ for candidates in TRIED), *SEEN)))
