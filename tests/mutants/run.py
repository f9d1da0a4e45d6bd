"""Runs the tests beside each module against its mutants: ``make mutants``.

A mutant that the tests let through must stand in ``equivalent.txt`` with the reason why nobody can tell it apart.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.mutants.trying import ROOT, SOURCES, Inconclusive, Mutant, survivors

HERE = Path(__file__).parent
EQUIVALENT = HERE / "equivalent.txt"
MAKER = ROOT / ".cache" / "mutants" / "bin" / "python"
TESTS_OF = {
    "http/signature.py": ["http/test_signature.py"],
    "http/identity.py": ["http/test_identity.py"],
    "http/routing.py": ["http/test_routing.py"],
    "http/product_choice.py": ["http/test_product_choice.py"],
    "http/heads.py": ["http/test_heads.py"],
    "account/accounts.py": ["account/test_accounts.py"],
    "account/account_region.py": [
        "account/test_account_region.py",
        "account/test_collection.py",
        "account/test_lifecycle.py",
    ],
    "account/idle.py": ["account/test_idle.py"],
    "account/tokens.py": ["account/test_tokens.py"],
    "account/clock.py": ["account/test_clock.py"],
    "account/lifecycle.py": ["account/test_lifecycle.py"],
    "account/transitions.py": ["account/test_transitions.py", "account/test_lifecycle.py"],
    "declare/models.py": ["declare/test_models.py"],
    "declare/pages.py": ["declare/test_pages.py"],
}
"""The modules, and the tests beside each."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", default=list(TESTS_OF), help="such as http/signature.py")
    parser.add_argument("--sample", type=int, help="so many mutants, not all")
    parser.add_argument("--seed", default=time.strftime("%Y-%m-%d"), help="which sample (default: the day's)")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    listed, every = read_list(EQUIVALENT.read_text()), made(given.modules)
    gone = {key for key in listed if key.partition(" ")[0] in given.modules} - {key_of(each) for each in every}
    chosen = every
    if given.sample is not None:
        print(f"a sample of {given.sample} of {len(every)} mutants, seed {given.seed}")
        chosen = random.Random(given.seed).sample(every, min(given.sample, len(every)))
    try:
        alive = list(survivors(chosen, TESTS_OF, given.workers))
    except Inconclusive as error:
        sys.exit(f"these tests fail without any mutant, so they say nothing of one: {error}")
    return told(verdict(listed, gone, alive, chosen), chosen, alive)


def made(modules: Iterable[str]) -> list[Mutant]:
    """Every mutant of these modules."""
    command = (MAKER, HERE / "make.py", *modules)
    lines = subprocess.run(command, cwd=SOURCES, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [json.loads(line) for line in lines.splitlines()]


def key_of(mutant: Mutant) -> str:
    """What a mutant is known by, whatever its line's number is."""
    return "{module} {scope}: {before} => {after}".format_map(mutant)


def read_list(text: str) -> dict[str, str]:
    """The mutants that are equivalent, each with its reason, which stands above it."""
    reason, found = "", {}
    for line in filter(None, text.split("\n")):
        if line.startswith("# "):
            reason = line.removeprefix("# ")
        else:
            found[line] = reason
    return found


def verdict(listed: Iterable[str], gone: set[str], survivors: Iterable[Mutant], killed: Iterable[Mutant]) -> list[str]:
    """What is wrong: a survivor that no list names, a listed one that a test kills or that no longer exists."""
    alive = {key_of(each): each for each in survivors}
    wrong = [
        f"SURVIVES {SOURCES.relative_to(ROOT)}/{each['module']}:{each['line']}\n    {key}"
        for key, each in alive.items()
        if key not in listed
    ]
    dead = {key_of(each) for each in killed} - set(alive)
    wrong += [f"KILLED, so take it out of {EQUIVALENT.name}\n    {key}" for key in listed if key in dead]
    return wrong + [f"IS NO MORE, so take it out of {EQUIVALENT.name}\n    {key}" for key in sorted(gone)]


def told(wrong: list[str], tried: list[Mutant], alive: list[Mutant]) -> int:
    through = Counter(each["module"] for each in alive)
    for module, count in Counter(each["module"] for each in tried).items():
        print(f"{module:24} {count:4} mutants, {through[module]:3} of them survive")
    print("\n".join(wrong) or f"each that survives stands in {EQUIVALENT.name}, and nothing else does")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
