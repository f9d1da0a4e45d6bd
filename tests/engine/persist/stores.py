"""Emulators whose accounts are on disk, for tests."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from bce_emulator.engine.persist.store_file import FILE, INDEX
from tests.cloud import LINUX, SPEC, Cloud
from tests.control.test_state import control, state

ORDER = {"spec": SPEC, "imageId": LINUX, "billing": {"paymentTiming": "Postpaid"}}
CREATED = 6
"""How many instances there are in what a kill has left."""


def restarted(cloud: Cloud) -> Cloud:
    """The same emulator in another process, from what is on disk while the first one still runs, as a kill leaves it."""
    left = f"{cloud.emulator.settings.state}-left"
    shutil.copytree(cloud.emulator.settings.state, left)
    cloud.emulator.close()
    cloud.emulator.store = cloud.emulator.dispatcher.check = cloud.emulator.dispatcher.keep = None
    again = Cloud.__new__(Cloud)
    again.__dict__ |= cloud.__dict__
    fresh = Cloud(state=left, freeze=False)
    again.emulator, again.application = fresh.emulator, fresh.application
    return again


def started(directory: str, **settings) -> Cloud:
    cloud = Cloud(state=directory, freeze=False, **settings)
    control(cloud, "PUT", "clock", {"frozen": True})
    return cloud


def without_lapsed(document: dict) -> dict:
    return document | {"clock": document["clock"] | {"lapsed": [], "number": 0}}


def fail(*_: object) -> None:
    raise OSError(28, "No space left on device")


def file_of(directory: str) -> Path:
    return Path(directory) / FILE


def filled(directory: str) -> Path:
    cloud = started(directory)
    for _ in range(20):
        cloud.create()
    cloud.emulator.close()
    return file_of(directory)


def sql(*statements: str):
    def change(file: Path) -> None:
        connection = sqlite3.connect(file, isolation_level=None)
        for statement in statements:
            connection.execute(statement)
        connection.close()

    return change


def instances(cloud: Cloud, account: str) -> list[dict]:
    regions = state(cloud, account)["regions"]
    return regions.get("bj", {"kinds": {}})["kinds"].get("bcc.Instance", {"kept": []})["kept"]


def start(directory: Path) -> Cloud:
    return Cloud(state=str(directory), freeze=False)


def create_in_one_commit(cloud: Cloud) -> None:
    """Create an instance; what the clock changed before is written first, and not in a commit of the same request."""
    cloud.emulator.store.save()
    cloud.create()


def contents(directory: Path) -> dict[str, bytes]:
    """What is in the files, but for the index of the log, which SQLite makes anew."""
    return {file.name: file.read_bytes() for file in directory.iterdir() if file.name != INDEX}


def count(cloud: Cloud) -> int:
    return len(cloud.ok("GET", "/v2/instance")["instances"])


def look_fails(*_: object) -> int:
    raise sqlite3.DatabaseError("a look at every row")
