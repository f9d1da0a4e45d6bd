"""A call at an address, where BCC and bare metal have one path: told apart by what it names and says, or refused."""

from __future__ import annotations

from copy import deepcopy

import pytest

from bce_emulator.engine.errors import NoSuchObject, ProductNotNamed
from bce_emulator.engine.http.product_choice import texts
from bce_emulator.settings import SettingError
from tests.cloud import SPEC, Cloud
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
    ("method", "target", "body", "operation"),
    [
        ("GET", "/v1/instance", None, "ListInstances"),
        ("GET", "/v1/instance?maxKeys=1000", None, "ListInstances"),
        ("GET", "/v1/image", None, "ListImages"),
        ("GET", "/v1/volume", None, "ListVolumes"),
        ("POST", "/v1/instance/batchDelete", {"instanceIds": [NOBODY]}, "ReleaseMultipleInstanceByPost"),
    ],
)
def test_a_call_that_could_be_either_is_refused_with_what_would_tell(cloud, both, method, target, body, operation):
    reply = cloud.refused(ProductNotNamed, method, target, body)

    assert (reply.status, reply.code) == (501, "NotImplemented")
    assert reply.body["message"] == f"{operation} is published by several products, and the host names none of them"
    told, path = reply.headers["x-bce-emulator-explain"], target.partition("?")[0]
    assert told == (
        f"bcc and bbc both have {method} {path}, and nothing in the request says which is meant: call a host such as "
        "bcc.bj.baidubce.com or bcc.bj.localhost, which HTTP_PROXY brings here, or start with --product bcc"
    )


def test_an_id_that_nobody_has_is_not_found(cloud, both):
    cloud.refused(NoSuchObject, "GET", f"/v1/instance/{NOBODY}")


@pytest.mark.parametrize(
    "where", [lambda name: {"instanceIds": [name]}, lambda name: {"more": [{"deep": name}]}], ids=["a list", "deep"]
)
def test_what_the_body_names_tells_whose_it_is(cloud, both, where):
    for name, product in zip(both, ("bbc", "bcc"), strict=True):
        cloud.call("POST", "/v1/instance/batchDelete", where(name))

        assert cloud.last_entry.target.product == product


@pytest.mark.parametrize(("says", "product"), [({"flavor": "BBC-X"}, "bbc"), ({"spec": SPEC}, "bcc")])
@pytest.mark.parametrize("assumed", ["", "bcc", "bbc"])
def test_what_only_one_knows_tells_whose_it_is_whatever_is_assumed(says, product, assumed):
    cloud = Cloud(product=assumed)
    cloud.host = ADDRESS

    cloud.call("POST", "/v1/instance/getStockWithDeploySet", says)

    assert cloud.last_entry.target.product == product


def test_every_text_of_a_body_is_looked_at_and_nothing_else_and_the_body_stays():
    body = {"a": "1", "b": [], "c": ["2", {"d": "3", "e": None}, 4, ["5"]], "f": {"g": "6"}, "h": True}
    before = deepcopy(body)

    assert sorted(texts(body)) == ["1", "2", "3", "5", "6"]
    assert body == before
    assert [list(texts(value)) for value in ("a", None, 1, [], {})] == [["a"], [], [], [], []]


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
