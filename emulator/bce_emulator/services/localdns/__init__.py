"""Private DNS: names that resolve inside VPCs."""

from __future__ import annotations

from bce_emulator.engine.declare.product import Product

PRODUCT = Product(
    "localdns",
    "Private DNS",
    "https://cloud.baidu.com/doc/DNS/index.html",
    hosts=("privatezone", "bcc"),
)
