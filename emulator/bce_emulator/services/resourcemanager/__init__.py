"""Resource groups."""

from __future__ import annotations

from bce_emulator.engine.declare.product import Product

PRODUCT = Product(
    "resourcemanager",
    "Resource groups (Resource Manager)",
    "https://cloud.baidu.com/doc/ResourceManager/index.html",
    hosts=("resourcemanager",),
)
