"""Which protocol serves, and that the emulator does without its own."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import uvicorn
from uvicorn.protocols.http import httptools_impl

from bce_emulator.engine.http.protocol import Protocol
from bce_emulator.engine.http.protocol_choice import MEMBERS, NAMES, PARTS, TESTED, missing_names, protocol
from bce_emulator.testing import Emulator
from tests.raw import exchange, request_bytes

ROOT = Path(__file__).parents[3]
EACH_NAME = [(kind, name) for kind, names in NAMES.items() for name in names]


def parts_without(kind: str, gone: str) -> SimpleNamespace:
    """uvicorn's module, in which one method of one class has gone."""
    classes = {}
    for name, methods in NAMES.items():
        real = getattr(httptools_impl, name)
        kept = {method: getattr(real, method) for method in methods if (name, method) != (kind, gone)}
        classes[name] = type(name, (), {"__init__": real.__init__, **kept})
    return SimpleNamespace(**classes)


def test_the_emulators_own_protocol_serves_with_the_uvicorn_that_is_here(caplog):
    caplog.set_level("INFO")

    assert protocol() is Protocol
    assert caplog.messages == []


def test_the_tested_uvicorn_is_the_locked_one():
    [locked] = re.findall(r"^uvicorn==(\S+)", (ROOT / "requirements" / "run.txt").read_text(), re.MULTILINE)

    assert locked == TESTED


def test_what_the_protocol_overrides_of_uvicorn_is_looked_for():
    overridden = {
        name
        for name in vars(Protocol)
        if callable(getattr(Protocol, name)) and hasattr(httptools_impl.HttpToolsProtocol, name)
    }

    assert overridden - {"__doc__", "__init__", "__module__"} <= set(NAMES["HttpToolsProtocol"])


@pytest.mark.parametrize(("kind", "name"), EACH_NAME)
def test_a_name_that_has_gone_is_found_missing(monkeypatch, caplog, kind, name):
    monkeypatch.setitem(sys.modules, PARTS, parts_without(kind, name))

    assert missing_names() == [f"{kind}.{name}"]
    assert protocol() == "auto"
    assert f"uvicorn {uvicorn.__version__} has no {kind}.{name}, so its own protocol serves" in caplog.text


@pytest.mark.parametrize("kind", MEMBERS)
def test_a_class_that_sets_other_members_is_found_out(monkeypatch, kind):
    parts = parts_without("", "")
    getattr(parts, kind).__init__ = lambda self: None
    monkeypatch.setitem(sys.modules, PARTS, parts)

    assert missing_names() == [f"{kind}.{member}" for member in MEMBERS[kind]]


def test_a_module_or_a_class_that_has_gone_is_found_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, PARTS, SimpleNamespace(HttpToolsProtocol=httptools_impl.HttpToolsProtocol))
    without_class = missing_names()
    monkeypatch.setitem(sys.modules, PARTS, None)

    assert (without_class, missing_names()) == (["RequestResponseCycle", "FlowControl"], [PARTS])


@pytest.mark.parametrize(
    ("version", "said"),
    [("99.1", f"uvicorn 99.1 is newer than {TESTED}, with which this emulator was tested"), ("0.45.0", "")],
)
def test_a_newer_uvicorn_is_logged(monkeypatch, caplog, version, said):
    caplog.set_level("INFO")
    monkeypatch.setattr(uvicorn, "__version__", version)

    assert protocol() is Protocol
    assert "".join(caplog.messages) == said


@pytest.mark.parametrize("implementation", ["httptools_impl:HttpToolsProtocol", "h11_impl:H11Protocol"])
def test_uvicorns_own_protocol_serves_both_interfaces(monkeypatch, implementation):
    monkeypatch.setitem(NAMES, "HttpToolsProtocol", ("_gone",))
    monkeypatch.setitem(uvicorn.config.HTTP_PROTOCOLS, "auto", f"uvicorn.protocols.http.{implementation}")
    order = {"name": "a-key"}

    with Emulator() as emulator:
        created = emulator.call("POST", "/v2/keypair", order)
        port = emulator._server.port
        refused = exchange(port, request_bytes("GET", "/v2/zone?a=%2B", [("Host", "x")]))
        journal = emulator.journal.entries()

    assert (created.status, created.body["keypair"]["name"]) == (200, "a-key")
    assert (refused.status, refused.json()["code"]) == (403, "AccessDenied")
    assert [entry["operation"] for entry in journal] == ["CreateKeypair"]
