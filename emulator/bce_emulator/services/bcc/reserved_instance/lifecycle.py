"""What a reserved instance and its transfers go through; the names are proposed, but for ``timeout``.

https://cloud.baidu.com/doc/BCC/s/Mluwl0z5w
"""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import SAME, Lifecycle, permit, row
from bce_emulator.services.bcc.reserved_instance.errors import RequestInvalid

CREATING, ACTIVE, EXPIRED = "creating", "active", "expired"
STATES = (CREATING, ACTIVE, EXPIRED)
PENDING, ACCEPTED, REFUSED, REVOKED, TIMEOUT = "pending", "accepted", "refused", "revoked", "timeout"
TRANSFERRED = "transferred"
"""How a reserved instance is shown that has gone to another account."""

# fmt: off
LIFECYCLE = Lifecycle(
    #    action         allowed in          meanwhile  then      s  refused with
    row("take_effect",  (CREATING,),        ACTIVE,    ACTIVE,   0, RequestInvalid),
    row("expire",       STATES,             EXPIRED,   EXPIRED,  0, RequestInvalid),
    row("renew",        (CREATING, ACTIVE), SAME,      SAME,     0, RequestInvalid),
    row("renew",        (EXPIRED,),         ACTIVE,    ACTIVE,   0, RequestInvalid),
    permissions=(
        permit("renew_itself", (CREATING, ACTIVE), RequestInvalid),
        permit("change_zone",  (ACTIVE,),          RequestInvalid),
        permit("transfer",     (ACTIVE,),          RequestInvalid),
    ),
    states=STATES,
)

TRANSFER = Lifecycle(
    #    action      allowed in   meanwhile  then      s  refused with
    row("accept",    (PENDING,),  ACCEPTED,  ACCEPTED, 0, RequestInvalid),
    row("refuse",    (PENDING,),  REFUSED,   REFUSED,  0, RequestInvalid),
    row("revoke",    (PENDING,),  REVOKED,   REVOKED,  0, RequestInvalid),
    row("time_out",  (PENDING,),  TIMEOUT,   TIMEOUT,  0, RequestInvalid),
    states=(PENDING, ACCEPTED, REFUSED, REVOKED, TIMEOUT),
)
# fmt: on
