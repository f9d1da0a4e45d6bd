"""Whatever requests come in whatever order, resources stay consistent."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from tests.cloud import LINUX, SPEC
from tests.models.asking import AskingMachine

KINDS = ("instance", "volume", "group", "subnet", "snapshot", "keypair", "set", "image")
PAYMENTS = [{"paymentTiming": "Postpaid"}, {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1}}]
PICK = st.integers(0, 50)
ZONE = "cn-bj-a"


class ResourceMachine(AskingMachine):
    """Instances and everything they are made of, each asked about what may be gone."""

    kinds = KINDS

    def __init__(self) -> None:
        super().__init__()
        self.vpc = self.cloud.ok("POST", "/v1/vpc", {"name": "own", "cidr": "10.0.0.0/16"})["vpcId"]

    @rule(
        disks=st.integers(0, 2),
        goes=st.booleans(),
        subnet=PICK,
        group=PICK,
        own=st.booleans(),
        address=st.none() | st.integers(2, 9),
        billing=st.sampled_from(PAYMENTS),
        number=PICK,
    )
    def create_instance(
        self,
        disks: int,
        goes: bool,
        subnet: int,
        group: int,
        own: bool,
        address: int | None,
        billing: dict[str, Any],
        number: int,
    ) -> None:
        body: dict[str, Any] = {
            "spec": SPEC,
            "billing": billing,
            "deployId": self.pick("set", number) if self.known["set"] else "",
            "keypairId": self.pick("keypair", number) if self.known["keypair"] else "",
            "imageId": LINUX,
            "createCdsList": [{"cdsSizeInGB": 10, "storageType": "hp1", "deleteWithInstance": goes}] * disks,
        }
        if own:
            body |= {"subnetId": self.pick("subnet", subnet), "securityGroupId": self.pick("group", group)}
        if address is not None:
            body["internalIps"] = [f"10.0.0.{address}" if own else f"192.168.0.{address}"]
        self.known["instance"] += self.ask("POST", "/v2/instanceBySpec", body).get("instanceIds", [])

    @rule(number=PICK, action=st.sampled_from(["start", "stop", "reboot"]))
    def power(self, number: int, action: str) -> None:
        self.ask("PUT", f"/v2/instance/{self.pick('instance', number)}?{action}")

    @rule(number=PICK, flags=st.lists(st.booleans(), min_size=4, max_size=4))
    def release(self, number: int, flags: list[bool]) -> None:
        related, snapshots, recycled, by_attribute = flags
        body = {
            "relatedReleaseFlag": related,
            "deleteCdsSnapshotFlag": snapshots,
            "bccRecycleFlag": recycled,
            "cdsAttributeActive": by_attribute,
        }
        self.ask("POST", f"/v2/instance/{self.pick('instance', number)}", body)

    @rule(number=PICK)
    def recover(self, number: int) -> None:
        self.ask("POST", "/v2/instance/recovery", {"instanceIds": [{"instanceId": self.pick("instance", number)}]})

    @rule(number=PICK)
    def delete_recycled(self, number: int) -> None:
        self.ask("DELETE", f"/v2/recycle/instance/{self.pick('instance', number)}")

    @rule(number=PICK, subnet=PICK)
    def move(self, number: int, subnet: int) -> None:
        body = {"instanceId": self.pick("instance", number), "subnetId": self.pick("subnet", subnet), "reboot": True}
        self.ask("PUT", "/v2/subnet/changeSubnet", body)

    @rule()
    def create_volume(self) -> None:
        body = {"cdsSizeInGB": 10, "storageType": "hp1", "zoneName": ZONE, "billing": {"paymentTiming": "Postpaid"}}
        self.known["volume"] += self.ask("POST", "/v2/volume", body).get("volumeIds", [])

    @rule(volume=PICK, instance=PICK, action=st.sampled_from(["attach", "detach"]))
    def move_volume(self, volume: int, instance: int, action: str) -> None:
        body = {"instanceId": self.pick("instance", instance)}
        self.ask("PUT", f"/v2/volume/{self.pick('volume', volume)}?{action}", body)

    @rule(volume=PICK)
    def release_volume(self, volume: int) -> None:
        self.ask("DELETE", f"/v2/volume/{self.pick('volume', volume)}")

    @rule(own=st.booleans())
    def create_group(self, own: bool) -> None:
        body = {"name": "group", "rules": []} | ({"vpcId": self.vpc} if own else {})
        group_id = self.ask("POST", "/v2/securityGroup", body).get("securityGroupId")
        self.known["group"] += [group_id] if group_id else []

    @rule(number=PICK, instance=PICK, action=st.sampled_from(["bind", "unbind"]))
    def bind(self, number: int, instance: int, action: str) -> None:
        body = {"securityGroupId": self.pick("group", number)}
        self.ask("PUT", f"/v2/instance/{self.pick('instance', instance)}?{action}", body)

    @rule(number=PICK)
    def delete_group(self, number: int) -> None:
        self.ask("DELETE", f"/v2/securityGroup/{self.pick('group', number)}")

    @rule(part=st.integers(0, 3))
    def create_subnet(self, part: int) -> None:
        body = {"name": "own", "vpcId": self.vpc, "zoneName": ZONE, "cidr": f"10.0.{part}.0/28"}
        subnet_id = self.ask("POST", "/v1/subnet", body).get("subnetId")
        self.known["subnet"] += [subnet_id] if subnet_id else []

    @rule(number=PICK)
    def delete_subnet(self, number: int) -> None:
        self.ask("DELETE", f"/v1/subnet/{self.pick('subnet', number)}")

    @rule(of=st.sampled_from(["instance", "volume"]), number=PICK)
    def create_snapshot(self, of: str, number: int) -> None:
        created = self.ask("POST", "/v2/snapshot", {"volumeId": self.pick(of, number), "snapshotName": "taken"})
        self.known["snapshot"] += filter(None, [created.get("snapshotId")])

    @rule(number=PICK)
    def delete_snapshot(self, number: int) -> None:
        self.ask("DELETE", f"/v2/snapshot/{self.pick('snapshot', number)}")

    @rule(number=PICK, whole=st.booleans())
    def create_image(self, number: int, whole: bool) -> None:
        body = {"imageName": "made", "instanceId": self.pick("instance", number), "relateCds": whole}
        self.known["image"] += filter(None, [self.ask("POST", "/v2/image", body).get("imageId")])

    @rule(number=PICK, image=PICK, keypair=PICK)
    def rebuild(self, number: int, image: int, keypair: int) -> None:
        body = {"imageId": self.pick("image", image), "keypairId": self.pick("keypair", keypair)}
        self.ask("PUT", f"/v2/instance/{self.pick('instance', number)}?rebuild", body)

    @rule(number=PICK)
    def delete_image(self, number: int) -> None:
        self.ask("DELETE", f"/v2/image/{self.pick('image', number)}")

    @rule(number=PICK)
    def resize_volume(self, number: int) -> None:
        self.ask("PUT", f"/v2/volume/{self.pick('volume', number)}?resize", {"newCdsSizeInGB": 20})

    @rule(key=st.sampled_from(["AQE=", "AQI="]))
    def import_keypair(self, key: str) -> None:
        body = {"name": "key", "publicKey": f"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAA{key}"}
        self.known["keypair"] += filter(
            None, [self.ask("PUT", "/v2/keypair?import", body).get("keypair", {}).get("keypairId")]
        )

    @rule(number=PICK)
    def delete_keypair(self, number: int) -> None:
        self.ask("DELETE", f"/v2/keypair/{self.pick('keypair', number)}")

    @rule()
    def create_deploy_set(self) -> None:
        self.known["set"] += self.ask("POST", "/v2/instance/deployset/create", {}).get("deploySetIds", [])

    @rule(number=PICK)
    def delete_deploy_set(self, number: int) -> None:
        self.ask("DELETE", f"/v2/instance/deployset/{self.pick('set', number)}")

    @rule(seconds=st.sampled_from([5, 60, 8_000, 31 * 86_400]))
    def wait(self, seconds: int) -> None:
        self.cloud.clock.advance(seconds)

    @invariant()
    def references_are_consistent(self) -> None:
        instances = {each["id"]: each for each in self.cloud.ok("GET", "/v2/instance")["instances"]}
        volumes = self.cloud.ok("GET", "/v2/volume")["volumes"]
        groups = {each["id"] for each in self.cloud.ok("GET", "/v2/securityGroup")["securityGroups"]}
        keypairs = {each["keypairId"] for each in self.cloud.ok("GET", "/v2/keypair")["keypairs"]}
        snapshots = {each["volumeId"] for each in self.cloud.ok("GET", "/v2/snapshot")["snapshots"]}
        chains = self.cloud.ok("GET", "/v2/snapshot/chain")["snapchains"]
        subnets = {each["subnetId"]: each for each in self.cloud.ok("GET", "/v1/subnet")["subnets"]}

        addresses = [(each["subnetId"], each["internalIp"]) for each in instances.values()]
        assert len(set(addresses)) == len(addresses), "an address is there twice"
        for instance in instances.values():
            assert subnets[instance["subnetId"]]["vpcId"] == instance["vpcId"]
            assert instance["nicInfo"]["securityGroups"]
            assert set(instance["nicInfo"]["securityGroups"]) <= groups
            assert {instance["keypairId"]} <= {"", *keypairs}
            assert (instance["paymentTiming"] == "Prepaid") == ("expireTime" in instance)
            assert [volume["type"] for volume in instance["volumes"]].count("System") == 1
        attached = [(each["id"], attachment["instanceId"]) for each in volumes for attachment in each["attachments"]]
        assert len({volume for volume, _ in attached}) == len(attached), "a volume is on two instances"
        assert {instance for _, instance in attached} <= set(instances), "a volume is on an instance that is gone"
        for volume in volumes:
            assert volume["status"] != "InUse" or volume["attachments"]
            assert volume["status"] != "Available" or not volume["attachments"]
        known = {chain["instanceId"] if chain["instanceId"] in snapshots else chain["volumeId"] for chain in chains}
        assert known <= snapshots, "a chain has no snapshot"


TestResources = ResourceMachine.TestCase
