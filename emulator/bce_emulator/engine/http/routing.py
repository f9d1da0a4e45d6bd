"""Which operation a request addresses: a tree of path segments, then the method, then the query key."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from operator import eq
from typing import NamedTuple

from bce_emulator.engine.declare.catalogue import Catalogue, Published
from bce_emulator.engine.declare.operations import Operation, Route
from bce_emulator.engine.errors import ApiError, BadRequest, InvalidURI, InvalidVersion, MethodNotAllowed, UnknownPath
from bce_emulator.engine.http.request import Request, printable

Target = Operation | Published

_VERSION = re.compile(r"v\d+")
SUGGESTED, MAX_GUESSED = 3, 200
"""How many operations are said to be near, and how many characters of a path they are near to."""
REMEMBERED, MAX_REMEMBERED = 2_048, 2_048
"""How many results are remembered, and the longest head of a request whose result is."""


class Found(NamedTuple):
    """The operation a request addresses, and the values its path gives.

    Where the host names no product, ``others`` are the operations that other products have at this very place, and
    ``is_first`` says whether the operation is published there first of all, and not in another version of the path.
    ``resource`` is what the path names, such as an instance, as it is logged.
    """

    target: Target
    path_values: dict[str, str]
    is_first: bool
    resource: str
    others: tuple[Found, ...] = ()


class Endpoint(NamedTuple):
    """An operation at a path, with the names its variables have there."""

    target: Target
    variables: tuple[str, ...]
    is_first: bool = False


@dataclass(slots=True)
class Choice:
    """The operations that share path and method, told apart by a query key."""

    default: Endpoint | None = None
    by_key: dict[str, Endpoint] = field(default_factory=dict)
    by_value: dict[tuple[str, str], Endpoint] = field(default_factory=dict)

    def pick(self, query: tuple[tuple[str, str], ...]) -> Endpoint | None:
        """The operation that the query names; two at once are refused."""
        picked = self.default
        named = None
        for key, value in query:
            endpoint = self.by_key.get(key) or self.by_value.get((key, value))
            if endpoint is not None:
                if named is not None and endpoint is not named:
                    raise BadRequest("the query names two operations at once")
                picked = named = endpoint
        return picked


@dataclass(slots=True)
class Node:
    """One path segment."""

    literals: dict[str, Node] = field(default_factory=dict)
    variable: Node | None = None
    methods: dict[str, Choice] = field(default_factory=dict)

    def walk(self, segments: list[str], index: int, values: list[str]) -> Node | None:
        """The node that a path leads to, literal segments before variable ones; ``values`` gets the variables."""
        if index == len(segments):
            return self if self.methods else None
        segment = segments[index]
        literal = self.literals.get(segment)
        if literal is not None:
            found = literal.walk(segments, index + 1, values)
            if found is not None:
                return found
        if self.variable is not None and segment:
            values.append(segment)
            found = self.variable.walk(segments, index + 1, values)
            if found is not None:
                return found
            values.pop()
        return None

    def walk_empty(self, segments: list[str], index: int, values: list[str]) -> Node | None:
        """The node of a path in which nothing stands for the variables; ``values`` gets them, empty or not."""
        if index == len(segments):
            return self if self.methods else None
        segment = segments[index]
        if segment and segment in self.literals:
            return self.literals[segment].walk_empty(segments, index + 1, values)
        if self.variable is None:
            return None
        values.append(segment)
        return self.variable.walk_empty(segments, index + 1, values)


class Tree:
    """The operations of one host."""

    def __init__(self) -> None:
        self.root = Node()
        self.versions: set[str] = set()
        self.routes: list[Route] = []

    def add(self, route: Route, target: Target) -> bool:
        """Add an operation at its route; one that has this route already keeps it, and the result is False."""
        node = self.root
        segments = route.path.split("/")[1:]
        for segment in segments:
            if segment.startswith("{"):
                node.variable = node.variable or Node()
                node = node.variable
            else:
                node = node.literals.setdefault(segment, Node())
        choice = node.methods.setdefault(route.method, Choice())
        variables = route.variables
        if isinstance(target, Operation) and len(variables) == len(target.route.variables):
            variables = target.route.variables  # clients name them differently, their place is the same
        endpoint = Endpoint(target, variables, route == target.routes[0])
        if route.key is None:
            occupied, choice.default = choice.default, choice.default or endpoint
        elif route.value is None:
            occupied = choice.by_key.get(route.key)
            choice.by_key.setdefault(route.key, endpoint)
        else:
            occupied = choice.by_value.get((route.key, route.value))
            choice.by_value.setdefault((route.key, route.value), endpoint)
        if _VERSION.fullmatch(segments[0]):
            self.versions.add(segments[0])
        if occupied is None:
            self.routes.append(route)
        return occupied is None or occupied.target is target


class Routes:
    """Every published operation, emulated or not, by its route.

    A host name whose first label is a product's leads to the operations behind it alone, any other one to all.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._remembered = lru_cache(REMEMBERED)(self._find)
        products = catalogue.products.values()
        self.trees = {host: Tree() for product in products for host in product.hosts}
        self._all = tuple(self.trees.values())
        trees_of = {product.name: [self.trees[host] for host in product.hosts] for product in products}
        endpoints: list[tuple[str, tuple[Route, ...], Target]] = [
            (operation.product, operation.routes, operation) for operation in catalogue.operations.values()
        ]
        for product, routes, operation in endpoints:
            for tree in trees_of[product]:
                for route in routes:
                    if not tree.add(route, operation):
                        raise ValueError(f"{operation.key} wants the place of another operation: {route}")
        endpoints += [
            (entry.product, entry.routes, catalogue.emulated(entry) or entry) for entry in catalogue.published
        ]
        for product, routes, target in endpoints:
            for tree in trees_of[product]:
                for route in routes:
                    tree.add(route, target)
        for product, routes, target in endpoints:
            for tree in trees_of[product]:
                for version in catalogue.products[product].versions:
                    for route in routes:
                        tree.add(_with_version(route, version), target)

    def find(self, request: Request) -> Found:
        """The operation that a request addresses, as its head knows then, or the error that says why there is none."""
        head = request.head
        is_short = len(head.raw_path) + len(head.query_string) + len(head.host) <= MAX_REMEMBERED
        find = self._remembered if is_short else self._find
        found = head.found = find(head.host, head.method, head.path, head.query)
        return found

    def _find(self, host: str, method: str, path: str, query: tuple[tuple[str, str], ...]) -> Found:
        segments = path.split("/")[1:]
        methods: set[str] = set()
        chosen: list[Found] = []
        refusal: Callable[[], ApiError] | None = None
        for tree in self._trees(host):
            values: list[str] = []
            node = tree.root.walk(segments, 0, values)
            if node is None:
                continue
            methods |= node.methods.keys()
            choice = node.methods.get(method)
            if choice is None:
                continue
            endpoint = choice.pick(query)
            if endpoint is None:
                refusal = refusal or partial(InvalidURI, f"no operation of {method} {path} has this query key")
            elif endpoint is choice.default and query and _names_another_action(node, query):
                refusal = refusal or partial(
                    MethodNotAllowed, "the action that the query names goes with another method", methods - {method}
                )
            elif not chosen or (
                len(values) == len(chosen[0].path_values) and all(endpoint.target is not each.target for each in chosen)
            ):
                chosen.append(_found(endpoint, values))
        if chosen:
            return chosen[0]._replace(others=tuple(chosen[1:]))
        if refusal is not None:
            raise refusal()
        empty = self._with_empty_id(host, segments, method, query) if "" in segments else None
        if empty is not None:
            return empty
        if methods:
            raise MethodNotAllowed(f"{method} is not a method of {path}", methods)
        self._check_version(segments[0] if segments else "")
        raise UnknownPath("no such operation")

    def _with_empty_id(
        self, host: str, segments: list[str], method: str, query: tuple[tuple[str, str], ...]
    ) -> Found | None:
        """The operation that has an error of its own for this path, in which an id is empty."""
        for tree in self._trees(host):
            values: list[str] = []
            node = tree.root.walk_empty(segments, 0, values)
            choice = node.methods.get(method) if node is not None else None
            endpoint = choice.pick(query) if choice is not None else None
            if endpoint is not None and isinstance(endpoint.target, Operation) and endpoint.target.empty_id is not None:
                return _found(endpoint, values)
        return None

    def _trees(self, host: str) -> tuple[Tree, ...]:
        tree = self.trees.get(host.partition(".")[0].lower())
        return (tree,) if tree is not None else self._all

    def _check_version(self, segment: str) -> None:
        known = set().union(*(tree.versions for tree in self._all))
        if _VERSION.fullmatch(segment) and segment not in known:
            raise InvalidVersion(f"the versions are {', '.join(sorted(known))}")

    def nearest(self, request: Request) -> str:
        """Which operations may have been meant by a path that none has. All are looked at, so only if it is asked."""
        if request.path.startswith("//"):
            return "no such operation: the path begins with two slashes, and an endpoint ends without one"
        segments = request.path[:MAX_GUESSED].split("/")[1:]
        likeness = [
            sum(map(eq, segments, theirs)) - abs(len(theirs) - len(segments)) / 2 + (route.method == request.method) / 4
            for route, theirs in self._split
        ]
        best = sorted(range(len(likeness)), key=likeness.__getitem__, reverse=True)[:SUGGESTED]
        return "no such operation; the nearest are " + ", ".join(str(self._split[index][0]) for index in best)

    @cached_property
    def _split(self) -> list[tuple[Route, list[str]]]:
        routes = dict.fromkeys(route for tree in self._all for route in tree.routes)
        return [(route, route.path.split("/")[1:]) for route in routes]


def _found(endpoint: Endpoint, values: list[str]) -> Found:
    path_values = dict(zip(endpoint.variables, values, strict=True))
    return Found(endpoint.target, path_values, endpoint.is_first, printable("/".join(values)))


def _names_another_action(node: Node, query: tuple[tuple[str, str], ...]) -> bool:
    return any(key in choice.by_key for choice in node.methods.values() for key, _ in query)


def _with_version(route: Route, version: str) -> Route:
    head, _, rest = route.path[1:].partition("/")
    if not _VERSION.fullmatch(head) or head == "v3":
        return route
    return Route(route.method, f"/{version}/{rest}", route.key, route.value)
