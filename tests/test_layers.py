"""The rules that keep the picture true."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sources import sources

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "emulator").rglob("*.py"))
NAMELESS = {"utils", "util", "helpers", "common", "base", "manager", "misc"}
HEAVY = ("cryptography", "sqlite3", "yaml", "httpx", "multiprocessing")


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize(
    "path", sorted((ROOT / "emulator/bce_emulator/engine").glob("*.py")), ids=lambda path: path.name
)
def test_the_engine_knows_no_product(path):
    assert not {
        name
        for name in imports(path)
        if name.startswith(("bce_emulator.services", "bce_emulator.control", "bce_emulator.app"))
    }


@pytest.mark.parametrize(
    "path", sorted((ROOT / "emulator/bce_emulator/services").rglob("resource.py")), ids=lambda p: str(p.parent.name)
)
def test_a_resource_imports_no_other_resource(path):
    assert not {name for name in imports(path) if name.endswith(".resource") and ".services." in name}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_named_for_what_is_in_it_and_holds_one_thing(path):
    assert path.stem not in NAMELESS
    assert len(path.read_text().splitlines()) <= 400


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


def test_the_start_imports_nothing_heavy():
    code = (
        "import sys; from bce_emulator.app import build; from bce_emulator.settings import Settings; build(Settings());"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
