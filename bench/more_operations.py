"""The start as it grows: `serve` until it is ready, against `import fastapi` alone. Prints; asserts nothing.

Beside the emulator as it is stand copies in which load balancers are there twice and three times, as products of their own.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sizes import start

SOURCES = Path(__file__).parents[1] / "emulator"
PUBLISHED = 690
COPIES = (("blb", "blc"), ("blb", "bld"))
ROUNDS = 15
COUNT = "from bce_emulator.app import build; from bce_emulator.settings import Settings; build(Settings());"
COUNT += "from bce_emulator.engine.declare.operations import OPERATIONS; print(len(OPERATIONS))"


def copied(target: Path, copies: tuple[tuple[str, str], ...]) -> Path:
    """The sources with some products twice, under another name."""
    shutil.copytree(SOURCES, target, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    services = target / "bce_emulator" / "services"
    for name, other in copies:
        shutil.copytree(services / name, services / other)
        for path in (services / other).rglob("*.py"):
            path.write_text(path.read_text().replace(name, other).replace(name.upper(), other.upper()))
    return target


def operations(path: Path) -> int:
    """How many operations these sources declare; compiles them too."""
    done = subprocess.run([sys.executable, "-c", COUNT], env={"PYTHONPATH": str(path)}, capture_output=True, check=True)
    return int(done.stdout)


def imported() -> float:
    """Seconds in which a process imports FastAPI."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import fastapi"], check=True)
    return time.perf_counter() - began


def ready(path: Path) -> float:
    """Seconds until the emulator of these sources is ready."""
    process, seconds = start({"PYTHONPATH": str(path)})
    process.terminate()
    process.wait()
    return seconds


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [copied(Path(folder) / str(size), COPIES[:size]) for size in range(len(COPIES) + 1)]
        counts = [operations(path) for path in paths]
        ratios: list[list[float]] = [[] for _ in paths]
        seconds: list[list[float]] = [[] for _ in paths]
        for _ in range(ROUNDS):
            alone = imported()
            for index, path in enumerate(paths):
                seconds[index].append(ready(path))
                ratios[index].append(seconds[index][-1] / alone)
    print("\n| start, with so many operations | ready in | against `import fastapi` |\n| --- | --- | --- |")
    for count, times, each in zip(counts, seconds, ratios, strict=True):
        print(f"| {count} | {statistics.median(times):.2f} s | {statistics.median(each):.2f} |")
    (few, low), (many, high) = [(counts[index], statistics.median(ratios[index])) for index in (0, -1)]
    print(f"| {PUBLISHED}, between them | | {low + (high - low) * (PUBLISHED - few) / (many - few):.2f} |")


if __name__ == "__main__":
    main()
