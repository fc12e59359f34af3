"""What a keeper tells of a case goes with the case: a tombstone is left, without key and content."""

from __future__ import annotations

from typing import Any, cast

import msgspec
import pytest
from msgspec.structs import replace

from douane.applications.transit.tests.base_declarations import TRADER, normal
from douane.backends.memory.backend import MemoryStore
from douane.central_repository.replica.answers import Centre, Page
from douane.central_repository.replica.answers import Told as Row
from douane.central_repository.replica.replica import Replica
from douane.central_repository.summaries import LONGEST, SUMMARIES, Keeper
from douane.configuration.ports import SystemClock
from douane.model.caller import relayed
from douane.model.circles import ActorKind
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.core.flush import flush
from douane.runtime.core.overlay import GONE, Overlay
from douane.runtime.core.tick import Tick
from douane.runtime.replication.reading import Entry, Source
from douane.runtime.replication.summaries import Summary
from douane.runtime.store import keys
from douane.runtime.store.envelope import Arrival
from douane.runtime.store.records import kind_of, kinds
from douane.standards.replication.tree import identity
from douane.standards.transparency_log.note import Key
from douane.vocabulary.case_summaries import Told
from tests.journeys.office import Office


def told(office: Office) -> tuple[Entry, ...]:
    """What the node tells the centre, tombstones too."""
    head = keys.final_head(office.partition, kind_of(Summary).mark, 0)
    return Source(office.store, head).changes(0).entries


def declared(office: Office, *, by_the_centre: bool) -> None:
    arrival = office._arrival(normal(), TRADER)
    if by_the_centre:
        caller = relayed(ActorKind.TRADER, TRADER, via=UNION)
        envelope = replace(arrival.envelope, origin=replace(arrival.envelope.origin, caller=caller))
        arrival = Arrival(envelope, arrival.message)
    Tick(office.owner).run([arrival])
    office.settle()


def test_a_case_is_told_where_its_party_came_by_the_centre_and_forgotten_with_its_record() -> None:
    office = Office(frozenset({"FR"}))
    office.owner.ports.tells = {}
    declared(office, by_the_centre=False)
    assert told(office) == ()
    office = Office(frozenset({"FR"}))
    office.owner.ports.tells = {}
    declared(office, by_the_centre=True)
    (entry,) = told(office)
    assert entry.content is not None
    said = msgspec.json.decode(entry.content, type=Told)
    assert said.concerns(TRADER)
    assert entry.key == f"FR/mrn/{said.reference}"
    tick = Overlay(office.owner)
    source = office.store.scan(keys.space(keys.RECORD, office.partition), keys.after(keys.RECORD), 1_000)
    cases = {kind.mark: kind for kind in kinds() if kind.case is not None}
    for key, _ in source:
        if key[13:15] in cases:
            tick.change(cases[key[13:15]], key, GONE)
    office.store.apply(flush(tick), office.partition, office.owner.epoch)
    (gone,) = told(office)
    assert (gone.key, gone.content) == ("", None)


@pytest.mark.parametrize(
    "said",
    [{"state": "x" * 300}, {"parties": [[TRADER, "holder"]] * 1_001}, {"office": "x" * LONGEST}],
    ids=["a long word", "many parties", "a long summary"],
)  # fmt: skip
def test_what_no_line_could_show_is_not_believed(said: dict[str, Any]) -> None:
    told = Told("FR", "mrn", "26FR1", "op", 1, "released", "FR000001", 0, "", "", "", 0, "", "", (), 1, 1)
    for more, believed in ({}, True), (said, False):
        content = msgspec.json.encode({**msgspec.to_builtins(told), **more})
        replica = Replica(MemoryStore(), (SUMMARIES,), cast(Key, None), SystemClock())
        page = Page((Row(1, 1, identity("FR/mrn/26FR1").hex(), "FR/mrn/26FR1", content.decode()),), 1, False, "")
        replica.take_snapshot(SUMMARIES, 0, page)
        keeper = Keeper("FR", replica, cast(Centre, None), sources=(0,), as_of=1)
        assert (keeper.entry("FR/mrn/26FR1") is not None) is believed
