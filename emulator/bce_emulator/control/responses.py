"""What control calls answer, as models: for the OpenAPI document, and for the programs that are made from it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, RootModel
from pydantic.alias_generators import to_camel

Json = dict[str, Any]


class Response(BaseModel):
    """The answer of a control call: camel case outside."""

    model_config = ConfigDict(alias_generator=to_camel)


class Refused(Response):
    """Why a call was refused, and what would be right."""

    error: str


class Live(Response):
    """The process answers."""

    live: bool


class Ready(Response):
    """The emulator is able to serve."""

    ready: bool


class Coverage(Response):
    """How many operations of a product are published, how many of them emulated, and how many driven by official SDKs.

    ``driven`` counts those that this project's tests drive with at least one official SDK, two and three of them.
    """

    emulated: int
    published: int
    driven: list[int]


class Version(Response):
    """What answers, and how much it emulates, by product."""

    name: str
    version: str
    coverage: dict[str, Coverage]


class Reset(Response):
    """The accounts that are as on their first day."""

    reset: list[str]


class Clock(Response):
    """A clock: its time, whether it stands still, its pace, how many transitions are under way, and when the next ends.

    ``dueIn`` is seconds of the wall clock, null if the clock stands still or nothing is due.
    """

    now: str
    frozen: bool
    pace: float
    pending: int
    due_in: float | None


class Advanced(Clock):
    """A clock that was moved on, and what came due on the way."""

    due: list[str]


class KeysShown(Response):
    """A pair of keys without its secrets."""

    access_key_id: str
    account: str
    temporary: bool
    expires_at: str = ""
    owner: str = ""
    max_resources: int = 0
    forgotten_at: str = ""


class KeysMade(KeysShown):
    """A pair of keys with its secrets, which are shown once."""

    secret_access_key: str
    session_token: str = ""


class AccountShown(Response):
    """An account: its keys, the regions it has been used in, and how many resources it has."""

    account: str
    keys: list[KeysShown]
    regions: list[str]
    resources: int


class AccountsShown(Response):
    """Every account."""

    accounts: list[AccountShown]


class Deleted(Response):
    """The keys, or the ids of faults, that are gone."""

    deleted: list[str]


class Fact(Response):
    """A setting of an account: what it is, what it is at first, and what it decides."""

    value: Any
    default: Any
    help: str


class Facts(RootModel[dict[str, Fact]]):
    """Every setting of an account, by name."""


class Row(Response):
    """How long an action of a kind lasts, and how long it does by the table."""

    kind: str
    action: str
    seconds: float
    table: list[float]


class FaultShown(Response):
    """A planned fault, and what became of it."""

    id: str
    account: str
    operation: str
    product: str
    error: str = ""
    message: str = ""
    status: int = 0
    delay_seconds: float = 0
    disconnect: str = ""
    truncate_bytes: int = 0
    end_in: str = ""
    resource: str = ""
    times: int
    struck: int
    left: int


class FaultsShown(Response):
    """Planned faults, in the order in which they will be injected."""

    faults: list[FaultShown]


class Asked(Response):
    """A request as it arrived, without its secrets."""

    method: str
    path: str
    query: str
    body: Any
    headers: list[list[str]] = []


class Struck(Response):
    """The planned fault that a request met."""

    id: str
    effect: str


class Unread(Response):
    """A member of a request that its operation does not know."""

    in_: str = Field(alias="in")
    member: str
    nearest: str = ""
    belongs_in: str = ""


class EntryShown(Response):
    """A request and its answer."""

    number: int
    request_id: str
    time: str
    account: str | None
    region: str
    operation: str
    product: str
    request: Asked
    status: int
    code: str
    answer: Any
    fault: Struck | None = None
    explanation: str = ""
    unread: list[Unread] = []


class WholeEntry(EntryShown):
    """A request with its headers and its answer."""

    listed_error: bool


class JournalShown(Response):
    """What was asked and answered, newest last, and what the journal has not."""

    entries: list[EntryShown]
    matching: int
    dropped: int
    unemulated: dict[str, int]


class Difference(Response):
    """A member that is not as expected."""

    member: str
    expected: Any
    seen: Any = None
    missing: bool = False
    nearest: str = ""


class Near(Response):
    """A request that comes near to what was expected."""

    request_id: str
    number: int
    operation: str
    differences: list[Difference]


class Verified(Response):
    """Whether so many requests were made; if not, which came nearest."""

    ok: bool
    count: int
    expected: int | str = ""
    matching: list[str] = []
    nearest: list[Near] = []


class Sides(Response):
    """What the emulator has, and what the client; null where that is unknown."""

    emulator: str | None
    client: str | None


class Line(Sides):
    """A line of both canonical requests."""

    part: str
    same: bool | None


class Explanation(Response):
    """Why a signature did not match."""

    request_id: str
    method: str
    path: str
    query: str
    refused_with: str
    mistake: str
    means: str
    remedy: str
    detail: str
    authorization: str
    signing_key_of: Sides
    canonical_request: Sides
    side_by_side: list[Line]


class Repeated(Response):
    """A request to send again: a signed command, and tests."""

    curl: str
    python: str
    go: str
    java: str


class State(Response):
    """Everything an account has; what it means stands in docs/state.md."""

    format: int
    account: str
    clock: Json
    facts: Json
    seconds: dict[str, float]
    regions: dict[str, Json]


class Replaced(Response):
    """The account that was replaced, and how many resources it has now."""

    account: str
    resources: int


class Named(Response):
    """A resource."""

    region: str
    kind: str
    id: str


class Change(Response):
    """What a member was, and what it is."""

    before: Any
    after: Any


class Changed(Named):
    """A resource that is not what it was."""

    members: dict[str, Change]


class StateDiff(Response):
    """What is different between two states of an account, and the same in lines to read."""

    same: bool
    added: list[Named]
    removed: list[Named]
    changed: list[Changed]
    clock: dict[str, Change] = {}
    facts: dict[str, Change] = {}
    seconds: dict[str, Change] = {}
    lines: list[str]


class ErrorShown(Response):
    """How an operation can fail, and where that is known from."""

    code: str
    status: int
    message: str
    basis: str


class OperationShown(Response):
    """A published operation, emulated or not."""

    name: str
    product: str
    resource: str
    routes: list[str]
    emulated: bool
    summary: str = ""
    basis: str = ""
    doc: str = ""
    errors: list[ErrorShown] = []


class OperationsShown(RootModel[list[OperationShown]]):
    """Every published operation."""


class TransitionShown(Response):
    """A row of a lifecycle."""

    action: str
    allowed: list[str]
    meanwhile: str | None
    then: str | None
    seconds: float


class Lifecycles(RootModel[dict[str, list[TransitionShown]]]):
    """The state table of every kind of resource that has one."""


class Regions(Response):
    """Every region, and the one of requests that name none."""

    region: str
    regions: list[str]


class Document(RootModel[Json]):
    """An OpenAPI document."""
