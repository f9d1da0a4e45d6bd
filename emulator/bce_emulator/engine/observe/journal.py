"""What was asked and what was answered: a bounded ring of entries for each account."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from operator import itemgetter
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from bce_emulator.engine.account.ids import request_id
from bce_emulator.engine.http.request import SHORT, Request, Response
from bce_emulator.engine.observe.faults import Fault

if TYPE_CHECKING:
    from bce_emulator.engine.http.routing import Target

ENTRIES = 1_000
BYTES = 6 * 1024 * 1024
BYTES_OF_ALL = 64 * 1024 * 1024
MAX_KEPT = 64 * 1024
SMALL = 5 * 1024 + 512
"""Fewer bytes of a request and its answer make a small entry; all small ones are taken to be of one size."""
COMPACT_RESPONSE = SMALL - SHORT
"""Fewer bytes of an answer to a short request can make a compact entry."""
ENTRY_BYTES = 6 * 1024
"""What a small entry takes, at the most."""
NOBODY = ""
"""The account of requests whose caller could not be identified."""
NOWHERE = (NOBODY, "")


class Exchange:
    """A request that is being answered, and what has become known of it.

    It is closed before another one is opened, or put off. ``compact`` is the request as it came, if it is short and
    came in one piece, and empty once there is more to record than a compact entry holds.
    """

    __slots__ = (
        "account_key", "began", "compact", "fault", "moment", "number", "request", "request_id", "resource",
        "target", "unlisted",
    )  # fmt: skip

    def __init__(self, request: Request, journal: Journal, moment: float) -> None:
        journal.opened = self.number = number = journal.opened + 1
        self.request = request
        self.request_id = request_id(number)
        self.began = perf_counter()
        self.moment = moment
        self.account_key = NOWHERE
        self.target: Target | None = None
        self.resource = ""
        self.fault: Fault | None = None
        self.unlisted = False
        self.compact = request.wire

    def note_fault(self, fault: Fault) -> None:
        """Note the planned fault that happened to it."""
        self.fault = fault
        self.compact = b""

    def note_unlisted(self) -> None:
        """Note that it ended in an error that its operation does not list."""
        self.unlisted = True
        self.compact = b""


class Entry(NamedTuple):
    """One request and its answer, as the journal keeps them: bytes as they went over the wire, not their many parts.

    ``account_key`` is the account and its region.
    """

    number: int
    request_id: str
    moment: float
    account_key: tuple[str, str]
    target: Target | None
    wire: bytes
    status: int
    response: bytes
    explanation: str
    fault: Fault | None = None
    unlisted: bool = False

    @classmethod
    def from_ring(cls, entry: tuple[Any, ...]) -> Entry:
        """The entry that a ring keeps, be it a compact one."""
        if type(entry) is cls:
            return entry
        number, *known = entry
        return cls(number, request_id(number), *known)

    @property
    def request(self) -> Request:
        """The request as it arrived."""
        return Request.unpacked(self.wire)

    @property
    def account(self) -> str:
        """The name of the account, which is empty for nobody."""
        return self.account_key[0]

    @property
    def region(self) -> str:
        """The region, or an empty string for nobody."""
        return self.account_key[1]

    @property
    def operation(self) -> str:
        """The name of the operation, or an empty string."""
        return self.target.name if self.target is not None else ""

    @property
    def key(self) -> str:
        """The key of the operation, or an empty string."""
        return self.target.key if self.target is not None else ""

    @property
    def product(self) -> str:
        """The product of the operation, or an empty string."""
        return self.target.product if self.target is not None else ""


class NewEntry:
    """An entry as those who watch share it: the line that the first of them makes of it serves the others."""

    __slots__ = ("entry", "line")

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.line = b""


Watch = Callable[[NewEntry | None], None]
"""What is told of each new entry, and with None of any other change."""


class Ring:
    """The entries of one account, newest last; the oldest go when there are too many of them.

    Most of them are compact: bare tuples, without the request id, which follows from the number, and what is rare.
    """

    def __init__(self) -> None:
        self.entries: deque[tuple[Any, ...]] = deque(maxlen=ENTRIES)
        self.seen = 0
        self.bytes = 0
        self._large: deque[tuple[int, int]] = deque()
        self._large_bytes = 0

    def append(self, entry: Entry) -> None:
        """Keep an entry of any size; a small one can as well be appended to the entries."""
        size = len(entry.wire) + len(entry.response)
        self.entries.append(entry)
        if size >= SMALL:
            self._large.append((entry.number, size))
            self._large_bytes += size

    def measure(self) -> int:
        """Find out about how many bytes of memory the entries take; answers by how many they have grown."""
        oldest = self.entries[0][0] if self.entries else None
        while self._large and (oldest is None or self._large[0][0] < oldest):
            self._large_bytes -= self._large.popleft()[1]
        before, self.bytes = self.bytes, len(self.entries) * ENTRY_BYTES + self._large_bytes
        return self.bytes - before


class Journal:
    """The entries of all accounts, the last to ask last; the first lose theirs when there are too many bytes.

    To keep an entry is a part of every request. The usual one is small and of the account that asked last, and is only
    appended; such a run of entries is looked at when something else happens. Till then it adds at most a ring's worth.
    ``notes`` are called with each exchange that is closed.
    """

    def __init__(self, most_bytes: int = BYTES_OF_ALL - BYTES) -> None:
        self.rings: OrderedDict[str, Ring] = OrderedDict()
        self.unemulated: dict[str, int] = {}
        self._watchers: list[Watch] = []
        self._most_bytes = most_bytes
        self._bytes = 0
        self.opened = 0
        self._run_began = 0
        self._run_of: tuple[str, str] | None = None
        self._fire = Ring()
        self._append = self._fire.entries.append
        self.notes: list[Callable[[Exchange, Response], None]] = []

    def close(self, exchange: Exchange, response: Response) -> None:
        """Keep a request with its answer."""
        wire, account_key, body = exchange.compact, exchange.account_key, response.body
        if wire and account_key is self._run_of and len(body) < COMPACT_RESPONSE:
            self._append((
                exchange.number, exchange.moment, account_key, exchange.target, wire, response.status, body,
                response.explanation,
            ))  # fmt: skip
        else:
            self._close_full(exchange, response)
        for note in self.notes:
            note(exchange, response)

    def put_off(self, exchange: Exchange) -> None:
        """Do not expect the exchange that was opened last to be closed next; it then gets another number."""
        self._end_run(exchange.number - 1)
        self._run_began = exchange.number
        exchange.number = 0
        exchange.compact = b""

    def count_unemulated(self, name: str) -> None:
        """Count a request for a published operation that is not emulated."""
        self.unemulated[name] = self.unemulated.get(name, 0) + 1

    def of(self, account: str | None) -> Iterator[Entry]:
        """The entries of an account, or of all with None, oldest first."""
        rings = [fire for name, fire in self.rings.items() if account in (None, name)]
        return map(Entry.from_ring, sorted((entry for fire in rings for entry in fire.entries), key=itemgetter(0)))

    def dropped(self, account: str | None) -> int:
        """How many entries an account had, or all with None, and has no longer."""
        self._end_run(self.opened)
        return sum(fire.seen - len(fire.entries) for name, fire in self.rings.items() if account in (None, name))

    def find(self, request_id: str) -> Entry | None:
        """The entry of a request, or None if it is unknown or was dropped."""
        entries = (Entry.from_ring(entry) for fire in self.rings.values() for entry in fire.entries)
        return next((entry for entry in entries if entry.request_id == request_id), None)

    def watch(self, watcher: Watch) -> None:
        """Tell a watcher of each new entry."""
        self._end_run(self.opened)
        self._watchers.append(watcher)

    def unwatch(self, watcher: Watch) -> None:
        """Tell a watcher no more."""
        self._watchers.remove(watcher)

    def tell_change(self) -> None:
        """Tell those who watch that something else than a request has changed what there is."""
        for watcher in self._watchers:
            watcher(None)

    @property
    def watched_by(self) -> int:
        """How many watch."""
        return len(self._watchers)

    @property
    def bytes(self) -> int:
        """About how many bytes all entries take, as far as they have been looked at."""
        return self._bytes

    def reset(self, account: str) -> None:
        """Forget the entries of an account."""
        self._end_run(self.opened)
        if account in self.rings:
            self._bytes -= self.rings.pop(account).bytes

    def _end_run(self, last: int) -> None:
        """Account for the entries that were only appended, up to the last of them."""
        self._fire.seen += last - self._run_began
        self._bytes += self._fire.measure()
        self._run_began = last
        self._run_of = None

    def _close_full(self, exchange: Exchange, response: Response) -> None:
        if not exchange.number:
            self.opened = exchange.number = self.opened + 1
        wire = exchange.request.wire or exchange.request.packed()
        entry = Entry(
            exchange.number, exchange.request_id, exchange.moment, exchange.account_key, exchange.target, wire,
            response.status, response.body, response.explanation, exchange.fault, exchange.unlisted,
        )  # fmt: skip
        if exchange.account_key is self._run_of and len(wire) + len(response.body) < SMALL:
            self._append(entry)
        else:
            self._keep(entry)

    def _keep(self, entry: Entry) -> None:
        self._end_run(entry.number - 1)
        if len(entry.response) > MAX_KEPT:
            entry = entry._replace(response=entry.response[:MAX_KEPT])
        account = entry.account
        self._fire = fire = self.rings.setdefault(account, Ring())
        self.rings.move_to_end(account)
        self._append = fire.entries.append
        fire.append(entry)
        self._bytes += fire.measure()
        while fire.bytes > BYTES:
            self._drop(fire)
        while self._bytes > self._most_bytes:
            self._drop_longest_unused()
        if self._watchers:
            new = NewEntry(entry)
            for watcher in self._watchers:
                watcher(new)
        self._run_of = entry.account_key if account in self.rings and not self._watchers else None

    def _drop(self, fire: Ring) -> None:
        fire.entries.popleft()
        self._bytes += fire.measure()

    def _drop_longest_unused(self) -> None:
        account, fire = next(iter(self.rings.items()))
        self._drop(fire)
        if not fire.entries:
            del self.rings[account]
