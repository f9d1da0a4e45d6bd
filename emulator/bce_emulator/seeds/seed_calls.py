"""Accounts that begin together, and the calls that a seed has for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

from bce_emulator.engine.account.accounts import Account, Accounts
from bce_emulator.engine.errors import ApiError, InternalError
from bce_emulator.engine.persist.rows import StoreError
from bce_emulator.engine.steps import StepsAside
from bce_emulator.seeds.seed_file import Seed
from bce_emulator.settings import SettingError


class SeedCalls:
    """Has the ``seeded`` accounts begin and makes their calls, in steps; who asks for one waits until all is done.

    A call may concern any of them, and others, which wait too from then on. Those after one that does not fit are not
    made. At the end each account is ``written_ahead``, so that it is little work to keep it.
    """

    def __init__(
        self,
        seed: Seed,
        registry: Accounts,
        seeded: Mapping[str, Account],
        region: str,
        written_ahead: Callable[[Account], StepsAside[None]] | None,
    ) -> None:
        self._refused: type[SettingError | InternalError] | None = None
        self._reason = ""
        self._seed, self._registry, self._seeded = seed, registry, seeded
        self._region, self._written_ahead = region, written_ahead
        self._work = registry.begin_work(seeded, self._made(), looks_at_others=True)

    def make(self) -> None:
        """Make them at once; ``SettingError`` is the first that does not fit, ``InternalError`` what cannot be read."""
        self._work.hurry()
        self._check()

    async def made(self) -> None:
        """Come back when they are made; the same."""
        await self._work.wait()
        self._work.check()
        self._check()

    def _check(self) -> None:
        if self._refused is not None:
            raise self._refused(self._reason)

    def _made(self) -> StepsAside[None]:
        """Those whose keys were removed meanwhile do not begin, and the keys are those with which they do."""
        begun = []
        try:
            for name, account in self._seeded.items():
                if begin_anew(self._registry, name, account):
                    begun.append((account, self._registry.credentials[name]))
                yield None
            for account, credentials in begun:
                yield from self._seed.make_calls(account, self._region, credentials)
            for account, _ in begun:
                if self._written_ahead is not None and not self._work.is_hurried:
                    with suppress(StoreError, ApiError):  # which who keeps it meets too
                        yield from self._written_ahead(account)
        except SettingError as error:
            self._refused, self._reason = SettingError, str(error)
        except ApiError as error:
            self._refused, self._reason = InternalError, str(error)
        finally:
            for name in [name for name, work in self._registry.work.items() if work is self._work]:
                self._registry.end_work(name)


def begin_anew(registry: Accounts, name: str, seeded: Account | None) -> bool:
    """Forget what an account has, and have the one begin that was made of the seed, if its keys are still there."""
    registry.reset(name)
    if seeded is None or name not in registry.credentials:
        return False
    registry.begin(seeded)
    return True
