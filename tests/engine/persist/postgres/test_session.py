"""What PostgreSQL's text cannot hold, and addresses that are none. With a database: tests/cluster."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bce_emulator.engine.persist.postgres.session import _with_nul, _without_nul, check_address
from bce_emulator.engine.persist.rows import StoreError


@given(st.text(alphabet="\0\\0a", max_size=8))
def test_an_id_with_a_nul_comes_back_as_it_was(id_):
    written = _without_nul(id_)

    assert "\0" not in written
    assert _with_nul(written) == id_


def test_an_address_that_is_none_is_refused_without_its_password():
    with pytest.raises(StoreError) as error:
        check_address("postgresql://user:hidden@[::1/database")

    assert "hidden" not in str(error.value)
