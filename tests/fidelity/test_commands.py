"""The commands: what each refuses in one line, and a whole run of them."""

from __future__ import annotations

import pytest

from tests.process import run

KEYS = ("--ak", "ALTAKreal", "--sk", "0123456789abcdef")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["record"], "required: --to"),
        (["record", "--to", "{}/a"], "only with keys that are given for it"),
        (["record", "--to", "{}/a", "--ak", "x"], "only with keys that are given for it"),
        (["record", "--to", "{}/a", "--ak", "a/b", "--sk", KEYS[3]], "--ak has no slash"),
        (["record", "--to", "{}/a", "--ak", "x", "--sk", "short"], "at least 16 characters"),
        (["record", "--to", "{}/a", "--ak", "é", "--sk", KEYS[3]], "--ak is ASCII"),
        (["record", "--to", "{}/a", *KEYS, "--host", "0.0.0.0"], "give --credentials"),
        (["record", "--to", "{}/a", *KEYS, "--allow", "ListInstance"], "did you mean"),
        (["record", "--to", "{}/a", *KEYS, "--allow", "CreateVpc"], "wants --allow-writes too"),
        (["record", "--to", "{}/a", *KEYS, "--upstream", "http://x.invalid"], "unless it is this machine"),
        (["record", "--to", "{}/a", *KEYS, "--upstream", "x.invalid:1"], "such as https://127.0.0.1:8443"),
        (["record", "--to", "{}/a", *KEYS, "--upstream", "https://x:y"], "such as https://127.0.0.1:8443"),
        (["record", "--to", "{}/a", *KEYS, "--upstream-ca", "{}/no"], "--upstream-ca"),
        (["record", "--to", "{}/no/a", *KEYS], "No such file"),
        (["record", "--to", "{}/there", *KEYS], "is there already"),
        (["record", "--to", "{}/no/a", "--keep-secrets", *KEYS], "No such file"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(arguments, said, tmp_path):
    (tmp_path / "there").write_text("x")

    done = run(*(each.format(tmp_path) for each in arguments), environment={"BCE_EMULATOR_PORT": "0"})

    assert (done.returncode, done.stderr.count("\n"), done.stdout) == (2, 1, "")
    assert said in done.stderr
    assert KEYS[3] not in done.stderr


def test_the_real_secret_can_be_in_a_file(tmp_path):
    (tmp_path / "sk").write_text("short\n")
    environment = {"BCE_EMULATOR_RECORD_AK": "x", "BCE_EMULATOR_RECORD_SK_FILE": str(tmp_path / "sk")}

    assert "at least 16" in run("record", "--to", str(tmp_path / "a"), environment=environment).stderr
    environment["BCE_EMULATOR_RECORD_SK"] = "y"
    assert "exclude each other" in run("record", "--to", str(tmp_path / "a"), environment=environment).stderr
