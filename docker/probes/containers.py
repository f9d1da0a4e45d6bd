"""A container of the image under test, as a person at a shell would use it."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from baidubce.auth.bce_credentials import BceCredentials
from baidubce.bce_client_configuration import BceClientConfiguration
from baidubce.services.bcc.bcc_client import BccClient
from baidubce.services.bcc.bcc_model import Billing

IMAGE = os.environ["IMAGE"]
IMAGE_WITH_POSTGRES = os.environ["IMAGE_WITH_POSTGRES"]
SECRET_KEY = "bce-emulator-secret-key"
HARDENED = (
    "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--user", "54321:54321",
    "--memory", "128m", "--pids-limit", "32",
)  # fmt: skip


def docker(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a docker command."""
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True, check=False)
    assert not check or done.returncode == 0, f"docker {' '.join(arguments)}\n{done.stdout}{done.stderr}"
    return done


def inspect(name: str, kind: str = "container") -> dict[str, Any]:
    """What the engine knows of a container or an image."""
    return json.loads(docker(kind, "inspect", name).stdout)[0]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the image to its end."""
    return docker("run", "--rm", IMAGE, *arguments, check=False)


def shell(script: str) -> str:
    """What a shell in the image prints."""
    return docker("run", "--rm", "--entrypoint", "sh", IMAGE, "-c", script, check=False).stdout


def until(seen: Callable[[], Any], what: str, seconds: float = 30, pause: float = 0.02) -> Any:
    """Ask again until there is something to see."""
    end = time.monotonic() + seconds
    while not (found := seen()):
        assert time.monotonic() < end, f"{what}: not within {seconds} s"
        time.sleep(pause)
    return found


@dataclass
class Container:
    """A running emulator whose port is published on one that Docker chose."""

    name: str

    @classmethod
    def start(cls, *options: str, image: str = IMAGE) -> Container:
        return cls(docker("run", "--detach", "--publish", "127.0.0.1::8080", *options, image).stdout.strip())

    @property
    def port(self) -> int:
        return int(docker("port", self.name, "8080/tcp").stdout.split(":")[-1])

    @property
    def state(self) -> dict[str, Any]:
        return inspect(self.name)["State"]

    @property
    def logs(self) -> str:
        done = docker("logs", self.name)
        return done.stdout + done.stderr

    def ready(self) -> Container:
        """Wait until the emulator answers from outside."""
        port = self.port
        until(lambda: is_ready(port), "ready")
        return self

    def healthy(self) -> Container:
        """Wait until the engine calls it healthy."""
        until(lambda: self.state["Health"]["Status"] == "healthy", "healthy")
        return self

    def stop(self) -> float:
        """Stop it as Docker does, and return the seconds that took: after ten it is killed, with status 137."""
        start = time.monotonic()
        docker("stop", self.name)
        return time.monotonic() - start

    def remove(self) -> None:
        docker("rm", "--force", "--volumes", self.name, check=False)

    def client(self, access_key: str = "test", secret_key: str = SECRET_KEY) -> BccClient:
        """The official client on the host."""
        return BccClient(
            BceClientConfiguration(BceCredentials(access_key, secret_key), f"http://127.0.0.1:{self.port}")
        )


def is_ready(port: int) -> bool:
    """Whether the control API says so."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/_emulator/ready")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def create(bcc: BccClient) -> str:
    """The id of an instance that runs."""
    billing = Billing(paymentTiming="Postpaid")
    made = bcc.create_instance_by_spec(spec="bcc.g5.c2m8", image_id="m-z2UUQHH9", billing=billing)
    instance_id = str(made.instance_ids[0])
    until(lambda: status(bcc, instance_id) == "Running", f"{instance_id} runs")
    return instance_id


def status(bcc: BccClient, instance_id: str) -> str:
    return str(bcc.get_instance(instance_id).instance.status)


def reboot(bcc: BccClient, instance_id: str) -> None:
    """Reboot it, see that it does, and wait until it runs again."""
    bcc.reboot_instance(instance_id)
    assert status(bcc, instance_id) == "Starting"
    until(lambda: status(bcc, instance_id) == "Running", f"{instance_id} runs again")
