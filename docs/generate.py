"""Makes the generated documents: ``python docs/generate.py``; with ``--check`` it only says which are stale."""

from __future__ import annotations

import re
import sys
from dataclasses import fields
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bce_emulator.cli.texts_zh import SETTINGS as SETTINGS_ZH
from bce_emulator.cloud import CATALOGUE, driven_counts
from bce_emulator.dashboard.pages import STATIC
from bce_emulator.engine.account.account_settings import ACCOUNT_SETTINGS
from bce_emulator.engine.declare.catalogue import Published
from bce_emulator.engine.declare.operations import Operation
from bce_emulator.engine.errors import COMMON
from bce_emulator.reachability.rules import RULES
from bce_emulator.settings import Settings, option, variables_of

DOCS = Path(__file__).parent
ROOT = DOCS.parent
COVERAGE, END = "<!-- coverage -->", "<!-- /coverage -->"
RULES_MARK, RULES_END = "<!-- rules -->", "<!-- /rules -->"
RULES_IN_CHINESE = ("reachability.zh-CN.md",)
QUOTED = re.compile(r"(?P<head><!-- (?P<name>examples/\S+) -->\n```\w+\n).*?```\n", re.DOTALL)
ENGLISH = ("product", "emulated", "published", "driven by an official SDK", "by two", "by three", "all")
READMES: dict[str, tuple[str, ...]] = {
    "README.md": ENGLISH,
    "README.zh-CN.md": ("产品", "已模拟", "已发布", "由官方 SDK 验证", "由两种", "由三种", "合计"),
}
NOTE = "<!-- Made by docs/generate.py: `make docs`. Do not edit. -->\n"


def operations() -> str:
    """Every published operation, with its errors, its basis and its documentation page."""
    lines = [
        NOTE,
        "# Operations\n",
        "Every published operation of the compute and network API. What is not emulated answers 501 with its name.",
        "*Basis* is where the behaviour is known from: the documentation, an official client, or a proposal of this",
        "project. Every operation can also end in one of the common errors at the end.\n",
        coverage(),
        "The same by kind of resource:\n",
        kinds(),
    ]
    for product in CATALOGUE.products:
        entries = [entry for entry in CATALOGUE.published if entry.product == product]
        for resource in dict.fromkeys(entry.resource for entry in entries):
            lines += [
                f"## {product}: {resource.replace('_', ' ')}\n",
                "| operation | call | emulated | errors |",
                "| --- | --- | --- | --- |",
            ]
            lines += [_row(entry) for entry in entries if entry.resource == resource]
            lines.append("")
    lines += ["## Common errors\n", "| code | status | basis | when |", "| --- | --- | --- | --- |"]
    for error in COMMON:
        when = " ".join((error.__doc__ or "").split())
        lines.append(f"| {error.code} | {error.status} | {error.basis} | {when} |")
    return "\n".join(lines) + "\n"


def _row(entry: Published) -> str:
    operation = CATALOGUE.emulated(entry)
    call = "<br>".join(f"`{route}`" for route in entry.routes)
    if operation is None:
        return f"| {entry.name} | {call} | no | |"
    name = f"[{entry.name}]({operation.doc})" if operation.doc else entry.name
    return f"| {name} | {call} | {operation.basis} | {_errors(operation)} |"


def _errors(operation: Operation) -> str:
    return "<br>".join(f"{error.code} {error.status}" for error in operation.errors)


def facts() -> str:
    """The account settings, which the control API and seed files can change."""
    lines = [
        NOTE,
        "# Account settings\n",
        "What no request can change, but a seed file (`facts`), the control API (`PUT /_emulator/facts`) or `bce` can.",
        "A name may be given without its product where only one product has it: `stock` is `bcc.stock`.\n",
    ]
    lines += ["| setting | default | what it decides |", "| --- | --- | --- |"]
    lines += [f"| `{each.name}` | `{each.default!r}` | {each.help} |" for _, each in sorted(ACCOUNT_SETTINGS.items())]
    return "\n".join(lines) + "\n"


SETTING_PAGES = {
    "settings.md": (
        "# Settings\n\n[中文](settings.zh-CN.md)\n",
        (
            "Each is an option of `serve`, a variable of the environment, and in Python an argument of `Emulator`.\n\n"
            "A variable that ends in `_FILE` names a file whose one line is the value.\n"
        ),
        "| option | variable | default | values | |",
        "The help of the command line is Chinese where `LC_ALL`, `LC_MESSAGES` or `LANG` says so.\n",
    ),
    "settings.zh-CN.md": (
        "# 设置\n\n[English](settings.md)\n",
        (
            "每一项既是 `serve` 的选项，也是环境变量；在 Python 中是 `Emulator` 的参数。\n\n"
            "以 `_FILE` 结尾的变量给出一个文件，值是其中唯一的一行。\n"
        ),
        "| 选项 | 环境变量 | 默认值 | 取值 | |",
        "`LC_ALL`、`LC_MESSAGES` 或 `LANG` 为中文时，命令行帮助显示中文。\n",
    ),
}


def settings(name: str) -> str:
    """Every setting, from the table that the command line comes from."""
    title, about, head, end = SETTING_PAGES[name]
    rows = []
    for row in fields(Settings):
        help_ = SETTINGS_ZH[row.name] if "zh" in name else row.metadata["help"]
        choices = (" 至 " if "zh" in name else " to ") if row.type == "int" else "\\|"
        values = row.metadata["metavar"].replace("|", "\\|") if row.type != "int" else ""
        values = values or choices.join(str(choice) for choice in row.metadata["choices"])
        default = f"`{row.default}`" if row.default != "" else ""
        variables = ", ".join(f"`{each}`" for each in variables_of(row))
        rows.append(f"| `{option(row.name)}` | {variables} | {default} | {values} | {help_} |")
    return "\n".join([NOTE, title, about, head, "| --- | --- | --- | --- | --- |", *rows, "", end])


