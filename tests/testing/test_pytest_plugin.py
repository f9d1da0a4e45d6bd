"""The pytest plugin, as those who test against the emulator use it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bce_emulator.testing import Emulator

pytest_plugins = "pytester"

ROOT = Path(__file__).parents[2]
PLUGIN = ("-p", "no:bce_emulator", "-p", "bce_emulator.pytest_plugin")
"""The plugin of this tree, whatever is installed."""
HEAVY = (
    "bce_emulator.app",
    "bce_emulator.testing",
    "bce_emulator.settings",
    "uvicorn",
    "fastapi",
    "pydantic",
    "orjson",
)

FIRST = """
import pytest

def test_an_instance_is_stopped(bce):
    instance = bce.instance()
    assert bce.call("PUT", f"/v2/instance/{instance}?stop", {}).status == 200
    assert status(bce, instance) == "Stopping"
    bce.clock.advance()
    assert status(bce, instance) == "Stopped"

@pytest.mark.parametrize("wanted", ["Running", "Stopped", "Expired", "Error"])
def test_an_instance_in_a_status(bce, wanted):
    assert status(bce, bce.instance(status=wanted)) == wanted
    assert bce.clock.now == bce.clock.now

def test_a_fault_is_injected_once(bce):
    instance = bce.instance()
    bce.faults.plan("RebootInstance", "InternalError")
    assert bce.call("PUT", f"/v2/instance/{instance}?reboot", {}).status == 500
    assert bce.call("PUT", f"/v2/instance/{instance}?reboot", {}).status == 200
    assert bce.faults.planned == []

def test_what_was_asked_is_seen(bce):
    bce.instance(name="web")
    bce.journal.verify("CreateInstanceBySpec", {"name": "web"}, count=1)
    with pytest.raises(AssertionError, match="nearest"):
        bce.journal.verify("CreateInstanceBySpec", {"name": "db"})
    assert [entry["operation"] for entry in bce.journal] == ["CreateInstanceBySpec"]

def test_the_account_starts_empty_each_time(bce):
    assert bce.call("GET", "/v2/instance").body["instances"] == []

def status(bce, instance):
    return bce.call("GET", f"/v2/instance/{instance}").body["instance"]["status"]
"""


@pytest.fixture
def run(pytester, monkeypatch):
    """Run pytest in a process of its own, with the plugin as it is in this tree."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))

    def run(*options: str) -> pytest.RunResult:
        return pytester.runpytest_subprocess("-W", "error", *PLUGIN, *options, timeout=100)

    return run


def test_the_distribution_brings_the_plugin():
    assert 'bce_emulator = "bce_emulator.pytest_plugin"' in (ROOT / "pyproject.toml").read_text()


@pytest.mark.slow
def test_a_test_has_a_fresh_account_a_clock_faults_and_a_journal(pytester, run):
    pytester.makepyfile(FIRST)

    run().assert_outcomes(passed=8)


def test_nothing_heavy_is_imported_before_a_fixture_is_used(tmp_path):
    code = f"import sys; import bce_emulator.pytest_plugin; print([name for name in {HEAVY!r} if name in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


@pytest.mark.slow
def test_a_session_that_does_not_use_it_imports_and_starts_nothing(pytester, run):
    pytester.makepyfile(
        f"""
        import sys, threading
        def test_nothing(): assert [name for name in {HEAVY!r} if name in sys.modules] == []
        def test_no_thread(): assert threading.active_count() == 1
        """
    )

    run("-p", "no:xdist").assert_outcomes(passed=2)


@pytest.mark.slow
def test_the_report_of_a_failure_shows_the_last_requests_without_secrets(pytester, run):
    pytester.makepyfile(
        """
        def test_it(bce):
            bce.call("POST", "/v2/instanceBySpec", {"spec": "none", "imageId": "m-1", "adminPass": "Secret#123"})
            bce.call("GET", "/v2/zone?limit=3")
            assert False
        def test_that_passes(bce): bce.call("GET", "/v2/instance")
        """
    )

    result = run()

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*bce-emulator: last requests*",
            "*Z POST /v2/instanceBySpec -> 400 *",
            "    asked *",
            "    answered *",
            "    explanation *",
            "*Z GET /v2/zone?limit=3 -> 200",
        ]
    )
    assert "Secret#123" not in result.stdout.str().split("last requests")[1]


