"""A PostgreSQL of this machine as a process, in a directory that goes when it does. Needs no package to be imported."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from pathlib import Path

SETTINGS = "-c listen_addresses=127.0.0.1 -c max_connections=40 -c log_min_messages=fatal -c fsync=off"


def programs() -> Path | None:
    """Where its programs are, the newest of Debian's, or of the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    elsewhere = shutil.which("pg_ctl")
    return found[-1] if found else Path(elsewhere).parent if elsewhere else None


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


class Postgres:
    """A database server, which refuses to be root's; ``sockets`` is a folder for its socket."""

    def __init__(self, folder: Path, sockets: Path | str = "") -> None:
        self.port = free_port()
        self.address = f"postgresql://bce@127.0.0.1:{self.port}/postgres"
        self._sockets = sockets
        self._data = folder / "data"
        self._log = folder / "log"
        self._user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
        if self._user is not None:
            os.chown(folder, self._user.pw_uid, self._user.pw_gid)
        self._run("initdb", "--auth=trust", "--username=bce", "--encoding=UTF8", "--no-sync", "--no-locale")
        self.start()

    def start(self) -> None:
        own = f"-p {self.port} -c unix_socket_directories={self._sockets} {SETTINGS}"
        self._run("pg_ctl", "--wait", f"--log={self._log}", f"--options={own}", "start")

    def stop(self, mode: str = "fast") -> None:
        self._run("pg_ctl", "--wait", f"--mode={mode}", "stop")

    def do(self, statement: str) -> int:
        """Do this; of how many rows it was."""
        import psycopg

        with psycopg.connect(self.address, autocommit=True) as connection:
            return connection.execute(statement).rowcount

    def cut_leader(self) -> None:
        """End the session that has the lock."""
        assert self.do("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted") == 1

    def _run(self, program: str, *options: str) -> None:
        who = {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []} if self._user else {}
        subprocess.run(
            [programs() / program, f"--pgdata={self._data}", *options],
            check=True, stdout=subprocess.DEVNULL, cwd="/", **who,
        )  # fmt: skip
