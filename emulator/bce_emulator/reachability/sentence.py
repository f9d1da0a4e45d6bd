"""Sentences of an answer: a text with places in it, and what stands there, so that the page can say them in Chinese."""

from __future__ import annotations

from typing import Any, NamedTuple


class Sentence(NamedTuple):
    """A text in which ``{0}`` and so on stand for values; a value can be a sentence of its own."""

    text: str
    values: tuple[Any, ...]

    def __str__(self) -> str:
        """In English."""
        return self.text.format(*map(str, self.values))

    def show(self) -> dict[str, Any]:
        """The sentence as it is answered."""
        return {
            "text": self.text,
            "values": [each.show() if isinstance(each, Sentence) else str(each) for each in self.values],
        }


def say(text: str, *values: Any) -> Sentence:
    """A sentence, which is put together when somebody wants to read it."""
    return Sentence(text, values)
