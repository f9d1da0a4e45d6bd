"""Drives the control API with the client that was generated from its document; prints a line of JSON of what it saw."""

import json
import os

from control import AuthenticatedClient, Client, models
from control.api.accounts import get_accounts, post_accounts
from control.api.clock import get_clock, post_clock_advance, put_clock
from control.api.faults import get_faults, post_faults
from control.api.journal import get_journal
from control.api.process import get_live, get_ready, get_version, post_reset

ENDPOINT, TOKEN = os.environ["BCE_ENDPOINT"], os.environ["ADMIN_TOKEN"]

stranger, wrong, owner = Client(ENDPOINT), AuthenticatedClient(ENDPOINT, "wrong"), AuthenticatedClient(ENDPOINT, TOKEN)


def status(response):
    """The status and the type of what was answered, with the reason of a refusal."""
    parsed = response.parsed
    return [int(response.status_code), type(parsed).__name__, getattr(parsed, "error", "")]


frozen = put_clock.sync(client=owner, body=models.ClockChange(frozen=True))
advanced = post_clock_advance.sync(client=owner, body=models.Advance(seconds=90.0))
plan = models.Plan(operation="ListZones", error="InternalError", times=2)
planned = post_faults.sync(client=owner, body=plan)
minted = post_accounts.sync(client=owner, body=models.NewAccount())
shown = get_accounts.sync(client=owner)
print(
    json.dumps(
        {
            "live": status(get_live.sync_detailed(client=stranger)),
            "ready": status(get_ready.sync_detailed(client=stranger)),
            "without a token": status(get_version.sync_detailed(client=stranger)),
            "with a wrong token": status(get_version.sync_detailed(client=wrong)),
            "with the token": status(get_version.sync_detailed(client=owner)),
            "version": get_version.sync(client=owner).version,
            "frozen": [frozen.frozen, frozen.pending],
            "advanced": [type(advanced).__name__, advanced.due],
            "planned": [type(planned).__name__, planned.operation, planned.times, planned.left],
            "faults": [each.id == planned.id for each in get_faults.sync(client=owner).faults],
            "minted": minted.access_key_id in {key.access_key_id for each in shown.accounts for key in each.keys},
            "journal": type(get_journal.sync(client=owner)).__name__,
            "no such operation": status(
                post_faults.sync_detailed(client=owner, body=models.Plan(operation="Fly", error="InternalError"))
            ),
            "no such account": status(get_clock.sync_detailed(client=owner, account="nobody")),
            "reset": post_reset.sync(client=owner).reset,
        }
    )
)
