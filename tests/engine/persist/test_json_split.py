"""A document that is taken apart is the same document, and what is none is refused wherever it is broken."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bce_emulator.engine.persist import json_split
from bce_emulator.engine.persist.json_split import EACH, ITEMS, Parts, SplitError, split
from bce_emulator.engine.steps import at_once

SHAPE = {"list": ITEMS, "more": {EACH: {"list": ITEMS}}}
TEXT = ' {"a": 12.5e1, "list": [ "停\\u505c", {"b": []} ,null], "more": {"x": {"list": []}, "y": {"list": [1]}}, "z": "é"} '
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["list", "more", "é"]), inner),
    max_leaves=20,
)


@pytest.fixture(params=[(1, 3, 40), (7, 1_000), json_split.LOOK_AHEAD], ids=str)
def look_ahead(request, monkeypatch) -> tuple[int, ...]:
    monkeypatch.setattr(json_split, "LOOK_AHEAD", request.param)
    return request.param


def put_together(parts: Parts) -> Any:
    value = json.loads(parts.rest)
    for path in parts.lists:
        inner = value
        for step in path[:-1]:
            inner = inner[step]
        assert inner[path[-1]] == []
        inner[path[-1]] = [json.loads(item) for item in parts.items(path)]
    return value


def test_it_is_the_same_document_however_far_one_looks_ahead(look_ahead):
    parts = at_once(split(TEXT.encode(), SHAPE))

    assert put_together(parts) == json.loads(TEXT)
    assert [(path, len(places) // 2) for path, places in parts.lists.items()] == [
        (("list",), 3),
        (("more", "x", "list"), 0),
        (("more", "y", "list"), 1),
    ]


@given(value=VALUES, indent=st.none() | st.integers(0, 2), is_ascii=st.booleans())
def test_any_document_is_the_same(value, indent, is_ascii):
    text = json.dumps(value, indent=indent, ensure_ascii=is_ascii).encode()

    assert put_together(at_once(split(text, SHAPE))) == value


def test_what_ends_anywhere_is_no_document(look_ahead):
    text = TEXT.strip().encode()
    for end in range(len(text)):
        with pytest.raises(SplitError):
            at_once(split(text[:end], SHAPE))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b'{"list": [1], "list": [2]}', "the member is there twice"),
        (b'{"more": {"x": {}, "x": {}}}', "the member is there twice"),
        (b'{"a": 1} {}', "there is more behind the end, at byte 9"),
        (b'{"a" 1}', "Invalid JSON: expected ':' at byte 5"),
        (b'{"list": [1 2]}', "Invalid JSON: expected ',' at byte 12"),
        (b'{"list": [1,]}', "Invalid JSON: Expecting value, at byte 12 or behind"),
        (b'{"a": 1,}', "Invalid JSON: Expecting value, at byte 8 or behind"),
        (b"{1: 2}", "a member has a name in quotes, at byte 1"),
        (b'{"a": "\xff"}', "the text is not UTF-8, at byte 7"),
        (b'{"a": ' + b"[" * 100_000, "Invalid JSON: "),
        (b'{"list": ["' + b"x" * json_split.LOOK_AHEAD[-1] + b'"]}', "this is no JSON, or longer than 1048576 bytes"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_document_is_refused_in_a_sentence(text, said):
    with pytest.raises(SplitError, match="^" + said.replace("(", r"\(")):
        at_once(split(text, SHAPE))


def test_a_value_of_the_greatest_length_is_read():
    item = b'"' + b"x" * (json_split.LOOK_AHEAD[-1] - 3) + b'"'

    parts = at_once(split(b'{"list":[' + item + b',"y"]}', SHAPE))

    assert list(parts.items(("list",))) == [item, b'"y"']
