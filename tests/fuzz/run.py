"""Schemathesis sends what the OpenAPI documents allow, and what they do not, to a running emulator: ``make fuzz``.

It signs what it sends. No answer is a server error, no JSON, or of a form that its document does not have; and the server
logs no error of its own meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from tests.process import serving

HERE = Path(__file__).parent
TOOL = HERE.parents[1] / ".cache" / "fuzz" / "bin" / "schemathesis"
WORK = TOOL.parents[1] / "work"
CHECKS = "not_a_server_error,content_type_conformance,response_schema_conformance"
KEYS = {"ACCESS_KEY": "test-fuzz", "SECRET_KEY": "bce-emulator-secret-key"}
ENDLESS = ("--exclude-path", "/_emulator/journal/stream")
DOCUMENTS = {"api": ("api.json", ()), "control": ("openapi.json", ENDLESS)}
"""Where each document is, and what is left out: an answer that never ends."""
PHASES = {"api": "fuzzing", "control": "coverage,fuzzing"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="*", default=list(DOCUMENTS), help="api, control, or both")
    parser.add_argument("--cases", type=int, default=2, help="how many of each operation (default: 2)")
    parser.add_argument("--seed", default=time.strftime("%Y%m%d"), help="which cases (default: the day's)")
    given = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    failed = []
    for name in given.documents:
        with serving("--pace", "instant", "--log-requests", "off", environment={"PYTHONWARNINGS": "error"}) as running:
            if fuzz(running.endpoint, name, given.cases, given.seed):
                failed.append(f"{name}: schemathesis found what stands above")
            if name == "api" and not was_let_in(running.endpoint):
                failed.append("api: no signature was right, so that nothing was reached")
        if running.log:
            failed.append(f"{name}: the server logged\n{running.log}")
    print("\n".join(failed) or f"seed {given.seed}: nothing found")
    return 1 if failed else 0


def fuzz(endpoint: str, name: str, cases: int, seed: str) -> int:
    """The exit status of schemathesis against one document."""
    location, left_out = DOCUMENTS[name]
    command = [
        TOOL, "run", f"{endpoint}/_emulator/{location}", "--url", endpoint, "--checks", CHECKS, "--seed", seed,
        "--max-examples", str(cases), "--phases", PHASES[name], "--warnings", "off", "--suppress-health-check", "all",
        "--request-timeout", "30", "--generation-database", "none", "--no-color", *left_out,
    ]  # fmt: skip
    environment = {**os.environ, **KEYS, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(HERE)}
    return subprocess.run(command, cwd=WORK, env=environment, check=False).returncode


def was_let_in(endpoint: str) -> bool:
    """Whether the journal has a request that was answered 200, in the name of the key that signs."""
    with urlopen(f"{endpoint}/_emulator/journal?account={KEYS['ACCESS_KEY']}&status=200") as response:
        return bool(json.load(response)["entries"])


if __name__ == "__main__":
    sys.exit(main())
