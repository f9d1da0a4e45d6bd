"""What was asked and what was answered: a bounded ring of entries for each account."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator

from emulator.engine.faults import Fault
from emulator.engine.http import Answer, Request

ENTRIES = 1_000
BYTES = 4 * 1024 * 1024
BYTES_OF_ALL = 64 * 1024 * 1024
LONGEST_KEPT = 64 * 1024
ENTRY_BYTES = 800
"""About what an entry takes beside the bytes of its request and its answer."""
NOBODY = ""
"""The account of requests whose caller could not be identified."""


class Entry:
    """One request and its answer. It is opened before anything can fail, and closed last.

    A closed entry keeps the head of its request as one piece of bytes: a ring of whole requests is so many small things
    that to let go of the oldest costs each new request more than anything else in the journal.
    """

    __slots__ = (
        "account", "answer", "body", "explanation", "fault", "head", "moment", "number", "open", "operation", "product",
        "region", "request_id", "size", "status", "unlisted",
    )  # fmt: skip

    def __init__(self, request: Request, request_id: str, moment: float) -> None:
        self.open: Request | None = request
        self.head = self.body = b""
        self.request_id = request_id
        self.moment = moment
        self.account = NOBODY
        self.region = ""
        self.operation = ""
        self.product = ""
        self.status = 0
        self.answer = b""
        self.explanation = ""
        self.fault: Fault | None = None
        self.unlisted = False
        self.number = 0
        self.size = 0

    @property
    def request(self) -> Request:
        """The request as it arrived."""
        return self.open if self.open is not None else Request.unpacked(self.head, self.body)

    def close(self, answer: Answer) -> None:
        """Take the answer, and keep of the request only its bytes."""
        request, body = self.open, answer.body
        assert request is not None
        self.head = head = request.wire or request.packed()
        self.body, self.open = request.body, None
        self.status, self.explanation = answer.status, answer.explanation
        self.answer = body if len(body) <= LONGEST_KEPT else body[:LONGEST_KEPT]
        self.size = ENTRY_BYTES + len(head) + len(request.body) + len(self.answer)


class Ring:
    """The entries of one account, newest last; the oldest go when there are too many, or too many bytes."""

    def __init__(self, entries: int = ENTRIES, most_bytes: int = BYTES) -> None:
        self.entries: deque[Entry] = deque()
        self.dropped = 0
        self.bytes = 0
        self._most_entries = entries
        self._most_bytes = most_bytes

    def append(self, entry: Entry) -> int:
        """Keep an entry; answers by how many bytes the ring has grown."""
        entries, before = self.entries, self.bytes
        if len(entries) == self._most_entries:
            self.drop()
        entries.append(entry)
        self.bytes += entry.size
        while self.bytes > self._most_bytes:
            self.drop()
        return self.bytes - before

    def drop(self) -> None:
        """Forget the oldest entry."""
        self.bytes -= self.entries.popleft().size
        self.dropped += 1


class Journal:
    """The entries of all accounts, those last that asked last; the first lose theirs when there are too many bytes."""

    def __init__(self, most_bytes: int = BYTES_OF_ALL) -> None:
        self.rings: OrderedDict[str, Ring] = OrderedDict()
        self._most_bytes = most_bytes
        self._bytes = 0
        self.unemulated: dict[str, int] = {}
        self.closed = 0
        self._last: str | None = None
        self.watchers: list[Callable[[Entry], None]] = []

    def close(self, entry: Entry, answer: Answer) -> None:
        """Keep an entry with its answer."""
        entry.close(answer)
        self.closed += 1
        entry.number = self.closed
        if entry.account != self._last:
            self._last = entry.account
            self.rings.setdefault(entry.account, Ring())
            self.rings.move_to_end(entry.account)
        self._bytes += self.rings[entry.account].append(entry)
        while self._bytes > self._most_bytes:
            self._drop_longest_unused()
        if self.watchers:
            for watch in self.watchers:
                watch(entry)

    def count_unemulated(self, name: str) -> None:
        """Count a request for a published operation that is not emulated."""
        self.unemulated[name] = self.unemulated.get(name, 0) + 1

    def of(self, account: str | None) -> Iterator[Entry]:
        """The entries of an account, or of all with None, oldest first."""
        if account is not None:
            ring = self.rings.get(account)
            return iter(ring.entries if ring else ())
        return iter(sorted((entry for ring in self.rings.values() for entry in ring.entries), key=lambda e: e.number))

    def find(self, request_id: str) -> Entry | None:
        """The entry of a request, or None if it is unknown or was dropped."""
        for ring in self.rings.values():
            for entry in ring.entries:
                if entry.request_id == request_id:
                    return entry
        return None

    def reset(self, account: str) -> None:
        """Forget the entries of an account."""
        ring = self.rings.pop(account, None)
        self._last = None
        if ring is not None:
            self._bytes -= ring.bytes

    def _drop_longest_unused(self) -> None:
        account, ring = next(iter(self.rings.items()))
        self._bytes -= ring.bytes
        if ring.entries:
            ring.drop()
        self._bytes += ring.bytes
        if not ring.entries:
            del self.rings[account]
            self._last = None
