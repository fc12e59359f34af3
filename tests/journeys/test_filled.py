"""A store that was filled for measurements is one that ticks could have written: every check of the node holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bench.filling import Copier
from bench.messages import eori
from bench.node import Filler, registrations, settings_for, stored
from douane.applications.case_files.messages import CaseLine, CasesQuery, MessagesQuery
from douane.applications.guarantees.records import Guarantee, Held
from douane.assembly.core import Core, make_core
from douane.model.caller import Caller
from douane.runtime.core.tick import Tick
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, Arrival, JournalRow, Receipt, receipt_of
from douane.runtime.store.ports import Batch, Log
from douane.runtime.store.queries import View
from douane.runtime.store.records import CaseEntry, kind_numbered, kind_of
from douane.shared_services.auditing.cases import Cases
from douane.shared_services.auditing.inspection import inspect
from douane.shared_services.auditing.proving import audit_prefix, stored_leaves
from douane.shared_services.auditing.walking import Walk
from tests.callers import admitted, officer, trader, who

FILLED = 6_000
NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


def _open(folder: Path) -> Core:
    def fail(problem: BaseException) -> None:
        raise problem

    return make_core(settings_for(folder), ended=fail)


def _drain(core: Core, arrivals: list[Arrival]) -> list[object]:
    owner = core.node.owners[0]
    results = Tick(owner).run(arrivals)
    while owner.pending:
        Tick(owner).run()
    return list(results)


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    """A node that was filled, then started anew."""
    folder = tmp_path_factory.mktemp("filled")
    first = _open(folder)
    _drain(first, registrations(first))
    copier = Copier(first, templates=3)
    assert copier.fill(FILLED - 900, 60) >= FILLED - 900
    declarations = Filler(first)  # it goes on at once, and is filled again
    assert all(isinstance(r, Receipt) for r in _drain(first, [declarations.arrival() for _ in range(64)]))
    assert first.node.owners[0].parked() == []
    before = copier.fill(FILLED, 60)
    first.close()
    made = _open(folder)
    assert FILLED <= before == stored(made)
    yield made
    made.close()


def test_the_whole_audit_log_fits_every_row(core: Core) -> None:
    key, prefix = core.auditor.log.signer.key, audit_prefix(0)
    read = core.store.read
    assert list(inspect(read, key.name, key, prefix=prefix, leaves=stored_leaves(core.store, 0))) == []
    assert core.auditor.size > FILLED


def test_an_inspection_finds_nothing_in_its_rows_its_dates_or_its_state(core: Core) -> None:
    assert list(Walk(0, core.auditor.log.signer.key).slice(core.store)) == []


def test_every_reference_leads_to_its_case(core: Core) -> None:
    prefix = keys.ALIAS + keys.u16(0) + b"FRmrn\0"
    aliases = core.store.scan(prefix, keys.after(prefix), 100_000)
    assert len(aliases) > 400
    cases = Cases(core.store)
    for key, raw in aliases[:: len(aliases) // 7]:
        mrn = key[len(prefix) :].decode()
        found = {c.subject: c for c in cases.timelines(mrn)}
        departure = found[int.from_bytes(raw, "big")]
        asked = [each for each in departure.happenings if each.subject != departure.subject]
        assert (len(departure.happenings), [each.what for each in asked]) == (6, ["guarantees.use"])
        for happening in departure.happenings:
            assert happening.state == ("queued" if happening.direction == "out" else "handled")
            _, row = cases.message(happening.place)
            assert row.subject == happening.subject
        _, released = cases.message(departure.happenings[-1].place)
        assert mrn.encode() in released.content.octets


def test_cases_are_listed_from_the_index_page_by_page(core: Core) -> None:
    view = View(core.store, "FR", core.clock.now(), core.look)
    entry = next(e for e in (_entry(core, n) for n in range(100)) if e.state == "released")
    seen: list[int] = []
    page, after = view.find(CaseEntry, "by_party", entry.parties[0], "released", limit=50)
    while True:
        seen += [subject for subject, _ in page]
        deadlines = [e.deadline for _, e in page]
        assert deadlines == sorted(deadlines)
        if not after:
            break
        page, after = view.find(CaseEntry, "by_party", entry.parties[0], "released", limit=50, after=after)
    assert len(seen) == len(set(seen)) > 100


def _entry(core: Core, skip: int) -> CaseEntry:
    prefix = keys.space(keys.RECORD, 0) + b"FR"
    rows = core.store.scan(prefix, keys.after(prefix), 20_000)
    entries = [v for k, v in rows if k[13:15] == keys.u16(1)]
    found: CaseEntry = kind_of(CaseEntry).stored.read(entries[-1 - skip])
    return found


def test_every_record_and_every_index_key_is_what_its_codec_writes(core: Core) -> None:
    prefix = keys.space(keys.RECORD, 0) + b"FR"
    wanted: set[bytes] = set()
    start, seen = prefix, 0
    while rows := core.store.scan(start, keys.after(prefix), 5_000):
        for key, raw in rows:
            kind = kind_numbered(int.from_bytes(key[13:15], "big"))
            value = kind.stored.read(raw)
            assert kind.stored.write(value) == raw
            wanted.update(kind.entries(value, keys.INDEX + key[1:5], key[5:13] + key[15:]))
            seen += 1
        start = rows[-1][0] + b"\0"
    prefix = keys.space(keys.INDEX, 0) + b"FR"
    assert {key for key, _ in core.store.scan(prefix, keys.after(prefix), 1_000_000)} == wanted
    assert seen > FILLED // 2


def test_the_balance_of_each_guarantee_is_the_sum_of_what_is_held_of_it(core: Core) -> None:
    prefix = keys.space(keys.RECORD, 0) + b"FR"
    rows = core.store.scan(prefix, keys.after(prefix), 1_000_000)
    sums: dict[bytes, Decimal] = {}
    for key, raw in rows:
        if key[13:15] == keys.u16(kind_of(Held).number):
            held = kind_of(Held).stored.read(raw)
            sums[key[5:13]] = sums.get(key[5:13], Decimal(0)) + held.reservation.amount
    assert len(sums) == 64
    for key, raw in rows:
        if key[13:15] == keys.u16(kind_of(Guarantee).number):
            assert kind_of(Guarantee).stored.read(raw).ledger.reserved == sums.get(key[5:13], 0)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    """A node whose trader has more than a hundred released movements, and as many that wait for a control."""
    made = _open(tmp_path_factory.mktemp("mixed"))
    _drain(made, registrations(made))
    Copier(made, templates=1, controlled=1).fill(4_200, 60)
    _enquired(made)
    yield made
    made.close()


def _enquired(core: Core) -> None:
    """Of one movement the goods were not seen, and its holder is asked; that ends before anything else."""
    view, kind, batch = View(core.store, "FR", 1, core.look), kind_of(CaseEntry), Batch()
    ((subject, entry),) = view.find(CaseEntry, "by_party", eori(1), "released", limit=1)[0]
    key = keys.record_key(0, "FR", subject, kind.number, b"")
    later = msgspec.structs.replace(entry, state="under enquiry", deadline=entry.deadline - 1)
    head, tail = keys.space(keys.INDEX, 0) + b"FR", key[5:13]
    batch.put[key] = kind.stored.write(later)
    batch.put.update((each, key) for each in kind.entries(later, head, tail))
    batch.gone.update(kind.entries(entry, head, tail))
    core.store.apply(batch, 0, core.node.owners[0].epoch)


def _asked(core: Core, question: CasesQuery | MessagesQuery, caller: Caller | None = None) -> Any:
    view = View(core.store, "FR", core.clock.now(), core.look, caller=caller or trader(eori(1)), sees=lambda *_: True)
    name = "my_cases" if isinstance(question, CasesQuery) else "my_messages"
    return core.behaviour.queries[f"case_files.{name}"].answer(view, question)


def test_the_limit_that_ends_first_is_found_in_whatever_state_its_case_is(mixed: Core) -> None:
    every = list[CaseLine]()
    page = _asked(mixed, CasesQuery(limit=100))
    while True:
        every += page.cases
        if not page.after:
            break
        page = _asked(mixed, CasesQuery(limit=100, after=page.after))
    waiting = sorted((each for each in every if each.deadline), key=lambda each: each.deadline or NEVER)
    assert [each.state for each in waiting[:2]] == ["under enquiry", "released"] != [each.state for each in every[:2]]
    assert len(waiting) > 100
    first = _asked(mixed, CasesQuery(limit=100, soonest=True)).cases
    assert [each.deadline for each in first] == [each.deadline for each in waiting[:100]]
    everybodys = _asked(mixed, CasesQuery(limit=100, soonest=True), officer("fr.officer", "FR")).cases
    assert [each.deadline for each in everybodys] == [each.deadline for each in first], "one trader has them all"
    before = waiting[30].deadline or NEVER
    some = _asked(mixed, CasesQuery(limit=100, soonest=True, ends_before=before)).cases
    assert [each.deadline for each in some] == [each.deadline for each in waiting if (each.deadline or NEVER) < before]


def test_of_a_case_in_which_much_was_said_the_latest_alone_are_read(mixed: Core) -> None:
    view = View(mixed.store, "FR", mixed.clock.now(), mixed.look)
    subjects = {subject for subject, _ in view.find(Guarantee, "by_holder", eori(1), limit=16)[0]}
    subject = max(subjects, key=lambda each: len(view.timeline(each)))
    whole = view.timeline(subject)
    came = sorted(place for place, row in whole if isinstance(row, JournalRow))
    sent = sorted(place for place, row in whole if not isinstance(row, JournalRow))
    assert len(came) > 5
    assert {place for place, _ in view.timeline(subject, 5)} == {*came[-5:], *sent[-5:]}


def test_what_was_said_in_a_state_is_found_behind_any_number_of_cases(mixed: Core) -> None:
    told = _asked(mixed, MessagesQuery(type="CC060C", limit=100))
    assert told.messages == (), "behind a hundred released ones"
    assert told.after, "but there is more, as the answer says"
    found = _asked(mixed, MessagesQuery(type="CC060C", limit=100, state="under control")).messages
    assert len(found) == 100
    (enquired,) = _asked(mixed, MessagesQuery(type="CC029C", state="under enquiry")).messages
    assert enquired.deadline == _asked(mixed, CasesQuery(limit=1, soonest=True)).cases[0].deadline


def test_a_copy_that_is_sent_again_gets_its_receipt_and_the_node_goes_on(core: Core) -> None:
    prefix = keys.space(keys.KNOWN, 0)
    known = [(k, v) for k, v in core.store.scan(prefix, keys.after(prefix), 100_000) if b"LQ" in k]
    original = receipt_of(known[len(known) // 2][1])
    row = JOURNAL.read(core.store.read_log(Log.JOURNAL, [original.position])[0] or b"")
    again = admitted(
        who(row.sender, "untrusted", row.administration),
        row.operation,
        row.content.octets,
        id=row.id,
        administration=row.administration,
        media=row.content.media,
        platform=row.origin.platform,
        channel=row.origin.channel,
        received=1,
    )
    before = stored(core)
    (receipt,) = _drain(core, [Arrival(again)])
    assert isinstance(receipt, Receipt)
    assert msgspec.structs.replace(receipt, promise=b"") == original
    assert receipt.promise
    assert stored(core) == before
    declarations = Filler(core)
    results = _drain(core, [declarations.arrival() for _ in range(3)])
    assert all(isinstance(r, Receipt) for r in results)
    assert core.node.owners[0].parked() == []
    items, _ = Inbox(core.store, [0]).read(row.sender, limit=1_000)
    assert {"CC928C", "CC028C", "CC029C"} <= {item.row.type for item in items}
