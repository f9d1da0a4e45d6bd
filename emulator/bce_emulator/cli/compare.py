"""``bce-emulator compare``: what differs between a recording of the cloud and the emulator."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bce_emulator.settings import SettingError, check_variables, hint, names_in

FORMATS = ("text", "json", "html")
ANY, UNJUDGED = "any", "unjudged"


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("compare", help="say what differs between a recording and the emulator")
    parser.add_argument("recording", metavar="FILE", help="what record has written")
    parser.add_argument("--format", choices=FORMATS, default="text", help="of the report (default text)")
    parser.add_argument("--to", metavar="FILE", help="where the report goes, if not to the output")
    parser.add_argument(
        "--fail-on",
        metavar="KIND[,...]",
        help="end with status 1 if there is such a difference: a kind, any of them, or unjudged exchanges",
    )
    parser.add_argument("--known", metavar="FILE", help="differences that are known; it may only shrink")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Compare, report, and answer the exit status."""
    check_variables()
    from bce_emulator.fidelity import report
    from bce_emulator.fidelity.compare import compare
    from bce_emulator.fidelity.differences import KINDS
    from bce_emulator.fidelity.exchange import read_recording
    from bce_emulator.fidelity.known import judge, read_known

    wanted = set(names_in(args.fail_on, "--fail-on")) if args.fail_on is not None else set()
    for kind in sorted(wanted - {*KINDS, ANY, UNJUDGED}):
        known = (*KINDS, ANY, UNJUDGED)
        raise SettingError(f"--fail-on is of {', '.join(known)}, not {kind!r}{hint(kind, known)}")
    entries = read_known(Path(args.known)) if args.known else {}
    comparison = compare(read_recording(Path(args.recording)))
    judged = judge(comparison, entries)
    text = report.FORMATS[args.format](args.recording, comparison, judged)
    if args.to:
        try:
            Path(args.to).write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise SettingError(f"--to {args.to}: {error.strerror}") from None
        print(report.summary(comparison, judged))
    else:
        print(text)
    failing = [each for each in judged.new if ANY in wanted or each.kind in wanted]
    unjudged = UNJUDGED in wanted and (comparison.not_judged or comparison.not_made)
    return int(bool(failing or unjudged or judged.stale))
