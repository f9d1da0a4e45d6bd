"""Baidu Cloud Compute: instances and what they are made of."""

from __future__ import annotations

from bce_emulator.engine.declare.product import Product

PRODUCT = Product(
    "bcc", "Cloud compute (BCC)", "https://cloud.baidu.com/doc/BCC/index.html", hosts=("bcc",), versions=("v1", "v2")
)
