"""docs/clients.md, made of the committed record: which client drives which operation, and how each is pointed here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from itertools import chain

from bce_emulator.cloud import CATALOGUE
from tests.clients.client import HERE, Client
from tests.clients.table import CLIENTS, UNAVAILABLE
from tests.terraform.table import section as terraform

DOCUMENT = HERE.parents[1] / "docs" / "clients.md"
COUNTS = HERE.parents[1] / "emulator" / "bce_emulator" / "services" / "driven.json"
"""What the package itself says of it."""
MOST = (1, 2, 3)
METHODS: dict[str, dict[str, list[str]]] = json.loads((HERE / "methods.json").read_text())
UNDRIVEN: dict[str, dict[str, list[str]]] = json.loads((HERE / "undriven.json").read_text())
"""By client, and by the reason: operations that its SDK has a method for, and that it drives to no success or to no refusal."""
BOTH, ONLY_DONE, ONLY_REFUSED, UNEMULATED, LEFT, NO_METHOD = "✓✗", "✓", "✗", "○", "·", ""
PRODUCTS = ("bcc.", "blb.", "eip.", "vpc.")

HEAD = """# The official SDKs, and what each drives

<!-- Written by `make clients-docs` from tests/clients; do not edit. -->

Each program under `tests/clients/` drives the emulator with a published package, in that package's own language; what
they all carry out is described in `tests/clients/scenarios.md`. `make clients` runs them. In the examples the endpoint is
such as `http://127.0.0.1:8080`, the access key `test` and the secret key `bce-emulator-secret-key`.
"""

KUBERNETES = """## Kubernetes: what runs beside a cluster

`tests/clients/go_kubernetes` has, in words of its own and on `bce-sdk-go`, the cycles of what Baidu publishes for clusters, with their order,
their polling and the pieces of text by which they tell refusals apart. `make clients` runs them.

* The cloud controller manager: a Service of type LoadBalancer gets a load balancer with listeners, backends and an address, changes and goes;
  one that names its address gets that one and leaves it; one on a load balancer of its user's leaves that, too; each node has one route.
* The network driver: cards for nodes, filled with addresses for pods eight at a time until there is no more room, emptied and taken away; pods
  that keep their address on another node, of other subnets, with IPv6, with public addresses, on the main cards of nodes and on servers; cards
  that a node has no room for or that nothing took; what it looks at from time to time.
* An autoscaler: nodes bought once however often it is asked, found by tag page by page, taken away, and sold out one day.

What of these programs themselves cannot run here is among the [limits](limits/clients.md).
"""

LEGEND = f"""## Operation by operation

{ONLY_DONE} succeeded, {ONLY_REFUSED} refused as documented, {BOTH} both; {UNEMULATED} asked for, and not emulated yet; {LEFT} the SDK has
a method for it that no program calls; empty: it has none.
"""


def document(record: dict[str, dict]) -> str:
    """The whole page."""
    parts = [HEAD, counts(record) + "\n", by_product(record), summary(record)]
    parts += [section(client, record.get(client.name, {})) for client in CLIENTS.values()]
    parts += [f"## {title}\n\n{why}\n" for title, why in UNAVAILABLE.items()]
    return "\n".join([*parts, terraform(), KUBERNETES, LEGEND, table(record)])


def counts(record: dict[str, dict]) -> str:
    """How many operations are driven by one SDK, and by two."""
    times = times_driven(record)
    return (
        f"Operations driven by at least one official SDK: {len(times)}; "
        f"by at least two: {sum(count >= 2 for count in times.values())}."
    )


def times_driven(record: dict[str, dict]) -> Counter[str]:
    """By how many SDKs each operation is driven; two versions of one are one."""
    driven: dict[str, set[str]] = {}
    for name, each in record.items():
        driven.setdefault(CLIENTS[name].package, set()).update(drives(each))
    return Counter(chain.from_iterable(driven.values()))


def driven_counts(record: dict[str, dict]) -> dict[str, list[int]]:
    """How many operations of each product are driven by one SDK at least, by two and by three."""
    times = times_driven(record)
    return {
        product: [sum(times[each] >= most for each in keys) for most in MOST]
        for product in sorted(CATALOGUE.coverage())
        for keys in [[entry.key for entry in CATALOGUE.published if entry.product == product]]
    }


def written_counts(record: dict[str, dict]) -> str:
    """The counts as the package has them, a line for each product."""
    rows = [f'"{product}": {json.dumps(counts)}' for product, counts in driven_counts(record).items()]
    return "{\n" + ",\n".join(rows) + "\n}\n"


def by_product(record: dict[str, dict]) -> str:
    """How many operations of each product are driven by so many SDKs at least."""
    coverage = CATALOGUE.coverage()
    rows = [
        [product, str(coverage[product][1]), *map(str, counts)] for product, counts in driven_counts(record).items()
    ]
    return rows_of(["product", "published", "driven by one SDK", "by two", "by three"], rows)


def drives(each: dict) -> set[str]:
    return {*each.get("done", ()), *each.get("refused", ())}


def undriven(client: Client, driven: dict) -> set[str]:
    """The published operations that an SDK has a method for, and that it does not drive to a success and to a refusal."""
    both = set(driven["done"]) & set(driven["refused"])
    return {operation for operation, columns in METHODS.items() if client.methods in columns} - both


def every_operation(record: dict[str, dict]) -> list[str]:
    asked = {operation for each in record.values() for operation in (*drives(each), *each.get("unemulated", ()))}
    return sorted(asked | {operation for operation in METHODS if operation.startswith(PRODUCTS)})


def summary(record: dict[str, dict]) -> str:
    rows = [
        [
            client.title,
            f"`{client.package}` {client.version}",
            str(len(record.get(client.name, {}).get("done", ()))),
            str(len(record.get(client.name, {}).get("refused", ()))),
        ]
        for client in CLIENTS.values()
    ]
    return rows_of(["client", "package", "operations that succeeded", "that were refused"], rows)


def section(client: Client, driven: dict) -> str:
    """How to point a client here, and what it cannot do."""
    lines = [
        f"## {client.title}: {client.package} {client.version}\n",
        f"```{client.language}",
        *client.pointing,
        "```\n",
    ]
    if client.wrong:
        lines += ["What this version does not do right:\n", *[f"- {each}" for each in client.wrong], ""]
    if client.name in UNDRIVEN:
        reasons = (f"- {why}: {', '.join(f'`{each}`' for each in keys)}" for why, keys in UNDRIVEN[client.name].items())
        lines += ["What it has a method for and does not drive to a success and to a refusal:\n", *reasons, ""]
    if driven.get("cannot"):
        lines += ["What it has no way to do:\n", *[f"- {name}: {why}" for name, why in driven["cannot"].items()], ""]
    return "\n".join(lines)


def table(record: dict[str, dict]) -> str:
    names = [client.name for client in CLIENTS.values()]
    rows = [
        [f"`{operation}`", *[cell(record.get(name, {}), CLIENTS[name], operation) for name in names]]
        for operation in every_operation(record)
    ]
    return rows_of(["operation", *names], rows)


def cell(driven: dict, client: Client, operation: str) -> str:
    done, refused = operation in driven.get("done", ()), operation in driven.get("refused", ())
    if done or refused:
        return BOTH if done and refused else ONLY_DONE if done else ONLY_REFUSED
    if operation in driven.get("unemulated", ()):
        return UNEMULATED
    return LEFT if client.methods in METHODS.get(operation, {}) else NO_METHOD


def rows_of(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


if __name__ == "__main__":
    from tests.clients.record import driven

    print(counts(driven()))