FAILURES = """
import pytest

@pytest.fixture
def broken(bce):
    bce.call("GET", "/v2/zone?in=setup")
    raise RuntimeError

@pytest.fixture
def breaks_later(bce):
    yield
    bce.call("GET", "/v2/zone?in=teardown")
    raise RuntimeError

@pytest.fixture
def breaks_last():
    yield
    raise RuntimeError

@pytest.fixture
def other(bce_server):
    with bce_server.account() as other:
        yield other

def test_setup(broken): pass
def test_call(bce): bce.call("GET", "/v2/zone?in=call"); assert False
def test_teardown(breaks_later): pass
def test_last(breaks_last, bce): bce.call("GET", "/v2/zone?in=last")
def test_two(bce, other):
    bce.call("GET", "/v2/zone?in=first")
    other.call("GET", "/v2/zone?in=second")
    assert False
def test_block(bce_server):
    with bce_server.account() as account:
        account.call("GET", "/v2/zone?in=block")
        assert False
def test_asked_for(request): request.getfixturevalue("bce").call("GET", "/v2/zone?in=asked"); assert False
def test_default(bce_server): bce_server.call("GET", "/v2/zone?in=default"); assert False
def test_passes(bce): bce.call("GET", "/v2/zone?in=passing")
def test_without(): assert False
"""


@pytest.mark.slow
@pytest.mark.parametrize("options", [("-p", "no:xdist"), ("-n", "2")])
def test_a_failure_in_setup_call_and_teardown_is_reported_with_the_requests_of_every_account(pytester, run, options):
    pytest.importorskip("xdist")
    pytester.makepyfile(FAILURES)

    result = run("--tb=short", *options)

    result.assert_outcomes(failed=6, errors=3, passed=3)
    reports = re.split(r"\n_+ ([\w ]+) _+\n", result.stdout.str())
    seen = {
        title.split()[-1]: sorted(re.findall(r"GET /v2/zone\?in=(\w+) -> 200", text))
        for title, text in zip(reports[1::2], reports[2::2], strict=True)
    }
    assert seen == {
        "test_setup": ["setup"],
        "test_call": ["call"],
        "test_teardown": ["teardown"],
        "test_last": ["last"],
        "test_two": ["first", "second"],
        "test_block": ["block"],
        "test_asked_for": ["asked"],
        "test_default": ["default"],
        "test_without": [],
    }


@pytest.mark.slow
def test_the_report_shows_the_requests_of_a_server_that_the_user_provides(pytester, run):
    pytester.makepyfile(
        """
        import pytest
        from bce_emulator.testing import Emulator
        @pytest.fixture
        def bce_server():
            with Emulator(seed="example") as server: yield server
        def test_it(bce): bce.call("GET", "/v2/zone"); assert False
        """
    )

    run().stdout.fnmatch_lines(["*bce-emulator: last requests*", "*Z GET /v2/zone -> 200"])


@pytest.mark.slow
def test_the_report_shows_a_refused_signature_under_the_account_whose_key_it_names(pytester, run):
    pytester.makepyfile(
        """
        def test_it(bce):
            bce.credentials = bce.credentials._replace(secret_key="another-secret-key")
            assert bce.call("GET", "/v2/zone").status == 200
        """
    )

    run().stdout.fnmatch_lines(["*Z GET /v2/zone -> 400 SignatureDoesNotMatch", "    answered *", "    explanation *"])


@pytest.mark.slow
def test_a_test_may_change_the_keys_it_uses(pytester, run):
    pytester.makepyfile(
        """
        def test_it(bce):
            bce.credentials = bce.credentials._replace(access_key="nobody")
            assert bce.call("GET", "/v2/zone").body["code"] == "InvalidAccessKeyId"
            assert len(bce.journal) == 0
        """
    )

    run().assert_outcomes(passed=1)


@pytest.mark.slow
def test_a_failure_after_the_account_is_gone_is_still_reported(pytester, run):
    pytester.makepyfile(
        """
        def test_it(bce, bce_server):
            bce_server.stop()
            assert False
        """
    )

    result = run()

    assert result.parseoutcomes()["failed"] == 1
    result.stdout.fnmatch_lines(["*the journal could not be read*"])


