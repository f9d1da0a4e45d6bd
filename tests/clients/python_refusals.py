"""What the tests of bce-python-sdk's clients share about refusals: each method of a client has its own."""

from __future__ import annotations

import pytest
from baidubce.exception import BceHttpClientError
from baidubce.services.subnet.subnet_client import SubnetClient

from tests.clients.test_python_sdk import control

BAD, MISSING, DENIED = (400, "BadRequest"), (404, "NoSuchObject"), (409, "OperationDenied")


def refusal(call, *arguments, **members) -> tuple[int, str]:
    with pytest.raises(BceHttpClientError) as refused:
        call(*arguments, **members)
    return refused.value.last_error.status_code, refused.value.last_error.code


def methods(kind: type) -> set[str]:
    return {name for name, value in vars(kind).items() if callable(value) and not name.startswith("_")}


def state(server) -> dict:
    return control(server, "GET", "state")


def check_refusals(server, client, table: list[tuple], never: frozenset[str] = frozenset()) -> None:
    """Whether each method of a client but some is refused as a table says, and nothing is different afterwards."""
    SubnetClient(client.config).list_subnets()  # whoever asks first has a network from then on
    before = state(server)
    met = [(name, arguments, refusal(getattr(client, name), *arguments, **more)) for name, arguments, more, _ in table]
    wanted = [(name, arguments, error) for name, arguments, _, error in table]
    assert met == wanted
    assert {name for name, *_ in table} ^ (methods(type(client)) - never) == set()
    assert state(server) == before
