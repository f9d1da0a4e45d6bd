"""bce-emulator reach, in the process, against a server process; and the same from a test."""

from __future__ import annotations

import json

import pytest

from bce_emulator.cli.main import main
from bce_emulator.testing.account import Control, Keys, TestAccount
from tests.process import serving


@pytest.fixture(scope="module")
def server():
    with serving() as server:
        yield server


def test_it_prints_the_path_and_what_would_let_it_pass(server, capsys):
    account = TestAccount(Control(server.endpoint), Keys("test-reach", ""))
    account.control("POST", "accounts", {"accessKeyId": "test-reach", "secretAccessKey": "0123456789abcdef"})
    account.credentials = Keys("test-reach", "0123456789abcdef")
    one = account.instance()
    group = account.call("POST", "/v2/securityGroup", {"name": "closed", "rules": []}).body["securityGroupId"]
    other = account.instance(securityGroupId=group)

    def run(*words: str) -> tuple[int, str, str]:
        status = main(["reach", *words, "--endpoint", server.endpoint, "--account", "test-reach"])
        return status, *capsys.readouterr()

    status, out, _ = run(one, other, "--port", "443", "--unused")
    lines = out.split("\n")
    assert status == 1
    assert lines[0].startswith(f"{one} (")
    assert lines[0].endswith(" tcp 443: is stopped")
    assert [line.split()[0] for line in lines[3:6]] == ["ok"] * 3
    assert any(line.startswith("  -- security group  no rule of " + group) for line in lines)
    assert f"  passes by a rule of {group} for ingress tcp 443 from " in out
    assert "documented, https://intl.cloud.baidu.com/en/doc/VPC/s/mmfv3akh6" in out
    assert "  unused on the way\n  security group " in out

    status, out, _ = run(other, one, "--json")
    assert (status, json.loads(out)["protocol"], json.loads(out)["reaches"]) == (1, "icmp", False)
    status, out, _ = run(one, one, "--port", "1", "--source-port", "2", "--protocol", "udp", "--region", "bj")
    assert status == 0
    assert out.split("\n")[0].endswith(" udp 1: passes")
    status, _, err = run("i-nobody00", one)
    assert (status, err.count("\n")) == (2, 1)
    assert "no instance, interface" in err
    status, _, err = run(one, one, "--port", "99999")
    assert (status, "--port is a number from 1 to 65535" in err) == (2, True)

    path = account.reaches(one, other, port=443)
    assert not path
    assert path.stopped_by["id"] == group
    assert group in path.remedy
    assert repr(path).startswith("<i-")
    assert f"stopped: no rule of {group}" in repr(path)
    assert account.assert_stopped(one, other, port=443).hops == path.hops
    with pytest.raises(AssertionError, match=r"(?s)is stopped.*there.*-- security group.*passes by a rule of"):
        account.assert_reaches(one, other, 443)
    assert account.assert_reaches(one, one, 443)
    with pytest.raises(AssertionError, match=r"(?s)tcp 443: passes.*asks itself"):
        account.assert_stopped(one, one, 443)
    assert repr(account.reaches(one, one)).endswith("icmp passes>")
