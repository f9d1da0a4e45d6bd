"""The settings, as one table: name, default, help. The command line and the environment come from it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from typing import Any

PREFIX = "BCE_EMULATOR_"
PACES = {"instant": 0.0, "realistic": 1.0}
DEFAULT_ACCESS_KEY = "test"
DEFAULT_SECRET_KEY = "bce-emulator-secret-key"
OPEN_PREFIX = "test-"
ACCESS_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
ACCESS_KEY_FORM = "1 to 128 letters, digits, hyphens, dots and underscores, and does not begin with a hyphen or a dot"
"""What keys can be that are given or made; they need no escapes in any URL."""


class SettingError(ValueError):
    """A setting that cannot be used; the message says what would be right."""


def setting(default: Any, help_: str, choices: tuple[Any, ...] = (), metavar: str = "") -> Any:
    """One row of the table; the choices of a number are the least and the greatest."""
    return field(default=default, metadata={"help": help_, "choices": choices, "metavar": metavar})


@dataclass(frozen=True, slots=True)
class Settings:
    """How one emulator runs. Each field is an option of ``serve`` and a variable of the environment."""

    host: str = setting("127.0.0.1", "address to listen on")
    port: int = setting(8080, "port to listen on; 0 takes a free one and prints it", (0, 65_535), "PORT")
    pace: str = setting("quick", "how long transitions last", metavar="instant|quick|realistic|FACTOR")
    auth: str = setting("verify", "whether signatures are checked", ("verify", "off"))
    credentials: str = setting("", "keys that replace the default ones", metavar="AK:SK[:SESSION_TOKEN][,...]")
    seed: str = setting("", "a world to start with: a YAML or JSON file, or 'example'", metavar="FILE")
    state: str = setting("", "a directory that keeps the accounts through restarts", metavar="DIR")
    region: str = setting("bj", "the region of requests whose Host names none")
    log_format: str = setting("text", "how log lines are written", ("text", "json"))
    log_level: str = setting(
        "info", "the least that is logged; debug logs every request", ("debug", "info", "warning", "error")
    )
    max_body_bytes: int = setting(1024 * 1024, "the longest request body", (1, 2**30), "BYTES")
    signature_errors: str = setting("documented", "error codes of bad signatures", ("documented", "observed"))
    signature_time: str = setting("verify", "whether expiry and clock difference are judged", ("verify", "ignore"))
    control: str = setting("on", "the control API; off leaves only live and ready", ("on", "off"))
    admin_token: str = setting("", "bearer token that every control call then needs", metavar="TOKEN")


def option(name: str) -> str:
    """The command line's spelling of a setting."""
    return "--" + name.replace("_", "-")


def variable(name: str) -> str:
    """The environment's spelling of a setting."""
    return PREFIX + name.upper()


def collect(given: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from what the command line gave (None for what it did not), then the environment, then defaults."""
    values: dict[str, Any] = {}
    for row in fields(Settings):
        text = given.get(row.name)
        where = option(row.name)
        if text is None and variable(row.name) in environment:
            text, where = environment[variable(row.name)], variable(row.name)
        if text is not None:
            values[row.name] = _read(row.type == "int", str(text), where, row.metadata["choices"])
    settings = Settings(**values)
    pace_factor(settings.pace, 1)
    parse_credentials(settings.credentials)
    return settings


def chosen(given: Mapping[str, Any], environment: Mapping[str, str]) -> Settings:
    """The settings that a program gives by their names; a name that is none is refused."""
    names = [row.name for row in fields(Settings)]
    for name in given:
        if name not in names:
            raise SettingError(f"there is no setting {name}{hint(name, names)}")
    return collect(given, environment)


def hint(wrong: str, right: Iterable[str]) -> str:
    """Which of the right ones was probably meant, as the end of a message; empty if none is near."""
    near = get_close_matches(wrong, list(right), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _read(is_number: bool, text: str, where: str, choices: tuple[Any, ...]) -> Any:
    if is_number:
        least, most = choices
        if not re.fullmatch(r"[0-9]{1,12}", text) or not least <= int(text) <= most:
            raise SettingError(f"{where} is a whole number from {least} to {most}, not {text!r}")
        return int(text)
    if choices and text not in choices:
        raise SettingError(f"{where} is one of {', '.join(choices)}, not {text!r}{hint(text, choices)}")
    return text


def pace_factor(pace: str, quick: float) -> float:
    """What a pace multiplies virtual seconds by; ``quick`` is the factor of the pace of that name."""
    if pace == "quick":
        return quick
    if pace in PACES:
        return PACES[pace]
    try:
        factor = float(pace)
    except ValueError:
        factor = -1.0
    if not 0 <= factor <= 1_000_000:
        raise SettingError(f"{option('pace')} is instant, quick, realistic or a factor from 0 on, not {pace!r}")
    return factor


def parse_credentials(text: str) -> list[tuple[str, str, str]]:
    """Access key, secret key and session token (or an empty string) of each pair in ``AK:SK[:TOKEN],…``."""
    pairs: list[tuple[str, str, str]] = []
    for part in text.split(",") if text else ():
        access_key, _, rest = part.partition(":")
        secret_key, _, token = rest.partition(":")
        if not secret_key:
            raise SettingError(f"{option('credentials')} is AK:SK[:SESSION_TOKEN], several joined by commas")
        if not ACCESS_KEY.fullmatch(access_key):
            raise SettingError(f"{option('credentials')}: an access key is {ACCESS_KEY_FORM}")
        if any(access_key == other for other, _, _ in pairs):
            raise SettingError(f"{option('credentials')} names the access key {access_key} twice")
        pairs.append((access_key, secret_key, token))
    return pairs
