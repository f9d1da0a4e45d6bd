"""How the sweep calls methods of the SDK by name, and what its parts share."""

from __future__ import annotations

from typing import Any

from baidubce.exception import BceHttpClientError
from baidubce.services.bcc import bcc_model
from sdk import bcc, client_of, route, subnet, vpc
from sweeping import Sweep

TAGS = [bcc_model.TagModel("team", "red")]
PREPAID = bcc_model.Billing("Prepaid", 1)
OTHER_ACCOUNT = "test"
LATER = "2099-01-01T00:00:00Z"
ALWAYS_ANSWERED = {
    "get_available_disk_info", "get_diagnostic_schemas", "get_ehc_cluster_list", "list_bid_flavor", "list_deploy_sets",
    "list_instance_roles", "list_instance_specs", "list_type_zones", "list_zones",
}  # fmt: skip
"""Methods that take nothing that could be wrong, or find nothing instead of refusing: a wrong secret key is refused."""
UNSENDABLE = {"autoRenew_volume_cluster", "cancel_autoRenew_volume_cluster"}
"""Methods that fail before they send anything, as they put bytes into JSON."""
SERVICES = (bcc, vpc, subnet, route)

stranger = client_of(secret_key="not the secret key of this account")
SWEEP = Sweep(BceHttpClientError)


class Sweeper:
    """Calls methods of one service by name."""

    def __init__(self, service: object) -> None:
        self.service = service

    def done(self, method: str, *arguments: Any, **members: Any) -> Any:
        """A call that must succeed."""
        if method in ALWAYS_ANSWERED:
            SWEEP.refused("SignatureDoesNotMatch", method, lambda: getattr(stranger, method)(*arguments, **members))
        return SWEEP.done(method, lambda: getattr(self.service, method)(*arguments, **members))

    def refused(self, code: str, method: str, *arguments: Any, **members: Any) -> None:
        """A call that must be refused with this code."""
        SWEEP.refused(code, method, lambda: getattr(self.service, method)(*arguments, **members))


on_bcc, on_vpc, on_subnet, on_route = map(Sweeper, SERVICES)
done, refused = on_bcc.done, on_bcc.refused
