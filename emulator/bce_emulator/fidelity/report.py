"""What came of a comparison, as text for people, as JSON, and as one page."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from bce_emulator.fidelity.compare import Comparison
from bce_emulator.fidelity.differences import KINDS, Difference
from bce_emulator.fidelity.known import Judged

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem;
  color-scheme: light dark }
table { border-collapse: collapse; width: 100%; margin-bottom: 1.5rem }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8885 }
td { overflow-wrap: anywhere }
code { font: 13px ui-monospace, monospace }
.known { opacity: .6 }
"""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}</style></head>
<body><h1>{title}</h1>
{body}
</body></html>
"""


def summary(comparison: Comparison, judged: Judged) -> str:
    """All in one line."""
    differ = {each.subject for each in judged.new}
    return (
        f"{sum(comparison.played.values())} exchanges of {len(comparison.played)} operations played: "
        f"{len(judged.new)} differences in {len(differ)} operations and kinds of resource, {len(judged.known)} known, "
        f"{len(comparison.not_judged)} exchanges not judged"
    )


def remarks(comparison: Comparison, judged: Judged) -> list[str]:
    """What else there is to say, a sentence for each."""
    said = [f"line {line}, {operation} was not judged: {why}" for line, operation, why in comparison.not_judged]
    said += [f"{name} was there before, and cannot be made here" for name in comparison.not_made]
    said += [f"for {name} something of the emulator stood in" for name in comparison.stood_in]
    return said + [f"--known has what no longer occurs, take it out: {entry}" for entry in judged.stale]


def as_text(name: str, comparison: Comparison, judged: Judged) -> str:
    """The report for people."""
    lines = []
    for subject, found in _by_subject(judged.new):
        played = comparison.played.get(subject)
        lines.append(f"{subject}" + (f" ({played} played)" if played else ""))
        for each in found:
            times = f"{each.count} times, first in" if each.count > 1 else "in"
            lines.append(f"  {each.kind:<9} {each.where or '-'}  [{times} line {each.line}]")
            lines.append(f"            cloud: {each.theirs or '-'}")
            lines.append(f"            here:  {each.ours or '-'}")
    return "\n".join([*lines, *remarks(comparison, judged), f"{name}: {summary(comparison, judged)}"])


def as_json(name: str, comparison: Comparison, judged: Judged) -> str:
    """The report for programs."""
    report: dict[str, Any] = {
        "recording": name,
        "played": dict(comparison.played),
        "differences": [_row(each, known=False) for each in judged.new]
        + [_row(each, known=True) for each in judged.known],
        "notJudged": [{"line": line, "operation": key, "reason": why} for line, key, why in comparison.not_judged],
        "notMade": comparison.not_made,
        "stoodIn": comparison.stood_in,
        "stale": judged.stale,
    }
    return json.dumps(report, indent=2, ensure_ascii=False)


def as_page(name: str, comparison: Comparison, judged: Judged) -> str:
    """The report as a page that needs nothing else; what a recording holds is shown as text, whatever it is."""
    known = {each.key for each in judged.known}
    parts = [f"<p>{escape(summary(comparison, judged))}</p>"]
    for subject, found in _by_subject([*judged.new, *judged.known]):
        rows = "".join(_html_row(each, is_known=each.key in known) for each in found)
        head = "<tr><th>what</th><th>where</th><th>cloud</th><th>here</th><th>times</th><th>line</th></tr>"
        parts.append(f"<h2><code>{escape(subject)}</code></h2><table>{head}{rows}</table>")
    said = "".join(f"<li>{escape(each)}</li>" for each in remarks(comparison, judged))
    parts += [f"<ul>{said}</ul>"] if said else []
    title = escape(f"{name} and the emulator")
    return PAGE.format(title=title, style=STYLE, body="\n".join(parts))


def _html_row(each: Difference, *, is_known: bool) -> str:
    cells = (each.where, each.theirs, each.ours)
    shown = "".join(f"<td><code>{escape(cell)}</code></td>" for cell in cells)
    kind = f'<td title="{escape(KINDS[each.kind])}">{escape(each.kind)}{" (known)" if is_known else ""}</td>'
    return f"<tr{' class=known' if is_known else ''}>{kind}{shown}<td>{each.count}</td><td>{each.line}</td></tr>"


def _row(each: Difference, *, known: bool) -> dict[str, Any]:
    return {
        "operation": each.subject,
        "kind": each.kind,
        "where": each.where,
        "cloud": each.theirs,
        "here": each.ours,
        "count": each.count,
        "line": each.line,
        "known": known,
        "entry": each.key,
    }


def _by_subject(found: list[Difference]) -> list[tuple[str, list[Difference]]]:
    groups: dict[str, list[Difference]] = {}
    for each in found:
        groups.setdefault(each.subject, []).append(each)
    return sorted(groups.items())


FORMATS = {"text": as_text, "json": as_json, "html": as_page}
