"""What the tests of deploy sets share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cloud import Cloud


@pytest.fixture
def make(cloud: Cloud) -> Callable[..., str]:
    """Make a deploy set and answer its id."""

    def make_set(**members: Any) -> str:
        (created,) = cloud.ok("POST", "/v2/instance/deployset/create", members)["deploySetIds"]
        return created

    return make_set
