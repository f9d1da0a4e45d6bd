"""Temporary keys."""

from __future__ import annotations

from bce_emulator.engine.declare.product import Product

PRODUCT = Product("sts", "Temporary keys (STS)", "https://cloud.baidu.com/doc/IAM/index.html", hosts=("sts",))
