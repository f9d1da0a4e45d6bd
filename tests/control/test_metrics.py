"""Metrics in Prometheus's text, read by its own parser."""

from __future__ import annotations

import asyncio
import io
import json
import re
import sys
import threading
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bce_emulator.cli.serve import log_requests
from bce_emulator.control import metrics as control_metrics
from bce_emulator.engine.observe.metrics import Sample
from tests.cloud import Cloud

DASHBOARD = Path(__file__).parents[2] / "docker" / "grafana" / "dashboard.json"
NAME = re.compile(r"\b(?:bce_emulator|process)_\w+")


@pytest.fixture
def cloud():
    return Cloud(metrics="on", log_format="json")


def asked(cloud) -> tuple[int, str]:
    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(cloud.application)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{cloud.host}") as client:
            return await client.get("/_emulator/metrics")

    response = asyncio.run(send())
    return response.status_code, response.text


def samples(cloud) -> dict[str, list[tuple[dict[str, str], float]]]:
    found = {}
    for family in text_string_to_metric_families(asked(cloud)[1]):
        for sample in family.samples:
            found.setdefault(sample.name, []).append((sample.labels, sample.value))
    return found


def test_requests_are_counted_by_product_operation_and_code_beside_the_log(cloud, monkeypatch, caplog):
    caplog.set_level("INFO", "bce_emulator")
    lines = io.StringIO()
    monkeypatch.setattr(sys, "stderr", lines)
    flush = log_requests(cloud.emulator.settings, cloud.emulator.journal)
    cloud.create()
    for path in ("/v2/zone", "/v2/zone", "/v2/instance/i-nobody00", "/v2/nothing"):
        cloud.call("GET", path)
    cloud.call("GET", "/v2/zone", sign=False)
    flush()

    found = samples(cloud)

    named = ("product", "operation", "status", "code")
    requests = {tuple(labels[n] for n in named): value for labels, value in found["bce_emulator_requests_total"]}
    assert requests == {
        ("bcc", "CreateInstanceBySpec", "200", ""): 1,
        ("bcc", "ListZones", "200", ""): 2,
        ("bcc", "ListZones", "403", "AccessDenied"): 1,
        ("bcc", "GetInstance", "404", "NoSuchObject"): 1,
        ("", "", "404", "InvalidURI"): 1,
    }
    assert len(lines.getvalue().splitlines()) == 6
    counts = {labels["operation"]: value for labels, value in found["bce_emulator_request_duration_seconds_count"]}
    assert counts == {"CreateInstanceBySpec": 1, "ListZones": 3, "GetInstance": 1, "": 1}
    buckets = [v for labels, v in found["bce_emulator_request_duration_seconds_bucket"] if labels["operation"] == ""]
    assert buckets == sorted(buckets)
    assert buckets[-1] == 1
    assert ({"kind": "bcc.Instance"}, 1) in found["bce_emulator_resources"]
    assert found["bce_emulator_accounts"] == [({}, 1)]
    assert found["bce_emulator_journal_entries"] == [({}, 6)]


def test_they_are_written_in_a_thread_as_they_were_when_somebody_asked(cloud, monkeypatch):
    written = control_metrics._written
    threads = []

    def later(*of):
        threads.append(threading.current_thread())
        cloud.emulator.metrics.answered.clear()
        return written(*of)

    monkeypatch.setattr(control_metrics, "_written", later)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    flush = log_requests(cloud.emulator.settings, cloud.emulator.journal)
    cloud.call("GET", "/v2/nothing")
    flush()

    assert [labels["code"] for labels, _ in samples(cloud)["bce_emulator_requests_total"]] == ["InvalidURI"]
    assert threading.main_thread() not in threads
    assert len(threads) == 1


def test_further_parts_add_what_they_have_to_tell(cloud):
    cloud.emulator.samples.append(
        lambda: [Sample("gauge", "leader", "Whether.", value, {"of": of}) for of, value in (("a", 1), ("b", 0))]
    )

    assert samples(cloud)["bce_emulator_leader"] == [({"of": "a"}, 1), ({"of": "b"}, 0)]


def test_the_state_tells_what_was_written_and_who_leads(cloud, tmp_path):
    assert "bce_emulator_leader" not in samples(cloud)
    kept = Cloud(metrics="on", state=str(tmp_path))
    kept.ok("GET", "/v1/vpc")
    before = samples(kept)["bce_emulator_state_commits_total"][0][1]
    kept.ok("POST", "/v1/vpc", {"name": "web", "cidr": "10.0.0.0/16"})
    kept.ok("GET", "/v1/vpc")
    kept.emulator.store.rows._connection.execute("PRAGMA query_only = ON")
    kept.call("DELETE", "/v2/instance/none")
    kept.call("POST", "/v1/vpc", {"name": "web", "cidr": "10.0.0.0/16"})

    found = samples(kept)

    kept.emulator.store.rows._connection.execute("PRAGMA query_only = OFF")
    assert found["bce_emulator_state_commits_total"] == [({}, before + 1)]
    assert found["bce_emulator_state_undone_total"] == [({}, 1)]
    assert found["bce_emulator_leader"] == [({}, 1)]
    standby = Cloud(metrics="on", state="postgresql://user@127.0.0.1:1/database", freeze=False)
    assert samples(standby)["bce_emulator_leader"] == [({}, 0)]


def test_the_dashboard_names_only_metrics_that_exist(tmp_path):
    cloud = Cloud(metrics="on", state=str(tmp_path))
    cloud.call("GET", "/v2/zone")
    dashboard = json.loads(DASHBOARD.read_text())
    queries = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    queries += [row["query"] for row in dashboard["templating"]["list"]]

    named = {name for query in queries for name in NAME.findall(query)}

    assert named - samples(cloud).keys() == set()
    assert len(named) > 10


def test_without_the_setting_there_are_none():
    assert asked(Cloud()) == (404, '{"error":"nothing is counted; start the emulator with --metrics on"}')
