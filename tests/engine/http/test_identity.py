"""Whose request it is, where the vectors of signatures do not reach."""

from __future__ import annotations

import hmac
import logging
from contextlib import suppress
from dataclasses import replace

import pytest

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.accounts import Accounts, Credentials
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.account.idle import Idle
from bce_emulator.engine.errors import (
    AccessDenied,
    ApiError,
    InvalidAccessKeyId,
    InvalidHTTPAuthHeader,
    InvalidURI,
    RequestExpired,
    SignatureDoesNotMatch,
)
from bce_emulator.engine.http import signature
from bce_emulator.engine.http.identity import Identity, Policy, claimed_access_key, session_token
from bce_emulator.engine.http.request import Head, Request
from tests.cloud import NOW, Cloud
from tests.control.conftest import control_of


def test_accounts_that_are_open_stay_so_when_no_more_can_be_opened():
    cloud = Cloud("test-one")
    cloud.ok("GET", "/v2/zone")
    cloud.emulator.identity.policy = replace(cloud.emulator.identity.policy, max_accounts=1)

    assert cloud.call("GET", "/v2/zone").status == 200

    cloud.access_key = "test-two"
    assert cloud.call("GET", "/v2/zone").code == "InvalidAccessKeyId"


def test_an_access_key_with_a_blank_opens_no_account_and_the_refusal_says_why():
    cloud = Cloud()
    cloud.access_key = "test-one two"

    refusal = cloud.call("GET", "/v2/zone")

    assert refusal.code == "InvalidAccessKeyId"
    explanation = control_of(cloud)("GET", f"requests/{refusal.body['requestId']}/explain").body
    assert explanation["detail"] == "an access key is at most 128 printable ASCII characters without blanks and slashes"


GIVEN = Credentials("mine", "a-secret", account="shared")
TEMPORARY = Credentials("brief", "a-secret", account="shared", session_token="token", expires_at=NOW + 10)
OPEN = {"open_secret_key": "an-open-secret"}
HOST = ("host", "gz.example")
ROOM = "DELETE /_emulator/accounts/<access key> makes room, as do --max-accounts and --forget-idle"


def region_of(host: str) -> str:
    """Stands for the products' own way to tell it."""
    if host == "nowhere":
        raise InvalidURI
    return host.partition(".")[0] or "bj"


def identity(*credentials: Credentials, **policy) -> Identity:
    accounts = Accounts(wall=lambda: NOW)
    for each in credentials:
        accounts.add_credentials(each)
    return Identity(accounts, Policy(**policy), lambda: NOW, region_of)


def request(*headers: tuple[str, str], access_key="", secret="a-secret", query="", stamp=NOW, decode=True) -> Request:
    """A request that signs its host."""
    pairs, signed = [(name.encode(), value.encode("latin-1")) for name, value in headers], f"{iso(stamp)}"
    if access_key:
        prefix = f"bce-auth-v1/{access_key}/{signed}/1800"
        canonical = b"GET\n/v2/zone\n" + query.encode() + b"\nhost:" + dict(pairs)[b"host"]
        key = hmac.new(secret.encode(), prefix.encode(), "sha256").hexdigest().encode()
        string = f"{prefix}/host/{hmac.new(key, canonical, 'sha256').hexdigest()}"
        pairs.append((b"authorization", string.encode()))
    scope = {"method": "GET", "raw_path": b"/v2/zone", "query_string": query.encode(), "headers": pairs}
    made = Request(Head(scope))
    if decode:
        made.decode()
    return made


def refused(error: type[ApiError], asked: Identity, sent: Request) -> str:
    """What the refusal of a request explains."""
    with pytest.raises(ApiError) as caught:
        asked.identify(sent)
    assert type(caught.value) is error
    assert len(asked.accounts) == 0, "a refused request opens no account"
    return caught.value.explanation


def test_a_signature_opens_the_account_of_its_keys_in_the_region_of_the_host():
    asked = identity(GIVEN, replace(TEMPORARY, session_token="", expires_at=None), **OPEN)

    account, credentials = asked.identify(request(HOST, access_key="mine"))
    other, _ = asked.identify(request(("host", "bj"), access_key="brief"))
    opened, made = asked.identify(request(HOST, access_key="test-w0", secret="an-open-secret"))

    assert (account.account_key, credentials) == (("shared", "gz"), GIVEN)
    assert other.account is account.account
    assert (opened.account_key, made) == (
        ("test-w0", "gz"),
        Credentials("test-w0", "an-open-secret", account="test-w0"),
    )


