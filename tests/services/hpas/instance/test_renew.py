"""Instances of HPAS are renewed."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.hpas.instance.resource import HpasInstance
from bce_emulator.services.shared.errors import InsufficientBalance
from tests.services.hpas.orders import NOBODY, ask, new_instances, new_subnet, shown

RENEW = "/?action=RenewHPASInstances"
MONTH = {"chargeType": "Prepaid", "period": 1, "periodUnit": "month"}


def test_a_prepaid_instance_lasts_longer_and_an_expired_one_comes_back(cloud):
    subnet_id = new_subnet(cloud)
    (one,) = new_instances(cloud, subnet_id, billingModel=MONTH)
    (by_use,) = new_instances(cloud, subnet_id)

    assert ask(cloud, "RenewHPASInstances", {"hpasIds": [one], "period": 1, "periodUnit": "Month"})["hpasIds"] == [one]
    cloud.clock.advance(32 * 86_400)
    assert shown(cloud, one)["status"] == "Active"
    cloud.clock.advance(30 * 86_400)
    assert shown(cloud, one)["status"] == "Expired"
    ask(cloud, "RenewHPASInstances", {"hpasIds": [one]})
    assert shown(cloud, one)["status"] == "Starting"
    cloud.refused(OperationDenied, "POST", RENEW, {"hpasIds": [one]})
    cloud.clock.advance(60)
    assert cloud.account.get(HpasInstance, one).expires > cloud.clock.now() + 27 * 86_400
    cloud.refused(OperationDenied, "POST", RENEW, {"hpasIds": [one, by_use]})
    cloud.refused(NoSuchObject, "POST", RENEW, {"hpasIds": [NOBODY]})
    cloud.refused(BadRequest, "POST", RENEW, {"hpasIds": [one], "period": 10})
    cloud.set_facts(balance=200)
    cloud.refused(InsufficientBalance, "POST", RENEW, {"hpasIds": [one]})
