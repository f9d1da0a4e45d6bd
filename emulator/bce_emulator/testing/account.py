"""An account of an emulator as a test drives it: over HTTP, so the emulator may be in this process or anywhere."""

from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from bce_emulator.cli.reach import readable, summary
from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso
from bce_emulator.settings import variable

SECONDS = 60
SPEC, IMAGE = "bcc.g5.c2m8", "m-z2UUQHH9"

Json = dict[str, Any]


class ControlError(RuntimeError):
    """The control API refused a call; the message says what would be right."""


class Keys(NamedTuple):
    """A pair of keys."""

    access_key: str
    secret_key: str


class Reply(NamedTuple):
    """Status and JSON body of an answer."""

    status: int
    body: Json


class Control:
    """The control API of one emulator."""

    def __init__(self, endpoint: str, admin_token: str = "", own_cert: str = "") -> None:
        self.endpoint = endpoint.rstrip("/")
        self.opener = _opener(self.endpoint, own_cert)
        self._headers = {"Authorization": f"Bearer {admin_token}"} if admin_token else {}

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> Json:
        """The answer of a control call, or a ControlError."""
        chosen = {name: value for name, value in query.items() if value is not None}
        target = f"{self.endpoint}/_emulator/{path}" + (f"?{urlencode(chosen)}" if chosen else "")
        try:
            reply = send(self.opener, method, target, body, self._headers)
        except (OSError, HTTPException, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise ControlError(f"no emulator answers at {self.endpoint}: {reason}") from None
        if reply.status != 200:
            raise ControlError(reply.body.get("error", str(reply)))
        return reply.body


def _opener(endpoint: str, own_cert: str) -> urllib.request.OpenerDirector:
    """What sends requests past all proxies; with HTTPS to who shows that certificate, or one that is trusted."""
    handlers: list[Any] = [urllib.request.ProxyHandler({})]
    if endpoint.startswith("https:"):
        from bce_emulator.tls import client_context

        context = client_context(os.environ.get(variable("ca_cert"), ""), own_cert)
        handlers.append(urllib.request.HTTPSHandler(context=context))
    return urllib.request.build_opener(*handlers)


def send(opener: urllib.request.OpenerDirector, method: str, url: str, body: Any, headers: dict[str, str]) -> Reply:
    """Send one request."""
    content = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url, content, headers, method=method)
    request.add_header("Content-Type", "application/json")
    try:
        with opener.open(request, timeout=SECONDS) as response:
            return Reply(response.status, json.load(response))
    except urllib.error.HTTPError as error:
        with error:
            return Reply(error.code, json.load(error))


class Clock:
    """The virtual clock of the account."""

    def __init__(self, account: TestAccount) -> None:
        self._account = account

    @property
    def now(self) -> str:
        """The virtual time, such as ``2026-01-01T00:00:00Z``."""
        now: str = self._account.control("GET", "clock")["now"]
        return now

    @property
    def pace(self) -> float:
        """What the seconds of transitions are multiplied with; 0 ends them at once."""
        pace: float = self._account.control("GET", "clock")["pace"]
        return pace

    @pace.setter
    def pace(self, pace: float) -> None:
        self._account.control("PUT", "clock", {"pace": pace})

    def advance(self, seconds: float | None = None) -> list[str]:
        """Move the time on, by default until no transition is under way; answers what came due."""
        how = {"until": "idle"} if seconds is None else {"seconds": seconds}
        due: list[str] = self._account.control("POST", "clock/advance", how)["due"]
        return due

    def set(self, now: str) -> None:
        """Make it this time."""
        self._account.control("PUT", "clock", {"now": now})

    def freeze(self) -> None:
        """Let the time stand still."""
        self._account.control("PUT", "clock", {"frozen": True})

    def run(self) -> None:
        """Let the time run with the wall clock."""
        self._account.control("PUT", "clock", {"frozen": False})


