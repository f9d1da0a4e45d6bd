"""The recipes for several emulators name the same shards everywhere; ``make shards-test`` runs them."""

from __future__ import annotations

import re

import yaml

from tests.container.files import DOCKER, IMAGE, load
from tests.container.test_manifests import LIMITS

SHARDS = DOCKER / "shards"
NAMES = [f"emulator-{number}" for number in range(4)]


def test_every_proxy_has_the_same_shards():
    haproxy, nginx = (SHARDS / "haproxy.cfg").read_text(), (SHARDS / "nginx.conf").read_text()
    envoy = load("shards/envoy.yaml")["static_resources"]
    [cluster] = envoy["clusters"]
    [locality] = cluster["load_assignment"]["endpoints"]

    assert re.findall(r"^backend shard_(\d)$", haproxy, re.MULTILINE) == list("0123")
    assert re.findall(r'server emulator "\$\{SHARD_(\d)\}"', haproxy) == list("0123")
    assert re.findall(r"nbsrv\(shard_(\d)\) lt 1", haproxy) == list("0123")
    assert "mod(4)" in haproxy
    assert re.findall(r"server ([\w-]+):8080 max_fails=0;", nginx) == NAMES
    assert [each["endpoint"]["hostname"] for each in locality["lb_endpoints"]] == NAMES


def test_compose_gives_each_shard_its_own_state_and_publishes_the_proxy_only():
    services = load("shards/compose.yaml")["services"]
    proxy = services.pop("proxy")

    assert [*services] == NAMES == [*proxy["depends_on"]]
    assert len({each["volumes"][0] for each in services.values()}) == 4
    assert all(each["image"].endswith(f"{IMAGE}}}") and "ports" not in each for each in services.values())
    assert [port.split(":")[0] for port in proxy["ports"]] == ["127.0.0.1"]
    assert {name: proxy["environment"][f"SHARD_{name[-1]}"] for name in NAMES} == {
        each: f"{each}:8080" for each in NAMES
    }


def test_kubernetes_has_a_pod_for_each_shard_and_tells_the_proxy_its_name():
    documents = list(yaml.safe_load_all((SHARDS / "kubernetes.yaml").read_text()))
    found = {(each["kind"], each["metadata"]["name"]): each["spec"] for each in documents}
    shards, proxy = found["StatefulSet", "emulator"], found["Deployment", "emulator-proxy"]
    [emulator], [haproxy] = (each["template"]["spec"]["containers"] for each in (shards, proxy))

    assert shards["replicas"] == len(NAMES)
    assert found["Service", shards["serviceName"]]["clusterIP"] == "None"
    assert found["Service", "emulator"]["selector"] == proxy["selector"]["matchLabels"]
    told = {row["name"]: row["value"] for row in haproxy["env"]}
    assert [told[f"SHARD_{name[-1]}"] for name in NAMES] == [f"{name}.{shards['serviceName']}:8080" for name in NAMES]
    assert emulator["image"] == IMAGE
    assert emulator["securityContext"] == haproxy["securityContext"] == LIMITS
