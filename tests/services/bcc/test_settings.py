"""What the cloud decides about an account, whatever it requests."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import QualifyNotPass
from tests.cloud import Cloud
from tests.disks import new_volume

POLICY = {"name": "nightly", "timePoints": [1], "repeatWeekdays": [1], "retentionDays": 7}
ROUTE = {"sourceAddress": "0.0.0.0/0", "destinationAddress": "10.9.0.0/16", "nexthopType": "defaultGateway"}


@pytest.mark.parametrize(
    ("target", "body"),
    [
        ("/v2/securityGroup", {"name": "web"}),
        ("/v2/instance/deployset/create", {}),
        ("/v2/snapshot", {"snapshotName": "before"}),
        ("/v2/asp", POLICY),
        ("/v1/route/rule", ROUTE),
    ],
)
def test_an_account_that_is_not_verified_makes_nothing(cloud: Cloud, target, body):
    table = cloud.ok("GET", f"/v1/route?vpcId={cloud.ok('GET', '/v1/vpc')['vpcs'][0]['vpcId']}")["routeTableId"]
    body = body | {"volumeId": new_volume(cloud), "routeTableId": table}
    cloud.set_facts(realNameVerified=False)

    cloud.refused(QualifyNotPass, "POST", target, body)

    cloud.set_facts(realNameVerified=True)
    cloud.ok("POST", target, body)
