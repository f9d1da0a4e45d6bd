"""JavaScript programs: the packages of a package-lock.json, which has their checksums."""

from __future__ import annotations

import shutil

from tests.clients.client import HERE, Client
from tests.clients.tools.stamps import prepared, run

PINS = ("package.json", "package-lock.json")


def of_npm(client: Client) -> list[str]:
    """The packages of the program's lock, in the cache, and node told to look for them there."""
    folder = HERE / client.name
    with prepared(client.cache, *(folder / pin for pin in PINS)) as stale:
        if stale:
            client.cache.mkdir(parents=True, exist_ok=True)
            for pin in PINS:
                shutil.copy(folder / pin, client.cache / pin)
            run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=client.cache)
    return ["env", f"NODE_PATH={client.cache / 'node_modules'}", "node", "--no-deprecation", str(folder / "main.js")]
