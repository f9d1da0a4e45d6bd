"""What one access key owns in one region, and how operations reach it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar, cast

import orjson

from bce_emulator.engine.account import references, transitions
from bce_emulator.engine.account.account_settings import AccountSetting
from bce_emulator.engine.account.collection import AT_ONCE, Collection, Kind
from bce_emulator.engine.account.ids import id_text
from bce_emulator.engine.account.lifecycle import Transition
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.account.tokens import Tokens
from bce_emulator.engine.errors import ApiError
from bce_emulator.engine.steps import OutOfTurn

if TYPE_CHECKING:
    from bce_emulator.engine.account.accounts import Account

_set = object.__setattr__

Rendered = TypeVar("Rendered")
"""What a function that shows a resource answers: its JSON, in the type that the response declares."""


class AccountRegion:
    """Everything that one access key owns in one region. Accounts share nothing; ``of`` reaches another by its key."""

    def __init__(self, account: Account, region: str) -> None:
        self.account = account
        self.region = region
        self.account_key = (account.name, region)
        self.clock = account.clock
        self.tokens = Tokens()
        self.collections: dict[type[Resource], Collection[Any]] = {}
        self.last_numbers: dict[str, int] = {}
        self.requested_ids: dict[type[Resource], str] = {}

    @property
    def name(self) -> str:
        """The access key that the account is called by."""
        return self.account.name

    def setting(self, setting: AccountSetting) -> Any:
        """A quota, a stock or another setting that no request can change."""
        return self.account.settings.get(setting.name, setting.default)

    def in_region(self, region: str) -> AccountRegion:
        """What the same access key owns in another region."""
        return self.account.in_region(region)

    def of(self, access_key: str) -> AccountRegion | None:
        """What another access key owns in this region, or None if it opens no account."""
        registry, undo = self.account.registry, self.account.undo
        if undo is not None and undo.awaits_others:
            named = registry.find_credentials(access_key)
            if named is not None and registry.is_to_be_awaited(named.account):
                raise OutOfTurn(registry.under_way(named.account))
        other = registry.find_account(access_key)
        if other is None:
            return None
        if registry.work:
            registry.join_work(self.name, other.name)
        if undo is not None:
            undo.watch(other)
        return other.in_region(self.region)

    def collection(self, kind: type[Kind]) -> Collection[Kind]:
        """The collection with all resources of a kind."""
        collection = self.collections.get(kind)
        if collection is None:
            collection = self.collections[kind] = Collection(kind)
        return collection

    def add(self, resource: Kind) -> Kind:
        """Keep a new resource."""
        if resource.created == 0.0:
            _set(resource, "created", self.clock.now())
        self.collection(type(resource)).add(resource)
        for function in resource.added:
            function(self, resource)
        return resource

    def remove(self, resource: Resource) -> None:
        """Forget a resource, whatever was still to happen to it, with all that goes along with it."""
        references.remove(self, resource)

    def dependents(self, resource: Resource) -> list[Resource]:
        """The resources that keep this one from going."""
        return references.dependents(self, resource)

    def get(self, kind: type[Kind], resource_id: str, missing: type[ApiError] | None = None) -> Kind:
        """The resource with this id, or the error that says there is none."""
        collection = self.collections.get(kind)
        resource: Kind | None = collection.by_id.get(resource_id) if collection is not None else None
        if resource is None:
            raise (missing or kind.not_found)(f"no {kind.__name__} of account {self.name} in {self.region} has this id")
        return resource

    def find(self, kind: type[Kind], resource_id: str) -> Kind | None:
        """The resource with this id, or None."""
        collection = self.collections.get(kind)
        return collection.by_id.get(resource_id) if collection is not None else None

    def find_by(self, kind: type[Kind], field_name: str, value: Hashable) -> Kind | None:
        """The oldest resource whose field has this value, or holds it if it is a tuple; None if there is none."""
        found = self.where(kind, field_name, value)
        return found[0] if found else None

    def get_by(self, kind: type[Kind], field_name: str, value: Hashable, missing: type[ApiError] | None = None) -> Kind:
        """The same, or the error that says there is none."""
        resource = self.find_by(kind, field_name, value)
        if resource is None:
            raise (missing or kind.not_found)(f"no {kind.__name__} in {self.region} has this {field_name}")
        return resource

    def all(self, kind: type[Kind]) -> Iterable[Kind]:
        """Every resource of a kind, oldest first."""
        return self.collection(kind)

    def where(self, kind: type[Kind], field_name: str, value: Hashable) -> list[Kind]:
        """Those of a kind whose field has this value, or holds it if it is a tuple."""
        return self.indexed(kind, field_name).where(field_name, value)

    def indexed(self, kind: type[Kind], field_name: str) -> Collection[Kind]:
        """The collection of a kind with its index by a field, which of many resources is made in steps."""
        collection = self.collection(kind)
        if self.account.renders_left is not None and not collection.index(field_name, AT_ONCE):
            raise OutOfTurn
        return collection

    def new_id(self, kind: type[Resource]) -> str:
        """An id that no resource of this kind has had; the same in every run, or the one that a seed requests."""
        if kind in self.requested_ids:
            return self.requested_ids.pop(kind)
        collection = self.collection(kind)
        while True:
            resource_id = f"{kind.prefix}-{self.new_text(kind.prefix, kind.id_letters)}"
            if resource_id not in collection.by_id:
                return resource_id

    def new_text(self, purpose: str, shape: str) -> str:
        """Letters and digits that look like chance but are the same in every run, for what is no resource."""
        return id_text(shape, self.name, self.region, purpose, str(self.next_number(purpose)))

    def next_number(self, purpose: str) -> int:
        """How many numbers were asked for this purpose, this one included."""
        number = self.last_numbers.get(purpose, 0) + 1
        self.last_numbers[purpose] = number
        return number

    def check(self, resource: Resource, action: str) -> Transition:
        """The row that an action takes now, or the documented refusal."""
        return transitions.check(resource, action)

    change = transitions.start
    complete = transitions.complete
    schedule = transitions.schedule

    def rendered(
        self, resource: Kind, show: Callable[[AccountRegion, Kind], Rendered], *depends_on: type[Resource]
    ) -> Rendered:
        """The JSON that ``show`` makes of a resource, made anew only if something that it shows has changed.

        That is the resource itself, or any of the types that it depends on.
        """
        return self.renderer(show, *depends_on)(resource)

    def renderer(
        self, show: Callable[[AccountRegion, Kind], Rendered], *depends_on: type[Resource]
    ) -> Callable[[Kind], Rendered]:
        """The same for many resources: what they depend on is checked once."""
        versions = (show, *[self.collection(kind).version for kind in depends_on])
        account = self.account

        def rendered(resource: Kind) -> Rendered:
            kept = resource.rendered
            if kept is not None and kept[0] == versions:
                return cast("Rendered", kept[1])
            if account.renders_left is not None:
                if not account.renders_left:
                    raise OutOfTurn
                account.renders_left -= 1
            fragment = orjson.Fragment(orjson.dumps(show(self, resource)))
            _set(resource, "rendered", (versions, fragment))
            return cast("Rendered", fragment)

        return rendered
