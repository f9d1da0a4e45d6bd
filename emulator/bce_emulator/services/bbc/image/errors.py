"""How requests about an image can be refused. https://cloud.baidu.com/doc/BBC/s/Gjwvxu97d"""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


class ImageNameInvalid(ApiError):
    """The name breaks the rule for names."""

    status, code, message = 400, "Image.ImageNameInvalid", "Image name is invalid."


class ImageIdIsEmpty(ApiError):
    """No server to make the image of is named."""

    status, code, message = 400, "Image.ImageIdIsEmpty", "Image ID cannot be empty"


class ImageQuotaExceedLimit(ApiError):
    """The account has as many custom images in the region as it may."""

    status, code, message = 413, "Image.ImageQuotaExceedLimit", "Image number exceeds the limit."
