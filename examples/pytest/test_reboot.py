"""pytest: a reboot that takes no time, since the test moves the clock."""


def test_a_reboot_ends_in_running(bce):
    client = bce.bcc_client()
    instance = bce.instance(status="Running")

    client.reboot_instance(instance)
    assert client.get_instance(instance).instance.status == "Starting"

    bce.clock.advance()
    assert client.get_instance(instance).instance.status == "Running"
