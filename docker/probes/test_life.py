"""From start to stop."""

from __future__ import annotations

import time

import pytest

from probes.containers import HARDENED, create, docker, inspect, is_ready, reboot

OTHER_PORT = "18099"


def test_it_turns_healthy(start, figure):
    began = time.monotonic()
    start().healthy()

    figure("docker run to healthy", f"{time.monotonic() - began:.2f} s")


def test_it_answers_a_signed_request_at_each_start(start, usage, figure):
    taken, worked = [], []
    for _ in range(5):
        began = time.monotonic()
        emulator = start("--no-healthcheck", *HARDENED).ready()
        assert emulator.client().list_zones().zones
        taken.append(time.monotonic() - began)
        worked.append(usage(emulator.name)[0])
        emulator.remove()

    figure("docker run to first signed 200, best of 5", f"{min(taken):.2f} s")
    figure("docker run to first signed 200, worst of 5", f"{max(taken):.2f} s")
    figure("processor time of a start", f"{min(worked):.2f} s")


def test_the_host_reboots_an_instance_with_the_official_client(start):
    bcc = start().ready().client()

    reboot(bcc, create(bcc))


def test_all_hardening_flags_together_leave_it_at_work(start):
    emulator = start(*HARDENED).healthy()
    bcc = emulator.client()

    reboot(bcc, create(bcc))
    assert "Traceback" not in emulator.logs
    assert "Permission" not in emulator.logs


def test_two_containers_have_two_ports_and_two_states(start):
    one, other = start().ready(), start().ready()

    create(one.client())

    assert one.port != other.port
    assert len(one.client().list_instances().instances) == 1
    assert len(other.client().list_instances().instances) == 0


@pytest.mark.parametrize("options", [(), HARDENED, ("--init",)], ids=["plain", "hardened", "init"])
def test_it_stops_by_itself_with_status_0(start, figure, options):
    emulator = start(*options).ready()

    taken = emulator.stop()

    assert emulator.state["ExitCode"] == 0
    figure(f"docker stop ({'flags: ' + options[0] if options else 'plain'})", f"{taken:.2f} s")


def test_it_stops_by_itself_when_it_has_hardly_started(start):
    emulator = start()

    emulator.stop()

    assert emulator.state["ExitCode"] == 0


def test_it_stops_while_clients_hold_connections_open(start, figure):
    emulator = start().ready()
    docker("exec", "--detach", emulator.name, "python", "-c", "import socket, time\n"
           "s = socket.create_connection(('127.0.0.1', 8080)); time.sleep(60)")  # fmt: skip

    taken = emulator.stop()

    figure("docker stop (a connection is open)", f"{taken:.2f} s")
    assert emulator.state["ExitCode"] == 0


def test_the_health_check_follows_port_and_token(start):
    options = ("BCE_EMULATOR_PORT=" + OTHER_PORT, "BCE_EMULATOR_ADMIN_TOKEN=secret")
    emulator = start(*(word for option in options for word in ("--env", option)))

    emulator.healthy()

    assert not is_ready(emulator.port)


def test_it_says_at_its_start_where_it_is(start):
    emulator = start().ready()

    assert "bce-emulator ready at http://0.0.0.0:8080" in emulator.logs
    assert "WARNING" not in emulator.logs


def test_nothing_is_left_behind_in_a_volume_of_its_own(start):
    assert inspect(start().name)["Mounts"] == []
