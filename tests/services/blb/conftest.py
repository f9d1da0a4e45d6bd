"""Fixtures of load balancers."""

from __future__ import annotations

import pytest

from tests.services.blb.app import App


@pytest.fixture
def app(cloud) -> App:
    """An application load balancer without anything."""
    return App(cloud)


@pytest.fixture
def full(app) -> App:
    """One with something of everything."""
    return app.fill()
