"""Every method of the SDK's client of bare metal: once as it succeeds, once as it is refused."""

from __future__ import annotations

from typing import Any

from baidubce.exception import BceHttpClientError
from baidubce.services.bbc.bbc_client import BbcClient
from baidubce.services.bbc.bbc_model import Billing, TagModel
from program import ANOTHER_PASSWORD, PASSWORD, SPEC, ZONE, run_due
from sdk import bcc, configured
from sweeping import Sweep

LINUX, WINDOWS = "m-d6RzP1eT", "m-f8LhC5yQ"
FLAVOR, RAID = "BBC-I1-01", "raid-c7Tq2WnB"
UNKNOWN, UNKNOWN_IMAGE, UNKNOWN_SET = "i-unknown", "m-unknown", "dset-unknown"
TAGS, AS_OBJECTS = [{"tagKey": "team", "tagValue": "red"}], [TagModel("team", "red")]
POSTPAID = Billing("Postpaid")
UNSENDABLE = {"create_auto_renew_rules", "delete_auto_renew_rules"}
"""Methods that fail before they send anything, as they put bytes into JSON."""

bbc = BbcClient(configured("bbc"))
stranger = BbcClient(configured("bbc", secret_key="not the secret key of this account"))
SWEEP = Sweep(BceHttpClientError)


def done(method: str, *arguments: Any, **members: Any) -> Any:
    return SWEEP.done(method, lambda: getattr(bbc, method)(*arguments, **members))


def refused(code: str, method: str, *arguments: Any, **members: Any) -> None:
    SWEEP.refused(code, method, lambda: getattr(bbc, method)(*arguments, **members))


def always_answered(method: str) -> Any:
    """A method that takes nothing that could be wrong: a wrong secret key is refused."""
    SWEEP.refused("SignatureDoesNotMatch", method, getattr(stranger, method))
    return done(method)


def server(**members: Any) -> str:
    """The id of a running server."""
    order = {"billing": POSTPAID, "zone_name": ZONE, "admin_pass": PASSWORD} | members
    made = done("create_instance", FLAVOR, LINUX, RAID, **order).instance_ids[0]
    run_due()
    return made


def both(code: str, method: str, known: str, unknown: str, *arguments: Any, **members: Any) -> Any:
    """A method about something: refused of what there is not, then done, and what it began at its end."""
    refused(code, method, unknown, *arguments, **members)
    came = done(method, known, *arguments, **members)
    run_due()
    return came


def flavors() -> None:
    always_answered("list_flavors")
    for method in ("get_flavor", "get_flavor_raid"):
        both("NoSuchObject", method, FLAVOR, "BBC-unknown")
    done("describe_regions", "bj")
    refused("OperationDenied", "describe_regions", "nowhere")


def servers() -> None:
    refused("NoSuchObject", "create_instance", FLAVOR, UNKNOWN_IMAGE, RAID)
    server_id = server(name="made", tags=TAGS)
    done("list_instances")
    refused("BadRequest", "list_instances", marker=UNKNOWN)
    refused("NoSuchObject", "get_vpc_subnet", [UNKNOWN])
    done("get_vpc_subnet", [server_id])
    for method, *arguments in (
        ("get_instance",),
        ("stop_instance",),
        ("start_instance",),
        ("reboot_instance",),
        ("modify_instance_name", "renamed"),
        ("modify_instance_desc", "another"),
        ("modify_instance_password", ANOTHER_PASSWORD),
        ("rebuild_instance", WINDOWS, PASSWORD, False, RAID, 50),
        ("batch_add_ip", ["192.168.0.70"]),
        ("bind_tags", TAGS),
        ("unbind_tags", TAGS),
    ):
        both("NoSuchObject", method, server_id, UNKNOWN, *arguments)
    refused("NoSuchObject", "batch_delete_ip", server_id, ["192.168.0.71"])
    done("batch_delete_ip", server_id, ["192.168.0.70"])
    both("NoSuchObject", "release_instance", server_id, UNKNOWN)
    done("get_operation_log")
    refused("OperationLog.DateInvalid", "get_operation_log", start_time="today")


def images() -> None:
    server_id = server()
    made = done("create_image_from_instance_id", "golden", server_id).image_id
    refused("Image.ImageNameInvalid", "create_image_from_instance_id", "not so", server_id)
    run_due()
    done("list_images")
    refused("BadRequest", "list_images", marker=UNKNOWN_IMAGE)
    for method in ("get_image", "delete_image"):
        both("NoSuchObject", method, made, UNKNOWN_IMAGE)


def others() -> None:
    spread = done("create_deploy_set", 1, "tor_ha", name="spread", desc="by switch").deploy_set_id
    refused("BadRequest", "create_deploy_set", 6, "tor_ha")
    server(deploy_set_id=spread)
    always_answered("list_deploy_sets")
    both("NoSuchObject", "get_deploy_set", spread, UNKNOWN_SET)
    refused("OperationDenied", "delete_deploy_set", spread)
    done("delete_deploy_set", done("create_deploy_set", 1, "host_ha").deploy_set_id)
    order = {
        "zone_name": ZONE,
        "spec": SPEC,
        "offering_type": "FullyPrepay",
        "reserved_instance_time": 1,
        "auto_renew": False,
    }
    reserved = bcc.create_reserved_instances("mine", **order).reserved_instance_ids
    for method in ("bind_reserved_instance_to_tags", "unbind_reserved_instance_from_tags"):
        both("NoSuchObject", method, reserved, ["r-unknown"], AS_OBJECTS)


def sweep_bbc() -> str:
    """Run every part; tells what is not emulated."""
    SWEEP.run((flavors, servers, images, others))
    return SWEEP.verdict((bbc,), never_refused=UNSENDABLE, only_refused=UNSENDABLE)
