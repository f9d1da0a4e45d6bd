"""Seed files: the resources to start with, written with the API's own member names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bce_emulator.engine.account.account_settings import read_account_settings
from bce_emulator.engine.account.accounts import Account, Credentials
from bce_emulator.engine.errors import ApiError
from bce_emulator.engine.steps import Steps, StepsAside
from bce_emulator.seeds.calls import CALLS, make_call
from bce_emulator.seeds.sections import SECTIONS, apply_seed
from bce_emulator.seeds.yaml_file import read_yaml
from bce_emulator.services.shared.regions import regions
from bce_emulator.settings import ACCESS_KEY, ACCESS_KEY_FORM, DEFAULT_SECRET_KEY, SettingError

EXAMPLE = "example"
EXAMPLE_FILE = Path(__file__).with_name("example.yaml")

Path_ = tuple[str | int, ...]


class SeedError(ValueError):
    """Something in a seed that does not fit: where, and why."""

    def __init__(self, where: Path_, reason: str) -> None:
        super().__init__(reason)
        self.where = where


SERVER_ERRORS = 500
LISTS = (*SECTIONS, CALLS)
KEYS = ("secretAccessKey", "facts", "region", *LISTS)


class Seed:
    """A seed file that was read; ``apply_seed`` creates its resources."""

    def __init__(self, name: str, text: str, source: str) -> None:
        self.name = f"{source} {name}"
        try:
            self._node, tree = read_yaml(text)
        except ValueError as error:
            raise SettingError(f"{self.name}: {error}") from None
        with self._with_line():
            self.accounts: dict[str, dict[str, Any]] = _accounts(tree)

    def credentials(self) -> Iterator[Credentials]:
        """The keys of the accounts that the file names."""
        for name, content in self.accounts.items():
            yield Credentials(name, content.get("secretAccessKey", DEFAULT_SECRET_KEY), name)

    def apply_seed(self, account: Account, region: str, credentials: Credentials) -> Steps[None]:
        """Give an account, which may be in no list yet, what the file says it has, but for what calls make."""
        content = self.accounts[account.name]
        with self._with_line():
            try:
                account.settings = read_account_settings(content.get("facts", {}))
            except ValueError as error:
                raise SeedError(("accounts", account.name, "facts"), str(error)) from None
            made_in = account.in_region(content.get("region", region))
            for name, section in SECTIONS.items():
                for index, entry in enumerate(content.get(name, ())):
                    with _located(("accounts", account.name, name, index)):
                        apply_seed(made_in, section, entry, credentials)
                    yield

    @cached_property
    def calling(self) -> dict[str, None]:
        """The accounts for which the file has calls, in its order."""
        return {name: None for name, content in self.accounts.items() if content.get(CALLS)}

    def make_calls(self, account: Account, region: str, credentials: Credentials) -> StepsAside[None]:
        """Make the calls that the file has for an account; they may concern other accounts, which know it by now."""
        content = self.accounts[account.name]
        made_in = account.in_region(content.get("region", region))
        kept: dict[str, Any] = {}
        with self._with_line():
            for index, entry in enumerate(content.get(CALLS, ())):
                with _located(("accounts", account.name, CALLS, index)):
                    yield from make_call(made_in, entry, credentials, kept)
                yield None

    def _with_line(self) -> _WithLine:
        return _WithLine(self)

    def line(self, where: Path_) -> int:
        """The line of a place in the file, as near as the file has it."""
        import yaml

        node, line = self._node, 1
        for step in where:
            if node is None:
                break
            line = node.start_mark.line + 1
            found = None
            if isinstance(node, yaml.MappingNode):
                found = next(((key, value) for key, value in node.value if key.value == step), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                found = (node.value[step], node.value[step])
            if found is None:
                return line
            node, line = found[1], found[0].start_mark.line + 1
        return line


class _WithLine:
    """Turns a misfit into one sentence with file and line."""

    def __init__(self, seed: Seed) -> None:
        self._seed = seed

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, SeedError):
            raise SettingError(f"{self._seed.name}, line {self._seed.line(error.where)}: {error}") from None


@contextmanager
def _located(where: Path_) -> Iterator[None]:
    """Has what does not fit in an entry be known by its place."""
    try:
        yield
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        raise SeedError((*where, *first["loc"]), f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    except ApiError as error:
        if error.status >= SERVER_ERRORS:
            raise
        word = error.explanation.split(" ")[0].split(".")[0].rstrip(":")
        raise SeedError((*where, word), f"{error.explanation or error.text} ({error.code})") from None
    except ValueError as error:
        word = str(error).split(" ")[0].strip("'")
        raise SeedError((*where, word), str(error)) from None


def _accounts(tree: Any) -> dict[str, dict[str, Any]]:
    if not isinstance(tree, dict) or not isinstance(tree.get("accounts"), dict):
        raise SeedError((), "a seed is a mapping 'accounts' from access keys to what they own")
    for name, content in tree["accounts"].items():
        where = ("accounts", name)
        if not isinstance(name, str) or not isinstance(content or {}, dict):
            raise SeedError(where, "an account is a mapping under its access key")
        if not ACCESS_KEY.fullmatch(name):
            raise SeedError(where, f"an access key is {ACCESS_KEY_FORM}")
        for key, value in (content or {}).items():
            if key not in KEYS:
                raise SeedError((*where, key), f"{key!r} is nothing an account has; there are {', '.join(KEYS)}")
            if key in LISTS and not isinstance(value, list):
                raise SeedError((*where, key), f"{key} is a list")
        if content and content.get("region", "bj") not in (known := list(regions())):
            raise SeedError((*where, "region"), f"region is one of {', '.join(known)}")
        _check_texts(content or {}, where)
    return {name: content or {} for name, content in tree["accounts"].items()}


def _check_texts(content: dict[str, Any], where: Path_) -> None:
    """See to it that what is compared with text is text: YAML has numbers, and lists, in any place."""
    secret = content.get("secretAccessKey", DEFAULT_SECRET_KEY)
    if not isinstance(secret, str) or not secret.isprintable() or not secret:
        raise SeedError((*where, "secretAccessKey"), "secretAccessKey is text in one line, in quotes if it is digits")
    settings = content.get("facts", {})
    if not isinstance(settings, dict) or not all(isinstance(name, str) for name in settings):
        raise SeedError((*where, "facts"), "facts is a mapping from names of settings to their values")


def load_seed(name: str, source: str = "--seed") -> Seed:
    """Read a seed file, or the example; ``source`` is what named it."""
    path = EXAMPLE_FILE if name == EXAMPLE else Path(name)
    try:
        return Seed(name, path.read_text(encoding="utf-8"), source)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"{source} {name}: {getattr(error, 'strerror', None) or error}") from None