def test_who_signs_wrongly_gets_in_nowhere_and_is_told_why():
    asked = identity(GIVEN, **OPEN)

    assert refused(AccessDenied, asked, request(HOST)) == "the request has no Authorization header"
    assert refused(SignatureDoesNotMatch, asked, request(HOST, access_key="mine", secret="x")) == ""
    assert refused(SignatureDoesNotMatch, asked, request(HOST, access_key="test-w0", secret="a-secret")) == ""
    assert refused(RequestExpired, asked, request(HOST, access_key="mine", stamp=NOW - 1_801)) == (
        "the signature's time is over"
    )
    assert refused(InvalidAccessKeyId, asked, request(HOST, access_key="other")) == "known access keys are mine, test-*"
    assert refused(InvalidAccessKeyId, asked, request(HOST, access_key="test-" + "w" * 124)) == (
        "an access key is at most 128 printable ASCII characters without blanks and slashes"
    )


def test_times_are_not_judged_where_the_policy_says_so():
    asked = identity(GIVEN, judge_time=False)

    account, _ = asked.identify(request(HOST, access_key="mine", stamp=NOW - 100_000))

    assert account.name == "shared"


@pytest.mark.parametrize("where", ["header", "query"])
def test_a_temporary_pair_needs_its_token_and_its_time(where):
    def sent(token: str) -> Request:
        if where == "header":
            return request(HOST, ("x-bce-security-token", token), access_key="brief")
        return request(HOST, access_key="brief", query=f"x-bce-security-token={token}")

    assert identity(TEMPORARY).identify(sent("token"))[1] == TEMPORARY
    assert identity(replace(TEMPORARY, expires_at=NOW)).identify(sent("token"))
    assert identity(replace(TEMPORARY, expires_at=None)).identify(sent("token"))
    wrong = "the session token is not the one that was issued with this key"
    assert refused(AccessDenied, identity(TEMPORARY), sent("tokex")) == wrong
    assert refused(AccessDenied, identity(TEMPORARY), request(HOST, access_key="brief")) == wrong


def test_a_temporary_pair_that_has_expired_is_refused_with_the_date_of_the_request():
    late = identity(replace(TEMPORARY, expires_at=NOW - 1))
    date = ("x-bce-date", iso(NOW))

    with pytest.raises(RequestExpired) as caught:
        late.identify(request(HOST, date, ("x-bce-security-token", "token"), access_key="brief"))

    assert caught.value.explanation == "the session token has expired"
    assert caught.value.text == f"Request has expired. Timestamp date is {iso(NOW)}."


@pytest.mark.parametrize(
    ("header", "query", "account"),
    [
        ("", "", "test"),
        ("bce-auth-v1/mine/and/so/on", "", "shared"),
        ("bce-auth-v1/mine/", "", "shared"),
        ("bce-auth-v1/mine", "", "test"),
        ("bce-auth-v2/mine/x", "", "test"),
        ("bce-auth-v1/nobody/x", "", "test"),
        ("bce-auth-v1//x", "", "test"),
        ("bce-auth-v1/test-w0/x", "", "test-w0"),
        ("", "authorization=bce-auth-v1/mine/x", "shared"),
        ("bce-auth-v1/test-w0/x", "authorization=bce-auth-v1/mine/x", "test-w0"),
    ],
)
def test_where_nothing_is_verified_the_key_that_is_named_opens_its_account_or_the_default_one(header, query, account):
    asked = identity(
        GIVEN, Credentials("test", "s", account="test"), Credentials("", "s", account="no"), verify=False, **OPEN
    )
    headers = [("authorization", header)] if header else []

    opened, _ = asked.identify(request(HOST, *headers, query=query))

    assert opened.account_key == (account, "gz")


def test_the_account_that_a_refused_request_names_is_found_and_never_opened():
    asked = identity(GIVEN, **OPEN)

    def named(access_key: str, host: str = "gz", decode: bool = True) -> tuple[str, str] | None:
        header = ("authorization", f"bce-auth-v1/{access_key}/x")
        return asked.account_key_named(request(("host", host), header, decode=decode))

    assert named("mine") == ("shared", "gz")
    assert named("nobody") is None
    assert named("test-w0") is None
    assert len(asked.accounts) == 0
    account = asked.accounts.open("test-w0")
    assert named("test-w0") == ("test-w0", "gz")
    assert named("test-w0", "nowhere") == ("test-w0", "bj")
    assert account.regions == {}
    assert named("test-w0", decode=False) == ("test-w0", "gz")
    assert named("test-w0") is not account.in_region("gz").account_key
    assert named("test-w0") is account.in_region("gz").account_key
    assert asked.account_key_named(request(HOST, decode=False)) is None


@pytest.mark.parametrize(
    ("access_key", "opens"),
    [
        ("test-", True),
        ("test-!~.-0", True),
        ("test-" + "w" * 123, True),
        ("test-" + "w" * 124, False),
        ("test-a b", False),
        ("test-/", False),
        ("test-\x7f", False),
        ("test-é", False),
        ("test", False),
        ("toast-1", False),
    ],
)
def test_an_open_key_is_what_an_authorization_string_can_carry(access_key, opens):
    asked = identity(**OPEN)

    assert (asked.find(access_key) is not None) is opens
    assert identity().find(access_key) is None
    assert identity().why_unknown(access_key) == ""


