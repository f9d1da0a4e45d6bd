"""Request models that are made when they are first used."""

from __future__ import annotations

from threading import Event, Thread
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from bce_emulator.engine.declare.deferred import model_of
from bce_emulator.engine.declare.models import Model, members


class Bulb(Model):
    """What shines."""

    watts: int = 60


class Order(Model):
    """A lamp with its bulb."""

    name: str
    bulb: Bulb = Bulb()
    spares: tuple[Bulb, ...] = ()


class LargeOrder(Order):
    """More of it."""

    count: int = 2


def test_a_model_is_made_when_it_is_first_asked_for_and_only_once():
    class Late(Model):
        """Nobody asked yet."""

        size: int

    before = vars(Late)["_model"]
    created = model_of(Late)

    assert before is None
    assert model_of(Late) is created


def test_two_threads_that_ask_for_a_model_at_once_get_the_same(monkeypatch):
    """As the API's document is made in a thread, while requests are read."""

    class Late(Model):
        """Nobody asked yet."""

        size: int

    begun, made, asked = Event(), [], Event()
    new = type(BaseModel).__new__

    def slow(*of: Any, **how: Any) -> Any:
        begun.set()
        assert asked.wait(60)
        return new(*of, **how)

    monkeypatch.setattr(type(BaseModel), "__new__", slow)
    first = Thread(target=lambda: made.append(model_of(Late)))
    first.start()
    assert begun.wait(60)
    second = Thread(target=lambda: made.append(model_of(Late)))
    second.start()
    second.join(0.05)
    asked.set()
    first.join()
    second.join()

    assert made[0] is made[1] is model_of(Late)


def test_a_model_inside_another_is_read_with_it():
    order = Order.model_validate({"name": "hall", "bulb": {"watts": 40}, "spares": [{"watts": 25}]})

    assert (order.bulb.watts, order.spares[0].watts) == (40, 25)
    assert isinstance(order, Order)
    assert isinstance(order.bulb, Bulb)


def test_a_model_inherits_from_one_that_was_not_made_yet():
    assert list(members(LargeOrder)) == ["name", "bulb", "spares", "count"]
    assert LargeOrder(name="hall").count == 2


@pytest.mark.parametrize("values", [{}, {"name": 1}, {"name": "hall", "bulb": {"watts": "many"}}])
def test_what_does_not_fit_is_refused(values):
    with pytest.raises(ValidationError):
        Order.model_validate(values)
