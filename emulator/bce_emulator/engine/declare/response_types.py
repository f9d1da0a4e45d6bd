"""The types of responses: to a type checker ``TypedDict`` classes, at run time only what keeps their annotations.

A real ``TypedDict`` compiles the text of each annotation when it is declared, which was a fifth of the start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any


class ResponseType(type):
    """The type of a class that declares the members of a response, for ``get_type_hints`` to read."""


if TYPE_CHECKING:
    from typing_extensions import TypedDict as TypedDict  # noqa: PLC0414 (so it is exported)
else:

    class TypedDict(metaclass=ResponseType):
        """The base of the types of responses."""


def is_response_type(hint: Any) -> bool:
    """Whether a type declares the members of a response."""
    return isinstance(hint, ResponseType)
