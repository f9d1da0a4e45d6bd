"""bce-python-sdk's client of network interfaces against a server process, as its users write it."""

from __future__ import annotations

import pytest
from baidubce.services.bcc.bcc_client import BccClient
from baidubce.services.eip import model
from baidubce.services.eip.eip_client import EipClient
from baidubce.services.eni import eni_model
from baidubce.services.eni.eni_client import EniClient

from tests.clients.python_balancers import groups_of
from tests.clients.python_refusals import MISSING, check_refusals, refusal
from tests.clients.test_python_sdk import create

pytestmark = pytest.mark.filterwarnings("ignore")


def test_a_card_comes_to_an_instance_with_an_address_for_everyone(configuration):
    cards, instances, eips = EniClient(configuration), BccClient(configuration), EipClient(configuration)
    (instance_id,) = create(instances)
    instance = instances.get_instance(instance_id).instance
    address = eips.create_eip(5, billing=model.Billing("Postpaid", "ByTraffic")).eip

    wanted = [eni_model.EniIPSet(public_ip="", private_ip="", primary=True)]
    card = cards.create_eni("card", instance.subnet_id, eni_ip_address_list=wanted).eni_id
    assert cards.get_eni_status(card).status == "available"
    cards.update_eni(card, name="other", description="of mine")
    cards.attach_eni_instance(card, instance_id)
    (listed,) = cards.list_eni(instance.vpc_id, instance_id=instance_id).enis
    assert (listed.eni_id, listed.name, listed.status) == (card, "other", "inuse")

    assert cards.get_eni_details(card).instance_id == instance_id

    cards.add_private_ip(card, "192.168.0.99")
    added = cards.batch_add_private_ip(card, private_ip_address_count=2).private_ip_addresses
    cards.bind_eni_public_ip(card, "192.168.0.99", address)
    assert eips.list_eips(instance_type="ENI", instance_id=card).eip_list[0].eip == address
    cards.unbind_eni_public_ip(card, address)
    cards.delete_private_ip(card, "192.168.0.99")
    cards.batch_delete_private_ip(card, added)
    _, enterprise = groups_of(configuration, instance.vpc_id)
    cards.update_eni_enterprise_security_group(card, [enterprise])
    cards.update_eni_security_group(card, instance.nic_info.security_groups)

    assert refusal(cards.delete_eni, card) == (409, "OperationDenied")
    cards.detach_eni_instance(card, instance_id)
    cards.delete_eni(card)
    assert refusal(cards.get_eni_details, card) == (404, "NoSuchObject")


def test_each_method_is_refused_what_cannot_be_and_changes_nothing_then(server, configuration):
    wanted = [eni_model.EniIPSet(public_ip="", private_ip="", primary=True)]
    card, no_card, address = "eni-unknown", (400, "EniIdException"), "192.168.0.99"
    table = [
        ("create_eni", ("card", "sbn-unknown"), {"eni_ip_address_list": wanted}, MISSING),
        ("delete_eni", (card,), {}, no_card),
        ("update_eni", (card,), {"name": "other"}, no_card),
        ("list_eni", ("vpc-unknown",), {}, MISSING),
        ("add_private_ip", (card, address), {}, no_card),
        ("delete_private_ip", (card, address), {}, no_card),
        ("get_eni_details", (card,), {}, no_card),
        ("attach_eni_instance", (card, "i-00000000"), {}, no_card),
        ("detach_eni_instance", (card, "i-00000000"), {}, no_card),
        ("update_eni_security_group", (card, ["g-unknown"]), {}, no_card),
        ("update_eni_enterprise_security_group", (card, ["esg-unknown"]), {}, no_card),
        ("batch_add_private_ip", (card,), {"private_ip_address_count": 2}, no_card),
        ("batch_delete_private_ip", (card, [address]), {}, no_card),
        ("get_eni_status", (card,), {}, no_card),
        ("bind_eni_public_ip", (card, address, "203.0.113.250"), {}, no_card),
        ("unbind_eni_public_ip", (card, "203.0.113.250"), {}, no_card),
    ]

    check_refusals(server, EniClient(configuration), table)
