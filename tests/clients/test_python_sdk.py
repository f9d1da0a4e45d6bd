"""bce-python-sdk, the first generation, against a server process: the life of an instance as its users write it."""

from __future__ import annotations

import json
import urllib.request

import pytest
from baidubce.auth.bce_credentials import BceCredentials
from baidubce.bce_client_configuration import BceClientConfiguration
from baidubce.exception import BceHttpClientError
from baidubce.services.bcc import bcc_model
from baidubce.services.bcc.bcc_client import BccClient

from bce_emulator.settings import DEFAULT_SECRET_KEY
from tests.process import serving

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def server():
    with serving("--pace", "realistic") as server:
        yield server


@pytest.fixture
def client(server) -> BccClient:
    control(server, "POST", "reset")
    control(server, "PUT", "clock", {"frozen": True})
    configuration = BceClientConfiguration(BceCredentials("test", DEFAULT_SECRET_KEY), server.endpoint)
    return BccClient(configuration)


def control(server, method: str, path: str, body: dict | None = None) -> dict:
    request = urllib.request.Request(f"{server.endpoint}/_emulator/{path}", method=method)
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, json.dumps(body).encode() if body is not None else None) as response:
        return json.load(response)


def create(client: BccClient, **members) -> list[str]:
    response = client.create_instance_by_spec(
        spec="bcc.g5.c2m8",
        image_id="m-z2UUQHH9",
        billing=bcc_model.Billing("Postpaid"),
        admin_pass="Passw0rd!@#",
        zone_name="cn-bj-a",
        **members,
    )
    return response.instance_ids


def status(client: BccClient, instance_id: str) -> str:
    return client.get_instance(instance_id).instance.status


def test_an_instance_lives_as_its_users_expect(server, client):
    instance_id, other = create(client, name="web", purchase_count=2)
    assert status(client, instance_id) == "Starting"
    control(server, "POST", "clock/advance", {"until": "idle"})
    instance = client.get_instance(instance_id).instance
    assert (instance.status, instance.name, instance.card_count) == ("Running", "web-1", "0")
    assert instance.internal_ip.startswith("192.168.")

    client.reboot_instance(instance_id)
    assert status(client, instance_id) == "Starting"
    control(server, "POST", "clock/advance", {"seconds": 40})
    assert status(client, instance_id) == "Running"

    client.stop_instance(instance_id)
    control(server, "POST", "clock/advance", {"seconds": 20})
    assert status(client, instance_id) == "Stopped"
    with pytest.raises(BceHttpClientError) as refused:
        client.reboot_instance(instance_id)
    error = refused.value.last_error
    assert (error.status_code, error.code) == (409, "Instance.RebootInstanceOperationForbidden")
    assert str(error.args[0]).startswith("Instance not running when rebooting.")
    assert error.request_id

    assert [each.id for each in client.list_instances().instances] == [other, instance_id]
    client.release_instance(instance_id)
    assert [each.id for each in client.list_instances().instances] == [other]
    with pytest.raises(BceHttpClientError) as gone:
        client.get_instance(instance_id)
    assert (gone.value.last_error.status_code, gone.value.last_error.code) == (404, "NoSuchObject")


def test_what_a_client_needs_around_an_instance(client):
    assert [zone.zone_name for zone in client.list_zones().zones][:2] == ["cn-bj-a", "cn-bj-b"]
    specs = client.list_flavor_spec(zone_name="cn-bj-a").zone_resources
    assert specs[0].zone_name == "cn-bj-a"
    images = client.list_images(image_type="System").images
    assert {image.os_type for image in images} == {"linux", "windows"}
    assert client.get_image(images[0].id).image.name == images[0].name


@pytest.mark.parametrize(
    ("access_key", "secret_key", "status", "code"),
    [
        ("test", "a wrong secret key", 400, "SignatureDoesNotMatch"),
        ("nobody", DEFAULT_SECRET_KEY, 403, "InvalidAccessKeyId"),
    ],
)
def test_wrong_keys_are_told_apart(server, access_key, secret_key, status, code):
    configuration = BceClientConfiguration(BceCredentials(access_key, secret_key), server.endpoint)

    with pytest.raises(BceHttpClientError) as refused:
        BccClient(configuration).list_zones()

    assert (refused.value.last_error.status_code, refused.value.last_error.code) == (status, code)


def test_a_key_with_the_open_prefix_is_an_account_of_its_own(server, client):
    create(client)
    configuration = BceClientConfiguration(BceCredentials("test-worker1", DEFAULT_SECRET_KEY), server.endpoint)

    theirs = BccClient(configuration).list_instances().instances

    assert theirs == []
    assert len(client.list_instances().instances) == 1


def test_a_token_makes_a_create_safe_to_repeat(client):
    first = create(client, client_token="token-1")

    again = create(client, client_token="token-1")

    assert again == first
    assert len(client.list_instances().instances) == 1
