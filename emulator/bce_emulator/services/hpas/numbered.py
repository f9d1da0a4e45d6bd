"""Pages of a list by their numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.collection import Kind
from bce_emulator.engine.declare.pages import MAX_KEYS
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest


class NumberedPage(TypedDict):
    """What every such page has; the order is always the same."""

    orderBy: str
    order: str
    pageNo: int
    pageSize: int
    totalCount: int


def numbered(
    account: AccountRegion, kind: type[Kind], where: Callable[[Kind], bool], page_no: int, page_size: int
) -> tuple[NumberedPage, list[Any]]:
    """One page of those of a kind that fit, newest first, and what it says of itself; 0 stands for the default."""
    page_no, page_size = page_no or 1, page_size or MAX_KEYS
    if page_no < 1 or not 1 <= page_size <= MAX_KEYS:
        raise BadRequest(f"pageNo is at least 1, and pageSize 1 to {MAX_KEYS}")
    fitting = [each for each in account.collection(kind).newest_first() if where(each)]
    start = (page_no - 1) * page_size
    view: NumberedPage = {
        "orderBy": "createTime",
        "order": "desc",
        "pageNo": page_no,
        "pageSize": page_size,
        "totalCount": len(fitting),
    }
    return view, fitting[start : start + page_size]
