"""What a recorder lets through: operations that only read, unless its user says otherwise."""

from __future__ import annotations

from bce_emulator.cloud import CATALOGUE
from bce_emulator.engine.declare.catalogue import Published
from bce_emulator.engine.declare.operations import LISTS, Operation
from bce_emulator.engine.declare.product import suggest
from bce_emulator.engine.errors import ApiError
from bce_emulator.engine.http.routing import Found, Target
from bce_emulator.settings import SettingError, names_in

DOTS = frozenset({"", ".", ".."})


class NotAllowed(ApiError):
    """The recorder was not told to let this through."""

    status, code, message, basis = 403, "OperationNotAllowed", "{operation} is not recorded: {reason}", "emulator"


def only_reads(target: Target) -> bool:
    """Whether an operation changes nothing, as far as its method and its name say."""
    if isinstance(target, Operation):
        return target.only_reads
    return all(route.method == "GET" for route in target.routes) or target.name.startswith(LISTS)


class Gate:
    """Decides on each request; ``names`` narrow what passes."""

    def __init__(self, names: str | None = None, allow_writes: bool = False) -> None:
        self._writes = allow_writes
        wanted = names_in(names, "--allow") if names is not None else ()
        self._keys = {entry.key for name in wanted for entry in self._named(name)}

    def check(self, found: Found) -> None:
        """Refuse what does not pass. What several products have at one place must only read in each of them."""
        targets = [found.target, *(other.target for other in found.others)]
        name = found.target.key
        if any(value in DOTS for value in found.path_values.values()):
            raise NotAllowed(operation=name, reason="its path names nothing")
        if not self._writes and not all(map(only_reads, targets)):
            raise NotAllowed(operation=name, reason="it may change something, and --allow-writes was not given")
        if self._keys and found.target.key not in self._keys:
            raise NotAllowed(operation=name, reason="--allow does not name it")

    def _named(self, name: str) -> list[Published]:
        entries = CATALOGUE.named(name)
        if not entries:
            raise SettingError(f"--allow: no operation is called {name!r}{suggest(name, CATALOGUE.entries)}")
        if not self._writes:
            for entry in entries:
                if not only_reads(CATALOGUE.emulated(entry) or entry):
                    raise SettingError(f"--allow: {entry.key} may change something, which wants --allow-writes too")
        return entries
