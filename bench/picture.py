"""Small charts beside each other as one SVG, in plain code: real text, and colours for light and for dark."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 400, 220, 52, 24, 46, 34
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #24292f; } .title { font-weight: 600; font-size: 13px; }
.paper { fill: #ffffff; } .grid { stroke: #d0d7de; } .line { fill: none; stroke-width: 2; }
.c0 { stroke: #0550ae; } .c1 { stroke: #a40e26; stroke-dasharray: 7 3; } .c2 { stroke: #116329; stroke-dasharray: 2 3; }
.t0 { fill: #0550ae; } .t1 { fill: #a40e26; } .t2 { fill: #116329; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; } .paper { fill: #0d1117; } .grid { stroke: #3d444d; }
  .c0 { stroke: #79c0ff; } .c1 { stroke: #ff9492; } .c2 { stroke: #7ee787; }
  .t0 { fill: #79c0ff; } .t1 { fill: #ff9492; } .t2 { fill: #7ee787; }
}
"""


@dataclass(frozen=True)
class Chart:
    """Lines over one axis of powers of ten; values begin at nothing."""

    title: str
    sizes: list[int]
    lines: dict[str, list[float]]


def top_of(values: list[float]) -> float:
    """The least of 1, 2, 5, 10, … that nothing passes."""
    highest = max(values) or 1.0
    power = 10.0 ** math.floor(math.log10(highest))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= highest)


def short(value: float) -> str:
    return f"{value / 1000:g}k" if value >= 1_000 else f"{value:g}"


def parts(chart: Chart) -> Iterator[str]:
    top = top_of([each for line in chart.lines.values() for each in line])
    last = math.log10(chart.sizes[-1])

    def across(size: int) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log10(size) / last

    def down(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top

    yield f'<text class="title" x="{LEFT}" y="18">{escape(chart.title)}</text>'
    for value in (0.0, top / 2, top):
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{down(value):.1f}" y2="{down(value):.1f}"/>'
        yield f'<text x="{LEFT - 6}" y="{down(value) + 4:.1f}" text-anchor="end">{short(value)}</text>'
    for size in chart.sizes:
        yield f'<text x="{across(size):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{short(size)}</text>'
    at = float(LEFT)
    for number, (name, values) in enumerate(chart.lines.items()):
        points = " ".join(f"{across(x):.1f},{down(y):.1f}" for x, y in zip(chart.sizes, values, strict=True))
        yield f'<polyline class="line c{number}" points="{points}"/>'
        yield f'<text class="t{number}" x="{at:.0f}" y="36">{escape(name)}</text>'
        at += 7.0 * len(name) + 18


def svg(title: str, charts: list[Chart], columns: int) -> str:
    """The charts, row by row."""
    wide, high = WIDTH * columns, HEIGHT * math.ceil(len(charts) / columns)
    placed = "\n".join(
        f'<g transform="translate({number % columns * WIDTH} {number // columns * HEIGHT})">\n{chr(10).join(parts(chart))}\n</g>'
        for number, chart in enumerate(charts)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img">\n'
        f'<title>{escape(title)}</title>\n<style>{STYLE}</style>\n<rect class="paper" width="100%" height="100%"/>\n{placed}\n</svg>\n'
    )
