"""EIPs, their groups and packages, and what protects them."""

from __future__ import annotations

from baiducloud_python_sdk_eip.api.eip_client import EipClient
from calls import PREPAID, Calls
from program import expect
from sdk import client_for, eip, running

EIPS = Calls(eip)
NOBODY = {"eip": "203.0.113.250"}
BY_TRAFFIC = {"paymentTiming": "Postpaid", "billingMethod": "ByTraffic"}
BY_BANDWIDTH = {"paymentTiming": "Postpaid", "billingMethod": "ByBandwidth"}
AHEAD = PREPAID | {"billingMethod": "ByBandwidth"}
NEIGHBOUR = "test-python2-neighbour"


def new_address(**members) -> str:
    return EIPS.done("apply_for_eip", **({"bandwidthInMbps": 5, "billing": BY_TRAFFIC} | members)).eip


def of_address(address: str, *methods: str, **members) -> None:
    for method in methods:
        EIPS.both(method, NOBODY, "EipNotFound", eip=address, **members)


def addresses() -> None:
    instance_id, address = running(), new_address(name="swept")
    EIPS.refused("BadRequest", "apply_for_eip", bandwidthInMbps=-1, billing=BY_TRAFFIC)
    price = {"bandwidthInMbps": 5, "billing": BY_TRAFFIC, "count": 1, "purchaseType": "BGP"}
    EIPS.both("eip_inquiry", {"bandwidthInMbps": -1}, "BadRequest", **price)
    of_address(address, "bind_eip", instanceType="BCC", instanceId=instance_id)
    (seen,) = EIPS.both("query_eip_list", {"marker": "ip-unknown"}, "BadRequest", eip=address).eip_list
    expect([seen.name, seen.status, seen.instance_id], ["swept", "binded", instance_id])
    of_address(address, "eip_bandwidth_scaling_capacity", newBandwidthInMbps=9)
    of_address(address, "direct_eip", "un_direct_eip", "unbind_eip")
    for kept in (True, False):
        of_address(address, "update_eip_delete_protect", deleteProtect=kept)
    EIPS.both("list_base_ddos", {"type": "nothing"}, "BadRequest", ips=address, type="ipv4")
    EIPS.both("list_base_ddos_attack_record", {"ip": NOBODY["eip"]}, "EipNotFound", ip=address)
    limits = {"thresholdType": "manual", "ipCleanMbps": 500, "ipCleanPps": 100_000}
    EIPS.both("update_base_ddos_threshold", {"ip": NOBODY["eip"]}, "EipNotFound", ip=address, **limits)
    EIPS.both("list_unban", {"marker": "unknown", "maxKeys": -1}, "BadRequest", maxKeys=10)
    of_address(address, "optional_release_eip", releaseToRecycle=True)
    EIPS.both("list_recycle_eips", {"marker": "ip-unknown"}, "BadRequest", maxKeys=10)
    of_address(address, "restore_eip_from_recycle")
    EIPS.done("optional_release_eip", eip=address, releaseToRecycle=True)
    of_address(address, "release_eip_from_recycle")
    of_address(new_address(), "release_eip")


def paid_addresses() -> None:
    of_address(new_address(), "eip_postpaid_to_prepaid", purchaseLength=1, bandWidth=5)
    paid = new_address(billing=AHEAD)
    of_address(paid, "eip_renewal", billing=AHEAD)
    of_address(paid, "start_eip_auto_renew", autoRenewTimeUnit="month", autoRenewTime=1)
    of_address(paid, "stop_eip_auto_renew", "refund_eip")


def transfers() -> None:
    """EIPs are offered to another account, which answers."""
    theirs = EIPS.of(client_for(EipClient, NEIGHBOUR))
    new_address()
    mine = EIPS.done("query_eip_list", maxKeys=10).eip_list[0].eip_id
    order = {"transferType": "eip", "transferResourceList": [mine], "toUserId": NEIGHBOUR}
    EIPS.refused("EipNotFound", "create_eip_transfer", **(order | {"transferResourceList": ["ip-unknown"]}))
    unknown = {"transferIdList": ["transfer-unknown"]}

    def offer() -> list[str]:
        return [EIPS.done("create_eip_transfer", **order).transfers[0].transfer_id]

    theirs.both("reject_eip_transfer", unknown, transferIdList=offer())
    EIPS.both("cancel_eip_transfer", unknown, transferIdList=offer())
    last = offer()
    EIPS.both("list_eip_transfer", {"direction": "nothing"}, "BadRequest", direction="sent")
    theirs.both("receive_eip_transfer", unknown, transferIdList=last)


