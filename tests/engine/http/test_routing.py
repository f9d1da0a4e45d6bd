"""Which operation a request addresses, and what is said of a path that no operation has."""

from __future__ import annotations

import pytest

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare import product
from bce_emulator.engine.declare.catalogue import Catalogue, Published
from bce_emulator.engine.declare.operations import Operation, Route
from bce_emulator.engine.declare.product import Product
from bce_emulator.engine.errors import ApiError, BadRequest, InvalidURI, InvalidVersion, MethodNotAllowed, UnknownPath
from bce_emulator.engine.http.request import Head, Request
from bce_emulator.engine.http.routing import MAX_GUESSED, MAX_REMEMBERED, REMEMBERED, Endpoint, Routes, Tree


@pytest.mark.parametrize(
    ("method", "path", "near"),
    [
        ("GET", "/v2/instances/i-1/vnc", "GET /v2/instance/{instanceId}/vnc"),
        ("POST", "/v2/keypairs", "POST /v2/image, POST /v2/instanceBySpec"),
        ("DELETE", "/v2/volume/v-1" + "/x" * 2_000, "DELETE /v2/volume/cluster/{clusterId}"),
    ],
)
def test_operations_that_are_near_are_named(cloud, method, path, near):
    reply = cloud.call(method, path)

    told = reply.headers["x-bce-emulator-explain"]
    assert (reply.status, reply.code) == (404, "InvalidURI")
    assert told.startswith("no such operation; the nearest are ")
    assert near in told


def test_who_signs_the_slash_of_an_endpoint_is_told_so(cloud):
    for path in ("//v2/zone", "//v1/vpc?maxKeys=1"):
        reply = cloud.call("GET", path)

        assert (reply.status, reply.code) == (404, "InvalidURI")
        assert "an endpoint ends without one" in reply.headers["x-bce-emulator-explain"]


def test_nothing_is_compared_for_who_has_not_signed(cloud, monkeypatch):
    monkeypatch.setattr(Routes, "nearest", lambda *_: pytest.fail("compared"))

    assert cloud.call("GET", "/v2/instances/i-1", sign=False).code == "AccessDenied"


class EmptyId(ApiError):
    status, code, message = 400, "EmptyId", "The id is empty."


def nothing(account: AccountRegion) -> None:
    """Stands for any operation."""


def declared(name: str, *routes: str, of: str = "lamp", empty_id: type[ApiError] | None = None) -> Operation:
    return Operation(nothing, routes, (), "", name, "documented", of, empty_id)


OPERATIONS = [
    declared("List", "GET /v1/lamp"),
    declared("Create", "POST /v1/lamp"),
    declared("Get", "GET /v1/lamp/{lampId}", empty_id=EmptyId),
    declared("Rename", "PUT /v1/lamp/{lampId}"),
    declared("Stop", "PUT /v1/lamp/{lampId}?stop", "PUT /v1/lamps/{lampId}?off", empty_id=EmptyId),
    declared("Prepay", "PUT /v1/lamp/{lampId}?action=TO_PREPAY"),
    declared("Postpay", "PUT /v1/lamp/{lampId}?action=TO_POSTPAY"),
    declared("Delete", "DELETE /v1/lamp/{lampId}?now"),
    declared("Kinds", "GET /v1/lamp/kind/{kind}/all"),
    declared("Part", "GET /v1/lamp/{lampId}/{part}/one", empty_id=EmptyId),
    declared("Third", "GET /v3/lamp", "GET /v3/only"),
    declared("Status", "GET /status"),
    declared("Sell", "POST /v2/shop", of="shop"),
    declared("ListOfShop", "GET /v1/lamp", of="shop"),
    declared("ClearShop", "DELETE /v1/lamp", of="shop"),
]
PUBLISHED = [
    ("Get", "lamp", ("GET /v1/lamp/{id}", "GET /v1/light/{id}")),
    ("Blink", "lamp", ("POST /v1/lamp/{lampId}/blink",)),
    ("Copy", "lamp", ("POST /v1/lamp/{from}/{to}",)),
    ("Copy", "shop", ("PUT /v2/shop/{from}/{to}",)),
]


