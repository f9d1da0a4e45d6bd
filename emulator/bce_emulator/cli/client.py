"""``bce-emulator env``: what to set or write to point a client here."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import Any

from bce_emulator.cli.connection import Connection, add_endpoint, add_keys, connection
from bce_emulator.cli.trust import trusting

UNNAMED = "ca.pem"
"""An authority of which only the client knows where it is."""

TERRAFORM_BLOCKS = "bcc vpc esg eip appblb blb local_dns bbc vpn eni et_gateway hpas"
"""The keys of the provider's block ``endpoints`` that lead to what is emulated."""
TERRAFORM_MORE = ("ET", "ResourceManager")
"""What further variables ``…_ENDPOINT`` begin with, for which the block has no key."""
TERRAFORM = """\
# The provider sends everything through the proxy, with the real host names: product and region are right, and nothing
# reaches the cloud. Leave endpoints alone, or let them be http. A provider without HTTP_PROXY (1.16 and before) wants
# all of these instead, or the block endpoints; an address says no region, so start the emulator with --region {region},
# and it ends without a slash:
{variables}
#   provider "baiducloud" {{
#     endpoints {{
{blocks}
#     }}
#   }}"""

SNIPPETS = {
    "python": """\
# from baidubce.auth.bce_credentials import BceCredentials
# from baidubce.bce_client_configuration import BceClientConfiguration
# from baidubce.services.bcc.bcc_client import BccClient
# client = BccClient(BceClientConfiguration(BceCredentials("{ak}", "{sk}"), "{endpoint}"))""",
    "go": """\
# client, err := bcc.NewClient("{ak}", "{sk}", "{endpoint}")""",
    "java": """\
# BccClientConfiguration config = new BccClientConfiguration();
# config.withCredentials(new DefaultBceCredentials("{ak}", "{sk}")).withEndpoint("{endpoint}");
# BccClient client = new BccClient(config);""",
    "node": """\
# It lists instances and images at paths that bare metal has too, so start the emulator with --product bcc.
# const client = new BccClient({{endpoint: "{endpoint}", credentials: {{ak: "{ak}", sk: "{sk}"}}}});""",
}


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("env", help="print what to set or write to point a client here")
    parser.add_argument("--for", dest="client", choices=[*SNIPPETS, "terraform"], help="the client")
    add_endpoint(parser)
    add_keys(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print lines that a shell can read: exports, and the client's own words as comments."""
    facts = connection(args)
    settings = {
        "BCE_EMULATOR_ENDPOINT": facts.endpoint,
        "BCE_ACCESS_KEY_ID": facts.access_key,
        "BCE_SECRET_ACCESS_KEY": facts.secret_key,
    }
    if args.client == "terraform":
        settings = {
            "BAIDUCLOUD_ACCESS_KEY": facts.access_key,
            "BAIDUCLOUD_SECRET_KEY": facts.secret_key,
            "BAIDUCLOUD_REGION": facts.region,
            "HTTP_PROXY": facts.endpoint,
        }
        if facts.is_encrypted:  # which no proxy can look into
            del settings["HTTP_PROXY"]
            settings |= dict.fromkeys(_terraform_variables(), facts.endpoint)
    for name, value in settings.items():
        print(f"export {name}={shlex.quote(value)}")
    if args.client in SNIPPETS:
        print(SNIPPETS[args.client].format(ak=facts.access_key, sk=facts.secret_key, endpoint=facts.endpoint))
    if args.client == "terraform" and not facts.is_encrypted:
        print(_terraform(facts))
    if args.client and facts.is_encrypted:
        authority = Path(facts.ca_cert or UNNAMED)
        print(f"# Trust its certificate (bce-emulator cert makes one): {trusting(args.client, authority)}")
    return 0


def _terraform_variables() -> list[str]:
    names = [*(key.replace("_", "").upper() for key in TERRAFORM_BLOCKS.split()), *TERRAFORM_MORE]
    return [f"{name}_ENDPOINT" for name in names]


def _terraform(facts: Connection) -> str:
    keys, quoted = TERRAFORM_BLOCKS.split(), shlex.quote(facts.endpoint)
    variables = "\n".join(f"# export {name}={quoted}" for name in _terraform_variables())
    blocks = "\n".join(f'#       {key} = "{facts.endpoint}"' for key in keys)
    return TERRAFORM.format(region=facts.region, variables=variables, blocks=blocks)
