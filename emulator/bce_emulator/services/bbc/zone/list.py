"""Regions, as bare metal lists them."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import OperationDenied
from bce_emulator.services.bbc import PRODUCT
from bce_emulator.services.shared.regions import DescribeRegionsResponse, regions_named


class DescribeRegionsRequest(Model):
    """Which region to show; all of them if its name is empty."""

    client_token: ClientToken = ""
    region: str


@operation(
    "POST /v2/region/describeRegions", errors=[OperationDenied], doc="https://cloud.baidu.com/doc/BBC/s/zjwvxuajn"
)
def describe_regions(_account: AccountRegion, request: DescribeRegionsRequest) -> DescribeRegionsResponse:
    """List the regions and where each is reached; the code of the refusal is proposed."""
    return regions_named(request.region, PRODUCT.hosts[0])