def test_the_room_for_accounts_is_what_the_policy_says_and_is_told_of_once_till_there_is_more(caplog):
    asked = identity(GIVEN, max_accounts=10, **OPEN)
    caplog.set_level(logging.WARNING, "bce_emulator")

    def opened(*numbers: int) -> list[bool]:
        return [asked.accounts.find_account(f"test-{number}") is not None for number in numbers]

    near, full = (
        f"there are 9 accounts, and at most 10; {ROOM}",
        "%s was refused: there are 10 accounts already; " + ROOM,
    )

    assert opened(*range(9)) == [True] * 9
    assert caplog.messages == []
    assert opened(9) == [True]
    assert caplog.messages == [near]
    assert opened(10, 11, 3) == [False, False, True]
    assert caplog.messages == [near, full % "test-10"]
    assert asked.why_unknown("test-10") == f"there are 10 accounts already; {ROOM}"
    assert asked.find("mine") == GIVEN

    asked.accounts.forget("test-0")
    assert opened(10, 11) == [True, False]
    assert caplog.messages == [near, full % "test-10"]

    asked.accounts.forget("test-1")
    asked.accounts.forget("test-2")
    assert opened(12, 13, 14, 15) == [True, True, False, False]
    assert caplog.messages[2:] == [near, full % "test-14"]
    assert {(record.name, record.levelname) for record in caplog.records} == {("bce_emulator", "WARNING")}


@pytest.mark.parametrize(
    ("there", "told"),
    [(9, "there are 9 accounts, and at most 10; "), (10, "test-new was refused: there are 10 accounts ")],
)
def test_the_room_is_told_of_also_if_there_was_little_from_the_start(caplog, there, told):
    asked = identity(max_accounts=10, **OPEN)
    for number in range(there):
        asked.accounts.open(f"test-{number}")

    asked.find("test-new")

    assert [message[: len(told)] for message in caplog.messages] == [told]


@pytest.mark.parametrize("header", ["", "bce-auth-v1", "bce-auth-v1/mine", "bce-auth-v2/mine/x", "bce-auth-v1//x"])
def test_who_names_no_key_and_no_token_has_none(header):
    sent = request(HOST, ("authorization", header))

    assert (claimed_access_key(sent), session_token(sent)) == ("", "")


def test_ten_known_keys_are_named_and_the_others_counted():
    many = [Credentials(f"k{number}", "s", account="a") for number in range(12)]
    ten = "k0, k1, k2, k3, k4, k5, k6, k7, k8, k9"

    assert identity(*many[:10]).known_keys() == f"known access keys are {ten}"
    assert identity(*many[:11]).known_keys() == f"known access keys are {ten} and 1 more"
    assert identity(*many, **OPEN).known_keys() == f"known access keys are {ten}, test-* and 2 more"


def test_a_policy_judges_everything_and_opens_nothing_unless_it_says_so():
    assert Policy() == Policy(
        verify=True,
        judge_time=True,
        default_access_key="test",
        open_prefix="test-",
        open_secret_key=None,
        max_accounts=10_000,
    )
    assert "hidden" not in repr(Policy(open_secret_key="hidden"))


def test_each_request_forgets_accounts_that_nobody_used_for_long():
    asked = identity(GIVEN, verify=False, default_access_key="mine")
    asked.accounts.idle = Idle(5)
    moment = [NOW]
    asked.accounts.wall = lambda: moment[0]
    asked.accounts.open("old")
    moment[0] += 6

    asked.identify(request(HOST))

    assert asked.accounts.names() == ["shared"]


def test_whoever_asks_the_accounts_for_keys_asks_the_identity():
    asked = identity(**OPEN)

    assert asked.accounts.find_account("test-1").name == "test-1"
    assert asked.accounts.find_account("other") is None


def again(sent: Request) -> Request:
    """The same as a request whose head has come before."""
    shared = sent.head.shared()
    shared.headers = {name: value for name, value in shared.headers.items() if name != b"authorization"}
    return Request(shared, signed=sent.header(b"authorization").encode())


def dated(seconds: float = 0.0, host: str = "gz.example", secret: str = "a-secret", access_key="mine") -> Request:
    """A request with a date of its own, so many seconds after that of its signature."""
    return request(("host", host), ("x-bce-date", iso(NOW + seconds)), access_key=access_key, secret=secret)


