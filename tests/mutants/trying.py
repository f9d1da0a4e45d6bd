"""Tries mutants: the tests beside a module run against each in a process of its own, as long as they pass.

Most mutants differ in the code of a function. A process that has collected the tests forks for each of these, and the fork
puts the code into the function: no import, no collection. What that lets through, and what differs outside of functions, is
tried once more by a process that imports the mutated module as if its file had been changed.
"""

from __future__ import annotations

import gc
import importlib
import importlib.abc
import importlib.util
import inspect
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "emulator" / "bce_emulator" / "engine"
HEAVY = ("fastapi", "httpx", "hypothesis", "orjson", "pydantic", "uvicorn", "yaml")
"""Imported once for all; the emulator is not."""
MEMORY = 2 << 30
TIMES, SPARE = 4, 5.0
"""A mutant has so many times as long as the module itself, and so many seconds more."""
IMPORT_SECONDS = 15.0

Mutant = dict[str, Any]


class Inconclusive(Exception):
    """The tests beside a module fail without any mutant, so they say nothing of one."""


def survivors(mutants: list[Mutant], tests_of: dict[str, list[str]], workers: int) -> Iterator[Mutant]:
    """Those that the tests beside their module let through."""
    for name in HEAVY:
        importlib.import_module(name)
    gc.freeze()
    for module in dict.fromkeys(each["module"] for each in mutants):
        paths = [str(ROOT / "tests" / "engine" / path) for path in tests_of[module]]
        of_module = [each for each in mutants if each["module"] == module]
        left, limit = swapped(of_module, paths, workers)
        yield from let_through(
            left, workers, limit + IMPORT_SECONDS, lambda mutant, paths=paths: imported(mutant, paths)
        )


def let_through(mutants: list[Mutant], workers: int, limit: float, run: Callable[[Mutant], int]) -> list[Mutant]:
    """Those for which a process answers 0 in time."""
    waiting, through = mutants[::-1], []
    running: dict[int, tuple[Mutant, float]] = {}
    while waiting or running:
        while waiting and len(running) < workers:
            mutant = waiting.pop()
            running[forked(lambda mutant=mutant: run(mutant))] = mutant, time.monotonic() + limit
        for pid, (mutant, end) in list(running.items()):
            done, status = os.waitpid(pid, os.WNOHANG)
            if not done and time.monotonic() > end:
                os.killpg(pid, signal.SIGKILL)
                done, status = os.waitpid(pid, 0)
            if done:
                del running[pid]
                through += [] if status else [mutant]
        time.sleep(0.002)
    return through


def forked(run: Callable[[], int]) -> int:
    """A process, and group of processes, that ends with what a function answers and says nothing."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(quiet, stream)
        status = run()
    finally:
        os._exit(status)


def run_pytest(paths: list[str], *plugins: object) -> int:
    os.chdir(ROOT)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.dont_write_bytecode = True
    return int(pytest.main(["-x", "-s", "-p", "no:cacheprovider", "-p", "no:faulthandler", *paths], plugins))


# By import


def imported(mutant: Mutant, paths: list[str]) -> int:
    sys.meta_path.insert(0, Loader(mutant))
    return run_pytest(paths)


class Loader(importlib.abc.InspectLoader, importlib.abc.MetaPathFinder):
    """Gives one module another text."""

    def __init__(self, mutant: Mutant) -> None:
        self.path = str(SOURCES / mutant["module"])
        self.name = "bce_emulator.engine." + mutant["module"].removesuffix(".py").replace("/", ".")
        self.text = mutant["text"]

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        if fullname == self.name:
            return importlib.util.spec_from_file_location(fullname, self.path, loader=self)
        return None

    def get_source(self, fullname: str) -> str:
        return self.text

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.text, self.path, "exec", dont_inherit=True)


# By the code of functions


def swapped(mutants: list[Mutant], paths: list[str], workers: int) -> tuple[list[Mutant], float]:
    """Those that are let through or have no function to be in, and how long one of them may take."""
    receiving, sending = os.pipe()
    pid = forked(lambda: run_pytest(paths, Swapping(mutants, workers, sending)))
    os.close(sending)
    with os.fdopen(receiving) as answer:
        text = answer.read()
    os.waitpid(pid, 0)
    if not text:
        raise Inconclusive(" ".join(paths))
    numbers, limit = json.loads(text)
    return [mutants[number] for number in numbers], limit


class Swapping:
    """A plugin that forks for each mutant where pytest would run what it has collected."""

    def __init__(self, mutants: list[Mutant], workers: int, answer: int) -> None:
        self.mutants = mutants
        self.workers = workers
        self.answer = answer

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        path = SOURCES / self.mutants[0]["module"]
        before = Parts(path.read_text(encoding="utf-8"), str(path))
        functions = functions_of(path)
        start = time.monotonic()
        _, status = os.waitpid(forked(lambda: run_items(session)), 0)
        if not session.items or status:
            return True
        limit = TIMES * (time.monotonic() - start) + SPARE

        def run(mutant: Mutant) -> int:
            return run_items(session) if swap(before, Parts(mutant["text"], str(path)), functions) else 0

        through = [id(each) for each in let_through(self.mutants, self.workers, limit, run)]
        numbers = [number for number, mutant in enumerate(self.mutants) if id(mutant) in through]
        os.write(self.answer, json.dumps((numbers, limit)).encode())
        return True


def run_items(session: pytest.Session) -> int:
    for item, following in zip(session.items, [*session.items[1:], None], strict=True):
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return 1
    return 0


def functions_of(path: Path) -> list[FunctionType]:
    """Every function that a file has made, also where all that there is was frozen, as by the collection of tests."""
    gc.unfreeze()
    found = [each for each in gc.get_objects() if type(each) is FunctionType and each.__code__.co_filename == str(path)]
    gc.freeze()
    return found


class Parts:
    """The code of each function of a text, and what is there beside them."""

    def __init__(self, text: str, path: str) -> None:
        self.functions: list[CodeType] = []
        self.rest: list[str] = []
        self._take(compile(text, path, "exec", dont_inherit=True))

    def _take(self, code: CodeType) -> None:
        self.rest += [code.co_code.hex(), repr(code.co_names)]
        for value in code.co_consts:
            if not isinstance(value, CodeType):
                self.rest.append(repr(value))
            elif value.co_flags & inspect.CO_OPTIMIZED:
                self.functions.append(value)
            else:
                self._take(value)


def swap(before: Parts, after: Parts, functions: list[FunctionType]) -> bool:
    """Have functions do what they do after a change; False where that does not tell the whole change."""
    if before.rest != after.rest or len(before.functions) != len(after.functions):
        return False
    for old, new in zip(before.functions, after.functions, strict=True):
        if old == new:
            continue
        found = [each for each in functions if each.__code__ == old]
        if not found or old.co_freevars != new.co_freevars:
            return False
        for each in found:
            each.__code__ = new
    return True
