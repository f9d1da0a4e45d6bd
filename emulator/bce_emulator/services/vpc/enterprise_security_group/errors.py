"""How requests about an enterprise security group can be refused. https://cloud.baidu.com/doc/VPC/s/Kl5jd2uh0"""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


class EsgResourceNotExist(ApiError):
    """There is no such group."""

    status, code, message = 404, "Esg.EsgResourceNotExist", "Enterprise security group resource not exist."


class EsgRuleResourceNotExist(ApiError):
    """There is no such rule."""

    status, code, message = 404, "Esg.EsgRuleResourceNotExist", "Enterprise security group rule resource not exist."


class EsgBindStatusInvalid(ApiError):
    """Something is in the group."""

    status, code = 409, "Esg.EsgBindStatusInvalid"
    message = "Enterprise security group has binded instance, and delete forbidden."


class EsgExceedQuota(ApiError):
    """The account has as many groups as it can."""

    status, code, message = 400, "Esg.EsgExceedQuota", "Enterprise security group number over limited."


class EsgNameEmpty(ApiError):
    """A group has a name."""

    status, code, message = 400, "Esg.EsgNameEmpty", "Enterprise security group name is required."


class EsgNameTooLong(ApiError):
    """A name has at most 65 characters."""

    status, code, message = 400, "Esg.EsgNameTooLong", "Enterprise security group name length over limit."


class EsgNameInvalid(ApiError):
    """A name is of letters, digits, Chinese characters and ``-_/.``, a letter first."""

    status, code, message = 400, "Esg.EsgNameInvalid", "Enterprise security group name is incorrect."


class EsgNameDuplicate(ApiError):
    """Another group of the account has the name."""

    status, code, message = 400, "Esg.EsgNameDuplicate", "Enterprise security group name exist already."


class EsgDescTooLong(ApiError):
    """A description is too long; 200 characters and the end of the message are proposed."""

    status, code, message = 400, "Esg.EsgDescTooLong", "Enterprise security group description is too long."


class EsgRuleActionEmpty(ApiError):
    """A rule says what it does."""

    status, code = 400, "Esg.EsgRuleActionEmpty"
    message = "Enterprise security group rule action(allow or deny) is required."


class EsgRuleActionInvalid(ApiError):
    """A rule allows or denies."""

    status, code = 400, "Esg.EsgRuleActionInvalid"
    message = "Enterprise security group rule action(allow or deny) is invalid."


class EsgRuleRemarkTooLong(ApiError):
    """A remark has at most 255 characters."""

    status, code, message = 400, "Esg.EsgRuleRemarkTooLong", "Enterprise security group rule remark is too long."


class EsgRuleProtocolEmpty(ApiError):
    """A rule is for a protocol."""

    status, code, message = 400, "Esg.EsgRuleProtocolEmpty", "Enterprise security group rule protocol is required."


class EsgRuleProtocolInvalid(ApiError):
    """A rule is for tcp, udp, icmp or all."""

    status, code, message = 400, "Esg.EsgRuleProtocolInvalid", "Enterprise security group rule protocol is invalid."


class EsgRulePortEmpty(ApiError):
    """A new rule for tcp or udp has a member portRange, and no rule is changed to have none."""

    status, code, message = 400, "Esg.EsgRulePortEmpty", "Enterprise security group rule portRange is required."


class EsgRuleDirectionInvalid(ApiError):
    """A rule is for ingress or egress."""

    status, code, message = 400, "Esg.EsgRuleDirectionInvalid", "Enterprise security group rule direction is invalid."


class EsgRuleEthertypeInvalid(ApiError):
    """A rule is for IPv4 or IPv6; the end of the message is proposed."""

    status, code, message = 400, "Esg.EsgRuleEthertypeInvalid", "Enterprise security group rule ethertype is invalid."


class EsgRuleIpAddressEmpty(ApiError):
    """A rule says who is at the other end; the end of the message is proposed."""

    status, code = 400, "Esg.EsgRuleIpAddressEmpty"
    message = "Enterprise security group rule ip(cidr) address is required."


class EsgRuleIpAddressError(ApiError):
    """An address is none of the rule's IP version."""

    status, code = 400, "Esg.EsgRuleIpAddressError"
    message = "Enterprise security group rule ip(cidr) address is incorrect."


class EsgRulePriorityInvalid(ApiError):
    """A priority is 1 to 1000. The code is proposed: that of the row could not be read."""

    status, code, basis = 400, "Esg.EsgRulePriorityInvalid", "proposed"
    message = "Enterprise security group rule priority is not in range 1-1000."


class EsgRuleDuplicated(ApiError):
    """The group has a rule like this, or the request names one twice."""

    status, code, message = 400, "Esg.EsgRuleDuplicated", "Enterprise security group rule exist already."
