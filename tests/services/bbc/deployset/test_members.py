"""Deploy sets of servers: who is in them, and how many fit."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.shared.errors import QuotaLimitExceeded
from tests.services.bbc.servers import ORDER, new_server, server

SETS, STOCK = "/v1/deployset", "/v1/instance/getStockWithDeploySet"
WANTED = {"strategy": "tor_ha", "concurrency": 2}


def new_set(cloud, **members):
    return cloud.ok("POST", SETS, WANTED | members)["deploySetId"]


def stock(cloud, *deploy_sets):
    shown = cloud.ok("POST", STOCK, {"flavor": "BBC-I1-01", "deploySetIds": deploy_sets})["bbcStocks"]
    return {each["logicalZone"]: each["inventoryQuantity"] for each in shown}


def test_servers_are_made_in_a_deploy_set_until_it_is_full(cloud):
    spread, other = new_set(cloud, name="spread", desc="by switch"), new_set(cloud, strategy="RACK_HA")
    cloud.set_facts(serversOfDeploySetQuota=2)

    first = new_server(cloud, deploySetId=spread)

    assert server(cloud, first)["deploysetId"] == spread
    counts = {"zoneName": "cn-bj-a", "instanceCount": 1, "bbcInstanceCnt": 1, "bccInstanceCnt": 0, "instanceTotal": 2}
    known = {"name": "spread", "desc": "by switch", "strategy": "TOR_HA", "concurrency": 2}
    assert cloud.ok("GET", f"{SETS}/{spread}") == known | {
        "deploySetId": spread,
        "azIntstanceStatisList": [counts | {"instanceIds": [first], "bccInstanceIds": [], "bbcInstanceIds": [first]}],
    }
    listed = cloud.ok("GET", f"{SETS}?strategy=tor_ha")["deploySetList"]
    assert listed == [known | {"deploysetId": spread, "azIntstanceStatisList": [counts]}]
    assert [each["deploysetId"] for each in cloud.ok("GET", SETS)["deploySetList"]] == [other, spread]
    assert {"cn-bj-a": 1, "cn-bj-b": 2}.items() <= stock(cloud, other, spread).items()
    cloud.set_facts(**{"bbc.serverStock": {"cn-bj-b": 1}})
    assert stock(cloud, spread)["cn-bj-b"] == 1
    for path in ("/v1/instance", "/v1/instanceByLabel"):
        cloud.refused(QuotaLimitExceeded, "POST", path, ORDER | {"deploySetId": spread, "purchaseCount": 2})
        cloud.refused(NoSuchObject, "POST", path, ORDER | {"deploySetId": "dset-nobody00"})
    cloud.refused(OperationDenied, "DELETE", f"{SETS}/{spread}")
    cloud.ok("DELETE", f"/v2/instance/{first}")
    cloud.ok("DELETE", f"{SETS}/{spread}")
    for method in ("GET", "DELETE"):
        cloud.refused(NoSuchObject, method, f"{SETS}/{spread}")
    cloud.refused(NoSuchObject, "POST", STOCK, {"flavor": "BBC-I1-01", "deploySetIds": [other, spread]})


def test_what_is_no_deploy_set_is_refused(cloud):
    for members in ({"strategy": "LUCK"}, {"concurrency": 0}, {"concurrency": 6}, {"name": "1st"}, {"desc": "d" * 201}):
        cloud.refused(BadRequest, "POST", SETS, WANTED | members)
    cloud.set_facts(serverDeploySetQuota=0)
    cloud.refused(QuotaLimitExceeded, "POST", SETS, WANTED)
    cloud.set_facts(realNameVerified=False)
    cloud.refused(QualifyNotPass, "POST", SETS, WANTED)
