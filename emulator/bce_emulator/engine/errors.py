"""How a request can fail: one class per documented error, and those that any operation can end in.

The table of common codes is https://cloud.baidu.com/doc/BCC/s/Ojwvyo6nc.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar


class ApiError(Exception):
    """A documented refusal: HTTP status, code and message.

    ``explanation`` says what exactly was wrong; it never enters the body, which stays as documented.
    """

    status: ClassVar[int]
    code: ClassVar[str]
    message: ClassVar[str]
    basis: ClassVar[str] = "documented"
    headers: tuple[tuple[bytes, bytes], ...] = ()

    def __init__(self, explanation: str = "", **facts: str) -> None:
        super().__init__(explanation or self.message)
        self.explanation = explanation
        self.text = self.message.format(**facts) if facts else self.message


class SignatureError(ApiError):
    """The caller could not be identified; ``observed`` is what the live service was seen to say instead."""

    observed: ClassVar[str] = "Fail to authn user"


class AccessDenied(SignatureError):
    """No authorization at all, or a session token that is wrong or missing."""

    status, code, message = 403, "AccessDenied", "Access denied."
    observed = "Fail to authn user: Access denied"


class NotPermitted(ApiError):
    """The caller is known, and its temporary keys may not do this."""

    status, code, message = 403, "AccessDenied", "Access denied."


class InvalidAccessKeyId(SignatureError):
    """The access key is unknown or disabled."""

    status, code = 403, "InvalidAccessKeyId"
    message = "The Access Key ID you provided does not exist in our records."
    observed = "Could not find credential."


class InvalidHTTPAuthHeader(SignatureError):
    """The authorization string is malformed, or of another scheme."""

    status, code = 400, "InvalidHTTPAuthHeader"
    message = "The HTTP authorization header is invalid. Consult the service documentation for details."
    observed = "Fail to authn user: Invalid authorization"


class SignatureDoesNotMatch(SignatureError):
    """The signature is not the one that the secret key makes of this request."""

    status, code = 400, "SignatureDoesNotMatch"
    message = (
        "The request signature we calculated does not match the signature you provided. Check your Secret Access "
        "Key and signing method. Consult the service documentation for details."
    )
    observed = "Fail to authn user: Signature does not match"


class RequestExpired(SignatureError):
    """The signature is too old, or the clocks of client and server differ by more than 30 minutes."""

    status, code = 400, "RequestExpired"
    message = "Request has expired. Timestamp date is {date}."
    observed = "Fail to authn user: Fail to check timestamp: time expired"


class IamSignatureInvalid(ApiError):
    """What the live service was seen to answer to every signature error (``--signature-errors observed``)."""

    status, code, basis = 403, "IamSignatureInvalid", "observed"
    message = "IamSignatureInvalid, cause: {cause}"


class InvalidURI(ApiError):
    """The URI is malformed."""

    status, code, message = 400, "InvalidURI", "Could not parse the specified URI."


class UnknownPath(ApiError):
    """No published operation has this path. The status is the project's own; the code is the documented one."""

    status, code, message, basis = 404, "InvalidURI", "Could not parse the specified URI.", "proposed"


class MethodNotAllowed(ApiError):
    """The path is known, with other methods. Not documented."""

    status, code, basis = 405, "MethodNotAllowed", "proposed"
    message = "The specified method is not allowed against this resource."

    def __init__(self, explanation: str = "", allowed: Iterable[str] = ()) -> None:
        super().__init__(explanation)
        self.headers = ((b"allow", ", ".join(sorted(allowed)).encode()),)


class InvalidVersion(ApiError):
    """The path names a version of the API that does not exist."""

    status, code, message = 404, "InvalidVersion", "The API version specified was invalid."


class NotImplementedYet(ApiError):
    """A published operation that is not emulated. Not an answer of the cloud."""

    status, code, basis = 501, "NotImplemented", "emulator"
    message = "{operation} is published but not emulated yet"


class ProductNotNamed(NotImplementedYet):
    """Several products publish this place, and neither the host nor the request says which is meant."""

    message = "{operation} is published by several products, and the host names none of them"


class InvalidHTTPRequest(ApiError):
    """The HTTP request is malformed: a body that is too long or wrongly encoded, headers out of bounds."""

    status, code, message = 400, "InvalidHTTPRequest", "There was an error in the body of your HTTP request."


class MalformedJSON(ApiError):
    """The body is not JSON."""

    status, code, message = 400, "MalformedJSON", "The JSON you provided was not well-formed."


class InappropriateJSON(ApiError):
    """A required member is missing, or a value has the wrong type."""

    status, code = 400, "InappropriateJSON"
    message = "The JSON you provided was well-formed and valid, but not appropriate for this operation."


class BadRequest(ApiError):
    """A parameter is invalid and has no code of its own. Subclasses carry the messages some operations give it."""

    status, code, message = 400, "BadRequest", "Bad request parameters or illegal request."


class NoSuchObject(ApiError):
    """The resource does not exist."""

    status, code = 404, "NoSuchObject"
    message = "The specified object is not found or resource do not exist."


class OperationDenied(ApiError):
    """The status of the resource does not allow the operation, and the operation has no code of its own for it."""

    status, code, message = 409, "OperationDenied", "Operation not available."


class IdempotentParameterMismatch(ApiError):
    """The client token was used before, with another request. The missing blank is the documentation's."""

    status, code = 403, "IdempotentParameterMismatch"
    message = "The request uses the same client token asa previous, but non-identical request."


class QualifyNotPass(ApiError):
    """The account is not real-name verified."""

    status, code, message = 403, "QualifyNotPass", "The User has not pass qualify."


class AccountLimitExceeded(ApiError):
    """The account has as many resources as whoever made its keys allows. Not an answer of the cloud."""

    status, code, basis = 413, "QuotaLimitExceeded", "emulator"
    message = "Quota limit exceeded."


class InternalError(ApiError):
    """An internal error of the emulator; tests see the exception itself."""

    status, code, message = 500, "InternalError", "We encountered an internal error Please try again."


class ServiceInternalError(ApiError):
    """A service behind the API failed. Nothing in the emulator does; a planned fault can."""

    status, code, message = 500, "ServiceInternalError", "Internal service occurs error."


class ServiceUnavailable(ApiError):
    """This replica does not serve now: another does, or the database does not answer. Not documented."""

    status, code, basis = 503, "ServiceUnavailable", "proposed"
    message = "The service is temporarily unavailable. Please try again."

    def __init__(self, explanation: str = "", leader: str = "") -> None:
        super().__init__(explanation)
        self.headers = ((b"retry-after", b"1"), *([(b"x-bce-emulator-leader", leader.encode())] if leader else []))


COMMON: tuple[type[ApiError], ...] = (
    AccessDenied,
    AccountLimitExceeded,
    BadRequest,
    IdempotentParameterMismatch,
    InappropriateJSON,
    InternalError,
    InvalidAccessKeyId,
    InvalidHTTPAuthHeader,
    InvalidHTTPRequest,
    InvalidURI,
    InvalidVersion,
    MalformedJSON,
    MethodNotAllowed,
    NotImplementedYet,
    NotPermitted,
    ProductNotNamed,
    RequestExpired,
    SignatureDoesNotMatch,
    UnknownPath,
)
"""What every operation can end in, so that no operation lists it."""
