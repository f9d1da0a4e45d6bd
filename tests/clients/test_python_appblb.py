"""bce-python-sdk's client of application load balancers: each method succeeds and is refused by a server process."""

from __future__ import annotations

import pytest
from baidubce.services.blb.app_blb_client import AppBlbClient
from baidubce.services.blb.blb_client import BlbClient
from baidubce.services.eip.eip_client import EipClient

from tests.clients.python_balancers import (
    BOTH_SIDES,
    CERT,
    DOMAINS,
    MEANS_NOTHING,
    NOBODY,
    OTHER_CERT,
    TLS,
    Driven,
    groups_of,
    unread,
)
from tests.clients.python_refusals import check_refusals, methods, refusal
from tests.clients.test_python_eip import POSTPAID, only
from tests.clients.test_python_sdk import control, create

pytestmark = pytest.mark.filterwarnings("ignore")
SESSION = {"keep_session": True, "keep_session_type": "rewrite", "keep_session_cookie_name": "c"}
HEADERS = {"x_forwarded_for": True, "x_forwarded_proto": True, "additional_attributes": {"gzipJson": "on"}}
CHECK = {"health_check_timeout_insecond": 5, "health_check_interval_insecond": 4, "health_check_up_retry": 2}
PAGE = {"health_check": "HTTP", "health_check_port": 8081, "health_check_urlpath": "/up"}
EVERYTHING = [{"key": "*", "value": "*"}]
PAGES = [{"key": "host", "value": "*.example.com"}, {"key": "uri", "value": "/a/*"}]


@pytest.fixture
def blbs(configuration) -> Driven:
    return Driven(AppBlbClient(configuration))


def balancers_succeed(blbs, network):
    vpc, subnet = network
    tags = [{"tagKey": "a", "tagValue": "b"}]
    made = blbs.create_app_loadbalancer(vpc, subnet, "web", "of mine", "192.168.0.99", tags=tags, allow_delete=False)
    assert (made.name, made.desc, made.address) == ("web", "of mine", "192.168.0.99")
    blbs.update_app_loadbalancer(made.blb_id, "other", "changed", allow_delete=True)
    found = blbs.describe_app_loadbalancers("192.168.0.99", "other", made.blb_id, exactly_match=True).blb_list
    seen = blbs.describe_app_loadbalancer_detail(made.blb_id)
    for shown in (*found, seen):
        assert (shown.name, shown.desc, shown.status, shown.allow_delete) == ("other", "changed", "available", True)
    assert (len(found), found[0].tags[0].tag_key, seen.subnet_cider) == (1, "a", "192.168.0.0/20")
    assert blbs.describe_app_loadbalancers(name="othe", exactly_match=True).blb_list == []
    return made.blb_id


