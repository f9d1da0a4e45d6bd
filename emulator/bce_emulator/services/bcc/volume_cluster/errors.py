"""How requests about a volume cluster can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


class ResizeParamInvalid(ApiError):
    """The cluster that is to grow is not there."""

    status, code, message = 400, "Cluster.ResizeParamInvalid", "cluster does not exist."


class ClusterSizeInvalid(ApiError):
    """The new size is out of range, or not larger than it was."""

    status, code, message = 400, "Cluster.ClusterSizeInvalid", "cluster newClusterSizeInGB error."
