"""What keeps a second process out of a directory of accounts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from bce_emulator.engine.persist.rows import StoreError
from bce_emulator.engine.persist.store_file import COUNT, IN_USE


def take(path: Path) -> BinaryIO:
    """The file of the count, which belongs to nobody else until it is closed, and so does the directory."""
    file = path.with_name(COUNT).open("r+b", buffering=0)
    try:
        _lock(file)
    except OSError as error:
        file.close()
        if isinstance(error, BlockingIOError | PermissionError):
            raise StoreError(IN_USE) from None
        raise
    return file


def _lock(file: BinaryIO) -> None:
    """Lock a file until it is closed, or say that another has; SQLite's own locks would keep out our thread as well."""
    if sys.platform == "win32":
        import msvcrt

        file.seek(1 << 30)  # what is locked cannot be read there
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
