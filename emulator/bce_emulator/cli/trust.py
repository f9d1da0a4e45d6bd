"""How each client is told to trust the authority of an emulator's certificate."""

from __future__ import annotations

import shlex
from pathlib import Path

TRUST = {
    "python": "export SSL_CERT_FILE={ca}",
    "go": "export SSL_CERT_FILE={ca}",
    "terraform": "export SSL_CERT_FILE={ca}",
    "node": "export NODE_EXTRA_CA_CERTS={ca}",
    "curl": "curl --cacert {ca}",
    "java": (
        "keytool -importcert -noprompt -alias bce-emulator -file {ca} -keystore {folder}/trust.p12 -storetype PKCS12 "
        "-storepass changeit && java -Djavax.net.ssl.trustStore={folder}/trust.p12 "
        "-Djavax.net.ssl.trustStorePassword=changeit"
    ),
}
"""By client; the variables take the place of the file of authorities that the system has, but for node's."""


def trusting(client: str, authority: Path) -> str:
    """What to do in a shell so that a client trusts an authority."""
    return TRUST[client].format(ca=shlex.quote(str(authority)), folder=shlex.quote(str(authority.parent)))
