"""Who only wants to join a case holds up nobody but himself, and does not overtake himself."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from douane.model.parties import JoinRule
from douane.runtime.core.commands import Release
from douane.runtime.core.owner import Owner
from douane.runtime.core.work import Work
from douane.runtime.store.envelope import Parked, Receipt
from tests.contracts import toy
from tests.contracts.toy import view

POISON = 666


def note(work: Work, m: toy.Amend) -> None:
    """Amend, as after the application was mended."""
    case = work.need(toy.OrderRecord)
    work.put(msgspec.structs.replace(case, note=f"{case.note}{m.amount} "))


@pytest.fixture(autouse=True)
def everybody_joins(monkeypatch: pytest.MonkeyPatch) -> None:
    joins: JoinRule = lambda *_: True  # noqa: E731 - a declared rule
    handler = toy.BEHAVIOUR.handlers["orders.amend"]
    joining = replace(handler, operation=replace(handler.operation, joins=joins))
    monkeypatch.setitem(toy.BEHAVIOUR.handlers, "orders.amend", joining)


def mend(monkeypatch: pytest.MonkeyPatch) -> None:
    handler = toy.BEHAVIOUR.handlers["orders.amend"]
    monkeypatch.setitem(toy.BEHAVIOUR.handlers, "orders.amend", replace(handler, handle=note))


def test_messages_of_one_who_joins_wait_behind_his_own_and_no_others_do(
    node: toy.Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    (receipt,) = node.run(node.envelope("orders.place", toy.Order("O1", "A", 10)))
    assert isinstance(receipt, Receipt)
    sent = (("T2", POISON), ("T2", 2), ("T1", 3), ("T3", 4))
    node.run(*(node.envelope("orders.amend", toy.Amend("O1", n), sender=who) for who, n in sent))
    first, second = sorted(node.owner.parked(), key=lambda parked: parked.position)
    assert [(p.sender, p.blocks, p.joins) for p in (first, second)] == [("T2", False, True), ("T2", False, False)]
    assert second.waits_for == first.position
    node.begin()
    node.run(node.envelope("orders.amend", toy.Amend("O1", 5), sender="T2"))
    node.run(commands=(Release(second.position),))  # fails again: it is the first that is tried
    assert len(node.owner.parked()) == 3
    mend(monkeypatch)
    node.run(commands=(Release(second.position),))
    order = view(node).get(toy.OrderRecord, receipt.subject)
    assert order is not None
    assert order.note.split()[-3:] == [str(POISON), "2", "5"]
    assert node.owner.parked() == []
    assert node.owner.joining == {}
    assert node.owner.behind == {}


def test_a_release_reads_the_messages_that_it_concerns_and_not_all_that_are_set_aside(
    node: toy.Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"O{n}" for n in range(20)]
    node.run(*(node.envelope("orders.place", toy.Order(each, "A", 10)) for each in names))
    node.run(*(node.envelope("orders.amend", toy.Amend(each, POISON), sender="T2") for each in names))
    node.begin()
    aside, read, at = node.owner.parked(), list[int](), Owner.parked_at

    def noting(owner: Owner, position: int) -> Parked | None:
        read.append(position)
        return at(owner, position)

    monkeypatch.setattr(Owner, "parked", lambda _owner: pytest.fail("all of them are read"))
    monkeypatch.setattr(Owner, "parked_at", noting)
    mend(monkeypatch)
    node.run(commands=tuple(Release(each.position) for each in aside))
    monkeypatch.undo()
    assert len(aside) == 20
    assert read == [each.position for each in aside]
    assert node.owner.parked() == []


def test_what_a_party_sent_holds_up_who_joins_too(node: toy.Node, monkeypatch: pytest.MonkeyPatch) -> None:
    (receipt,) = node.run(node.envelope("orders.place", toy.Order("O1", "A", 10)))
    assert isinstance(receipt, Receipt)
    sent = (("T2", POISON), ("T1", POISON), ("T2", 2), ("T3", 4))
    node.run(*(node.envelope("orders.amend", toy.Amend("O1", n), sender=who) for who, n in sent))
    joiner, party, *_ = sorted(node.owner.parked(), key=lambda parked: parked.position)
    mend(monkeypatch)
    node.run(commands=(Release(party.position),))
    assert [p.waits_for for p in node.owner.parked()] == [0, joiner.position]
    node.run(commands=(Release(joiner.position),))
    order = view(node).get(toy.OrderRecord, receipt.subject)
    assert order is not None
    assert order.note.split()[-4:] == [str(POISON), "4", str(POISON), "2"]