def routes_of(*more: Operation) -> Routes:
    """Two products: one behind two hosts and under two more versions, and one behind another host."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(product, "PRODUCTS", {})
        products = [Product("lamp", "", "", ("lamp", "light"), ("v1", "v2")), Product("shop", "", "", ("shop",))]
        published = [
            Published(name, of, "", tuple(Route.parse(route) for route in routes)) for name, of, routes in PUBLISHED
        ]
        return Routes(Catalogue(published, [*OPERATIONS, *more], products))


@pytest.fixture(scope="module")
def routes() -> Routes:
    return routes_of()


def request(method: str, target: str, host: str = "localhost") -> Request:
    path, _, query = target.partition("?")
    headers = [(b"host", host.encode())]
    made = Request(
        Head({"method": method, "raw_path": path.encode(), "query_string": query.encode(), "headers": headers})
    )
    made.decode()
    return made


@pytest.mark.parametrize(
    ("method", "target", "host", "key", "values"),
    [
        ("GET", "/v1/lamp", "", "lamp.List", {}),
        ("GET", "/v1/lamp", "localhost:80", "lamp.List", {}),
        ("GET", "/v1/lamp", "shop.example", "shop.ListOfShop", {}),
        ("GET", "/v1/lamp", "SHOP.other.example", "shop.ListOfShop", {}),
        ("GET", "/v1/lamp", "light", "lamp.List", {}),
        ("GET", "/v1/lamp", "example.shop", "lamp.List", {}),
        ("GET", "/v2/lamp", "", "lamp.List", {}),
        ("GET", "/v1/lamp?" + "a" * MAX_REMEMBERED, "shop", "shop.ListOfShop", {}),
        ("DELETE", "/v1/lamp", "", "shop.ClearShop", {}),
        ("GET", "/v3/lamp", "", "lamp.Third", {}),
        ("POST", "/v1/lamp", "", "lamp.Create", {}),
        ("POST", "/v2/shop", "", "shop.Sell", {}),
        ("GET", "/status", "", "lamp.Status", {}),
        ("GET", "/v1/lamp/x?a=1", "", "lamp.Get", {"lampId": "x"}),
        ("GET", "/v1/light/x", "", "lamp.Get", {"lampId": "x"}),
        ("GET", "/v1/lamp/kind", "", "lamp.Get", {"lampId": "kind"}),
        ("GET", "/v1/lamp/kind/round/all", "", "lamp.Kinds", {"kind": "round"}),
        ("GET", "/v1/lamp/kind/round/one", "", "lamp.Part", {"lampId": "kind", "part": "round"}),
        ("PUT", "/v1/lamp/x", "", "lamp.Rename", {"lampId": "x"}),
        ("PUT", "/v1/lamp/x?a=1&action=OTHER", "", "lamp.Rename", {"lampId": "x"}),
        ("PUT", "/v1/lamp/x?a=1&stop&b", "", "lamp.Stop", {"lampId": "x"}),
        ("PUT", "/v1/lamp/x?stop&stop=2", "", "lamp.Stop", {"lampId": "x"}),
        ("PUT", "/v2/lamps/x?off=1", "", "lamp.Stop", {"lampId": "x"}),
        ("PUT", "/v1/lamp/x?action=TO_PREPAY", "", "lamp.Prepay", {"lampId": "x"}),
        ("PUT", "/v1/lamp/x?action=TO_POSTPAY", "", "lamp.Postpay", {"lampId": "x"}),
        ("DELETE", "/v1/lamp/x?now", "", "lamp.Delete", {"lampId": "x"}),
        ("POST", "/v1/lamp/x/blink", "", "lamp.Blink", {"lampId": "x"}),
        ("POST", "/v2/lamp/x/y", "", "lamp.Copy", {"from": "x", "to": "y"}),
        ("PUT", "/v2/shop/x/y", "", "shop.Copy", {"from": "x", "to": "y"}),
        ("GET", "/v1/lamp/", "", "lamp.Get", {"lampId": ""}),
        ("PUT", "/v1/lamp/?stop", "", "lamp.Stop", {"lampId": ""}),
        ("GET", "/v2/lamp//x/one", "", "lamp.Part", {"lampId": "", "part": "x"}),
        ("GET", "/v2/lamp/x//one", "", "lamp.Part", {"lampId": "x", "part": ""}),
        ("GET", "/v1/lamp/", "light", "lamp.Get", {"lampId": ""}),
    ],
)
def test_an_operation_is_found_by_host_path_method_and_query(routes, method, target, host, key, values):
    found = routes.find(request(method, target, host))

    assert (found.target.key, found.path_values) == (key, values)


def test_where_the_host_names_no_product_those_of_others_at_the_same_place_are_told():
    routes = routes_of(
        declared("RenameOfShop", "PUT /v1/lamp/{name}", of="shop"),
        declared("All", "GET /v1/lamp/all", of="shop"),
    )

    def others(method: str, target: str, host: str = "") -> list[tuple[str, dict[str, str]]]:
        return [(each.target.key, each.path_values) for each in routes.find(request(method, target, host)).others]

    assert others("GET", "/v1/lamp") == [("shop.ListOfShop", {})]
    assert others("PUT", "/v1/lamp/x") == [("shop.RenameOfShop", {"name": "x"})]
    assert others("GET", "/v1/lamp/all") == [], "an id of lamps is no place that a shop has"
    assert others("PUT", "/v1/lamp/x?stop") == [("shop.RenameOfShop", {"name": "x"})]
    assert others("POST", "/v1/lamp") == others("GET", "/v1/lamp/") == others("GET", "/v1/lamp", "lamp") == []


@pytest.mark.parametrize(
    ("target", "is_first"), [("/v1/lamp", True), ("/v2/lamp", False), ("/v1/lamp/x", True), ("/v1/light/x", False)]
)
def test_a_place_is_that_of_an_operation_first_of_all_if_it_is_published_there_before_others(routes, target, is_first):
    assert routes.find(request("GET", target)).is_first is is_first


@pytest.mark.parametrize(
    ("method", "target", "host", "error", "explanation"),
    [
        ("PUT", "/v1/lamp", "", MethodNotAllowed, "PUT is not a method of /v1/lamp"),
        ("PUT", "/v1/lamp/x?stop&action=TO_PREPAY", "", BadRequest, "the query names two operations at once"),
        ("DELETE", "/v1/lamp/x", "", InvalidURI, "no operation of DELETE /v1/lamp/x has this query key"),
        ("GET", "/v1/lamp/x?stop", "", MethodNotAllowed, "the action that the query names goes with another method"),
        ("GET", "/v1/lamp/x?a&now", "", MethodNotAllowed, "the action that the query names goes with another method"),
        ("GET", "/v9/lamp", "", InvalidVersion, "the versions are v1, v2, v3"),
        ("GET", "/v9", "", InvalidVersion, "the versions are v1, v2, v3"),
        ("GET", "/v3/other", "", UnknownPath, "no such operation"),
        ("GET", "/v2/only", "", UnknownPath, "no such operation"),
        ("GET", "/v9x/lamp", "", UnknownPath, "no such operation"),
        ("GET", "/V9/lamp", "", UnknownPath, "no such operation"),
        ("GET", "/", "", UnknownPath, "no such operation"),
        ("GET", "", "", UnknownPath, "no such operation"),
        ("GET", "/v3/lamp/x", "", UnknownPath, "no such operation"),
        ("GET", "/v1/shop", "", UnknownPath, "no such operation"),
        ("PUT", "/v1/lamp/", "", UnknownPath, "no such operation"),
        ("DELETE", "/v1/lamp/", "", UnknownPath, "no such operation"),
        ("HEAD", "/v1/lamp/", "", UnknownPath, "no such operation"),
        ("GET", "/v1/lamp//", "", UnknownPath, "no such operation"),
        ("GET", "/v1/lamp/", "shop", UnknownPath, "no such operation"),
        ("GET", "/v1//lamp", "", UnknownPath, "no such operation"),
        ("POST", "/v1/lamp//blink", "", UnknownPath, "no such operation"),
        ("POST", "/v2/shop", "lamp", UnknownPath, "no such operation"),
        ("GET", "/v2/shop", "", MethodNotAllowed, "GET is not a method of /v2/shop"),
    ],
)
def test_a_request_that_no_operation_has_is_refused_with_the_reason(routes, method, target, host, error, explanation):
    with pytest.raises(ApiError) as caught:
        routes.find(request(method, target, host))

    assert (type(caught.value), caught.value.explanation) == (error, explanation)


@pytest.mark.parametrize(
    ("method", "target", "allowed"),
    [
        ("PATCH", "/v1/lamp/x", b"DELETE, GET, PUT"),
        ("GET", "/v1/lamp/x?stop", b"DELETE, PUT"),
        ("PUT", "/v1/lamp", b"DELETE, GET, POST"),
    ],
)
def test_a_method_that_a_path_does_not_have_is_told_those_that_it_has(routes, method, target, allowed):
    with pytest.raises(MethodNotAllowed) as caught:
        routes.find(request(method, target, ""))

    assert dict(caught.value.headers)[b"allow"] == allowed


def test_two_operations_cannot_have_one_place():
    for route in ("GET /v1/lamp", "PUT /v1/lamp/{id}?stop", "PUT /v1/lamp/{id}?action=TO_PREPAY"):
        with pytest.raises(ValueError, match="^lamp.Other wants the place of another operation: ") as caught:
            routes_of(declared("Other", route))
        assert str(caught.value).endswith(f": {route}")


def test_a_tree_says_whether_a_route_was_free_or_has_this_operation():
    tree, one, other = Tree(), OPERATIONS[0], OPERATIONS[1]

    for text in ("GET /v1/a", "GET /v1/a?k", "GET /v1/a?k=v", "GET /a/v2"):
        route = Route.parse(text)
        assert [tree.add(route, each) for each in (one, one, other)] == [True, True, False]

    assert [str(route) for route in tree.routes] == ["GET /v1/a", "GET /v1/a?k", "GET /v1/a?k=v", "GET /a/v2"]
    assert tree.versions == {"v1"}
    choice = tree.root.literals["v1"].literals["a"].methods["GET"]
    assert choice.default == choice.by_key["k"] == choice.by_value["k", "v"] == Endpoint(one, ())


@pytest.mark.parametrize(
    ("target", "resource"),
    [
        ("/v1/lamp", ""),
        ("/v1/lamp/l-1", "l-1"),
        ("/v1/lamp/l-1/bulb/one", "l-1/bulb"),
        ("/v1/lamp/a%20b%0a", "a\\x20b\\n"),
    ],
)
def test_what_a_path_names_is_known_as_it_is_logged(routes, target, resource):
    assert routes.find(request("GET", target)).resource == resource


def test_a_result_is_remembered_unless_the_head_is_long():
    routes, size = routes_of(), len("h")
    path = "/v1/lamp/".ljust(MAX_REMEMBERED - size, "x")

    for _ in range(2):
        routes.find(request("GET", path + "x", "h"))
        routes.find(request("GET", path[:-1] + "?x", "h"))
        routes.find(request("GET", path, "ho"))
    assert routes._remembered.cache_info().currsize == 1, "the query, and no question mark"
    routes = routes_of()
    routes.find(request("GET", path[:-1] + "?xx", "h"))
    assert routes._remembered.cache_info().currsize == 0
    for _ in range(2):
        assert routes.find(request("GET", path, "h")).target.key == "lamp.Get"
    assert routes._remembered.cache_info()[:4] == (1, 1, REMEMBERED, 1)
    assert (REMEMBERED, MAX_REMEMBERED) == (2_048, 2_048)


@pytest.mark.parametrize(
    ("method", "path", "near"),
    [
        ("GET", "/v1/lamp/x/y/z", "GET /v1/lamp/kind/{kind}/all, GET /v1/lamp/{lampId}/{part}/one, POST /v1/lamp/{lampId}/blink"),
        ("GET", "/v2/shop", "POST /v2/shop, GET /v2/lamp, POST /v2/lamp"),
        ("DELETE", "/v1/lamb", "DELETE /v1/lamp, GET /v1/lamp, POST /v1/lamp"),
        ("POST", "/v2/lamp/x/blinc", "POST /v2/lamp/{lampId}/blink, POST /v2/lamp/{from}/{to}, GET /v2/lamp/{lampId}"),
        ("PUT", "/v2/shop/" + "x/" * 200, "PUT /v2/shop/{from}/{to}, GET /v2/lamp/kind/{kind}/all, GET /v2/lamp/{lampId}/{part}/one"),
    ],
)  # fmt: skip
def test_the_nearest_are_those_with_most_segments_in_common_and_the_same_length_and_method(routes, method, path, near):
    assert routes.nearest(request(method, path)) == f"no such operation; the nearest are {near}"
    assert routes.nearest(request(method, "/" + path)) == (
        "no such operation: the path begins with two slashes, and an endpoint ends without one"
    )
    assert MAX_GUESSED == 200
