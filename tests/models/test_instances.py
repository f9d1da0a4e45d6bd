"""A model of instances, told apart from the code's tables, walks beside the emulator: both always agree."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from tests.cloud import LINUX, SPEC, Cloud

REFUSED = {
    "start": "Instance.StartInstanceOperationForbidden",
    "stop": "Instance.StopInstanceOperationForbidden",
    "reboot": "Instance.RebootInstanceOperationForbidden",
}
NEEDS = {"start": "Stopped", "stop": "Running", "reboot": "Running"}
MEANWHILE = {
    "start": ("Starting", "Running", 30),
    "stop": ("Stopping", "Stopped", 20),
    "reboot": ("Starting", "Running", 40),
}


@dataclass
class Model:
    """What is known of one instance: its status, and what it will be when."""

    status: str
    then: str = ""
    due: float = 0.0
    creating: bool = False


class Instances(RuleBasedStateMachine):
    instances = Bundle("instances")

    def __init__(self) -> None:
        super().__init__()
        self.cloud = Cloud()
        self.now = 0.0
        self.models: dict[str, Model] = {}

    def passed(self) -> None:
        for model in self.models.values():
            if model.then and model.due <= self.now:
                model.status, model.then, model.creating = model.then, "", False

    @rule(target=instances)
    def create(self) -> str:
        instance_id = self.cloud.ok("POST", "/v2/instanceBySpec", {"spec": SPEC, "imageId": LINUX})["instanceIds"][0]
        assert instance_id not in self.models
        self.models[instance_id] = Model("Starting", "Running", self.now + 30, creating=True)
        return instance_id

    @rule(instance=instances, action=st.sampled_from(sorted(NEEDS)), force=st.none() | st.booleans())
    def act(self, instance: str, action: str, force: bool | None) -> None:
        body = None if force is None else {"forceStop": force}
        reply = self.cloud.call("PUT", f"/v2/instance/{instance}?{action}", body)

        model = self.models.get(instance)
        if model is None:
            assert (reply.status, reply.code) == (404, "NoSuchObject")
        elif model.status == NEEDS[action]:
            assert reply.status == 200
            model.status, model.then, seconds = MEANWHILE[action]
            model.due = self.now + seconds
        else:
            code = "Instance.StartInstanceWhenCreating" if action == "start" and model.creating else REFUSED[action]
            assert (reply.status, reply.code) == (409, code)

    @rule(instance=consumes(instances))
    def release(self, instance: str) -> None:
        reply = self.cloud.call("DELETE", f"/v2/instance/{instance}")

        model = self.models.get(instance)
        if model is not None and model.creating:
            assert (reply.status, reply.code) == (403, "Instance.ReleaseWhileCreating")
        else:
            assert reply.status == 200
            self.models.pop(instance)

    @rule(seconds=st.sampled_from([0, 1, 10, 19, 20, 21, 30, 40, 100]))
    def wait(self, seconds: int) -> None:
        self.cloud.clock.advance(seconds)
        self.now += seconds
        self.passed()

    @invariant()
    def both_agree(self) -> None:
        rendered = self.cloud.ok("GET", "/v2/instance")["instances"]

        assert {each["id"]: each["status"] for each in rendered} == {
            key: each.status for key, each in self.models.items()
        }
        addresses = [each["internalIp"] for each in rendered]
        assert len(set(addresses)) == len(addresses)


TestInstances = Instances.TestCase
