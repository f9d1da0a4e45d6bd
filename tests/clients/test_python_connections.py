"""bce-python-sdk's clients of VPC connections against a server process, as their users write them."""

from __future__ import annotations

import pytest
from baidubce.auth.bce_credentials import BceCredentials
from baidubce.bce_client_configuration import BceClientConfiguration
from baidubce.services.bcc.bcc_model import TagModel
from baidubce.services.eip.eip_client import EipClient
from baidubce.services.endpoint import model as endpoint_model
from baidubce.services.endpoint.endpoint_client import EndpointClient
from baidubce.services.etGateway.et_gateway_client import EtGatewayClient
from baidubce.services.subnet.subnet_client import SubnetClient
from baidubce.services.vpc import peerconn_model
from baidubce.services.vpc.peerconn_client import PeerConnClient
from baidubce.services.vpc.vpc_client import VpcClient
from baidubce.services.vpn import vpn_model
from baidubce.services.vpn.vpn_client import VpnClient

from bce_emulator.settings import DEFAULT_SECRET_KEY
from tests.clients.python_balancers import groups_of
from tests.clients.python_refusals import BAD, MISSING, check_refusals, refusal
from tests.clients.test_python_sdk import control

pytestmark = pytest.mark.filterwarnings("ignore")
SECRET = "qwer@12345"
TAGS = [{"tagKey": "team", "tagValue": "red"}]


@pytest.fixture
def vpc(configuration) -> str:
    return VpcClient(configuration).list_vpcs().vpcs[0].vpc_id


@pytest.fixture
def subnet(configuration, vpc) -> str:
    return SubnetClient(configuration).list_subnets(vpc_id=vpc).subnets[0].subnet_id


def test_peer_connections(configuration, server, vpc):
    peers, other = PeerConnClient(configuration), BceCredentials("test-other", DEFAULT_SECRET_KEY)
    theirs = BceClientConfiguration(other, server.endpoint)
    their_vpc = VpcClient(theirs).list_vpcs().vpcs[0].vpc_id
    postpaid, prepaid = peerconn_model.Billing("Postpaid"), peerconn_model.Billing("Prepaid", 1)

    offered = peers.create_peerconn(
        10, vpc, their_vpc, "bj", peer_account_id="test-other", billing=postpaid, tags=[TagModel("team", "red")]
    ).peer_conn_id
    assert peers.get_peerconn(offered).status == "consulting"
    PeerConnClient(theirs).handle_peerconn(offered, "accept")
    assert PeerConnClient(theirs).get_peerconn(offered, role="acceptor").status == "active"
    peers.resize_peerconn(offered, 20)
    peers.update_peerconn(offered, peers.get_peerconn(offered).local_if_id, description="another", local_if_name="mine")
    peers.update_peerconn_delete_protect(offered, True)
    peers.open_peerconn_dns_sync(offered, "initiator")
    seen = peers.get_peerconn(offered)
    assert (seen.bandwidth_in_mbps, seen.local_if_name, seen.dns_status) == (20, "mine", "open")
    peers.close_peerconn_dns_sync(offered, "initiator")
    peers.update_peerconn_delete_protect(offered, False)

    ahead = peers.create_peerconn(10, vpc, "vpc-elsewhere0001", "gz", billing=prepaid).peer_conn_id
    peers.purchase_reserved_peerconn(ahead, billing=prepaid)
    peers.refund_peerconn(ahead)
    assert [each.status for each in peers.list_peerconns(vpc).peer_conns] == ["down", "active"]
    for peer_conn_id in (offered, ahead):
        peers.delete_peerconn(peer_conn_id)
    again = peers.create_peerconn(10, vpc, their_vpc, "bj", peer_account_id="test-other", billing=postpaid).peer_conn_id
    PeerConnClient(theirs).handle_peerconn(again, "reject")
    assert refusal(peers.get_peerconn, offered) == MISSING


def test_service_cards(configuration, vpc, subnet):
    cards = EndpointClient(configuration)
    service, postpaid = cards.list_services().services[0], endpoint_model.Billing("Postpaid")

    card = cards.create_endpoint(vpc, subnet, "card", service, postpaid, 100, tags=TAGS).id
    cards.update_endpoint(card, name="renamed")
    group, enterprise = groups_of(configuration, vpc)
    cards.update_endpoint_enterprise_sg(card, [enterprise])
    cards.update_endpoint_sg(card, [group])

    assert cards.get_endpoint(card).name == cards.list_endpoints(vpc).endpoints[0].name == "renamed"
    cards.delete_endpoint(card)
    assert cards.list_endpoints(vpc).endpoints == []


