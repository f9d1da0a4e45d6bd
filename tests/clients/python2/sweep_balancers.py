"""Load balancers of both kinds, dedicated clusters and service publishing points."""

from __future__ import annotations

from typing import Any

from calls import POSTPAID, PREPAID, TAGS, Calls
from program import expect
from sdk import blb, running
from sweep_network import home, new_enterprise_group, new_group

BALANCERS = Calls(blb)
ALWAYS_ANSWERED = {"describe_lbdcs"}
NOBODY = {"blbId": "lb-00000000"}
CERTIFICATES = ["cert-zfj2ey2z4kmm"]
PROTOCOLS = {"tcp": 80, "udp": 81, "http": 82, "https": 83, "ssl": 84}
PAID = {"performanceLevel": "small1", "billing": PREPAID}


class Balancer:
    """A load balancer, about which a call is also made as of one that is not there."""

    def __init__(self, kind: str, **members: Any) -> None:
        self.kind = kind
        vpc_id, subnet_id = home()
        order = {"name": "swept", "vpcId": vpc_id, "subnetId": subnet_id} | members
        self.id = BALANCERS.both(f"create_{kind}", {"subnetId": "sbn-unknown"}, **order).blb_id

    def both(self, method: str, **members: Any) -> Any:
        return BALANCERS.both(method, NOBODY, "InstanceNotFound", blbId=self.id, **members)

    def listeners(self, **common: Any) -> None:
        for protocol, port in PROTOCOLS.items():
            order = {"listenerPort": port, "scheduler": "RoundRobin"} | common
            if protocol in ("https", "ssl"):
                order["certIds"] = CERTIFICATES
            if protocol == "udp" and self.kind == "blb":
                order["healthCheckString"] = "ping"
            self.both(f"create_{self.kind}_{protocol}_listener", **order)
            self.both(f"update_{self.kind}_{protocol}_listener", **(order | {"scheduler": "LeastConnection"}))
            self.both(f"describe_{self.kind}_{protocol}_listener", listenerPort=port)
        expect(len(self.both(f"describe_{self.kind}_listener", maxKeys=10).listener_list), len(PROTOCOLS))
        seen = self.both(f"describe_{self.kind}")
        expect([seen.name, seen.desc, seen.status], ["renamed", "what it is for", "available"])
        self.both(f"delete_{self.kind}_listener", portTypeList=[{"port": 81, "type": "UDP"}])

    def rename(self) -> None:
        self.both(f"update_{self.kind}", name="renamed", desc="what it is for")
        BALANCERS.both(f"describe_{self.kind}s", {"marker": "lb-nowhere"}, "InvalidParameter", name="renamed")


def ordinary() -> None:
    made = Balancer("blb")
    made.rename()
    made.both("update_blb_acl", supportAcl=True)
    made.both("update_blb_modify_protection", allowModify=True)
    made.listeners(backendPort=8080)
    instance_id = running()
    servers = [{"instanceId": instance_id, "weight": 50}]
    made.both("add_blb_server", backendServerList=servers)
    made.both("update_blb_server", backendServerList=servers)
    expect(made.both("describe_blb_servers").backend_server_list[0].instance_id, instance_id)
    made.both("describe_blb_server_health", listenerPort=80)
    made.both("delete_blb_server", backendServerList=[instance_id])
    vpc_id, _ = home()
    group_ids, guard_ids = [new_group(vpc_id)], [new_enterprise_group()]
    made.both("bind_blb_security_group", securityGroupIds=group_ids)
    made.both("describe_blb_security_groups")
    made.both("unbind_blb_security_group", securityGroupIds=group_ids)
    made.both("bind_blb_enterprise_security_group", enterpriseSecurityGroupIds=guard_ids)
    made.both("describe_blb_enterprise_security_groups")
    made.both("unbind_blb_enterprise_security_group", enterpriseSecurityGroupIds=guard_ids)
    made.both("release_blb")


def payment() -> None:
    price = {"performanceLevel": "small1", "count": 1, "billing": PREPAID}
    BALANCERS.both("blb_inquiry", {"performanceLevel": "huge"}, "InvalidParameter", **price)
    paid = Balancer("blb", **PAID)
    paid.both("resize_blb", performanceLevel="small2")
    later = {"billingMethod": "BySpec", "performanceLevel": "small2", "effectiveImmediately": False}
    paid.both("billing_change_pre_to_post_blb", **later)
    paid.both("billing_change_cancel_to_post_blb")
    paid.both("refund_blb")
    used = Balancer("blb", name="used", performanceLevel="small1", billing=POSTPAID)
    order = {"reservationLength": 1, "billingMethod": "BySpec", "performanceLevel": "small1"}
    used.both("billing_change_post_to_pre_blb", **order)


def application() -> None:
    made = Balancer("app_blb")
    made.rename()
    made.listeners()
    group, addresses = server_group(made), address_group(made)
    policies(made, group)
    made.both("delete_app_blb_server_group", sgId=group)
    made.both("delete_app_blb_ip_group", ipGroupId=addresses)
    made.both("release_app_blb")


