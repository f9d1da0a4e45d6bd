"""How requests about a keypair can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


class KeypairNotExist(ApiError):
    """There is no such keypair."""

    status, code, message = 404, "Keypair.KeypairNotExist", "Keypair not exist."


class KeypairInstanceNotExist(ApiError):
    """There is no such instance."""

    status, code, message = 404, "Keypair.InstanceNotExist", "Instance not exist."


class KeypairNameInvalid(ApiError):
    """The name breaks the rule for names."""

    status, code, message = 400, "Keypair.KeypairNameInvalid", "Keypair name is invalid."


class KeypairDescriptionInvalid(ApiError):
    """The description of a new keypair is too long."""

    status, code, message = 400, "Keypair.KeypairDescriptionInvalid", "Keypair description is invalid."


class DescInvalidException(ApiError):
    """The new description of a keypair is too long."""

    status, code, message = 400, "Keypair.DescInvalidException", "Illegal description format."


class KeypairQuotaExceedLimit(ApiError):
    """The account has as many keypairs in the region as it may."""

    status, code, message = 413, "Keypair.KeypairQuotaExceedLimit", "Keypair number exceeds the limit."


class KeypairPublicKeyExist(ApiError):
    """Another keypair has this public key."""

    status, code, message = 400, "Keypair.KeypairPublicKeyExist", "Keypair already exist."


class PublicKeyFormatInvalid(ApiError):
    """The text is no public key of a type that is taken."""

    status, code, message = 400, "Keypair.PublicKeyFormatInvalid", "Public key format is invalid."


class UnsupportOsType(ApiError):
    """The operating system of the instance takes no keypair."""

    status, code, message = 403, "Keypair.UnsupportOsType", "Unsupported os type, only linux supported."


class AttachAttachedKeypair(ApiError):
    """The instance has this keypair already. That this is meant is proposed; the page does not say."""

    status, code, message = 400, "Keypair.AttachAttachedKeypair", "Can not attach to an attached keypair."


class DeleteKeypairInUse(ApiError):
    """An instance has the keypair."""

    status, code, message = 403, "Keypair.DeleteKeypairInUse", "Keypair is in use."
