"""How requests about a snapshot can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


class SnapshotNameInvalid(ApiError):
    """The name breaks the rule for names."""

    status, code, message = 400, "Snapshot.SnapshotNameInvalid", "snapshot name is invalid."


class SnapshotLimitExceeded(ApiError):
    """The volume has as many snapshots as it may have. The status and the end of the message are proposed."""

    status, code, basis = 413, "Instance.SnapshotLimitExceeded", "proposed"
    message = "The number of snapshot will exceed the quota limit."


class SnapshotOperationForbidden(ApiError):
    """The snapshot cannot be rolled back to, or cannot be deleted: documented for a rollback, proposed for deletion."""

    status, code, message = 403, "SnapshotOperationForbidden", "snapshot operation forbidden."


class RemoteCopyDenied(ApiError):
    """The snapshot cannot be copied now, or not to there. The message has no full stop, as documented."""

    status, code, message = 409, "OperationDenied", "Operation not available"


class SnapshotCannotCopy(ApiError):
    """An encrypted snapshot stays in its region. Code and message are spelled as documented; the case is proposed."""

    status, code, message = 403, "snapshot.CannotCopy", "napshot not support copy"
