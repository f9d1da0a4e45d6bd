"""HPAS: instances that are ordered by the application they run and how well it runs."""

from __future__ import annotations

from bce_emulator.engine.declare.product import Product

PRODUCT = Product(
    "hpas",
    "High-performance application instances (HPAS)",
    "https://cloud.baidu.com/product/hpas.html",
    hosts=("hpas",),
    yields_to=("bcc", "bbc"),
)
