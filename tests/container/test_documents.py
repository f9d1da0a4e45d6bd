"""What is written about the image is true, the same everywhere, and never floats."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from bce_emulator import __version__
from bce_emulator.settings import OTHERS, Settings, variables_of
from tests.container.files import DOCKER, ROOT, texts

TEXTS = [pytest.param(path, id=str(path.relative_to(ROOT))) for path in texts()]
PINNED = ROOT / "requirements" / "container.txt"


@pytest.mark.parametrize("path", TEXTS)
def test_nothing_floats(path):
    assert not re.findall(r"[\w}][:@]latest\b", path.read_text())


@pytest.mark.parametrize("path", TEXTS)
def test_the_image_is_named_with_this_version(path):
    named = re.findall(r"(?<![\w-])bce-emulator:(v?\d[\w.]*)", path.read_text())

    assert {tag.rstrip(".") for tag in named} <= {__version__}


@pytest.mark.parametrize("path", TEXTS)
def test_every_variable_exists(path):
    known = {name for row in fields(Settings) for name in variables_of(row)} | set(OTHERS)

    assert set(re.findall(r"BCE_EMULATOR_[A-Z_]*[A-Z]", path.read_text())) <= known


@pytest.mark.parametrize("path", TEXTS)
@pytest.mark.parametrize("package", ["bce-python-sdk", "testcontainers", "pytest"])
def test_a_package_has_one_version_everywhere(path, package):
    [pinned] = re.findall(rf"^{package}==([\w.]+)", PINNED.read_text(), re.MULTILINE)

    assert set(re.findall(rf"(?<![\w-]){package}==([\d.]+\d)", path.read_text())) <= {pinned}


@pytest.mark.parametrize("path", TEXTS)
def test_a_registry_that_is_none_is_called_a_placeholder(path):
    text = path.read_text()

    assert "registry.example.com" not in text or "placeholder" in text or "占位符" in text


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
