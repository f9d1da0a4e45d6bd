"""Settings of an account that no request can change: quotas, stock, balance. One table, filled by the services."""

from __future__ import annotations

from typing import Any, NamedTuple

from bce_emulator.engine.declare.product import find_key


class AccountSetting(NamedTuple):
    """One setting: its name (``product.name``, or bare if it belongs to none), its default, and what it decides."""

    name: str
    default: Any
    help: str


MAX_COUNT = 2**53 - 1
"""The greatest whole number that every reader of JSON takes."""

ACCOUNT_SETTINGS: dict[str, AccountSetting] = {}
"""Every setting, by name."""


def account_setting(name: str, default: Any, help_: str) -> AccountSetting:
    """Declare a setting."""
    if name in ACCOUNT_SETTINGS:
        raise ValueError(f"the account setting {name} is declared twice")
    ACCOUNT_SETTINGS[name] = AccountSetting(name, default, help_)
    return ACCOUNT_SETTINGS[name]


def find_account_setting(name: str) -> AccountSetting:
    """The setting that a user names, with its product or without where that is clear; ValueError says what is not."""
    return ACCOUNT_SETTINGS[find_key(name, ACCOUNT_SETTINGS, "setting")]


def read_account_settings(values: dict[str, Any]) -> dict[str, Any]:
    """Settings from outside, checked and by their full names; ValueError says what is wrong."""
    settings: dict[str, Any] = {}
    for name, value in values.items():
        known = find_account_setting(name)
        if type(value) is not type(known.default):
            raise ValueError(f"{name} is of type {type(known.default).__name__}, not {type(value).__name__}")
        _check_inside(name, value)
        if known.name in settings:
            raise ValueError(f"{known.name} is there twice")
        settings[known.name] = value
    return settings


def _check_inside(name: str, value: Any) -> None:
    if type(value) is int and not _is_count(value):
        raise ValueError(f"{name} is not negative, and at most {MAX_COUNT}")
    if isinstance(value, list) and not all(isinstance(each, str) for each in value):
        raise ValueError(f"{name} is a list of texts")
    if isinstance(value, dict) and not all(isinstance(key, str) and _is_count(each) for key, each in value.items()):
        raise ValueError(f"{name} maps names to whole numbers that are not negative, and at most {MAX_COUNT}")


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= MAX_COUNT
