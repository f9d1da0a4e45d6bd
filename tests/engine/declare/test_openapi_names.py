"""Products may call what they take and what they answer by the same names: the OpenAPI document keeps them apart."""

from typing import Any

import pytest
from fastapi.openapi.models import OpenAPI

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.openapi import ERROR, document
from bce_emulator.engine.declare.operations import Operation
from bce_emulator.engine.declare.response_types import ResponseType, TypedDict


def model(name: str, product: str, members: dict[str, Any], **defaults: Any) -> type[Model]:
    """A request model as a class statement in a file of the product makes it."""
    body = {"__module__": f"{product}.list", "__qualname__": name, "__annotations__": members, **defaults}
    return type(Model)(name, (Model,), body)


def listing(product: str, requested: str, returned: str, view: str = "ShadeView") -> Operation:
    """An operation whose classes have the names of those of every other product, and members of their own."""
    part = model("Shade", product, {requested: str})
    request = model("ListRequest", product, {"shades": tuple[part, ...]}, shades=())
    shade = ResponseType(view, (TypedDict,), {"__annotations__": {returned: str}})

    class ListResponse(TypedDict):
        shades: list[shade]

    shade.__module__ = ListResponse.__module__ = f"{product}.show"

    def list_shades(account: AccountRegion, request: request) -> ListResponse:
        """List shades."""
        return {"shades": []}

    return Operation(list_shades, [f"POST /{product}/shades"], [], "", "", "documented", product, None)


def shades_of(described: dict[str, Any], product: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The schemas of a shade in the request and in the response of a product."""
    call = described["paths"][f"/{product}/shades"]["post"]
    requested = call["requestBody"]["content"]["application/json"]["schema"]
    returned = resolved(described, call["responses"]["200"]["content"]["application/json"]["schema"])
    return (
        resolved(described, requested["properties"]["shades"]["items"]),
        resolved(described, returned["properties"]["shades"]["items"]),
    )


def resolved(described: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    return described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]


@pytest.mark.parametrize("view", ["ShadeView", "Shade", "Error", "ListRequest"])
def test_classes_of_one_name_in_two_products_are_two_schemas(view):
    operations = [listing("blb", "colour", "hue", view), listing("eip", "size", "width", view)]

    described = document(operations, "1")

    OpenAPI.model_validate(described)
    members = {
        product: [(list(schema["properties"]), schema["required"]) for schema in shades_of(described, product)]
        for product in ("blb", "eip")
    }
    assert members == {
        "blb": [(["colour"], ["colour"]), (["hue"], ["hue"])],
        "eip": [(["size"], ["size"]), (["width"], ["width"])],
    }
    assert described["components"]["schemas"]["Error"] == ERROR


def test_a_part_of_a_response_may_have_the_name_of_a_part_of_a_request():
    described = document([listing("blb", "colour", "hue", view="Shade")], "1")

    requested, returned = shades_of(described, "blb")
    assert (list(requested["properties"]), list(returned["properties"])) == (["colour"], ["hue"])


def test_one_class_in_two_operations_is_one_schema():
    first, second = listing("blb", "colour", "hue"), listing("eip", "size", "width")
    second.response = first.response

    described = document([first, second], "1")

    assert shades_of(described, "blb")[1] is shades_of(described, "eip")[1]


def test_a_request_that_is_part_of_another_one_is_described_where_it_is_referred_to():
    lamps = listing("blb", "colour", "hue")
    shop = listing("eip", "size", "width")
    shop.model = model("ShopRequest", "eip", {"shades": tuple[lamps.model, ...]}, shades=())

    described = document([lamps, shop], "1")

    assert list(shades_of(described, "eip")[0]["properties"]) == ["shades"]
