"""pytest: the plugin comes with bce-emulator, so there is nothing to set up and nothing to import."""

import pytest
from baidubce.exception import BceHttpClientError


def status(client, instance):
    return client.get_instance(instance).instance.status


def test_a_stopped_instance_starts_again(bce):
    client = bce.bcc_client()
    instance = bce.instance(status="Stopped")

    client.start_instance(instance)
    assert status(client, instance) == "Starting"

    bce.clock.advance()
    assert status(client, instance) == "Running"


def test_a_refusal_reaches_the_caller_once(bce):
    client = bce.bcc_client()
    instance = bce.instance(status="Stopped")
    bce.faults.plan("StartInstance", "Instance.StartExpiredInstance", resource=instance)

    with pytest.raises(BceHttpClientError) as refusal:
        client.start_instance(instance)

    assert refusal.value.last_error.code == "Instance.StartExpiredInstance"
    bce.journal.verify("StartInstance", resource=instance, count=1)


def test_an_expired_instance_is_something_to_test_too(bce):
    assert status(bce.bcc_client(), bce.instance(status="Expired")) == "Expired"
