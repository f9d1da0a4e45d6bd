"""bce-python-sdk's STS client against a server process: temporary keys are minted, and used by the BCC client."""

from __future__ import annotations

import pytest
from baidubce.auth import bce_v1_signer
from baidubce.auth.bce_credentials import BceCredentials
from baidubce.bce_client_configuration import BceClientConfiguration
from baidubce.exception import BceHttpClientError
from baidubce.http import bce_http_client, handler
from baidubce.services.bcc.bcc_client import BccClient
from baidubce.services.sts.sts_client import StsClient

from bce_emulator.settings import DEFAULT_SECRET_KEY
from tests.process import serving

pytestmark = pytest.mark.filterwarnings("ignore")
READ_BCC = {"service": "bce:bcc", "region": "*", "effect": "Allow", "resource": ["*"], "permission": ["READ"]}


@pytest.fixture(scope="module")
def server():
    with serving() as server:
        yield server


@pytest.fixture
def sts(server) -> StsClient:
    keys = BceCredentials("test", DEFAULT_SECRET_KEY)
    return StsClient(BceClientConfiguration(keys, server.endpoint))


def call(server, credentials: BceCredentials, method: bytes, path: bytes, body: str | None = None, **more):
    """A call as the clients of the SDK make it, with headers and query items of one's own."""
    return bce_http_client.send_request(
        BccClient(BceClientConfiguration(credentials, server.endpoint)).config,
        bce_v1_signer.sign,
        [handler.parse_error, handler.parse_json],
        method,
        path,
        body,
        more.get("headers", {}),
        more.get("params"),
    )


def call_with(server, keys, token: str, method: bytes, path: bytes, body: str | None = None):
    """A call with temporary keys; the BCC client of the SDK ignores the token of its configuration."""
    credentials = BceCredentials(keys.access_key_id, keys.secret_access_key)
    headers = {b"x-bce-security-token": token.encode()} if token else {}
    return call(server, credentials, method, path, body, headers=headers)


def test_keys_of_the_sts_client_open_the_account_for_other_calls(server, sts):
    keys = sts.get_session_token(acl=None, duration_seconds=600)

    keypair = call_with(server, keys, keys.session_token, b"POST", b"/v2/keypair", '{"name": "mine"}').keypair

    own = BccClient(BceClientConfiguration(BceCredentials("test", DEFAULT_SECRET_KEY), server.endpoint))
    assert [each.keypair_id for each in own.list_keypairs().keypairs] == [keypair.keypair_id]


def test_keys_with_an_acl_do_what_it_allows(server, sts):
    keys = sts.get_session_token(acl={"id": "readers", "accessControlList": [READ_BCC]})

    assert call_with(server, keys, keys.session_token, b"GET", b"/v2/zone").zones

    with pytest.raises(BceHttpClientError) as refusal:
        call_with(server, keys, keys.session_token, b"POST", b"/v2/keypair", '{"name": "mine"}')
    assert (refusal.value.last_error.status_code, refusal.value.last_error.code) == (403, "AccessDenied")


def test_a_role_is_assumed_with_a_call_of_the_sdk(server):
    role = {b"assumeRole": b"", b"accountId": b"test", b"roleName": b"reader"}
    own = BceCredentials("test", DEFAULT_SECRET_KEY)

    keys = call(server, own, b"POST", b"/v1/credential", params=role)

    assert keys.role_id
    assert call_with(server, keys, keys.session_token, b"GET", b"/v2/zone").zones


def test_keys_without_their_token_open_nothing(server, sts):
    keys = sts.get_session_token(acl=None)

    with pytest.raises(BceHttpClientError) as refusal:
        call_with(server, keys, "", b"GET", b"/v2/zone")
    assert refusal.value.last_error.code == "AccessDenied"