def listeners_succeed(blbs, blb):
    blbs.create_app_tcp_listener(blb, 80, "RoundRobin", 100, description="first")
    blbs.create_app_udp_listener(blb, 53, "Hash", 30, description="names")
    blbs.create_app_https_listener(
        blb, 443, "RoundRobin", [CERT], server_timeout=40, keep_session_timeout=60, ie6_compatible=True,
        additional_cert_domains=DOMAINS, description="pages", **SESSION, **HEADERS, **TLS, **BOTH_SIDES
    )  # fmt: skip
    blbs.create_app_http_listener(
        blb, 8080, "LeastConnection", server_timeout=40, redirect_port=443, description="to pages", **SESSION, **HEADERS
    )
    blbs.create_app_ssl_listener(blb, 9443, "Hash", [CERT], description="closed", **TLS, **BOTH_SIDES)

    blbs.update_app_tcp_listener(blb, 80, "Hash", 200, description="second")
    blbs.update_app_udp_listener(blb, 53, "RoundRobin", 40)
    blbs.update_app_http_listener(blb, 8080, keep_session=False, redirect_port=0, description="")
    blbs.update_app_https_listener(blb, 443, cert_ids=[OTHER_CERT], ie6_compatible=False, keep_session_timeout=90)
    blbs.update_app_ssl_listener(blb, 9443, "RoundRobin", cert_ids=[OTHER_CERT], dual_auth=False)

    (tcp,), (udp,), (http,), (https,), (ssl,) = (
        each(blb, port).listener_list
        for each, port in (
            (blbs.describe_app_tcp_listener, 80),
            (blbs.describe_app_udp_listener, 53),
            (blbs.describe_app_http_listener, 8080),
            (blbs.describe_app_https_listener, 443),
            (blbs.describe_app_ssl_listener, 9443),
        )
    )
    assert (tcp.scheduler, tcp.tcp_session_timeout, tcp.description) == ("Hash", 200, "second")
    assert (udp.scheduler, udp.udp_session_timeout, udp.description) == ("RoundRobin", 40, "names")
    assert (http.scheduler, http.keep_session, http.server_timeout) == ("LeastConnection", False, 40)
    assert (http.x_forwarded_for, http.additional_attributes.gzip_json, http.description) == (True, "on", "")
    assert (https.cert_ids, https.keep_session_type, https.keep_session_timeout) == ([OTHER_CERT], "rewrite", 90)
    assert (https.additional_cert_domains[0].cert_id, https.dual_auth) == (OTHER_CERT, True)
    assert (https.encryption_type, https.encryption_protocols) == ("userDefind", ["tlsv12"])
    assert (ssl.scheduler, ssl.cert_ids, ssl.dual_auth, ssl.description) == (
        "RoundRobin",
        [OTHER_CERT],
        False,
        "closed",
    )

    first = blbs.describe_app_all_listener(blb, max_keys=2)
    rest = blbs.describe_app_all_listener(blb, marker=first.next_marker).listener_list
    every = {(each.listener_type, each.listener_port) for each in [*first.listener_list, *rest]}
    assert every == {("TCP", 80), ("UDP", 53), ("HTTP", 8080), ("HTTPS", 443), ("SSL", 9443)}
    blbs.delete_app_listeners(blb, [53], [{"port": 9443, "type": "SSL"}])
    seen = blbs.describe_app_loadbalancer_detail(blb).listener
    assert {(each.type, each.port) for each in seen} == {("TCP", "80"), ("HTTP", "8080"), ("HTTPS", "443")}


def server_groups_succeed(blbs, blb, instance_ids):
    instance, other = instance_ids
    made = blbs.create_app_server_group(blb, "servers", "of mine", [{"instanceId": instance, "weight": 50}])
    assert (made.name, made.desc, made.status) == ("servers", "of mine", "available")
    group, empty = made.id, blbs.create_app_server_group(blb).id
    blbs.update_app_server_group(blb, group, "renamed", "changed")
    (seen,) = blbs.describe_app_server_group(blb, "renamed", exactly_match=True).app_server_group_list
    assert (seen.id, seen.desc, seen.port_list) == (group, "changed", [])
    blbs.delete_app_server_group(blb, empty)
    assert [each.id for each in blbs.describe_app_server_group(blb).app_server_group_list] == [group]

    port = blbs.create_app_server_group_port(blb, group, 8080, "HTTP", **PAGE, **CHECK, health_check_host="a.test").id
    names = blbs.create_app_server_group_port(blb, group, 53, "UDP", udp_health_check_string="ping").id
    blbs.update_app_server_group_port(blb, group, port, health_check_urlpath="/", health_check_down_retry=4)
    blbs.delete_app_server_group_port(blb, group, [names])
    (seen,) = blbs.describe_app_server_group(blb).app_server_group_list[0].port_list
    assert (seen.id, seen.port, seen.type, seen.health_check_port) == (port, 8080, "HTTP", 8081)
    assert (seen.health_check_url_path, seen.health_check_down_retry, seen.health_check_up_retry) == ("/", 4, 2)
    assert (seen.health_check_timeout_in_second, seen.health_check_interval_in_second) == (5, 4)

    blbs.create_app_blb_rs(blb, group, [{"instanceId": other}])
    blbs.update_app_blb_rs(blb, group, [{"instanceId": instance, "weight": 7}])
    seen = blbs.describe_app_blb_rs(blb, group).backend_server_list
    assert {each.instance_id: each.weight for each in seen} == {instance: 7, other: 100}
    assert [each.blb_id for each in blbs.describe_app_loadbalancers(bcc_id=other).blb_list] == [blb]
    blbs.delete_app_blb_rs(blb, group, [other])
    assert [each.instance_id for each in blbs.describe_rs_mount(blb, group).backend_server_list] == [instance]
    assert [each.instance_id for each in blbs.describe_rs_unmount(blb, group).backend_server_list] == [other]
    return group


