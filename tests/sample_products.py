"""What an account has of the products around bcc, for ``tests.sample_resources``."""

from __future__ import annotations

from bce_emulator.services.eip.cluster.resource import EipCluster
from bce_emulator.services.eip.ddos.resource import Attack
from bce_emulator.services.eip.eip.resource import Eip
from bce_emulator.services.eip.unban.resource import Ban
from tests.cloud import Cloud
from tests.services.reads_agree.made import Made

MADE = (
    *("server", "server_set", "repair", "repair_rule", "server_image"),
    *("ehc_cluster", "insnap", "volume_cluster", "reserved"),
    *("balancer", "backend", "blb_tcp", "blb_https", "lbdc", "service_point"),
    *("app_policy", "app_server", "app_ssl", "ip_protocol", "ip_member"),
    *("hpas", "hpas_in_groups", "hpas_image", "reserved_hpas", "bound_zone", "record"),
)
"""Each brings what it needs."""


def create_other_products(cloud: Cloud) -> None:
    """Bare metal, clusters, balancers of both kinds, HPAS, private names, groups; and what only a test can cause."""
    made = Made(cloud)
    for name in MADE:
        assert made[name]
    offer = {"reservedInstanceIds": [made["reserved"]], "recipientAccountId": "test-friend"}
    made.ask("POST", "/v2/instance/reserved/transfer/create", offer)
    made.ask("POST", "/v1/res/group", {"name": "team", "extra": "of a test"})
    _cause_what_no_request_can(cloud, made["eip"])


def _cause_what_no_request_can(cloud: Cloud, address: str) -> None:
    account, now = cloud.account, cloud.clock.now()
    eip_id = account.get_by(Eip, "address", address).id
    account.add(EipCluster(id=account.new_id(EipCluster), name="mine", zones=("zone-A",), in_bps=4, out_pps=1))
    account.add(Attack(id=account.new_id(Attack), eip_id=eip_id, started=now))
    account.add(Ban(id=account.new_id(Ban), eip_id=eip_id, started=now, ends=now + 60))