def test_vpn(configuration, server, vpc):
    vpns, postpaid = VpnClient(configuration), vpn_model.Billing("Postpaid")
    address = EipClient(configuration).create_eip(1, billing=vpn_model.Billing("Postpaid", "ByTraffic")).eip
    gateway = vpns.create_vpn(vpc, "gateway", postpaid).vpn_id
    vpns.bind_eip(gateway, address)
    vpns.update_vpn(gateway, vpn_name="renamed", description="another")
    ike = vpn_model.IkeConfig("v1", "main", "aes", "sha1", "group2", "25500")
    ipsec = vpn_model.IpsecConfig("aes", "sha1", "group2", "26500")
    subnets = ["192.168.0.0/20"], None, "203.0.113.7", ["10.20.0.0/24"]
    tunnel = vpns.create_vpn_conn(gateway, SECRET, *subnets, "tunnel", ike, ipsec).vpn_conn_id
    vpns.update_vpn_conn(tunnel, gateway, SECRET, *subnets, "renamed", ike, ipsec)

    (seen,) = vpns.get_vpn_conn(gateway).vpn_conns
    lives = seen.ike_config.ike_life_time, seen.ipsec_config.ipsec_lifetime
    assert (seen.vpn_conn_name, seen.local_ip, lives) == ("renamed", address, ("25500s", "26500s"))
    unread = [each["unread"] for each in control(server, "GET", "journal?operation=UpdateVpnTunnel")["entries"]]
    assert unread == [[]]
    assert vpns.list_vpns(vpc).vpns[0].status == vpns.get_vpn(gateway).status == "active"
    vpns.delete_vpn_conn(tunnel)
    vpns.unbind_eip(gateway)
    vpns.delete_vpn(gateway)


def test_ssl_vpn(configuration, vpc):
    vpns = VpnClient(configuration)
    gateway = vpns.create_vpn(vpc, "gateway", vpn_model.Billing("Prepaid"), vpn_type="SSL", max_connections=10).vpn_id
    routes = {"local_routes": ["192.168.0.0/20"], "address_pool": "10.20.0.0/24"}
    server = vpns.create_vpn_sslservice(gateway, "server", interface_type="tap", **routes).ssl_vpn_server_id
    vpns.update_vpn_sslservice(gateway, server, sslservice_name="renamed", **routes)
    user = vpns.create_vpn_sslusers(gateway, [vpn_model.SSLUser("user-1", SECRET)]).ssl_vpn_user_ids[0]
    vpns.update_vpn_ssl_user(gateway, user, password=SECRET, description="another")

    assert vpns.get_vpn_sslservice(gateway).ssl_vpn_server_name == "renamed"
    assert vpns.get_vpn_ssl_user(gateway).ssl_vpn_users[0].description == "another"
    vpns.delete_vpn_ssl_user(gateway, user)
    vpns.delete_vpn_sslservice(gateway, server)
    vpns.renew_vpn(gateway, vpn_model.Billing("Prepaid"))
    vpns.update_vpn_delete_protect(gateway, True)
    assert vpns.get_vpn(gateway).delete_protect


def test_dedicated_lines(configuration, vpc):
    gateways = EtGatewayClient(configuration)
    gateway = gateways.create_et_gateway("gateway", vpc, 100).et_gateway_id
    gateways.bind_et("dcphy-x2wj14r1m7r1", gateway, "dedicatedconn-1hpw3u4bvzd0", local_cidrs=["192.168.0.0/20"])
    gateways.update_et_gateway(gateway, name="renamed", speed=200)
    gateways.create_health_check(gateway, 3, 5, 2)

    seen = gateways.get_et_gateway(gateway)
    assert (seen.name, seen.speed, seen.health_threshold) == ("renamed", 200, 5)
    assert [each.et_gateway_id for each in gateways.list_et_gateway(vpc).et_gateways] == [gateway]
    gateways.unbind_et(gateway)
    gateways.delete_et_gateway(gateway)
    assert gateways.list_et_gateway(vpc).et_gateways == []


def test_each_method_of_a_peer_connection_is_refused_what_cannot_be_and_changes_nothing_then(
    server, configuration, vpc
):
    nobody, role = "peerconn-unknown", "initiator"
    table = [
        ("create_peerconn", (10, "vpc-unknown", vpc, "bj"), {"billing": peerconn_model.Billing("Postpaid")}, MISSING),
        ("list_peerconns", (vpc,), {"max_keys": -1}, BAD),
        ("get_peerconn", (nobody,), {"role": role}, MISSING),
        ("update_peerconn", (nobody, "qpif-unknown"), {"description": "another"}, MISSING),
        ("handle_peerconn", (nobody, "accept"), {}, MISSING),
        ("handle_peerconn", (nobody, "reject"), {}, MISSING),
        ("delete_peerconn", (nobody,), {}, MISSING),
        ("resize_peerconn", (nobody, 20), {}, MISSING),
        ("purchase_reserved_peerconn", (nobody,), {"billing": peerconn_model.Billing("Prepaid", 1)}, MISSING),
        ("open_peerconn_dns_sync", (nobody, role), {}, MISSING),
        ("close_peerconn_dns_sync", (nobody, role), {}, MISSING),
        ("update_peerconn_delete_protect", (nobody, True), {}, MISSING),
        ("refund_peerconn", (nobody,), {}, MISSING),
    ]

    check_refusals(server, PeerConnClient(configuration), table)