def shared_bandwidths() -> None:
    order = {"name": "shared", "eipCount": 2, "bandwidthInMbps": 50, "billing": BY_BANDWIDTH}
    made = EIPS.both("create_eip_group", {"bandwidthInMbps": -1}, "BadRequest", **order).id
    unknown = {"id": "eg-unknown"}
    price = {"bandwidthInMbps": 50, "ipNum": 2, "count": 1, "billing": BY_BANDWIDTH}
    EIPS.both("shared_bandwidth_inquiry", {"bandwidthInMbps": -1}, "BadRequest", **price)
    EIPS.both("list_eip_group", {"status": "nothing"}, "BadRequest", maxKeys=10)
    address = new_address()
    EIPS.both("resize_eip_group_bandwidth", unknown, id=made, bandwidthInMbps=60)
    EIPS.both("add_eip_group_count", unknown, id=made, eipAddCount=1)
    EIPS.both("update_eip_group", unknown, id=made, name="renamed")
    EIPS.both("move_in_eips", unknown, id=made, eips=[address])
    seen = EIPS.both("get_eip_group", unknown, id=made)
    expect([seen.name, len(seen.eips), seen.bandwidth_in_mbps], ["renamed", 4, 60])
    out = [{"eip": address, "bandwidthInMbps": 5, "billing": BY_TRAFFIC}]
    EIPS.both("move_out_eips", unknown, id=made, moveOutEips=out)
    paid = EIPS.done("create_eip_group", **(order | {"name": "paid", "billing": AHEAD})).id
    EIPS.both("purchase_reserved_eip_group", unknown, id=paid, billing=AHEAD)
    EIPS.both("refund_eip_group", unknown, id=paid)
    EIPS.both("release_eip_group", unknown, id=made)


def packages() -> None:
    unknown = {"id": "bw-unknown"}
    made = EIPS.both("create_eip_bp", NOBODY, "EipNotFound", name="more", eip=new_address(), bandwidthInMbps=10).id
    EIPS.both("resize_eip_bp_bandwidth", unknown, id=made, bandwidthInMbps=20)
    EIPS.both("update_eip_bp_name", unknown, id=made, name="renamed")
    EIPS.both("update_eip_bp_auto_release_time", unknown, id=made, autoReleaseTime="2099-01-01T00:00:00Z")
    seen = EIPS.both("get_eip_bp", unknown, id=made)
    expect([seen.name, seen.bandwidth_in_mbps], ["renamed", 20])
    EIPS.both("list_eip_bp", {"bindType": "nothing"}, "BadRequest", bindType="eip", maxKeys=10)
    price = {"bandwidthInMbps": 10, "count": 1, "type": "BandwidthPackage"}
    EIPS.both("bandwidth_package_inquiry", {"bandwidthInMbps": -1}, "BadRequest", **price)
    EIPS.both("release_eip_bp", unknown, id=made)
    order, odd = {"reservationLength": 1, "capacity": "10G"}, {"capacity": "11G"}
    EIPS.both("shared_data_package_inquiry", odd, "BadRequest", **order)
    bought = EIPS.both("create_a_shared_traffic_package", odd, "BadRequest", **order).id
    EIPS.both("query_the_list_of_shared_traffic_packages", {"status": "nothing"}, "BadRequest", maxKeys=10)
    EIPS.both("query_the_details_of_shared_traffic_packages", {"id": "tp-unknown"}, id=bought)


def protection() -> None:
    """A protection package, and what it does for an EIP."""
    order = {
        "name": "shield",
        "lineType": "BGP",
        "ipCapacity": 5,
        "reservationLength": 10,
        "reservationTimeUnit": "DAY",
    }
    made, address = EIPS.both("create_tbsp", {"ipCapacity": -1}, "BadRequest", **order).id, new_address()
    unknown = {"id": "ipDdos-nobody00"}

    def of_package(method: str, **members) -> object:
        return EIPS.both(method, unknown, id=made, **members)

    of_package("bind_tbsp_protection_object", ipList=[address])
    of_package("detail_tbsp")
    EIPS.both("list_tbsp", {"status": "nothing"}, "BadRequest", maxKeys=10)
    of_package("modify_tbsp_ip_clean_threshold", ip=address, thresholdType="manual", cleanMbps=1_000, cleanPps=500_000)
    of_package("modify_tbsp_ip_protect_level", ip=address, protectLevel=3)
    of_package("disable_tbsp_ip_clean", ip=address, turnOffDuration=30)
    of_package("enable_tbsp_ip_clean", ip=address)
    of_package("list_tbsp_ip_clean")
    of_package("add_tbsp_ip_whitelist", ip=address, ipCidrList=["192.0.2.0/24"])
    listed = of_package("list_tbsp_ip_whitelist", ip=address).ip_whitelist_list
    of_package("remove_tbsp_ip_whitelist", ip=address, whitelistId=listed[0].whitelist_id)
    of_package("add_tbsp_area_blocking", ip=address, blockTime=30, blockType="fixedDuration")
    of_package("list_tbsp_area_blocking", ip=address)
    of_package("remove_tbsp_area_blocking", ip=address, blockType="fixedDuration")
    of_package("add_tbsp_protocol_blocking", ip=address, protocolPortList=[{"type": "icmp"}])
    of_package("list_tbsp_protocol_blocking", ip=address)
    of_package("remove_tbsp_protocol_blocking", ip=address)
    of_package("resize_tbsp", ipCapacity=30)
    of_package("renew_tbsp", renewTime=10, renewTimeUnit="DAY")
    of_package("unbind_tbsp_protection_object", ipList=[address])


PARTS = (addresses, paid_addresses, transfers, shared_bandwidths, packages, protection)
