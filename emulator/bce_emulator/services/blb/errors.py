"""How requests about load balancers can be refused. https://cloud.baidu.com/doc/BLB/s/Djwvxnzw6"""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


class InvalidParameter(ApiError):
    """A parameter is of the wrong type or out of bounds. The message is proposed."""

    status, code, message = 400, "InvalidParameter", "The request has an invalid parameter."


class MissingParameter(ApiError):
    """A parameter that is needed is missing. The message is proposed."""

    status, code, message = 400, "MissingParameter", "The request lacks a parameter."


class InstanceNotFound(ApiError):
    """No load balancer of the family has this id. The message is proposed."""

    status, code, message = 404, "InstanceNotFound", "The specified instance does not exist."


class LastOperationNotFinished(ApiError):
    """The load balancer is being created or updated."""

    status, code, message = 409, "LastOperationNotFinished", "Last operation has not finished."


class ServiceBlocked(ApiError):
    """The load balancer is paused or unavailable."""

    status, code = 403, "ServiceBlocked"
    message = "Your BLB service is blocked, please contact technical support for assistance."


class RealNameAuthenticationRequired(ApiError):
    """The account is not real-name verified. The message is proposed."""

    status, code, message = 403, "RealNameAuthenticationRequired", "The account has no real-name authentication."


class QuotaExceeded(ApiError):
    """The account, or the load balancer, has as many as its quota allows. The message is proposed."""

    status, code, message = 413, "QuotaExceeded", "The quota is exceeded."


class ListenerNotFound(ApiError):
    """The load balancer has no such listener."""

    status, code, message = 404, "ListenerNotFound", "The specified listener does not exist."


class ListenerAlreadyExist(ApiError):
    """The port has a listener."""

    status, code, message = 400, "ListenerAlreadyExist", "Listener already exists."


class ListenerExceeded(ApiError):
    """The load balancer has as many listeners as it can; how many that is, newer pages say otherwise."""

    status, code, message = 413, "ListenerExceeded", "You can create at most 20 listeners per BLB instance."


class RedirectPortNotFound(ApiError):
    """No HTTPS listener has the port to redirect to. The message is proposed."""

    status, code, message = 404, "RedirectPortNotFound", "The specified redirect port does not exist."


class CertificateNotFound(ApiError):
    """No certificate has this id. The message is proposed."""

    status, code, message = 404, "CertificateNotFound", "The specified certificate does not exist."


class BackendServerNotFound(ApiError):
    """The load balancer has no such backend server, or there is none to add."""

    status, code, message = 404, "BackendServerNotFound", "The specified backend server does not exist."


class BackendServerAlreadyExist(ApiError):
    """The load balancer, or the group, has the backend server."""

    status, code, message = 400, "BackendServerAlreadyExist", "Backend server already exists."
