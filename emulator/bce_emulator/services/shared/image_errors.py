"""How requests about an image can be refused, whatever it is an image for."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


class ImageNameInvalid(ApiError):
    """The name breaks the rule for names."""

    status, code, message = 400, "Image.ImageNameInvalid", "Image name is invalid."


class ImageIdIsEmpty(ApiError):
    """Neither an instance nor a snapshot to make the image of is named. Documented for bare metal only."""

    status, code, message, basis = 400, "Image.ImageIdIsEmpty", "Image ID cannot be empty", "proposed"


class ImageQuotaExceedLimit(ApiError):
    """The account has as many custom images in the region as it may. Documented for bare metal only."""

    status, code, basis = 413, "Image.ImageQuotaExceedLimit", "proposed"
    message = "Image number exceeds the limit."


class UnCustomImageCannotBeDeleted(ApiError):
    """Only a custom image can be deleted."""

    status, code, message = 403, "Image.UnCustomImageCannotBeDeleted", "Only custom image can be deleted."


class CreatingImageCannotBeDeleted(ApiError):
    """The image is still being created."""

    status, code, message = 409, "Image.CreatingImageCannotBeDeleted", "Cannot delete image when creating."


class ImageHasBeenSharedToOthers(ApiError):
    """An image that others can use is not deleted."""

    status, code, message = 409, "Image.ImageHasBeenSharedToOthers", "Image has been shared to others."


class UnCustomImageCannotBeShared(ApiError):
    """Only a custom image can be shared."""

    status, code, message = 403, "Image.UnCustomImageCannotBeShared", "Only custom image can be shared."


class InvalidAccount(ApiError):
    """There is no account of this name."""

    status, code, message = 400, "Image.InvalidAccount", "Account is invalid."


class AccountListIsEmpty(ApiError):
    """No account is named."""

    status, code, message = 400, "Image.AccountListIsEmpty", "Account list is empty."


class ExceedSharedToUserNumQuota(ApiError):
    """The image is shared with as many accounts as it may be."""

    status, code, message = 413, "Image.ExceedSharedToUserNumQuota", "Exceed shared to user num quota."


class CannotShareToOwner(ApiError):
    """The account to share with is the owner's own."""

    status, code, message = 403, "Image.CannotShareToOwner", "Cannot share to owner."


class AccountHasBeenShared(ApiError):
    """The image is shared with the account already."""

    status, code, message = 409, "Image.AccountHasBeenShared", "Account has been shared."


class ExceedAcceptSharedImageNumQuota(ApiError):
    """The account to share with holds as many images of others as it may."""

    status, code, message = 413, "Image.ExceedAcceptSharedImageNumQuota", "Exceed accept shared image num quota"


class RegionNotSupportCopy(ApiError):
    """The image cannot be copied to the region."""

    status, code, message = 409, "Image.RegionNotSupportCopy", "Region not support copy."


class ImageNotSupportCopy(ApiError):
    """Only a custom image can be copied."""

    status, code, message = 409, "Image.ImageNotSupportCopy", "Image not support copy."


class ImageStorageFormatInvalid(ApiError):
    """The image is stored in a format that cannot be copied."""

    status, code, message = 409, "Image.ImageStorageFormatInvalid", "Image storage format is invalid."


class ImageNotAvailable(ApiError):
    """Only an available image can be copied."""

    status, code, message = 409, "Image.ImageStatusForbidden", "Image status is not Available."


class ImageNotBeingCopied(ApiError):
    """Only the copying of an image that is being copied can be cancelled."""

    status, code, message = 409, "Image.ImageStatusForbidden", "Image status is not dest_copying."
