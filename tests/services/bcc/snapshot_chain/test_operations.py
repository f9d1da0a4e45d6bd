"""Chains of snapshots."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.snapshot_chain.resource import SnapshotChain
from tests.disks import TAG, attached_volume, new_snapshot, new_volume, snapshot

CHAINS = "/v2/snapshot/chain"


def test_a_chain_comes_with_the_first_snapshot_and_goes_with_the_last(cloud):
    volume_id = new_volume(cloud)
    taken = [new_snapshot(cloud, volume_id) for _ in range(2)]
    cloud.account.get(Snapshot, taken[0]).is_automatic = True

    seen = cloud.ok("GET", CHAINS)

    assert (seen["totalCount"], seen["isTruncated"], seen["pageNo"], seen["orderBy"]) == (1, False, 1, "chainId")
    chain = seen["snapchains"][0]
    assert (chain["volumeId"], chain["volumeSize"], chain["chainSize"]) == (volume_id, 20, "40")
    assert (chain["manualSnapCount"], chain["autoSnapCount"], chain["status"]) == (1, 1, "Available")
    for each in taken:
        cloud.ok("DELETE", f"/v2/snapshot/{each}")
    assert cloud.ok("GET", CHAINS)["snapchains"] == []


def test_a_chain_is_found_by_its_volume_or_by_the_instance_of_a_system_disk(cloud, running):
    volume_id = new_volume(cloud)
    new_snapshot(cloud, volume_id)
    new_snapshot(cloud, running)

    for each in (volume_id, running):
        assert cloud.ok("GET", f"{CHAINS}?volumeId={each}")["totalCount"] == 1
    cloud.refused(NoSuchObject, "GET", f"{CHAINS}?volumeId=v-nobody00")


@pytest.mark.parametrize("order_by", ["chainSize", "volumeSize"])
@pytest.mark.parametrize(("order", "sizes"), [("", [20, 30, 40]), ("asc", [20, 30, 40]), ("desc", [40, 30, 20])])
def test_chains_are_ordered_and_paged(cloud, order_by, order, sizes):
    for size in (30, 20, 40):
        new_snapshot(cloud, new_volume(cloud, cdsSizeInGB=size))

    pages = [
        cloud.ok("GET", f"{CHAINS}?orderBy={order_by}&order={order}&pageSize=2&pageNo={number}") for number in (1, 2)
    ]

    assert [each["volumeSize"] for page in pages for each in page["snapchains"]] == sizes
    assert [page["isTruncated"] for page in pages] == [True, False]


@pytest.mark.parametrize("query", ["pageNo=0", "pageSize=0", "orderBy=color", "order=up"])
def test_a_page_that_means_nothing_is_refused(cloud, query):
    cloud.refused(BadRequest, "GET", f"{CHAINS}?{query}")


def test_tags_come_and_go(cloud):
    new_snapshot(cloud, new_volume(cloud))
    chain = cloud.ok("GET", CHAINS)["snapchains"][0]["chainId"]

    cloud.ok("PUT", f"{CHAINS}/{chain}/tag?bind", {"changeTags": [TAG], "relationTag": False})
    assert [tag.key for tag in cloud.account.get(SnapshotChain, chain).tags] == ["env"]

    cloud.ok("PUT", f"{CHAINS}/{chain}/tag?unbind", {"changeTags": [TAG]})
    assert cloud.account.get(SnapshotChain, chain).tags == ()


@pytest.mark.parametrize("key", ["bind", "unbind"])
def test_an_unknown_chain_is_not_found(cloud, key):
    cloud.refused(NoSuchObject, "PUT", f"{CHAINS}/sl-nobody0/tag?{key}", {"changeTags": [TAG]})


def test_snapshots_and_chains_are_tagged_by_their_type(cloud):
    taken = new_snapshot(cloud, new_volume(cloud))
    chain = cloud.ok("GET", CHAINS)["snapchains"][0]["chainId"]

    for kind, named in (("snapshot", taken), ("snapshotchain", chain)):
        body = {"resourceType": kind, "resourceIds": [named], "tags": [TAG], "isRelationTag": False}
        cloud.ok("POST", "/v3/bcc/tag?action=AttachTags", body)

    assert snapshot(cloud, taken)["tags"] == [TAG]
    assert [tag.key for tag in cloud.account.get(SnapshotChain, chain).tags] == ["env"]


def test_the_chain_of_an_attached_volume_names_its_instance(cloud, running):
    volume_id = attached_volume(cloud, running)
    new_snapshot(cloud, volume_id)

    assert cloud.ok("GET", f"{CHAINS}?volumeId={volume_id}")["snapchains"][0]["instanceId"] == running
    assert cloud.ok("GET", f"{CHAINS}?volumeId={running}")["snapchains"] == []


def test_a_volume_without_snapshots_has_no_chain(cloud, running):
    for each in (new_volume(cloud), running):
        assert cloud.ok("GET", f"{CHAINS}?volumeId={each}")["snapchains"] == []


def test_a_chain_names_the_instance_that_the_volume_is_attached_to(cloud, running):
    volume_id = attached_volume(cloud, running)
    new_snapshot(cloud, volume_id)

    cloud.ok("PUT", f"/v2/volume/{volume_id}?detach", {"instanceId": running})
    cloud.clock.advance(10)

    assert cloud.ok("GET", CHAINS)["snapchains"][0]["instanceId"] == ""


def test_a_chain_knows_the_size_of_its_volume_and_keeps_it_when_that_has_gone(cloud):
    made = new_volume(cloud, cdsSizeInGB=20)
    cloud.ok("POST", "/v2/snapshot", {"volumeId": made, "snapshotName": "first"})
    cloud.clock.advance(3600)
    cloud.ok("PUT", f"/v2/volume/{made}?resize", {"newCdsSizeInGB": 40})
    cloud.clock.advance(3600)
    resized = cloud.ok("GET", f"/v2/snapshot/chain?volumeId={made}")["snapchains"][0]["volumeSize"]
    cloud.ok("POST", "/v2/snapshot", {"volumeId": made, "snapshotName": "second"})
    cloud.clock.advance(3600)

    cloud.ok("DELETE", f"/v2/volume/{made}")
    cloud.clock.advance(3600)

    assert cloud.call("GET", f"/v2/volume/{made}").status == 404
    assert (resized, cloud.ok("GET", "/v2/snapshot/chain")["snapchains"][0]["volumeSize"]) == (40, 40)
