"""Answers that a process waits for: the one that its token asked for is taken, and no other before or after it."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from douane.backends.memory.backend import MemoryStore
from douane.model.caller import of_the_core
from douane.runtime.store import keys
from douane.runtime.store.envelope import Arrival, ReplyTo, RowKind
from douane.runtime.store.origin import Media
from douane.runtime.store.records import Expectation, kind_of
from tests.callers import admitted
from tests.contracts import toy


class Abroad(toy.Router):
    """Accounts are kept elsewhere, so an order waits for its answer."""

    def hosts(self, administration: str, operation: str) -> bool:
        return operation != "accounts.reserve"


def replied(node: toy.Node, waits: ReplyTo) -> Arrival:
    """An answer for a waiting token, as another partition hands it over."""
    body = msgspec.msgpack.encode(toy.Reserved(True))
    node.sent += 1
    return Arrival(
        admitted(
            of_the_core("XX"),
            "",
            body,
            kind=RowKind.ANSWER,
            id=f"r{node.sent}",
            administration="XX",
            media=Media.VALUE,
            platform="",
            channel="",
            received=node.clock.now(),
            reply_to=waits,
        )
    )


def waiting_for(node: toy.Node) -> ReplyTo:
    """The one token that waits."""
    space = keys.space(keys.EXPECT, 0)
    ((_, raw),) = node.store.scan(space, keys.after(space), 2)
    found: Expectation = kind_of(Expectation).stored.read(raw)
    return ReplyTo(found.subject, found.process, found.node, found.token)


def test_only_the_token_that_asked_takes_an_answer_and_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    told = toy.ordering.answers["reserve"]

    def take(work: object, case: toy.OrderRecord, answer: toy.Reserved) -> toy.OrderRecord | None:
        taken.append(case.state)
        return told(work, case, answer)

    monkeypatch.setitem(toy.ordering.answers, "reserve", take)
    node = toy.Node(MemoryStore(toy.Clock()), router=Abroad())
    node.run(node.envelope("orders.place", toy.Order("O1", "A", 10)))
    waits = waiting_for(node)
    for other in (replace(waits, token=waits.token + 1), replace(waits, node=waits.node + 1)):
        node.run(replied(node, other))
    assert (taken, toy.sent_to(node.store, "T1")) == ([], [])
    for _ in range(2):
        node.run(replied(node, waits))
    assert (taken, toy.sent_to(node.store, "T1")) == (["new"], ["Confirmed"])
    assert node.owner.parked() == []