class Faults:
    """What is planned to go wrong in the account."""

    def __init__(self, account: TestAccount) -> None:
        self._account = account

    def plan(
        self,
        operation: str,
        error: str | None = None,
        *,
        times: int = 1,
        resource: str | None = None,
        message: str | None = None,
        status: int | None = None,
        delay_seconds: float | None = None,
        disconnect: bool | str | None = None,
        truncate_bytes: int | None = None,
        end_in: str | None = None,
    ) -> Json:
        """Have an operation fail with a documented code, or go wrong otherwise, so many times."""
        plan = {
            "operation": operation,
            "error": error,
            "times": times,
            "resource": resource,
            "message": message,
            "status": status,
            "delaySeconds": delay_seconds,
            "disconnect": disconnect,
            "truncateBytes": truncate_bytes,
            "endIn": end_in,
        }
        fields = {name: value for name, value in plan.items() if value is not None}
        return self._account.control("POST", "faults", fields)

    @property
    def planned(self) -> list[Json]:
        """Those that are still to be injected."""
        planned: list[Json] = self._account.control("GET", "faults")["faults"]
        return planned

    def clear(self) -> None:
        """Call all of them off."""
        self._account.control("DELETE", "faults")


class Journal:
    """What was asked of the account, and what was answered; secrets are masked."""

    def __init__(self, account: TestAccount) -> None:
        self._account = account

    def entries(
        self,
        operation: str | None = None,
        status: int | str | None = None,
        since: int | str | None = None,
        limit: int = 1_000,
    ) -> list[Json]:
        """The entries that pass the filters, newest last."""
        found: list[Json] = self._account.control(
            "GET", "journal", operation=operation, status=status, since=since, limit=limit
        )["entries"]
        return found

    def __iter__(self) -> Iterator[Json]:
        """Every entry, newest last."""
        return iter(self.entries())

    def __len__(self) -> int:
        """How many there are."""
        return len(self.entries())

    def verify(self, operation: str, body: Json | None = None, count: int | None = None, **more: Any) -> None:
        """Fail unless so many requests fit, or at least one if no count is given; says what came nearest."""
        expected = {"operation": operation, "body": body, "count": count, **more}
        fields = {name: value for name, value in expected.items() if value is not None}
        result = self._account.control("POST", "journal/verify", fields)
        if not result["ok"]:
            nearest = json.dumps(result["nearest"], indent=2, ensure_ascii=False)
            counts = f"expected {result['expected']}, and {result['count']} fit"
            raise AssertionError(f"requests of {operation}: {counts}; nearest: {nearest}")


class Path:
    """Whether traffic would pass: true or false as a whole, as text the path hop by hop."""

    def __init__(self, found: Json) -> None:
        self.found = found
        self.reaches: bool = found["reaches"]
        self.hops: list[Json] = found["path"]
        self.stopped_by: Json | None = found["stoppedBy"]
        self.remedy: str = found["stoppedBy"]["remedy"] if found["stoppedBy"] else ""

    def __bool__(self) -> bool:
        return self.reaches

    def __str__(self) -> str:
        return readable(self.found)

    def __repr__(self) -> str:
        stop = f" stopped: {self.stopped_by['text']}" if self.stopped_by else " passes"
        return f"<{summary(self.found)}{stop}>"


