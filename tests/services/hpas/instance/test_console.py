"""The console of an instance of HPAS."""

from __future__ import annotations

from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.hpas.instance.resource import HpasInstance
from tests.services.hpas.orders import NOBODY, ask, new_instances, new_subnet

CONSOLE = "/?action=DescribeHpasVncUrl"


def test_a_console_has_a_new_address_each_time(cloud):
    (one,) = new_instances(cloud, new_subnet(cloud))
    urls = {ask(cloud, "DescribeHpasVncUrl", {"hpasId": one})["vncUrl"] for _ in range(2)}

    assert len(urls) == 2
    assert all(url.startswith(f"http://{cloud.host}/vnc_auto.html?token=") for url in urls)
    cloud.refused(NoSuchObject, "POST", CONSOLE, {"hpasId": NOBODY})
    cloud.account.get(HpasInstance, one).state = "Expired"
    cloud.refused(OperationDenied, "POST", CONSOLE, {"hpasId": one})
