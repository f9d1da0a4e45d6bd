"""Walks documents as a reader does: ``python docs/walk.py README.md …``

Every block of commands (``sh``) is executed in order by one shell in a fresh copy of the project, and what the block
of text after it says (``text``) is compared with what was printed; … stands for anything. A block whose tools are not
on the machine is named as NOT EXECUTED. A server runs until a later block starts another one. ``WALKED`` names,
one in a line, commands that the caller has just executed itself, and that are not executed again.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(
    r"^```sh\n(?P<commands>.*?)^```\n(?:\n*^```text\n(?P<expected>.*?)^```\n)?", re.MULTILINE | re.DOTALL
)
MIRROR = "mirrors.tuna.tsinghua.edu.cn"
ENGINE = "docker version && {{ docker image inspect python:{0}-slim || docker pull python:{0}-slim; }}"
NEEDS = (
    (re.escape(MIRROR), f"curl --silent --fail --output /dev/null http://{MIRROR}/debian/"),
    ("docker compose", "docker compose version && " + ENGINE.format("3.13")),
    ("kubectl", "kubectl version"),
    ("IMAGE_PYTHON=3.12", ENGINE.format("3.12")),
    (r"\bdocker |make image(-test)?\b(?!-)", ENGINE.format("3.13")),
)
"""What a block needs, by what stands in it: a command that succeeds where it can be executed."""
STARTS = re.compile(r"\bdocker run|\bdocker compose .* up|\bbce-emulator serve|\bmake run")
SERVES = re.compile(r"bce-emulator serve(?! --help)|make run|docker run (?!.*--detach).*bce-emulator:[\d.]+$")
READY = "bce-emulator ready"
SECONDS = 1_800
PORT = 8080
NOT_OF_A_READER = re.compile(r"BCE_|VIRTUAL_ENV|PYTHON|MAKE|PYTEST_|LC_|LANG")
MARK = "walked-so-far"
WALKED = os.environ.get("WALKED", "")


class WalkError(Exception):
    """What a document says is not so."""


class Block(NamedTuple):
    """Some commands, where they stand, and what they print if the document says so."""

    line: int
    commands: list[str]
    expected: list[str]

    def lacking(self) -> str:
        """What this machine has not, or an empty text."""
        for pattern, check in NEEDS:
            if re.search(pattern, "\n".join(self.commands)):
                done = subprocess.run(["bash", "-c", check], capture_output=True, check=False)
                return "" if done.returncode == 0 else check
        return ""


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a document; a command that goes on behind a backslash is one line."""
    for found in BLOCK.finditer(text):
        commands = found["commands"].replace("\\\n", " ").splitlines()
        number = text[: found.start()].count("\n") + 1
        yield Block(number, [line for line in commands if line.strip()], (found["expected"] or "").splitlines())


def compare(expected: list[str], printed: str) -> None:
    """Every expected line is printed, in this order."""
    rest = iter(printed.splitlines())
    for line in expected:
        pattern = ".*".join(re.escape(part) for part in line.strip().split("…"))
        if not any(re.fullmatch(pattern, each.strip()) for each in rest):
            raise WalkError(f"{line!r} is not printed, but:\n{printed}")


class Shell:
    """One terminal of a reader, and the server of another."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        self._port = port
        self._server = 0
        environment = {name: value for name, value in os.environ.items() if not NOT_OF_A_READER.match(name)}
        if port != PORT:
            environment |= {f"BCE_EMULATOR_{name}": str(port) for name in ("PORT", "PUBLISHED_PORT")}
            environment["BCE_EMULATOR_ENDPOINT"] = f"http://127.0.0.1:{port}"
        self._bash = subprocess.Popen(
            ["bash", "--noprofile", "--norc"],
            cwd=folder,
            env=environment | {"PYTHONWARNINGS": "ignore"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def walk(self, block: Block) -> None:
        """Execute a block, and compare."""
        commands = [re.sub(rf"(localhost|127\.0\.0\.1):{PORT}", rf"\1:{self._port}", line) for line in block.commands]
        if any(STARTS.search(line) for line in commands):
            self._stop()
        printed = "".join(self._serve(line) if SERVES.match(line) else self._run(line) for line in commands)
        compare(block.expected, printed.replace(f"127.0.0.1:{self._port}", f"127.0.0.1:{PORT}"))

    def _run(self, command: str) -> str:
        print(f"$ {command}", flush=True)
        if any(re.match(rf"{re.escape(each)}(?!\S)", command) for each in WALKED.splitlines()):
            print("(just executed by the caller)", flush=True)
            return ""
        assert self._bash.stdin is not None
        assert self._bash.stdout is not None
        self._bash.stdin.write(f"{{ {command}\n}} </dev/null\nprintf '\\n{MARK} %s\\n' $?\n")
        self._bash.stdin.flush()
        printed: list[str] = []
        for line in self._bash.stdout:
            if line.startswith(MARK):
                status = int(line.split()[1])
                break
            printed.append(line)
        else:
            status = -1
        text = "".join(printed).removesuffix("\n")
        if status:
            raise WalkError(f"{command!r} ends with {status}:\n{text}")
        return text

    def _serve(self, command: str) -> str:
        log = self._folder / ".walk.log"
        log.write_text("")
        quoted = command.replace("'", "'\\''")
        self._server = int(self._run(f"setsid bash -c '{quoted}' >{log} 2>&1 & echo $!").split()[-1])
        for _ in range(SECONDS * 10):
            text = log.read_text()
            if READY in text:
                return text
            if not Path(f"/proc/{self._server}/cmdline").exists() or "Error" in text:
                break
            time.sleep(0.1)
        raise WalkError(f"{command!r} is never ready:\n{log.read_text()}")

    def _stop(self) -> None:
        if self._server:
            os.killpg(self._server, signal.SIGTERM)
            self._run(f"wait {self._server} || true")
            self._server = 0

    def close(self) -> None:
        """Leave nothing running."""
        try:
            self._stop()
        finally:
            os.killpg(self._bash.pid, signal.SIGKILL)
            self._bash.communicate()


def copy(folder: Path) -> None:
    """The project as git has it, without what was made in it."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def free_port() -> int:
    """The port of the documents, or another one where that is taken."""
    for port in (PORT, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise WalkError("no port is free")


def walk(document: Path) -> list[str]:
    """Walk one document; what could not be executed, by its line."""
    lacking = []
    with tempfile.TemporaryDirectory(prefix="walk-") as folder:
        copy(Path(folder))
        shell = Shell(Path(folder), free_port())
        try:
            for block in blocks(document.read_text()):
                where = f"{document.name}:{block.line}"
                print(f"== {where}", flush=True)
                if lacks := block.lacking():
                    lacking.append(f"{where} ({block.commands[0]} …): here fails {lacks}")
                    continue
                try:
                    shell.walk(block)
                except WalkError as error:
                    raise WalkError(f"{where}: {error}") from None
        finally:
            shell.close()
    return lacking


def main() -> int:
    """Walk the documents that are named."""
    lacking: list[str] = []
    try:
        for name in sys.argv[1:]:
            lacking += walk(Path(name))
    except WalkError as error:
        print(error, file=sys.stderr)
        return 1
    for line in lacking:
        print(f"NOT EXECUTED {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
