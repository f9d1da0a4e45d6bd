"""The settings, as one table: name, default, help. The command line and the environment come from it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType
from typing import Any

PREFIX = "BCE_EMULATOR_"
FILE = "_FILE"
"""The end of a variable that names a file with a secret, instead of the secret."""
OTHERS = {
    "BCE_EMULATOR_ENDPOINT": "where the emulator is, for its clients",
    "BCE_EMULATOR_CA_CERT": "whom the commands that are clients trust besides the system's authorities",
    "BCE_EMULATOR_IMAGE": "the image that the examples of docker/ run",
    "BCE_EMULATOR_PUBLISHED_PORT": "the port on which compose publishes the emulator",
    "BCE_EMULATOR_CONTAINER": "set in the image, whose address is the container's own",
    "BCE_EMULATOR_RECORD_AK": "the real access key of record",
    "BCE_EMULATOR_RECORD_SK": "the real secret key of record",
    "BCE_EMULATOR_RECORD_SK_FILE": "a file with it",
    "BCE_EMULATOR_RECORD_TOKEN": "the session token of record, if its keys are temporary",
    "BCE_EMULATOR_RECORD_TOKEN_FILE": "a file with it",
}
"""Variables that are no settings of ``serve``, and what for; others with the prefix are refused."""
PACES = {"instant": 0.0, "realistic": 1.0}
DEFAULT_ACCESS_KEY = "test"
DEFAULT_SECRET_KEY = "bce-emulator-secret-key"
OPEN_PREFIX = "test-"
NEVER = "never"
DAY = 86_400
HOST_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
ADVERTISED = re.compile(
    r"https?://(?P<host>[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(?P<port>:[0-9]{1,5})?/?",
    re.IGNORECASE | re.ASCII,
)
ACCESS_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
READ = "read"
LIMITED_TOKEN = re.compile(r"[!-+\--9;-~]+")
ACCESS_KEY_FORM = "1 to 128 letters, digits, hyphens, dots and underscores, and does not begin with a hyphen or a dot"
"""What keys can be that are given or made; they need no escapes in any URL."""


DATABASES = ("postgresql://", "postgres://")
"""How the address of a database begins."""


class SettingError(ValueError):
    """A setting that cannot be used; the message says what would be right."""


def setting(default: Any, help_: str, choices: tuple[Any, ...] = (), metavar: str = "", *, secret: bool = False) -> Any:
    """One row of the table; the choices of a number are the least and the greatest."""
    about = {"help": help_, "choices": choices, "metavar": metavar, "secret": secret}
    return field(default=default, metadata=about, repr=not secret)


@dataclass(frozen=True)
class Settings:
    """How one emulator runs. Each field is an option of ``serve`` and a variable of the environment."""

    _sources = MappingProxyType[str, str]({})

    host: str = setting("127.0.0.1", "address to listen on")
    port: int = setting(8080, "port to listen on; 0 takes a free one and prints it", (0, 65_535), "PORT")
    pace: str = setting("quick", "how long transitions last", metavar="instant|quick|realistic|FACTOR")
    auth: str = setting("verify", "whether signatures are checked", ("verify", "off"))
    credentials: str = setting(
        "", "keys that replace the default ones", metavar="AK:SK[:SESSION_TOKEN][,...]", secret=True
    )
    seed: str = setting("", "resources to start with: a YAML or JSON file, or 'example'", metavar="FILE")
    state: str = setting(
        "",
        "what keeps the accounts through restarts: a directory, or a PostgreSQL database that replicas may share",
        metavar="DIR|postgresql://...",
        secret=True,
    )
    advertise: str = setting(
        "",
        "where clients reach this replica, as others name it that share its database; host and port are by default "
        "those where it listens",
        metavar="HOST[:PORT]|URL",
    )
    accounts: str = setting(
        "open", "closed takes only keys that were given or made, and none that are just used", ("open", "closed")
    )
    max_accounts: int = setting(10_000, "how many accounts there may be", (1, 10_000_000), "COUNT")
    forget_idle: str = setting(
        "",
        "seconds after which an unused account is forgotten; by default a day, and never with --state",
        metavar="SECONDS|never",
    )
    region: str = setting("bj", "the region of requests whose Host names none")
    product: str = setting(
        "",
        "the product of requests whose Host names none, where several have the path; none answers 501",
        metavar="NAME",
    )
    log_format: str = setting("text", "how log lines are written", ("text", "json"))
    log_level: str = setting("info", "the lowest level that is logged", ("debug", "info", "warning", "error"))
    log_requests: str = setting("on", "a line for each request, at the level info", ("on", "off"))
    metrics: str = setting("off", "whether requests are counted, for GET /_emulator/metrics", ("on", "off"))
    max_connections: int = setting(
        10_000, "how many connections there may be, if as many files can be open", (1, 1_000_000), "COUNT"
    )
    max_body_bytes: int = setting(1024 * 1024, "the longest request body", (1, 2**30), "BYTES")
    max_state_bytes: int = setting(
        16 * 1024 * 1024, "the longest document of an account that is put back or compared", (1, 2**30), "BYTES"
    )
    tls_cert: str = setting("", "serve HTTPS with this certificate chain in PEM; wants --tls-key", metavar="FILE")
    tls_key: str = setting("", "the private key of --tls-cert, in PEM", metavar="FILE")
    signature_errors: str = setting("documented", "error codes of bad signatures", ("documented", "observed"))
    signature_time: str = setting("verify", "whether expiry and clock difference are checked", ("verify", "ignore"))
    allowed_hosts: str = setting(
        "", "further names of this machine, for Host headers of control calls on loopback", metavar="NAME[,...]"
    )
    control: str = setting("on", "the control API; off leaves only live and ready", ("on", "off"))
    admin_token: str = setting(
        "", "bearer token that every control call but live and ready then needs", metavar="TOKEN", secret=True
    )
    limited_tokens: str = setting(
        "",
        "further bearer tokens, for reading only or for the accounts that begin with a prefix",
        metavar="TOKEN:read|TOKEN:PREFIX*[,...]",
        secret=True,
    )

    @property
    def scheme(self) -> str:
        """How clients reach the emulator."""
        return "https" if self.tls_cert else "http"

    def changed(self, **values: Any) -> Settings:
        """The same settings, from the same sources, with other values for some."""
        settings: Settings = replace(self, **values)
        object.__setattr__(settings, "_sources", self._sources)
        return settings

    def source(self, name: str) -> str:
        """What gave a setting its value, as a message names it: an option, or a variable of the environment."""
        return self._sources.get(name, option(name))


def option(name: str) -> str:
    """The command line's spelling of a setting."""
    return "--" + name.replace("_", "-")


