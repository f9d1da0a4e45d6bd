"""Whatever requests come in whatever order, EIPs and what carries them tell the same story."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from tests.cloud import LINUX, SPEC
from tests.models.asking import AskingMachine
from tests.network import default_subnet, default_vpc

QUOTA, IN_BIN = 6, 2
PICK = st.integers(0, 20)
POSTPAID = {"paymentTiming": "Postpaid", "billingMethod": "ByTraffic"}
PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1, "reservationTimeUnit": "month"}}
BILLING = st.sampled_from([POSTPAID, PREPAID])


class AddressMachine(AskingMachine):
    """Instances, EIPs, groups and packages, each asked about what may be gone."""

    kinds = ("instance", "eip", "group", "package", "card")

    def __init__(self) -> None:
        super().__init__()
        self.cloud.set_facts(**{"eip.eipQuota": QUOTA, "eip.recycleQuota": IN_BIN})
        self.subnet = default_subnet(self.cloud)
        self.vpc = default_vpc(self.cloud)
        self.main_cards: dict[str, tuple[str, ...]] = {}

    @rule(mbps=st.sampled_from([0, 5]), billing=BILLING, goes=st.booleans())
    def create_instance(self, mbps: int, billing: dict[str, Any], goes: bool) -> None:
        body = {"spec": SPEC, "imageId": LINUX, "billing": billing, "networkCapacityInMbps": mbps}
        made = self.ask("POST", "/v2/instanceBySpec", body | {"isEipAutoRelatedDelete": goes})
        self.known["instance"] += made.get("instanceIds", [])
        self.learn_addresses()

    @rule(number=PICK, related=st.booleans(), recycled=st.booleans())
    def release_instance(self, number: int, related: bool, recycled: bool) -> None:
        body = {"relatedReleaseFlag": related, "deleteCdsSnapshotFlag": False, "bccRecycleFlag": recycled}
        self.ask("POST", f"/v2/instance/{self.pick('instance', number)}", body | {"deleteRelatedEnisFlag": related})

    @rule(count=st.integers(1, 2))
    def create_card(self, count: int) -> None:
        body = {"name": "card", "subnetId": self.subnet, "privateIpSet": [{}] * count}
        self.known["card"] += filter(None, [self.ask("POST", "/v1/eni", body).get("eniId")])

    @rule(number=PICK, instance=PICK, action=st.sampled_from(["attach", "detach"]))
    def move_card(self, number: int, instance: int, action: str) -> None:
        body = {"instanceId": self.pick("instance", instance)}
        self.ask("PUT", f"/v1/eni/{self.pick('card', number)}?{action}", body)

    @rule(number=PICK, eip=PICK, way=st.sampled_from(["bind", "unBind", "address", "delete"]))
    def change_card(self, number: int, eip: int, way: str) -> None:
        card, address = self.pick("card", number), self.pick("eip", eip)
        private = [each["privateIpAddress"] for each in self.ask("GET", f"/v1/eni/{card}").get("privateIpSet", [])]
        if way == "delete":
            self.ask("DELETE", f"/v1/eni/{card}")
        elif way == "address":
            self.ask("POST", f"/v1/eni/{card}/privateIp/batchDel", {"privateIpAddresses": private[1:]})
        else:
            body = {"privateIpAddress": (private or [""])[-1], "publicIpAddress": address}
            self.ask("PUT", f"/v1/eni/{card}?{way}", body)

    @rule(number=PICK, action=st.sampled_from(["delete", "recover"]))
    def empty_bin_of_instances(self, number: int, action: str) -> None:
        instance = self.pick("instance", number)
        if action == "delete":
            self.ask("DELETE", f"/v2/recycle/instance/{instance}")
        else:
            self.ask("POST", "/v2/instance/recovery", {"instanceIds": [{"instanceId": instance}]})

    @rule(number=PICK, adds=st.booleans())
    def change_private_addresses(self, number: int, adds: bool) -> None:
        instance = self.pick("instance", number)
        body: dict[str, Any] = {"instanceId": instance}
        if adds:
            body |= {"secondaryPrivateIpAddressCount": 1, "allocateMultiIpv6Addr": False}
            self.ask("PUT", "/v2/instance/batchAddIp", body)
        else:
            self.ask("PUT", "/v2/instance/batchDelIp", body | {"privateIps": self.private_ips(instance)[1:2]})

    @rule(billing=BILLING)
    def create_eip(self, billing: dict[str, Any]) -> None:
        made = self.ask("POST", "/v1/eip", {"bandwidthInMbps": 50, "billing": billing})
        self.known["eip"] += filter(None, [made.get("eip")])

    @rule(number=PICK, instance=PICK, secondary=st.booleans(), card=st.booleans())
    def bind(self, number: int, instance: int, secondary: bool, card: bool) -> None:
        instance_id = self.pick("instance", instance)
        body = {"instanceType": "BCC", "instanceId": instance_id}
        shown = self.ask("GET", f"/v2/instance/{instance_id}")
        if card and shown:
            body = {"instanceType": "ENI", "instanceId": shown["instance"]["nicInfo"]["eniId"]}
        if secondary:
            body["instanceIp"] = (self.private_ips(instance_id) or [""])[-1]
        self.ask("PUT", f"/v1/eip/{self.pick('eip', number)}?bind", body)

    @rule(number=PICK, action=st.sampled_from(["unbind", "direct", "unDirect", "startAutoRenew"]))
    def ask_an_eip(self, number: int, action: str) -> None:
        self.ask("PUT", f"/v1/eip/{self.pick('eip', number)}?{action}", {})

    @rule(number=PICK, mbps=st.sampled_from([40, 60]))
    def resize(self, number: int, mbps: int) -> None:
        self.ask("PUT", f"/v1/eip/{self.pick('eip', number)}?resize", {"newBandwidthInMbps": mbps})

    @rule(number=PICK)
    def pay_ahead(self, number: int) -> None:
        address = self.pick("eip", number)
        self.ask("PUT", f"/v1/eip/{address}?action=TO_PREPAY", {"purchaseLength": 1, "bandWidth": 70})
        self.ask("PUT", f"/v1/eip/{address}?purchaseReserved", {"billing": PREPAID})

    @rule(number=PICK, way=st.sampled_from(["release", "recycle", "refund", "restore", "delete"]))
    def give_back(self, number: int, way: str) -> None:
        address = self.pick("eip", number)
        method, target = {
            "release": ("DELETE", f"/v1/eip/{address}"),
            "recycle": ("DELETE", f"/v1/eip/{address}?releaseToRecycle=true"),
            "refund": ("PUT", f"/v1/eip/refund/{address}"),
            "restore": ("PUT", f"/v1/eip/recycle/{address}?restore"),
            "delete": ("DELETE", f"/v1/eip/recycle/{address}"),
        }[way]
        self.ask(method, target)

    @rule(billing=BILLING, count=st.integers(0, 2))
    def create_group(self, billing: dict[str, Any], count: int) -> None:
        made = self.ask("POST", "/v1/eipgroup", {"bandwidthInMbps": 30, "billing": billing, "eipCount": count})
        self.known["group"] += filter(None, [made.get("id")])
        self.learn_addresses()

    @rule(group=PICK, number=PICK, enters=st.booleans())
    def move(self, group: int, number: int, enters: bool) -> None:
        address, path = self.pick("eip", number), f"/v1/eipgroup/{self.pick('group', group)}"
        if enters:
            self.ask("PUT", f"{path}?move_in", {"eips": [address]})
        else:
            alone = {"eip": address, "bandwidthInMbps": 8, "billing": POSTPAID}
            self.ask("PUT", f"{path}?move_out", {"moveOutEips": [alone]})

    @rule(group=PICK, way=st.sampled_from(["resize", "renew", "release", "refund"]))
    def change_group(self, group: int, way: str) -> None:
        group_id = self.pick("group", group)
        method, target, body = {
            "resize": ("PUT", f"/v1/eipgroup/{group_id}?resize", {"bandwidthInMbps": 35}),
            "renew": ("PUT", f"/v1/eipgroup/{group_id}?purchaseReserved", {"billing": PREPAID}),
            "release": ("DELETE", f"/v1/eipgroup/{group_id}", None),
            "refund": ("PUT", f"/v1/eipgroup/refund/{group_id}", None),
        }[way]
        self.ask(method, target, body)

    @rule(number=PICK, of_group=st.booleans())
    def create_package(self, number: int, of_group: bool) -> None:
        target = {"eipGroupId": self.pick("group", number)} if of_group else {"eip": self.pick("eip", number)}
        made = self.ask("POST", "/v1/eipbp", target | {"bandwidthInMbps": 3})
        self.known["package"] += filter(None, [made.get("id")])

    @rule(number=PICK)
    def release_package(self, number: int) -> None:
        self.ask("DELETE", f"/v1/eipbp/{self.pick('package', number)}")

    @rule(seconds=st.sampled_from([1, 5, 60, 8_000, 7 * 86_400, 31 * 86_400]))
    def wait(self, seconds: int) -> None:
        self.cloud.clock.advance(seconds)

    def private_ips(self, instance_id: str) -> list[str]:
        shown = self.ask("GET", f"/v2/instance/{instance_id}")
        return [each["privateIp"] for each in shown["instance"]["nicInfo"]["ips"]] if shown else []

    def learn_addresses(self) -> None:
        listed = [each["eip"] for each in self.cloud.ok("GET", "/v1/eip")["eipList"]]
        self.known["eip"] += [address for address in listed if address not in self.known["eip"]]

    @invariant()
    def eips_and_targets_tell_the_same_story(self) -> None:
        eips = {each["eip"]: each for each in self.cloud.ok("GET", "/v1/eip")["eipList"]}
        instances = self.cloud.ok("GET", "/v2/instance")["instances"]
        for instance in instances:
            self.main_cards[instance["id"]] = (instance["nicInfo"]["eniId"],)
        in_bin = {each["id"] for each in self.cloud.ok("POST", "/v2/recycle/instance", {})["instances"]}
        shown = [
            (address["eip"], instance, address)
            for instance in instances
            for address in instance["nicInfo"]["ips"]
            if address["eip"]
        ]

        assert len({address for address, _, _ in shown}) == len(shown), "an address is on two things"
        for address, instance, at in shown:
            eip = eips[address]
            assert eip["instanceId"] == (
                instance["id"] if eip["instanceType"] == "BCC" else instance["nicInfo"]["eniId"]
            )
            assert (at["eipId"], at["eipSize"]) == (eip["eipId"], str(eip["bandwidthInMbps"]))
            assert at["eipGroupId"] == eip["shareGroupId"]
        cards = self.cloud.ok("GET", f"/v1/eni?vpcId={self.vpc}")["enis"]
        on_cards = {
            each["publicIpAddress"]: card["eniId"]
            for card in cards
            for each in card["privateIpSet"]
            if each["publicIpAddress"]
        }
        for address, card_id in on_cards.items():
            assert (eips[address]["instanceType"], eips[address]["instanceId"]) == ("ENI", card_id)
        seen = {address for address, _, _ in shown} | set(on_cards)
        assert len(seen) == len(shown) + len(on_cards), "an address is on an instance and on a card"
        unseen = {eip["eip"] for eip in eips.values() if eip["instanceId"]} - seen
        in_bin_too = {card for instance in in_bin for card in self.main_cards.get(instance, ())}
        assert {eips[address]["instanceId"] for address in unseen} <= in_bin | in_bin_too, (
            "nothing shows an EIP's target"
        )
        hosts = {instance["id"] for instance in instances} | in_bin
        assert {card["instanceId"] for card in cards} <= {"", *hosts}, "a card is on an instance that is gone"
        private = [each["privateIpAddress"] for card in cards for each in card["privateIpSet"]]
        private += [each["privateIp"] for instance in instances for each in instance["nicInfo"]["ips"]]
        assert len(set(private)) == len(private), "a private address is there twice"
        for eip in eips.values():
            assert eip["status"] not in {"binding", "binded", "unbinding"} or eip["instanceId"]
            assert eip["status"] not in {"available", "creating"} or not eip["instanceId"]

    @invariant()
    def nothing_names_what_is_gone_and_quotas_hold(self) -> None:
        eips = self.cloud.ok("GET", "/v1/eip")["eipList"]
        groups = {each["id"]: each for each in self.cloud.ok("GET", "/v1/eipgroup")["eipgroups"]}
        packages = self.cloud.ok("GET", "/v1/eipbp")["bpList"]
        recycled = self.cloud.ok("GET", "/v1/eip/recycle")["eipList"]

        assert len(eips) <= QUOTA
        assert len(recycled) <= IN_BIN
        assert {each["shareGroupId"] for each in eips} - {""} <= set(groups)
        assert {each["instanceId"] for each in packages} <= set(groups) | {each["eipId"] for each in eips}
        assert {each["eip"] for each in recycled}.isdisjoint(each["eip"] for each in eips)
        for group in groups.values():
            assert all(each["shareGroupId"] == group["id"] for each in group["eips"])
        by_id = {each["id"]: each for each in packages}
        for each in (*eips, *groups.values()):
            assert each["bwShortId"] == "" or by_id[each["bwShortId"]]["bandwidthInMbps"] == each["bwBandwidthInMbps"]


TestAddresses = AddressMachine.TestCase
