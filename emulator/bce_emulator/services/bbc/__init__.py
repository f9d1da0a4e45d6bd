"""Bare metal."""

from __future__ import annotations

from bce_emulator.engine.declare.product import Product

PRODUCT = Product(
    "bbc", "Bare metal (BBC)", "https://cloud.baidu.com/doc/BBC/index.html", hosts=("bbc",), yields_to=("bcc",)
)
