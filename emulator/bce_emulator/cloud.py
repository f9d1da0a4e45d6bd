"""One emulated cloud, without a server: its accounts, its journal and what answers requests."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

import bce_emulator.services
from bce_emulator.engine.account.accounts import Account, Accounts, Credentials
from bce_emulator.engine.account.clock import QUICK_SECONDS
from bce_emulator.engine.account.idle import Idle
from bce_emulator.engine.account.resource_types import quick_pace
from bce_emulator.engine.declare.catalogue import Catalogue, load
from bce_emulator.engine.declare.operations import OPERATIONS, discover
from bce_emulator.engine.declare.product import Product
from bce_emulator.engine.http.dispatch import Dispatcher
from bce_emulator.engine.http.identity import Identity, Policy
from bce_emulator.engine.http.routing import Routes
from bce_emulator.engine.observe.journal import Journal
from bce_emulator.engine.observe.signature_diagnosis.search import Explainer
from bce_emulator.engine.steps import Steps, at_once
from bce_emulator.seeds.seed_calls import SeedCalls, begin_anew
from bce_emulator.seeds.seed_file import Seed, load_seed
from bce_emulator.services.shared.regions import endpoint, region_named, region_names, region_of_host, regions
from bce_emulator.services.sts.acl import check_permission
from bce_emulator.settings import (
    DATABASES,
    DEFAULT_ACCESS_KEY,
    DEFAULT_SECRET_KEY,
    OPEN_PREFIX,
    SettingError,
    Settings,
    idle_seconds,
    pace_factor,
    parse_credentials,
    shown,
)

if TYPE_CHECKING:
    from bce_emulator.engine.observe.metrics import Metrics, Samples
    from bce_emulator.engine.persist.postgres.store import PostgresStore
    from bce_emulator.engine.persist.store import SqliteStore

    Store = SqliteStore | PostgresStore

log = logging.getLogger("bce_emulator")

MAX_HOST = 255
USUAL_PORTS = (80, 443, 8080)

PRODUCTS: tuple[Product, ...] = tuple(discover(bce_emulator.services))
PUBLISHED = load(Path(__file__).parent / "services" / "catalogue.json")
CATALOGUE = Catalogue(PUBLISHED, OPERATIONS.values(), PRODUCTS)
ROUTES = Routes(CATALOGUE)
PRODUCT_HOSTS = tuple(dict.fromkeys(host for product in CATALOGUE.products.values() for host in product.hosts))


def driven_counts() -> Mapping[str, list[int]]:
    """Of each product, how many operations the tests drive with at least one official SDK, with two and three."""
    counts: dict[str, list[int]] = json.loads((Path(__file__).parent / "services" / "driven.json").read_bytes())
    return counts


class Emulator:
    """One emulated cloud: its accounts, its journal and what answers requests. Two can live in one process."""

    def __init__(self, settings: Settings, wall: Callable[[], float] = time.time, strict: bool = False) -> None:
        region = region_named(settings.region)
        if region is None:
            raise SettingError(f"{settings.source('region')} is one of {region_names()}, not {settings.region!r}")
        self.settings = settings = settings.changed(region=region)
        self.ready = False
        self.catalogue = CATALOGUE
        self.accounts = _accounts(settings)(wall, pace_factor(settings.pace, quick_pace(QUICK_SECONDS)))
        self.journal = Journal()
        self.accounts.forget_journal = self.journal.reset
        self.default_account = self._add_credentials()
        self.identity = Identity(self.accounts, self._policy(), wall, self._region_of)
        self.explainer = Explainer(self.identity, cloud_hosts(), (*USUAL_PORTS, settings.port), query_keys())
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
            check_permission=check_permission,
            assumed_product=_assumed_product(settings),
        )
        self.metrics = _metrics(settings)
        self.samples: list[Samples] = []
        """What further parts have to tell whoever asks for the metrics."""
        if self.metrics is not None:
            self.journal.notes.append(self.metrics)
        self.seed: Seed | None = load_seed(settings.seed, settings.source("seed")) if settings.seed else None
        if self.seed is not None:
            for credentials in self.seed.credentials():
                if credentials.access_key not in self.accounts.credentials:
                    self.accounts.add_credentials(credentials)
        self.accounts.idle = Idle(idle_seconds(settings), [each.account for each in self.accounts.credentials.values()])
        self.store = _open_store(settings, self.accounts)
        if self.store is None:
            self._apply_seed_to_new()
        else:
            self._attach(self.store)
            self.samples.append(self.store.samples)
        self.ready = True

    def close(self) -> None:
        """Let go of what the emulator holds outside its process."""
        if self.store is not None:
            self.store.close()

    def reset(self, name: str) -> None:
        """Put an account back to its first day: resources, clock, planned changes, journal, tokens, seed."""
        self._begin_at_once([name])

    def begin_anew(self, seeded: Mapping[str, Account | None]) -> SeedCalls | None:
        """The same of several, where what the seed says was made before; its calls are to be made, in this order."""
        calling = {name: account for name, account in seeded.items() if account is not None and name in self.calling}
        for name, account in seeded.items():
            if name not in calling:
                begin_anew(self.accounts, name, account)
        if self.seed is None or not calling:
            return None
        written_ahead = self.store.written_ahead if self.store is not None else None
        return SeedCalls(self.seed, self.accounts, calling, self.settings.region, written_ahead)

    @property
    def calling(self) -> Mapping[str, None]:
        """The accounts for which the seed has calls, in its order."""
        return self.seed.calling if self.seed is not None else {}

    def _attach(self, store: Store) -> None:
        try:
            store.attach(self.dispatcher, self._apply_seed_to_new)
        except ValueError as error:
            store.close()
            raise SettingError(f"{self.settings.source('state')} {shown(self.settings.state)}: {error}") from None

    def _apply_seed_to_new(self) -> None:
        """Calls that do not fit what other accounts have since an earlier start are left out."""
        names = list(self.seed.accounts) if self.seed is not None else []
        missing = [name for name in names if name not in self.accounts]
        try:
            self._begin_at_once(missing)
        except SettingError as error:
            if missing == names:
                raise
            log.warning("%s; the calls from there on are not made", error)

    def _begin_at_once(self, names: list[str]) -> None:
        calls = self.begin_anew({name: at_once(self.seeded(name)) for name in names})
        if calls is not None:
            calls.make()

    def seeded(self, name: str) -> Steps[Account | None]:
        """What an account is to begin with, in the list of accounts not yet; None if the seed says nothing of it."""
        credentials = self.accounts.credentials.get(name)
        if self.seed is None or name not in self.seed.accounts or credentials is None:
            return None
        account = self.accounts.blank(name)
        yield from self.seed.apply_seed(account, self.settings.region, credentials)
        return account

    def _add_credentials(self) -> str:
        unknown = token_hex(32) if self.settings.accounts == "closed" else DEFAULT_SECRET_KEY
        pairs = parse_credentials(self.settings.credentials) or [(DEFAULT_ACCESS_KEY, unknown, "")]
        for access_key, secret_key, token in pairs:
            self.accounts.add_credentials(Credentials(access_key, secret_key, access_key, token))
        return pairs[0][0]

    def _policy(self) -> Policy:
        return Policy(
            verify=self.settings.auth == "verify",
            judge_time=self.settings.signature_time == "verify",
            default_access_key=self.default_account,
            open_prefix=OPEN_PREFIX,
            open_secret_key=DEFAULT_SECRET_KEY if self._is_open() else None,
            max_accounts=self.settings.max_accounts,
        )

    def _is_open(self) -> bool:
        return self.settings.accounts == "open" and not self.settings.credentials

    def _region_of(self, host: str) -> str:
        return region_of_host(host[:MAX_HOST], self.settings.region, PRODUCT_HOSTS)


def _assumed_product(settings: Settings) -> str:
    if settings.product and settings.product not in CATALOGUE.products:
        known = ", ".join(sorted(CATALOGUE.products))
        raise SettingError(f"{settings.source('product')} is one of {known}, not {settings.product!r}")
    return settings.product


def _metrics(settings: Settings) -> Metrics | None:
    if settings.metrics == "off":
        return None
    from bce_emulator.engine.observe.metrics import Metrics

    return Metrics()


def _accounts(settings: Settings) -> type[Accounts]:
    if not settings.state:
        return Accounts
    from bce_emulator.engine.persist.stored_accounts import StoredAccounts

    return StoredAccounts


def _open_store(settings: Settings, accounts: Accounts) -> Store | None:
    if not settings.state:
        return None
    from bce_emulator.engine.persist.rows import StoreError
    from bce_emulator.engine.persist.stored_accounts import StoredAccounts

    assert isinstance(accounts, StoredAccounts)
    try:
        if settings.state.startswith(DATABASES):
            return _postgres()(settings.state, settings.advertise, accounts, regions())
        from bce_emulator.engine.persist.store import SqliteStore

        return SqliteStore(settings.state, accounts, regions())
    except StoreError as error:
        raise SettingError(f"{settings.source('state')} {shown(settings.state)}: {error}") from None


def _postgres() -> type[PostgresStore]:
    from bce_emulator.engine.persist.rows import StoreError

    try:
        from bce_emulator.engine.persist.postgres.store import PostgresStore
    except ImportError as error:
        raise StoreError(f"this needs psycopg: pip install 'bce-emulator[postgres]' ({error})") from None
    return PostgresStore


def cloud_hosts() -> tuple[str, ...]:
    """The hosts of the cloud itself, which clients sign that are pointed here too late."""
    return tuple(endpoint(host, region) for region in regions() for host in PRODUCT_HOSTS)


def query_keys() -> Iterator[Iterable[str]]:
    """The keys that emulated operations read in the query, of each operation as it is asked for."""
    yield [route.key for operation in OPERATIONS.values() for route in operation.routes if route.key]
    for operation in OPERATIONS.values():
        yield operation.reader.query_keys if operation.reader is not None else ()
