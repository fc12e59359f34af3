"""Transmissions: the same answer again, octet by octet; a changed one refused; a message sent anew answered anew."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from douane.runtime.store.envelope import Arrival, JournalRow, Receipt
from douane.runtime.store.origin import Attachment
from douane.vocabulary.errors import KnownIdChanged
from tests.callers import with_content, with_origin
from tests.contracts import toy
from tests.contracts.toy import sent_to


def transmitted(arrival: Arrival, wire: str, answer: bytes) -> Arrival:
    return replace(arrival, envelope=with_origin(arrival.envelope, answer=answer, wire=wire))


def order(node: toy.Node, number: str = "O1", amount: int = 60, id: str = "M1") -> Arrival:
    return node.envelope("orders.place", toy.Order(number, "A", amount), id=id)


def test_a_repeated_transmission_gets_its_first_answer_in_one_tick_later_and_after_a_restart(node: toy.Node) -> None:
    first = transmitted(order(node), "w1@host", b"<first/>")
    again = transmitted(order(node), "w1@host", b"<second/>")
    results = node.run(first, again) + node.run(again)
    node.begin()
    results += node.run(again)
    assert all(isinstance(each, Receipt) for each in results)
    assert {each.answer for each in results if isinstance(each, Receipt)} == {b"<first/>"}
    assert len({msgspec.json.encode(each) for each in results}) == 1
    assert sent_to(node.store, "T1") == ["Confirmed"]


def test_a_changed_transmission_is_refused_even_under_another_message_id(node: toy.Node) -> None:
    node.run(transmitted(order(node), "w1@host", b"<first/>"))
    for changed in (order(node, amount=61), order(node, amount=61, id="M2")):
        (refused,) = node.run(transmitted(changed, "w1@host", b"<second/>"))
        assert isinstance(refused, KnownIdChanged)
    (fine,) = node.run(transmitted(order(node), "w1@host", b"<third/>"))
    assert isinstance(fine, Receipt)
    assert fine.answer == b"<first/>"


def test_a_transmission_that_comes_again_for_another_operation_is_refused(node: toy.Node) -> None:
    first = transmitted(order(node), "w1@host", b"<first/>")
    node.run(first)
    other = replace(first, envelope=msgspec.structs.replace(first.envelope, operation="orders.place_again"))
    assert isinstance(node.run(other)[0], KnownIdChanged)


def test_the_same_message_in_a_new_transmission_takes_effect_once_and_is_answered_anew(node: toy.Node) -> None:
    first, second = (transmitted(order(node), f"w{n}@host", b"<%d/>" % n) for n in (1, 2))
    results = node.run(first) + node.run(second) + node.run(first) + node.run(second)
    receipts = [each for each in results if isinstance(each, Receipt)]
    assert [each.answer for each in receipts] == [b"<1/>", b"<2/>", b"<1/>", b"<2/>"]
    assert len({each.position for each in receipts}) == 1
    assert sent_to(node.store, "T1") == ["Confirmed"]


def test_the_id_of_a_transmission_is_its_senders(node: toy.Node) -> None:
    mine = transmitted(order(node), "w1@host", b"<mine/>")
    other = node.envelope("orders.place", toy.Order("O2", "A", 1, "T2"), id="M1", sender="T2")
    results = node.run(mine, transmitted(other, "w1@host", b"<yours/>"))
    assert [each.answer for each in results if isinstance(each, Receipt)] == [b"<mine/>", b"<yours/>"]


def test_a_refused_transmission_leaves_no_answer(node: toy.Node) -> None:
    node.run(transmitted(order(node), "w1@host", b"<first/>"))
    node.run(transmitted(order(node, amount=61), "w2@host", b"<wrong/>"))
    (fine,) = node.run(transmitted(order(node, "O2", id="M9"), "w2@host", b"<right/>"))
    assert isinstance(fine, Receipt)
    assert fine.answer == b"<right/>"


def test_attachments_stand_in_the_journal(node: toy.Node) -> None:
    sheet = Attachment("sheet@host", "application/pdf", "ab" * 32, 250_000_000)
    arrival = order(node)
    arrival = replace(arrival, envelope=with_content(arrival.envelope, attachments=(sheet,)))
    (receipt,) = node.run(arrival)
    assert isinstance(receipt, Receipt)
    from douane.runtime.store.envelope import JOURNAL
    from douane.runtime.store.ports import Log

    (raw,) = node.store.read_log(Log.JOURNAL, [receipt.position])
    assert raw is not None
    row: JournalRow = JOURNAL.read(raw)
    assert row.content.attachments == (sheet,)
