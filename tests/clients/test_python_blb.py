"""bce-python-sdk's client of ordinary load balancers against a server process: each method succeeds and is refused."""

from __future__ import annotations

import pytest
from baidubce.services.blb.app_blb_client import AppBlbClient
from baidubce.services.blb.blb_client import BlbClient
from baidubce.services.eip.eip_client import EipClient
from baidubce.services.subnet.subnet_client import SubnetClient
from baidubce.services.vpc.vpc_client import VpcClient

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
from tests.clients.python_refusals import check_refusals, methods, refusal, state
from tests.clients.test_python_eip import POSTPAID, only
from tests.clients.test_python_sdk import control, create

pytestmark = pytest.mark.filterwarnings("ignore")
CHECK = {"health_check_timeout_in_second": 5, "health_check_interval": 4}
PAGE = {
    "health_check_type": "HTTP",
    "health_check_port": 8081,
    "health_check_uri": "/up",
    "health_check_host": "a.test",
}
SESSION = {"keep_session": True, "keep_session_type": "rewrite", "keep_session_cookie_name": "c"}
HEADERS = {"x_forward_for": True, "x_forwarded_proto": True, "additional_attributes": {"gzipJson": "on"}}


@pytest.fixture
def blbs(configuration) -> Driven:
    return Driven(BlbClient(configuration))


def ipv6_network(configuration) -> tuple[str, str]:
    vpc = VpcClient(configuration).create_vpc("six", "10.0.0.0/16", enable_ipv6=True).vpc_id
    subnets = SubnetClient(configuration)
    return vpc, subnets.create_subnet("six", "cn-bj-a", "10.0.0.0/24", vpc, enable_ipv6=True).subnet_id


def balancers_succeed(blbs, configuration, network):
    vpc, subnet = network
    tags = [{"tagKey": "a", "tagValue": "b"}]
    made = blbs.create_loadbalancer(vpc, subnet, "web", "of mine", "192.168.0.99", tags=tags, allow_delete=False)
    assert (made.name, made.desc, made.address) == ("web", "of mine", "192.168.0.99")
    blbs.update_loadbalancer(made.blb_id, "other", "changed", allow_delete=True)
    blbs.update_loadbalancer_acl(made.blb_id, support_acl=False)
    (found,) = blbs.describe_loadbalancers("192.168.0.99", "other", made.blb_id, exactly_match=True).blb_list
    seen = blbs.describe_loadbalancer_detail(made.blb_id)
    for shown in (found, seen):
        assert (shown.name, shown.desc, shown.status, shown.allow_delete) == ("other", "changed", "available", True)
        assert (shown.tags[0].tag_key, shown.payment_timing) == ("a", "Postpaid")
    assert blbs.describe_loadbalancers(name="othe", exactly_match=True).blb_list == []

    six = blbs.create_ipv6_loadbalancer(*ipv6_network(configuration), name="six")
    assert ":" in six.address
    assert [each.blb_id for each in blbs.describe_ipv6_loadbalancers(name="six").blb_list] == [six.blb_id]
    assert [each.blb_id for each in blbs.describe_loadbalancers().blb_list] == [made.blb_id]
    blbs.delete_loadbalancer(six.blb_id)
    assert blbs.describe_ipv6_loadbalancers().blb_list == []
    return made.blb_id


