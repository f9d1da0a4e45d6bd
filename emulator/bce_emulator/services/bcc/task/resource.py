"""A task: a request whose progress can be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.clock import DAY
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.bcc.task.lifecycle import LIFECYCLE, PROCESSING

SHOWN_FOR = 7 * DAY
"""Seconds for which a task can be looked at."""


@dataclass(slots=True, kw_only=True, eq=False)
class Task(Resource):
    """One action on some resources."""

    prefix: ClassVar[str] = "task"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE

    state: str = PROCESSING
    action: str
    resource_ids: tuple[str, ...]
    finished: float | None = None
