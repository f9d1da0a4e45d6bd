"""How the parts of a request fill a model, and what is said of those that do not fit."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field, ValidationError

from bce_emulator.engine.declare.models import (
    IN_BODY,
    IN_QUERY,
    MAX_BODY,
    MAX_INTEGER,
    MAX_LENGTH,
    MIN_INTEGER,
    REMEMBERED,
    ClientToken,
    LenientBool,
    LenientInt,
    LenientStr,
    Model,
    Reader,
    Source,
    _remembered,
    members,
    rephrased,
)
from bce_emulator.engine.errors import ApiError, BadRequest, InappropriateJSON, MalformedJSON, NoSuchObject


class Part(Model):
    """What stands inside a request."""

    size: int = 1


class Sent(Model):
    page: int = 1
    names: Annotated[tuple[str, ...], IN_BODY] = ()


class Wanted(Model):
    """A request with a field of each kind."""

    lamp_id: str
    name: str = "-"
    note: str | None = None
    count: LenientInt = 1
    size: int | None = None
    force: LenientBool = False
    label: LenientStr = "-"
    hint: LenientStr | None = None
    ids: tuple[str, ...] = ()
    kind: Literal["A", "B"] = "A"
    part: Part = Part()
    other: str = Field(default="-", alias="x-other")
    page_size: Annotated[int, Field(le=10), IN_QUERY] = 5
    tags: Annotated[tuple[str, ...] | None, IN_QUERY] = None
    client_token: ClientToken = ""


PATH = {"lampId": "l-1"}


def read(method="POST", query=(), body=None, path_values=PATH) -> Model:
    return Reader(Wanted, method).fill(path_values, tuple(query), {} if body is None else body)


def told(error: type[ApiError], **how) -> str:
    """What the refusal of a request explains."""
    with pytest.raises(ApiError) as caught:
        read(**how)
    assert type(caught.value) is error
    return caught.value.explanation


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, {}),
        ({"name": "n", "lampId": "overruled", "unknown": 2**70, "x-other": "o"}, {"name": "n", "other": "o"}),
        ({"name": None, "count": None, "ids": None}, {}),
        ({"name": "", "note": "", "label": ""}, {"name": "", "note": "", "label": ""}),
        ({"count": "", "kind": "", "ids": "", "force": "", "size": ""}, {}),
        ({"ids": ["a", ""]}, {"ids": ("a", "")}),
        ({"count": "12"}, {"count": 12}),
        ({"count": "-1"}, {"count": -1}),
        ({"count": str(MAX_INTEGER), "size": MAX_INTEGER}, {"count": MAX_INTEGER, "size": MAX_INTEGER}),
        ({"count": str(MIN_INTEGER), "size": MIN_INTEGER}, {"count": MIN_INTEGER, "size": MIN_INTEGER}),
        ({"size": MAX_INTEGER, "unknown": 2**70}, {"size": MAX_INTEGER}),
        ({"size": MIN_INTEGER, "unknown": 2**70}, {"size": MIN_INTEGER}),
        ({"force": "True"}, {"force": True}),
        ({"force": "FALSE"}, {"force": False}),
        ({"label": 12}, {"label": "12"}),
        ({"part": {"size": 3, "more": 1}}, {"part": Part(size=3)}),
    ],
    ids=str,
)
def test_what_a_client_sends_is_read_as_it_is_meant(body, expected):
    given = {"force": True} if body.get("force") == "FALSE" else {}

    assert read(body=given | body) == Wanted(lampId="l-1", **{ALIASES.get(k, k): v for k, v in expected.items()})


ALIASES = {"other": "x-other"}


@pytest.mark.parametrize(
    ("body", "error", "explanation"),
    [
        ({"count": "1.5"}, InappropriateJSON, "count: Input should be a valid integer"),
        ({"count": "1" * 20}, InappropriateJSON, "count: Input should be a valid integer"),
        ({"count": str(MAX_INTEGER + 1)}, InappropriateJSON, "count: Input should be a valid integer"),
        ({"count": str(MIN_INTEGER - 1)}, InappropriateJSON, "count: Input should be a valid integer"),
        ({"size": "1"}, InappropriateJSON, "size: Input should be a valid integer"),
        ({"count": MAX_INTEGER + 1}, BadRequest, ": Value error, count does not fit into 64 bits"),
        ({"size": MIN_INTEGER - 1, "name": ""}, BadRequest, ": Value error, size does not fit into 64 bits"),
        ({"part": {"size": 2**64}}, BadRequest, "part: Value error, size does not fit into 64 bits"),
        ({"part": 1}, InappropriateJSON, "part: Input should be a valid dictionary or instance of Part"),
        ({"part": {"size": "s"}}, InappropriateJSON, "part.size: Input should be a valid integer"),
        ({"force": "yes"}, InappropriateJSON, "force: Input should be a valid boolean"),
        ({"force": 1}, InappropriateJSON, "force: Input should be a valid boolean"),
        ({"label": True}, InappropriateJSON, "label: Input should be a valid string"),
        ({"name": 1}, InappropriateJSON, "name: Input should be a valid string"),
        ({"ids": [1]}, InappropriateJSON, "ids.0: Input should be a valid string"),
        ({"kind": "C"}, BadRequest, "kind: Input should be 'A' or 'B'"),
        ({"pageSize": "many"}, BadRequest, "pageSize: Input should be a valid integer"),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused_with_its_place(body, error, explanation):
    assert told(error, body=body) == explanation


def test_an_empty_text_is_a_value_for_a_text_and_nothing_for_the_others():
    wanted = read(body={"name": "", "note": "", "label": "", "hint": "", "count": "", "kind": "", "ids": ""})

    assert (wanted.name, wanted.note, wanted.label, wanted.hint) == ("", "", "", "")
    assert (wanted.count, wanted.kind, wanted.ids) == (1, "A", ())


def test_members_are_in_camel_case_where_a_model_names_none():
    class Plain(BaseModel):
        lamp_id: str

    assert list(members(Plain)) == ["lampId"]


def test_what_is_missing_is_told_by_where_it_belongs():
    assert told(InappropriateJSON, path_values={}) == "lampId: Field required"
    assert told(BadRequest, path_values={}, method="GET") == "lampId: Field required"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ([("pageSize", "7"), ("nobody", "x")], {"pageSize": 7}),
        ([("pageSize", ""), ("clientToken", "t")], {"clientToken": "t"}),
        ([("pageSize", "7"), ("pageSize", "8")], {"pageSize": 8}),
        ([("tags", "a, ,b "), ("tags", "c,")], {"tags": ("a", "b", "c")}),
        ([("lampId", "x"), ("name", "x"), ("count", "x")], {}),
        ([], {}),
    ],
)
def test_a_method_with_a_body_reads_from_the_query_what_stands_there(query, expected):
    for method in ("POST", "PUT"):
        assert read(method, query, {"name": "n"}) == Wanted(lampId="l-1", name="n", **expected)
    assert read(query=[("pageSize", "7")], body={"pageSize": 3}) == Wanted(lampId="l-1", pageSize=7)


@pytest.mark.parametrize("method", ["GET", "DELETE", "HEAD"])
def test_a_method_without_a_body_reads_everything_from_the_query(method):
    query = [
        ("name", "n"),
        ("count", "-12"),
        ("size", "3"),
        ("force", "TRUE"),
        ("label", "12"),
        ("ids", "a,b"),
        ("x-other", "o"),
        ("note", ""),
        ("lampId", "overruled"),
    ]

    assert read(method, query, {"kind": "B"}) == Wanted(
        lampId="l-1", name="n", count=-12, size=3, force=True, label="12", ids=("a", "b"), **{"x-other": "o"}
    )


@pytest.mark.parametrize(
    ("query", "explanation"),
    [
        (("count", "1.5"), "count: not a whole number"),
        (("count", ""), None),
        (("size", "1" * 20), "size: not a whole number"),
        (("size", str(MAX_INTEGER + 1)), "size: not a whole number"),
        (("size", str(MIN_INTEGER - 1)), "size: not a whole number"),
        (("size", str(MIN_INTEGER)), None),
        (("force", "yes"), "force: neither true nor false"),
        (("force", "False"), None),
        (("pageSize", "10"), None),
        (("pageSize", "11"), "pageSize: Input should be less than or equal to 10"),
        (("clientToken", "t" * 64), None),
        (("clientToken", "t" * 65), "clientToken: String should have at most 64 characters"),
        (("clientToken", "é"), r"clientToken: String should match pattern '^[\x00-\x7f]*$'"),
    ],
)
def test_what_does_not_fit_in_the_query_is_a_bad_request(query, explanation):
    if explanation is None:
        assert isinstance(read("GET", [query]), Wanted)
    else:
        assert told(BadRequest, method="GET", query=[query]) == explanation


def test_a_reader_knows_where_each_field_comes_from():
    posting, getting = Reader(Wanted, "POST"), Reader(Wanted, "GET")

    assert posting.query_keys == ["pageSize", "tags", "clientToken"]
    assert getting.query_keys == list(members(Wanted)) == list(getting.sources)
    assert [name for name, source in posting.sources.items() if source.in_query] == posting.query_keys
    assert [name for name, source in posting.sources.items() if source.in_body] == [
        name for name in members(Wanted) if name not in posting.query_keys
    ]
    assert getting.sources["x-other"] == Source("x-other", in_query=True, read=str)
    assert list(members(Wanted))[:3] == ["lampId", "name", "note"]
    assert members(Wanted)["x-other"].default == "-"


def test_the_model_of_a_path_and_a_body_is_remembered_unless_one_of_them_is_long():
    reader, longest, body = Reader(Wanted, "POST"), {"lampId": "l" * MAX_LENGTH}, b'{"name":"n"}'
    long = body + b" " * (MAX_BODY - len(body))
    before = _remembered.cache_info().misses

    first, named = reader.read(longest, (), b""), reader.read(longest, (), body)

    assert (first.name, named.name) == ("-", "n")
    assert reader.read(dict(longest), (("nobody", "x"),), b"") is not first
    assert reader.read(dict(longest), (), b"") is first
    assert reader.read(dict(longest), (), bytes(bytearray(body))) is named
    assert Reader(Wanted, "POST").read(longest, (), b"") is not first
    assert reader.read(longest, (("pageSize", "5"),), b"") == first
    assert reader.read(longest, (), long) is reader.read(longest, (), bytes(bytearray(long)))
    assert reader.read(longest, (), long + b" ") is not reader.read(longest, (), long + b" ")
    assert reader.read({"lampId": "l" * (MAX_LENGTH + 1)}, (), b"").lamp_id == "l" * 129
    assert _remembered.cache_info().misses == before + 4
    assert _remembered.cache_info().maxsize == REMEMBERED
    assert (REMEMBERED, MAX_LENGTH, MAX_BODY) == (2_048, 128, 256)
    assert (MAX_INTEGER, MIN_INTEGER) == (2**63 - 1, -(2**63))


def test_a_query_that_a_model_has_no_field_for_keeps_nothing_from_being_remembered():
    reader = Reader(Part, "POST")

    assert reader.read({}, (("a", "1"),), b"") is reader.read({}, (), b"")


def test_a_body_that_is_refused_is_refused_again():
    reader = Reader(Part, "POST")

    for _ in range(2):
        with pytest.raises(MalformedJSON):
            reader.read({}, (), b"{")


def test_a_request_in_other_words_is_refused_as_if_it_had_come_so():
    assert rephrased(Wanted, {"lampId": "l-1", "count": "2"}) == Wanted(lampId="l-1", count=2)
    with pytest.raises(InappropriateJSON) as caught:
        rephrased(Wanted, {})
    assert caught.value.explanation == "lampId: Field required"
    with pytest.raises(NoSuchObject):
        rephrased(Wanted, {}, NoSuchObject)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_product_may_have_an_error_of_its_own_for_what_is_missing(method):
    with pytest.raises(NoSuchObject) as caught:
        Reader(Wanted, method, NoSuchObject).read({}, (), b"")

    assert caught.value.explanation == "lampId: Field required"


def test_a_method_without_a_body_has_members_there_where_the_model_says_so():
    assert Reader(Sent, "DELETE").has_body_members is True
    assert Reader(Wanted, "DELETE").has_body_members is False
    assert Reader(Sent, "DELETE").read({}, (("page", "2"),), b'{"names":["a"]}') == Sent(page=2, names=("a",))


def test_a_member_of_the_body_is_not_read_from_the_query_of_a_method_without_one():
    assert Reader(Sent, "DELETE").read({}, (("names", "a"),), b"") == Sent()


def test_a_model_is_immutable_and_is_made_of_an_object():
    wanted = Wanted(lampId="l-1")

    assert Wanted.model_validate(wanted) is wanted
    with pytest.raises(ValidationError, match="frozen"):
        wanted.name = "n"


def test_what_reads_a_request_can_be_made_before_the_first():
    class Fresh(Wanted):
        """One of which nobody has asked anything."""

    reader = Reader(Fresh, "POST")
    reader.make()

    assert {"_validate", "sources", "_in_query_alone"} <= vars(reader).keys()
    assert Fresh.model().__pydantic_complete__
