"""What was installed once is not installed again until the files that pin it change."""

from __future__ import annotations

import fcntl
import hashlib
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def prepared(cache: Path, *pins: Path) -> Iterator[bool]:
    """Whether the cache is stale; after the block it is not. Who comes meanwhile, also in another process, waits."""
    wanted = hashlib.sha256(b"\0".join(pin.read_bytes() for pin in pins)).hexdigest()
    stamp = cache / "stamp"
    cache.parent.mkdir(parents=True, exist_ok=True)
    with cache.with_name(f"{cache.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stale = not stamp.exists() or stamp.read_text() != wanted
        yield stale
        if stale:
            cache.mkdir(parents=True, exist_ok=True)
            stamp.write_text(wanted)


def run(*command: object, cwd: Path | None = None, env: dict[str, str] | None = None) -> None:
    """Run a command of a toolchain; its output is shown only when it fails."""
    ran = subprocess.run([str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True)
    if ran.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{ran.stdout}{ran.stderr}")
