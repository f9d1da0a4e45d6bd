"""The help of the command line in Chinese: whole, and only where it is asked for."""

from __future__ import annotations

import argparse
import re
from dataclasses import fields

import pytest

from bce_emulator.cli import texts_zh
from bce_emulator.cli.main import main, make_parser
from bce_emulator.settings import Settings, variable

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def texts(parser: argparse.ArgumentParser) -> list[str]:
    """Every text of a help, and of the help of each command."""
    found = [parser.description, parser.epilog, *(group.title for group in parser._action_groups if group._actions)]
    for action in parser._actions:
        found.append(action.help)
        if isinstance(action, argparse._SubParsersAction):
            found += [row.help for row in action._choices_actions]
            for command in action.choices.values():
                found += texts(command)
    return [text for text in found if text]


def test_no_text_of_the_help_is_left_in_english():
    parser = make_parser()

    texts_zh.translate(parser)

    found = texts(parser)
    assert len(found) > 30
    assert [text for text in found if not CHINESE.search(text)] == []


def test_the_table_has_each_setting_and_no_text_that_is_not_used():
    used = {text for text in texts(make_parser()) if variable("") not in text or text in texts_zh.TEXTS}

    assert texts_zh.SETTINGS.keys() == {row.name for row in fields(Settings)}
    assert texts_zh.TEXTS.keys() - used == {"usage: ", "default"}


@pytest.mark.parametrize(
    ("environment", "encoding", "wanted"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "utf-8", True),
        ({"LC_ALL": "zh_CN", "LANG": "en_US.UTF-8"}, "utf-8", True),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "utf-8", False),
        ({"LANG": "zh_CN.UTF-8"}, "ascii", False),
        ({}, "utf-8", False),
    ],
)
def test_the_locale_chooses_the_language_where_the_output_can_show_it(environment, encoding, wanted):
    assert texts_zh.is_wanted(environment, encoding) is wanted


def test_serve_tells_a_default_and_a_variable_in_chinese_too(monkeypatch, capsys):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    with pytest.raises(SystemExit):
        main(["serve", "--help"])

    help_text = " ".join(capsys.readouterr().out.split())
    assert help_text.startswith("用法：bce-emulator serve")
    assert "状态变化的快慢（默认 quick）；BCE_EMULATOR_PACE" in help_text
