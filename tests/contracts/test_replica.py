"""A replica over every store: current, alone, lied to, killed, and tampered with."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from douane.applications.eori.messages import OperatorEntry, OperatorRecords
from douane.backends.memory.backend import MemoryStore
from douane.central_repository.replica.answers import View
from douane.central_repository.replica.proving import prove, still_holds
from douane.central_repository.replica.replica import Replica, head
from douane.configuration import discovery
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.replication.keeping import Change, keep_changes
from douane.runtime.replication.rows import KEPT, entry_key
from douane.runtime.store import keys
from douane.runtime.store.ports import SECOND, Batch, Store
from douane.standards.replication import tree
from douane.testing.office import Office, administration
from douane.vocabulary.errors import (
    EntryChanged,
    FeedBroken,
    LostOwnership,
    NotFound,
    PartnerRefused,
    PartnerUnreachable,
    ProofFailed,
    SenderFault,
    TooOld,
)

DE, FR = administration("DE"), administration("FR")
FULL, PUBLIC = View("economic_operators", "full"), View("economic_operators", "public")
NAMES = {f"DE{n}": f"Name{n}" for n in range(1, 13)}
Lie = Callable[[str, dict[str, Any]], None]


class Centre:
    """An office as a replica asks it. lie: changes an answer; limit: entries of a page; away: nobody answers."""

    def __init__(self, office: Office) -> None:
        self.office, self.limit, self.away, self.asked = office, 0, False, list[str]()
        self.lie: Lie = lambda _operation, _answer: None
        self.dies_after = 1_000_000

    async def call(self, operation: str, body: bytes) -> Any:
        if self.away or len(self.asked) >= self.dies_after:
            raise PartnerUnreachable("Nobody answers.")
        self.asked.append(operation)
        question = msgspec.json.decode(body)
        if self.limit and operation.endswith((".snapshot", ".changes")):
            question["limit"] = self.limit
        request = CATALOGUE.operation(operation).request
        try:
            found = self.office.ask(msgspec.convert(question, request), by=FR)
        except SenderFault as problem:
            raise PartnerRefused(problem.text) from problem
        answer = json.loads(msgspec.json.encode(found))
        self.lie(operation, answer)
        return answer


CATALOGUE = Catalogue(discovery.services())


@dataclasses.dataclass
class Clock:
    at: int = 1_800_000_000 * SECOND

    def now(self) -> int:
        return self.at


@pytest.fixture
def centre() -> Centre:
    office = Office("EU", "DE", "FR")
    deliver(office, NAMES)
    return Centre(office)


@pytest.fixture
def replica(store: Store, centre: Centre) -> Replica:
    return Replica(store, (FULL, PUBLIC), centre.office.key, Clock())


def deliver(office: Office, names: dict[str, str], *, publish: bool = True) -> None:
    office.send(
        OperatorRecords(tuple(
            OperatorEntry(eori=eori, legal_name=name, country="DE", valid_from=dt.date(2026, 1, 1), publish=publish)
            for eori, name in names.items()
        )),
        by=DE,
    )  # fmt: skip


def pull(replica: Replica, centre: Centre) -> int:
    return asyncio.run(replica.pull(centre))


def name(replica: Replica, eori: str, view: str = "full") -> str | None:
    found = replica.look_up("economic_operators", eori, view).content
    return json.loads(found)["name"] if found is not None else None


def everything(store: Store) -> bytes:
    space = keys.space(keys.FINAL, 0)
    return b"".join(key + value for key, value in store.scan(space, keys.after(space), 10_000))


def test_what_changes_between_the_state_and_the_first_page_of_a_snapshot_is_no_way_back(
    replica: Replica, centre: Centre
) -> None:
    """A centre that is at work goes on while it is read for the first time."""
    asked = centre.call

    async def busy(operation: str, body: bytes) -> Any:
        if operation.endswith(".snapshot") and "final_data.snapshot" not in centre.asked:
            deliver(centre.office, {"DE99": "New"})
        return await asked(operation, body)

    centre.call = busy  # type: ignore[method-assign]
    pull(replica, centre)
    assert name(replica, "DE99") == "New"


@pytest.mark.parametrize("said", [{"position": 1 << 70}, {"at": 1 << 70}, {"at": -1}], ids=str)
def test_a_number_that_no_store_keeps_is_no_answer(replica: Replica, centre: Centre, said: dict[str, int]) -> None:
    """Also a centre that signs such a page raises nothing but what whoever follows it knows to tell."""

    def nonsense(operation: str, answer: dict[str, Any]) -> None:
        if operation.endswith(".snapshot"):
            answer["entries"][0] |= said

    centre.lie = nonsense
    with pytest.raises(PartnerRefused):
        pull(replica, centre)


def test_it_is_current_and_answers_alone(replica: Replica, centre: Centre) -> None:
    assert pull(replica, centre) == 2 * len(NAMES)
    assert pull(replica, centre) == 0
    centre.away = True
    with pytest.raises(PartnerUnreachable):
        pull(replica, centre)
    assert name(replica, "DE7") == "Name7"
    assert name(replica, "DE99") is None
    centre.away = False
    deliver(centre.office, {"DE7": "Changed", "DE99": "New"})
    assert pull(replica, centre) == 4
    assert (name(replica, "DE7"), name(replica, "DE99")) == ("Changed", "New")
    assert [(each.entries, each.read_at > 0) for each in replica.standing()] == [(13, True), (13, True)]


def test_what_is_withdrawn_is_gone_from_it_and_from_its_store(store: Store, centre: Centre) -> None:
    """decisions-cases 11: the public replica was away meanwhile; the national one is complete."""
    public = Replica(store, (PUBLIC,), centre.office.key, Clock())
    pull(public, centre)
    assert b"Name3" in everything(store)
    deliver(centre.office, {"DE3": "Name3"}, publish=False)
    pull(public, centre)
    assert name(public, "DE3", "public") is None
    assert b"Name3" not in everything(store)
    national = Replica(MemoryStore(), (FULL,), centre.office.key, Clock())
    pull(national, centre)
    assert name(national, "DE3") == "Name3"
    for replica, view in ((public, PUBLIC), (national, FULL)):
        assert asyncio.run(prove(replica, centre, view)).equal  # each by its own root


def test_killed_between_any_two_answers_it_goes_on_from_there(store: Store, centre: Centre) -> None:
    centre.limit = 3
    lives = 0
    while True:
        replica = Replica(store, (FULL,), centre.office.key, Clock())
        lives += 1
        centre.asked.clear()
        centre.dies_after = lives % 3 + 1
        try:
            pull(replica, centre)
            break
        except PartnerUnreachable:
            assert lives < 30
            if lives == 2:
                deliver(centre.office, {"DE1": "Changed", "DE50": "New"})
    assert lives > 3
    assert (name(replica, "DE1"), name(replica, "DE50"), name(replica, "DE12")) == ("Changed", "New", "Name12")
    centre.dies_after = 1_000_000
    assert asyncio.run(prove(replica, centre, FULL)).equal


def test_it_answers_nothing_before_it_was_read_whole(replica: Replica, centre: Centre) -> None:
    with pytest.raises(NotFound):
        name(replica, "DE1")
    centre.limit, centre.dies_after = 3, 2
    with pytest.raises(PartnerUnreachable):
        pull(replica, centre)
    with pytest.raises(NotFound):
        name(replica, "DE1")
    with pytest.raises(NotFound):
        replica.look_up("guarantees", "DE1")


def _now(centre: Centre) -> Clock:
    """A clock that goes as the centre's does."""
    return Clock(int(centre.office.now.timestamp()) * SECOND)


