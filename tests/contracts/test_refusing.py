"""Refused messages of channels that tell later: kept, answered once, never in circles, on every store."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from douane.model.declare import Refused
from douane.runtime.core.commands import Release
from douane.runtime.core.refusing import refusal_id
from douane.runtime.store.envelope import JOURNAL, SENT, Arrival, RowKind, pack_faults
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import HOUR, Log, Store
from douane.runtime.turns import allowance
from douane.runtime.turns.allowance import Allowance
from douane.vocabulary.errors import DouaneError, Fault, NotValid
from tests.callers import admitted, who
from tests.contracts import toy
from tests.contracts.toy import sent_to

FAULT = Fault("/Order", "52", "Close it.", line=3)


class Speaking(toy.Codecs):
    """A family whose error messages are called Refused; bodies that begin with ``error`` are such messages."""

    def refusal(self, refused: Refused) -> Any:
        if refused.body.startswith(b"error"):
            return None
        (fault,) = refused.faults
        spoken = refused.speaks_for("Order", "XX") and not refused.speaks_for("Nothing", "XX")
        return toy.Refused(f"{refused.known_as} {refused.party} {spoken}", f"{fault.code} {refused.syntax}")

    def tells_of_error(self, name: str) -> bool:
        return name == "Refused"


def over(store: Store) -> toy.Node:
    made = toy.Node(store)
    made.owner.ports.codecs = Speaking()
    return made


def broken(
    node: toy.Node,
    body: bytes,
    id: str = "B1",
    *,
    sender: str = "NTA.XX",
    refers_to: str = "",
    what: RowKind = RowKind.UNREADABLE,
) -> Arrival:
    digest = hashlib.sha256(body).digest()
    return Arrival(
        admitted(
            who(sender, "trusted", "EU"),
            "",
            body,
            kind=what,
            id=refusal_id(id, digest),
            administration="EU",
            media=Media.FAMILY,
            platform="ccn_csi",
            channel="csi_queue",
            received=node.clock.now(),
            correlation=refers_to,
            faults=pack_faults((FAULT,)),
        )
    )


def told(store: Store) -> list[str]:
    rows = [SENT.read(raw) for _, raw in store.scan_log(Log.SENT, 0, 1 << 62, 1000)]
    return [row.content.body.decode("utf-8", "replace") for row in rows if row.type == "Refused"]


def test_a_refused_message_is_kept_with_its_faults_and_answered(store: Store) -> None:
    node = over(store)
    (result,) = node.run(broken(node, b"<Order>"))
    assert isinstance(result, NotValid)
    assert result.faults == (FAULT,)
    rows = [JOURNAL.read(raw) for _, raw in store.scan_log(Log.JOURNAL, 0, 1 << 62, 10)]
    assert [(row.kind, row.faults) for row in rows] == [(RowKind.UNREADABLE, pack_faults((FAULT,)))]
    assert ["B1 NTA.XX True" in each and "52 True" in each for each in told(store)] == [True]
    node.run(broken(node, b"<Order/>", what=RowKind.UNACCEPTABLE))
    assert "52 False" in told(store)[1]


def test_the_same_octets_under_the_same_id_are_answered_once_and_refused_each_time(store: Store) -> None:
    node = over(store)
    results = [node.run(broken(node, b"<Order>"))[0] for _ in range(3)]
    results += node.run(broken(node, b"<Order>"), broken(node, b"<Order >"), broken(node, b"<Order>", "B2"))
    assert all(isinstance(each, DouaneError) for each in results)
    assert sent_to(store, "NTA.XX") == ["Refused"] * 3


def test_what_was_kept_is_answered_by_the_next_owner(store: Store) -> None:
    node = over(store)
    node.owner.ports.budget = -1
    node.run(*(broken(node, b"<Order>", f"B{n}") for n in range(80)))
    left = len(node.owner.pending)
    assert left
    later = over(store)
    while later.owner.pending:
        later.run()
    assert len(told(store)) == 80


def test_an_error_message_is_set_aside_unanswered_until_an_operator_has_seen_it(store: Store) -> None:
    node = over(store)
    node.run(broken(node, b"error <"))
    (parked,) = node.owner.parked()
    assert "is not answered" in parked.reason
    assert sent_to(store, "NTA.XX") == []
    node.run(broken(node, b"<Order>", "B2"))  # it blocks nobody
    assert sent_to(store, "NTA.XX") == ["Refused"]
    node.run(commands=(Release(parked.position),))
    assert node.owner.parked() == []
    assert sent_to(store, "NTA.XX") == ["Refused"]


def test_what_refers_to_an_error_message_of_ours_counts_as_one(store: Store) -> None:
    node = over(store)
    node.run(broken(node, b"<Order>"))
    ((position, _),) = store.scan_log(Log.SENT, 0, 1 << 62, 10)
    node.run(broken(node, b"what?", "B2", refers_to=f"{position:x}"))
    assert [p.id.partition("!")[0] for p in node.owner.parked()] == ["B2"]
    node.run(broken(node, b"what?", "B3", refers_to=f"{position:x}", sender="NTA.YY"))  # none that was sent to it
    node.run(broken(node, b"what?", "B4", refers_to="no place"), broken(node, b"what?", "B5", refers_to="7f"))
    assert len(node.owner.parked()) == 1
    assert len(told(store)) == 4


def test_a_sender_gets_no_more_answers_than_its_allowance(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowance, "MOST", 3)
    node = over(store)
    results = [node.run(broken(node, b"<Order>", f"B{n}"))[0] for n in range(10)]
    results += node.run(broken(node, b"<Order>", "B1", sender="NTA.YY"))
    assert all(isinstance(each, NotValid) for each in results)
    assert (len(sent_to(store, "NTA.XX")), len(sent_to(store, "NTA.YY"))) == (3, 1)
    assert len(store.scan_log(Log.REFUSAL, 0, 1 << 62, 20)) == 7  # the others stand in the audit log
    node.clock.at += HOUR
    node.run(broken(node, b"<Order>", "late"))
    assert len(sent_to(store, "NTA.XX")) == 4


def test_the_allowance_is_bounded_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowance, "SENDERS", 2)
    kept = Allowance()
    assert [kept.take(each, 0) for each in "aabc"] == [True, True, True, False]
    assert kept.take("c", HOUR)
    assert set(kept.given) == {"c"}
