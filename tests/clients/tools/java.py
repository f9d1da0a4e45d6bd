"""Java programs: the jars that Maven resolves, each with its checksum, and the classes that javac makes."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from tests.clients.client import CACHE, HERE, Client
from tests.clients.tools.stamps import prepared, run

COPY = "org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies"


def of_maven(client: Client) -> list[str]:
    """The jars of the program's pom.xml, exactly those of its checksums.txt, and the classes of its sources."""
    folder = HERE / client.name
    jars, classes = client.cache / "jars", client.cache / "classes"
    pins = (folder / "pom.xml", folder / "checksums.txt")
    sources = sorted((folder / "sources").glob("*.java"))
    with prepared(jars, *pins) as stale:
        if stale:
            shutil.rmtree(jars, ignore_errors=True)
            options = ("-B", "-q", "-C", f"-Dmaven.repo.local={CACHE / 'maven'}", f"-DoutputDirectory={jars}")
            run("mvn", *options, "-f", folder / "pom.xml", COPY)
            check(jars, folder / "checksums.txt")
    with prepared(classes, *pins, *sources) as stale:
        if stale:
            shutil.rmtree(classes, ignore_errors=True)
            run("javac", "-d", classes, "-cp", f"{jars}/*", *sources)
    return ["java", "-cp", f"{classes}:{jars}/*", "Main"]


def check(jars: Path, checksums: Path) -> None:
    """Refuse jars that are not those of the list, in the form of sha256sum."""
    listed = {name: digest for digest, name in (line.split() for line in checksums.read_text().splitlines())}
    found = {jar.name: hashlib.sha256(jar.read_bytes()).hexdigest() for jar in jars.glob("*.jar")}
    wrong = sorted(name for name in listed.keys() | found.keys() if listed.get(name) != found.get(name))
    if wrong:
        raise RuntimeError(f"not as {checksums} says: {', '.join(wrong)}")
