"""Makes the mutants of modules, with mutmut's operators, one JSON line each; run by the environment of ``make mutants``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import libcst as cst
from libcst.metadata import ByteSpanPositionProvider, MetadataWrapper
from mutmut.mutation.mutators import mutation_operators

PROSE = {"TypeVar", "cast", "len", "isinstance"}
"""Calls whose arguments say nothing at run time, or fail at once without it."""


class Mutations(cst.CSTVisitor):
    """Every node that an operator changes, with what becomes of it and where it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.scope: list[str] = []
        self.found: list[tuple[str, cst.CSTNode, cst.CSTNode]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if is_prose(node) or (not self.scope and is_type(node)):
            return False
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self.scope.append(node.name.value)
        scope = ".".join(self.scope)
        for kind, operator in mutation_operators:
            made = list(operator(node)) if isinstance(node, kind) else []
            # A string in capitals is killed by what kills a longer one.
            self.found += [(scope, node, each) for each in (made[:1] if kind is cst.BaseString else made)]
        if isinstance(node, cst.If):  # a check that is not made, for which mutmut has no operator
            self.found.append((scope, node.test, cst.Name("False")))
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self.scope.pop()


def is_prose(node: cst.CSTNode) -> bool:
    """Whether it is for the reader and the type checker, or of a decorator."""
    if isinstance(node, cst.Call):
        return isinstance(node.func, cst.Name) and node.func.value in PROSE
    if isinstance(node, cst.If):
        return isinstance(node.test, cst.Name) and node.test.value == "TYPE_CHECKING" and node.orelse is None
    return isinstance(node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom)


def is_type(node: cst.CSTNode) -> bool:
    """Whether it names a type."""
    if not isinstance(node, cst.Assign) or not isinstance(node.targets[0].target, cst.Name):
        return False
    name = node.targets[0].target.value
    return name[0].isupper() and name != name.upper()


def changed(before: str, after: str) -> tuple[int, str, str]:
    """The first line that differs, and the lines before and after, without their blanks."""
    old, new = before.splitlines(), after.splitlines()
    start = next(n for n, (one, other) in enumerate(zip([*old, None], [*new, None], strict=False)) if one != other)
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    lines = [" ".join(" ".join(text[start : len(text) - end]).split()) for text in (old, new)]
    return start + 1, *lines


def mutants(path: Path) -> Iterator[dict[str, object]]:
    """The mutants of a file that differ from it and from one another."""
    text = path.read_text(encoding="utf-8")
    wrapper = MetadataWrapper(cst.parse_module(text))
    spans = wrapper.resolve(ByteSpanPositionProvider)
    visitor = Mutations()
    wrapper.module.visit(visitor)
    seen = {text}
    for scope, node, instead in visitor.found:
        mutated = replaced(wrapper.module, text, node, instead, spans[node].start)
        if mutated not in seen:
            seen.add(mutated)
            line, before, after = changed(text, mutated)
            yield {"scope": scope, "line": line, "before": before, "after": after, "text": mutated}


def replaced(module: cst.Module, text: str, node: cst.CSTNode, instead: cst.CSTNode, start: int) -> str:
    """The text with something else in a node's place; the quick way unless the node is of several lines."""
    source, old = text.encode(), module.code_for_node(node).encode()
    start = source.rfind(old, 0, start + len(old))  # a span is without its parentheses
    if b"\n" in old or start < 0:
        return module.deep_replace(node, instead).code
    return (source[:start] + module.code_for_node(instead).encode() + source[start + len(old) :]).decode()


if __name__ == "__main__":
    for name in sys.argv[1:]:
        for mutant in mutants(Path(name)):
            print(json.dumps({"module": name} | mutant))