def test_each_method_of_a_service_card_but_one_is_refused_what_cannot_be_and_changes_nothing_then(
    server, configuration, vpc
):
    nobody, postpaid = "endpoint-unknown", endpoint_model.Billing("Postpaid")
    cards = EndpointClient(configuration)
    service = cards.list_services().services[0]
    table = [
        ("create_endpoint", (vpc, "sbn-unknown", "card", service, postpaid, 100), {}, MISSING),
        ("delete_endpoint", (nobody,), {}, MISSING),
        ("list_endpoints", (vpc,), {"marker": nobody}, BAD),
        ("get_endpoint", (nobody,), {}, MISSING),
        ("update_endpoint", (nobody,), {"name": "renamed"}, MISSING),
        ("update_endpoint_sg", (nobody, ["g-unknown"]), {}, MISSING),
        ("update_endpoint_enterprise_sg", (nobody, ["esg-unknown"]), {}, MISSING),
    ]

    check_refusals(server, cards, table, never=frozenset({"list_services"}))


def test_each_method_of_a_vpn_is_refused_what_cannot_be_and_changes_nothing_then(server, configuration, vpc):
    vpns, nobody, postpaid = VpnClient(configuration), "vpn-unknown", vpn_model.Billing("Postpaid")
    gateway = vpns.create_vpn(vpc, "gateway", postpaid).vpn_id
    ike = vpn_model.IkeConfig("v1", "main", "aes", "sha1", "group2", "25500")
    ipsec = vpn_model.IpsecConfig("aes", "sha1", "group2", "26500")
    tunnel = [SECRET, ["192.168.0.0/20"], None, "203.0.113.7", ["10.20.0.0/24"], "tunnel", ike, ipsec]
    routes = {"local_routes": ["192.168.0.0/20"], "address_pool": "10.20.0.0/24"}
    table = [
        ("list_vpns", (vpc,), {"marker": nobody}, BAD),
        ("create_vpn", ("vpc-unknown", "gateway", postpaid), {}, MISSING),
        ("update_vpn", (nobody,), {"vpn_name": "renamed"}, MISSING),
        ("get_vpn", (nobody,), {}, MISSING),
        ("delete_vpn", (nobody,), {}, MISSING),
        ("bind_eip", (nobody, "203.0.113.250"), {}, MISSING),
        ("unbind_eip", (nobody,), {}, MISSING),
        ("renew_vpn", (nobody, vpn_model.Billing("Prepaid")), {}, MISSING),
        ("create_vpn_conn", (nobody, *tunnel), {}, MISSING),
        ("update_vpn_conn", ("vpnconn-unknown", gateway, *tunnel), {}, MISSING),
        ("get_vpn_conn", (nobody,), {}, MISSING),
        ("delete_vpn_conn", ("vpnconn-unknown",), {}, MISSING),
        ("create_vpn_sslservice", (nobody, "server"), {"interface_type": "tap", **routes}, MISSING),
        ("update_vpn_sslservice", (nobody, "sslvpn-unknown"), {"sslservice_name": "renamed", **routes}, MISSING),
        ("get_vpn_sslservice", (nobody,), {}, MISSING),
        ("delete_vpn_sslservice", (nobody, "sslvpn-unknown"), {}, MISSING),
        ("create_vpn_sslusers", (nobody, [vpn_model.SSLUser("user-1", SECRET)]), {}, MISSING),
        ("update_vpn_ssl_user", (nobody, "user-unknown"), {"password": SECRET}, MISSING),
        ("get_vpn_ssl_user", (nobody,), {}, MISSING),
        ("delete_vpn_ssl_user", (nobody, "user-unknown"), {}, MISSING),
        ("update_vpn_delete_protect", (nobody, True), {}, MISSING),
    ]

    check_refusals(server, vpns, table)


def test_each_method_of_a_dedicated_line_is_refused_what_cannot_be_and_changes_nothing_then(server, configuration, vpc):
    nobody, line = "dcgw-unknown", "dedicatedconn-1hpw3u4bvzd0"
    table = [
        ("create_et_gateway", ("gateway", "vpc-unknown", 100), {}, MISSING),
        ("update_et_gateway", (nobody,), {"name": "renamed"}, MISSING),
        ("delete_et_gateway", (nobody,), {}, MISSING),
        ("bind_et", ("dcphy-x2wj14r1m7r1", nobody, line), {"local_cidrs": ["192.168.0.0/20"]}, MISSING),
        ("unbind_et", (nobody,), {}, MISSING),
        ("list_et_gateway", (vpc,), {"marker": nobody}, BAD),
        ("get_et_gateway", (nobody,), {}, MISSING),
        ("create_health_check", (nobody, 3, 5, 2), {}, MISSING),
    ]

    check_refusals(server, EtGatewayClient(configuration), table)
