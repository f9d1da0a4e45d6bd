"""Tags, as most kinds of resource carry them."""

from __future__ import annotations

from typing import NamedTuple

from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.response_types import TypedDict


class Tag(NamedTuple):
    """A tag: its key and its value."""

    key: str
    value: str


class TagModel(Model):
    """A tag in a request."""

    tag_key: str
    tag_value: str = ""


class TagView(TypedDict):
    """A tag in a response."""

    tagKey: str
    tagValue: str


def tags_of(models: tuple[TagModel, ...]) -> tuple[Tag, ...]:
    """The tags of a request; a key that comes twice has its last value."""
    return tuple(Tag(key, value) for key, value in {m.tag_key: m.tag_value for m in models}.items())


def has_tag(tags: tuple[Tag, ...], filter_: TagModel) -> bool:
    """Whether one of the tags has the key and the value that are wanted; an empty one is as good as any."""
    if not filter_.tag_key and not filter_.tag_value:
        return True
    return any(filter_.tag_key in {"", tag.key} and filter_.tag_value in {"", tag.value} for tag in tags)


def show_tags(tags: tuple[Tag, ...]) -> list[TagView]:
    """Tags as answers write them."""
    return [{"tagKey": tag.key, "tagValue": tag.value} for tag in tags]


def with_tags(tags: tuple[Tag, ...], models: tuple[TagModel, ...]) -> tuple[Tag, ...]:
    """The tags after those of a request were put on: a key that was there has the new value."""
    values = {tag.key: tag.value for tag in (*tags, *tags_of(models))}
    return tuple(Tag(key, value) for key, value in values.items())


def without_tags(tags: tuple[Tag, ...], models: tuple[TagModel, ...]) -> tuple[Tag, ...]:
    """The tags after those of a request, key and value, were taken off."""
    leaving = tags_of(models)
    return tuple(tag for tag in tags if tag not in leaving)
