"""Recordings that nobody recorded: each is read, or refused in one sentence of our own; nothing else comes of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bce_emulator.cloud import Emulator
from bce_emulator.fidelity import report
from bce_emulator.fidelity.compare import compare
from bce_emulator.fidelity.entries import why_not
from bce_emulator.fidelity.exchange import Recorded, read_recording
from bce_emulator.fidelity.known import judge
from bce_emulator.fidelity.names import Names
from bce_emulator.fidelity.replay import Replayer
from bce_emulator.fidelity.secrets_table import SecretsTable
from bce_emulator.settings import SettingError, Settings
from tests.cloud import MADE
from tests.fidelity.network import ask, recorded_world
from tests.fidelity.scenario import had_before, look_around
from tests.process import run

PYTHON = (
    "recursion",
    "codec",
    "delimiter",
    "Expecting",
    "(char",
    "isoformat",
    "int_max_str",
    "Traceback",
    "unhashable",
    "'str'",
)
"""Words of the language that the emulator is written in."""
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(
        [10**30, -1, 1e300, 0.5, "", "\ud800", "i-1", "2026-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "/" * 99]
    )
    | st.text(max_size=12)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "status", "createTime", "vpcId", "items", "x", "\ud800"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
FILES = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """A recording as it should be."""
    path = tmp_path_factory.mktemp("good") / "recording.jsonl"
    with recorded_world(path) as world:
        had_before(world)
        look_around(world)
        return world.lines


def judged(read: Callable[[], list[Recorded]]) -> None:
    """Compare and replay, or be refused in one sentence without a word of Python."""
    refusal = ""
    try:
        exchanges = read()
        comparison = compare(exchanges)
    except SettingError as error:
        refusal = str(error)
    assert "\n" not in refusal
    assert not [word for word in PYTHON if word in refusal], refusal
    if refusal:
        return
    assert [why for each in comparison.differences if (why := why_not(*each.key.split()))] == []
    for written in report.FORMATS.values():
        written("recording", comparison, judge(comparison, {})).encode()
    emulator = Emulator(Settings(control="off"))
    MADE.append(emulator)
    replayer = Replayer(emulator, exchanges)
    assert ask(replayer, "GET", "/v1/vpc", now=exchanges[0].at).status < 600


@FILES
@given(
    st.binary(max_size=60)
    | st.sampled_from([b"{", b"[" * 200_000, b'{"a":' * 200_000, b"9" * 10_000, b"\xff", b"1e999", b'{"at": NaN}'])
)
def test_garbage_is_refused(tmp_path: Path, line: bytes):
    path = tmp_path / "recording.jsonl"
    path.write_bytes(line)

    judged(lambda: read_recording(path))


@pytest.mark.slow
@FILES
@given(st.data())
def test_members_of_any_type_are_read_or_refused(tmp_path: Path, rows: list[dict[str, Any]], data: st.DataObject):
    changed = [dict(row) for row in rows]
    for _ in range(data.draw(st.integers(1, 3))):
        row = data.draw(st.sampled_from(changed))
        row[data.draw(st.sampled_from(sorted(row)))] = data.draw(VALUES)
    path = tmp_path / "recording.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in changed))

    judged(lambda: read_recording(path))


@pytest.mark.slow
@FILES
@given(st.data())
def test_answers_with_anything_in_them_are_compared(tmp_path: Path, rows: list[dict[str, Any]], data: st.DataObject):
    changed = json.loads(json.dumps(rows))
    places = [place for row in changed for member in ("answer", "request") for place in objects(row[member])]
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.sampled_from(places))
        if place:
            place[data.draw(st.sampled_from(sorted(place)))] = data.draw(VALUES)
    path = tmp_path / "recording.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in changed))

    judged(lambda: read_recording(path))


def objects(value: Any) -> list[dict[str, Any]]:
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return ([value] if isinstance(value, dict) else []) + [found for each in inner for found in objects(each)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 200_000, "it is nested too deep"),
        ("9" * 10_000, "a number in it has too many digits"),
        ('{"at": 1e999}', "1e999 is no number"),
        ("\xff", "it is no JSON"),
        ("x", "it is no JSON"),
    ],
)
@pytest.mark.parametrize("command", ["compare", "replay"])
def test_a_command_tells_what_is_wrong_in_one_sentence(tmp_path: Path, command: str, text: str, said: str):
    (tmp_path / "recording").write_text(text, encoding="latin-1")

    done = run(command, str(tmp_path / "recording"), environment={"BCE_EMULATOR_PORT": "0"})

    assert (done.returncode, done.stderr.count("\n"), done.stdout) == (2, 1, "")
    assert f"line 1 is no exchange of a recording: {said}" in done.stderr


@FILES
@given(
    st.lists(
        st.dictionaries(st.sampled_from(["addresses", "kind", "secret", "is"]), VALUES | st.just("ab" * 32)), max_size=3
    )
    | st.lists(VALUES, max_size=2)
)
def test_a_table_of_secrets_that_is_none_is_refused(tmp_path: Path, table: list[Any]):
    path = tmp_path / "recording.jsonl.secrets"
    path.unlink(missing_ok=True)
    path.touch(0o600)
    path.write_text("".join((each if isinstance(each, str) else json.dumps(each)) + "\n" for each in table))

    try:
        found = SecretsTable(path)
    except SettingError as error:
        refusal = str(error)
    else:
        refusal = ""
        assert found.value({"password": "secret-1", "ip": "10.0.0.1"})["ip"].startswith("10.")
        found.close()

    assert refusal in {"", f"{path} is no table of secrets"}


def test_a_table_of_secrets_that_is_nested_without_end_is_refused(tmp_path: Path):
    path = tmp_path / "recording.jsonl.secrets"
    path.touch(0o600)
    path.write_text("[" * 100_000)

    with pytest.raises(SettingError, match=r"recording\.jsonl\.secrets is no table of secrets"):
        SecretsTable(path)


def test_a_name_that_is_no_text_of_utf_8_is_no_hindrance():
    assert Names().here("i-\ud800") == "i-\ud800"
