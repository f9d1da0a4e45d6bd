"""What is in security groups: a kind joins in a file of its own, and what shows groups knows only this registry.

A kind that joins has the fields ``security_group_ids`` and ``enterprise_security_group_ids``, and the foreign keys that
go with them, which keep a group from being deleted.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.errors import ApiError, BadRequest, NoSuchObject
from bce_emulator.services.vpc.enterprise_security_group.resource import EnterpriseSecurityGroup
from bce_emulator.services.vpc.security_group.resource import GROUPS_OF_INSTANCE, SecurityGroup


class GroupMember(NamedTuple):
    """A kind of resource in groups, and the field with the id by which clients ask for its groups (``instanceId``)."""

    kind: type[Resource]
    instance_field: str


class GroupIds(NamedTuple):
    """The groups that something is in: ordinary or enterprise ones."""

    ordinary: tuple[str, ...] = ()
    enterprise: tuple[str, ...] = ()

    def put_on(self, member: Any) -> None:
        """Have a member in these groups and no others."""
        member.security_group_ids, member.enterprise_security_group_ids = self


NONE = GroupIds()
MEMBERS: list[GroupMember] = []
"""Every kind of resource that can be in security groups."""


def is_in_security_groups(kind: type[Resource], *, instance_field: str = "id") -> None:
    """Declare that resources of a kind can be in security groups."""
    MEMBERS.append(GroupMember(kind, instance_field))


def member_types() -> tuple[type[Resource], ...]:
    """The kinds of resource that what is shown of a group depends on."""
    return tuple(member.kind for member in MEMBERS)


def groups_of_instance(account: AccountRegion, instance_id: str) -> GroupIds:
    """The groups of what clients know by this id."""
    found: list[Any] = [
        each for member in MEMBERS for each in account.where(member.kind, member.instance_field, instance_id)
    ]
    return GroupIds(
        tuple(group_id for each in found for group_id in each.security_group_ids),
        tuple(group_id for each in found for group_id in each.enterprise_security_group_ids),
    )


def count_bound(account: AccountRegion, group: SecurityGroup) -> int:
    """How many instances, load balancers and the like are in a group."""
    bound = {
        getattr(each, member.instance_field)
        for member in MEMBERS
        for each in account.where(member.kind, "security_group_ids", group.id)
    }
    return len(bound - {""})


def chosen_groups(
    account: AccountRegion,
    vpc_id: str,
    ordinary: tuple[str, ...],
    enterprise: tuple[str, ...] = (),
    *,
    elsewhere: type[ApiError] = BadRequest,
    too_many: type[ApiError] = BadRequest,
) -> GroupIds:
    """The groups that a request names for something in a VPC, each once, or the refusal.

    Enterprise groups are of no VPC.
    """
    if ordinary and enterprise:
        raise BadRequest("security groups and enterprise security groups exclude each other")
    chosen = GroupIds(tuple(dict.fromkeys(ordinary)), tuple(dict.fromkeys(enterprise)))
    most = account.setting(GROUPS_OF_INSTANCE)
    if max(map(len, chosen)) > most:
        raise too_many(f"at most {most} security groups can be bound to one instance or card")
    for group_id in chosen.ordinary:
        if account.get(SecurityGroup, group_id).vpc_id != vpc_id:
            raise elsewhere(f"{group_id} is not in {vpc_id}")
    for group_id in chosen.enterprise:
        account.get(EnterpriseSecurityGroup, group_id, NoSuchObject)
    return chosen
