"""What clients send and nobody reads means nothing to the call: each such member was looked into."""

from __future__ import annotations

from tests.clients.unknown_members import FILE, sent, settled


def test_every_member_that_clients_send_is_read_or_settled_with_its_reason():
    assert sent() == settled()
    assert all("  # " in line for line in FILE.read_text().splitlines())
