"""A page in Debian's chromium, and a server process that the page and Baidu's own SDK ask side by side."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bce_emulator.testing.account import Control, Keys, TestAccount
from tests.process import Running, serving

playwright = pytest.importorskip("playwright.sync_api", reason="make page runs what needs a browser")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SECRET_KEY = "bce-emulator-secret-key"
SECONDS = 60_000
PICTURES = Path(os.environ.get("PICTURES", ".cache/pictures"))


@pytest.fixture(scope="session")
def browser():
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def emulator() -> Iterator[Running]:
    with serving("--seed", "example", "--log-requests", "off") as running:
        yield running
        gc.collect()


@pytest.fixture
def test_account(emulator) -> TestAccount:
    return account_of(emulator)


def account_of(emulator: Running, access_key: str = "test") -> TestAccount:
    return TestAccount(Control(emulator.endpoint), Keys(access_key, SECRET_KEY))


@pytest.fixture
def open_page(browser, emulator):
    """Opens a view of the page; at the end nothing must have gone wrong in it, or have been asked of another host."""
    pages, wrong = [], []

    def open_(view: str = "", **context):
        tab = browser.new_context(
            **{"locale": "en-GB", "viewport": {"width": 1280, "height": 800}} | context
        ).new_page()
        tab.set_default_timeout(SECONDS)
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on("dialog", lambda dialog: wrong.append(f"a dialog: {dialog.message}"))
        tab.on(
            "request", lambda request: request.url.startswith((emulator.endpoint, "blob:")) or wrong.append(request.url)
        )
        tab.goto(f"{emulator.endpoint}/_emulator/#/{view}")
        pages.append(tab)
        return tab

    yield open_
    for tab in pages:
        tab.context.close()
    assert wrong == []


@pytest.fixture
def picture():
    """Keeps a picture of a page for the documents."""

    def take(tab, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        tab.screenshot(path=PICTURES / f"{name}.png")

    return take