def server_group(made: Balancer) -> str:
    instance_id = running()
    servers = [{"instanceId": instance_id, "weight": 50}]
    group = {"sgId": made.both("create_app_blb_server_group", name="swept", backendServerList=servers).id}
    made.both("update_app_blb_server_group", name="renamed", desc="another", **group)
    check = {"type": "HTTP", "healthCheck": "HTTP", "healthCheckUrlPath": "/up"} | group
    port_id = made.both("create_app_blb_server_group_port", port=8080, **check).id
    made.both("update_app_blb_server_group_port", portId=port_id, healthCheckUrlPath="/", **group)
    made.both("describe_app_blb_server_group", name="renamed", exactlyMatch=True)
    made.both("describe_app_blb_server_group_mount_rs", **group)
    made.both("delete_app_blb_server_group_rs", backendServerIdList=[instance_id], **group)
    made.both("describe_app_blb_server_group_unmount_rs", **group)
    made.both("add_app_blb_server_group_rs", backendServerList=servers, **group)
    made.both("update_app_blb_server_group_rs", backendServerList=servers, **group)
    listed = made.both("describe_app_blb_server_group_rs", **group).backend_server_list
    expect(listed[0].instance_id, instance_id)
    spare = BALANCERS.done("create_app_blb_server_group_port", blbId=made.id, port=8081, **check).id
    made.both("delete_app_blb_server_group_port", portIdList=[spare], **group)
    return group["sgId"]


def address_group(made: Balancer) -> str:
    member = {"ip": "10.0.0.1", "port": 80, "weight": 10}
    group = {"ipGroupId": made.both("create_app_blb_ip_group", name="swept", memberList=[member]).id}
    made.both("update_app_blb_ip_group", name="renamed", desc="another", **group)
    check = {"type": "HTTP", "healthCheck": "HTTP", "healthCheckPort": 8081, "healthCheckUrlPath": "/up"}
    made.both("create_app_blb_ip_group_protocol", **check, **group)
    (listed,) = made.both("describe_app_blb_ip_group", name="renamed").app_ip_group_list
    policy_id = listed.backend_policy_list[0].id
    made.both("update_app_blb_ip_group_protocol", id=policy_id, healthCheckUrlPath="/", **group)
    made.both("create_app_blb_ip_group_member", memberList=[member | {"ip": "10.0.0.2"}], **group)
    newest = made.both("describe_app_blb_ip_group_member", **group).member_list[0].member_id
    made.both("update_app_blb_ip_group_member", memberList=[{"memberId": newest, "port": 80, "weight": 20}], **group)
    made.both("delete_app_blb_ip_group_member", memberIdList=[newest], **group)
    made.both("delete_app_blb_ip_group_protocol", backendPolicyIdList=[policy_id], **group)
    return group["ipGroupId"]


def policies(made: Balancer, group: str) -> None:
    rules = [{"key": "*", "value": "*"}]
    policy = {"appServerGroupId": group, "backendPort": 8080, "priority": 100, "desc": "all", "ruleList": rules}
    made.both("create_app_blb_policy", listenerPort=82, type="HTTP", appPolicyVos=[policy])
    found = made.both("describe_app_blb_policy", port=82, type="HTTP").policy_list[0].id
    change = {"policyId": found, "priority": 7, "description": "first"}
    made.both("update_app_blb_policy", port=82, type="HTTP", policyList=[change])
    made.both("delete_app_blb_policy", port=82, type="HTTP", policyIdList=[found])


def clusters() -> None:
    order = {"name": "four", "type": "4Layer", "ccuCount": 1, "billing": PREPAID, "tags": TAGS}
    made = BALANCERS.both("create_lbdc", {"type": "nothing"}, "InvalidParameter", **order).id
    unknown = {"id": "bgw_group-00000000"}

    def of_cluster(method: str, **members: Any) -> Any:
        return BALANCERS.both(method, unknown, id=made, **members)

    of_cluster("update_lbdc", name="renamed", desc="another")
    of_cluster("upgrade_lbdc", ccuCount=2)
    of_cluster("renew_lbdc", billing=PREPAID)
    expect(of_cluster("describe_lbdc").name, "renamed")
    of_cluster("describe_lbdc_blb")
    BALANCERS.done("describe_lbdcs", name="renamed")


def services() -> None:
    balancer = Balancer("blb").id
    order = {"name": "shop", "serviceName": "shop", "instanceId": balancer}
    made = BALANCERS.both("create_service", {"instanceId": "lb-00000000"}, "InstanceNotFound", **order).service
    unknown = {"service": "shop.uservice-00000000.beijing.baidubce.com"}

    def of_service(method: str, **members: Any) -> Any:
        return BALANCERS.both(method, unknown, service=made, **members)

    of_service("update_service", name="renamed", description="another")
    of_service("add_service_auth", authList=[{"uid": "somebody", "auth": "allow"}])
    of_service("update_service_auth", authList=[{"uid": "somebody", "auth": "deny"}])
    of_service("delete_service_auth", uidList=["somebody"])
    BALANCERS.both("describe_services", {"marker": "nowhere"}, "InvalidParameter", maxKeys=10)
    expect(of_service("describe_service").name, "renamed")
    of_service("unbind_instance_from_service")
    of_service("bind_instance_to_service", instanceId=balancer)
    of_service("unbind_instance_from_service")
    of_service("delete_service")


PARTS = (ordinary, payment, application, clusters, services)
