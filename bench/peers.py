"""What the emulator is measured beside: how to get each peer, how to start it, and what stands behind its answer.

Each has a throw-away environment under .cache/peers, which is made once. What cannot be had is named and left out.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from rates import HERE

from bce_emulator import __version__
from bce_emulator.app import build
from bce_emulator.engine.declare.openapi import document
from bce_emulator.settings import Settings

FOLDER = HERE.parent / ".cache" / "peers"
STUBS = HERE / "stubs"
PORT = "{port}"
NPM = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"]
REBOOT = "/v2/instance/{instanceId}#reboot"


@dataclass(frozen=True)
class Peer:
    """A server, and what it does for the reboot that is asked of it."""

    name: str
    does: str
    command: list[str]
    """PORT stands for the port."""
    install: Callable[[], None] = lambda: None
    environment: dict[str, str] = field(default_factory=dict)
    is_aws: bool = False
    """It speaks the query API of EC2 instead of ours."""
    has_state: bool = False
    """Its instance has to be created first."""

    def on(self, port: int) -> tuple[list[str], dict[str, str]]:
        """The command and the environment that have it on this port."""
        environment = {name: each.replace(PORT, str(port)) for name, each in self.environment.items()}
        return [each.replace(PORT, str(port)) for each in self.command], environment


def run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def python_package(name: str, package: str) -> None:
    if not (FOLDER / name / "ready").exists():
        run(sys.executable, "-m", "venv", "--clear", str(FOLDER / name))
        run(str(FOLDER / name / "bin" / "python"), "-m", "pip", "install", "--quiet", package)
        (FOLDER / name / "ready").touch()


def npm_package(name: str, package: str) -> None:
    if not (FOLDER / name / "ready").exists():
        run(*NPM, str(FOLDER / name), package)
        (FOLDER / name / "ready").touch()


def prism(package: str) -> None:
    """With our own document, in which a reboot is the only PUT of an instance: Prism tells none apart by a key of the query."""
    npm_package("prism", package)
    described = document(build(Settings()).emulator.catalogue.operations.values(), __version__)
    reboot = described["paths"].pop(REBOOT)["put"]
    reboot["parameters"] = [each for each in reboot["parameters"] if each["in"] == "path"]
    described["paths"][REBOOT.partition("#")[0]]["put"] = reboot
    (FOLDER / "prism" / "api.json").write_text(json.dumps(described))


def wiremock(package: str) -> None:
    run("java", "-version")
    npm_package("wiremock", package)
    request = {
        "method": "PUT",
        "urlPathPattern": "/v2/instance/[^/]+",
        "queryParameters": {"reboot": {"matches": ".*"}},
        "headers": {"Authorization": {"matches": "bce-auth-v1/.*"}},
    }
    response = {"status": 200, "jsonBody": {"requestId": "", "failedInstanceIdList": []}}
    (FOLDER / "wiremock" / "mappings").mkdir(exist_ok=True)
    path = FOLDER / "wiremock" / "mappings" / "reboot.json"
    path.write_text(json.dumps({"request": request, "response": response}))


def go() -> None:
    run("go", "build", "-o", str(FOLDER / "go"), str(STUBS / "stub.go"))


def node() -> None:
    run("node", "--version")


def had(peer: Peer) -> str:
    """Why a peer cannot be had, or nothing."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        peer.install()
    except FileNotFoundError as error:
        return f"there is no {error.filename}"
    except subprocess.CalledProcessError as error:
        lines = str(error.stderr).strip().splitlines()
        return lines[-1] if lines else str(error)
    return ""


HMACS = "two HMACs, a look-up, a state that toggles, a small JSON answer"
JAR = FOLDER / "wiremock/node_modules/wiremock/build/wiremock-standalone-3.13.2.jar"
PEERS = (
    Peer(
        "this emulator",
        "signature, routing, the models of path and body, the table of states, clock, faults, journal, a line of its log",
        [sys.executable, "-m", "bce_emulator", "serve", "--port", PORT, "--pace", "instant"],
        has_state=True,
    ),
    Peer("plain floor", f"{HMACS}; ASGI under uvicorn", [sys.executable, str(HERE / "bare.py"), PORT]),
    Peer(
        "memoised floor",
        "the same, which remembers what it has quoted and the keys that it has derived",
        [sys.executable, str(HERE / "bare.py"), PORT],
        environment={"BENCH_MEMOISED": "1"},
    ),
    Peer("Go stub", f"{HMACS}; compiled, net/http", [str(FOLDER / "go"), PORT], go),
    Peer("node:http stub", HMACS, ["node", str(STUBS / "stub.mjs"), PORT], node),
    Peer(
        "WireMock 3.13.2",
        "one mapping by method, path, key of the query and how Authorization begins; a fixed answer; its journal has 1,000 entries",
        [
            "java",
            "-jar",
            str(JAR),
            "--port",
            PORT,
            "--root-dir",
            str(FOLDER / "wiremock"),
            "--max-request-journal-entries",
            "1000",
        ],
        partial(wiremock, "wiremock@3.13.2"),
    ),
    Peer(
        "Prism 5.16.0",
        "our OpenAPI document: is there an Authorization, does the body fit its schema; an example as the answer; lines of its log",
        [
            "node",
            str(FOLDER / "prism/node_modules/@stoplight/prism-cli/dist/index.js"),
            "mock",
            "--port",
            PORT,
            str(FOLDER / "prism/api.json"),
        ],
        partial(prism, "@stoplight/prism-cli@5.16.0"),
    ),
    Peer(
        "ministack 1.5.33",
        "RebootInstances of EC2: a look-up in its state, an answer of XML; signatures are not checked as it comes",
        [str(FOLDER / "ministack/bin/ministack")],
        partial(python_package, "ministack", "ministack==1.5.33"),
        {"GATEWAY_PORT": PORT, "BIND_HOST": "127.0.0.1"},
        is_aws=True,
        has_state=True,
    ),
    Peer(
        "moto 5.2.5",
        "RebootInstances of EC2: a look-up in its state, an answer of XML; signatures are not checked as it comes; a connection for each request",
        [str(FOLDER / "moto/bin/moto_server"), "--port", PORT],
        partial(python_package, "moto", "moto[server]==5.2.5"),
        is_aws=True,
        has_state=True,
    ),
)
