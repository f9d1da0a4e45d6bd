"""``make terraform``: the scenarios with the real command line and the real provider, where both can be had.

Each is applied, planned empty, changed, planned empty again, imported and destroyed; then the journal has to say that
no call was unknown, not emulated, or said something that nobody reads. What could not run is named, and fails nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bce_emulator.engine.declare.operations import Operation
from bce_emulator.engine.observe.journal import Entry
from bce_emulator.settings import DEFAULT_SECRET_KEY
from bce_emulator.testing import Server
from tests.clients.driving import keep_every_entry
from tests.terraform.play import unread

HERE = Path(__file__).parent
STACK = HERE.parents[1] / "examples" / "terraform"
SOURCE = "baidubce/baiducloud"
NAME = "terraform-provider-baiducloud"
EMPTY, CHANGES = 0, 2
"""Exit statuses of a plan that says whether something is to be done."""


class Failed(Exception):
    """A command of a scenario did not end as it should; its output was shown."""


def scenarios() -> list[Path]:
    """The folders of the scenarios, and the example of a whole stack."""
    return [*sorted(path for path in (HERE / "scenarios").iterdir() if path.is_dir()), STACK]


def main() -> int:
    """Run what can be run; exit status 1 if a scenario fails."""
    terraform = shutil.which(os.environ.get("TERRAFORM") or "terraform") or shutil.which("tofu")
    provider = shutil.which(os.environ.get("PROVIDER") or NAME)
    if terraform is None:
        print("LEFT OUT make terraform: there is no terraform or tofu, and TERRAFORM names none")
        return 0
    for folder in scenarios():
        _run([terraform, "fmt", "-check", "-diff", str(folder)], folder, {}, EMPTY)
    if provider is None:
        names = ", ".join(folder.name for folder in scenarios()[:-1])
        print(
            f"LEFT OUT make terraform: there is no {NAME}, and PROVIDER names none; not run: {names}, the example stack"
        )
        return 0
    failed = [folder.name for folder in scenarios() if not _passes(terraform, Path(provider), folder)]
    print(f"failed: {', '.join(failed)}" if failed else f"{len(scenarios())} scenarios passed")
    return 1 if failed else 0


def _passes(terraform: str, provider: Path, folder: Path) -> bool:
    print(f"== {folder.name}", flush=True)
    with TemporaryDirectory() as directory, Server() as server:
        entries = keep_every_entry(server.emulator.journal)
        work = Path(directory) / "work"
        shutil.copytree(folder, work)
        settings = Path(directory) / "settings.tfrc"
        overrides = f'dev_overrides {{ "{SOURCE}" = "{provider.resolve().parent}" }}'
        settings.write_text(f"provider_installation {{\n  {overrides}\n  direct {{}}\n}}\n")
        environment = {
            "TF_CLI_CONFIG_FILE": str(settings),
            "TF_IN_AUTOMATION": "1",
            "BAIDUCLOUD_ACCESS_KEY": "test",
            "BAIDUCLOUD_SECRET_KEY": DEFAULT_SECRET_KEY,
            "BAIDUCLOUD_REGION": "gz",
            "HTTP_PROXY": server.endpoint,
        }
        try:
            _carry_out(terraform, work, environment)
        except Failed:
            return False
    wrong = [*_wrong(entries)]
    for line in wrong:
        print(line)
    return not wrong


def _carry_out(terraform: str, work: Path, environment: dict[str, str]) -> None:
    def run(*arguments: str, status: int = EMPTY) -> str:
        return _run([terraform, *arguments], work, environment, status)

    changes = ["-var=changed=true"] if (work / "main.tf").exists() else ["-var=bandwidth=20"]
    run("apply", "-auto-approve", "-input=false")
    run("plan", "-detailed-exitcode", "-input=false")
    run("plan", "-detailed-exitcode", "-input=false", *changes, status=CHANGES)
    run("apply", "-auto-approve", "-input=false", *changes)
    run("plan", "-detailed-exitcode", "-input=false", *changes)
    for address, resource_id in json.loads(run("output", "-json")).get("imports", {"value": {}})["value"].items():
        run("state", "rm", address)
        run("import", "-input=false", *changes, address, resource_id)
    run("destroy", "-auto-approve", "-input=false", *changes)


def _run(command: list[str], work: Path, environment: dict[str, str], status: int) -> str:
    ran = subprocess.run(command, cwd=work, env=os.environ | environment, capture_output=True, text=True)
    if ran.returncode != status:
        print(f"{' '.join(command[1:])}: {ran.returncode}, not {status}\n{ran.stdout}{ran.stderr}")
        raise Failed
    return ran.stdout


def _wrong(entries: list[Entry]) -> Iterator[str]:
    """What the journal says that the provider should not have met."""
    for entry in entries:
        request = entry.request
        called = f"{request.method} {request.raw_path.decode()}"
        if not isinstance(entry.target, Operation):
            yield f"{called}: {entry.key or 'unknown'} is not emulated"
            continue
        yield from (f"{called}: nobody reads {each}" for each in unread(entry.target, request))


if __name__ == "__main__":
    sys.exit(main())
