"""Ask which specs an instance can be resized to."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.flavor.errors import MoreThanOneWayToAsk, NoWayToAsk
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.shared.offered import not_offered
from bce_emulator.services.shared.regions import check_zone


class ListAvailableResizeSpecRequest(Model):
    """From what: a spec or a family in a zone, or the specs of some instances."""

    client_token: ClientToken = ""
    spec: str = ""
    spec_id: str = ""
    zone: str = ""
    instance_id_list: tuple[str, ...] = ()


class ListAvailableResizeSpecResponse(TypedDict):
    """The specs to choose from."""

    specList: list[str]


@operation(
    "POST /v2/instance?resizeList",
    errors=[MoreThanOneWayToAsk, NoWayToAsk, NoSuchObject],
    doc="https://cloud.baidu.com/doc/BCC/s/Ilfkpo7tn",
)
def list_available_resize_spec(
    account: AccountRegion, request: ListAvailableResizeSpecRequest
) -> ListAvailableResizeSpecResponse:
    """List the specs that everything asked about can be resized to."""
    ways = sum(bool(way) for way in (request.spec, request.spec_id, request.instance_id_list))
    if ways > 1:
        raise MoreThanOneWayToAsk
    if not ways:
        raise NoWayToAsk
    check_zone(account.region, request.zone)
    if request.instance_id_list:
        instances = [account.get(Instance, instance_id) for instance_id in request.instance_id_list]
        return {"specList": _common([offerings.specs().get(instance.spec) for instance in instances])}
    if not request.zone:
        raise BadRequest("zone is needed with spec and specId")
    found = [
        spec for spec in offerings.specs().values() if request.spec == spec.spec or request.spec_id == spec.spec_id
    ]
    if not found:
        known = offerings.specs()
        ids = dict.fromkeys(spec.spec_id for spec in known.values())
        raise BadRequest(f"{not_offered('spec', request.spec, known)}; {not_offered('specId', request.spec_id, ids)}")
    return {"specList": _common([*found])}


def resize_targets(spec: offerings.Spec | None) -> list[str]:
    """The specs that an instance of a spec can be resized to. The rule is proposed."""
    return [each.spec for each in offerings.specs().values() if offerings.can_become(spec, each)]


def _common(specs: list[offerings.Spec | None]) -> list[str]:
    lists = [resize_targets(spec) for spec in specs]
    return [spec for spec in lists[0] if all(spec in others for others in lists)]
