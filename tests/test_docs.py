"""Documents that are made from the code are fresh, and what the others say is true."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import urllib.request
from dataclasses import fields
from pathlib import Path

import pytest

from bce_emulator import __version__
from bce_emulator.settings import Settings, variables_of
from bce_emulator.testing import Emulator

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


READMES = ("README.md", "README.zh-CN.md")
PAGES = sorted(path for path in (ROOT / "docs").glob("*.md") if not path.name.endswith(".zh-CN.md"))


def counts(text: str, columns: int) -> dict[tuple[str, ...], tuple[int, int]]:
    """The rows of a table that has two numbers, and perhaps more, by the columns before them."""
    rows = re.findall(rf"^\|((?: [^|\d][^|]* \|){{{columns}}}) (\d+) \| (\d+) \|(?: \d+ \|)*$", text, re.MULTILINE)
    return {tuple(re.sub(r"[*|]", " ", head).split()): (int(done), int(total)) for head, done, total in rows}


def added_up(rows: list[tuple[int, int]]) -> tuple[int, int]:
    return sum(done for done, _ in rows), sum(total for _, total in rows)


@pytest.mark.parametrize("name", [*READMES, "docs/operations.md"])
def test_the_totals_come_first_and_are_the_sum_of_all_products(name):
    every, *products = counts((ROOT / name).read_text(), 1).values()

    assert every == added_up(products)
    assert dict(generate.CATALOGUE.coverage()) == {
        product: row for (product,), row in list(counts((ROOT / name).read_text(), 1).items())[1:]
    }


def test_the_kinds_of_resource_add_up_to_their_products_and_none_is_left_out():
    text = (ROOT / "docs" / "operations.md").read_text()
    kinds = counts(text, 2)

    for product, row in generate.CATALOGUE.coverage().items():
        assert added_up([counted for (of, *_), counted in kinds.items() if of == product]) == row
    assert len(kinds) == len(re.findall(r"^## \w+: ", text, re.MULTILINE))
    assert sum(total for _, total in kinds.values()) == len(re.findall(r"^\| [^|]+ \| `", text, re.MULTILINE))


def test_the_control_api_and_the_image_tell_the_same_figures():
    every, *products = counts((ROOT / "README.md").read_text(), 1).items()

    with Emulator() as cloud, urllib.request.urlopen(f"{cloud.endpoint}/_emulator/version") as response:
        coverage = json.load(response)["coverage"]
    built = subprocess.run(["make", "-n", "image"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert {name: (row["emulated"], row["published"]) for name, row in coverage.items()} == {
        name: row for (name,), row in products
    }
    assert '--build-arg OPERATIONS="{} of {}"'.format(*every[1]) in built
    assert 'bce-emulator.operations="${OPERATIONS}"' in (ROOT / "Dockerfile").read_text()


@pytest.mark.parametrize("name", READMES)
def test_a_readme_is_short_and_leads_to_every_page(name):
    text = (ROOT / name).read_text()
    linked = {Path(target).name.replace(".zh-CN", "") for target in re.findall(r"\]\((docs/[^)]+\.md)\)", text)}

    assert len(text.splitlines()) <= 150
    assert linked == {path.name for path in PAGES}
    assert re.search(r"granted yet|尚未授予", text)


def test_both_readmes_and_both_pages_of_the_container_show_the_same_commands():
    for name in ("README", "docs/container"):
        english, chinese = (
            re.findall(
                r"^```(?:sh|text)\n.*?^```",
                re.sub(r"#.*", "", (ROOT / f"{name}{end}").read_text()),
                re.MULTILINE | re.DOTALL,
            )
            for end in (".md", ".zh-CN.md")
        )
        assert english == chinese


@pytest.mark.parametrize(
    ("page", "topics"),
    [
        ("limits.md", "limits/*[!N].md"),
        ("limits.zh-CN.md", "limits/*.zh-CN.md"),
        ("performance.md", "performance/*.md"),
    ],
)
def test_a_page_of_topics_links_each(page, topics):
    folder = ROOT / "docs"

    linked = re.findall(r"\]\((\w+/[\w.-]+\.md)\)", (folder / page).read_text())

    assert set(linked) == {str(path.relative_to(folder)) for path in folder.glob(topics)}
    assert not list(folder.glob("*.d")), "their pages belong into the folder without .d"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "docs").glob("**/*.zh-CN.md")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_a_page_and_its_chinese_twin_lead_to_each_other(path):
    english = path.with_name(path.name.replace(".zh-CN", ""))

    assert f"[English]({english.name})" in path.read_text()
    assert f"[中文]({path.name})" in english.read_text()


@pytest.mark.parametrize("path", sorted((ROOT / "docs/limits").glob("*[!N].md")), ids=lambda path: path.name)
def test_a_page_of_limits_has_as_many_points_in_chinese(path):
    english, chinese = (
        len(re.findall(r"^[-*] ", each.read_text(), re.MULTILINE))
        for each in (path, path.with_name(f"{path.stem}.zh-CN.md"))
    )

    assert english == chinese


def test_changes_are_described_in_one_file_from_this_version_on():
    first, *_ = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)

    assert first in {__version__, "Unreleased"}
    assert not (ROOT / "changes").exists(), "a line of CHANGELOG.md says it"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_words_are_those_of_the_project(path):
    text = path.read_text()

    for wrong in ("can not", "mistake of the emulator", "账号", "您", "Access Key", "Secret Key"):
        assert wrong not in text


@pytest.mark.slow
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


@pytest.mark.parametrize("page", ["settings.md", "settings.zh-CN.md"])
def test_the_settings_page_names_every_variable(page):
    text = (ROOT / "docs" / page).read_text()

    assert [name for row in fields(Settings) for name in variables_of(row) if f"`{name}`" not in text] == []
