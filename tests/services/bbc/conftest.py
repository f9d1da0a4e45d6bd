"""Bare metal is reached by its host name, since BCC publishes some of its paths too."""

from __future__ import annotations

import pytest

from tests.cloud import Cloud
from tests.services.bbc.servers import HOST


@pytest.fixture
def cloud(cloud: Cloud) -> Cloud:
    cloud.host = HOST
    return cloud