def ip_groups_succeed(blbs, blb):
    member = {"ip": "10.0.0.1", "port": 80, "weight": 10}
    made = blbs.create_app_ip_group(blb, "addresses", "of mine", [member])
    assert (made.name, made.desc) == ("addresses", "of mine")
    group, empty = made.id, blbs.create_app_ip_group(blb).id
    blbs.update_app_ip_group(blb, group, "renamed", "changed")
    blbs.delete_app_ip_group(blb, empty)

    port = blbs.create_app_ip_group_port(blb, group, "HTTP", **PAGE, **CHECK, health_check_normal_status="http_2xx").id
    names = blbs.create_app_ip_group_port(blb, group, "UDP", udp_health_check_string="ping").id
    blbs.update_app_ip_group_port(blb, group, port, health_check_urlpath="/", health_check_down_retry=4)
    blbs.delete_app_ip_group_port(blb, group, [names])
    (seen,) = blbs.describe_app_ip_group(blb, "renamed", exactly_match=True).app_ip_group_list
    assert (seen.id, seen.desc) == (group, "changed")
    (seen,) = seen.backend_policy_list
    assert (seen.id, seen.type, seen.health_check_port, seen.health_check_url_path) == (port, "HTTP", 8081, "/")
    assert (seen.health_check_down_retry, seen.health_check_up_retry) == (4, 2)

    blbs.create_app_ip_group_member(blb, group, [{"ip": "10.0.0.2", "port": 80}])
    newest, oldest = blbs.describe_app_ip_group_member(blb, group).member_list
    blbs.update_app_ip_group_member(blb, group, [{"memberId": oldest.member_id, "port": 81, "weight": 20}])
    blbs.delete_app_ip_group_member(blb, group, [newest.member_id])
    (seen,) = blbs.describe_app_ip_group_member(blb, group).member_list
    assert (seen.ip, seen.port, seen.weight) == ("10.0.0.1", 81, 20)
    return group


def policies_succeed(blbs, blb, group, ip_group):
    to_servers = {"appServerGroupId": group, "backendPort": 8080, "priority": 100, "ruleList": PAGES, "desc": "pages"}
    to_addresses = {"appIpGroupId": ip_group, "priority": 200, "ruleList": EVERYTHING}
    (pages,) = blbs.create_policys(blb, 8080, [to_servers], "HTTP").id_list
    (rest,) = blbs.create_app_ipgroup_policys(blb, 8080, [to_addresses], type="HTTP").id_list
    blbs.update_policys(blb, 8080, [{"policyId": pages, "priority": 7, "description": "first"}], "HTTP")

    seen = {each.id: each for each in blbs.describe_policys(blb, 8080, "HTTP").policy_list}
    assert {each: (seen[each].group_type, seen[each].priority) for each in seen} == {
        pages: ("Server", 7),
        rest: ("IP", 200),
    }
    assert (seen[pages].app_server_group_id, seen[pages].backend_port, seen[pages].desc) == (group, 8080, "first")
    assert [(each.key, each.value) for each in seen[pages].rule_list] == [tuple(each.values()) for each in PAGES]
    (last,) = blbs.describe_app_ipgroup_policys(blb, 8080, "HTTP", maxkeys=1).policy_list
    assert (last.id, last.app_ip_group_id) == (rest, ip_group)
    (server,) = blbs.describe_app_blb_rs(blb, group).backend_server_list
    (port,) = server.port_list
    assert (port.listener_port, port.backend_port, port.status, port.policy_id) == (8080, "8080", "Unknown", pages)
    blbs.delete_policys(blb, 8080, [pages, rest], "HTTP")
    assert blbs.describe_policys(blb, 8080).policy_list == []


