"""What is given to others is whole: the source distribution has all that was written, and the wheel says what it is."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from email import message_from_string

import pytest

from tests.sources import ROOT, sources

pytestmark = pytest.mark.slow

MADE_BY_BUILDING = {"PKG-INFO"}


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", folder], cwd=ROOT, check=True, capture_output=True
    )
    return folder


@pytest.fixture(scope="module")
def packed(dist):
    with tarfile.open(next(dist.glob("*.tar.gz"))) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


@pytest.fixture(scope="module")
def metadata(dist):
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith("/METADATA"))
        return message_from_string(wheel.read(name).decode())


def test_the_source_distribution_has_every_file_that_was_written_and_no_other(packed):
    assert packed - MADE_BY_BUILDING == set(sources())


def test_the_wheel_says_what_it_is(metadata):
    labels = {value.partition(",")[0] for value in metadata.get_all("Project-URL")}

    assert labels == {"Homepage", "Documentation", "Source", "Issues", "Changelog"}
    assert metadata["Requires-Python"] == ">=3.11"
    assert "Typing :: Typed" in metadata.get_all("Classifier")
    assert metadata["Summary"]


def test_the_package_cannot_be_published_before_it_has_a_licence(metadata):
    assert ("Private :: Do Not Upload" in metadata.get_all("Classifier")) == (metadata["License-Expression"] is None)


def test_a_type_checker_takes_the_package_as_typed(dist):
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as wheel:
        assert "bce_emulator/py.typed" in wheel.namelist()


def test_the_wheel_has_the_files_of_the_page(dist):
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as wheel:
        packed = {name.rpartition("/")[2] for name in wheel.namelist() if "/dashboard/static/" in name}

    assert packed == {path.name for path in (ROOT / "emulator/bce_emulator/dashboard/static").iterdir()}