def _later(clock: Clock, centre: Centre, seconds: int) -> None:
    clock.at += seconds * SECOND
    centre.office.wait(dt.timedelta(seconds=seconds))


def test_one_that_may_not_answer_for_long_does_not(store: Store, centre: Centre) -> None:
    clock = _now(centre)
    replica = Replica(store, (PUBLIC,), centre.office.key, clock, max_age=60)
    pull(replica, centre)
    _later(clock, centre, 60)
    assert name(replica, "DE1", "public") == "Name1"
    _later(clock, centre, 1)
    with pytest.raises(TooOld):
        name(replica, "DE1", "public")
    pull(replica, centre)
    assert name(replica, "DE1", "public") == "Name1"


def test_a_state_that_is_repeated_makes_nothing_younger(store: Store, centre: Centre) -> None:
    """Whoever stands between tells the last state again and again, while the centre has gone on."""
    clock, kept = _now(centre), dict[str, Any]()
    replica = Replica(store, (PUBLIC,), centre.office.key, clock, max_age=60)
    pull(replica, centre)
    centre.lie = lambda operation, answer: answer.update(kept.setdefault(operation, dict(answer)))
    pull(replica, centre)
    _later(clock, centre, 61)
    deliver(centre.office, {"DE1": "Withdrawn"}, publish=False)
    assert pull(replica, centre) == 0
    with pytest.raises(TooOld):
        name(replica, "DE1", "public")


