"""What instances and disks cost, in yuan: invented figures of a plausible size, the same in every run."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from bce_emulator.services.bcc.offerings import Spec
from bce_emulator.services.shared.prices import Price, price


class Rate(NamedTuple):
    """What a core and a GB of memory cost by the hour."""

    core: Decimal
    gb: Decimal


# fmt: off
RATES = {
    #            core                GB
    "c":  Rate(Decimal("0.100"), Decimal("0.030")),
    "d":  Rate(Decimal("0.150"), Decimal("0.040")),
    "e":  Rate(Decimal("0.060"), Decimal("0.020")),
    "g":  Rate(Decimal("0.120"), Decimal("0.035")),
    "gr": Rate(Decimal("0.130"), Decimal("0.036")),
    "ic": Rate(Decimal("0.090"), Decimal("0.028")),
    "l":  Rate(Decimal("0.140"), Decimal("0.040")),
}
"""By the family of a spec, which is what its id begins with; a family that is not named costs as ``g``."""

GB_HOURS = {
    "enhanced_ssd_pl0": Decimal("0.00190"),
    "enhanced_ssd_pl1": Decimal("0.00250"),
    "enhanced_ssd_pl2": Decimal("0.00400"),
    "enhanced_ssd_pl3": Decimal("0.00800"),
    "cloud_hp1":        Decimal("0.00140"),
    "hp1":              Decimal("0.00140"),
    "hdd":              Decimal("0.00070"),
}
"""What a GB of each type of disk costs by the hour; a type that is not named costs as ``hp1``."""
# fmt: on

CARD_HOUR = Decimal("18.000")
MBPS_HOUR = Decimal("0.0630")
AT_A_BID = Decimal("0.2")
"""The market price of a bid, of the price by the hour."""


def price_of_spec(spec: Spec, months: int = 0, count: int = 1) -> Price:
    """Instances of a spec for so many months, or for an hour."""
    return price(hour_of(spec.spec_id, spec.cpu_count, spec.memory_gb, spec.gpu_card_count) * count, months)


def hour_of(spec_id: str, cpu_count: int, memory_gb: int, cards: int = 0) -> Decimal:
    """What a machine costs by the hour."""
    family = re.match(r"[a-z]*", spec_id)
    rate = RATES.get(family.group() if family else "", RATES["g"])
    return rate.core * cpu_count + rate.gb * memory_gb + CARD_HOUR * cards


def hour_of_disk(storage_type: str, size_gb: int) -> Decimal:
    """What a disk costs by the hour."""
    return GB_HOURS.get(storage_type, GB_HOURS["hp1"]) * size_gb