class TestAccount:
    """One account: its endpoint and keys for the code under test, and what a test wants to decide and to see."""

    __test__ = False

    def __init__(self, control: Control, credentials: Keys) -> None:
        self._control = control
        self.endpoint = control.endpoint
        self.name = credentials.access_key
        self.credentials = credentials
        self.clock = Clock(self)
        self.faults = Faults(self)
        self.journal = Journal(self)

    def control(self, method: str, path: str, body: Any = None, **query: Any) -> Json:
        """Call the control API about this account."""
        return self._control.call(method, path, body, account=self.name, **query)

    def call(self, method: str, target: str, body: Any = None) -> Reply:
        """Send a signed request such as ``call("GET", "/v2/instance")``."""
        path, _, query = target.partition("?")
        host, date = urlsplit(self.endpoint).netloc, iso(time.time())
        string = authorize(method, host, path, query, date, *self.credentials)
        return send(
            self._control.opener, method, self.endpoint + target, body, {"x-bce-date": date, "Authorization": string}
        )

    def instance(self, status: str = "Running", **members: Any) -> str:
        """The id of a new instance in a status; members are those of CreateInstanceBySpec. No time passes."""
        order = {"spec": SPEC, "imageId": IMAGE, "billing": {"paymentTiming": "Postpaid"}} | members
        reply = self.call("POST", "/v2/instanceBySpec", order)
        if reply.status != 200:
            raise AssertionError(f"the instance was refused: {reply.body}")
        instance_id: str = reply.body["instanceIds"][0]
        self.control("PUT", f"instances/{quote(instance_id)}", {"status": status})
        return instance_id

    def reaches(self, source: str, target: str, port: int | None = None, **members: Any) -> Path:
        """Whether traffic would pass from one thing to another, as a path that is true or false.

        Ends are ids, addresses or ``internet``; without a port it is icmp, unless a ``protocol`` is given. Further
        members are those of the control call: ``protocol``, ``sourcePort``, ``ipVersion``, ``vpcId``, ``unused``.
        """
        region = members.pop("region", None)
        question = {"source": source, "target": target, "protocol": "icmp" if port is None else "tcp"} | members
        if port is not None:
            question["port"] = port
        return Path(self.control("POST", "reachability", question, region=region))

    def assert_reaches(self, source: str, target: str, port: int | None = None, **members: Any) -> Path:
        """Fail unless traffic would pass; the failure shows the path, and what would let it pass."""
        path = self.reaches(source, target, port, **members)
        if not path:
            raise AssertionError(str(path))
        return path

    def assert_stopped(self, source: str, target: str, port: int | None = None, **members: Any) -> Path:
        """Fail if traffic would pass; the failure shows by which way."""
        path = self.reaches(source, target, port, **members)
        if path:
            raise AssertionError(str(path))
        return path

    def reset(self) -> None:
        """Put the account back to its first day, its clock standing still."""
        self.control("POST", "reset")
        self.clock.freeze()

    def state(self) -> Json:
        """Everything the account has, as one document."""
        return self.control("GET", "state")

    def restore(self, document: Json) -> None:
        """Make the account what a document says."""
        self.control("PUT", "state", document)

    def fork_from(self, account: str) -> None:
        """Make the account what another is, such as one of a seed file."""
        self._control.call("POST", "state/fork", {"from": account, "to": self.name})

    def set_facts(self, **facts: Any) -> None:
        """Make something true that no request can, such as ``keypairQuota=1``."""
        self.control("PUT", "facts", facts)

    @property
    def environment(self) -> dict[str, str]:
        """What to add to the environment of a process that is to be a client of this account."""
        return {
            variable("endpoint"): self.endpoint,
            "BCE_ACCESS_KEY_ID": self.credentials.access_key,
            "BCE_SECRET_ACCESS_KEY": self.credentials.secret_key,
        }

    def bcc_client(self) -> Any:
        """A BccClient of bce-python-sdk that talks to this account."""
        from baidubce.services.bcc.bcc_client import BccClient

        return self.client(BccClient)

    def vpc_client(self) -> Any:
        """A VpcClient of bce-python-sdk that talks to this account."""
        from baidubce.services.vpc.vpc_client import VpcClient

        return self.client(VpcClient)

    def subnet_client(self) -> Any:
        """A SubnetClient of bce-python-sdk that talks to this account."""
        from baidubce.services.subnet.subnet_client import SubnetClient

        return self.client(SubnetClient)

    def client(self, kind: Any) -> Any:
        """A client of any class of bce-python-sdk, the package ``baidubce``, that talks to this account."""
        from baidubce.auth.bce_credentials import BceCredentials
        from baidubce.bce_client_configuration import BceClientConfiguration

        return kind(BceClientConfiguration(BceCredentials(*self.credentials), self.endpoint))


def remote_endpoint() -> str:
    """The emulator that the environment names, or nothing."""
    return os.environ.get(variable("endpoint"), "")