def listeners_succeed(blbs, blb):
    threshold, threshold_anew = {"unhealthy_threshold": 2, "healthy_threshold": 4}, {"health_threshold": 5}
    page = {**CHECK, **PAGE, "health_check_normal_status": "http_2xx", "server_timeout": 40}
    blbs.create_tcp_listener(blb, 80, 8080, "RoundRobin", 100, **CHECK, **threshold)
    blbs.create_udp_listener(blb, 53, 5353, "Hash", "ping", health_check_port=54, udp_session_timeout=30, **threshold)
    blbs.create_https_listener(
        blb, 443, 8443, "RoundRobin", [CERT], ie6_compatible=True, health_threshold=4,
        additional_cert_domains=DOMAINS, **SESSION, **HEADERS, **TLS, **BOTH_SIDES, **page
    )  # fmt: skip
    blbs.create_http_listener(
        blb, 81, 8081, "LeastConnection", redirect_port=443, **SESSION, **HEADERS, **page, **threshold
    )
    blbs.create_ssl_listener(blb, 9443, 9444, "Hash", [CERT], server_timeout=100, **CHECK, **TLS, **BOTH_SIDES)

    blbs.update_tcp_listener(blb, 80, 8888, "Hash", tcp_session_timeout=200, **threshold_anew)
    blbs.update_udp_listener(blb, 53, health_check_type="ICMP", udp_session_timeout=40, **threshold_anew)
    blbs.update_http_listener(blb, 81, keep_session=False, redirect_port=0, **threshold_anew)
    blbs.update_https_listener(blb, 443, 8444, cert_ids=[OTHER_CERT], encryption_type="tls_cipher_policy_1_2")
    blbs.update_ssl_listener(blb, 9443, scheduler="RoundRobin", cert_ids=[OTHER_CERT], dual_auth=False)

    (tcp,), (udp,), (http,), (https,), (ssl,) = (
        each(blb, port).listener_list
        for each, port in (
            (blbs.describe_tcp_listener, 80),
            (blbs.describe_udp_listener, 53),
            (blbs.describe_http_listener, 81),
            (blbs.describe_https_listener, 443),
            (blbs.describe_ssl_listener, 9443),
        )
    )
    assert (tcp.backend_port, tcp.scheduler, tcp.tcp_session_timeout, tcp.healthy_threshold) == (8888, "Hash", 200, 5)
    assert (tcp.health_check_timeout_in_second, tcp.health_check_interval, tcp.unhealthy_threshold) == (5, 4, 2)
    assert (udp.health_check_type, udp.health_check_port, udp.udp_session_timeout) == ("ICMP", 54, 40)
    assert (http.keep_session, http.x_forward_for, http.additional_attributes.gzip_json) == (False, True, "on")
    assert (http.server_timeout, http.health_check_host, http.health_check_uri) == (40, "a.test", "/up")
    assert (https.backend_port, https.cert_ids, https.encryption_type) == (8444, [OTHER_CERT], "tls_cipher_policy_1_2")
    assert (https.keep_session_type, https.keep_session_cookie_name) == ("rewrite", "c")
    assert (https.additional_cert_domains[0].cert_id, https.dual_auth, https.healthy_threshold) == (OTHER_CERT, True, 4)
    assert (ssl.scheduler, ssl.cert_ids, ssl.dual_auth, ssl.server_timeout) == ("RoundRobin", [OTHER_CERT], False, 100)

    first = blbs.describe_all_listeners(blb, max_keys=2)
    rest = blbs.describe_all_listeners(blb, marker=first.next_marker).listener_list
    every = {(each.listener_type, each.listener_port) for each in [*first.listener_list, *rest]}
    assert every == {("TCP", 80), ("UDP", 53), ("HTTP", 81), ("HTTPS", 443), ("SSL", 9443)}
    blbs.delete_listeners(blb, [53], [{"port": 81, "type": "HTTP"}])
    seen = blbs.describe_loadbalancer_detail(blb).listener
    assert {(each.type, each.port) for each in seen} == {("TCP", "80"), ("HTTPS", "443"), ("SSL", "9443")}


def servers_succeed(blbs, blb, instance_ids):
    instance, other = instance_ids
    blbs.add_backend_servers(blb, [{"instanceId": instance, "weight": 50}, {"instanceId": other}])
    blbs.update_backend_servers(blb, [{"instanceId": instance, "weight": 7, "desc": "small"}])
    seen = {each.instance_id: each for each in blbs.describe_backend_servers(blb).backend_server_list}
    assert {each: (seen[each].weight, seen[each].desc) for each in seen} == {instance: (7, "small"), other: (100, "")}
    health = blbs.describe_health_status(blb, 80)
    assert (health.type, health.listener_port, health.backend_port) == ("TCP", 80, 8888)
    assert {each.status for each in health.backend_server_list} == {"Unknown"}
    assert [each.blb_id for each in blbs.describe_loadbalancers(bcc_id=other).blb_list] == [blb]
    blbs.remove_backend_servers(blb, [other])
    assert [each.instance_id for each in blbs.describe_backend_servers(blb).backend_server_list] == [instance]


