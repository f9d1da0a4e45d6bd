"""Each lock is the complete set of what is installed, and nothing is resolved when it is."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import itertools
import json
import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.version import Version

from tests.sources import sources

ROOT = Path(__file__).parents[1]


def script(name: str):
    specification = importlib.util.spec_from_file_location(name, ROOT / "requirements" / f"{name}.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


record, wanted, newer = script("record"), script("wanted"), script("newer")

REQUIRES = json.loads(record.RECORD.read_text())
DECLARED = [
    Requirement(each) for each in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
]
SYSTEMS = [
    ("linux", "Linux", "posix", "x86_64"),
    ("darwin", "Darwin", "posix", "arm64"),
    ("win32", "Windows", "nt", "AMD64"),
]
ENVIRONMENTS = {
    f"{python} 3.{minor} {platform}": {
        "python_version": f"3.{minor}",
        "python_full_version": f"3.{minor}.1",
        "implementation_version": f"3.{minor}.1",
        "implementation_name": python.lower(),
        "platform_python_implementation": python,
        "sys_platform": platform,
        "platform_system": system,
        "os_name": name,
        "platform_machine": machine,
    }
    for minor, python, (platform, system, name, machine) in itertools.product(
        (11, 12, 13, 14), ("CPython", "PyPy"), SYSTEMS
    )
}
INSTALLERS = ("Dockerfile", "Makefile", "docker/image.mk", "tests/clients/tools/python.py")
EXTRA = "${EXTRA:-run}"
"""How the Dockerfile names the lock of an extra, or that without one."""
INSTALL = re.compile(r"-r\W{1,4}\S*requirements(/\w+\.txt|\b(?!/))|--require-hashes")
PIP = re.compile(r"pip (?:--\S+ )*(?:\S+/python )?(install|check|wheel|uninstall|freeze)\b([^\n&]*)")
each_lock = pytest.mark.parametrize("lock", record.LOCKS, ids=lambda path: str(path.relative_to(ROOT)))


def direct(lock: Path) -> list[Requirement]:
    """What a person asked for, of which a lock is made."""
    return [Requirement(line) for line in wanted.wanted(lock)]


def lacks(lock: str, wanted: list[Requirement], environments=tuple(ENVIRONMENTS)) -> set[str]:
    """What is asked for, by a person or by a package of the lock, and is not in the lock."""
    found, locked = set(), record.pins(lock)
    for environment in environments:
        pins = {pin.name: pin for pin in locked if holds(pin.marker, environment)}
        ahead, seen = [each for each in wanted if holds(str(each.marker or ""), environment)], set()
        while ahead:
            asked = ahead.pop()
            pin = pins.get(record.plain(asked.name))
            if pin is None or not asked.specifier.contains(pin.version, prereleases=True):
                found.add(f"{asked.name}{asked.specifier}")
                continue
            for extra in {"", *asked.extras} - {extra for name, extra in seen if name == pin.name}:
                seen.add((pin.name, extra))
                ahead += needs(str(pin), environment, extra)
    return found


def without(lock: str, pin) -> str:
    return lock.replace(f"\n{pin} ", "\n# ")


@functools.cache
def holds(marker: str, environment: str, extra: str = "") -> bool:
    return not marker or Marker(marker).evaluate(ENVIRONMENTS[environment] | {"extra": extra})


@functools.cache
def needs(pin: str, environment: str, extra: str) -> list[Requirement]:
    noted = map(Requirement, REQUIRES[pin])
    return [each for each in noted if holds(str(each.marker or ""), environment, extra)]


def installs(path: str) -> list[tuple[str, str, str]]:
    """Each lock that a file installs, with which options, and the word of the pip command that follows."""
    text = (ROOT / path).read_text()
    for name, value in re.findall(r"^(\w+) := (.*)", text, re.MULTILINE)[::-1]:
        text = text.replace(f"$({name})", value)
    text = re.sub(r"\\\n\s*|[\",()]", "", text)
    commands = [*PIP.findall(text), ("nothing", "")]
    found = []
    for at, (word, rest) in enumerate(commands):
        options, _, lock = rest.strip().partition("-r ")
        if word == "install" and lock and not lock.endswith(".in"):
            after = next(word for word, rest in commands[at + 1 :] if "--editable" not in rest)
            names = ("run", *wanted.OPTIONAL) if EXTRA in lock else ("",)
            found += [(lock.replace(EXTRA, name), options, after) for name in names]
    return found


def wheel(folder: Path, name: str, version: str, asks: str = "") -> str:
    """Put a made-up package into a folder; its line in a lock."""
    path, about = folder / f"{name}-{version}-py3-none-any.whl", f"{name}-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(
            f"{about}/METADATA",
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nProvides-Extra: more\n{asks}",
        )
        made.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        made.writestr(f"{about}/RECORD", "")
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def pip(tmp_path):
    """pip for an empty environment, with an index that has a newer version than the lock and nothing else."""
    index, lock, environment = tmp_path / "index", tmp_path / "lock.txt", tmp_path / "environment"
    index.mkdir()
    lines = [wheel(index, "asking", "1.0", "Requires-Dist: asked[more]>=1.0\n"), wheel(index, "asked", "1.0")]
    lock.write_text("".join(lines))
    wheel(index, "asked", "2.0")
    venv.create(environment)
    command = [sys.executable, "-m", "pip", "--python", str(environment)]
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    variables |= {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(index)}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        words = tuple(str(lock) if word == "LOCK" else word for word in words)
        return subprocess.run([*command, *words], env=variables, capture_output=True, text=True)

    return run


@pytest.mark.slow
@each_lock
def test_a_lock_has_all_that_is_asked_for_on_every_system(lock):
    assert lacks(lock.read_text(), direct(lock)) == set()


@pytest.mark.sweep(4)
@each_lock
def test_a_lock_that_lacks_any_of_its_packages_is_found_incomplete(lock):
    text, asked = lock.read_text(), direct(lock)
    pins = record.pins(text)
    environments = ["CPython 3.11 linux", "CPython 3.11 win32", "CPython 3.13 linux"]

    found = {pin.name for pin in pins if lacks(without(text, pin), asked, environments)}

    assert found == {pin.name for pin in pins}


def test_a_lock_with_a_version_that_is_too_low_is_found_incomplete():
    text = (ROOT / "requirements" / "dev.txt").read_text()
    low = re.sub(r"^coverage==\S+", "coverage==7.10.5", text, flags=re.MULTILINE)

    found = lacks(low, direct(record.HERE / "dev.txt"), ["CPython 3.11 linux"])

    assert found == {"coverage>=7.10.6"}


@each_lock
def test_every_line_of_a_lock_is_read(lock):
    text = lock.read_text()

    assert len(record.pins(text)) == len(re.findall(r"^[^#\s]", text, re.MULTILINE))
    assert sum(pin.hashes.count("--hash") for pin in record.pins(text)) == text.count("--hash=sha256:")


def test_what_is_noted_is_what_the_locked_packages_say():
    pins = {str(pin) for lock in record.LOCKS for pin in record.pins(lock.read_text())}
    installed = {f"{record.plain(each.name)}=={each.version}": each.requires or [] for each in metadata.distributions()}

    assert set(REQUIRES) == pins
    assert pins & set(installed)
    for pin in pins & set(installed):
        assert sorted(REQUIRES[pin]) == sorted(installed[pin]), f"{pin}: run make locks"


def test_every_lock_is_installed_by_one_of_these_files_and_by_no_other():
    code = [name for name in sources() if not name.endswith((".md", ".txt")) and "/test_" not in name]
    locks = {str(lock.relative_to(ROOT)) for lock in record.LOCKS if lock.parent == record.HERE}

    by = {
        name for name in code if (ROOT / name).is_file() and INSTALL.search((ROOT / name).read_text(errors="replace"))
    }

    assert by - {"requirements/record.py"} == set(INSTALLERS)
    assert {lock for path in INSTALLERS for lock, *_ in installs(path)} == locks | {"requirements"}


@pytest.mark.parametrize("path", INSTALLERS)
def test_a_lock_is_installed_as_it_stands_and_then_checked(path):
    for lock, options, after in installs(path):
        assert {"--no-deps", "--require-hashes"} <= set(options.split()), lock
        assert after == "check", lock


@pytest.mark.slow
@pytest.mark.sweep(4)
@pytest.mark.parametrize("options", sorted({options for path in INSTALLERS for _, options, _ in installs(path)}))
def test_a_newer_version_in_the_index_changes_nothing(pip, options, tmp_path):
    done = pip("install", *options.split(), "-r", "LOCK")

    assert done.returncode == 0, done.stderr
    assert {path.name for path in tmp_path.rglob("*.dist-info")} == {"asked-1.0.dist-info", "asking-1.0.dist-info"}


@pytest.mark.slow
def test_without_no_deps_the_newer_version_would_be_refused(pip):
    done = pip("install", "--require-hashes", "-r", "LOCK")

    assert done.returncode != 0
    assert "asked[more]" in done.stderr


@pytest.mark.slow
def test_the_check_after_an_install_finds_what_a_lock_lacks(pip):
    pip("install", "--no-deps", "asking")

    done = pip("check")

    assert (done.returncode, done.stdout) == (1, "asking 1.0 requires asked, which is not installed.\n")


@pytest.mark.parametrize("declared", DECLARED, ids=str)
def test_a_declared_bound_is_the_lowest_version_that_is_tested_and_there_is_none_above(declared):
    [bound] = declared.specifier
    [pin] = [pin for pin in record.pins((record.HERE / "lowest.txt").read_text()) if pin.name == declared.name]

    assert bound.operator == ">="
    assert Version(bound.version) == Version(pin.version)


def test_what_is_declared_is_what_is_locked():
    asked = direct(record.HERE / "run.txt")

    assert {(each.name, each.marker) for each in asked} == {(each.name, each.marker) for each in DECLARED}


@pytest.mark.parametrize(
    ("installed", "runs_all"),
    [
        ({}, False),
        ({"ruff": "99", "pip": "1"}, False),
        ({"ruff": "99", "fastapi": "99"}, True),
        ({"pytest": "99"}, True),
        ({"a-dependency-of-a-new-version": "1"}, True),
    ],
)
def test_the_newest_versions_run_every_test_if_one_of_them_is_newer_that_a_test_runs_on(installed, runs_all):
    locked = {"ruff": "1", "fastapi": "1", "pytest": "1"}

    assert (newer.paths(locked, locked | installed) == "") is runs_all


def test_no_tool_that_the_newest_versions_leave_out_is_a_dependency_of_the_package():
    run = {pin.name for pin in record.pins((record.HERE / "run.txt").read_text())}

    assert run.isdisjoint(newer.TOOLS)
