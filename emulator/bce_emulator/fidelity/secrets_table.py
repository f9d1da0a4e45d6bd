"""What stands for each secret in a recording: a table that stays outside it.

A secret is known by the name of its member, or given from the start; from then on it is looked for everywhere, also in
other spellings. What is encoded and holds one is replaced as a whole.
"""

from __future__ import annotations

import json
import os
import re
import stat
from functools import lru_cache
from pathlib import Path
from secrets import token_bytes
from typing import Any

from bce_emulator.engine.errors import BadRequest
from bce_emulator.engine.observe.redaction import is_secret, masked_text
from bce_emulator.fidelity.addresses import Addresses
from bce_emulator.fidelity.encodings import decodings
from bce_emulator.services.shared.password import check_rule, decrypt
from bce_emulator.settings import SettingError

SHORTEST = 6
"""A shorter secret is replaced in its own member only: elsewhere it could be any word."""
NOTHING = r"(?!)"
KEY_BYTES = 32
MOST = 10_000
REMEMBERED = 200
DEEPEST = 64
LEVELS = 3
"""How often something is encoded one in the other, and still looked into."""
NAMES = {
    kind: re.compile(names, re.IGNORECASE)
    for kind, names in {
        "key": r"access_?key(_?id)?|ak",
        "secret": r"user_?data|custom_?data|sk|pre_?shared_?key|psk",
        "account": r"(account|owner|user|domain|creator)_?id|uid|uin",
        "person": r"e?mail|phone|mobile|telephone|contact",
    }.items()
}
"""How members are called that hold what is replaced, beside those that the journal masks."""
WORDS = {
    "key": "recorded-key-{}",
    "secret": "Recorded-secret-{}",
    "password": "Recorded-password-{}",
    "weak": "Recorded-weak-{}",
    "person": "recorded-person-{}",
    "encoded": "recorded-encoded-{}",
}
"""What stands for each kind; a weak password is one that was encrypted and breaks the rule."""
STANDS_FOR = re.compile(r"(?:[Rr]ecorded-[a-z]+-|acc0{21}[0-9a-f]{8})")
"""How every text begins that stands for a secret."""


class TableFull(Exception):
    """There are more secrets than are kept."""


