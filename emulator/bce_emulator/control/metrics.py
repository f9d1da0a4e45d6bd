"""Metrics as Prometheus reads them; the package that writes them is imported when they are first asked for."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from fastapi import HTTPException
from fastapi.responses import PlainTextResponse

from bce_emulator import __version__
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.selection import Served
from bce_emulator.engine.observe.metrics import BUCKETS, Metrics, Sample
from bce_emulator.engine.steps import Steps, in_turn

if TYPE_CHECKING:
    from prometheus_client.registry import Collector

    from bce_emulator.cloud import Emulator

PREFIX = "bce_emulator_"


async def metrics(emulator: Served) -> PlainTextResponse:
    """Requests, accounts, resources, journal, state and process, as Prometheus reads them."""
    if emulator.metrics is None:
        raise HTTPException(404, "nothing is counted; start the emulator with --metrics on")
    resources = await in_turn(_resources(emulator))
    samples = [*_samples(emulator, resources), *_further(emulator)]
    text, media_type = await asyncio.to_thread(_written, emulator.metrics.copied(), samples)
    return PlainTextResponse(text, media_type=media_type)


def _written(metrics: Metrics, samples: list[Sample]) -> tuple[bytes, str]:
    """All of it as Prometheus reads it, and what that is called; of every operation that takes long."""
    from prometheus_client import CollectorRegistry
    from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
    from prometheus_client.process_collector import ProcessCollector

    registry = CollectorRegistry(auto_describe=False)
    registry.register(_collector(metrics, samples))
    ProcessCollector(registry=registry)
    return generate_latest(registry), CONTENT_TYPE_LATEST


def _resources(emulator: Emulator) -> Steps[Counter[str]]:
    """How many resources of each kind the accounts in memory have."""
    counts: Counter[str] = Counter()
    for account in list(emulator.accounts.by_name.values()):
        emulator.accounts.finish(account.name)
        for region in account.opened_regions():
            for kind, collection in region.collections.items():
                counts[kind.type_key()] += len(collection)
        yield
    return counts


def _samples(emulator: Emulator, resources: Counter[str]) -> Iterator[Sample]:
    accounts, journal = emulator.accounts, emulator.journal
    yield Sample("gauge", "info", "The version that runs.", 1, {"version": __version__})
    yield Sample("gauge", "accounts", "Accounts, those that are only on disk too.", len(accounts), {})
    yield Sample("gauge", "accounts_in_memory", "Accounts that were used since the start.", len(accounts.by_name), {})
    for kind, count in sorted(resources.items()):
        yield Sample("gauge", "resources", "Resources of the accounts in memory, by kind.", count, {"kind": kind})
    kept = sum(len(ring.entries) for ring in journal.rings.values())
    yield Sample("gauge", "journal_entries", "Entries that the journal keeps.", kept, {})
    yield Sample("gauge", "journal_bytes", "What the entries of the journal take at the most.", journal.bytes, {})
    yield Sample("counter", "journal_dropped", "Entries that the journal has dropped.", journal.dropped(None), {})
    yield Sample("gauge", "journal_watchers", "Who watches the journal.", journal.watched_by, {})


def _further(emulator: Emulator) -> Iterator[Sample]:
    for samples in emulator.samples:
        yield from samples()


def _collector(metrics: Metrics, samples: Iterable[Sample]) -> Collector:
    from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
    from prometheus_client.registry import Collector

    families = {"gauge": GaugeMetricFamily, "counter": CounterMetricFamily}

    class Collected(Collector):
        """One answer's worth."""

        def collect(self) -> Iterator[Any]:
            """Every family."""
            requests = CounterMetricFamily(
                f"{PREFIX}requests", "Requests to the emulated API.", labels=["product", "operation", "status", "code"]
            )
            for (target, status, code), count in metrics.answered.items():
                requests.add_metric([*_named(target), str(status), code], count)
            yield requests
            durations = HistogramMetricFamily(
                f"{PREFIX}request_duration_seconds", "How long answers took.", labels=["product", "operation"]
            )
            for target, counts in metrics.lasted.items():
                bounds = [*map(str, BUCKETS), "+Inf"]
                buckets = list(zip(bounds, accumulate(counts), strict=True))
                durations.add_metric(_named(target), buckets, metrics.seconds[target])
            yield durations
            found: dict[str, Any] = {}
            for kind, name, text, value, labels in samples:
                if name not in found:
                    found[name] = families[kind](PREFIX + name, text, labels=list(labels))
                found[name].add_metric(list(labels.values()), value)
            yield from found.values()

    return Collected()


def _named(target: Any) -> list[str]:
    """Product and operation; both are empty where no operation was found."""
    return [target.product, target.name] if target is not None else ["", ""]


CALLS: Calls = (ControlCall("GET", "metrics", metrics, PlainTextResponse),)
