"""Public addresses."""

from __future__ import annotations

from bce_emulator.engine.declare.product import Product

PRODUCT = Product("eip", "Public addresses (EIP)", "https://cloud.baidu.com/doc/EIP/index.html", hosts=("eip",))
