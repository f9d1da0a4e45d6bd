"""Fixtures of load balancers."""

from __future__ import annotations

import pytest

from tests.cloud import Cloud
from tests.services.blb.app import App


@pytest.fixture
def cloud(cloud: Cloud) -> Cloud:
    """Changes of load balancers last long enough to be seen, which they do not by themselves."""
    cloud.account.account.changed_seconds["blb.LoadBalancer", "update"] = 2
    return cloud


@pytest.fixture
def app(cloud) -> App:
    """An application load balancer without anything."""
    return App(cloud)


@pytest.fixture
def full(app) -> App:
    """One with something of everything."""
    return app.fill()
