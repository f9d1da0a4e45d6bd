"""How requests about an instance snapshot can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError, BadRequest, OperationDenied


class ConstraintViolation(ApiError):
    """A member breaks a rule; the newest pages of BCC have this code, and one message for each member."""

    status, code = 400, "ConstraintViolationException"


class InstanceIdEmpty(ConstraintViolation):
    """No instance is named. Proposed: the table of the page is cut, and its siblings word it so."""

    message, basis = "instanceId cannot be empty", "proposed"


class NameEmpty(ConstraintViolation):
    """The name is empty. Proposed likewise."""

    message, basis = "name cannot be empty", "proposed"


class DeleteIdsEmpty(ConstraintViolation):
    """Nothing to delete is named."""

    message = "deleteInsnapIds cannot be empty"


class TooManyDeleteIds(ConstraintViolation):
    """More than 100 are to be deleted."""

    message = "deleteInsnapIds size up to 100"


class RenameIdsEmpty(ConstraintViolation):
    """Nothing to rename is named."""

    message = "insnapIds cannot be empty"


class TooManyRenameIds(ConstraintViolation):
    """More than 100 are to be renamed."""

    message = "insnapIds size up to 100"


class MaxKeysOutOfRange(ConstraintViolation):
    """A page has 1 to 100 entries. The message is proposed: that of the page is cut."""

    message = "maxKeys must be between 1 and 100"


class NoSnapshotFits(BadRequest):
    """One of the ids names no instance snapshot."""

    code, message = "InvalidParameter", "The snapshot filter is empty."


class SnapshotOfAnotherAccount(OperationDenied):
    """One of the ids names an instance snapshot of another account."""

    status = 403
