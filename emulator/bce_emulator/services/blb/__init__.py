"""Load balancers, the classic and the application ones."""

from __future__ import annotations

from bce_emulator.engine.declare.product import Product

PRODUCT = Product("blb", "Load balancers (BLB)", "https://cloud.baidu.com/doc/BLB/index.html", hosts=("blb",))
