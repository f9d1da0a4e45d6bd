"""Virtual networks: what instances are in."""

from __future__ import annotations

from bce_emulator.engine.declare.product import Product

PRODUCT = Product("vpc", "Virtual networks (VPC)", "https://cloud.baidu.com/doc/VPC/index.html", hosts=("bcc",))
