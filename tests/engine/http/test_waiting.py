"""Requests that wait."""

from __future__ import annotations

import asyncio

import pytest

from bce_emulator.engine.errors import InternalError, ServiceUnavailable
from bce_emulator.engine.http import waiting
from bce_emulator.engine.http.request import Response
from bce_emulator.engine.http.waiting import AfterCommit

ANSWER = Response(200, b"{}")


@pytest.mark.parametrize(
    ("outcomes", "met"), [([None, None], ANSWER), ([None, InternalError()], InternalError), ([...], ServiceUnavailable)]
)
def test_an_answer_leaves_when_every_commit_is_made_and_not_if_one_is_not(outcomes, met, monkeypatch):
    monkeypatch.setattr(waiting, "COMMIT_SECONDS", 0.0)

    async def outcome() -> object:
        commits = [asyncio.get_running_loop().create_future() for _ in outcomes]
        for commit, end in zip(commits, outcomes, strict=True):
            if isinstance(end, Exception):
                commit.set_exception(end)
            elif end is None:
                commit.set_result(None)
        after = AfterCommit(commits, ANSWER)
        await after.wait()
        try:
            return after.happen()
        except (InternalError, ServiceUnavailable) as error:
            return type(error)

    assert asyncio.run(outcome()) is met