def groups_succeed(blbs, blb, group, enterprise):
    blbs.bind_app_security_groups(blb, [group])
    (seen,) = blbs.describe_app_security_groups(blb).blb_security_groups
    assert (seen.security_group_id, seen.security_group_name) == (group, "web")
    blbs.unbind_app_security_groups(blb, [group])
    blbs.bind_app_enterprise_security_groups(blb, [enterprise])
    (seen,) = blbs.describe_app_enterprise_security_groups(blb).enterprise_security_groups
    assert (seen.enterprise_security_group_id, seen.enterprise_security_group_name) == (enterprise, "web")
    blbs.unbind_app_enterprise_security_groups(blb, [enterprise])
    assert blbs.describe_app_security_groups(blb).blb_security_groups == []
    assert blbs.describe_app_enterprise_security_groups(blb).enterprise_security_groups == []


def test_each_method_does_what_it_is_for(server, configuration, blbs, instances, network):
    blb = balancers_succeed(blbs, network)
    listeners_succeed(blbs, blb)
    group = server_groups_succeed(blbs, blb, create(instances, purchase_count=2))
    policies_succeed(blbs, blb, group, ip_groups_succeed(blbs, blb))
    groups_succeed(blbs, blb, *groups_of(configuration, network[0]))
    blbs.delete_app_loadbalancer(blb)

    assert blbs.describe_app_loadbalancers().blb_list == []
    assert blbs.done == methods(AppBlbClient)
    assert unread(server) <= MEANS_NOTHING


class Full:
    """A load balancer with a listener, a server group and an IP group that policies lead to."""

    def __init__(self, blbs, network, instance: str, **members) -> None:
        self.id = blb = blbs.create_app_loadbalancer(*network, **members).blb_id
        blbs.create_app_http_listener(blb, 8080, "RoundRobin")
        self.group = blbs.create_app_server_group(blb, backend_server_list=[{"instanceId": instance}]).id
        self.port = blbs.create_app_server_group_port(blb, self.group, 8080, "HTTP").id
        self.ip_group = blbs.create_app_ip_group(blb, member_list=[{"ip": "10.0.0.1", "port": 80}]).id
        self.protocol = blbs.create_app_ip_group_port(blb, self.ip_group, "HTTP", health_check_port=80).id
        self.to_servers = {"appServerGroupId": self.group, "backendPort": 8080, "priority": 1, "ruleList": PAGES}
        self.to_addresses = {"appIpGroupId": self.ip_group, "priority": 2, "ruleList": EVERYTHING}
        self.policies = blbs.create_policys(blb, 8080, [self.to_servers, self.to_addresses]).id_list


