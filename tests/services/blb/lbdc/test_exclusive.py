"""Exclusive clusters, of which there are none."""

from __future__ import annotations

from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.blb.errors import InvalidParameter


def test_there_are_none(cloud):
    page = {"marker": "", "isTruncated": False, "maxKeys": 5, "clusterList": []}
    assert cloud.ok("GET", "/v1/blbcluster?maxKeys=5&exactlyMatch=true&clusterName=mine") == page
    cloud.refused(InvalidParameter, "GET", "/v1/blbcluster?maxKeys=0")
    cloud.refused(InvalidParameter, "GET", "/v1/blbcluster?marker=bgw_group-00000000")
    cloud.refused(NoSuchObject, "GET", "/v1/blbcluster/bgw_group-00000000")
