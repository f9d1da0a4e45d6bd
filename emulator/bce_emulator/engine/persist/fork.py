"""One account made what another is."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Account, Accounts
from bce_emulator.engine.persist.snapshot import Snapshot
from bce_emulator.engine.persist.state_schema import Lapsed, Time
from bce_emulator.engine.persist.state_snapshot import await_lapsed, copy_of, events_of, fill, set_clock
from bce_emulator.engine.steps import Steps


def fork(source: Account, accounts: Accounts, name: str) -> Steps[Account]:
    """A copy of what an account has when this begins, not in the list of accounts yet."""
    account = accounts.blank(name)
    account.changed_seconds = dict(source.changed_seconds)
    with Snapshot(source) as snapshot:
        account.settings = snapshot.common["facts"]
        set_clock(account.clock, Time(**snapshot.clock))
        live: set[int] = set()
        for region in snapshot.regions:
            twin = account.regions[region.region] = AccountRegion(account, region.region)
            twin.last_numbers = region.numbers
            twin.tokens.kept.update(region.tokens)
            for noted in region.kinds:
                copies = []
                for resource in map(snapshot.then, noted.resources):
                    copies.append(copy_of(resource))
                    live.update(event.number for event in events_of(resource))
                    yield
                yield from fill(twin, noted.kind, copies, noted.serial, noted.gone)
        await_lapsed(account.clock, [Lapsed(**event) for event in snapshot.lapsed(live)])
        return account
