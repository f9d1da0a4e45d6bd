"""Which region a host means, as a client sees it."""

from __future__ import annotations

import pytest

from bce_emulator.cloud import PRODUCT_HOSTS, Emulator
from bce_emulator.engine.errors import InvalidURI
from bce_emulator.services.shared.image_errors import RegionNotSupportCopy
from bce_emulator.services.shared.regions import endpoint, regions, zones
from bce_emulator.settings import SettingError, Settings
from tests.cloud import Cloud
from tests.services.bcc.image.images import custom


def zones_at(cloud, host):
    cloud.host = host
    return [zone["zoneName"] for zone in cloud.ok("GET", "/v2/zone")["zones"]]


@pytest.mark.parametrize("region", regions())
def test_each_region_has_a_host_of_its_own_for_each_product(cloud, region):
    seen = {cloud.emulator.identity._region_of(endpoint(product, region)) for product in (*PRODUCT_HOSTS, "sts", "bos")}

    assert seen == {region}
    assert zones_at(cloud, endpoint("bcc", region)) == list(zones(region))


@pytest.mark.parametrize("region", [region for region in regions() if region != "bj"])
def test_an_instance_of_one_region_is_not_there_in_another(cloud, region):
    created = cloud.create()

    cloud.host = endpoint("bcc", region)

    assert cloud.ok("GET", "/v2/instance")["instances"] == []
    assert cloud.call("GET", f"/v2/instance/{created}").code == "NoSuchObject"


@pytest.mark.parametrize("host", ["BCC.GZ.BAIDUBCE.COM", "bcc.Gz.baidubce.com:80", "Bcc.GZ.localhost:8080"])
def test_a_host_in_upper_case_means_the_same_region(cloud, host):
    assert zones_at(cloud, host) == list(zones("gz"))


@pytest.mark.parametrize("host", ["bcc.xx.baidubce.com", "bcc.cn-bj.baidubce.com", "BLB.mars.BaiduBCE.com:443"])
def test_a_host_of_the_cloud_in_no_region_is_refused_by_name(cloud, host):
    cloud.host = host

    refusal = cloud.refused(InvalidURI, "GET", "/v2/zone")

    explained = refusal.headers["x-bce-emulator-explain"]
    assert repr(host.split(".")[1].lower()) in explained
    assert "there are bj, gz, su, bd, hkg, fwh, fsh, sin, cd, nj, yq, hb-fsg" in explained


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:8080",
        "emulator:8080",
        "my.service.local",
        "my.gz.service.local",
        "emulator.cd.svc.cluster.local:8080",
        "bcc.xx.localhost",
        "bcc.baidubce.com",
        "",
    ],
)
@pytest.mark.parametrize("region", ["bj", "su"])
def test_any_other_host_means_the_default_region(host, region):
    assert Emulator(Settings(region=region)).identity._region_of(host) == region


@pytest.mark.parametrize("region", [*regions(), "GZ"])
def test_each_region_can_be_the_default(region):
    assert zones_at(Cloud(region=region), "localhost") == list(zones(region.lower()))


def test_no_region_cannot_be_the_default():
    with pytest.raises(SettingError, match="--region is one of bj, gz, .*hb-fsg, not 'xx'"):
        Emulator(Settings(region="xx"))


def test_an_image_is_copied_to_any_other_region(cloud):
    others = [region for region in regions() if region != "bj"]

    copied = cloud.ok("POST", f"/v2/image/{custom(cloud)}?remoteCopy", {"destRegion": [*others, "GZ"]})["result"]

    assert [each["region"] for each in copied] == others


def test_an_image_is_not_copied_to_its_own_region_in_upper_case(cloud):
    cloud.refused(RegionNotSupportCopy, "POST", f"/v2/image/{custom(cloud)}?remoteCopy", {"destRegion": ["BJ"]})
