"""TLS between the socket and the protocol: a connection counts from accept on, and so does the time for its first head.

The loop's own TLS would tell the protocol of a connection only after the handshake: silent ones were bounded by nobody.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from ssl import MemoryBIO, SSLContext, SSLError, SSLWantReadError
from typing import Any

from bce_emulator.engine.http.protocol import Protocol

READ_BYTES = 64 * 1024


class Encryption(asyncio.Protocol, asyncio.Transport):
    """To the socket a protocol, and to the protocol that serves the transport.

    All that is decrypted is handed on at once, and what is written is encrypted at once, so that only the socket's
    transport has something waiting.
    """

    below: asyncio.Transport

    def __init__(self, context: SSLContext, **server: Any) -> None:
        super().__init__()
        self._context = context
        self._incoming, self._outgoing = MemoryBIO(), MemoryBIO()
        self._object = context.wrap_bio(self._incoming, self._outgoing, server_side=True)
        self._protocol = Protocol(**server)
        self._is_begun = self._is_ended = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody has connected, and is to begin with a handshake."""
        self.below = transport
        self._protocol.connection_made(self)

    def data_received(self, data: bytes) -> None:
        """Encrypted bytes: of the handshake, or of requests."""
        self._incoming.write(data)
        try:
            if not self._is_begun:
                self._protocol.turns.send()  # a handshake takes some milliseconds
                self._object.do_handshake()
                self._is_begun = True
            while not self.below.is_closing():
                plain = self._object.read(READ_BYTES)
                if not plain:  # the client has said that nothing follows
                    self.eof_received()
                    self.close()
                    break
                self._protocol.data_received(plain)
                if self._incoming.pending:  # which may be no record, and then nothing can be sent
                    self._protocol.turns.send()
        except SSLWantReadError:
            pass
        except SSLError:
            self._send()  # why, as an alert
            self.below.close()
        self._send()

    def _send(self) -> None:
        if self._outgoing.pending and not self.below.is_closing():
            self.below.write(self._outgoing.read())

    def eof_received(self) -> None:
        """The client sends nothing any more."""
        self._protocol.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._protocol.connection_lost(exc)
        del self._protocol  # whose transport this is

    def pause_writing(self) -> None:
        """Much waits to be read."""
        self._protocol.pause_writing()

    def resume_writing(self) -> None:
        """The client has read."""
        self._protocol.resume_writing()

    def write(self, data: bytes) -> None:  # type: ignore[override]
        """Send it, encrypted; after the end, and to who has closed, nothing is sent."""
        if data and not self._is_ended and not self.below.is_closing():
            self._object.write(data)
            self._send()

    def write_eof(self) -> None:
        """Say that nothing follows; what comes is still read."""
        self._end()
        if not self.below.is_closing():
            self.below.write_eof()

    def can_write_eof(self) -> bool:
        """Yes, by the alert that TLS has for it."""
        return True

    def _end(self) -> None:
        if self._is_begun and not self._is_ended:
            self._is_ended = True
            with suppress(SSLError):  # which wants to read the client's own end
                self._object.unwrap()
            self._send()

    def close(self) -> None:
        """Say that nothing follows, and close when all is sent."""
        self._end()
        self.below.close()

    def abort(self) -> None:
        """Close at once."""
        self.below.abort()

    def is_closing(self) -> bool:
        """Whether it is closed, or will be when all is sent."""
        return self.below.is_closing()

    def pause_reading(self) -> None:
        """Read no more for now."""
        self.below.pause_reading()

    def resume_reading(self) -> None:
        """Read on."""
        self.below.resume_reading()

    def is_reading(self) -> bool:
        """Whether it is read."""
        return self.below.is_reading()

    def get_write_buffer_size(self) -> int:
        """How many bytes wait to be sent."""
        return self.below.get_write_buffer_size()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """What is known of the socket, and that it is encrypted."""
        return self._context if name == "sslcontext" else self.below.get_extra_info(name, default)
