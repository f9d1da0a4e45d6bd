"""Calling every method of an SDK's client, once as it succeeds and once as it is refused."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from program import begin_anew, run_due


class Absent(str):
    """The answer of what is not emulated, so that the sweep goes on."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        return self

    def __getitem__(self, index: object) -> Any:
        return self


ABSENT = Absent("absent")


class Sweep:
    """What was called of one SDK, and how it went."""

    def __init__(self, refusal: type[Exception]) -> None:
        self.refusal = refusal
        self.succeeded: set[str] = set()
        self.turned_down: set[str] = set()
        self.unemulated: set[str] = set()
        self.wrong: list[str] = []

    def done(self, method: str, call: Callable[[], Any]) -> Any:
        """A call that must succeed."""
        status, code, response = self._try(call)
        if code == "NotImplemented":
            self.unemulated.add(method)
        elif status == 200:
            self.succeeded.add(method)
        else:
            self.wrong.append(f"{method} was refused: {status} {code}")
        return response

    def refused(self, code: str, method: str, call: Callable[[], Any]) -> None:
        """A call that must be refused with this code."""
        status, seen, _ = self._try(call)
        if seen == "NotImplemented":
            self.unemulated.add(method)
        elif seen == code and 400 <= status < 500:
            self.turned_down.add(method)
        else:
            self.wrong.append(f"{method} answered {status} {seen}, not {code}")

    def run(self, parts: tuple[Callable[[], None], ...]) -> None:
        """Run each part on the first day of the account."""
        for part in parts:
            begin_anew()
            part()

    def verdict(self, clients: tuple[object, ...], never_refused: set[str], only_refused: set[str]) -> str:
        """Fails if something went wrong, or was left out; tells what is not emulated."""
        assert not self.wrong, "; ".join(self.wrong)
        done = self.succeeded | only_refused
        refused = self.turned_down | never_refused
        missed = [each for each in methods(clients) if each not in self.unemulated | (done & refused)]
        assert not missed, f"neither done nor refused: {missed}"
        return f"not emulated: {', '.join(sorted(self.unemulated))}" if self.unemulated else ""

    def _try(self, call: Callable[[], Any]) -> tuple[int, str, Any]:
        try:
            return 200, "", call()
        except self.refusal as error:
            refused = error.last_error
            if getattr(refused, "code", None) is None:
                raise
            assert refused.request_id, refused
            return refused.status_code, refused.code, ABSENT
        except (TypeError, ValueError, AttributeError, ImportError) as error:
            return 0, f"{type(error).__name__}: {error}", ABSENT


class Calls:
    """Calls of one client by name, all members named, each coming to its end."""

    def __init__(self, client: Any, sweep: Sweep) -> None:
        self.client = client
        self.sweep = sweep

    def ask(self, method: str, **members: Any) -> Any:
        """One call, as this SDK makes it."""
        return getattr(self.client, method)(**members)

    def done(self, method: str, **members: Any) -> Any:
        """A call that must succeed."""
        response = self.sweep.done(method, lambda: self.ask(method, **members))
        run_due()
        return response

    def refused(self, code: str, method: str, **members: Any) -> None:
        """A call that must be refused with this code."""
        self.sweep.refused(code, method, lambda: self.ask(method, **members))

    def both(self, method: str, wrong: dict[str, Any], code: str = "NoSuchObject", **members: Any) -> Any:
        """A call that must succeed, and must be refused with some members changed."""
        response = self.done(method, **members)
        self.refused(code, method, **(members | wrong))
        return response

    def about(self, member: str, known: str, unknown: str, code: str = "NoSuchObject") -> Callable[..., Any]:
        """Calls by name about one thing, and about one that is not there."""
        return lambda method, **members: self.both(method, {member: unknown}, code, **{member: known}, **members)


def methods(clients: tuple[object, ...]) -> Iterator[str]:
    """The calls that clients have."""
    for client in clients:
        yield from [name for name, _ in inspect.getmembers(client, inspect.ismethod) if not name.startswith("_")]
