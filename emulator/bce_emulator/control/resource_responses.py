"""What calls about resources, and about what is due, answer."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bce_emulator.control.responses import ErrorShown, Json, Response


class InstanceShown(Response):
    """An instance: the status that clients see, and the state that it has."""

    id: str
    status: str
    state: str


class BackendShown(Response):
    """What health checks find of an instance, if that was set."""

    id: str
    health: str


class ResourceShown(InstanceShown):
    """The same of a resource of any kind."""

    kind: str


class Reference(Response):
    """A resource by its type and its id."""

    kind: str
    id: str


class PendingShown(Response):
    """A transition under way: the status that follows, and when."""

    action: str
    then: str
    due: str


class TagShown(Response):
    """A tag."""

    tag_key: str
    tag_value: str


class ResourceRow(ResourceShown):
    """A resource as the list shows it: its name and addresses, what it names, and what it is about to be."""

    name: str
    region: str
    created: str
    addresses: list[str]
    tags: list[TagShown]
    refers_to: list[Reference]
    pending: PendingShown | None


class Inventory(Response):
    """Resources, newest first, and how many there are of each kind; ``dueIn`` as of the clock."""

    resources: list[ResourceRow]
    matching: int
    kinds: dict[str, int]
    due_in: float | None


class ActionShown(Response):
    """What a resource can do now and what it goes through, or the error that refuses it."""

    action: str
    allowed: bool
    meanwhile: str = ""
    then: str = ""
    seconds: float = 0
    refusal: ErrorShown | None = None


class TimerShown(Response):
    """What is planned for a resource, and when."""

    action: str
    due: str


class WholeResource(ResourceRow):
    """A resource with every field, its actions, and the resources that name it."""

    fields: Json
    statuses: list[str]
    actions: list[ActionShown]
    timers: list[TimerShown]
    referred_to_by: list[Reference]
    due_in: float | None


class DueShown(Reference):
    """Something that is due; ``then`` is the status that follows, null for what is only planned."""

    moment: str
    region: str
    action: str
    then: str | None
    planned: bool


class Agenda(Response):
    """What is due, the earliest first."""

    now: str
    matching: int
    due: list[DueShown]
    due_in: float | None


class ReachabilityRule(Response):
    """A rule of evaluation: what it says, and whether a page documents it or it is proposed."""

    name: str
    says: str
    basis: Literal["documented", "proposed"]
    page: str


class Sentence(Response):
    """A text in which ``{0}`` and so on stand for values, each a text or a sentence; for translations."""

    text: str
    values: list[str | Sentence]


class Hop(Response):
    """A decision on the way, there or back: at what, whether it passes, and by which rule of the account.

    ``text`` is what it ``says`` in English.
    """

    leg: Literal["there", "back"]
    concern: str
    kind: str
    id: str
    passes: bool
    text: str
    says: Sentence
    by: str
    rule: ReachabilityRule


class StoppingHop(Hop):
    """The first thing that stops it, and what would let it pass."""

    remedy: str
    remedy_says: Sentence


class ReachabilityEnd(Response):
    """One end: what it is, at which address, and where."""

    kind: str
    id: str
    address: str
    vpc_id: str
    subnet_id: str
    region: str


class UnusedRule(Response):
    """A rule of something on the way that decided nothing."""

    concern: str
    owner: str
    id: str
    text: str


class Reachability(Response):
    """Whether traffic would pass, by which way, and what stops it; ports are 0 where the protocol has none.

    One of ``untriedBackends`` might let it pass: there are more of them than a question looks at.
    """

    reaches: bool
    source: ReachabilityEnd
    target: ReachabilityEnd
    protocol: str
    port: int
    source_port: int
    path: list[Hop]
    stopped_by: StoppingHop | None
    untried_backends: int
    unused: list[UnusedRule] = Field(default_factory=list)