def refusals(configuration, network, full: Full, instance: str) -> list[tuple]:
    """Each method with what it cannot do for a load balancer that has all that."""
    (vpc, subnet), blb = network, full.id
    plain = BlbClient(configuration).create_loadbalancer(vpc, subnet).blb_id
    bad, gone, missing, denied = (
        (400, "InvalidParameter"),
        (404, "InstanceNotFound"),
        (404, "NoSuchObject"),
        (409, "OperationDenied"),
    )
    no_listener, no_server = (404, "ListenerNotFound"), (404, "BackendServerNotFound")
    unknown, again = [{"instanceId": "i-00000000"}], [{"instanceId": instance}]
    address = [{"ip": "10.0.0.1", "port": 80}]
    return [
        ("create_app_loadbalancer", (vpc, subnet), {"type": "normal"}, bad),
        ("create_app_loadbalancer", ("vpc-000000000000", subnet), {}, missing),
        ("update_app_loadbalancer", (blb, "1"), {}, bad),
        ("describe_app_loadbalancers", (), {"marker": "lb-nowhere"}, bad),
        ("describe_app_loadbalancer_detail", (plain,), {}, gone),
        ("delete_app_loadbalancer", (blb,), {}, denied),
        ("create_app_tcp_listener", (blb, 8080, "Hash"), {}, (400, "ListenerAlreadyExist")),
        ("create_app_udp_listener", (blb, 53, "Hash", 4), {}, bad),
        ("create_app_http_listener", (blb, 81, "RoundRobin"), {"redirect_port": 443}, (404, "RedirectPortNotFound")),
        ("create_app_https_listener", (blb, 443, "RoundRobin", ["cert"]), {}, (404, "CertificateNotFound")),
        ("create_app_ssl_listener", (blb, 443, "Hash", [CERT]), {"dual_auth": True}, bad),
        ("update_app_tcp_listener", (blb, 8080, "Hash"), {}, no_listener),
        ("update_app_udp_listener", (blb, 8080, "Hash"), {}, no_listener),
        ("update_app_http_listener", (blb, 8080, "Hash"), {}, bad),
        ("update_app_https_listener", (blb, 8080), {"cert_ids": [CERT]}, no_listener),
        ("update_app_ssl_listener", (plain, 8080), {"cert_ids": [CERT]}, gone),
        ("describe_app_tcp_listener", (plain,), {}, gone),
        ("describe_app_udp_listener", (NOBODY,), {}, gone),
        ("describe_app_http_listener", (NOBODY,), {}, gone),
        ("describe_app_https_listener", (NOBODY,), {}, gone),
        ("describe_app_ssl_listener", (NOBODY,), {}, gone),
        ("describe_app_all_listener", (blb,), {"max_keys": 0}, bad),
        ("delete_app_listeners", (blb, [8080, 81]), {}, no_listener),
        ("create_policys", (blb, 8080, [{**full.to_servers, "priority": 2}]), {}, bad),
        ("create_policys", (blb, 81, [full.to_servers]), {}, no_listener),
        ("describe_policys", (blb, 81), {}, no_listener),
        ("delete_policys", (blb, 8080, [full.policies[0], "policy-00000000"]), {}, missing),
        ("update_policys", (blb, 8080, [{"policyId": full.policies[0], "priority": 2}], "HTTP"), {}, bad),
        ("create_app_server_group", (blb, "other", "", unknown), {}, no_server),
        ("update_app_server_group", (blb, "sg-00000000", "other"), {}, missing),
        ("describe_app_server_group", (NOBODY,), {}, gone),
        ("delete_app_server_group", (blb, full.group), {}, denied),
        ("create_app_server_group_port", (blb, full.group, 8080, "HTTP"), {}, bad),
        ("create_app_server_group_port", (blb, full.group, 53, "UDP"), {}, bad),
        ("update_app_server_group_port", (blb, full.group, full.port), {"health_check_up_retry": 6}, bad),
        ("delete_app_server_group_port", (blb, full.group, [full.port]), {}, denied),
        ("create_app_blb_rs", (blb, full.group, again), {}, (400, "BackendServerAlreadyExist")),
        ("update_app_blb_rs", (blb, full.group, [*again, *unknown]), {}, no_server),
        ("describe_app_blb_rs", (blb, "sg-00000000"), {}, missing),
        ("delete_app_blb_rs", (blb, full.group, [instance, "i-00000000"]), {}, no_server),
        ("describe_rs_mount", (blb, "sg-00000000"), {}, missing),
        ("describe_rs_unmount", (blb, "sg-00000000"), {}, missing),
        ("create_app_ip_group", (blb, "other", "", [{"ip": "10.0.0.256", "port": 80}]), {}, bad),
        ("update_app_ip_group", (blb, full.group, "other"), {}, missing),
        ("describe_app_ip_group", (plain,), {}, gone),
        ("delete_app_ip_group", (blb, full.ip_group), {}, denied),
        ("create_app_ip_group_port", (blb, full.ip_group, "HTTP"), {"health_check_port": 80}, bad),
        ("update_app_ip_group_port", (blb, full.ip_group, full.port), {}, missing),
        ("delete_app_ip_group_port", (blb, full.ip_group, [full.protocol]), {}, denied),
        ("create_app_ip_group_member", (blb, full.ip_group, address), {}, bad),
        ("update_app_ip_group_member", (blb, full.ip_group, [{"memberId": "ip_member-00000000"}]), {}, missing),
        ("delete_app_ip_group_member", (blb, full.ip_group, []), {}, bad),
        ("describe_app_ip_group_member", (blb, "ip_group-00000000"), {}, missing),
        ("bind_app_security_groups", (blb, ["g-000000000000"]), {}, missing),
        ("unbind_app_security_groups", (blb, ["g-000000000000"]), {}, missing),
        ("describe_app_security_groups", (NOBODY,), {}, gone),
        ("bind_app_enterprise_security_groups", (blb, []), {}, bad),
        ("unbind_app_enterprise_security_groups", (blb, ["esg-000000000000"]), {}, missing),
        ("describe_app_enterprise_security_groups", (NOBODY,), {}, gone),
        ("create_app_ipgroup_policys", (blb, 8080, [{**full.to_addresses, "backendPort": 80, "priority": 3}]), {}, bad),
        ("describe_app_ipgroup_policys", (blb, 8080), {"type": "TCP"}, no_listener),
    ]


