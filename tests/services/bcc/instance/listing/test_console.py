"""The console of an instance, and its user data."""

from __future__ import annotations

import re

import pytest

from bce_emulator.engine.errors import InappropriateJSON, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.resource import Instance

UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_every_look_at_a_console_has_an_address_of_its_own(cloud, running, version):
    target = f"/{version}/instance/{running}/vnc"

    first, second = cloud.ok("GET", target), cloud.ok("GET", target)

    assert re.fullmatch(rf"http://{cloud.host}/vnc_auto\.html\?token={UUID}", first["vncUrl"])
    assert first != second


def test_an_expired_instance_shows_no_console(cloud, running):
    cloud.account.get(Instance, running).state = "Expired"

    cloud.refused(OperationDenied, "GET", f"/v2/instance/{running}/vnc")


def test_an_unknown_instance_is_not_found(cloud):
    cloud.refused(NoSuchObject, "GET", "/v2/instance/i-nobody00/vnc")
    cloud.refused(NoSuchObject, "POST", "/v2/instance/attribute/getUserdata", {"instanceId": "i-nobody00"})


@pytest.mark.parametrize("data", ["", "IyEvYmluL3No"])
def test_user_data_is_shown_as_it_was_given(cloud, data):
    instance = cloud.create(userData=data)

    response = cloud.ok("POST", "/v2/instance/attribute/getUserdata?clientToken=ignored", {"instanceId": instance})

    assert response == {"userData": data, "instanceId": instance}


def test_user_data_is_that_of_an_instance(cloud):
    cloud.refused(InappropriateJSON, "POST", "/v2/instance/attribute/getUserdata", {})
