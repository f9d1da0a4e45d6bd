"""``bce-emulator completion``: a script that completes commands, options and their values in a shell."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

VALUE = re.compile(r"[a-z]+(?:\|[\w<>]+)+")
"""A metavar that lists values: those in small letters are meant as they stand."""
KINDS = {"FILE": "file", "DIR": "directory"}
COMPGEN = {"file": "-f", "directory": "-d"}


class Word(NamedTuple):
    """An option or a position of a command: its spellings, what it takes, its help."""

    spellings: tuple[str, ...]
    values: tuple[str, ...]
    kind: str
    takes: bool
    help: str


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("completion", help="print a script that completes in a shell")
    parser.add_argument("shell", choices=list(SCRIPTS), help='for example: eval "$(bce-emulator completion bash)"')
    parser.set_defaults(run=lambda args: run(args, commands.choices))


def run(args: argparse.Namespace, commands: dict[str, argparse.ArgumentParser]) -> int:
    """Print the script, made from the parsers of the commands."""
    words = {name: list(words_of(parser)) for name, parser in commands.items()}
    print(SCRIPTS[args.shell](words))
    return 0


def words_of(parser: argparse.ArgumentParser) -> Iterator[Word]:
    """What a command understands."""
    for action in parser._actions:  # noqa: SLF001 - argparse has no other list of what was added
        metavar = action.metavar if isinstance(action.metavar, str) else ""
        listed = metavar.split("|") if VALUE.fullmatch(metavar) else ()
        values = tuple(map(str, action.choices or [value for value in listed if value.islower()]))
        text = (action.help or "").split(";")[0].replace("%%", "%")
        yield Word(
            tuple(action.option_strings), values, KINDS.get(metavar.partition("|")[0], ""), action.nargs != 0, text
        )


def bash(commands: dict[str, list[Word]]) -> str:
    """A function for bash."""
    cases = []
    for name, words in commands.items():
        options = " ".join(spelling for word in words for spelling in word.spellings)
        positions = " ".join(value for word in words if not word.spellings for value in word.values)
        cases.append(f"    {name}) options={shlex.quote(options)}; positions={shlex.quote(positions)} ;;")
    values = []
    for name, words in commands.items():
        for word in words:
            if word.spellings and word.takes:
                how = COMPGEN.get(word.kind) or f"-W {shlex.quote(' '.join(word.values))}"
                pattern = "|".join(f"{name}:{spelling}" for spelling in word.spellings)
                values.append(f'    {pattern}) COMPREPLY=($(compgen {how} -- "$word")); return ;;')
    return "\n".join([
        "_bce_emulator() {",
        '  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" command="${COMP_WORDS[1]}"',
        "  local options positions",
        "  COMPREPLY=()",
        '  if [ "$COMP_CWORD" -eq 1 ] && [ "${word#-}" = "$word" ]; then',
        f"    COMPREPLY=($(compgen -W {shlex.quote(' '.join(commands))} -- \"$word\")); return",
        "  fi",
        '  case "$command" in -*) command=serve ;; esac',
        '  case "$command:$before" in',
        *values,
        "  esac",
        '  case "$command" in',
        *cases,
        "  esac",
        '  case "$word" in',
        '    -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;',
        '    *) COMPREPLY=($(compgen -W "$positions" -- "$word")) ;;',
        "  esac",
        "}",
        "complete -F _bce_emulator bce-emulator",
    ])  # fmt: skip


def zsh(commands: dict[str, list[Word]]) -> str:
    """The function for bash, which zsh can run."""
    return f"autoload -Uz compinit bashcompinit && compinit && bashcompinit\n{bash(commands)}"


def fish(commands: dict[str, list[Word]]) -> str:
    """A line for each word, for fish."""
    lines = ["complete -c bce-emulator -f"]
    for name, words in commands.items():
        lines.append(f"complete -c bce-emulator -n __fish_use_subcommand -a {name}")
        condition = shlex.quote(f"__fish_seen_subcommand_from {name}")
        for word in words:
            values = f" -x -a {shlex.quote(' '.join(word.values))}" if word.values else ""
            takes = " -r -F" if word.kind else values or (" -x" if word.takes else "")
            about = f" -d {_fish_quoted(word.help)}"
            if not word.spellings:
                lines += [f"complete -c bce-emulator -n {condition}{values}{about}"] if values else []
                continue
            spelled = "".join(
                f" -l {each[2:]}" if each.startswith("--") else f" -s {each[1:]}" for each in word.spellings
            )
            lines.append(f"complete -c bce-emulator -n {condition}{spelled}{takes}{about}")
    return "\n".join(lines)


def _fish_quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


SCRIPTS: dict[str, Callable[[dict[str, list[Word]]], str]] = {"bash": bash, "zsh": zsh, "fish": fish}