def groups_succeed(blbs, blb, group, enterprise):
    blbs.bind_security_groups(blb, [group])
    (seen,) = blbs.describe_security_groups(blb).blb_security_groups
    assert (seen.security_group_id, seen.security_group_name) == (group, "web")
    assert [each.port_range for each in seen.security_group_rules] == ["80"]
    blbs.unbind_security_groups(blb, [group])
    blbs.bind_enterprise_security_groups(blb, [enterprise])
    (seen,) = blbs.describe_enterprise_security_groups(blb).enterprise_security_groups
    assert (seen.enterprise_security_group_id, seen.enterprise_security_group_name) == (enterprise, "web")
    assert "80" in {each.port_range for each in seen.enterprise_security_group_rules}
    blbs.unbind_enterprise_security_groups(blb, [enterprise])
    assert blbs.describe_security_groups(blb).blb_security_groups == []
    assert blbs.describe_enterprise_security_groups(blb).enterprise_security_groups == []


def test_each_method_does_what_it_is_for(server, configuration, blbs, instances, network):
    blb = balancers_succeed(blbs, configuration, network)
    listeners_succeed(blbs, blb)
    servers_succeed(blbs, blb, create(instances, purchase_count=2))
    groups_succeed(blbs, blb, *groups_of(configuration, network[0]))
    blbs.delete_loadbalancer(blb)

    assert blbs.describe_loadbalancers().blb_list == []
    assert blbs.done == methods(BlbClient)
    assert unread(server) <= MEANS_NOTHING


def refusals(configuration, network, blb: str, instance: str) -> list[tuple]:
    """Each method with what it cannot do for a load balancer that listens for TCP at 80 and has an instance behind it."""
    vpc, subnet = network
    app = AppBlbClient(configuration).create_app_loadbalancer(vpc, subnet).blb_id
    gone, server = (404, "InstanceNotFound"), [{"instanceId": instance}]
    unknown = [{"instanceId": "i-00000000"}]
    return [
        ("create_loadbalancer", (vpc, "sbn-000000000000"), {}, (404, "NoSuchObject")),
        ("create_loadbalancer", (vpc, subnet, "1"), {}, (400, "InvalidParameter")),
        ("create_loadbalancer", (vpc, subnet), {"blb_type": "application"}, (400, "InvalidParameter")),
        ("create_ipv6_loadbalancer", (vpc, subnet), {}, (400, "InvalidParameter")),
        ("describe_loadbalancers", (), {"blb_type": "application"}, (400, "InvalidParameter")),
        ("describe_ipv6_loadbalancers", (), {"marker": "lb-nowhere"}, (400, "InvalidParameter")),
        ("describe_loadbalancer_detail", (app,), {}, gone),
        ("update_loadbalancer", (app, "other"), {}, gone),
        ("update_loadbalancer_acl", (NOBODY,), {}, gone),
        ("delete_loadbalancer", (blb,), {}, (409, "OperationDenied")),
        ("create_tcp_listener", (blb, 80, 80, "RoundRobin"), {}, (400, "ListenerAlreadyExist")),
        ("create_udp_listener", (blb, 53, 53, "RoundRobin"), {}, (400, "InvalidParameter")),
        ("create_http_listener", (blb, 81, 81, "Hash"), {}, (400, "InvalidParameter")),
        ("create_https_listener", (blb, 443, 443, "RoundRobin", ["cert"]), {}, (404, "CertificateNotFound")),
        ("create_ssl_listener", (blb, 443, 443, "RoundRobin", []), {}, (400, "InvalidParameter")),
        ("describe_tcp_listener", (app,), {}, gone),
        ("describe_udp_listener", (NOBODY,), {}, gone),
        ("describe_http_listener", (NOBODY,), {}, gone),
        ("describe_https_listener", (NOBODY,), {}, gone),
        ("describe_ssl_listener", (NOBODY,), {}, gone),
        ("describe_all_listeners", (blb,), {"max_keys": 0}, (400, "InvalidParameter")),
        ("update_tcp_listener", (blb, 80), {"tcp_session_timeout": 9}, (400, "InvalidParameter")),
        ("update_udp_listener", (blb, 80), {"scheduler": "Hash"}, (404, "ListenerNotFound")),
        ("update_http_listener", (blb, 80), {"keep_session": True}, (404, "ListenerNotFound")),
        ("update_https_listener", (blb, 80), {"cert_ids": [CERT]}, (404, "ListenerNotFound")),
        ("update_ssl_listener", (blb, 80), {"cert_ids": [CERT]}, (404, "ListenerNotFound")),
        ("delete_listeners", (blb, [80, 81]), {}, (404, "ListenerNotFound")),
        ("delete_listeners", (blb,), {}, (400, "InvalidParameter")),
        ("add_backend_servers", (blb, server), {}, (400, "BackendServerAlreadyExist")),
        ("add_backend_servers", (blb, unknown), {}, (404, "BackendServerNotFound")),
        ("update_backend_servers", (blb, [{**server[0], "weight": 101}]), {}, (400, "InvalidParameter")),
        ("remove_backend_servers", (blb, [instance, "i-00000000"]), {}, (404, "BackendServerNotFound")),
        ("describe_backend_servers", (app,), {}, gone),
        ("describe_health_status", (blb, 81), {}, (404, "ListenerNotFound")),
        ("bind_security_groups", (blb, ["g-000000000000"]), {}, (404, "NoSuchObject")),
        ("unbind_security_groups", (blb, ["g-000000000000"]), {}, (404, "NoSuchObject")),
        ("describe_security_groups", (NOBODY,), {}, gone),
        ("bind_enterprise_security_groups", (blb, []), {}, (400, "InvalidParameter")),
        ("unbind_enterprise_security_groups", (blb, ["esg-000000000000"]), {}, (404, "NoSuchObject")),
        ("describe_enterprise_security_groups", (NOBODY,), {}, gone),
    ]


