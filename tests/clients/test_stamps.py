"""What clients share in the cache is prepared once, however many ask for it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from tests.clients.tools.stamps import prepared


def test_it_is_prepared_once_though_many_begin_at_the_same_time(tmp_path):
    pin = tmp_path / "pin"
    pin.write_text("1")
    all_there, runs = threading.Barrier(4), []

    def prepare() -> bool:
        all_there.wait(10)
        with prepared(tmp_path / "cache", pin) as stale:
            runs.append("begins")
            runs.append("ends")
        return stale

    with ThreadPoolExecutor(4) as pool:
        stale = [each.result() for each in [pool.submit(prepare) for _ in range(4)]]

    assert sorted(stale) == [False, False, False, True]
    assert runs == ["begins", "ends"] * 4


def test_it_is_prepared_anew_when_a_pin_changes(tmp_path):
    pin = tmp_path / "pin"
    seen = []
    for text in ("1", "1", "2"):
        pin.write_text(text)
        with prepared(tmp_path / "cache", pin) as stale:
            seen.append(stale)

    assert seen == [True, False, True]
