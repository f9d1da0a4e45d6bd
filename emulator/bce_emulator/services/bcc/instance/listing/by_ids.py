"""Look instances up by their ids, long or short."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.ids import id_text
from bce_emulator.engine.declare.models import IN_QUERY, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bcc.instance.listing.list import ListInstancesResponse
from bce_emulator.services.bcc.instance.power.batch import MAX_INSTANCES
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.instance.show import renderer
from bce_emulator.services.shared.names import dashed

NOT_SET = -1
"""What Java's client has in its body for a page that it does not name."""


def _page_size(value: int) -> int:
    return MAX_KEYS if value == NOT_SET else value


class ListInstanceByIdsRequest(Model):
    """Which instances to show; the page is named in the query."""

    marker: Annotated[str, IN_QUERY] = ""
    max_keys: Annotated[int, IN_QUERY, BeforeValidator(_page_size)] = MAX_KEYS
    instance_ids: Annotated[tuple[str, ...], Field(max_length=MAX_INSTANCES)]


class ListIdMappingsRequest(Model):
    """Ids of one length, for which those of the other length are wanted."""

    id_type: Literal["short", "long"]
    object_type: Literal["bcc", "vm"]
    instance_ids: tuple[str, ...]


class IdMappingView(TypedDict):
    """The long and the short id of an instance."""

    uuid: str
    id: str


class ListIdMappingsResponse(TypedDict):
    """Both ids of each instance that was found."""

    mappings: list[IdMappingView]


@operation("POST /v2/instance/listByInstanceId", doc="https://cloud.baidu.com/doc/BCC/s/4koffviai")
def list_instance_by_ids(account: AccountRegion, request: ListInstanceByIdsRequest) -> ListInstancesResponse:
    """List the instances with these ids, newest first; ids that nothing has are left out."""
    wanted = frozenset(request.instance_ids)
    return page(
        ListInstancesResponse,
        account,
        Instance,
        "instances",
        renderer(account),
        request.marker,
        request.max_keys,
        lambda instance: instance.id in wanted,
    )


@operation("POST /v2/instance/id/mapping", basis="client")
def list_id_mappings(account: AccountRegion, request: ListIdMappingsRequest) -> ListIdMappingsResponse:
    """Give the long ids of short ones, or the short ids of long ones; ids that nothing has are left out."""
    wanted = dict.fromkeys(request.instance_ids)
    if request.id_type == "short":
        found = [account.find(Instance, instance_id) for instance_id in wanted]
    else:
        by_long_id = {long_id(instance): instance for instance in account.all(Instance)}
        found = [by_long_id.get(instance_id) for instance_id in wanted]
    return {"mappings": [{"uuid": long_id(each), "id": each.id} for each in found if each is not None]}


def long_id(instance: Instance) -> str:
    """The UUID that belongs to the id of an instance."""
    return dashed(id_text("hex32", "instance", instance.id))