def test_of_a_string_that_was_right_only_the_signature_is_worked_out_again(monkeypatch):
    asked = identity(GIVEN, **OPEN)
    sent, other = again(dated()), again(dated(host="bj.example"))
    opened = again(dated(access_key="test-w0", secret="an-open-secret"))
    for each in (sent, other, opened):
        asked.prove(each, NOW)
    monkeypatch.setattr(signature, "parse", None)

    assert asked.prove(sent, NOW) is GIVEN
    assert asked.prove(other, NOW) is GIVEN
    assert asked.prove(opened, NOW).access_key == "test-w0"

    for wrong in (Request(sent.head, signed=other.signed), again(dated(secret="another"))):
        with pytest.raises(TypeError, match="not callable"):
            asked.prove(wrong, NOW)


def test_what_was_right_once_is_judged_as_if_it_came_for_the_first_time():
    asked = identity(GIVEN)
    sent = again(dated())
    string = sent.signed

    def meets(error: type[ApiError], signed: bytes = string, now: float = NOW, head: Head = sent.head) -> None:
        for one in (asked, asked, identity(GIVEN)):
            with pytest.raises(ApiError) as caught:
                one.prove(Request(head, signed=signed), now)
            assert type(caught.value) is error

    asked.prove(sent, NOW)
    meets(SignatureDoesNotMatch, string[:-1] + (b"1" if string.endswith(b"0") else b"0"))
    meets(InvalidHTTPAuthHeader, string[:-1])
    meets(InvalidHTTPAuthHeader, string[:-64] + string[-64:].upper())
    meets(InvalidHTTPAuthHeader, string[:-64])
    meets(RequestExpired, now=NOW + 1_801)
    meets(RequestExpired, now=NOW - 1_801)
    meets(RequestExpired, head=again(dated(seconds=1_801)).head)
    meets(SignatureDoesNotMatch, head=again(dated(host="bj.example")).head)


def test_a_string_that_was_right_is_so_no_more_with_other_keys():
    asked = identity(GIVEN)
    sent = again(dated())
    asked.prove(sent, NOW)

    asked.accounts.add_credentials(replace(GIVEN, secret_key="another"))
    with pytest.raises(SignatureDoesNotMatch):
        asked.prove(sent, NOW)
    resigned = Request(sent.head, signed=again(dated(secret="another")).signed)
    assert asked.prove(resigned, NOW).secret_key == "another"

    asked.accounts.add_credentials(GIVEN)
    asked.prove(sent, NOW)
    asked.accounts.add_credentials(replace(GIVEN, session_token="token"))
    with pytest.raises(AccessDenied):
        asked.prove(sent, NOW)

    asked.accounts.remove_credentials("mine")
    with pytest.raises(InvalidAccessKeyId):
        asked.prove(sent, NOW)


@pytest.mark.parametrize("seconds", [60, 1_800, 100_000])
@pytest.mark.parametrize("judge_time", [True, False])
def test_a_string_that_was_right_is_taken_as_long_as_it_would_be_for_the_first_time(seconds, judge_time, monkeypatch):
    asked = identity(GIVEN, judge_time=judge_time)
    string = authorize("GET", "gz", "/v2/zone", "", iso(NOW), "mine", "a-secret", seconds=seconds).encode()
    sent = again(request(("host", "gz"), ("x-bce-date", iso(NOW)), ("authorization", string.decode())))
    asked.prove(sent, NOW)
    monkeypatch.setattr(signature, "parse", None)

    def is_taken(now: float) -> bool:
        with suppress(TypeError):
            return asked.prove(sent, now) is GIVEN
        return False

    latest = min(seconds, 1_800)
    moments = (-1_800.1, -1_800, 0, latest, latest + 0.1)
    assert [is_taken(NOW + each) for each in moments] == [not judge_time, True, True, True, not judge_time]


def test_a_head_of_which_nothing_was_worked_out_yet_is_judged_whole():
    asked = identity(GIVEN)
    asked.prove(again(dated()), NOW)
    fresh = again(dated())
    fresh.head.canonical = None

    assert asked.prove(fresh, NOW) is GIVEN


def test_a_request_that_shares_no_head_leaves_nothing_behind_nor_does_one_that_is_wrong():
    asked = identity(GIVEN)

    asked.prove(dated(), NOW)
    with pytest.raises(SignatureDoesNotMatch):
        asked.prove(again(dated(secret="another")), NOW)
    with pytest.raises(RequestExpired):
        asked.prove(again(dated()), NOW + 1_801)

    assert asked.proven == {}


def test_the_oldest_string_goes_when_there_are_many():
    asked = identity(GIVEN)
    head = again(dated()).head

    def ask(seconds: int) -> bytes:
        string = authorize("GET", "gz.example", "/v2/zone", "", iso(NOW), "mine", "a-secret", seconds=seconds).encode()
        asked.prove(Request(head, signed=string), NOW)
        return string[:-64]

    starts = [ask(seconds) for seconds in range(1, 2_050)]

    assert list(asked.proven) == starts[1:]
