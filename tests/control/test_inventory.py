"""What there is: rows, filters and pages of resources, one whole with its actions, and what is due."""

from __future__ import annotations

import pytest

from tests.services.vpc.vpn.gateways import new_tunnel, new_vpn


def ids(reply) -> list[str]:
    return [row["id"] for row in reply.body["resources"]]


def test_a_row_says_what_a_resource_is_where_it_is_reached_and_what_it_names(cloud, control):
    instance = cloud.create(name="web", tags=[{"tagKey": "env", "tagValue": "prod"}])
    seen = cloud.instance(instance)
    cloud.ok("PUT", f"/v2/instance/{instance}?reboot", {"forceStop": False})

    [row] = control("GET", "resources?kind=Instance").body["resources"]

    assert (row["kind"], row["id"], row["name"], row["status"]) == ("bcc.Instance", instance, "web", "Starting")
    assert row["addresses"] == [seen["internalIp"]]
    assert row["tags"] == [{"tagKey": "env", "tagValue": "prod"}]
    assert row["pending"] == {"action": "reboot", "then": "Running", "due": "2026-01-01T00:01:40Z"}
    named = {each["kind"]: each["id"] for each in row["refersTo"]}
    assert (named["vpc.Vpc"], named["vpc.Subnet"]) == (seen["vpcId"], seen["subnetId"])
    assert named["bcc.Image"] == seen["imageId"]


def test_resources_are_filtered_and_come_in_pages_newest_first(cloud, control):
    made = [cloud.create(name=f"web-{number}") for number in range(3)]
    cloud.ok("PUT", f"/v2/instance/{made[1]}?stop", {})
    address = cloud.instance(made[2])["internalIp"]

    for query, expected in [
        ("", made[::-1]),
        ("&limit=1&offset=1", [made[1]]),
        ("&offset=9", []),
        ("&status=Stopping", [made[1]]),
        ("&status=Running", [made[2], made[0]]),
        ("&search=WEB-0", [made[0]]),
        (f"&search={address}", [made[2]]),
        (f"&search={made[1]}", [made[1]]),
        ("&search=nothing", []),
    ]:
        assert ids(control("GET", f"resources?kind=bcc.Instance{query}")) == expected, query
    assert control("GET", "resources?kind=Instance&limit=1").body["matching"] == 3
    assert control("GET", "resources?limit=1").body["kinds"]["bcc.Instance"] == 3


def test_what_hangs_on_a_network_is_found_at_any_distance(cloud, control):
    instance = cloud.create()
    vpc = cloud.instance(instance)["vpcId"]
    other = cloud.ok("POST", "/v1/vpc", {"name": "other", "cidr": "10.0.0.0/16"})["vpcId"]

    inside = control("GET", f"resources?within={vpc}&limit=1000").body["resources"]
    kinds = {row["kind"] for row in inside}

    assert {"bcc.Instance", "vpc.Nic", "vpc.Subnet", "bcc.Volume"} <= kinds
    assert instance in {row["id"] for row in inside}
    assert instance not in ids(control("GET", f"resources?within={other}&limit=1000"))
    assert ids(control("GET", f"resources?within={vpc}&kind=Instance")) == [instance]


def test_one_resource_says_what_its_status_allows_and_what_refuses_the_rest(cloud, control):
    instance = cloud.create()
    cloud.ok("PUT", f"/v2/instance/{instance}?stop", {})
    refusal = cloud.call("PUT", f"/v2/instance/{instance}?reboot", {"forceStop": False})

    whole = control("GET", f"resources/{instance}").body
    actions = {each["action"]: each for each in whole["actions"]}

    assert refusal.status == 409
    assert actions["reboot"]["refusal"]["code"] == refusal.code
    assert actions["reboot"]["refusal"]["status"] == refusal.status
    assert any(each["allowed"] for each in whole["actions"])
    assert whole["fields"]["spec"] == "bcc.g5.c2m8"
    assert "Expired" in whole["statuses"]
    assert {each["kind"] for each in whole["referredToBy"]} >= {"bcc.Volume", "vpc.Nic"}


def test_what_is_due_is_listed_with_its_moment_the_earliest_first(cloud, control):
    later, sooner = cloud.create(), cloud.create()
    cloud.ok("PUT", f"/v2/instance/{later}?reboot", {"forceStop": False})
    cloud.ok("PUT", f"/v2/instance/{sooner}?stop", {})

    agenda = control("GET", "clock/due").body

    assert [(each["id"], each["action"], each["then"]) for each in agenda["due"]] == [
        (sooner, "stop", "Stopped"),
        (later, "reboot", "Running"),
    ]
    assert (agenda["matching"], agenda["dueIn"]) == (2, None)
    assert len(control("GET", "clock/due?limit=1").body["due"]) == 1
    cloud.clock.run()
    assert control("GET", "clock").body["dueIn"] == pytest.approx(20)


def test_reading_opens_no_account_and_no_region(cloud, control):
    assert control("GET", "resources?account=test-never&region=gz").body["resources"] == []
    assert control("GET", "resources?region=gz").body["kinds"] == {}
    assert control("GET", "clock/due?account=test-never").body["due"] == []

    assert "test-never" not in cloud.emulator.accounts
    assert "gz" not in cloud.account.account.regions


def test_secrets_of_fields_are_masked(cloud, control):
    tunnel = new_tunnel(cloud, new_vpn(cloud))

    assert control("GET", f"resources/{tunnel}").body["fields"]["secret_key"] == "****"


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("resources?kind=Nothing", 400, "Nothing"),
        ("resources?region=mars", 400, "mars"),
        ("resources?limit=0", 400, "limit"),
        ("resources?limit=1001", 400, "limit"),
        ("resources?offset=-1", 400, "offset"),
        ("resources?account=nobody", 404, "nobody"),
        ("resources?account=*", 400, "one account"),
        ("resources/i-nobody00", 404, "i-nobody00"),
        ("resources/i-nobody00?kind=Nothing", 400, "Nothing"),
        ("clock/due?limit=0", 400, "limit"),
        ("requests/nothing/code", 404, "nothing"),
    ],
)
def test_what_is_asked_wrongly_is_refused(control, path, status, said):
    reply = control("GET", path)

    assert reply.status == status
    assert said in reply.body["error"]