def test_a_centre_whose_clock_is_ahead_makes_nothing_younger_than_now(store: Store, centre: Centre) -> None:
    clock = _now(centre)
    clock.at -= 3_600 * SECOND
    replica = Replica(store, (PUBLIC,), centre.office.key, clock)
    pull(replica, centre)
    assert [each.read_at for each in replica.standing()] == [clock.at]


def test_a_view_that_is_not_for_it_is_refused(store: Store, centre: Centre) -> None:
    replica = Replica(store, (View("authorised_economic_operators", "partner"),), centre.office.key, Clock())
    with pytest.raises(PartnerRefused):
        pull(replica, centre)


def _other(text: str) -> str:
    return text.replace("Name5", "Other")


def _change(answer: dict[str, Any]) -> None:
    for each in answer["entries"]:
        each["content"] = _other(each["content"])


def _swap(answer: dict[str, Any]) -> None:
    first, second = answer["entries"][0], answer["entries"][1]
    answer["entries"][0], answer["entries"][1] = second, first


def _without_last(answer: dict[str, Any]) -> None:
    answer["entries"] = answer["entries"][:-1]


def _under_another(answer: dict[str, Any]) -> None:
    answer["entries"][0]["identity"] = tree.identity("DE99").hex()


LIES: dict[str, Callable[[dict[str, Any]], None]] = {
    "forged": _change,
    "out of order": _swap,
    "cut short": _without_last,
    "under another key": _under_another,
    "said to reach further": lambda answer: answer.update(upto=answer["upto"] + 1),
    "said to be the last": lambda answer: answer.update(more=not answer["more"]),
    "without signature": lambda answer: answer.update(note=answer["note"].split("\n\n")[0] + "\n"),
    "signed for another time": lambda answer: answer.update(note=answer["note"].replace("\nat ", "\nat 9")),
}


@pytest.mark.parametrize("operation", ["snapshot", "changes"])
@pytest.mark.parametrize("lie", LIES)
def test_a_page_that_was_meddled_with_stops_it_and_is_named(centre: Centre, operation: str, lie: str) -> None:
    replica = Replica(MemoryStore(), (FULL,), centre.office.key, Clock())
    if operation == "changes":
        pull(replica, centre)
        deliver(centre.office, {"DE5": "Name5", "DE6": "Name56", "DE77": "Name57"}, publish=False)
    before = replica.root(FULL, 0)

    def told(asked: str, answer: dict[str, Any]) -> None:
        if asked == f"final_data.{operation}":
            LIES[lie](answer)

    centre.lie = told
    with pytest.raises(FeedBroken, match=f"at position {before.position}"):
        pull(replica, centre)
    assert replica.root(FULL, 0) == before
    centre.lie = lambda _operation, _answer: None
    pull(replica, centre)
    assert asyncio.run(prove(replica, centre, FULL)).equal


def test_a_page_of_another_question_is_not_taken(centre: Centre) -> None:
    """Signed, but kept from before: a feed that is played again, or that leaves a page out."""
    replica = Replica(MemoryStore(), (FULL,), centre.office.key, Clock())
    pull(replica, centre)
    kept: list[dict[str, Any]] = []
    centre.limit = 1
    deliver(centre.office, {"DE1": "A", "DE2": "B", "DE3": "C"})

    def second_for_first(asked: str, answer: dict[str, Any]) -> None:
        if asked == "final_data.changes":
            kept.append(dict(answer))
            if len(kept) == 2:
                answer.update(kept[0])

    centre.lie = second_for_first
    with pytest.raises(FeedBroken, match="another question"):
        pull(replica, centre)
    assert name(replica, "DE1") == "A"  # what came before holds