@pytest.mark.slow
def test_settings_are_a_fixture_to_override(pytester, run):
    pytester.makepyfile(
        """
        import pytest
        @pytest.fixture(scope="session")
        def bce_settings(): return {"seed": "example", "region": "gz"}
        def test_it(bce):
            bce.fork_from("test")
            assert bce.call("GET", "/v2/instance/i-YufwpQAe").body["instance"]["zoneName"] == "cn-bj-a"
        """
    )
    pytester.makepyfile(
        test_region="""
        def test_it(bce): assert len(bce.call("GET", "/v2/zone").body["zones"]) > 1
        """
    )

    result = run("test_region.py")

    result.assert_outcomes(passed=1)


@pytest.mark.slow
def test_the_sdk_of_the_cloud_is_ready_to_use(pytester, run):
    pytest.importorskip("baidubce")
    pytester.makepyfile(
        """
        import pytest
        pytestmark = pytest.mark.filterwarnings("ignore")
        def test_it(bce):
            instance = bce.instance(name="web")
            assert bce.bcc_client().get_instance(instance).instance.name == "web"
            assert len(bce.vpc_client().list_vpcs().vpcs) == 1
            assert bce.subnet_client().list_subnets().subnets
        """
    )

    run("-W", "ignore").assert_outcomes(passed=1)


CROWD = """
import pytest

@pytest.mark.parametrize("number", range(12))
def test_nobody_else_is_here(bce, bce_server, number):
    for round in range(3):
        names = [f"{bce.credentials.access_key}-{round}-{index}"[-40:] for index in range(3)]
        names = [f"n{name}" for name in names]
        for name in names:
            bce.instance(name=name)
        bce.faults.plan("ListZones", "InternalError")
        found = bce.call("GET", "/v2/instance").body["instances"]
        assert sorted(instance["name"] for instance in found) == sorted(names)
        assert bce.call("GET", "/v2/zone").status == 500
        assert bce.call("GET", "/v2/zone").status == 200
        now = f"20{30 + number}-01-01T00:00:00Z"
        bce.clock.set(now)
        assert bce.clock.now == now
        assert len(bce.journal) == 6
        bce.reset()
        assert bce.call("GET", "/v2/instance").body["instances"] == []
        assert len(bce.journal) == 1
        bce.reset()
"""


@pytest.mark.slow
def test_eight_workers_on_one_server_with_resets_all_the_time_do_not_meet(pytester, run, monkeypatch):
    pytest.importorskip("xdist")
    pytester.makepyfile(CROWD)

    with Emulator() as cloud:
        before = cloud.instance()
        monkeypatch.setenv("BCE_EMULATOR_ENDPOINT", cloud.endpoint)
        run("-n", "8").assert_outcomes(passed=12)

        found = [instance["id"] for instance in cloud.call("GET", "/v2/instance").body["instances"]]
        assert found == [before]
        assert [account["account"] for account in cloud.control("GET", "accounts")["accounts"]] == ["test"]


@pytest.mark.slow
def test_an_emulator_elsewhere_is_used_with_its_admin_token(pytester, run, monkeypatch):
    pytester.makepyfile(FIRST)

    with Emulator(admin_token="a-token-of-mine") as cloud:
        monkeypatch.setenv("BCE_EMULATOR_ENDPOINT", cloud.endpoint)
        monkeypatch.setenv("BCE_EMULATOR_ADMIN_TOKEN", "a-token-of-mine")

        run().assert_outcomes(passed=8)


@pytest.mark.slow
@pytest.mark.parametrize("options", [("-k", "reset"), ("-p", "no:cacheprovider", "tests/engine/account/test_clock.py")])
def test_the_projects_own_tests_go_on_with_the_plugin(options):
    command = [
        sys.executable,
        "-m",
        "pytest",
        *PLUGIN,
        *(["tests/seeds/test_seed_file.py"] if "-k" in options else []),
        *options,
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_modules_are_found_as_installed_and_not_read_anew_by_pytest(pytester):
    pytester.makeconftest("import pytest; pytest.register_assert_rewrite('bce_emulator')")
    pytester.makepyfile("""
        import sys

        def test_it(bce):
            from bce_emulator import app
            import bce_emulator.engine.steps
            loaders = {type(module.__spec__.loader).__name__ for name, module in sys.modules.items()
                       if name.startswith("bce_emulator.") and module.__spec__ and name != "bce_emulator.pytest_plugin"}
            assert loaders <= {"SourceFileLoader", "NamespaceLoader"}, loaders
    """)

    result = pytester.runpytest_subprocess(*PLUGIN)

    result.assert_outcomes(passed=1)
