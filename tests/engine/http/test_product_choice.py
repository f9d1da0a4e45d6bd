"""A call at an address, where BCC and bare metal have one path: told apart by what it names and says, or refused."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import NoSuchObject, ProductNotNamed
from bce_emulator.settings import SettingError
from tests.cloud import Cloud
from tests.services.bbc.servers import HOST, NOBODY, ORDER, new_server

ADDRESS = "127.0.0.1:8080"


@pytest.fixture
def both(cloud: Cloud) -> tuple[str, str]:
    """A server and an instance of one account; what comes next is sent to an address."""
    cloud.host = HOST
    server = new_server(cloud)
    cloud.host = ADDRESS
    return server, cloud.create()


def test_what_a_call_names_or_says_tells_whose_it_is(cloud, both):
    server, instance = both
    sent = [
        ("GET", f"/v1/instance/{server}", None, "bbc.GetInstanceDetail"),
        ("GET", f"/v1/instance/{instance}", None, "bcc.GetInstance"),
        ("GET", f"/v2/instance/{instance}", None, "bcc.GetInstance"),
        ("PUT", f"/v1/instance/{server}?rename", {"name": "metal"}, "bbc.ModifyInstanceName"),
        ("POST", "/v1/instance", ORDER, "bbc.CreateInstance"),
        ("POST", "/v2/region/describeRegions", {}, "bcc.DescribeRegions"),
        ("PUT", f"/v1/instance/{server}?stop", {}, "bbc.StopInstance"),
        ("PUT", f"/v1/instance/{instance}?stop", {}, "bcc.StopInstance"),
    ]

    for method, target, body, operation in sent:
        cloud.ok(method, target, body)
        assert cloud.last_entry.target.key == operation
    cloud.clock.advance(600)
    for name in both:
        cloud.ok("DELETE", f"/v2/instance/{name}")
        assert cloud.last_entry.target.product == ("bbc" if name == server else "bcc")


@pytest.mark.parametrize(
    ("method", "target", "body"),
    [
        ("GET", "/v1/instance", None),
        ("GET", "/v1/instance?maxKeys=1000", None),
        ("GET", "/v1/image", None),
        ("GET", "/v1/volume", None),
        ("POST", "/v1/instance/batchDelete", {"instanceIds": [NOBODY]}),
    ],
)
def test_a_call_that_could_be_either_is_refused_with_what_would_tell(cloud, both, method, target, body):
    reply = cloud.refused(ProductNotNamed, method, target, body)

    assert (reply.status, reply.code) == (501, "NotImplemented")
    assert "bcc and bbc both have" in reply.headers["x-bce-emulator-explain"]
    assert "--product bcc" in reply.headers["x-bce-emulator-explain"]


def test_an_id_that_nobody_has_is_not_found(cloud, both):
    cloud.refused(NoSuchObject, "GET", f"/v1/instance/{NOBODY}")


@pytest.mark.parametrize("product", ["bcc", "bbc"])
def test_a_product_can_be_assumed(product):
    cloud = Cloud(product=product)
    cloud.host = HOST
    server = new_server(cloud)
    cloud.host = ADDRESS
    cloud.create()

    (shown,) = cloud.ok("GET", "/v1/instance")["instances"]
    assert (shown["id"] == server) == (product == "bbc")


def test_a_product_that_there_is_not_is_refused_at_the_start():
    with pytest.raises(SettingError, match="^--product is one of bbc, bcc, .*, not 'ecs'$"):
        Cloud(product="ecs")
