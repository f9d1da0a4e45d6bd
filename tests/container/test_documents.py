"""What is written about the image is true, the same everywhere, and never floats."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from bce_emulator import __version__
from bce_emulator.settings import OTHERS, Settings, variables_of
from tests.container.files import DOCKER, ROOT, texts

TEXTS = {str(path.relative_to(ROOT)): path.read_text() for path in texts()}
PINNED = ROOT / "requirements" / "container.txt"


def test_nothing_floats():
    assert [path for path, text in TEXTS.items() if re.findall(r"[\w}][:@]latest\b", text)] == []


def test_the_image_is_named_with_this_version():
    named = {
        (path, tag.rstrip("."))
        for path, text in TEXTS.items()
        for tag in re.findall(r"(?<![\w-])bce-emulator:(v?\d[\w.]*)", text)
    }

    assert {each for each in named if each[1] != __version__} == set()
    assert named


def test_every_variable_exists():
    known = {name for row in fields(Settings) for name in variables_of(row)} | set(OTHERS)
    named = {(path, name) for path, text in TEXTS.items() for name in re.findall(r"BCE_EMULATOR_[A-Z_]*[A-Z]", text)}

    assert {each for each in named if each[1] not in known} == set()
    assert len(named) > 100


@pytest.mark.parametrize("package", ["bce-python-sdk", "testcontainers", "pytest"])
def test_a_package_has_one_version_everywhere(package):
    [pinned] = re.findall(rf"^{package}==([\w.]+)", PINNED.read_text(), re.MULTILINE)

    named = {
        (path, version)
        for path, text in TEXTS.items()
        for version in re.findall(rf"(?<![\w-]){package}==([\d.]+\d)", text)
    }

    assert {each for each in named if each[1] != pinned} == set()
    assert named


def test_a_registry_that_is_none_is_called_a_placeholder():
    naming = [path for path, text in TEXTS.items() if "registry.example.com" in text]

    assert [path for path in naming if "placeholder" not in TEXTS[path] and "占位符" not in TEXTS[path]] == []
    assert naming


def blocks(name: str) -> list[str]:
    found = re.findall(r"^```.*?^```", (ROOT / "docs" / name).read_text(), re.MULTILINE | re.DOTALL)
    return [re.sub(r"#.*", "", block) for block in found]


def test_both_languages_show_the_same_commands():
    assert blocks("container.md") == blocks("container.zh-CN.md")
    assert len(blocks("container.md")) > 5


@pytest.mark.parametrize("name", ["container.md", "container.zh-CN.md"])
def test_every_link_leads_to_a_file(name):
    targets = re.findall(r"\]\(([^)#:]+)\)", (ROOT / "docs" / name).read_text())

    assert targets
    for target in targets:
        assert (ROOT / "docs" / target).exists(), target


@pytest.mark.parametrize("name", ["container.md", "container.zh-CN.md"])
def test_every_example_is_mentioned(name):
    text = (ROOT / "docs" / name).read_text()
    examples = [*DOCKER.glob("compose*.yaml"), *(DOCKER / "ci").iterdir(), *(DOCKER / "testcontainers").glob("[a-z]*")]

    for path in (*examples, DOCKER / "kubernetes"):
        assert str(path.relative_to(ROOT)) in text
