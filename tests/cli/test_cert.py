"""``bce-emulator cert``, and HTTPS as the other commands know it."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from datetime import timedelta

import pytest
from cryptography import x509

from bce_emulator import certificates
from bce_emulator.cli.trust import TRUST
from bce_emulator.testing import Emulator
from tests.process import run, serving


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cert") / "a folder"
    return folder, run("cert", "--dir", str(folder), "--names", "emulator.corp,*.lab.corp,10.0.0.7")


def exported(text: str) -> dict[str, str]:
    """What a shell has after reading these lines."""
    shell = subprocess.run(["sh", "-euc", text + "\nenv"], capture_output=True, text=True, check=True, env={})
    return dict(line.split("=", 1) for line in shell.stdout.splitlines() if line.startswith("BCE_EMULATOR_"))


def test_a_certificate_is_made_and_every_client_is_told_how_to_trust_it(made):
    folder, done = made

    assert done.returncode == 0, done.stderr
    assert exported(done.stdout) == {
        "BCE_EMULATOR_TLS_CERT": f"{folder}/cert.pem",
        "BCE_EMULATOR_TLS_KEY": f"{folder}/key.pem",
        "BCE_EMULATOR_CA_CERT": f"{folder}/ca.pem",
    }
    assert re.findall(r"^# (\w+): .*ca\.pem", done.stdout, re.MULTILINE) == list(TRUST)
    assert certificates.files(folder).key.stat().st_mode & 0o077 == 0
    certificate = x509.load_pem_x509_certificate((folder / "cert.pem").read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    dns = names.get_values_for_type(x509.DNSName)
    assert {"localhost", "*.gz.localhost", "*.bj.baidubce.com", "emulator.corp", "*.lab.corp"} <= {*dns}
    assert {"127.0.0.1", "::1", "10.0.0.7"} <= {*map(str, names.get_values_for_type(x509.IPAddress))}


def test_what_is_there_is_kept_while_it_fits_and_replaced_when_that_is_said(tmp_path, monkeypatch):
    path = tmp_path / "cert.pem"

    def done(*more: str) -> tuple[int, str]:
        result = run("cert", "--dir", str(tmp_path), *more)
        return result.returncode, result.stderr

    assert done() == (0, f"bce-emulator: made {tmp_path}\n")
    first = path.read_bytes()
    assert done() == (0, f"bce-emulator: kept {tmp_path}\n")
    assert path.read_bytes() == first
    assert "does not name other.corp" in done("--names", "other.corp")[1]
    later = certificates.present() + timedelta(days=certificates.DAYS)
    with monkeypatch.context() as patch:
        patch.setattr(certificates, "present", lambda: later)
        assert "the certificate ends at 20" in done()[1]
    assert path.read_bytes() == first
    assert done("--renew", "--names", "other.corp")[0] == 0
    renewed = path.read_bytes()
    assert renewed != first
    other = tmp_path / "other"
    run("cert", "--dir", str(other))
    shutil.copy(other / "key.pem", tmp_path)
    assert "the key does not belong to the certificate" in done()[1]
    path.write_text("none")
    assert done()[0] == 2
    assert "no certificate of this command (ValueError)" in done()[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--names", "a b"), "--names is names and addresses"),
        (("--names", "a.corp:80"), "--names is names and addresses"),
        (("--dir", "/dev/null/x"), "cannot write to /dev/null/x: Not a directory"),
    ],
)
def test_what_cannot_be_made_is_one_sentence(arguments, said):
    done = run("cert", *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


@pytest.mark.slow
def test_every_command_and_the_plugin_know_https(made, monkeypatch):
    variables = exported(made[1].stdout)
    with serving(environment=variables) as server:
        where = f"https://127.0.0.1:{server.port}"
        assert f"ready at {where} (" in server.banner
        assert f"control API at {where}/_emulator/" in server.banner

        known = {"BCE_EMULATOR_ENDPOINT": where}
        for command in (["health"], ["wait", "--timeout", "5"]):
            assert (
                run(*command, environment=known | {"BCE_EMULATOR_CA_CERT": variables["BCE_EMULATOR_CA_CERT"]}).stdout
                == "ready\n"
            )
            own = variables | {"BCE_EMULATOR_PORT": str(server.port)}
            del own["BCE_EMULATOR_CA_CERT"]
            assert run(*command, environment=own).stdout == "ready\n"
        assert "CERTIFICATE_VERIFY_FAILED" in run("health", environment=known).stderr
        assert (
            "cannot read the certificate x.pem: No such file"
            in run("health", "--ca-cert", "x.pem", environment=known).stderr
        )
        assert "x: no certificate in PEM" in run("health", "--ca-cert", __file__, environment=known).stderr.replace(
            __file__, "x"
        )
        assert f" {where}/v2/zone" in run("sign", "GET", "/v2/zone", environment=known).stdout
        trusting = known | {"BCE_EMULATOR_CA_CERT": variables["BCE_EMULATOR_CA_CERT"]}
        words = shlex.split(run("sign", "GET", "/v2/zone", environment=trusting).stdout)
        assert words[words.index("--cacert") + 1] == variables["BCE_EMULATOR_CA_CERT"]

        monkeypatch.setenv("BCE_EMULATOR_CA_CERT", variables["BCE_EMULATOR_CA_CERT"])
        with Emulator(where) as emulator, emulator.account() as account:
            assert account.call("GET", "/v2/zone").status == 200


@pytest.mark.parametrize("client", [each for each in TRUST if each != "curl"])
def test_env_says_how_a_client_trusts(client):
    secured = {"BCE_EMULATOR_ENDPOINT": "https://emulator.corp", "BCE_EMULATOR_CA_CERT": "/tls/ca.pem"}

    printed = run("env", "--for", client, environment=secured).stdout

    assert "/tls/ca.pem" in printed
    assert "HTTP_PROXY" not in printed
    assert ("export EIP_ENDPOINT=https://emulator.corp\n" in printed) is (client == "terraform")
