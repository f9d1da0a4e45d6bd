"""Puts everything together into one ASGI application."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI

import bce_emulator.services
from bce_emulator import __version__
from bce_emulator.control.bodies import as_json, bounded
from bce_emulator.control.guard import refusal_of
from bce_emulator.control.persist_before_send import persist_before_send
from bce_emulator.control.routes import add_control
from bce_emulator.engine.account.accounts import Accounts, Credentials
from bce_emulator.engine.account.clock import QUICK_SECONDS
from bce_emulator.engine.account.resource_types import quick_pace
from bce_emulator.engine.declare.catalogue import Catalogue, load
from bce_emulator.engine.declare.operations import OPERATIONS, discover
from bce_emulator.engine.http.dispatch import Dispatcher
from bce_emulator.engine.http.identity import Identity, Policy
from bce_emulator.engine.http.request import Receive, Scope, Send
from bce_emulator.engine.http.routing import Routes
from bce_emulator.engine.observe.journal import Journal
from bce_emulator.engine.observe.signature_diagnosis.search import Explainer
from bce_emulator.seeds.seed_file import Seed, load_seed
from bce_emulator.services.bcc.offerings import region_of_host, regions
from bce_emulator.services.products import HOSTS, VERSIONS
from bce_emulator.settings import (
    DEFAULT_ACCESS_KEY,
    DEFAULT_SECRET_KEY,
    OPEN_PREFIX,
    SettingError,
    Settings,
    pace_factor,
    parse_credentials,
)

if TYPE_CHECKING:
    from bce_emulator.engine.persist.store import Store

CONTROL = "/_emulator/"
CONTROL_BYTES = b"/_emulator"
MAX_HOST = 255
USUAL_PORTS = (80, 443, 8080)

discover(bce_emulator.services)
PUBLISHED = load(Path(__file__).parent / "services" / "catalogue.json")
CATALOGUE = Catalogue(PUBLISHED, OPERATIONS.values())
ROUTES = Routes(CATALOGUE, HOSTS, VERSIONS)


class Emulator:
    """One emulated cloud: its accounts, its journal and what answers requests. Two can live in one process."""

    def __init__(self, settings: Settings, wall: Callable[[], float] = time.time, strict: bool = False) -> None:
        if settings.region not in regions():
            raise SettingError(f"--region is one of {', '.join(regions())}, not {settings.region!r}")
        self.settings = settings
        self.ready = False
        self.catalogue = CATALOGUE
        self.accounts = _accounts(settings)(wall, pace_factor(settings.pace, quick_pace(QUICK_SECONDS)))
        self.journal = Journal()
        self.default_account = self._add_credentials()
        self.identity = Identity(self.accounts, self._policy(), wall, self._region_of)
        self.explainer = Explainer(self.identity, cloud_hosts(), (*USUAL_PORTS, settings.port))
        self.dispatcher = Dispatcher(
            ROUTES,
            self.identity,
            self.journal,
            wall,
            max_body_bytes=settings.max_body_bytes,
            observed_errors=settings.signature_errors == "observed",
            strict=strict,
            explain=self.explainer.name,
            explains_more=settings.control == "on",
        )
        self.seed: Seed | None = load_seed(settings.seed) if settings.seed else None
        if self.seed is not None:
            for credentials in self.seed.credentials():
                self.accounts.credentials.setdefault(credentials.access_key, credentials)
        self.store = _open_store(settings, self.accounts)
        if self.seed is not None:
            for name in self.seed.accounts:
                if name not in self.accounts.by_name:
                    self._apply_seed(name)
        if self.store is not None:
            self.store.save_all()
            self.dispatcher.keep = self.store.save
        self.ready = True

    def close(self) -> None:
        """Let go of what the emulator holds outside its process."""
        if self.store is not None:
            self.store.close()

    def reset(self, name: str) -> None:
        """Put an account back to its first day: resources, clock, planned changes, journal, tokens, seed."""
        self.accounts.reset(name)
        self.journal.reset(name)
        self._apply_seed(name)

    def _apply_seed(self, name: str) -> None:
        if self.seed is not None and name in self.seed.accounts:
            account = self.accounts.open(name)
            self.seed.apply_seed(account, self.settings.region, self.accounts.credentials[name])

    def _add_credentials(self) -> str:
        pairs = parse_credentials(self.settings.credentials) or [(DEFAULT_ACCESS_KEY, DEFAULT_SECRET_KEY, "")]
        for access_key, secret_key, token in pairs:
            self.accounts.credentials[access_key] = Credentials(access_key, secret_key, access_key, token)
        return pairs[0][0]

    def _policy(self) -> Policy:
        return Policy(
            verify=self.settings.auth == "verify",
            judge_time=self.settings.signature_time == "verify",
            default_access_key=self.default_account,
            open_prefix=OPEN_PREFIX,
            open_secret_key=None if self.settings.credentials else DEFAULT_SECRET_KEY,
        )

    def _region_of(self, host: str) -> str:
        return region_of_host(host[:MAX_HOST], self.settings.region)


def _accounts(settings: Settings) -> type[Accounts]:
    if not settings.state:
        return Accounts
    from bce_emulator.engine.persist.store import WatchedAccounts

    return WatchedAccounts


def _open_store(settings: Settings, accounts: Accounts) -> Store | None:
    if not settings.state:
        return None
    from bce_emulator.engine.persist.store import Store, WatchedAccounts
    from bce_emulator.engine.persist.store_file import StoreError

    assert isinstance(accounts, WatchedAccounts)
    try:
        return Store(settings.state, accounts, regions())
    except StoreError as error:
        raise SettingError(f"--state {settings.state}: {error}") from None


def cloud_hosts() -> tuple[str, ...]:
    """The hosts of the cloud itself, which clients sign that are pointed here too late."""
    return tuple(f"{label}.{region}.baidubce.com" for region in regions() for label in HOSTS)


class Application(FastAPI):
    """The ASGI application: the control API is FastAPI's, everything else is the dispatcher's."""

    def __init__(self, emulator: Emulator, **extra: Any) -> None:
        super().__init__(
            title="bce-emulator control API", version=__version__, docs_url=None, redoc_url=None,
            redirect_slashes=False, openapi_url=f"{CONTROL}openapi.json", **extra,
        )  # fmt: skip
        self.emulator = emulator
        self._dispatch = emulator.dispatcher
        add_control(self, emulator, CONTROL)

    def respond_at_once(self, scope: Scope, wire: bytes, server_headers: list[tuple[bytes, bytes]]) -> bytes | None:
        """What the dispatcher answers without waiting, or None."""
        if scope["raw_path"].startswith(CONTROL_BYTES):
            return None
        return self._dispatch.respond_at_once(scope, wire, server_headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request to the dispatcher, unless it is for the control API."""
        if scope["type"] != "http" or scope["raw_path"].startswith(CONTROL_BYTES):
            refusal = refusal_of(scope, self.emulator.settings)
            if refusal is None and scope["type"] == "http":
                scope, receive = as_json(scope), bounded(receive)
            if self.emulator.store is not None and scope.get("method", "GET") != "GET":
                send = persist_before_send(self.emulator.store, scope, receive, send)
            await (refusal or super().__call__)(scope, receive, send)
        else:
            await self._dispatch(scope, receive, send)


def build(settings: Settings) -> Application:
    """The application with these settings."""
    return Application(Emulator(settings))
