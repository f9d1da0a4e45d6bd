"""What was asked and what was answered: a bounded ring of entries for each account."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from emulator.engine.faults import Fault
from emulator.engine.http import Answer, Request

if TYPE_CHECKING:
    from emulator.engine.routing import Target

ENTRIES = 1_000
BYTES = 4 * 1024 * 1024
BYTES_OF_ALL = 64 * 1024 * 1024
LONGEST_KEPT = 64 * 1024
SMALL = 3 * 1024
"""Fewer bytes of a request and its answer make a small entry; all small ones are taken to be of one size."""
ENTRY_BYTES = 4 * 1024
"""What a small entry takes, all told, at the most."""
NOBODY = ""
"""The account of requests whose caller could not be identified."""
NOWHERE = (NOBODY, "")


class Exchange:
    """A request that is being answered, and what has become known of it."""

    __slots__ = ("fault", "moment", "place", "request", "request_id", "target", "unlisted")

    def __init__(self, request: Request, request_id: str, moment: float) -> None:
        self.request = request
        self.request_id = request_id
        self.moment = moment
        self.place = NOWHERE
        self.target: Target | None = None
        self.fault: Fault | None = None
        self.unlisted = False


class Entry(NamedTuple):
    """One request and its answer, as the journal keeps them: bytes as they went over the wire, not their many parts.

    ``place`` is the account and its region.
    """

    number: int
    request_id: str
    moment: float
    place: tuple[str, str]
    target: Target | None
    wire: bytes
    status: int
    answer: bytes
    explanation: str
    fault: Fault | None
    unlisted: bool

    @property
    def request(self) -> Request:
        """The request as it arrived."""
        return Request.unpacked(self.wire)

    @property
    def account(self) -> str:
        """The name of the account, which is empty for nobody."""
        return self.place[0]

    @property
    def region(self) -> str:
        """The region, or an empty string for nobody."""
        return self.place[1]

    @property
    def operation(self) -> str:
        """The name of the operation, or an empty string."""
        return self.target.name if self.target is not None else ""

    @property
    def product(self) -> str:
        """The product of the operation, or an empty string."""
        return self.target.product if self.target is not None else ""


class Ring:
    """The entries of one account, newest last, as bare tuples; the oldest go when there are too many of them."""

    def __init__(self) -> None:
        self.entries: deque[tuple[Any, ...]] = deque(maxlen=ENTRIES)
        self.seen = 0
        self.bytes = 0
        self._large: deque[tuple[int, int]] = deque()
        self._large_bytes = 0

    def append(self, entry: Entry) -> None:
        """Keep an entry of any size; a small one can as well be appended to the entries."""
        size = len(entry.wire) + len(entry.answer)
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
    """The entries of all accounts, those last that asked last; the first lose theirs when there are too many bytes.

    To keep an entry is a part of every request. The usual one is small and of the account that asked last, and is only
    appended; such a run of entries is looked at when something else happens. Till then it can fill no more than a ring.
    """

    def __init__(self, most_bytes: int = BYTES_OF_ALL - BYTES) -> None:
        self.rings: OrderedDict[str, Ring] = OrderedDict()
        self.unemulated: dict[str, int] = {}
        self._watchers: list[Callable[[Entry], None]] = []
        self._most_bytes = most_bytes
        self._bytes = 0
        self._closed = 0
        self._run_began = 0
        self._run_of: tuple[str, str] | None = None
        self._ring = Ring()
        self._append = self._ring.entries.append

    def close(self, exchange: Exchange, answer: Answer) -> None:
        """Keep a request with its answer."""
        request = exchange.request
        wire = request.wire or request.packed()
        self._closed = number = self._closed + 1
        entry = (
            number, exchange.request_id, exchange.moment, exchange.place, exchange.target, wire, answer.status,
            answer.body, answer.explanation, exchange.fault, exchange.unlisted,
        )  # fmt: skip
        if exchange.place is self._run_of and len(wire) + len(answer.body) < SMALL:
            self._append(entry)
        else:
            self._keep(Entry._make(entry))

    def count_unemulated(self, name: str) -> None:
        """Count a request for a published operation that is not emulated."""
        self.unemulated[name] = self.unemulated.get(name, 0) + 1

    def of(self, account: str | None) -> Iterator[Entry]:
        """The entries of an account, or of all with None, oldest first."""
        rings = [ring for name, ring in self.rings.items() if account in (None, name)]
        return map(Entry._make, sorted((entry for ring in rings for entry in ring.entries), key=itemgetter(0)))

    def dropped(self, account: str | None) -> int:
        """How many entries an account had, or all with None, and has no longer."""
        self._end_run(self._closed)
        return sum(ring.seen - len(ring.entries) for name, ring in self.rings.items() if account in (None, name))

    def find(self, request_id: str) -> Entry | None:
        """The entry of a request, or None if it is unknown or was dropped."""
        entries = (Entry._make(entry) for ring in self.rings.values() for entry in ring.entries)
        return next((entry for entry in entries if entry.request_id == request_id), None)

    def watch(self, watcher: Callable[[Entry], None]) -> None:
        """Tell a watcher of each new entry."""
        self._end_run(self._closed)
        self._watchers.append(watcher)

    def unwatch(self, watcher: Callable[[Entry], None]) -> None:
        """Tell a watcher no more."""
        self._watchers.remove(watcher)

    @property
    def watched_by(self) -> int:
        """How many watch."""
        return len(self._watchers)

    def reset(self, account: str) -> None:
        """Forget the entries of an account."""
        self._end_run(self._closed)
        if account in self.rings:
            self._bytes -= self.rings.pop(account).bytes

    def _end_run(self, last: int) -> None:
        """Account for the entries that were only appended, up to the last of them."""
        self._ring.seen += last - self._run_began
        self._bytes += self._ring.measure()
        self._run_began = last
        self._run_of = None

    def _keep(self, entry: Entry) -> None:
        self._end_run(entry.number - 1)
        if len(entry.answer) > LONGEST_KEPT:
            entry = entry._replace(answer=entry.answer[:LONGEST_KEPT])
        account = entry.account
        self._ring = ring = self.rings.setdefault(account, Ring())
        self.rings.move_to_end(account)
        self._append = ring.entries.append
        ring.append(entry)
        self._bytes += ring.measure()
        while ring.bytes > BYTES:
            self._drop(ring)
        while self._bytes > self._most_bytes:
            self._drop_longest_unused()
        for watcher in self._watchers:
            watcher(entry)
        self._run_of = entry.place if account in self.rings and not self._watchers else None

    def _drop(self, ring: Ring) -> None:
        ring.entries.popleft()
        self._bytes += ring.measure()

    def _drop_longest_unused(self) -> None:
        account, ring = next(iter(self.rings.items()))
        self._drop(ring)
        if not ring.entries:
            del self.rings[account]
