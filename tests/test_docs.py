"""Documents that are made from the code are fresh, and what the others say is true."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
specification = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
generate = importlib.util.module_from_spec(specification)
specification.loader.exec_module(generate)
NOT_OURS = re.compile(r"(^|/)(\.|node_modules/)")
DOCUMENTS = sorted(path for path in ROOT.rglob("*.md") if not NOT_OURS.search(str(path.relative_to(ROOT))))


@pytest.mark.parametrize("name", generate.MADE)
def test_a_generated_document_is_fresh(name):
    assert (ROOT / "docs" / name).read_text() == generate.MADE[name](), "run make docs"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_inside_the_project_lead_somewhere(path):
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text())

    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_quoted_example_is_what_the_file_says(path):
    quoted = re.findall(r"<!-- (examples/\S+) -->\n```\w+\n(.*?)```", path.read_text(), re.DOTALL)

    for name, text in quoted:
        assert text in (ROOT / name).read_text(), name


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_document_names_the_latest_image(path):
    assert ":latest" not in path.read_text()


def test_the_check_fails_on_a_stale_document(tmp_path):
    copied = tmp_path / "docs"
    subprocess.run(["cp", "-r", str(ROOT / "docs"), str(ROOT / "examples"), str(tmp_path)], check=True)
    for name in ("README.md", "README.zh-CN.md"):
        (tmp_path / name).write_text((ROOT / name).read_text())
    (copied / "facts.md").write_text("old")

    done = subprocess.run(
        [sys.executable, str(copied / "generate.py"), "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin"},
    )

    assert done.returncode == 1
    assert "docs/facts.md is stale" in done.stdout
