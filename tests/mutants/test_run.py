"""What the run says of mutants, and how a mutant is put in place; the run itself is ``make mutants``."""

from __future__ import annotations

import gc

import pytest

from bce_emulator.engine.account import clock
from tests.mutants.run import EQUIVALENT, TESTS_OF, key_of, read_list, verdict
from tests.mutants.trying import ROOT, SOURCES, Inconclusive, Loader, Parts, functions_of, swap, swapped

LISTED = read_list(EQUIVALENT.read_text())


def mutant(after: str, module: str = "account/clock.py") -> dict[str, object]:
    return {"module": module, "scope": "f", "line": 3, "before": "x = 1", "after": after, "text": ""}


KEY = "account/clock.py f: x = 1 => x = 2"


@pytest.mark.parametrize(
    ("listed", "gone", "alive", "tried", "wrong"),
    [
        ([], [], [], ["x = 2"], []),
        ([KEY], [], ["x = 2"], ["x = 2"], []),
        ([KEY], [], [], [], []),
        ([], [], ["x = 2"], ["x = 2"], [f"SURVIVES emulator/bce_emulator/engine/account/clock.py:3\n    {KEY}"]),
        ([KEY], [], [], ["x = 2"], [f"KILLED, so take it out of equivalent.txt\n    {KEY}"]),
        ([KEY], [KEY], [], [], [f"IS NO MORE, so take it out of equivalent.txt\n    {KEY}"]),
    ],
    ids=["killed", "equivalent", "not in the sample", "a survivor", "killed by now", "gone"],
)
def test_a_survivor_is_listed_and_the_list_has_nothing_else(listed, gone, alive, tried, wrong):
    assert verdict(listed, set(gone), map(mutant, alive), map(mutant, tried)) == wrong


def test_of_two_mutants_with_the_same_text_one_may_survive():
    assert verdict([KEY], set(), [mutant("x = 2")], [mutant("x = 2"), mutant("x = 2")]) == []
    assert key_of(mutant("x = 2")) == KEY


def test_every_listed_mutant_has_a_reason_and_is_of_a_line_that_is_there():
    text = {module: " ".join((SOURCES / module).read_text().split()) for module in TESTS_OF}

    missing = []
    for key, reason in LISTED.items():
        place, _, change = key.partition(": ")
        module, before = place.partition(" ")[0], change.partition(" => ")[0]
        if not reason or before not in text[module]:
            missing.append(key)

    assert missing == []
    assert read_list("# why\na\nb\n\n# other\nc\n") == {"a": "why", "b": "why", "c": "other"}


def test_every_module_has_its_tests():
    for module, paths in TESTS_OF.items():
        assert (SOURCES / module).is_file()
        assert all((ROOT / "tests" / "engine" / path).is_file() for path in paths)


BEFORE = """
LIMIT = 1

def f(x, y=2):
    return x + y

class C:
    z = 3

    def g(self):
        return self.z
"""


@pytest.mark.parametrize(
    ("old", "new", "is_swapped", "result"),
    [
        ("x + y", "x - y", True, (-1, 3)),
        ("self.z", "self.z + 1", True, (3, 4)),
        ("LIMIT = 1", "LIMIT = 2", False, (3, 3)),
        ("y=2", "y=3", False, (3, 3)),
        ("z = 3", "z = 4", False, (3, 3)),
        ("return self.z", "return __class__.z", False, (3, 3)),
        ("return self.z", "return (lambda: self)().z + 1", True, (3, 4)),
    ],
)
def test_a_change_of_a_function_is_swapped_in_and_another_is_left_to_the_import(old, new, is_swapped, result):
    namespace: dict = {}
    exec(compile(BEFORE, "here", "exec", dont_inherit=True), namespace)
    functions = [namespace["f"], namespace["C"].g]

    done = swap(Parts(BEFORE, "here"), Parts(BEFORE.replace(old, new), "here"), functions)

    assert done is is_swapped
    assert (namespace["f"](1), namespace["C"]().g()) == result


def test_a_mutant_is_swapped_in_though_what_was_collected_is_frozen():
    path = SOURCES / "account" / "clock.py"
    gc.freeze()

    functions = functions_of(path)

    assert {clock.months_later, clock.Clock.now} <= set(functions)
    assert {each.__module__ for each in functions} == {clock.__name__}
    text = path.read_text()
    assert swap(Parts(text, str(path)), Parts(text, str(path)), functions)


def test_the_loader_gives_its_module_another_text_and_no_other():
    loader = Loader({"module": "account/clock.py", "text": "DAY = 1\n"})

    assert loader.find_spec("bce_emulator.engine.account.ids") is None
    assert loader.find_spec("bce_emulator.engine.account.clock").loader is loader
    assert loader.get_source("") == "DAY = 1\n"
    assert loader.get_code("").co_filename == str(SOURCES / "account/clock.py")


def test_tests_that_fail_without_a_mutant_say_nothing(tmp_path):
    failing = tmp_path / "test_failing.py"
    failing.write_text("def test_it():\n    assert False\n")

    with pytest.raises(Inconclusive, match=r"test_failing\.py"):
        swapped([mutant("x = 2")], [str(failing)], 1)