def test_each_method_is_refused_what_cannot_be_and_changes_nothing_then(
    server, configuration, blbs, instances, network
):
    (instance,) = create(instances)
    blb = blbs.create_loadbalancer(*network, allow_delete=False).blb_id
    blbs.create_tcp_listener(blb, 80, 80, "RoundRobin")
    blbs.add_backend_servers(blb, [{"instanceId": instance}])
    table = refusals(configuration, network, blb, instance)

    check_refusals(server, blbs.client, table)


def test_a_load_balancer_has_terms_a_level_and_addresses_of_both_versions(server, configuration, blbs):
    ahead = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1}}
    by_capacity = {"paymentTiming": "Postpaid", "billingMethod": "ByCapacityUnit"}
    network = ipv6_network(configuration)

    blb = blbs.create_loadbalancer(
        *network, billing=ahead, performance_level="small1", auto_renew_length=1, auto_renew_time_unit="month"
    ).blb_id
    both = blbs.create_loadbalancer(*network, billing=by_capacity, allocate_ipv6=True)
    blbs.update_loadbalancer(blb, allocate_ipv6=True)

    seen, other = map(blbs.describe_loadbalancer_detail, (blb, both.blb_id))
    assert (seen.payment_timing, seen.performance_level, seen.address) == ("Prepaid", "small1", "10.0.0.2")
    assert (other.payment_timing, other.billing_method, other.performance_level) == (
        "Postpaid",
        "ByCapacityUnit",
        "unlimited",
    )
    assert other.ipv6 == both.ipv6 != seen.ipv6
    assert refusal(blbs.delete_loadbalancer, blb) == (409, "OperationDenied")
    assert refusal(blbs.create_loadbalancer, *network, performance_level="huge") == (400, "InvalidParameter")
    control(server, "POST", "clock/advance", {"seconds": 32 * 86_400})
    renewed = blbs.describe_loadbalancer_detail(blb)
    assert (renewed.status, renewed.expire_time > seen.expire_time) == ("available", True)


