"""Fixtures that tests of several products share: security groups."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bce_emulator.services.vpc.vpc.resource import Vpc
from tests.cloud import Cloud

SSH = {"direction": "ingress", "protocol": "tcp", "portRange": "22", "sourceIp": "10.0.0.0/8", "remark": "ssh"}


@pytest.fixture
def make(cloud: Cloud) -> Callable[..., str]:
    """Make a security group and answer its id."""

    def make_group(**members: Any) -> str:
        return cloud.ok("POST", "/v2/securityGroup", {"name": "web", "rules": [SSH], **members})["securityGroupId"]

    return make_group


@pytest.fixture
def group(make) -> str:
    """The id of a security group with one rule."""
    return make()


@pytest.fixture
def other_vpc(cloud: Cloud) -> str:
    """The id of a VPC beside the default one."""
    account = cloud.account
    return account.add(Vpc(id=account.new_id(Vpc), name="other", cidr="10.0.0.0/16")).id


@pytest.fixture
def default_group(cloud: Cloud) -> str:
    """The id of the default security group."""
    return cloud.ok("GET", "/v2/securityGroup")["securityGroups"][-1]["id"]


@pytest.fixture
def detail(cloud: Cloud) -> Callable[[str], dict[str, Any]]:
    """A security group as a client sees it."""
    return lambda group_id: cloud.ok("GET", f"/v2/securityGroup/{group_id}")
