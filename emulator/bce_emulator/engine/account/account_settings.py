"""Facts of an account that no request can change: quotas, stock, balance. One table, filled by the services."""

from __future__ import annotations

from typing import Any, NamedTuple


class AccountSetting(NamedTuple):
    """One fact: its name in seed files and in the control API, its default, and what it decides."""

    name: str
    default: Any
    help: str


ACCOUNT_SETTINGS: dict[str, AccountSetting] = {}
"""Every fact, by name."""


def account_setting(name: str, default: Any, help_: str) -> AccountSetting:
    """Declare a fact."""
    ACCOUNT_SETTINGS[name] = AccountSetting(name, default, help_)
    return ACCOUNT_SETTINGS[name]


def read_account_settings(values: dict[str, Any]) -> dict[str, Any]:
    """Facts from outside, checked; ValueError says what is wrong."""
    for name, value in values.items():
        known = ACCOUNT_SETTINGS.get(name)
        if known is None:
            raise ValueError(f"no fact is called {name!r}; there are {', '.join(sorted(ACCOUNT_SETTINGS))}")
        if type(value) is not type(known.default):
            raise ValueError(f"{name} is of type {type(known.default).__name__}, not {type(value).__name__}")
        _check_inside(name, value)
    return dict(values)


def _check_inside(name: str, value: Any) -> None:
    if type(value) is int and value < 0:
        raise ValueError(f"{name} is not negative")
    if isinstance(value, list) and not all(isinstance(each, str) for each in value):
        raise ValueError(f"{name} is a list of texts")
    if isinstance(value, dict) and not all(type(each) is int and each >= 0 for each in value.values()):
        raise ValueError(f"{name} maps names to whole numbers that are not negative")
