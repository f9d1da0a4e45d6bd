"""The table of the provider's resources in docs/clients.md, made from the sequences."""

from __future__ import annotations

from tests.terraform.play import sequences, setups, targets

PREFIX = "baiducloud_"


def section() -> str:
    """Each resource of the provider, and whether the calls that it makes are answered as it expects."""
    played = {name: each for name, each in sequences().items() if name.startswith(PREFIX)}
    lines = [
        "## Terraform: each resource of the provider\n",
        f"All {len(played)} resources of `terraform-provider-baiducloud` in the families of bcc,",
        "bbc, vpc, eip, blb, localdns and hpas. **What ran are the sequences of calls in `tests/terraform/sequences`, written",
        "from the source of the provider, not the provider itself**, which no registry gives to the machine of this project;",
        "`make terraform` runs the real one where `PROVIDER=` names its binary. [Terraform](terraform.md) is how to use it.\n",
        "| resource | works | operations | with what it needs |",
        "| --- | --- | --- | --- |",
    ]
    for name in sorted(played):
        own = {target.key for target in targets(played[name])}
        lines.append(f"| `{name}` | yes | {len(own)} | {len(own | _needed(played[name].needs))} |")
    return "\n".join(lines) + "\n"


def _needed(names: tuple[str, ...]) -> set[str]:
    found: set[str] = set()
    for name in names:
        found |= {target.key for target in targets(setups()[name])} | _needed(setups()[name].needs)
    return found
