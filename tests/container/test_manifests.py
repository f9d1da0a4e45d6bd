"""The manifests say what belongs together, and keep what the image is good for."""

from __future__ import annotations

from dataclasses import fields

import pytest

from bce_emulator.settings import Settings, variable
from tests.container.files import DOCKER, IMAGE, load

SETTINGS = {variable(row.name): str(row.default) for row in fields(Settings)}
LIMITS = {"readOnlyRootFilesystem": True, "allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}


@pytest.fixture(scope="module")
def deployment():
    return load("kubernetes/deployment.yaml")


@pytest.fixture(scope="module")
def container(deployment):
    [container] = deployment["spec"]["template"]["spec"]["containers"]
    return container


@pytest.mark.parametrize("name", ["compose.yaml", "compose.test.yaml"])
def test_compose_runs_it_without_rights(name):
    emulator = load(name)["services"]["emulator"]

    assert emulator["image"] == f"${{BCE_EMULATOR_IMAGE:-{IMAGE}}}"
    assert emulator["read_only"] is True
    assert emulator["cap_drop"] == ["ALL"]
    assert "healthcheck" not in emulator, "the image has its own"


OF_THE_CONTAINER = {"BCE_EMULATOR_HOST": "0.0.0.0"}
"""What an environment outside must not change, since the port is published from here."""


@pytest.mark.parametrize("name", ["compose.yaml", "compose.test.yaml"])
def test_compose_forwards_every_setting_of_the_environment(name):
    environment = load(name)["services"]["emulator"]["environment"]

    assert environment == dict.fromkeys(SETTINGS) | OF_THE_CONTAINER


def test_kubernetes_has_every_setting_with_its_default(container):
    plain, secret = load("kubernetes/settings.yaml"), load("kubernetes/secrets.yaml")

    assert plain["data"] | secret["stringData"] == SETTINGS | OF_THE_CONTAINER
    assert secret["stringData"].keys() == {
        "BCE_EMULATOR_CREDENTIALS",
        "BCE_EMULATOR_ADMIN_TOKEN",
        "BCE_EMULATOR_LIMITED_TOKENS",
    }
    assert container["envFrom"] == [
        {"configMapRef": {"name": plain["metadata"]["name"]}},
        {"secretRef": {"name": secret["metadata"]["name"]}},
    ]


@pytest.mark.parametrize("name", ["compose.yaml", "compose.test.yaml"])
def test_the_state_folder_can_be_written_though_nothing_else_can(name):
    emulator = load(name)["services"]["emulator"]

    assert any("/state" in each for each in [*emulator.get("volumes", ()), *emulator.get("tmpfs", ())])


def test_the_published_port_is_for_this_machine_only():
    for port in load("compose.yaml")["services"]["emulator"]["ports"]:
        assert port.startswith("127.0.0.1:")


def test_the_test_job_starts_when_the_emulator_is_healthy():
    tests = load("compose.test.yaml")["services"]["tests"]

    assert tests["depends_on"]["emulator"] == {"condition": "service_healthy"}


def test_kubernetes_asks_the_control_api(container):
    assert container["readinessProbe"]["httpGet"] == {"path": "/_emulator/ready", "port": "http"}
    assert container["livenessProbe"]["httpGet"] == {"path": "/_emulator/live", "port": "http"}


def test_kubernetes_limits_it(container, deployment):
    pod = deployment["spec"]["template"]["spec"]

    assert container["image"] == IMAGE
    assert container["resources"]["limits"].keys() >= {"cpu", "memory"}
    assert container["securityContext"] == LIMITS
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["enableServiceLinks"] is False


def test_there_is_one_process_since_the_state_is_in_its_memory(deployment):
    assert deployment["spec"]["replicas"] == 1
    assert deployment["spec"]["strategy"] == {"type": "Recreate"}


def test_the_service_finds_the_pod(container, deployment):
    service = load("kubernetes/service.yaml")
    labels = deployment["spec"]["template"]["metadata"]["labels"]

    assert service["spec"]["selector"].items() <= labels.items()
    assert deployment["spec"]["selector"]["matchLabels"] == service["spec"]["selector"]
    [port] = service["spec"]["ports"]
    assert port["targetPort"] in {each["name"] for each in container["ports"]}


def test_no_service_is_called_so_that_its_links_would_be_settings():
    name = load("kubernetes/service.yaml")["metadata"]["name"]

    assert not name.replace("-", "_").upper().startswith("BCE_EMULATOR")


@pytest.mark.parametrize("path", ["ci/gitlab-ci.yml", "ci/github-actions.yml", "ci/Jenkinsfile"])
def test_every_ci_system_runs_the_same_test(path):
    assert "python docker/reboot.py" in (DOCKER / path).read_text()
