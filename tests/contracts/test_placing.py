"""A function of an application that fails where a message is placed: it is refused, its neighbours are not harmed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from douane.model.parties import trader
from douane.runtime.catalogue.behaviour import Handler
from douane.runtime.store.envelope import Receipt
from douane.vocabulary.errors import Unplaceable
from tests.contracts import toy

BAD = "bad"


def failing(given: Callable[..., Any] | None, answer: object) -> Callable[..., Any]:
    """The function, or one with this answer; it fails where a message is about ``BAD``."""

    def function(message: Any, *more: Any) -> Any:
        if message.number == BAD:
            raise ValueError("no such number")
        return given(message, *more) if given is not None else answer

    return function


@pytest.fixture
def handlers() -> Iterator[dict[str, Handler]]:
    """The handlers of the toy, to be replaced for one test."""
    found = toy.BEHAVIOUR.handlers
    kept = dict(found)
    yield found
    found.update(kept)


@pytest.mark.parametrize(("operation", "part"), [
    ("orders.place", "opens"), ("orders.place", "parties"), ("orders.amend", "about"), ("orders.amend", "senders"),
])  # fmt: skip
def test_what_cannot_be_placed_is_refused_and_its_neighbours_are_not(
    node: toy.Node, handlers: dict[str, Handler], operation: str, part: str
) -> None:
    declared = handlers[operation].operation
    anybody = failing(getattr(declared, part), [trader("T1")] if part == "senders" else ())
    parts: dict[str, Any] = {part: anybody}  # Any: fields of several types
    changed = dataclasses.replace(declared, **parts)
    handlers[operation] = dataclasses.replace(handlers[operation], operation=changed)

    def message(number: str) -> Any:
        if operation == "orders.place":
            return toy.Order(number, "A", 1)
        return toy.Amend(number, 2)

    first, refused, last = node.run(
        node.envelope("orders.place", toy.Order("O0", "A", 1)),
        node.envelope(operation, message(BAD)),
        node.envelope("orders.place", toy.Order("O1", "A", 1)),
    )
    assert isinstance(first, Receipt)
    assert isinstance(last, Receipt)
    assert isinstance(refused, Unplaceable)
    assert (refused.code, refused.whose) == ("DOU-2126", "us")
    assert "ValueError" in str(refused)
    assert not node.owner.parked()
    node.begin()  # nothing of it is in the store, and its name is free
    handlers[operation] = dataclasses.replace(handlers[operation], operation=declared)
    if operation == "orders.place":
        (placed,) = node.run(node.envelope("orders.place", toy.Order(BAD, "A", 1)))
        assert isinstance(placed, Receipt)
        assert placed.subject not in {first.subject, last.subject}
