"""The line of a recording: one request and its answer, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bce_emulator.settings import SettingError

FORMAT = 1
DEEPEST = 100
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
        return json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError):
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
        row = json.loads(line, parse_constant=_no_constant)
        reason = _misfit(row)
        if not reason:
            return Recorded(
                datetime.fromisoformat(row["at"]).replace(tzinfo=UTC).timestamp(),
                row["seconds"], row["operation"], row["region"], row["host"], row["method"], row["path"],
                tuple((key, value) for key, value in row["query"]), row.get("request"),
                row["status"], row["type"], row.get("answer"),
            )  # fmt: skip
    except (ValueError, RecursionError, OverflowError) as error:
        reason = str(error)
    raise SettingError(f"{path}, line {number} is no exchange of a recording: {reason}")


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
    if not 200 <= row["status"] <= 599 or not row["type"].isprintable():
        return "status or type is none of an answer"
    return "it is nested too deep" if _is_too_deep(row) else ""


def _is_too_deep(value: Any) -> bool:
    """Whether a value is nested deeper than what a recorder writes."""
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for each in level for inner in (each.values() if isinstance(each, dict) else each)]
        level = [each for each in level if isinstance(each, (dict, list))]
        if not level:
            return False
    return True


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
