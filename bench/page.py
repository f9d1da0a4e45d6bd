"""What a benchmark writes into a page of docs/: the text between two marks, beside which people write theirs."""

from __future__ import annotations

import os
import platform
from pathlib import Path

BEGIN, END = "<!-- what follows is written by {} -->", "<!-- the end of it -->"
DOCS = Path(__file__).parents[1] / "docs"


def table(head: str, rows: list[list[str]]) -> str:
    """A table of Markdown; its head has the titles as a row would, without the outer bars."""
    separators = ["---"] * len(head.split(" | "))
    return "\n".join(f"| {' | '.join(each)} |" for each in ([head], separators, *rows))


def machine() -> str:
    """Where it was measured, in a sentence."""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return (
        f"CPython {platform.python_version()}, {os.cpu_count()} cores that others may have used too; "
        f"the load over 1, 5 and 15 minutes was {load} at the end."
    )


def write(page: str, command: str, text: str) -> None:
    """Put the text into the page in the place of what the command wrote before."""
    path, begin = DOCS / page, BEGIN.format(f"`{command}`")
    before, _, rest = path.read_text(encoding="utf-8").partition(begin)
    after = rest.partition(END)[2]
    path.write_text(f"{before}{begin}\n\n{text}\n\n{END}{after}", encoding="utf-8")
