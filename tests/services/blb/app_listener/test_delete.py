"""Deleting listeners of application load balancers."""

from __future__ import annotations

from bce_emulator.services.blb.app_policy.resource import AppPolicy
from bce_emulator.services.blb.errors import InvalidParameter


def test_listeners_are_deleted_by_port_or_by_port_and_type(full):
    full.ok("PUT listener?batchdelete", portList=[80, 80], portTypeList=[{"port": 443, "type": "HTTPS"}])

    assert {each["listenerPort"] for each in full.look("listener", "listenerList")} == {53, 8080, 9443}


def test_the_policies_of_a_listener_go_with_it(full):
    full.ok("PUT listener?batchdelete", portList=[8080])

    assert list(full.cloud.account.all(AppPolicy)) == []
    full.ok("PUT appservergroup?delete", sgId="{group}")


def test_there_is_something_to_delete(full):
    for body in ({}, {"portList": [], "portTypeList": None}, {"portTypeList": [{"port": 80, "type": "QUIC"}]}):
        full.refused(InvalidParameter, "PUT listener?batchdelete", **body)
