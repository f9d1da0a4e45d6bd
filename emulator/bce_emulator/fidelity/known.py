"""Differences that are known: a file that may only shrink, since what it has and no longer occurs is an error."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from bce_emulator.fidelity.compare import Comparison
from bce_emulator.fidelity.differences import KINDS, Difference
from bce_emulator.fidelity.entries import emulated, why_not
from bce_emulator.settings import SettingError

COMMENT = "  #"


class Judged(NamedTuple):
    """The differences apart: those that nobody knew, those that the file has, and what the file has too much."""

    new: list[Difference]
    known: list[Difference]
    stale: list[str]


def read_known(path: Path) -> dict[str, str]:
    """The entries of a file with their reasons: ``operation kind place  # reason``."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"--known {path}: {getattr(error, 'strerror', None) or 'it is not UTF-8'}") from None
    entries: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        entry, _, reason = line.partition(COMMENT)
        words = entry.split()
        if len(words) != 3 or words[1] not in KINDS or not reason.strip():
            raise SettingError(
                f"--known {path}, line {number}: an entry is 'operation kind place  # reason', and kind one of "
                f"{', '.join(KINDS)}"
            )
        if reason_against := why_not(*words):
            raise SettingError(f"--known {path}, line {number}: {reason_against}")
        if " ".join(words) in entries:
            raise SettingError(f"--known {path}, line {number} is there twice")
        entries[" ".join(words)] = reason.strip()
    return entries


def judge(comparison: Comparison, known: dict[str, str]) -> Judged:
    """Tell the differences apart; an entry about what the recording does not have is not judged, if it can be met."""
    found = list(comparison.differences)
    keys = {each.key for each in found}
    stale = [entry for entry in known if entry not in keys and _is_judged(comparison, *entry.split())]
    return Judged(
        [each for each in found if each.key not in known], [each for each in found if each.key in known], stale
    )


def _is_judged(comparison: Comparison, subject: str, kind: str, _place: str) -> bool:
    return subject in comparison.subjects or (kind == "emulated" and emulated(subject) is not None)