def test_an_instance_behind_a_load_balancer_and_two_addresses_tell_one_story(
    server, configuration, blbs, instances, network
):
    eips = EipClient(configuration)
    (instance,) = create(instances, network_capacity_in_mbps=3)
    own = instances.get_instance(instance).instance.public_ip
    front, spare = (eips.create_eip(5, billing=POSTPAID).eip for _ in range(2))
    blb = blbs.create_loadbalancer(*network, eip=front).blb_id
    blbs.create_tcp_listener(blb, 80, 80, "RoundRobin")
    blbs.add_backend_servers(blb, [{"instanceId": instance}])

    def health() -> str:
        control(server, "POST", "clock/advance", {"seconds": 60})
        (found,) = blbs.describe_health_status(blb, 80).backend_server_list
        assert found.private_ip == instances.get_instance(instance).instance.internal_ip
        return found.status

    def bound() -> dict[str, tuple]:
        return {each.eip: (each.status, each.instance_type, each.instance_id) for each in eips.list_eips().eip_list}

    together = {own: ("binded", "BCC", instance), front: ("binded", "BLB", blb), spare: ("available", "", "")}
    assert bound() == together
    assert only(eips, instance_type="BLB", instance_id=blb).eip == front
    assert blbs.describe_loadbalancer_detail(blb).public_ip == front
    assert [each.blb_id for each in blbs.describe_loadbalancers(address=front).blb_list] == [blb]
    assert instances.get_instance(instance).instance.public_ip == own
    assert health() == "Alive"
    instances.stop_instance(instance)
    assert health() == "Dead"
    instances.start_instance(instance)
    assert health() == "Alive"

    before = state(server)
    refused = [
        refusal(eips.bind_eip, spare, "BLB", blb),
        refusal(eips.bind_eip, front, "BCC", instance),
        refusal(eips.bind_eip, spare, "BLB", NOBODY),
        refusal(eips.release_eip, front),
        refusal(blbs.create_loadbalancer, *network, eip=own),
        refusal(blbs.create_loadbalancer, *network, eip="203.0.113.250"),
    ]
    assert refused == [
        *[(409, "OperationDenied")] * 2,
        (404, "NoSuchObject"),
        *[(409, "OperationDenied")] * 2,
        (404, "NoSuchObject"),
    ]
    assert state(server) == before

    eips.unbind_eip(own)
    assert instances.get_instance(instance).instance.public_ip == ""
    eips.unbind_eip(front)
    assert "public_ip" not in vars(blbs.describe_loadbalancer_detail(blb))
    eips.bind_eip(own, "BLB", blb)
    assert blbs.describe_loadbalancer_detail(blb).public_ip == own
    assert health() == "Alive"
    instances.release_instance(instance)
    assert blbs.describe_backend_servers(blb).backend_server_list == []
    assert blbs.describe_loadbalancers(bcc_id=instance).blb_list == []
    assert bound()[own] == ("binded", "BLB", blb)
    blbs.delete_loadbalancer(blb)
    assert {each.status for each in eips.list_eips().eip_list} == {"available"}


def test_a_load_balancer_that_changes_takes_no_other_change(server, configuration, blbs, network):
    control(server, "PUT", "clock", {"pace": 1, "frozen": True})
    control(server, "PUT", "lifecycles/LoadBalancer/update", {"seconds": 2})
    eips = EipClient(configuration)
    front, spare = (eips.create_eip(5, billing=POSTPAID).eip for _ in range(2))
    control(server, "POST", "clock/advance", {"until": "idle"})
    blb, unfinished = blbs.create_loadbalancer(*network, eip=front).blb_id, (409, "LastOperationNotFinished")

    def statuses() -> tuple[str, str]:
        return blbs.describe_loadbalancer_detail(blb).status, only(eips, eip=front).status

    assert statuses() == ("creating", "binding")
    assert refusal(blbs.create_tcp_listener, blb, 80, 80, "Hash") == unfinished
    assert refusal(eips.unbind_eip, front) == (409, "OperationDenied")
    control(server, "POST", "clock/advance", {"until": "idle"})
    assert statuses() == ("available", "binded")
    blbs.create_tcp_listener(blb, 80, 80, "Hash")
    assert statuses() == ("updating", "binded")
    assert refusal(blbs.delete_loadbalancer, blb) == unfinished
    assert refusal(eips.bind_eip, spare, "BLB", blb) == (409, "OperationDenied")
    control(server, "POST", "clock/advance", {"until": "idle"})
    eips.unbind_eip(front)
    control(server, "POST", "clock/advance", {"until": "idle"})
    assert statuses() == ("available", "available")
    assert "public_ip" not in vars(blbs.describe_loadbalancer_detail(blb))
