"""Where the server of a container listens, noted for the commands that run beside it, such as its health check.

``/dev/shm`` is there without a volume, can be written with ``--read-only``, and ends with the container.
"""

from __future__ import annotations

import contextlib
import os
import socket
from pathlib import Path

from bce_emulator.settings import variable

FOLDER = Path("/dev/shm")  # noqa: S108 (the file is its user's alone, and nobody else's is believed)
MAX_BYTES = 300
ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (nothing listens here)


def url(host: str, port: int, scheme: str = "http") -> str:
    """Where clients find what listens on this address."""
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def note(host: str, port: int, scheme: str = "http") -> Path | None:
    """Write down where this container's server is; the file, or None outside a container or where none can be."""
    if variable("container") not in os.environ:
        return None
    path = _path()
    try:
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(url(ANY_ADDRESS.get(host, host), port, scheme))
    except OSError:
        return None
    return path


def noted() -> str:
    """Where this container's server is, as far as it is known."""
    if variable("container") not in os.environ:
        return ""
    try:
        with os.fdopen(os.open(_path(), os.O_RDONLY | os.O_NOFOLLOW), encoding="ascii", errors="replace") as file:
            return file.read(MAX_BYTES) if os.fstat(file.fileno()).st_uid == os.getuid() else ""
    except OSError:
        return ""


def _path() -> Path:
    """A name for each user and container, as containers can share the folder."""
    return FOLDER / f"bce-emulator-{socket.gethostname()}-{os.getuid()}"
