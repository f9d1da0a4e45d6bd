"""Which operation is allowed in which status, and what follows: the documented table beside the code's own."""

from __future__ import annotations

import pytest

from bce_emulator.engine.account.lifecycle import GONE, SAME
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.errors import (
    CannotAttachVolume,
    CannotDetachVolume,
    ExpiredInstanceForbiddenBind,
    ImageInstanceStatusForbidden,
    KeypairInstanceStatusForbidden,
    PasswordOperationForbidden,
    RebootInstanceOperationForbidden,
    ReleaseWhileCreating,
    StartExpiredInstance,
    StartInstanceOperationForbidden,
    StartInstanceWhenCreating,
    StopInstanceOperationForbidden,
)
from bce_emulator.services.bcc.instance.lifecycle import BUSY, LIFECYCLE
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.keypair.resource import Keypair
from bce_emulator.services.vpc.security_group.resource import SecurityGroup
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.create import make_vpc
from bce_emulator.services.vpc.vpc.default import default_vpc
from tests.cloud import LINUX, PASSWORD, Cloud, encrypted

OK, denied = None, OperationDenied
not_ready, expired, not_stopped = StartInstanceWhenCreating, StartExpiredInstance, StartInstanceOperationForbidden
not_up, no_reboot, no_password = (
    StopInstanceOperationForbidden,
    RebootInstanceOperationForbidden,
    PasswordOperationForbidden,
)
no_mount, no_unmount = CannotAttachVolume, CannotDetachVolume
no_keypair, no_image, no_group = (
    KeypairInstanceStatusForbidden,
    ImageInstanceStatusForbidden,
    ExpiredInstanceForbiddenBind,
)
too_early, unknown = ReleaseWhileCreating, NoSuchObject

