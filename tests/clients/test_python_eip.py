"""bce-python-sdk's EIP clients against a server process: the life of an address as their users write it."""

from __future__ import annotations

import pytest
from baidubce.auth.bce_credentials import BceCredentials
from baidubce.bce_client_configuration import BceClientConfiguration
from baidubce.services.eip import eip_group_model, model
from baidubce.services.eip.eip_bp_client import EipBpClient
from baidubce.services.eip.eip_client import EipClient
from baidubce.services.eip.eip_group_client import EipGroupClient
from baidubce.services.eip.eip_tp_client import EipTpClient

from bce_emulator.settings import DEFAULT_SECRET_KEY
from tests.clients.python_refusals import BAD, DENIED, MISSING, check_refusals, refusal
from tests.clients.test_python_sdk import create

pytestmark = pytest.mark.filterwarnings("ignore")
POSTPAID = model.Billing("Postpaid", "ByTraffic")
PREPAID = model.Billing("Prepaid", "ByBandwidth", 1, "Month")


@pytest.fixture
def eips(configuration) -> EipClient:
    return EipClient(configuration)


@pytest.fixture
def groups(configuration) -> EipGroupClient:
    return EipGroupClient(configuration)


@pytest.fixture
def packages(configuration) -> EipBpClient:
    return EipBpClient(configuration)


def only(eips: EipClient, **filters):
    (found,) = eips.list_eips(**filters).eip_list
    return found


def test_an_address_is_bound_resized_unbound_and_released(eips, instances):
    (instance,) = create(instances)
    address = eips.create_eip(5, name="web", billing=POSTPAID, tags=[{"tagKey": "a", "tagValue": "b"}]).eip
    assert only(eips, eip=address).status == "available"

    eips.bind_eip(address, "BCC", instance)
    found = only(eips, instance_type="BCC", instance_id=instance)
    assert (found.eip, found.status, found.instance_id) == (address, "binded", instance)
    assert instances.get_instance(instance).instance.public_ip == address
    assert refusal(eips.release_eip, address) == (409, "OperationDenied")

    eips.direct_eip(address)
    eips.undirect_eip(address)
    eips.resize_eip(address, 9)
    assert instances.get_instance(instance).instance.network_capacity_in_mbps == 9

    eips.unbind_eip(address)
    assert refusal(eips.unbind_eip, address) == (409, "OperationDenied")
    eips.release_eip(address)
    assert eips.list_eips().eip_list == []
    assert refusal(eips.bind_eip, address, "BCC", instance) == (404, "EipNotFound")


def test_an_address_paid_for_ahead_is_renewed_and_refunded(eips):
    address = eips.create_eip(5, billing=PREPAID).eip
    until = only(eips, eip=address).expire_time

    eips.purchase_reserved_eip(address, billing=PREPAID)
    assert only(eips, eip=address).expire_time > until
    eips.start_auto_renew_eip(address, auto_renew_time_unit="month", auto_renew_time=1)
    eips.stop_auto_renew_eip(address)
    assert refusal(eips.release_eip, address) == (409, "OperationDenied")

    eips.refund_prepay_eip(address)
    assert eips.list_eips().eip_list == []


def test_an_address_comes_out_of_the_recycle_bin_and_is_paid_for_ahead(eips):
    address = eips.create_eip(5, billing=POSTPAID).eip

    eips.update_eip_delete_protect(address, True)
    assert refusal(eips.optional_delete_eip, address, True) == (409, "OperationDenied")
    eips.update_eip_delete_protect(address, False)
    eips.optional_delete_eip(address, True)
    assert [each.eip for each in eips.list_eip_recycle().eip_list] == [address]
    eips.restore_recycle_eip(address)
    other = eips.create_eip(5, billing=POSTPAID).eip
    eips.optional_delete_eip(other, True)
    eips.delete_recycle_eip(other)
    assert eips.list_eip_recycle().eip_list == []

    eips.change_eip_to_prepay(address, 1, 10)
    assert only(eips, eip=address).payment_timing == "Prepaid"
    assert refusal(eips.delete_recycle_eip, address) == (404, "EipNotFound")


def test_an_instance_comes_with_its_address_and_takes_it_along(eips, instances):
    (instance,) = create(instances, network_capacity_in_mbps=3)
    address = instances.get_instance(instance).instance.public_ip
    assert only(eips, eip=address).instance_id == instance

    instances.release_instance_with_related_resources(
        instance, related_release_flag=True, delete_cds_snapshot_flag=False
    )

    assert eips.list_eips().eip_list == []


