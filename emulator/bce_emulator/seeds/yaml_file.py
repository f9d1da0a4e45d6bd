"""YAML as a seed file has it: a scalar that is none of its type, or too deep a nesting, is an error of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import yaml


def read_yaml(text: str) -> tuple[yaml.Node | None, Any]:
    """The nodes of a text, which know their lines, and what it says; ValueError in one line says what is wrong."""
    import yaml

    class Loader(yaml.SafeLoader):
        """Has PyYAML's own constructors fail in its own way: they raise whatever Python does."""

        def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
            try:
                return super().construct_object(node, deep)
            except (ValueError, LookupError, AttributeError, TypeError, OverflowError):
                kind = node.tag.rpartition(":")[2]
                raise yaml.constructor.ConstructorError(
                    None, None, f"this is no {kind} that can be read", node.start_mark
                ) from None

    try:
        loader = Loader(text)
        node = loader.get_single_node()
        return node, loader.construct_document(node) if node is not None else None
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from None
    except RecursionError:
        raise ValueError("the file is nested too deep") from None
