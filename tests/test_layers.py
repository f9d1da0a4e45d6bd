"""The rules that keep the picture true."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.sources import sources

ROOT = Path(__file__).parents[1]
PACKAGE = "bce_emulator"
ENGINE = ROOT / "emulator" / PACKAGE / "engine"
NOT_BESIDE = ROOT / "tests" / "not_beside.txt"
SERVICES = ROOT / "emulator" / PACKAGE / "services"
SOURCES = sorted((ROOT / "emulator").rglob("*.py"))
NOUNS = {"resource", "errors", "lifecycle", "settings"}
"""What an operation of another kind may know of a kind: what it is, not what is done with it."""
MAY_IMPORT = {"shared": {"shared"}, "vpc": {"vpc", "shared"}, "hpas": {"hpas", "bcc", "vpc", "shared"}}
PRODUCT = re.compile(r"\b(bcc|vpc|eip|blb|bbc|sts|resourcemanager|localdns|hpas)\b", re.IGNORECASE)
NAMELESS = {"utils", "util", "helpers", "common", "base", "manager", "misc"}
HEAVY = (
    "bce_emulator.engine.persist.store", "cryptography", "httpx", "multiprocessing", "prometheus_client", "psycopg",
    "sqlite3", "yaml",
)  # fmt: skip


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def literals(path: Path) -> set[str]:
    """The texts in a file, without its docstrings."""
    tree = parsed(path)
    prose = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in prose)
    return {node.value for node in found if isinstance(node.value, str)}


@cache
def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def test_the_engine_knows_no_product():
    above = {"services", "control", "cli", "seeds", "testing", "app", "cloud", "settings"}

    imported = {(path.name, name) for path in ENGINE.rglob("*.py") for name in imports(path)}
    named = {(path.name, text) for path in ENGINE.rglob("*.py") for text in literals(path) if PRODUCT.search(text)}

    assert {each for each in imported if each[1].startswith(f"{PACKAGE}.") and each[1].split(".")[1] in above} == set()
    assert named == set()
    assert len(imported) > 200


def test_products_point_one_way():
    seen = {
        (path.relative_to(SERVICES).parts[0], name.split(".")[2])
        for path in SERVICES.rglob("*.py")
        for name in imports(path)
        if name.startswith(f"{PACKAGE}.services.")
    }

    wrong = {pair for pair in seen if pair[1] not in MAY_IMPORT.get(pair[0], {pair[0], "shared", "vpc"})}

    assert ("bcc", "vpc") in seen
    assert wrong == set()


def test_a_resource_imports_no_other_resource():
    imported = {(path.parent.name, name) for path in SERVICES.rglob("resource.py") for name in imports(path)}

    assert {each for each in imported if each[1].endswith(".resource") and ".services." in each[1]} == set()
    assert len(imported) > 100


def test_no_two_folders_of_services_import_each_others_operations():
    edges = {
        (path.parent, ROOT / "emulator" / Path(*name.split(".")).parent)
        for path in SERVICES.rglob("*.py")
        for name in imports(path)
        if name.startswith(f"{PACKAGE}.services.") and name.rpartition(".")[2] not in NOUNS
    }

    mutual = {(one.name, other.name) for one, other in edges if one < other and (other, one) in edges}

    assert len(edges) > 50
    assert mutual == set()


@pytest.mark.slow
def test_only_a_product_says_what_products_there_are():
    names = {path.parent.name for path in SERVICES.glob("*/__init__.py")}

    declaring = set(SERVICES.glob("*/__init__.py"))
    listing = [path.name for path in SOURCES if path not in declaring and len({*literals(path)} & names) > 2]

    assert {"bcc", "vpc", "eip", "blb", "bbc"} <= names
    assert listing == []


def test_a_file_is_named_for_what_is_in_it_and_holds_one_thing():
    assert [path for path in SOURCES if path.stem in NAMELESS] == []
    assert [path for path in SOURCES if len(path.read_text().splitlines()) > 400] == []


def test_the_project_stands_alone():
    files = [ROOT / name for name in sources() if not name.startswith(".ci/")]
    outside = []
    for file in files:
        text = file.read_text(errors="replace")
        named = [file.parent / mention for mention in re.findall(r"(?:\.\./)+[\w.-]*\w", text)]
        outside += [(file.name, str(path)) for path in named if not path.resolve().is_relative_to(ROOT)]
        outside += [(file.name, str(path)) for path in named if not path.exists()]
        outside += [(file.name, match) for match in re.findall(rf"{re.escape(str(ROOT))}|/(?:root|home)/\w+", text)]

    assert len(files) > 500
    assert outside == []


@pytest.mark.slow
def test_the_start_imports_nothing_heavy():
    code = (
        "import sys; from bce_emulator.app import build; from bce_emulator.settings import Settings; build(Settings());"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_tests_stand_where_what_they_test_stands_or_say_why_not():
    beside = {line.partition("  #")[0] for line in NOT_BESIDE.read_text().splitlines() if line}
    mirrored = ("engine", "control", "cli", "services", "seeds", "testing")
    tests = [path for folder in mirrored for path in (ROOT / "tests" / folder).rglob("test_*.py")]

    without = {str(path.relative_to(ROOT / "tests")) for path in tests if not module_beside(path).is_file()}

    assert len(tests) > 100
    assert sorted(without - beside) == [], "name the file for the one that it tests, or say why not in not_beside.txt"
    assert sorted(beside - without) == [], "these stand in their place: take them out of not_beside.txt"


def module_beside(test: Path) -> Path:
    """The module that a test stands beside, if there is one."""
    path = test.relative_to(ROOT / "tests")
    return ROOT / "emulator" / PACKAGE / path.with_name(path.name.removeprefix("test_"))


@pytest.mark.slow
def test_the_start_makes_no_request_model():
    code = (
        "import sys; from bce_emulator.app import build; from bce_emulator.settings import Settings; build(Settings());"
        "from bce_emulator.engine.declare.operations import OPERATIONS;"
        "print(sum(vars(o.model)['_model'] is not None for o in OPERATIONS.values() if o.model), 'fastapi' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "0 False\n"


def test_no_operation_validates_where_nobody_refuses_what_is_wrong():
    """What a client sent is validated once, by the reader; a request in other words is ``rephrased``."""
    validating = {
        path.name for path in SERVICES.rglob("*.py") if re.search(r"model_validate|TypeAdapter", path.read_text())
    }

    assert validating == {"acl.py"}, "acl.py reads what it has written itself"


@pytest.mark.slow
def test_the_search_for_signature_mistakes_makes_no_request_model():
    code = (
        "from bce_emulator.cloud import query_keys; from bce_emulator.engine.declare.operations import OPERATIONS;"
        "a = {key for keys in query_keys() for key in keys};"
        "print(len(a), sum(vars(o.model)['_model'] is not None for o in OPERATIONS.values() if o.model));"
        "b = {o.key: [k for k, s in o.reader.sources.items() if s.in_query] for o in OPERATIONS.values() if o.reader};"
        "print(b == {o.key: o.reader.query_keys for o in OPERATIONS.values() if o.reader}, 'clientToken' in a)"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert re.fullmatch(r"\d{2,} 0\nTrue True\n", done.stdout)
