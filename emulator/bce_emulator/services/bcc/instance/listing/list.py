"""Show one of the instances, and list those that fit some filters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.instance.show import InstanceView, renderer
from bce_emulator.services.bcc.volume.resource import Volume

MAX_VALUES = 100
Filter = Callable[[Instance], bool]


class GetInstanceRequest(Model):
    """Which instance to show."""

    instance_id: str


class ListInstancesRequest(Model):
    """Filters are all to hold; of several values in one filter, one is to hold."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    internal_ip: str = ""
    dedicated_host_id: str = ""
    dedicate_host_id: str = ""
    zone_name: str = ""
    instance_ids: tuple[str, ...] = ()
    instance_names: tuple[str, ...] = ()
    fuzzy_instance_name: str = ""
    volume_ids: tuple[str, ...] = ()
    cds_ids: tuple[str, ...] = ()
    deploy_set_ids: tuple[str, ...] = ()
    deployset_ids: tuple[str, ...] = ()
    security_group_ids: tuple[str, ...] = ()
    payment_timing: Literal["Prepaid", "Postpaid"] | None = None
    status: Literal["Recycled", "Running", "Stopped", "Stopping", "Starting"] | None = None
    tags: tuple[str, ...] = ()
    vpc_id: str = ""
    private_ips: tuple[str, ...] = ()
    ehc_cluster_id: str = ""
    keypair_id: str = ""
    auto_renew: bool | None = None
    ipv6_addresses: tuple[str, ...] = ()


class GetInstanceResponse(TypedDict):
    """One instance."""

    instance: InstanceView


class ListInstancesResponse(Page):
    """One page of instances."""

    instances: list[InstanceView]


@operation("GET /v2/instance/{instanceId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/BCC/s/sjwvyoeqr")
def get_instance(account: AccountRegion, request: GetInstanceRequest) -> GetInstanceResponse:
    """Show one instance."""
    return {"instance": renderer(account)(account.get(Instance, request.instance_id))}


@operation("GET /v2/instance", doc="https://cloud.baidu.com/doc/BCC/s/Xjwvyodmx")
def list_instances(account: AccountRegion, request: ListInstancesRequest) -> ListInstancesResponse:
    """List the instances that fit all filters, newest first."""
    filters = _filters(account, request)
    where = (lambda instance: all(fits(instance) for fits in filters)) if filters else None
    return page(
        ListInstancesResponse,
        account,
        Instance,
        "instances",
        renderer(account),
        request.marker,
        request.max_keys,
        where,
    )


def _filters(account: AccountRegion, request: ListInstancesRequest) -> list[Filter]:
    _check(request)
    nic = partial(nic_of, account)
    one_of: list[tuple[tuple[str, ...], Callable[[Instance], object]]] = [
        ((request.internal_ip,), lambda i: nic(i).private_ip),
        ((request.dedicated_host_id or request.dedicate_host_id,), lambda i: i.dedicated_host_id),
        ((request.zone_name,), lambda i: i.zone),
        (request.instance_ids, lambda i: i.id),
        (request.instance_names, lambda i: i.name),
        ((request.payment_timing or "",), lambda i: i.payment),
        ((request.status or "",), lambda i: i.status),
        ((request.vpc_id,), lambda i: nic(i).vpc_id),
        ((request.ehc_cluster_id,), lambda i: i.ehc_cluster_id),
        ((request.keypair_id,), lambda i: i.keypair_id),
        (request.ipv6_addresses, lambda i: nic(i).ipv6),
    ]
    any_of: list[tuple[tuple[str, ...], Callable[[Instance], tuple[str, ...]]]] = [
        (request.deploy_set_ids or request.deployset_ids, lambda i: i.deploy_set_ids),
        (
            request.security_group_ids,
            lambda i: nic(i).security_group_ids + nic(i).enterprise_security_group_ids,
        ),
        (request.private_ips, lambda i: nic(i).private_ips),
        (
            request.volume_ids or request.cds_ids,
            lambda i: tuple(volume.id for volume in account.where(Volume, "instance_id", i.id)),
        ),
        (request.tags, lambda i: tuple(tag.key for tag in i.tags) + tuple(f"{t.key}:{t.value}" for t in i.tags)),
    ]
    filters: list[Filter] = [_is_one_of(frozenset(values), fact) for values, fact in one_of if any(values)]
    filters += [_has_any_of(frozenset(values), facts) for values, facts in any_of if values]
    if request.fuzzy_instance_name:
        filters.append(lambda instance: request.fuzzy_instance_name in instance.name)
    if request.auto_renew is not None:
        filters.append(lambda instance: instance.auto_renew == request.auto_renew)
    return filters


def _check(request: ListInstancesRequest) -> None:
    if request.instance_names and request.fuzzy_instance_name:
        raise BadRequest("instanceNames and fuzzyInstanceName exclude each other")
    if bool(request.private_ips or request.ipv6_addresses) != bool(request.vpc_id):
        raise BadRequest("vpcId and privateIps or ipv6Addresses need each other")
    listed = (
        request.instance_ids,
        request.instance_names,
        request.volume_ids,
        request.cds_ids,
        request.deploy_set_ids,
        request.deployset_ids,
        request.security_group_ids,
        request.private_ips,
        request.ipv6_addresses,
    )
    if any(len(values) > MAX_VALUES for values in listed):
        raise BadRequest(f"a filter takes at most {MAX_VALUES} values")


def _is_one_of(values: frozenset[str], fact: Callable[[Instance], object]) -> Filter:
    return lambda instance: fact(instance) in values


def _has_any_of(values: frozenset[str], facts: Callable[[Instance], tuple[str, ...]]) -> Filter:
    return lambda instance: not values.isdisjoint(facts(instance))
