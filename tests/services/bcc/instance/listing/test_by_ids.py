"""Instances looked up by their ids."""

from __future__ import annotations

import re

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON
from tests.cloud import ids

BY_ID, MAPPING = "/v2/instance/listByInstanceId", "/v2/instance/id/mapping"


@pytest.fixture
def three(cloud) -> list[str]:
    return [cloud.create() for _ in range(3)]


def test_the_instances_named_are_listed_newest_first(cloud, three):
    response = cloud.ok("POST", BY_ID, {"instanceIds": [three[0], three[2], "i-nobody00"]})

    assert ids(response["instances"]) == [three[2], three[0]]
    assert response["instances"][0] == cloud.instance(three[2])
    assert {name: response[name] for name in ("marker", "isTruncated", "maxKeys")} == {
        "marker": "",
        "isTruncated": False,
        "maxKeys": 1000,
    }


def test_the_page_is_named_in_the_query(cloud, three):
    body = {"instanceIds": three, "Marker": "", "MaxKeys": 0, "maxKeys": 0}
    first = cloud.ok("POST", f"{BY_ID}?maxKeys=2", body)

    second = cloud.ok("POST", f"{BY_ID}?maxKeys=2&marker={first['nextMarker']}", body)

    assert ids(first["instances"]) == [three[2], three[1]]
    assert ids(second["instances"]) == [three[0]]
    assert "nextMarker" not in second


def test_a_body_that_names_no_size_of_the_page_gets_the_largest(cloud, three):
    response = cloud.ok("POST", BY_ID, {"instanceIds": three, "maxKeys": -1})

    assert (response["maxKeys"], len(response["instances"])) == (1000, 3)


@pytest.mark.parametrize(
    ("target", "body", "error"),
    [
        (BY_ID, {}, InappropriateJSON),
        (BY_ID, {"instanceIds": ["i-nobody00"] * 101}, BadRequest),
        (f"{BY_ID}?maxKeys=0", {"instanceIds": []}, BadRequest),
        (f"{BY_ID}?marker=i-nobody00", {"instanceIds": []}, BadRequest),
        (MAPPING, {"idType": "short", "objectType": "bcc"}, InappropriateJSON),
        (MAPPING, {"idType": "round", "objectType": "bcc", "instanceIds": []}, BadRequest),
        (MAPPING, {"idType": "short", "objectType": "lamp", "instanceIds": []}, BadRequest),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(cloud, running, target, body, error):
    cloud.refused(error, "POST", target, body)


def test_short_ids_lead_to_long_ones_and_back(cloud, three):
    there = cloud.ok("POST", MAPPING, {"idType": "short", "objectType": "bcc", "instanceIds": [*three, "i-nobody00"]})[
        "mappings"
    ]
    back = cloud.ok(
        "POST", MAPPING, {"idType": "long", "objectType": "vm", "instanceIds": [each["uuid"] for each in there]}
    )["mappings"]

    assert ids(there) == three
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", each["uuid"]) for each in there)
    assert back == there
