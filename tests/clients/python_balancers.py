"""What the tests of bce-python-sdk's clients of load balancers share: clients that keep account, and what is around."""

from __future__ import annotations

from baidubce.services.bcc import bcc_model
from baidubce.services.bcc.bcc_client import BccClient
from baidubce.services.esg import esg_model
from baidubce.services.esg.esg_client import EsgClient

from tests.clients.test_python_sdk import control

NOBODY, CERT, OTHER_CERT = "lb-00000000", "cert-zfj2ey2z4kmm", "cert-0123456789ab"
MEANS_NOTHING = {("POST", "ie6Compatible"), ("PUT", "compatibleIE"), ("GET", "clientToken")}
"""Only this SDK has the first two, and encryptionType overrules them; a look changes nothing that could be repeated."""
TLS = {"encryption_type": "userDefind", "encryption_protocols": ["tlsv12"], "applied_ciphers": "AES128-SHA"}
BOTH_SIDES = {"dual_auth": True, "client_certIds": [OTHER_CERT]}
DOMAINS = [{"certId": OTHER_CERT, "host": "b.test"}]


class Driven:
    """A client that keeps the names of its methods that succeeded."""

    def __init__(self, client) -> None:
        self.client = client
        self.done: set[str] = set()

    def __getattr__(self, name: str):
        def call(*arguments, **members):
            answer = getattr(self.client, name)(*arguments, **members)
            self.done.add(name)
            return answer

        return call


def groups_of(configuration, vpc: str) -> tuple[str, str]:
    """A security group of a VPC and an enterprise one."""
    rule = bcc_model.SecurityGroupRuleModel(direction="ingress", portRange="80", protocol="tcp", ethertype="IPv4")
    group = BccClient(configuration).create_security_group("web", [rule], vpc_id=vpc).security_group_id
    enterprise = esg_model.EnterpriseSecurityGroupRuleModel(
        direction="ingress",
        portRange="80",
        protocol="tcp",
        ethertype="IPv4",
        action="allow",
        priority=1000,
        sourceIp="all",
    )
    esgs = EsgClient(configuration)
    return group, esgs.create_enterprise_security_group("web", [enterprise]).enterprise_security_group_id


def unread(server) -> set[tuple[str, str]]:
    """The methods of requests about load balancers, and the members in them that nobody read."""
    entries = [each for each in control(server, "GET", "journal?limit=500")["entries"] if each["product"] == "blb"]
    assert entries
    return {(entry["request"]["method"], field["member"]) for entry in entries for field in entry["unread"]}
