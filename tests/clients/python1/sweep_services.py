"""What stands around load balancers: dedicated clusters of them, and services published behind them."""

from __future__ import annotations

from around import calls_of, home
from baidubce.services.blb.blb_client import BlbClient
from baidubce.services.blb.user_service_client import UserServiceClient
from baidubce.services.lbdc.lbdc_client import LbdcClient
from baidubce.services.lbdc.model import Billing
from program import expect, run_due
from sdk import configuration

CLUSTERS, SERVICES = calls_of(LbdcClient), calls_of(UserServiceClient)
CLIENTS = (CLUSTERS.client, SERVICES.client)
ALWAYS_ANSWERED = {"list_lbdc"}
"""It finds nothing instead of refusing."""


def clusters() -> None:
    month = Billing("Prepaid", reservation_length=1)
    order = {"name": "four", "type": "4Layer", "ccu_count": 1, "billing": month}
    made = CLUSTERS.both("create_lbdc", {"type": "nothing"}, "InvalidParameter", **order).id
    of_cluster = CLUSTERS.about("lbdc_id", made, "bgw_group-00000000")
    of_cluster("update_lbdc", name="renamed", desc="another")
    of_cluster("upgrade_lbdc", ccu_count=2)
    of_cluster("renew_lbdc", billing=month)
    expect(of_cluster("get_lbdc").name, "renamed")
    of_cluster("list_lbdc_blb")
    expect([each.id for each in CLUSTERS.done("list_lbdc", name="renamed").cluster_list], [made])


def publishing() -> None:
    balancer = BlbClient(configuration).create_loadbalancer(*home(), name="web").blb_id
    run_due()
    order = {"name": "shop", "desc": "what it is for", "serviceName": "shop", "instanceId": balancer}
    nobody = {"instanceId": "lb-00000000"}
    made = SERVICES.both("create_user_service", nobody, "InstanceNotFound", **order).service
    of_service = SERVICES.about("service", made, "shop.uservice-00000000.beijing.baidubce.com")
    of_service("update_user_service", name="renamed", desc="another")
    of_service("user_service_add_auth", authList=[{"uid": "somebody", "auth": "allow"}])
    of_service("user_service_edit_auth", authList=[{"uid": "somebody", "auth": "deny"}])
    of_service("user_service_remove_auth", uidList=["somebody"])
    listed = SERVICES.both("get_user_service_list", {"marker": "nowhere"}, "InvalidParameter", max_keys=10)
    expect(listed.services[0].service, made)
    expect(of_service("get_user_service_detail").name, "renamed")
    of_service("user_service_unbind_instance")
    of_service("user_service_bind_instance", instanceId=balancer)
    SERVICES.done("user_service_unbind_instance", service=made)
    of_service("delete_user_service")


PARTS = (clusters, publishing)
