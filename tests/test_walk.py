"""The walk through the documents: it executes what they say, in order, and finds what is not so."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
specification = importlib.util.spec_from_file_location("walk", ROOT / "docs" / "walk.py")
walk = importlib.util.module_from_spec(specification)
specification.loader.exec_module(walk)
WALKED = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("container*.md"))]


def document(folder: Path, *parts: str) -> Path:
    """A document with blocks of commands (sh) and of what they print (text), in turn."""
    kinds = ("sh", "text") * len(parts)
    path = folder / "document.md"
    path.write_text("\n".join(f"```{kind}\n{part}\n```\n" for kind, part in zip(kinds, parts, strict=False) if part))
    return path


@pytest.mark.sweep(3)
@pytest.mark.parametrize(
    ("parts", "printed"),
    [
        (("echo one; echo two", "one\ntwo"), True),
        (("echo one; echo two", "two\none"), False),
        (("echo 3 passed in 0.25s", "3 passed in …"), True),
        (("echo 13 passed in 0.25s", "3 passed in …"), False),
        (("echo one \\\n  two # said", "one two"), True),
        (("NAME=kept", "", "echo $NAME", "kept"), True),
    ],
)
def test_what_the_document_says_is_compared_with_what_is_printed(tmp_path, parts, printed):
    path = document(tmp_path, *parts)

    if printed:
        assert walk.walk(path) == []
    else:
        with pytest.raises(walk.WalkError, match=r"document\.md:1: .* is not printed"):
            walk.walk(path)


@pytest.mark.slow
def test_a_command_that_fails_ends_the_walk(tmp_path):
    path = document(tmp_path, "true\nfalse")

    with pytest.raises(walk.WalkError, match="'false' ends with 1"):
        walk.walk(path)


@pytest.mark.slow
def test_what_the_caller_has_just_executed_is_not_executed_again(tmp_path, monkeypatch):
    monkeypatch.setattr(walk, "WALKED", "touch other\ntouch walked")
    there = tmp_path / "there"
    path = document(tmp_path, "touch walked  # again\ntouch walked-too", "", f"ls >{there}")

    assert walk.walk(path) == []
    assert "walked-too" in there.read_text().split()
    assert "walked" not in there.read_text().split()


@pytest.mark.slow
def test_what_the_machine_lacks_is_named_and_the_walk_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(walk, "NEEDS", ((r"\babsent\b", "exit 3"),))
    path = document(tmp_path, "absent", "", "echo on", "on")

    lacking = walk.walk(path)

    assert lacking == ["document.md:1 (absent …): here fails exit 3"]


@pytest.mark.slow
def test_a_server_runs_until_the_next_one_is_started(tmp_path):
    function = "bce-emulator() { echo bce-emulator ready at $$; exec sleep 600; }; export -f bce-emulator"
    note = f"pgrep --full 'sleep 60[0]' --session $(cut -d' ' -f4 .walk.log) >> {tmp_path}/sessions"
    path = document(
        tmp_path,
        function,
        "",
        "bce-emulator serve",
        "bce-emulator ready at …",
        note,
        "",
        "bce-emulator serve",
        "",
        note,
    )

    lacking = walk.walk(path)

    first, second = map(int, (tmp_path / "sessions").read_text().split())
    assert (lacking, first != second) == ([], True)
    assert not Path(f"/proc/{first}").exists()
    assert not Path(f"/proc/{second}").exists()


@pytest.mark.parametrize("path", WALKED, ids=lambda path: path.name)
def test_every_block_of_commands_is_one_that_the_walk_finds(path):
    text = path.read_text()

    found = list(walk.blocks(text))

    assert len(found) == text.count("```sh\n") >= 5
    assert sum(bool(block.expected) for block in found) == text.count("```text\n") >= 1


def test_ci_walks_them_all_and_tells_what_it_left_out():
    makefile, script = (ROOT / "Makefile").read_text(), (ROOT / ".ci" / "run").read_text()

    for path in WALKED:
        assert str(path.relative_to(ROOT)) in makefile
    assert "make walk" in script
    assert "NOT EXECUTED" in script
