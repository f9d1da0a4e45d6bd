"""The OpenAPI document of the emulated API, made from the declarations of its operations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Operation, Route
from bce_emulator.engine.errors import COMMON, ApiError

Json = dict[str, Any]

SCHEMAS = "#/components/schemas/{model}"
ERROR: Json = {
    "type": "object",
    "required": ["requestId", "code", "message"],
    "properties": {"requestId": {"type": "string"}, "code": {"type": "string"}, "message": {"type": "string"}},
}


def document(operations: Iterable[Operation], version: str) -> Json:
    """Every route of every operation, as OpenAPI 3.1.

    Operations of one path and method differ in a key of the query. A path of OpenAPI has no query, so the key follows
    it as a fragment, and stands among the parameters too. What is answered is an object; its members are not declared.
    """
    ordered = sorted(operations, key=lambda operation: (operation.product, operation.name))
    models = {operation.model for operation in ordered if operation.model is not None}
    schemas = _schemas(models)
    whole = {model.__name__ for model in models}
    paths: dict[str, Json] = {}
    for operation in ordered:
        for number, route in enumerate(operation.routes):
            path_item = paths.setdefault(_path(route), {})
            path_item[route.method.lower()] = _operation(operation, route, number, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "The API that bce-emulator emulates", "version": version},
        "servers": [{"url": "/"}],
        "security": [{"bce-auth-v1": []}],
        "paths": {path: paths[path] for path in sorted(paths)},
        "components": {
            "schemas": {"Error": ERROR} | {name: each for name, each in schemas.items() if name not in whole},
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


def _schemas(models: Iterable[type[Model]]) -> dict[str, Json]:
    """The schema of each model, and of each part of one, by name."""
    ordered = sorted(models, key=lambda model: model.__name__)
    _, found = models_json_schema(
        [(model, "validation") for model in ordered], ref_template=SCHEMAS, schema_generator=_Untitled
    )
    schemas: dict[str, Json] = found["$defs"]
    return schemas


def _path(route: Route) -> str:
    key = f"#{route.key}" if route.key else ""
    return route.path + key + (f"={route.value}" if route.value else "")


def _operation(operation: Operation, route: Route, number: int, schemas: dict[str, Json]) -> Json:
    told: Json = {
        "operationId": operation.name + (f"_{number + 1}" if number else ""),
        "summary": operation.summary,
        "tags": [operation.product],
        "externalDocs": {"url": operation.doc},
        "parameters": [*_parameters_of_route(route)],
        "responses": {"200": {"description": "It was done.", "content": _content({"type": "object"})}},
        "x-basis": operation.basis,
    }
    if operation.model is not None and operation.reader is not None:
        schema, sources = schemas[operation.model.__name__], operation.reader.sources
        required = set(schema.get("required", ())) - set(route.variables)
        members = {name: each for name, each in schema["properties"].items() if name not in route.variables}
        told["parameters"] += [
            {"name": name, "in": "query", "required": name in required, "schema": each}
            for name, each in members.items()
            if sources[name].in_query
        ]
        body = {name: each for name, each in members.items() if not sources[name].in_query}
        if body:
            needed = sorted(required & body.keys())
            told["requestBody"] = {
                "required": bool(needed),
                "content": _content({"type": "object", "properties": body, "required": needed}),
            }
    for status in sorted({error.status for error in operation.errors}):
        errors = [error for error in operation.errors if error.status == status]
        told["responses"][str(status)] = _response("; ".join(dict.fromkeys(error.code for error in errors)), errors)
    told["responses"]["default"] = {"$ref": "#/components/responses/CommonErrors"}
    return told


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
