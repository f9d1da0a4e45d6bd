"""Which products there are, on which hosts, and under which versions."""

from __future__ import annotations

HOSTS = {"bcc": ("bcc", "vpc"), "eip": ("eip",), "blb": ("blb",), "bbc": ("bbc",)}
"""First label of the host name, and the products behind it; other host names reach all of them in this order."""

VERSIONS = {"bcc": ("v1", "v2")}
"""Products whose operations answer under more versions than the published one."""