def test_each_method_is_refused_what_cannot_be_and_changes_nothing_then(
    server, configuration, blbs, instances, network
):
    (instance,) = create(instances)
    table = refusals(configuration, network, Full(blbs, network, instance, allow_delete=False), instance)

    check_refusals(server, blbs.client, table)


def test_an_instance_that_policies_lead_to_and_the_address_in_front_tell_one_story(
    server, configuration, blbs, instances, network
):
    eips = EipClient(configuration)
    (instance,) = create(instances)
    front = eips.create_eip(5, billing=POSTPAID).eip
    full = Full(blbs, network, instance)
    eips.bind_eip(front, "BLB", full.id)

    def health() -> str:
        control(server, "POST", "clock/advance", {"seconds": 60})
        (found,) = blbs.describe_app_blb_rs(full.id, full.group).backend_server_list
        assert found.private_ip == instances.get_instance(instance).instance.internal_ip
        return found.port_list[0].status

    assert blbs.describe_app_loadbalancer_detail(full.id).public_ip == front
    assert [each.blb_id for each in blbs.describe_app_loadbalancers(address=front).blb_list] == [full.id]
    assert only(eips, instance_type="BLB", instance_id=full.id).eip == front
    assert refusal(eips.release_eip, front) == (409, "OperationDenied")
    assert health() == "Alive"
    instances.stop_instance(instance)
    assert health() == "Dead"

    instances.release_instance(instance)
    assert blbs.describe_rs_mount(full.id, full.group).backend_server_list == []
    assert blbs.describe_app_loadbalancers(bcc_id=instance).blb_list == []
    assert only(eips, eip=front).status == "binded"
    blbs.delete_app_loadbalancer(full.id)
    assert only(eips, eip=front).status == "available"
    assert refusal(blbs.describe_rs_mount, full.id, full.group) == (404, "InstanceNotFound")
