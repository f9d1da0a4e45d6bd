"""The OpenAPI document of the emulated API, made from the declarations of its operations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from bce_emulator.engine.declare.deferred import model_of
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Operation, Route
from bce_emulator.engine.declare.product import PRODUCTS, in_order
from bce_emulator.engine.declare.schemas import SCHEMAS, Schemas
from bce_emulator.engine.errors import COMMON, ApiError

Json = dict[str, Any]

ERROR: Json = {
    "type": "object",
    "required": ["requestId", "code", "message"],
    "properties": {"requestId": {"type": "string"}, "code": {"type": "string"}, "message": {"type": "string"}},
}


def document(operations: Iterable[Operation], version: str) -> Json:
    """Every route of every operation, as OpenAPI 3.1.

    Operations of one path and method differ in a key of the query. A path of OpenAPI has no query, so the key follows
    it as a fragment, and stands among the parameters too. So does the name of a product that yields the call to another
    wherever the host does not say which is meant.
    """
    rank = {product.name: number for number, product in enumerate(in_order(PRODUCTS.values()))}
    ordered = sorted(operations, key=lambda operation: (rank[operation.product], operation.key))
    requests, schemas = _request_schemas(operation.model for operation in ordered if operation.model is not None)
    responses = Schemas(reserved={"Error", *schemas})
    paths: dict[str, Json] = {}
    for operation in ordered:
        for number, route in enumerate(operation.routes):
            path, method = _path(route), route.method.lower()
            if method in paths.get(path, {}):
                path += f"{'&' if '#' in path else '#'}{operation.product}"
            paths.setdefault(path, {})[method] = _operation(operation, route, number, requests, responses)
    return {
        "openapi": "3.1.0",
        "info": {"title": "The API that bce-emulator emulates", "version": version},
        "servers": [{"url": "/"}],
        "security": [{"bce-auth-v1": []}],
        "paths": {path: paths[path] for path in sorted(paths)},
        "components": {
            "schemas": {"Error": ERROR} | schemas | responses.named,
            "responses": {"CommonErrors": _response("One of the errors that every operation can end in.", COMMON)},
            "securitySchemes": {
                "bce-auth-v1": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "bce-auth-v1/{access key}/{timestamp}/{seconds}/{signed headers}/{signature}",
                }
            },
        },
    }


class _Untitled(GenerateJsonSchema):
    """Leaves out the titles that pydantic makes of the names of members."""

    def field_title_should_be_set(self, _schema: Any) -> bool:
        return False


def _request_schemas(models: Iterable[type[Model]]) -> tuple[dict[type[Model], Json], dict[str, Json]]:
    """The schema of each model, and by name the schemas of the parts of models."""
    ordered = sorted(set(models), key=lambda model: (model.__module__, model.__name__))
    references, found = models_json_schema(
        [(model_of(model), "validation") for model in ordered], ref_template=SCHEMAS, schema_generator=_Untitled
    )
    parts: dict[str, Json] = found.get("$defs", {})
    requests = {model: parts[references[model_of(model), "validation"]["$ref"].rpartition("/")[2]] for model in ordered}
    referenced = set(_references(parts))
    return requests, {name: part for name, part in parts.items() if name in referenced}


def _references(value: Any) -> Iterator[str]:
    """The names of the schemas that are referred to anywhere within a value."""
    if isinstance(value, dict) and isinstance(value.get("$ref"), str):
        yield value["$ref"].rpartition("/")[2]
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _references(each)


def _path(route: Route) -> str:
    key = f"#{route.key}" if route.key else ""
    return route.path + key + (f"={route.value}" if route.value else "")


def _operation(
    operation: Operation, route: Route, number: int, requests: dict[type[Model], Json], responses: Schemas
) -> Json:
    described: Json = {
        "operationId": operation.key + (f"_{number + 1}" if number else ""),
        "summary": operation.summary,
        "tags": [operation.product],
        "parameters": [*_parameters_of_route(route)],
        "responses": {"200": {"description": "It was done.", "content": _content(responses.of(operation.response))}},
        "x-basis": operation.basis,
    }
    if operation.doc:
        described["externalDocs"] = {"url": operation.doc}
    if operation.model is not None and operation.reader is not None:
        schema, sources = requests[operation.model], operation.reader.sources
        required = set(schema.get("required", ())) - set(route.variables)
        members = {name: each for name, each in schema["properties"].items() if name not in route.variables}
        described["parameters"] += [
            {"name": name, "in": "query", "required": name in required, "schema": each}
            for name, each in members.items()
            if sources[name].in_query
        ]
        body = {name: each for name, each in members.items() if not sources[name].in_query}
        if body:
            needed = sorted(required & body.keys())
            described["requestBody"] = {
                "required": bool(needed),
                "content": _content({"type": "object", "properties": body, "required": needed}),
            }
    for status in sorted({error.status for error in operation.errors}):
        errors = [error for error in operation.errors if error.status == status]
        described["responses"][str(status)] = _response(
            "; ".join(dict.fromkeys(error.code for error in errors)), errors
        )
    described["responses"]["default"] = {"$ref": "#/components/responses/CommonErrors"}
    return described


def _parameters_of_route(route: Route) -> list[Json]:
    found: list[Json] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in route.variables
    ]
    if route.key:
        values = {"enum": [route.value or ""]}
        found.append({"name": route.key, "in": "query", "required": True, "schema": {"type": "string", **values}})
    return found


def _response(description: str, errors: Iterable[type[ApiError]]) -> Json:
    examples = {}
    for number, error in enumerate(errors, 1):
        value = {"requestId": "00000000-0000-4000-8000-000000000000", "code": error.code, "message": error.message}
        examples[f"{number} {error.code}"] = {"summary": " ".join((error.__doc__ or "").split()), "value": value}
    content = _content({"$ref": SCHEMAS.format(model="Error")})
    content["application/json"]["examples"] = examples
    return {"description": description, "content": content}


def _content(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}