def test_another_key_and_a_centre_that_went_back_are_not_believed(store: Store, centre: Centre) -> None:
    replica = Replica(store, (FULL,), centre.office.key, Clock())
    pull(replica, centre)
    deliver(centre.office, {"DE1": "A"})
    pull(replica, centre)
    restored = Centre(Office("EU", "DE", "FR"))
    deliver(restored.office, NAMES)  # as a backup of before would be
    with pytest.raises(FeedBroken, match="went back"):
        pull(replica, restored)
    other = Replica(MemoryStore(), (FULL,), centre.office.key._replace(public=bytes(32)), Clock())
    with pytest.raises(FeedBroken):
        pull(other, centre)
    assert name(replica, "DE1") == "A"


def test_it_is_proven_equal_and_the_statement_holds_without_the_centre(replica: Replica, centre: Centre) -> None:
    proof = asyncio.run(prove(replica, centre, FULL))
    assert (proof.equal, sum(root.entries for root in proof.roots)) == (True, len(NAMES))
    said, held = still_holds(replica, proof.note)
    assert (held, said.equal, said.asked_by) == (True, True, "NTA.FR")
    deliver(centre.office, {"DE1": "A"})
    pull(replica, centre)
    assert not still_holds(replica, proof.note)[1]
    with pytest.raises(ProofFailed):
        still_holds(replica, proof.note.replace("equal yes", "equal no"))


def test_rows_that_somebody_changed_are_named(store: Store, replica: Replica, centre: Centre) -> None:
    pull(replica, centre)
    own = head(FULL, 0)
    batch = Batch()
    batch.put[entry_key(own, tree.identity("DE2"))] = _raw(store, "DE2").replace(b"Name2", b"Nemo2")
    batch.gone.add(entry_key(own, tree.identity("DE3")))
    batch.put[entry_key(own, tree.identity("DE88"))] = KEPT.write(
        msgspec.structs.replace(KEPT.read(_raw(store, "DE4")), key="DE88")
    )
    batch.put[entry_key(own, tree.identity("DE5"))] = b"no entry at all"
    store.apply(batch, 0, store.take(0))
    for eori in ("DE2", "DE3", "DE88"):
        with pytest.raises(EntryChanged):
            name(replica, eori)
    assert name(replica, "DE4") == "Name4"
    fresh = Replica(store, (FULL,), centre.office.key, Clock())
    proof = asyncio.run(prove(fresh, centre, FULL))
    found = {each.key: each.what for each in proof.differences}
    assert found == {"DE2": "changed", "DE3": "missing", "DE88": "added", "DE5": "changed"}
    assert proof.asked <= 5 * len(found)
    assert "equal no" in proof.note


def test_one_that_also_mended_the_ranges_is_found_by_the_root(store: Store, replica: Replica, centre: Centre) -> None:
    """Whoever may write the store makes it agree with itself; the centre's root he cannot make."""
    pull(replica, centre)
    own, id = head(FULL, 0), tree.identity("DE2")
    entry = replica.source(FULL, 0).entry("DE2")
    assert entry is not None
    forged = (entry.content or b"").replace(b"Name2", b"Forged")
    batch = Batch()
    change = Change(entry.key, forged, entry.at, position=entry.position + 1_000)
    keep_changes(store, {own: {id: change}}, batch)
    store.apply(batch, 0, store.take(0))
    assert name(replica, "DE2") == "Forged"
    fresh = Replica(store, (FULL,), centre.office.key, Clock())
    proof = asyncio.run(prove(fresh, centre, FULL))
    assert [(each.key, each.what) for each in proof.differences] == [("DE2", "changed")]
    with pytest.raises(FeedBroken):
        pull(fresh, centre)


def test_two_processes_of_one_replica_do_not_write_at_once(store: Store, centre: Centre) -> None:
    first = Replica(store, (FULL,), centre.office.key, Clock())
    second = Replica(store, (FULL,), centre.office.key, Clock())
    pull(first, centre)
    pull(second, centre)
    with pytest.raises(LostOwnership):
        pull(first, centre)
    pull(first, centre)
    assert name(second, "DE1") == "Name1"


def _raw(store: Store, eori: str) -> bytes:
    return store.read([entry_key(head(FULL, 0), tree.identity(eori))])[0] or b""
