"""What an account must do, one call after the other: a few instances, their names, and client tokens."""

from __future__ import annotations

from typing import Any, NamedTuple

OK = "ok"
UNKNOWN = "unknown"
"""The answer of a call whose answer was lost: if it took effect, it succeeded."""
NO_SUCH = "NoSuchObject"
CREATING, STARTING, RUNNING, STOPPING, STOPPED = "Creating", "Starting", "Running", "Stopping", "Stopped"
AFTER = {CREATING: RUNNING, STARTING: RUNNING, STOPPING: STOPPED}
SHOWN = {CREATING: STARTING}
POWER = {
    "reboot": (RUNNING, STARTING, "Instance.RebootInstanceOperationForbidden"),
    "stop": (RUNNING, STOPPING, "Instance.StopInstanceOperationForbidden"),
    "start": (STOPPED, STARTING, "Instance.StartInstanceOperationForbidden"),
}


class Modelled(NamedTuple):
    """An instance."""

    id: str
    state: str
    name: str

    @property
    def shown(self) -> tuple[str, str, str]:
        return self.id, SHOWN.get(self.state, self.state), self.name


class World(NamedTuple):
    """An account: instances by id in order, and what was made with which token."""

    instances: tuple[Modelled, ...] = ()
    tokens: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def find(self, id_: str) -> Modelled | None:
        return next((each for each in self.instances if each.id == id_), None)

    def with_(self, made: Modelled) -> World:
        return self._replace(instances=tuple(sorted((*self.without(made.id).instances, made))))

    def without(self, id_: str) -> World:
        return self._replace(instances=tuple(each for each in self.instances if each.id != id_))


def step(world: World, asked: tuple[Any, ...], answered: Any) -> World | None:
    """The account after a call, or None if that is no answer to it."""
    what, *given = asked
    if what == "create":
        return _create(world, given[0], [given[1]], (answered,))
    if what == "order":
        return _create(world, given[0], [f"{given[1]}-{number}" for number in (1, 2, 3)], answered)
    if what == "advance":
        moved = tuple(each._replace(state=AFTER.get(each.state, each.state)) for each in world.instances)
        return world._replace(instances=moved)
    if what == "list":
        return world if answered == tuple(each.shown for each in world.instances) else None
    right, after = _of_one(world, what, *given)
    return after if right == (OK if answered == UNKNOWN else answered) else None


def _create(world: World, token: str, names: list[str], ids: tuple[str, ...]) -> World | None:
    before = dict(world.tokens).get(token)
    if before is not None:
        return world if ids == before else None
    had = {id_ for _, made in world.tokens for id_ in made}
    if len(set(ids)) != len(names) or any(id_ in had or world.find(id_) for id_ in ids):
        return None
    for id_, name in zip(ids, names, strict=True):
        world = world.with_(Modelled(id_, CREATING, name))
    return world._replace(tokens=(*world.tokens, (token, ids)))


def _of_one(world: World, what: str, id_: str, name: str = "") -> tuple[Any, World]:
    found = world.find(id_)
    if found is None:
        return NO_SUCH, world
    if what == "get":
        return found.shown, world
    if what == "rename":
        can = found.state in {RUNNING, STOPPED}
        return (OK, world.with_(found._replace(name=name))) if can else ("OperationDenied", world)
    if what == "release":
        return (OK, world.without(id_)) if found.state != CREATING else ("Instance.ReleaseWhileCreating", world)
    allowed, meanwhile, code = POWER[what]
    if found.state == CREATING and what == "start":
        return "Instance.StartInstanceWhenCreating", world
    return (OK, world.with_(found._replace(state=meanwhile))) if found.state == allowed else (code, world)