class SecretsTable:
    """Replaces secrets and addresses; with a file, it is continued from there and kept there, with mode 0600."""

    def __init__(self, path: Path | None = None) -> None:
        self._by_secret: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._pattern: re.Pattern[str] | None = None
        self._texts: dict[str, str] = {}
        """What short texts have become, as most come again and again; forgotten when there is more to look for."""
        self.cipher_key = ""
        """The client's secret key, under which it sends passwords encrypted."""
        self._path = path
        self._file = _open(path) if path is not None else None
        try:
            self._key = self._read() or token_bytes(KEY_BYTES)
        except SettingError:
            self.close()
            raise
        if self._file is not None and not self._by_secret and not self._counts:
            self._note({"addresses": self._key.hex()})
        self.addresses = Addresses(self._key)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()

    def placeholder(self, kind: str, secret: str) -> str:
        """What stands for a secret of a kind; the same for the same one."""
        found = self._by_secret.get(secret)
        if found is None:
            if len(self._by_secret) >= MOST:
                raise TableFull
            number = self._counts.get(kind, 0) + 1
            found = f"acc{number:029x}" if kind == "account" else WORDS[kind].format(number)
            self._learn(kind, secret, found)
            self._note({"kind": kind, "secret": secret, "is": found})
        return found

    def learn(self, value: Any, name: str = "", levels: int = DEEPEST) -> None:
        """Take note of the secrets in a value, so that they are known wherever they stand beside it."""
        if isinstance(value, dict) and levels:
            for inner_name, inner in value.items():
                self.learn(inner, inner_name, levels - 1)
        elif isinstance(value, list) and levels:
            for each in value:
                self.learn(each, name, levels - 1)
        elif isinstance(value, str):
            self._secret(name, value)

    def value(self, value: Any, name: str = "", levels: int = DEEPEST) -> Any:
        """A JSON value without secrets; ``name`` is that of the member that it is in."""
        if not levels:
            return "recorded-too-deep"
        if isinstance(value, dict):
            return {
                self.text(inner_name): self.value(inner, inner_name, levels - 1) for inner_name, inner in value.items()
            }
        if isinstance(value, list):
            return [self.value(each, name, levels - 1) for each in value]
        if isinstance(value, str):
            return self.named(name, value)
        return 0 if type(value) in {int, float} and kind_of(name) == "secret" else value

    def named(self, name: str, text: str) -> str:
        """The value of a member or of a query item."""
        return self._secret(name, text) or self.text(text)

    def _secret(self, name: str, text: str) -> str:
        """What stands for the value of a secret member; empty for any other."""
        kind = kind_of(name) if text else None
        if kind is None or (kind == "account" and not re.fullmatch(r"[0-9a-f]{32}", text)):
            return ""
        if kind == "secret" and (typed := self._decrypted(text)) is not None:
            self.placeholder("secret", typed)
            kind = "password" if _keeps_rule(typed) else "weak"
        return self.placeholder(kind, text)

    def text(self, text: str) -> str:
        """A text without the secrets that are known, without addresses, and without what an encoding hides."""
        if len(text) > REMEMBERED:
            return self._cleaned(text)
        known = self._texts.get(text)
        if known is None:
            if len(self._texts) >= MOST:
                self._texts.clear()
            known = self._texts[text] = self._cleaned(text)
        return known

    def _cleaned(self, text: str) -> str:
        plain = self._plain(text)
        for encoded, decoded in decodings(plain):
            if self._holds_secret(decoded, LEVELS):
                plain = plain.replace(encoded, self.placeholder("encoded", encoded))
        return masked_text(plain)

    def _plain(self, text: str) -> str:
        if self._pattern is None:  # made anew when there is more to look for
            long = sorted((each for each in self._by_secret if len(each) >= SHORTEST), key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, long)) or NOTHING)
        if self._by_secret:
            text = self._pattern.sub(lambda found: self._by_secret[found[0]], text)
        return self.addresses.replaced(text)

    def _holds_secret(self, text: str, levels: int) -> bool:
        plain = self._plain(text)
        if plain != text or (text.isprintable() and masked_text(text) != text):
            return True
        return levels > 0 and any(self._holds_secret(inner, levels - 1) for _, inner in decodings(text))

    def _decrypted(self, text: str) -> str | None:
        if not self.cipher_key:
            return None
        try:
            return decrypt(text, self.cipher_key)
        except BadRequest:
            return None

    def _learn(self, kind: str, secret: str, stands: str) -> None:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        self._by_secret[secret] = stands
        if len(secret) >= SHORTEST:
            self._pattern = None
            self._texts.clear()

    def _note(self, row: dict[str, str]) -> None:
        if self._file is not None:
            self._file.write(json.dumps(row) + "\n")
            self._file.flush()

    def _read(self) -> bytes:
        """Take over what the file has; its first line is the key of the addresses."""
        if self._file is None:
            return b""
        self._file.seek(0)
        try:
            rows = [json.loads(line) for line in self._file]
            key = _key_of(rows[0]) if rows else b""
            for row in rows[1:]:
                self._learn(*_checked(row["kind"], row["secret"], row["is"]))
        except (ValueError, LookupError, TypeError, RecursionError):
            raise SettingError(f"{self._path} is no table of secrets") from None
        return key


def _key_of(row: dict[str, str]) -> bytes:
    key = bytes.fromhex(row["addresses"])
    if len(key) != KEY_BYTES:
        raise ValueError
    return key


def _checked(kind: str, secret: str, stands: str) -> tuple[str, str, str]:
    """A row of the table as it must be: anything else is an error."""
    if kind not in WORDS.keys() | {"account"} or not secret or not STANDS_FOR.match(stands) or type(secret) is not str:
        raise ValueError
    return kind, secret, stands


def _keeps_rule(password: str) -> bool:
    try:
        check_rule(password)
    except BadRequest:
        return False
    return True


@lru_cache(MOST)
def kind_of(name: str) -> str | None:
    """Which kind of secret a member or a query item of this name holds, if it holds one."""
    for kind, names in NAMES.items():
        if names.fullmatch(name):
            return kind
    return "secret" if name and is_secret(name) else None


def _open(path: Path) -> Any:
    """The file, which is its user's alone."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise SettingError(f"{path}: {error.strerror}") from None
    about = os.fstat(descriptor)
    if not stat.S_ISREG(about.st_mode) or about.st_uid != os.getuid() or about.st_mode & 0o077:
        os.close(descriptor)
        raise SettingError(f"{path} holds secrets: it must be a file of yours with mode 0600")
    return os.fdopen(descriptor, "r+", encoding="utf-8")