def readme(name: str, words: tuple[str, ...]) -> str:
    """A README with today's coverage and the examples as they are."""
    text = QUOTED.sub(_quoted, (ROOT / name).read_text())
    head, _, rest = text.partition(COVERAGE)
    return f"{head}{COVERAGE}\n{coverage(words)}{rest[rest.index(END) :]}"


def _quoted(block: re.Match[str]) -> str:
    return f"{block['head']}{(ROOT / block['name']).read_text()}```\n"


def coverage(words: tuple[str, ...] = ENGLISH) -> str:
    """How many of the published operations are emulated and driven by SDKs: all together, then of each product."""
    *head, every = words
    driven = driven_counts()
    counts = {name: [*counted, *driven.get(name, [0, 0, 0])] for name, counted in sorted(CATALOGUE.coverage().items())}
    total = [sum(column) for column in zip(*counts.values(), strict=True)]
    rows = [[name, *map(str, counted)] for name, counted in {f"**{every}**": total, **counts}.items()]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows]) + "\n"


def kinds() -> str:
    """How many operations of each kind of resource are emulated, none left out."""
    counts: dict[tuple[str, str], list[int]] = {}
    for entry in CATALOGUE.published:
        done = counts.setdefault((entry.product, entry.resource), [0, 0])
        done[0] += CATALOGUE.emulated(entry) is not None
        done[1] += 1
    rows = [
        f"| {product} | {resource.replace('_', ' ')} | {done} | {total} |"
        for (product, resource), (done, total) in sorted(counts.items())
    ]
    return "\n".join(["| product | resource | emulated | published |", "| --- | --- | --- | --- |", *rows, ""])


BASIS, BASIS_END = "<!-- basis -->", "<!-- /basis -->"
BASIS_NAMES = ("documented", "client", "observed", "proposed")
FIDELITY = {
    "fidelity.md": ("product", "all", "documented", "client source", "reported", "proposed"),
    "fidelity.zh-CN.md": ("产品", "合计", "文档", "客户端源码", "线上报告", "本项目的决定"),
}


def fidelity(name: str, words: tuple[str, ...]) -> str:
    """The page about what is known from where, with today's counts of operations and of their errors."""
    head, _, rest = (DOCS / name).read_text().partition(BASIS)
    return f"{head}{BASIS}\n{bases(words)}{rest[rest.index(BASIS_END) :]}"


def bases(words: tuple[str, ...]) -> str:
    """How many operations of each product are known from where, and behind the stroke how many errors of theirs."""
    product, every, *names = words
    counts: dict[str, dict[str, list[int]]] = {}
    for operation in CATALOGUE.operations.values():
        for row in (every, operation.product):
            kept = counts.setdefault(row, {basis: [0, 0] for basis in BASIS_NAMES})
            kept[operation.basis][0] += 1
            for error in operation.errors:
                kept[error.basis][1] += 1
    rows = [
        f"| {f'**{name}**' if name == every else name} | "
        + " | ".join(f"{operations} / {errors}" for operations, errors in kept.values())
        + " |"
        for name, kept in sorted(counts.items(), key=lambda item: (item[0] != every, item[0]))
    ]
    return "\n".join([f"| {product} | {' | '.join(names)} |", "| --- " * (len(names) + 1) + "|", *rows, ""])


def evaluation(name: str) -> str:
    """A page about reachability with the rules of evaluation between its marks."""
    is_chinese = name in RULES_IN_CHINESE
    page, basis = ("文档", {"documented": "有文档", "proposed": "推定"}) if is_chinese else ("page", {})
    said = dict(re.findall(r"'([a-z0-9_.]+)': '(.*)',", (STATIC / "reach_zh.js").read_text())) if is_chinese else {}
    lines = ["| 规则 | 依据 |" if is_chinese else "| rule | basis |", "| --- | --- |"]
    for key, rule in RULES.items():
        link = f" ([{page}]({rule.page}))" if rule.page else ""
        lines.append(f"| `{key}`: {said.get(key, rule.says)} | {basis.get(rule.basis, rule.basis)}{link} |")
    before, _, rest = _text(name).partition(RULES_MARK + "\n")
    _, _, after = rest.partition(RULES_END)
    return before + RULES_MARK + "\n" + "\n".join(lines) + "\n" + RULES_END + after


MADE = {"operations.md": operations, "facts.md": facts}
MADE |= {name: partial(settings, name) for name in SETTING_PAGES}
MADE |= {name: partial(evaluation, name) for name in ("reachability.md", *RULES_IN_CHINESE)}
MADE |= {f"../{name}": partial(readme, name, words) for name, words in READMES.items()}

MADE |= {name: partial(fidelity, name, words) for name, words in FIDELITY.items()}


def main() -> int:
    """Write what is stale, or with ``--check`` name it and fail."""
    stale = [name for name, make in MADE.items() if _text(name) != make()]
    if "--check" in sys.argv:
        for name in stale:
            print(f"docs/{name} is stale: run make docs")
        return 1 if stale else 0
    for name in stale:
        (DOCS / name).write_text(MADE[name]())
        print(f"docs/{name}")
    return 0


def _text(name: str) -> str:
    path = DOCS / name
    return path.read_text() if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
