"""The line of a recording: one request and its answer, as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path
from typing import Any

from bce_emulator.settings import SettingError

FORMAT = 1
DEEPEST = 100
LONGEST_CALL = 86_400
MOST_DIGITS = 40
TOO_DEEP = "it is nested too deep"
FORMS = {
    "at": re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z", re.ASCII),
    "region": re.compile(r"[a-z0-9-]{0,32}"),
    "host": re.compile(r"[A-Za-z0-9.:-]{1,255}"),
    "method": re.compile(r"[A-Z]{1,16}"),
    "type": re.compile(r"[ -~]*"),
    "path": re.compile(r"/[^\ud800-\udfff]*", re.DOTALL),
}
"""What some members look like."""
LONGEST = 32 * 1024 * 1024
MEMBERS: dict[str, tuple[type, ...]] = {
    "format": (int,), "at": (str,), "seconds": (int, float), "operation": (str,), "region": (str,), "host": (str,),
    "method": (str,), "path": (str,), "query": (list,), "status": (int,), "type": (str,),
}  # fmt: skip
"""What every line has, beside ``request`` and ``answer``, and of which types."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One exchange. A body is JSON, or a text if it is none; an absent one is None.

    ``at`` is when the request was sent on, in Unix seconds, and ``seconds`` how long its answer took.
    """

    at: float
    seconds: float
    operation: str
    region: str
    host: str
    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    request: Any
    status: int
    content_type: str
    answer: Any

    def line(self) -> bytes:
        """The line, with its end."""
        row = {
            "format": FORMAT,
            "at": datetime.fromtimestamp(self.at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "seconds": round(self.seconds, 3),
            "operation": self.operation,
            "region": self.region,
            "host": self.host,
            "method": self.method,
            "path": self.path,
            "query": [list(item) for item in self.query],
            "request": self.request,
            "status": self.status,
            "type": self.content_type,
            "answer": self.answer,
        }
        try:
            return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        except UnicodeEncodeError:  # half a pair of surrogates, which JSON can write and UTF-8 cannot
            return json.dumps(row, separators=(",", ":")).encode() + b"\n"

    @property
    def code(self) -> str:
        """The code of a refusal, or an empty string."""
        code = self.answer.get("code") if isinstance(self.answer, dict) and self.status >= 400 else ""
        return code if isinstance(code, str) else ""


def parsed(body: bytes) -> Any:
    """A body as a recording has it: JSON, else text, else how many bytes there were; None if there is none."""
    if not body:
        return None
    try:
        return json.loads(body, parse_constant=_no_constant, parse_float=_finite, parse_int=_short)
    except (ValueError, RecursionError, _Unfit):
        pass
    try:
        return body.decode()
    except UnicodeDecodeError:
        return f"({len(body)} bytes that are no text)"


def read_recording(path: Path) -> list[Recorded]:
    """The exchanges of a recording, in the order of their requests; one clear sentence about what is none."""
    try:
        with path.open("rb") as file:
            found = [_read(path, number, line) for number, line in enumerate(_lines(path, file), 1) if line.strip()]
    except OSError as error:
        raise SettingError(f"{path}: {error.strerror or error}") from None
    if not found:
        raise SettingError(f"{path} has no exchange")
    return sorted(found, key=lambda each: each.at)


def _lines(path: Path, file: Any) -> Iterator[bytes]:
    while line := file.readline(LONGEST + 1):
        if len(line) > LONGEST:
            raise SettingError(f"{path} has a line of more than {LONGEST} bytes")
        yield line


def _read(path: Path, number: int, line: bytes) -> Recorded:
    try:
        row = json.loads(line, parse_constant=_no_constant, parse_float=_finite, parse_int=_short)
        reason = _misfit(row)
    except _Unfit as error:
        reason = str(error)
    except ValueError:
        reason = "it is no JSON"
    except RecursionError:
        reason = TOO_DEEP
    if reason:
        raise SettingError(f"{path}, line {number} is no exchange of a recording: {reason}")
    return Recorded(
        datetime.fromisoformat(row["at"]).timestamp(),
        row["seconds"], row["operation"], row["region"], row["host"], row["method"], row["path"],
        tuple((key, value) for key, value in row["query"]), row.get("request"),
        row["status"], row["type"], row.get("answer"),
    )  # fmt: skip


def _misfit(row: Any) -> str:
    """What is wrong with a line, or nothing."""
    if not isinstance(row, dict):
        return "it is no object"
    for name, types in MEMBERS.items():
        if not isinstance(row.get(name), types) or isinstance(row[name], bool):
            return f"{name} is missing, or of another type"
    if row["format"] != FORMAT:
        return f"it has format {row['format']}, and this version reads {FORMAT}"
    if not all(isinstance(item, list) and [type(each) for each in item] == [str, str] for item in row["query"]):
        return "query is a list of pairs of texts"
    if _is_too_deep(row):
        return TOO_DEEP
    unlike = [name for name, form in FORMS.items() if not form.fullmatch(row[name])]
    if not 200 <= row["status"] <= 599:
        unlike.append("status")
    if not 0 <= row["seconds"] <= LONGEST_CALL:
        unlike.append("seconds")
    if "at" not in unlike and not _is_time(row["at"]):
        unlike.append("at")
    return f"{', '.join(unlike)}: no recorder writes that" if unlike else ""


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_too_deep(value: Any) -> bool:
    """Whether a value is nested deeper than what a recorder writes."""
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for each in level for inner in (each.values() if isinstance(each, dict) else each)]
        level = [each for each in level if isinstance(each, (dict, list))]
        if not level:
            return False
    return True


class _Unfit(Exception):
    """What a number of a line is not, in a sentence."""


def _no_constant(name: str) -> None:
    raise _Unfit(f"{name} is not JSON")


def _finite(text: str) -> float:
    if not isfinite(found := float(text)):
        raise _Unfit(f"{text[:20]} is no number that can be kept")
    return found


def _short(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise _Unfit("a number in it has too many digits")
    return int(text)