def test_a_shared_bandwidth_takes_addresses_in_and_lets_them_out(eips, groups):
    group = groups.create_eip_group(1, 50, billing=eip_group_model.Billing("Postpaid", "ByBandwidth")).id
    address = eips.create_eip(5, billing=POSTPAID).eip

    groups.eip_group_move_in(group, [address])
    assert {each.eip for each in groups.get_eip_group(group).eips} >= {address}
    assert only(eips, eip=address).bandwidth_in_mbps == 50
    groups.eip_group_move_out(group, [{"eip": address}])
    assert only(eips, eip=address).bandwidth_in_mbps == 5

    groups.resize_eip_group_bandwidth(group, 60)
    groups.resize_eip_group_count(group, eip_add_count=1)
    groups.resize_eip_group_count_v2(group, eip_add_count=1)
    groups.update_eip_group(group, "other")
    (found,) = groups.list_eip_groups(name="other").eipgroups
    assert (found.id, found.bandwidth_in_mbps, len(found.eips)) == (group, 60, 3)

    groups.delete_eip_group(group)
    assert refusal(groups.get_eip_group, group) == (404, "NoSuchObject")


def test_a_shared_bandwidth_paid_for_ahead_is_renewed_and_refunded(groups):
    group = groups.create_eip_group(0, 50).id

    groups.purchase_reserved_eip_group(group)
    assert refusal(groups.delete_eip_group, group) == (409, "OperationDenied")
    groups.refund_eip_group(group)

    assert groups.list_eip_groups().eipgroups == []


def test_a_bandwidth_package_is_bought_changed_and_released(eips, packages):
    address = eips.create_eip(5, billing=POSTPAID).eip
    package = packages.create_eip_bp(address, None, 10, name="more").id
    assert only(eips, eip=address).bw_short_id == package

    packages.resize_eip_bp(package, 20)
    packages.rename_eip_bp(package, "other")
    packages.update_eip_bp_autoReleaseTime(package, "2099-01-01T00:00:00Z")
    found = packages.get_eip_bp_detail(package)
    assert (found.name, found.bandwidth_in_mbps, found.auto_release_time) == ("other", 20, "2099-01-01T00:00:00Z")
    assert [each.id for each in packages.list_eip_bps(bind_type="eip").bp_list] == [package]

    packages.release_eip_bp(package)
    assert refusal(packages.get_eip_bp_detail, package) == (404, "NoSuchObject")


def test_a_traffic_package_is_bought_and_listed(configuration):
    packages = EipTpClient(configuration)

    package = packages.create_eip_tp(1, "10G").id

    assert packages.get_eip_tp_price(1, "10G").price == "7.20000"
    assert packages.get_eip_tp_detail(package).capacity == "10737418240"
    assert [each.id for each in packages.list_eip_tps(status="RUNNING").package_list] == [package]
    assert refusal(packages.create_eip_tp, 1, "11G") == (400, "BadRequest")


def test_an_address_is_offered_rejected_offered_again_and_accepted(server, eips):
    other = EipClient(BceClientConfiguration(BceCredentials("test-other", DEFAULT_SECRET_KEY), server.endpoint))
    address = eips.create_eip(5, billing=POSTPAID).eip
    eip_id = only(eips, eip=address).eip_id

    def offer() -> str:
        return eips.create_eip_transfer("eip", [eip_id], "test-other").transfers[0].transfer_id

    other.reject_eip_transfer([offer()])
    eips.cancel_eip_transfer([offer()])
    transfer = offer()
    other.accept_eip_transfer([transfer])

    (done,) = other.list_eip_transfer(direction="received", status="success").transfer_list
    assert (done.transfer_id, done.instance_ip) == (transfer, address)
    assert (eips.list_eips().eip_list, only(other).eip_id) == ([], eip_id)
    assert refusal(eips.cancel_eip_transfer, [transfer]) == (409, "OperationDenied")


NOBODY, GONE = "203.0.113.250", (404, "EipNotFound")


