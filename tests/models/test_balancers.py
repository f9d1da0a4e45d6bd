"""Whatever requests come in whatever order, load balancers and what is behind, beside and before them tell the same story."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from tests.models.asking import AskingMachine
from tests.network import default_subnet, default_vpc, make_subnet, make_vpc

PICK = st.integers(0, 20)
POSTPAID = {"paymentTiming": "Postpaid"}
PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1}}
FAMILY = st.sampled_from(["blb", "appblb"])
PORT = st.sampled_from([80, 81])
ALIVE, DEAD, UNKNOWN = "Alive", "Dead", "Unknown"


class BalancerMachine(AskingMachine):
    """Instances in two VPCs, load balancers of both families, and EIPs, each asked about what may be gone."""

    kinds = ("instance", "blb", "appblb", "eip", "group")

    def __init__(self) -> None:
        super().__init__()
        self.places = [(default_vpc(self.cloud), default_subnet(self.cloud))]
        other = make_vpc(self.cloud)
        self.places.append((other, make_subnet(self.cloud, other)))
        self.cloud.clock.pace = 0
        for _ in range(2):
            self.create_instance(0)
            self.create_eip()
        for family in ("blb", "appblb"):
            self.create_balancer(family, 0, ahead=False, eip=0, public=False)
            self.change_listeners(family, 0, 80, adds=True)
        self.change_groups(0, 0, 0, "make")

    def make(self, kind: str, target: str, body: dict[str, Any], member: str) -> None:
        self.known[kind] += filter(None, [self.ask("POST", target, body).get(member)])

    @rule(place=st.integers(0, 1))
    def create_instance(self, place: int) -> None:
        self.known["instance"].append(self.cloud.create(subnetId=self.places[place][1]))

    @rule(number=PICK, action=st.sampled_from(["stop", "start", "delete", "move", "reboot"]), place=st.integers(0, 1))
    def change_instance(self, number: int, action: str, place: int) -> None:
        instance = self.pick("instance", number)
        if action == "delete":
            self.ask("DELETE", f"/v2/instance/{instance}")
        elif action == "move":
            self.ask("PUT", "/v2/vpc/changeVpc", {"instanceId": instance, "subnetId": self.places[place][1]})
        else:
            self.ask("PUT", f"/v2/instance/{instance}?{action}", {})

    @rule(family=FAMILY, place=st.integers(0, 1), ahead=st.booleans(), eip=PICK, public=st.booleans())
    def create_balancer(self, family: str, place: int, ahead: bool, eip: int, public: bool) -> None:
        vpc, subnet = self.places[place]
        body = {"vpcId": vpc, "subnetId": subnet, "billing": PREPAID if ahead else POSTPAID}
        self.make(family, f"/v1/{family}", body | ({"eip": self.pick("eip", eip)} if public else {}), "blbId")

    @rule(family=FAMILY, number=PICK)
    def release_balancer(self, family: str, number: int) -> None:
        self.ask("DELETE", f"/v1/{family}/{self.pick(family, number)}")

    @rule()
    def create_eip(self) -> None:
        billing = POSTPAID | {"billingMethod": "ByTraffic"}
        self.make("eip", "/v1/eip", {"bandwidthInMbps": 5, "billing": billing}, "eip")

    @rule(number=PICK, family=FAMILY, balancer=PICK, action=st.sampled_from(["bind", "unbind", "release"]))
    def change_eip(self, number: int, family: str, balancer: int, action: str) -> None:
        target = f"/v1/eip/{self.pick('eip', number)}"
        if action == "release":
            self.ask("DELETE", target)
        else:
            body = {"instanceType": "BLB", "instanceId": self.pick(family, balancer)}
            self.ask("PUT", f"{target}?{action}", body if action == "bind" else {})

    @rule(family=FAMILY, number=PICK, port=PORT, adds=st.booleans())
    def change_listeners(self, family: str, number: int, port: int, adds: bool) -> None:
        target = f"/v1/{family}/{self.pick(family, number)}"
        if adds:
            body = {"listenerPort": port, "backendPort": 8080, "scheduler": "RoundRobin"}
            self.ask("POST", f"{target}/TCPlistener", body)
        else:
            self.ask("PUT", f"{target}/listener?batchdelete", {"portList": [port]})

    @rule(
        number=PICK, instance=PICK, action=st.sampled_from(["add", "weigh", "remove"]), weight=st.sampled_from([0, 7])
    )
    def change_backends(self, number: int, instance: int, action: str, weight: int) -> None:
        target, backend = f"/v1/blb/{self.pick('blb', number)}/backendserver", self.pick("instance", instance)
        if action == "remove":
            self.ask("PUT", target, {"backendServerList": [backend]})
        else:
            body = {"backendServerList": [{"instanceId": backend, "weight": weight}]}
            self.ask(*{"add": ("POST", target), "weigh": ("PUT", f"{target}?update")}[action], body)

    @rule(number=PICK, group=PICK, instance=PICK, action=st.sampled_from(["make", "add", "remove", "delete"]))
    def change_groups(self, number: int, group: int, instance: int, action: str) -> None:
        target, group_id = f"/v1/appblb/{self.pick('appblb', number)}", self.pick("group", group)
        server = {"instanceId": self.pick("instance", instance), "weight": 7}
        if action == "make":
            self.make("group", f"{target}/appservergroup", {"name": "servers", "backendServerList": [server]}, "id")
            port = {"sgId": self.pick("group", -1), "port": 80, "type": "TCP"}
            self.ask("POST", f"{target}/appservergroupport", port)
        elif action == "add":
            self.ask("POST", f"{target}/blbrs", {"sgId": group_id, "backendServerList": [server]})
        elif action == "remove":
            body = {"sgId": group_id, "backendServerIdList": [server["instanceId"]]}
            self.ask("PUT", f"{target}/blbrs?batchdelete", body)
        else:
            self.ask("PUT", f"{target}/appservergroup?delete", {"sgId": group_id})

    @rule(number=PICK, group=PICK, port=PORT)
    def create_policy(self, number: int, group: int, port: int) -> None:
        policy = {"appServerGroupId": self.pick("group", group), "backendPort": 80, "priority": 1}
        policy["ruleList"] = [{"key": "*", "value": "*"}]  # type: ignore[assignment]
        target = f"/v1/appblb/{self.pick('appblb', number)}/policys"
        self.ask("POST", target, {"listenerPort": port, "type": "TCP", "appPolicyVos": [policy]})

    @rule(pace=st.sampled_from([0, 1]))
    def change_pace(self, pace: int) -> None:
        self.cloud.clock.pace = pace

    @rule(seconds=st.sampled_from([1, 5, 60, 7 * 86_400, 31 * 86_400]))
    def wait(self, seconds: int) -> None:
        self.cloud.clock.advance(seconds)

    def listed(self, family: str) -> dict[str, dict[str, Any]]:
        return {each["blbId"]: each for each in self.cloud.ok("GET", f"/v1/{family}")["blbList"]}

    @invariant()
    def what_is_before_a_balancer_tells_the_same_story(self) -> None:
        eips = {each["eip"]: each for each in self.cloud.ok("GET", "/v1/eip")["eipList"]}
        balancers = self.listed("blb") | self.listed("appblb")
        bound = {each["eip"]: each["instanceId"] for each in eips.values() if each["instanceType"] == "BLB"}
        assert bound == {each["publicIp"]: blb_id for blb_id, each in balancers.items() if "publicIp" in each}
        addresses = [(each["vpcId"], each["address"]) for each in balancers.values()]
        for instance in self.cloud.ok("GET", "/v2/instance")["instances"]:
            addresses += [(instance["vpcId"], each["privateIp"]) for each in instance["nicInfo"]["ips"]]
        assert len(set(addresses)) == len(addresses), "a private address is there twice"

    @invariant()
    def what_is_behind_a_balancer_is_there_and_in_its_vpc(self) -> None:
        instances = {each["id"]: each for each in self.cloud.ok("GET", "/v2/instance")["instances"]}
        behind: dict[str, dict[str, set[str]]] = {}
        for blb_id, each in self.listed("blb").items():
            detail = self.cloud.ok("GET", f"/v1/blb/{blb_id}")
            assert detail["status"] == each["status"]
            servers = self.cloud.ok("GET", f"/v1/blb/{blb_id}/backendserver")["backendServerList"]
            self.check(each, servers, instances, behind.setdefault("blb", {}))
            for listener in detail["listener"]:
                shown = self.cloud.ok("GET", f"/v1/blb/{blb_id}/backendserver?listenerPort={listener['port']}")
                assert {one["status"] for one in shown["backendServerList"]} <= {ALIVE, DEAD, UNKNOWN}
                assert all(one["status"] == UNKNOWN for one in shown["backendServerList"] if one["weight"] == 0)
        for blb_id, each in self.listed("appblb").items():
            groups = self.cloud.ok("GET", f"/v1/appblb/{blb_id}/appservergroup")["appServerGroupList"]
            ports = {int(one["port"]) for one in self.cloud.ok("GET", f"/v1/appblb/{blb_id}")["listener"]}
            for group in groups:
                servers = self.cloud.ok("GET", f"/v1/appblb/{blb_id}/blbrs?sgId={group['id']}")["backendServerList"]
                self.check(each, servers, instances, behind.setdefault("appblb", {}))
            for port in ports:
                for policy in self.cloud.ok("GET", f"/v1/appblb/{blb_id}/policys?port={port}")["policyList"]:
                    assert policy["appServerGroupId"] in {group["id"] for group in groups}
        for family, found in behind.items():
            for instance_id, balancers in found.items():
                listed = self.cloud.ok("GET", f"/v1/{family}?bccId={instance_id}")["blbList"]
                assert {each["blbId"] for each in listed} == balancers

    @staticmethod
    def check(
        balancer: dict[str, Any], servers: list[Any], instances: dict[str, Any], behind: dict[str, set[str]]
    ) -> None:
        """What is behind a balancer is there once, in its VPC, and shown with the address that it has."""
        ids = [each["instanceId"] for each in servers]
        assert len(set(ids)) == len(ids)
        for each in servers:
            instance = instances[each["instanceId"]]
            assert (instance["vpcId"], instance["internalIp"]) == (balancer["vpcId"], each["privateIp"])
            behind.setdefault(each["instanceId"], set()).add(balancer["blbId"])


TestBalancers = BalancerMachine.TestCase
