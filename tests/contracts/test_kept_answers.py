"""Answers of the union's registers are kept where partitions share a store, until one of them changes a register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest

from douane.applications.eori.contract import OperatorQuestion
from douane.applications.eori.messages import OperatorEntry, OperatorRecords
from douane.configuration.lists import code_lists
from douane.model.caller import CORE
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.core.overlay import Overlay
from douane.runtime.core.owner import Owner, Ports
from douane.runtime.core.tick import Tick
from douane.runtime.store import keys
from douane.runtime.store.envelope import OWNER, Arrival, OwnerRow, Receipt
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import Batch, Store
from douane.runtime.store.values import Stored
from douane.shared_services.auditing.port import AuditPort
from douane.vocabulary.known import Says
from douane.vocabulary.time import SECOND
from tests.callers import admitted, system
from tests.journeys.office import BEHAVIOUR, CATALOGUE, SIGNER, Clock, Hosts, Ids

STANDING = CATALOGUE.operation("eori.standing")
DELIVER = CATALOGUE.operation("eori.deliver")
TRADER = "FR40123456700017"


class FormerRow(msgspec.Struct, array_like=True):
    """The row of an owner as releases wrote it that did not count changes of registers."""

    journal: int
    sent: int
    leaf: int
    cursor: int
    minted_at: int = 0
    minted: int = 0


class LaterRow(OwnerRow, array_like=True):
    """The row as a later release may write it."""

    more: int = 1


@dataclass
class Registers:
    """Two partitions over one store, each with its owner, and how often the register was asked."""

    store: Store
    clock: Clock = field(default_factory=Clock)
    asked: int = 0
    count: int = 0

    def __post_init__(self) -> None:
        self.owners = [self.owner(0), self.owner(1)]

    def owner(self, partition: int) -> Owner:
        """A new owner of a partition."""
        auditor = AuditPort(SIGNER, keys.space(keys.AUDIT, partition), self.store)
        ports = Ports(self.store, self.clock, Ids(), BEHAVIOUR, Hosts(frozenset({"FR", UNION})), CATALOGUE, auditor,
                      code_lists().look, partitions=(0, 1))  # fmt: skip
        made = Owner(partition, ports)
        made.begin()
        return made

    def deliver(self, partition: int, eori: str = TRADER, until: dt.date | None = None) -> None:
        """State an operator in a partition."""
        self.count += 1
        entry = OperatorEntry(eori=eori, legal_name="Transports", country="FR", valid_from=dt.date(2020, 1, 1),
                              valid_to=until)  # fmt: skip
        message = OperatorRecords((entry,))
        _, media, body, _ = CATALOGUE.encode(message)
        envelope = admitted(system("FR"), DELIVER.qualified, body, id=f"m{self.count}", administration=UNION,
                            media=Media(media), received=self.clock.now())  # fmt: skip
        (result,) = Tick(self.owners[partition]).run([Arrival(envelope, message)])
        assert isinstance(result, Receipt), result
        assert not self.owners[partition].parked()

    def valid(self, partition: int = 0) -> bool:
        """What a new tick of a partition is told of the trader."""
        question = OperatorQuestion(eori=TRADER)
        answer = Overlay(self.owners[partition]).query(UNION, STANDING, question, asks=CORE)
        return bool(answer.known.says is Says.YES)

    def rewrite(self, partition: int, form: Stored[Any], made: Callable[[OwnerRow], msgspec.Struct]) -> None:
        """Let the row of an owner stand as another release writes it."""
        owner, key = self.owners[partition], keys.space(keys.OWNER, partition)
        (raw,) = self.store.read([key])
        assert raw is not None
        (batch := Batch()).put[key] = form.write(made(OWNER.read(raw)))
        self.store.apply(batch, partition, owner.epoch)


@pytest.fixture
def registers(store: Store, monkeypatch: pytest.MonkeyPatch) -> Registers:
    made, usual = Registers(store), BEHAVIOUR.queries[STANDING.qualified]

    def counted(view: Any, question: Any) -> Any:
        made.asked += 1
        return usual.answer(view, question)

    monkeypatch.setitem(BEHAVIOUR.queries, STANDING.qualified, type(usual)(usual.operation, counted))
    made.deliver(1)
    return made


def test_what_stands_is_asked_once_whichever_partition_has_it(registers: Registers) -> None:
    assert [registers.valid() for _ in range(3)] == [True] * 3
    assert registers.asked == 1


def test_an_answer_is_asked_anew_when_a_day_begins_somewhere(registers: Registers) -> None:
    """The number ends with a day in France, which is over an hour before that of UTC in winter."""
    registers.deliver(1, until=dt.date(2026, 12, 1))
    midnight = int(dt.datetime(2026, 12, 1, 23, 0, tzinfo=dt.UTC).timestamp()) * SECOND
    registers.clock.at = midnight - SECOND
    assert registers.valid()
    registers.clock.at = midnight
    assert not registers.valid()


@pytest.mark.parametrize("partition", [0, 1], ids=["its own", "another"])
def test_the_next_tick_sees_what_a_partition_changed(registers: Registers, partition: int) -> None:
    assert registers.valid()
    registers.deliver(1, until=dt.date(2026, 10, 31))
    registers.deliver(partition, eori="FR77700000000017")
    assert not registers.valid()


def test_a_change_is_seen_after_each_commit_of_one_owner(registers: Registers) -> None:
    found = []
    for until in (dt.date(2026, 10, 31), None, dt.date(2026, 10, 31), None):
        registers.deliver(1, until=until)
        found.append(registers.valid())
    assert found == [False, True, False, True]


def test_what_a_former_owner_changed_after_its_successor_began_to_be_known_is_seen(registers: Registers) -> None:
    """A successor counts from its own epoch: no number comes twice."""
    for until, valid in ((dt.date(2026, 10, 31), False), (None, True)):
        registers.deliver(1, until=until)
        assert registers.valid() is valid
        registers.owners[1] = registers.owner(1)


def test_where_an_earlier_release_writes_it_is_asked_each_time(registers: Registers) -> None:
    """It counts nothing: whether a register was changed cannot be known."""
    former = Stored(9, FormerRow)
    registers.rewrite(
        1, former, lambda row: FormerRow(*[getattr(row, name) for name in FormerRow.__struct_fields__])
    )  # fmt: skip
    assert [registers.valid() for _ in range(3)] == [True] * 3
    assert registers.asked == 3


def test_where_a_later_release_writes_it_is_asked_each_time_and_nothing_fails(registers: Registers) -> None:
    later = Stored(9, LaterRow)
    registers.rewrite(1, later, lambda row: LaterRow(*msgspec.structs.astuple(row)))
    assert [registers.valid() for _ in range(2)] == [True] * 2
    assert registers.asked == 2


def test_nothing_is_kept_of_an_administration_whose_changes_nobody_counts(registers: Registers) -> None:
    question = OperatorQuestion(eori=TRADER)
    for _ in range(2):
        Overlay(registers.owners[0]).query("FR", STANDING, question, asks=CORE)
    assert registers.asked == 2