def variable(name: str) -> str:
    """The environment's spelling of a setting."""
    return PREFIX + name.upper()


def collect(arguments: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from what the command line gave (None for what it did not), then the environment, then defaults."""
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for row in fields(Settings):
        text, source = _value_of(row, arguments.get(row.name), environment)
        if text is not None:
            values[row.name] = _read(row.type == "int", text, source, row.metadata["choices"])
            sources[row.name] = source
    settings = Settings(**values)
    if not settings.host:
        raise SettingError(f"{sources['host']} is an address to listen on; all of this machine are 0.0.0.0 or ::")
    object.__setattr__(settings, "_sources", sources)
    pace_factor(settings.pace, 1, settings.source("pace"))
    parse_credentials(settings.credentials, settings.source("credentials"))
    check_variables(environment)
    idle_seconds(settings)
    host_names(settings)
    check_tls(settings)
    check_advertise(settings)
    parse_limited_tokens(settings)
    if settings.accounts == "closed" and settings.auth == "off":
        raise SettingError(
            f"{settings.source('accounts')} closed needs signatures, so not {settings.source('auth')} off"
        )
    return settings


def _value_of(row: Field[Any], argument: Any, environment: Mapping[str, str]) -> tuple[str | None, str]:
    if argument is not None:
        return str(argument), option(row.name)
    return from_environment(variables_of(row), environment)


def from_environment(names: list[str], environment: Mapping[str, str]) -> tuple[str | None, str]:
    """What a variable says, or else the file that the one behind it names; and which of them said it."""
    itself, *files = names
    in_file = next((name for name in files if name in environment), "")
    if not in_file:
        return environment.get(itself), itself
    if environment.get(itself):
        raise SettingError(f"{itself} and {in_file} exclude each other")
    try:
        text = Path(environment[in_file]).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise SettingError(f"{in_file} {environment[in_file]}: {getattr(error, 'strerror', None) or error}") from None
    if not text.strip() or "\n" in text:
        raise SettingError(f"{in_file} {environment[in_file]}: the file has one line, which is the secret")
    return text, in_file


def variables_of(row: Field[Any]) -> list[str]:
    """The variables of the environment that give a setting its value: for a secret also one that names a file."""
    name = variable(row.name)
    return [name, name + FILE] if row.metadata["secret"] else [name]


def check_variables(environment: Mapping[str, str] = os.environ) -> None:
    """Refuse a variable that looks like one of the emulator's and is none, with the nearest that is one."""
    known = [*(name for row in fields(Settings) for name in variables_of(row)), *OTHERS]
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in known:
            near = get_close_matches(name.removeprefix(PREFIX), [each.removeprefix(PREFIX) for each in known], n=1)
            meant = f"; did you mean {PREFIX}{near[0]}?" if near else ""
            raise SettingError(f"there is no variable {name}{meant}")


def chosen(values: Mapping[str, Any], environment: Mapping[str, str]) -> Settings:
    """The settings that a program gives by their names; a name that is none is refused."""
    names = [row.name for row in fields(Settings)]
    for name in values:
        if name not in names:
            raise SettingError(f"there is no setting {name}{hint(name, names)}")
    return collect(values, environment)


def hint(wrong: str, right: Iterable[str]) -> str:
    """Which of the right ones was probably meant, as the end of a message; empty if none is near."""
    near = get_close_matches(wrong, list(right), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def names_in(text: str, source: str) -> list[str]:
    """The names in a text with commas between them; where there is none, nobody can have meant that."""
    names = [name.strip() for name in text.split(",")]
    if not all(names):
        raise SettingError(f"{source} is names with commas between them, and one of {text!r} is empty")
    return names


def _read(is_number: bool, text: str, where: str, choices: tuple[Any, ...]) -> Any:
    if is_number:
        least, most = choices
        if not re.fullmatch(r"[0-9]{1,12}", text) or not least <= int(text) <= most:
            raise SettingError(f"{where} is a whole number from {least} to {most}, not {text!r}")
        return int(text)
    if re.search(r"[\x00-\x1f\x7f\ud800-\udfff]", text):
        raise SettingError(f"{where} is text in one line")
    if choices and text not in choices:
        raise SettingError(f"{where} is one of {', '.join(choices)}, not {text!r}{hint(text, choices)}")
    return text


def pace_factor(pace: str, quick: float, source: str = "--pace") -> float:
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
        raise SettingError(f"{source} is instant, quick, realistic or a factor from 0 on, not {pace!r}")
    return factor


def idle_seconds(settings: Settings) -> float | None:
    """After how many seconds an account is forgotten that nobody used, or None if it never is."""
    text = settings.forget_idle or (NEVER if settings.state else str(DAY))
    if text == NEVER:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", text) or not int(text):
        raise SettingError(
            f"{settings.source('forget_idle')} is a whole number of seconds from 1 on or {NEVER}, not {text!r}"
        )
    return float(text)


def check_tls(settings: Settings) -> None:
    """Refuse a certificate without its key, and a key without its certificate."""
    for given, other in (("tls_cert", "tls_key"), ("tls_key", "tls_cert")):
        if getattr(settings, given) and not getattr(settings, other):
            raise SettingError(f"{settings.source(given)} wants {settings.source(other)} too")


def check_advertise(settings: Settings) -> None:
    """Refuse what is no address that a client could be pointed to."""
    text = settings.advertise
    if not text or _is_ip(text):
        return
    address = ADVERTISED.fullmatch(text if "://" in text else f"http://{text}")
    if address is None or not _is_host_and_port(address["host"], address["port"]):
        raise SettingError(
            f"{settings.source('advertise')} is HOST[:PORT], or a URL with http or https and no path, not {text!r}"
        )


def advertised(text: str, host: str, port: int) -> str:
    """Where clients reach who listens on this host and port, by ``--advertise``; an IPv6 address gets its brackets."""
    where = text or host
    if ":" in where and _is_ip(where):
        where = f"[{where}]"
    is_whole = "://" in where or ":" in where.rpartition("]")[2]
    return where if is_whole else f"{where}:{port}"


def host_names(settings: Settings) -> tuple[str, ...]:
    """The further names of this machine, in lower case."""
    names = tuple(settings.allowed_hosts.lower().split(",")) if settings.allowed_hosts else ()
    if not all(map(HOST_NAME.fullmatch, names)):
        raise SettingError(f"{settings.source('allowed_hosts')} is names of hosts without ports, joined by commas")
    return names


def shown(state: str) -> str:
    """Where accounts are kept, as a message names it: the address of a database may hold a password."""
    return "postgresql://..." if state.startswith(DATABASES) else state


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_host_and_port(host: str, port: str | None) -> bool:
    if host.startswith("[") and not _is_ip(host[1:-1]):
        return False
    return port is None or 0 < int(port[1:]) <= 65_535


def _is_ip(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return "%" not in text


def parse_limited_tokens(settings: Settings) -> dict[str, str]:
    """The prefix of the accounts that each limited token is for; it is empty for one that may only read."""
    rights: dict[str, str] = {}
    source = settings.source("limited_tokens")
    for part in settings.limited_tokens.split(",") if settings.limited_tokens else ():
        token, _, limit = part.partition(":")
        prefix = limit.removesuffix("*")
        if not LIMITED_TOKEN.fullmatch(token) or not (
            limit == READ or (prefix != limit and ACCESS_KEY.fullmatch(prefix))
        ):
            raise SettingError(f"{source} is TOKEN:read or TOKEN:PREFIX*, several joined by commas")
        if token in rights or token == settings.admin_token:
            raise SettingError(f"{source} has a token twice, or the admin token")
        rights[token] = "" if limit == READ else prefix
    if rights and not settings.admin_token:
        raise SettingError(
            f"{source} wants {settings.source('admin_token')} too: without it everybody may do everything"
        )
    return rights


def parse_credentials(text: str, source: str = "--credentials") -> list[tuple[str, str, str]]:
    """Access key, secret key and session token (or an empty string) of each pair in ``AK:SK[:TOKEN],…``."""
    pairs: list[tuple[str, str, str]] = []
    for part in text.split(",") if text else ():
        access_key, _, rest = part.partition(":")
        secret_key, _, token = rest.partition(":")
        if not secret_key:
            raise SettingError(f"{source} is AK:SK[:SESSION_TOKEN], several joined by commas")
        if not ACCESS_KEY.fullmatch(access_key):
            raise SettingError(f"{source}: an access key is {ACCESS_KEY_FORM}")
        if any(access_key == other for other, _, _ in pairs):
            raise SettingError(f"{source} names the access key {access_key} twice")
        pairs.append((access_key, secret_key, token))
    return pairs