# fmt: off
STATES = ("Creating", "Starting", "Running", "Stopping", "Stopped", "busy", "Expired", "Recycled", "Error")
MATRIX = {
    "start":           (not_ready, not_stopped, not_stopped, not_stopped, OK, not_stopped, expired, expired, not_stopped),
    "stop":            (not_up, not_up, OK, not_up, not_up, not_up, not_up, not_up, not_up),
    "reboot":          (no_reboot, no_reboot, OK, no_reboot, no_reboot, no_reboot, no_reboot, no_reboot, no_reboot),
    "rebuild":         (denied, denied, OK, denied, OK, denied, denied, denied, denied),
    "resize":          (denied, denied, OK, denied, OK, denied, denied, denied, denied),
    "rename":          (denied, denied, OK, denied, OK, denied, denied, denied, denied),
    "set_queues":      (denied, denied, denied, denied, OK, denied, denied, denied, denied),
    "describe":        (denied, denied, OK, denied, OK, denied, denied, denied, denied),
    "change_password": (no_password, no_password, OK, no_password, OK, no_password, no_password, no_password, no_password),
    "change_hostname": (denied, denied, OK, denied, OK, denied, denied, denied, denied),
    "restart":         (denied, denied, OK, denied, OK, denied, denied, denied, denied),
    "show_console":    (OK, OK, OK, OK, OK, OK, denied, denied, OK),
    "change_subnet":   (denied, denied, OK, denied, OK, denied, denied, denied, denied),
    "change_vpc":      (denied, denied, OK, denied, OK, denied, denied, denied, denied),
    "attach_volume":   (no_mount, no_mount, OK, no_mount, OK, no_mount, no_mount, no_mount, no_mount),
    "detach_volume":   (no_unmount, no_unmount, OK, no_unmount, OK, no_unmount, no_unmount, no_unmount, no_unmount),
    "change_keypair":  (no_keypair, no_keypair, OK, no_keypair, OK, no_keypair, no_keypair, no_keypair, no_keypair),
    "create_image":    (no_image, no_image, OK, no_image, OK, no_image, no_image, no_image, no_image),
    "create_snapshot": (denied, denied, OK, denied, OK, denied, denied, denied, denied),
    "bind_group":      (OK, OK, OK, OK, OK, OK, no_group, no_group, OK),
    "release":         (too_early, OK, OK, OK, OK, denied, OK, unknown, OK),
    "recycle":         (too_early, OK, OK, OK, OK, denied, OK, unknown, OK),
    "delete_recycled": (unknown, unknown, unknown, unknown, unknown, unknown, unknown, OK, unknown),
    "recover":         (denied, denied, denied, denied, denied, denied, denied, OK, denied),
    "protect":         (OK, OK, OK, OK, OK, OK, OK, denied, OK),
    "enter_rescue":    (denied, denied, OK, denied, OK, denied, denied, denied, denied),
    "exit_rescue":     (denied, denied, OK, denied, OK, denied, denied, denied, denied),
}
FOLLOWING = {
    #                  from Running                         from Stopped
    "start":           (None,                               ("Starting", "Running")),
    "stop":            (("Stopping", "Stopped"),            None),
    "reboot":          (("Starting", "Running"),            None),
    "rebuild":         (("ImageProcessing", "Running"),     ("ImageProcessing", "Running")),
    "resize":          (("Scaling", "Running"),             ("Scaling", "Stopped")),
    "change_password": (("Starting", "Running"),            ("Stopped", "Stopped")),
    "restart":         (("Starting", "Running"),            ("Stopped", "Stopped")),
    "change_subnet":   (("ChangeSubnet", "Running"),        ("ChangeSubnet", "Stopped")),
    "change_vpc":      (("ChangeVpc", "Running"),           ("ChangeVpc", "Stopped")),
    "create_image":    (("ImageProcessing", "Running"),     ("ImageProcessing", "Stopped")),
    "create_snapshot": (("SnapshotProcessing", "Running"),  ("SnapshotProcessing", "Stopped")),
    "release":         ((GONE, GONE),                       (GONE, GONE)),
    "recycle":         (("Recycled", "Recycled"),           ("Recycled", "Recycled")),
    "enter_rescue":    (("Starting", "Running"),            ("Starting", "Running")),
    "exit_rescue":     (("Starting", "Running"),            ("Starting", "Running")),
}
# fmt: on
LOGIN = {"imageId": LINUX, "adminPass": encrypted(PASSWORD)}
RELEASE = {"relatedReleaseFlag": True, "deleteCdsSnapshotFlag": True}
CALLS = {
    "start": [
        ("PUT", "/v2/instance/{id}?start", None),
        ("PUT", "/v2/instance/batchAction?start", {"instanceIds": "{id}"}),
    ],
    "stop": [
        ("PUT", "/v2/instance/{id}?stop", None),
        ("PUT", "/v2/instance/batchAction?stop", {"instanceIds": "{id}"}),
    ],
    "reboot": [
        ("PUT", "/v2/instance/{id}?reboot", None),
        ("PUT", "/v2/instance/batchAction?reboot", {"instanceIds": "{id}"}),
    ],
    "rebuild": [
        ("PUT", "/v2/instance/{id}?rebuild", LOGIN),
        ("PUT", "/v2/instance/rebuild", LOGIN | {"instanceIds": "{id}"}),
    ],
    "resize": [
        ("PUT", "/v2/instanceBySpec/{id}?resize", {"spec": "bcc.g5.c4m16"}),
        ("PUT", "/v2/instance/{id}?resize", {"cpuCount": 4, "memoryCapacityInGB": 16}),
        ("PUT", "/v2/instanceBatchBySpec?resize", {"spec": "bcc.g5.c4m16", "instanceIdList": "{id}"}),
    ],
    "rename": [("PUT", "/v2/instance/{id}?modifyAttribute", {"name": "web"})],
    "set_queues": [("PUT", "/v2/instance/{id}?modifyAttribute", {"netEthQueueCount": "2"})],
    "describe": [("PUT", "/v2/instance/{id}?modifyDesc", {"desc": "for the web"})],
    "change_password": [("PUT", "/v2/instance/{id}?changePass", {"adminPass": encrypted(PASSWORD)})],
    "change_hostname": [("PUT", "/v2/instance/{id}?changeHostname", {"hostname": "web"})],
    "restart": [("PUT", "/v2/instance/{id}?changeHostname", {"hostname": "web", "reboot": True})],
    "show_console": [("GET", "/v2/instance/{id}/vnc", None)],
    "change_subnet": [("PUT", "/v2/subnet/changeSubnet", {"instanceId": "{id}", "subnetId": "sbn-near00000000"})],
    "change_vpc": [("PUT", "/v2/vpc/changeVpc", {"instanceId": "{id}", "subnetId": "sbn-far000000000"})],
    "change_keypair": [("PUT", "/v2/keypair/k-key00000?attach", {"instanceIds": "{id}"})],
    "create_image": [("POST", "/v2/image", {"instanceId": "{id}", "imageName": "own"})],
    "bind_group": [("PUT", "/v2/instance/{id}?bind", {"securityGroupId": "g-web000000000"})],
    "release": [("POST", "/v2/instance/{id}", RELEASE), ("DELETE", "/v2/instance/{id}", None)],
    "recycle": [("POST", "/v2/instance/{id}", RELEASE | {"bccRecycleFlag": True})],
    "protect": [("PUT", "/v2/instance/{id}/deletionProtection", {"deletionProtection": 1})],
    "enter_rescue": [
        ("PUT", "/v2/instance/rescue/mode/enter", {"instanceId": "{id}", "password": encrypted(PASSWORD)})
    ],
    "exit_rescue": [("PUT", "/v2/instance/rescue/mode/exit", {"instanceId": "{id}"})],
}


