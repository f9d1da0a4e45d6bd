"""The declaration of an operation: it sits on the function, and nothing else repeats any part of it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from types import ModuleType
from typing import Any, NamedTuple, TypeVar, cast, get_args, get_type_hints

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Credentials
from bce_emulator.engine.account.others import Looks, may_look
from bce_emulator.engine.declare.models import Model, Reader
from bce_emulator.engine.declare.product import PRODUCTS, Product, key_of, product_of
from bce_emulator.engine.errors import COMMON, ApiError
from bce_emulator.engine.http.request import Json, parse_object
from bce_emulator.engine.steps import Steps, at_once

Result = Mapping[str, object] | list[str] | None
Function = TypeVar("Function", bound=Callable[..., Result | Steps[Any]])

_ROUTE = re.compile(r"(GET|POST|PUT|DELETE) (/[^?]*)(?:\?(\w+)(?:=(\w+))?)?")


class Call(NamedTuple):
    """What an operation may want to know of its request beside the parameters."""

    request_id: str
    credentials: Credentials
    host: str


Given = tuple[AccountRegion, Mapping[str, str], tuple[tuple[str, str], ...], bytes, Call]
"""What an operation is handled with: the account, the values of the path, the query, the body, what else it wants."""


@cache
def _variables(path: str) -> tuple[str, ...]:
    return tuple(re.findall(r"{(\w+)}", path))


@dataclass(frozen=True, slots=True)
class Route:
    """Method, path, and the query key (and its value) that tells operations of one path apart."""

    method: str
    path: str
    key: str | None = None
    value: str | None = None

    @classmethod
    def parse(cls, text: str) -> Route:
        """Read ``PUT /v2/instance/{instanceId}?stop``."""
        match = _ROUTE.fullmatch(text)
        if match is None:
            raise ValueError(f"not a route: {text!r}")
        return cls(*match.groups())

    def __str__(self) -> str:
        """Write the route as it is declared."""
        key = f"?{self.key}" if self.key else ""
        return f"{self.method} {self.path}{key}" + (f"={self.value}" if self.value else "")

    @property
    def variables(self) -> tuple[str, ...]:
        """The names in braces, in order."""
        return _variables(self.path)


LISTS = ("List", "Describe")
"""How operations are called that only read, whatever their method."""

Prepare = Callable[[], Callable[[], object] | None]


class Operation:
    """One thing a client can ask, as Baidu names it."""

    def __init__(
        self,
        function: Callable[..., Result | Steps[Any]],
        routes: Sequence[str],
        errors: Sequence[type[ApiError]],
        doc: str,
        name: str,
        basis: str,
        product: str,
        empty_id: type[ApiError] | None,
        prepare: Prepare | None = None,
        looks_at_others: Looks = False,
    ) -> None:
        self.function = function
        self._prepare = prepare
        self.prepare: Prepare | None = self._prepare_first
        self.name = name or "".join(part.capitalize() for part in function.__name__.split("_"))
        self.routes = tuple(Route.parse(route) for route in routes)
        self.empty_id = empty_id
        self.errors = (*errors, empty_id) if empty_id and empty_id not in errors else tuple(errors)
        self.doc = doc
        self.basis = basis
        self.product = product or product_of(function.__module__)
        self.key = key_of(self.product, self.name)
        taken = [_named_in(function, name) for name in function.__code__.co_varnames[: function.__code__.co_argcount]]
        models = [each for each in taken if isinstance(each, type) and issubclass(each, Model)]
        self.model: type[Model] | None = models[0] if models else None
        self.is_made = self.model is None
        self.wants_call = taken[-1] is Call
        self.goes_in_steps = inspect.isgeneratorfunction(function)
        self.looks_at_others = looks_at_others
        self.only_reads = self.routes[0].method == "GET" or self.name.startswith(LISTS)

    @cached_property
    def summary(self) -> str:
        """What it does, in a sentence."""
        return (inspect.getdoc(self.function) or "").split("\n", 1)[0]

    @cached_property
    def response(self) -> Any:
        """The type of what it answers."""
        hint = get_type_hints(self.function).get("return")
        return get_args(hint)[-1] if self.goes_in_steps else hint

    @cached_property
    def reader(self) -> Reader | None:
        """What fills the model from a request."""
        return Reader(self.model, self.routes[0].method, PRODUCTS[self.product].missing) if self.model else None

    def make(self) -> None:
        """Have what reads a request, which else is made with the first one, and takes up to 20 ms."""
        if self.reader is not None:
            self.reader.make()
        self.is_made = True

    def _prepare_first(self) -> Callable[[], object] | None:
        if not self.is_made:
            return self.make
        self.prepare = self._prepare
        return self.prepare() if self.prepare is not None else None

    @cached_property
    def allowed_errors(self) -> frozenset[type[ApiError]]:
        """What it can end in."""
        product = PRODUCTS[self.product]
        return frozenset((*COMMON, *self.errors, *product.own_errors.values(), product.missing))

    @cached_property
    def reads_body(self) -> bool:
        """Whether it has a body: for some, a client sends one with a DELETE or a GET too."""
        return self.route.method in {"POST", "PUT"} or (self.reader is not None and self.reader.has_body_members)

    @cached_property
    def takes_token(self) -> bool:
        """Whether a clientToken makes it idempotent."""
        return self.model is not None and "client_token" in self.model.model_fields

    @cached_property
    def is_plain(self) -> bool:
        """Whether its function is only called: not in steps, nor again, and not for a clientToken."""
        return not (self.goes_in_steps or self.looks_at_others or self.takes_token)

    def may_look_at_others(self, account: AccountRegion) -> bool:
        """Whether the function may ask for other accounts, when this one calls it."""
        return may_look(self.looks_at_others, account)

    @property
    def route(self) -> Route:
        """The route as it is published first."""
        return self.routes[0]

    def handle(self, *given: *Given) -> Json:
        """Check the request and run the function; None is the empty object."""
        return at_once(self.handle_in_steps(*given)) if self.goes_in_steps else self.begin(*given) or {}

    def call(self, *arguments: Any) -> Any:
        """What the function answers, whose steps are done at once if it goes in some."""
        response = self.function(*arguments)
        return at_once(cast("Steps[Any]", response)) if self.goes_in_steps else response

    def handle_in_steps(self, *given: *Given) -> Steps[Json]:
        """The same where the function goes in steps; nothing else may be done with the account until they are done."""
        try:
            return (yield from self.begin(*given)) or {}
        except ApiError as error:
            if own := self._own(error, given[3]):
                raise own(error.explanation) from error
            raise

    def _own(self, error: ApiError, body: bytes) -> type[ApiError] | None:
        """What the product has in the place of a common error, if anything."""
        own = PRODUCTS[self.product].own_errors.get(type(error))
        if own is not None:
            parse_object(body)  # what is no JSON object is refused by all in the same way
        return own

    def begin(
        self,
        account: AccountRegion,
        path_values: Mapping[str, str],
        query: tuple[tuple[str, str], ...],
        body: bytes,
        call: Call,
    ) -> Any:
        """Check the request, and run the function; what it answers, or its steps, which ``handle_in_steps`` takes."""
        try:
            if self.empty_id is not None and not all(map(str.strip, path_values.values())):
                raise self.empty_id("the path has nothing where the id belongs")
            reader = self.reader
            if reader is None:
                parse_object(body)
                return self.function(account, call) if self.wants_call else self.function(account)
            model = reader.read(path_values, query, body)
            return self.function(account, model, call) if self.wants_call else self.function(account, model)
        except ApiError as error:
            if own := self._own(error, body):
                raise own(error.explanation) from error
            raise


OPERATIONS: dict[str, Operation] = {}
"""Every operation that is declared, by its key: product and published name."""


def _named_in(function: Callable[..., Any], parameter: str) -> Any:
    """What a parameter is annotated with. As a rule that is a name of the module, and then nothing is evaluated."""
    annotation, names = function.__annotations__[parameter], function.__globals__
    return names[annotation] if annotation in names else get_type_hints(function)[parameter]


def operation(
    *routes: str,
    errors: Sequence[type[ApiError]] = (),
    doc: str = "",
    name: str = "",
    basis: str = "documented",
    product: str = "",
    empty_id: type[ApiError] | None = None,
    prepare: Prepare | None = None,
    looks_at_others: Looks = False,
) -> Callable[[Function], Function]:
    """Declare that a function is what happens when one of the routes is asked for.

    ``errors`` are those beyond the common ones. ``basis`` is where the behaviour is known from: ``documented``,
    ``client`` (read in the source of an official client) or ``proposed``. ``product`` is named where an operation is
    published under another product than the one whose package it stands in. ``empty_id`` is the error documented for a
    path with nothing in the place of an id; without one no operation has such a path. ``prepare`` gives long work to be
    done in a thread before the function runs, or None where nothing is to be done. Where a function ``looks_at_others``
    that are only on disk, what it has done till then is taken back, and it is called again when they are read; an
    ordinary call says of which accounts it does, as to take note of what is done costs.

    A function that may take long is a generator: after its checks it yields now and then, and others are served; calls
    of the same account wait until it has answered. It refuses nothing by then, and leaves other accounts alone.
    """

    def declare(function: Function) -> Function:
        declared = Operation(function, routes, errors, doc, name, basis, product, empty_id, prepare, looks_at_others)
        if declared.key in OPERATIONS:
            raise ValueError(f"operation {declared.key} is declared twice")
        OPERATIONS[declared.key] = declared
        return function

    return declare


def discover(package: ModuleType) -> list[Product]:
    """Import every module under a package, so that a new file needs no registration; answers the products in it."""
    names = sorted(found.name for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."))
    modules = [importlib.import_module(name) for name in names]
    return [module.PRODUCT for module in modules if isinstance(vars(module).get("PRODUCT"), Product)]
