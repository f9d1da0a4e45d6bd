"""A long JSON document taken apart in small steps: its lists item by item, so that nothing of it is read at one go."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from mmap import mmap
from typing import Any

from bce_emulator.engine.steps import Steps, emptied

Path = tuple[str | int, ...]
Text = bytes | mmap
"""A document; a long one is in memory of its own, which came to be filled in small steps as well."""

EACH = "*"
"""In a shape, any member of an object."""
ITEMS = "items"
"""In a shape, a list that is taken apart."""
Shape = Mapping[str, Any]

LOOK_AHEAD = (4 * 1024, 64 * 1024, 1024 * 1024)
"""How many bytes are looked at to find the end of a value; it is refused if it goes on behind the last."""

CLOSED, BEHIND = '{["', ", \t\r\n]}"
"""How a value begins whose end it says itself, and what stands behind another: a number may go on."""

_BLANKS = re.compile(rb"[ \t\n\r]*")
_scan = json.JSONDecoder().raw_decode


class SplitError(ValueError):
    """A text that is no JSON, has a member twice, or a value that is too long."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(reason)
        self.path = path


@dataclass
class Parts:
    """A document without the items of its long lists, and where each begins and ends, by the path of their list."""

    text: Text
    rest: bytes = b""
    lists: dict[Path, array[int]] = field(default_factory=dict)

    def items(self, path: Path) -> Iterator[bytes]:
        """The items of a list, in order."""
        places = iter(self.lists.get(path, ()))
        return (self.text[at:end] for at, end in zip(places, places, strict=True))


@dataclass
class GivenParts(Parts):
    """The same where the items are texts of their own."""

    given: dict[Path, list[bytes]] = field(default_factory=dict)

    def items(self, path: Path) -> Iterator[bytes]:
        """The items of a list, in order and once."""
        given = self.given.pop(path, [])
        given.reverse()
        return emptied(given)


def split(text: Text, shape: Shape) -> Steps[Parts]:
    """Take a document apart as a shape says; where it has another form, that is left in the rest."""
    splitter = _Splitter(text)
    end = splitter.skip((yield from splitter.value((), splitter.skip(0), shape)))
    if end != len(text):
        raise SplitError((), f"there is more behind the end, at byte {end}")
    splitter.parts.rest = b"".join(splitter.rest)
    return splitter.parts


class _Splitter:
    def __init__(self, text: Text) -> None:
        self._text = text
        self.parts = Parts(text)
        self.rest: list[bytes] = []

    def skip(self, at: int) -> int:
        match = _BLANKS.match(self._text, at)
        assert match is not None
        return match.end()

    def value(self, path: Path, at: int, shape: Any) -> Steps[int]:
        """Take a value apart; answers where it ends."""
        first = self._text[at : at + 1]
        if shape is ITEMS and first == b"[":
            return (yield from self._items(path, at))
        if isinstance(shape, Mapping) and first == b"{":
            return (yield from self._members(path, at, shape))
        _, end = self._whole(path, at)
        self.rest.append(self._text[at:end])
        yield
        return end

    def _items(self, path: Path, at: int) -> Steps[int]:
        places = self.parts.lists[path] = array("Q")
        self.rest.append(b"[]")
        at = self.skip(at + 1)
        if self._text[at : at + 1] == b"]":
            return at + 1
        while True:
            _, end = self._whole((*path, len(places) // 2), at)
            places.extend((at, end))
            yield
            at = self.skip(end)
            if self._text[at : at + 1] == b"]":
                return at + 1
            at = self._expect(path, at, b",")

    def _members(self, path: Path, at: int, shape: Shape) -> Steps[int]:
        seen: set[str] = set()
        self.rest.append(b"{")
        at = self.skip(at + 1)
        while self._text[at : at + 1] != b"}" or seen:
            name, end = self._whole(path, at)
            if not isinstance(name, str):
                raise SplitError(path, f"a member has a name in quotes, at byte {at}")
            if name in seen:
                raise SplitError((*path, name), "the member is there twice")
            self.rest += (b"," if seen else b"", self._text[at:end], b":")
            seen.add(name)
            at = self._expect(path, self.skip(end), b":")
            at = self.skip((yield from self.value((*path, name), at, shape.get(name, shape.get(EACH)))))
            if self._text[at : at + 1] == b"}":
                break
            at = self._expect(path, at, b",")
        self.rest.append(b"}")
        return at + 1

    def _expect(self, path: Path, at: int, mark: bytes) -> int:
        if self._text[at : at + 1] != mark:
            raise SplitError(path, f"Invalid JSON: expected {mark.decode()!r} at byte {at}")
        return self.skip(at + 1)

    def _whole(self, path: Path, at: int) -> tuple[Any, int]:
        """A value that is not taken apart, and where it ends."""
        for most in LOOK_AHEAD:
            ahead = self._text[at : at + most]
            is_last = at + most >= len(self._text)
            try:
                text = ahead.decode()
            except UnicodeDecodeError as error:
                if is_last or error.start < most - 3:
                    raise SplitError(path, f"the text is not UTF-8, at byte {at + error.start}") from None
                text = ahead[: error.start].decode()
            try:
                value, end = _scan(text)
            except (ValueError, RecursionError) as error:
                if not is_last:
                    continue
                why = getattr(error, "msg", str(error))
                raise SplitError(path, f"Invalid JSON: {why}, at byte {at} or behind") from None
            if is_last or (end < len(text) and (text[0] in CLOSED or text[end] in BEHIND)):
                return value, at + (end if text.isascii() else len(text[:end].encode()))
        raise SplitError(path, f"this is no JSON, or longer than {LOOK_AHEAD[-1]} bytes")