def cells():
    for action, row in MATRIX.items():
        for column, error in zip(STATES, row, strict=True):
            for state in BUSY if column == "busy" else (column,):
                yield action, state, error


CELLS = list(cells())
ASKED = [(action, call, state, error) for action, state, error in CELLS for call in CALLS.get(action, ())]
REFUSED = [cell for cell in ASKED if cell[-1] is not None]
ALLOWED = [cell[:-1] for cell in ASKED if cell[-1] is None]


def put_in(cloud: Cloud, action: str, state: str) -> str:
    """The id of an instance in a state that no request may lead to, beside what the calls of the table name."""
    account = cloud.account
    vpc, other = default_vpc(account), make_vpc(account, "other", "10.0.0.0/16", "")
    for subnet_id, where, cidr in (
        ("sbn-near00000000", vpc, "192.168.240.0/24"),
        ("sbn-far000000000", other, "10.0.0.0/24"),
    ):
        account.add(Subnet(id=subnet_id, name="small", vpc_id=where.id, cidr=cidr, zone="cn-bj-a"))
    account.add(SecurityGroup(id="g-web000000000", name="web", vpc_id=vpc.id))
    account.add(Keypair(id="k-key00000", name="key"))
    instance = cloud.account.get(Instance, cloud.create())
    instance.state = state
    instance.in_rescue = action == "exit_rescue"
    return instance.id


def filled(call, instance_id: str):
    """A call with the id of an instance in path and body."""
    method, target, body = call
    ids = {"instanceId": instance_id, "instanceIds": [instance_id], "instanceIdList": [instance_id]}
    known = body and {name: ids[name] if value == "{id}" else value for name, value in body.items()}
    return method, target.format(id=instance_id), known


def test_every_action_of_the_table_is_in_the_lifecycle():
    assert set(MATRIX) <= set(LIFECYCLE.actions)


@pytest.mark.parametrize(("action", "state", "error"), CELLS)
def test_the_lifecycle_says_what_the_documentation_says(action, state, error):
    found = LIFECYCLE.find(action, state)

    assert (found is not None) == (error is None)
    if error is not None:
        assert LIFECYCLE.refusal(action, state) is error


@pytest.mark.parametrize(
    ("action", "state", "following"),
    [(a, s, f) for a, row in FOLLOWING.items() for s, f in zip(("Running", "Stopped"), row, strict=True)],
)
def test_the_lifecycle_leads_where_the_documentation_says(action, state, following):
    row = LIFECYCLE.find(action, state)

    led = row and tuple(state if place == SAME else place for place in (row.meanwhile, row.then))

    assert led == following


@pytest.mark.sweep(2)
@pytest.mark.parametrize(("action", "call", "state", "error"), REFUSED)
def test_an_operation_is_refused_outside_its_statuses(cloud, action, call, state, error):
    instance = put_in(cloud, action, state)

    cloud.refused(error, *filled(call, instance))


@pytest.mark.parametrize(("action", "call", "state"), ALLOWED)
def test_an_operation_shows_its_status_at_once_and_the_one_after_in_time(cloud, action, call, state):
    instance = put_in(cloud, action, state)
    row = LIFECYCLE.find(action, state)
    meanwhile, then = (state if place == SAME else place for place in (row.meanwhile, row.then))

    cloud.ok(*filled(call, instance))

    for moment, expected in ((0, meanwhile), (row.seconds, then)):
        cloud.clock.advance(moment)
        kept = cloud.account.find(Instance, instance)
        assert (kept.state if kept else GONE) == expected
        if kept:
            assert cloud.status(instance) == LIFECYCLE.shown_as.get(expected, expected)


def test_an_instance_that_is_resized_never_shows_starting(cloud, running):
    cloud.ok("PUT", f"/v2/instanceBySpec/{running}?resize", {"spec": "bcc.g5.c4m16"})

    seen = set()
    for _ in range(60):
        seen.add(cloud.status(running))
        cloud.clock.advance(1)

    assert seen == {"Scaling"}
    assert cloud.status(running) == "Running"
