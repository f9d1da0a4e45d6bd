"""Load balancers, the classic and the application ones."""

from __future__ import annotations

from bce_emulator.engine.declare.product import Product
from bce_emulator.engine.errors import BadRequest, InappropriateJSON, QualifyNotPass
from bce_emulator.services.blb.errors import InvalidParameter, MissingParameter, RealNameAuthenticationRequired

PRODUCT = Product(
    "blb",
    "Load balancers (BLB)",
    "https://cloud.baidu.com/doc/BLB/index.html",
    hosts=("blb",),
    own_errors={
        BadRequest: InvalidParameter,
        InappropriateJSON: InvalidParameter,
        QualifyNotPass: RealNameAuthenticationRequired,
    },
    missing=MissingParameter,
)
