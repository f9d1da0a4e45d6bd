"""The rows of resource groups."""

from __future__ import annotations

from tests.services.reads_agree.row import Write

GROUP = {"name": "team", "extra": "of a test"}

GROUPS = (Write("POST /v1/res/group", GROUP, "resource_group", GROUP, "groupId"),)
