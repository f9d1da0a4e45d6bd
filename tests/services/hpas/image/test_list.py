"""Images of HPAS."""

from __future__ import annotations

import pytest

from tests.services.hpas.orders import ask

SYSTEM = ["m-Xz6svNFM", "m-JtPe0qoJ"]


@pytest.mark.parametrize(("wanted", "found"), [("", SYSTEM), ("System", SYSTEM), ("Custom", [])])
def test_images_are_listed_by_their_type(cloud, wanted, found):
    page = ask(cloud, "DescribeImages", {"marker": "", "maxKeys": 0, "imageType": wanted})

    assert [each["imageId"] for each in page["images"]] == found
    assert all("llama2_7B_train" in each["supportedAppType"] for each in page["images"])
