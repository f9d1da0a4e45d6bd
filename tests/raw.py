"""Raw HTTP over a socket: requests exactly as written, answers taken apart."""

from __future__ import annotations

import errno
import json
import socket
from typing import NamedTuple


class RawReply(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> dict:
        return json.loads(self.body)


def exchange(port: int, data: bytes | list[bytes], seconds: float = 10, half_close: bool = False) -> RawReply | None:
    """Send bytes, read one answer; None if the connection closes without one."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        for part in [data] if isinstance(data, bytes) else data:
            connection.sendall(part)
        if half_close:
            connection.shutdown(socket.SHUT_WR)
        return read_reply(connection)


def shut(connection: socket.socket, how: int) -> None:
    """Close one direction; a ConnectionError, as of any other call, if the server has closed both already."""
    try:
        connection.shutdown(how)
    except OSError as error:
        if error.errno != errno.ENOTCONN:
            raise
        raise ConnectionResetError from error


def read_reply(connection: socket.socket, received: bytes = b"") -> RawReply | None:
    while b"\r\n\r\n" not in received:
        chunk = connection.recv(65536)
        if not chunk:
            return None
        received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    if head.startswith(b"HTTP/1.1 100 "):
        return read_reply(connection, body)
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    length = int(headers["content-length"])
    while len(body) < length:
        chunk = connection.recv(65536)
        if not chunk:
            break
        body += chunk
    return RawReply(int(lines[0].split()[1]), headers, body[:length])


def request_bytes(method: str, target: str, headers: list[tuple[str, str]], body: bytes = b"") -> bytes:
    lines = [f"{method} {target} HTTP/1.1".encode("latin-1")]
    lines += [f"{name}: {value}".encode("latin-1") for name, value in headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body