def test_each_method_of_an_address_is_refused_what_cannot_be_and_changes_nothing_then(server, eips):
    nothing = ["transfer-unknown"]
    address = eips.create_eip(5, billing=POSTPAID).eip
    table = [
        ("create_eip", (-1,), {"billing": POSTPAID}, BAD),
        ("resize_eip", (NOBODY, 9), {}, GONE),
        ("purchase_reserved_eip", (NOBODY,), {"billing": PREPAID}, GONE),
        ("start_auto_renew_eip", (NOBODY,), {"auto_renew_time_unit": "month", "auto_renew_time": 1}, GONE),
        ("stop_auto_renew_eip", (NOBODY,), {}, GONE),
        ("bind_eip", (NOBODY, "BCC", "i-00000000"), {}, GONE),
        ("unbind_eip", (NOBODY,), {}, GONE),
        ("unbind_eip", (address,), {}, DENIED),
        ("release_eip", (NOBODY,), {}, GONE),
        ("direct_eip", (NOBODY,), {}, GONE),
        ("undirect_eip", (NOBODY,), {}, GONE),
        ("list_eips", (), {"marker": "ip-unknown"}, BAD),
        ("list_eip_recycle", (), {"marker": "ip-unknown"}, BAD),
        ("optional_delete_eip", (NOBODY, True), {}, GONE),
        ("restore_recycle_eip", (NOBODY,), {}, GONE),
        ("delete_recycle_eip", (NOBODY,), {}, GONE),
        ("change_eip_to_prepay", (NOBODY, 1, 10), {}, GONE),
        ("refund_prepay_eip", (NOBODY,), {}, GONE),
        ("update_eip_delete_protect", (NOBODY, True), {}, GONE),
        ("create_eip_transfer", ("eip", ["ip-unknown"], "test-other"), {}, GONE),
        ("cancel_eip_transfer", (nothing,), {}, MISSING),
        ("reject_eip_transfer", (nothing,), {}, MISSING),
        ("accept_eip_transfer", (nothing,), {}, MISSING),
        ("list_eip_transfer", (), {"direction": "nothing"}, BAD),
    ]

    check_refusals(server, eips, table)


def test_each_method_of_a_shared_bandwidth_is_refused_what_cannot_be_and_changes_nothing_then(server, groups):
    out = [{"eip": NOBODY}]
    table = [
        ("create_eip_group", (2, -1), {}, BAD),
        ("list_eip_groups", (), {"status": "nothing"}, BAD),
        ("get_eip_group", ("eg-unknown",), {}, MISSING),
        ("update_eip_group", ("eg-unknown", "other"), {}, MISSING),
        ("resize_eip_group_bandwidth", ("eg-unknown", 60), {}, MISSING),
        ("resize_eip_group_count", ("eg-unknown",), {"eip_add_count": 1}, MISSING),
        ("resize_eip_group_count_v2", ("eg-unknown",), {"eip_add_count": 1}, MISSING),
        ("purchase_reserved_eip_group", ("eg-unknown",), {}, MISSING),
        ("delete_eip_group", ("eg-unknown",), {}, MISSING),
        ("eip_group_move_out", ("eg-unknown", out), {}, MISSING),
        ("eip_group_move_in", ("eg-unknown", [NOBODY]), {}, MISSING),
        ("refund_eip_group", ("eg-unknown",), {}, MISSING),
    ]

    check_refusals(server, groups, table)


def test_each_method_of_a_bandwidth_package_is_refused_what_cannot_be_and_changes_nothing_then(server, packages):
    table = [
        ("create_eip_bp", (NOBODY, None, 10), {}, GONE),
        ("resize_eip_bp", ("bw-unknown", 20), {}, MISSING),
        ("get_eip_bp_detail", ("bw-unknown",), {}, MISSING),
        ("list_eip_bps", (), {"bind_type": "nothing"}, BAD),
        ("update_eip_bp_autoReleaseTime", ("bw-unknown", "2099-01-01T00:00:00Z"), {}, MISSING),
        ("rename_eip_bp", ("bw-unknown", "other"), {}, MISSING),
        ("release_eip_bp", ("bw-unknown",), {}, MISSING),
    ]

    check_refusals(server, packages, table)


def test_each_method_of_a_traffic_package_is_refused_what_cannot_be_and_changes_nothing_then(server, configuration):
    table = [
        ("create_eip_tp", (1, "11G"), {}, BAD),
        ("get_eip_tp_price", (1, "11G"), {}, BAD),
        ("get_eip_tp_detail", ("tp-unknown",), {}, MISSING),
        ("list_eip_tps", (), {"status": "nothing"}, BAD),
    ]

    check_refusals(server, EipTpClient(configuration), table)
