"""What the release's workflow does before it needs an account."""

from __future__ import annotations

import os
import re
import subprocess

import pytest
import yaml

from bce_emulator import __version__
from bce_emulator.cloud import CATALOGUE
from tests.container.files import ROOT

JOBS = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text())["jobs"]


def perform(job: str, words: str, tmp_path, **variables: str) -> tuple[int, str]:
    """Run the one step whose name or command has these words, as the runner would; its status and its outputs."""
    [step] = [step for step in JOBS[job]["steps"] if words in step.get("name", step.get("run", ""))]
    output = tmp_path / "output"
    output.touch()
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=ROOT,
        env=os.environ | {"GITHUB_OUTPUT": str(output)} | variables,
    )
    return done.returncode, output.read_text()


@pytest.mark.parametrize(("tag", "status"), [(f"v{__version__}", 0), ("v99.0.0", 1), (__version__, 1)])
def test_a_tag_that_is_not_the_version_is_not_released(tag, status, tmp_path):
    assert perform("build", "the tag is the version", tmp_path, GITHUB_REF_NAME=tag)[0] == status


def test_the_image_has_a_name_that_registries_take_and_labels_that_are_true(tmp_path):
    emulated, published = map(sum, zip(*CATALOGUE.coverage().values(), strict=True))
    variables = {"GITHUB_REPOSITORY": "Some-Owner/BCE-emulator", "GITHUB_REF_NAME": f"v{__version__}"}

    status, outputs = perform("image", "the image's name", tmp_path, **variables)

    assert status == 0
    assert outputs.splitlines() == [
        "name=ghcr.io/some-owner/bce-emulator",
        f"version={__version__}",
        f"operations={emulated} of {published}",
    ]


def test_the_image_is_built_with_every_argument_of_the_dockerfile_that_has_no_true_default():
    [build] = [step for step in JOBS["image"]["steps"] if "build-push-action" in step.get("uses", "")]

    given = {line.partition("=")[0] for line in build["with"]["build-args"].splitlines()}

    assert given == set(re.findall(r"^ARG (\w+)=(?:unknown|0\.0\.0)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE))
