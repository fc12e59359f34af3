"""Old messages leave the store and stay provable: judged, moved part by part, found again; over every store."""

from __future__ import annotations

import asyncio
import dataclasses
from pathlib import Path
from typing import Any

import pytest

from douane.runtime.core.commands import Acknowledge
from douane.runtime.core.retire import Retire
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, SENT, Receipt
from douane.runtime.store.moved import MOVABLE, left_behind, reaches_of, segment_of
from douane.runtime.store.ports import DAY, SECOND, Log, Reader
from douane.shared_services.archiving import moving
from douane.shared_services.archiving.judging import MAY, NOT_DELIVERED
from douane.shared_services.archiving.key import ARCHIVE_KEY, SealingKey
from douane.shared_services.archiving.moving import Mover, Summary, preview
from douane.shared_services.archiving.reading import Archive, ArchivedReader
from douane.shared_services.archiving.retention import LegalHold, Policy, Rule, Trigger, read_policy
from douane.shared_services.auditing.inspection import inspect
from douane.shared_services.auditing.proving import audit_prefix, prove_row, stored_leaves
from douane.shared_services.backup_restore.backup import back_up
from douane.vocabulary.errors import Damaged, DeclarationFault, DouaneError, NotFound, ProofFailed
from douane.vocabulary.time import Instant, to_iso
from tests.contracts import toy
from tests.contracts.test_backup import bring_back, content, source_of
from tests.contracts.toy import view

YEARS = 4 * 366 * DAY
KEY = SealingKey(bytes(range(32, 64)))


def mover(node: toy.Node, folder: Path, policy: Policy = Policy(), command: Any = None) -> Mover:  # noqa: B008 - frozen
    async def perform(retire: Retire) -> None:
        node.run(commands=(retire,))

    async def at_once(work: Any) -> str:
        return str(work())

    return Mover(
        node.store, 0, policy, folder=folder, key=KEY, clock=node.clock, ids=node.owner.ports.ids,
        command=command or perform, offload=at_once,
    )  # fmt: skip


def move(node: toy.Node, folder: Path, policy: Policy = Policy(), command: Any = None) -> Summary:  # noqa: B008 - frozen
    return asyncio.run(mover(node, folder, policy, command).run())


def whole(node: toy.Node, folder: Path) -> ArchivedReader:
    return ArchivedReader(node.store, Archive.of_folder(folder, KEY))


def lived(node: toy.Node, *numbers: int, collected: bool = True) -> list[Receipt]:
    """Orders that were placed, answered, collected and closed."""
    receipts = [r for r in node.run(*(placing(node, n) for n in numbers)) if isinstance(r, Receipt)]
    if collected:
        prefix = keys.INBOX + keys.u16(0) + keys.text("T1")
        waiting = [int.from_bytes(k[-8:], "big") for k, _ in node.store.scan(prefix, keys.after(prefix), 1_000)]
        node.run(commands=tuple(Acknowledge("T1", p, node.clock.at) for p in waiting))
    node.clock.at += 20 * SECOND
    node.owner.next_timer = 0
    node.run()
    return receipts


def placing(node: toy.Node, number: int) -> Any:
    return node.envelope("orders.place", toy.Order(f"O{number}", "A", 1), id=f"m-{number}")


def positions(reader: Reader, log: Log) -> list[int]:
    return [p for p, _ in reader.scan_log(log, 0, 1 << 62, 10_000)]


def sound(reader: Reader) -> bool:
    key = toy.SIGNER.key
    found = list(inspect(reader.read, key.name, key, prefix=audit_prefix(0), leaves=stored_leaves(reader, 0)))
    assert found == []
    return True


@pytest.fixture
def old(node: toy.Node) -> toy.Node:
    """A node with orders that were over years ago, and with one of today."""
    lived(node, *range(9))
    node.clock.at += YEARS
    lived(node, 100)
    return node


def test_old_cases_leave_the_logs_and_everything_about_them_stays_provable(old: toy.Node, tmp_path: Path) -> None:
    before = {log: old.store.scan_log(log, 0, 1 << 62, 10_000) for log in Log}
    known, _ = content(old.store)
    records = {k: v for k, v in known.items() if k[:1] in (keys.RECORD, keys.ALIAS, keys.KNOWN, keys.INDEX)}
    evidence = prove_row(old.store, toy.SIGNER.key, Log.JOURNAL, before[Log.JOURNAL][1][0])
    foreseen = preview(old.store, 0, Policy(), old.clock)
    done = move(old, tmp_path)
    assert done.verdicts == foreseen.verdicts
    assert done.moved == done.verdicts.total() > 40
    assert sum(done.segments.values()) == done.moved
    left = {log: positions(old.store, log) for log in MOVABLE}
    assert len(left[Log.JOURNAL]) < len(before[Log.JOURNAL]) / 4
    assert len(left[Log.SENT]) == 1
    reader = whole(old, tmp_path)
    for log in MOVABLE:
        assert reader.scan_log(log, 0, 1 << 50, 10_000)[: len(before[log])] == before[log]
        assert reader.read_log(log, [p for p, _ in before[log]]) == [raw for _, raw in before[log]]
    assert sound(reader)
    with pytest.raises(ProofFailed, match="No row is stored"):
        list(stored_leaves(old.store, 0))
    later = prove_row(reader, toy.SIGNER.key, Log.JOURNAL, before[Log.JOURNAL][1][0])
    assert (later.record, later.index, later.opening) == (evidence.record, evidence.index, evidence.opening)
    now, _ = content(old.store)
    assert {k: now.get(k) for k in records} == records


def test_the_node_goes_on_and_knows_what_it_had_taken(old: toy.Node, tmp_path: Path) -> None:
    first = placing(old, 3)
    (original,) = old.run(first)
    done = move(old, tmp_path)
    assert done.moved
    old.begin()
    assert old.run(first) == [original]
    assert isinstance(original, Receipt)
    order = view(old).get(toy.OrderRecord, original.subject)
    assert order is not None
    assert order.state == "closed"
    name = segment_of(old.store, Log.JOURNAL, original.position)
    assert name in done.segments
    with pytest.raises(LookupError, match=f"archived in segment {name}"):
        old.owner.journal_row(original.position)
    (tmp_path / f"{name}.segment").rename(tmp_path / "gone")
    with pytest.raises(NotFound, match=f"archived in segment {name}"):
        whole(old, tmp_path).read_log(Log.JOURNAL, [original.position])


def test_what_is_not_over_stays_and_leaves_when_it_is(node: toy.Node, tmp_path: Path) -> None:
    lived(node, 1, 2)
    lived(node, 3, collected=False)
    (poisoned,) = node.run(node.envelope("orders.place", toy.Order("bad", "A", 666)))
    assert isinstance(poisoned, Receipt)
    node.clock.at += YEARS
    lived(node, 100, collected=False)
    hold = LegalHold("inquiry 7", "customs investigation", ("A", "B"), references=frozenset({"O2"}))
    done = move(node, tmp_path, Policy(holds=(hold,)))
    assert done.verdicts["held: inquiry 7"] > 2
    assert done.verdicts[NOT_DELIVERED] == 1
    assert done.verdicts["set aside"] == 1
    behind = {log: set(left_behind(node.store, 0, log)) for log in MOVABLE}
    assert poisoned.position in behind[Log.JOURNAL]
    assert sum(map(len, behind.values())) == done.verdicts.total() - done.moved
    assert sound(whole(node, tmp_path))
    prefix = keys.INBOX + keys.u16(0) + keys.text("T1")
    waiting = [int.from_bytes(k[-8:], "big") for k, _ in node.store.scan(prefix, keys.after(prefix), 100)]
    node.run(commands=tuple(Acknowledge("T1", p, node.clock.at) for p in waiting))
    again = move(node, tmp_path)
    assert again.moved == sum(map(len, behind.values())) - 1
    assert set(left_behind(node.store, 0, Log.JOURNAL)) == {poisoned.position}
    for position in behind[Log.JOURNAL] - {poisoned.position}:
        assert segment_of(node.store, Log.JOURNAL, position) in again.segments
    assert segment_of(node.store, Log.JOURNAL, poisoned.position) == ""
    assert sound(whole(node, tmp_path))
    assert move(node, tmp_path).moved == 0


def test_a_case_whose_procedure_goes_on_stays_however_old_it_is(node: toy.Node, tmp_path: Path) -> None:
    node.run(placing(node, 1))
    node.clock.at += YEARS
    done = move(node, tmp_path)
    assert done.verdicts["its procedure goes on"] == 2
    assert done.moved == 2  # the account was opened, and asked: messages of a case without a procedure


def test_intake_goes_on_between_the_parts(old: toy.Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "PART", 5)
    taken: list[Receipt | DouaneError] = []

    async def busy(retire: Retire) -> None:
        taken.extend(old.run(placing(old, 200 + len(taken)), commands=(retire,)))
        assert len(retire.took) <= 5

    done = move(old, tmp_path, command=busy)
    assert done.moved > 40
    assert len(taken) > 8
    assert all(isinstance(r, Receipt) for r in taken)
    assert sound(whole(old, tmp_path))


def test_a_run_that_is_cut_off_anywhere_loses_nothing_and_is_finished_by_the_next(
    node: toy.Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "PART", 4)
    monkeypatch.setattr(moving, "BYTES", 2_000)
    lived(node, *range(6))
    node.clock.at += YEARS
    before = {log: node.store.scan_log(log, 0, 1 << 62, 10_000) for log in MOVABLE}
    cuts = 0
    for allowed in range(100):
        left = [allowed % 4]

        async def dying(retire: Retire, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
            node.run(commands=(retire,))

        try:
            move(node, tmp_path, command=dying)
        except KeyboardInterrupt:
            cuts += 1
        else:
            break
        node.begin()
        reader = whole(node, tmp_path)
        for log in MOVABLE:
            assert reader.scan_log(log, 0, 1 << 50, 10_000)[: len(before[log])] == before[log]
    assert cuts > 3
    assert sound(whole(node, tmp_path))
    assert reaches_of(node.store, 0).journal >= len(before[Log.JOURNAL])


def test_backups_before_and_after_come_back_with_the_archive(node: toy.Node, tmp_path: Path) -> None:
    lived(node, *range(6))
    backups, folder = tmp_path / "backups", tmp_path / "archive"
    first = back_up(source_of(node.store), backups, KEY)
    node.clock.at += YEARS
    lived(node, 100)
    done = move(node, folder)
    assert done.moved
    source = source_of(node.store, archive={p.name: p for p in folder.iterdir()})
    source = dataclasses.replace(source, files={**source.files, ARCHIVE_KEY: KEY.line().encode()})
    second = back_up(source, backups, KEY, previous=first, incremental=True)
    assert len(second.archive) == len(done.segments)
    store = toy_store()
    bring_back(backups / second.id, store, key=KEY)
    assert content(store) == content(node.store)
    kept = second.archive[0]
    path = backups / kept.set / kept.name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(bytes(data))
    with pytest.raises(Damaged, match=kept.name):
        bring_back(backups / second.id, toy_store(), key=KEY)


def toy_store() -> Any:
    from douane.backends.memory.backend import MemoryStore

    return MemoryStore()


# --- rules


@pytest.mark.parametrize(
    ("trigger", "years", "over"),
    [
        ("2024-01-01", 3, "2028-01-01"),
        ("2024-12-31", 3, "2028-01-01"),
        ("2024-02-29", 5, "2030-01-01"),
        ("2025-01-01", 10, "2036-01-01"),
    ],
)
def test_a_period_ends_with_a_year(trigger: str, years: int, over: str) -> None:
    from datetime import date

    from douane.vocabulary.time import start_of

    rule = Rule("*", Trigger.ENDED, years, "UCC art. 51")
    assert to_iso(rule.over(start_of(date.fromisoformat(trigger))))[:10] == over
    assert to_iso(rule.over(Instant(start_of(date.fromisoformat(trigger)) + DAY - 1)))[:10] == over


def test_a_policy_names_its_rules_and_holds(node: toy.Node, tmp_path: Path) -> None:
    policy = read_policy(
        """
        [[rule]]
        class = "orders"
        trigger = "ended"
        years = 7
        legal = "national law"
        [[hold]]
        name = "inquiry"
        reason = "investigation"
        approved = ["A", "B"]
        parties = ["T9"]
        """
    )
    assert policy.rule("orders").years == 7
    assert policy.rule("accounts").years == 3
    lived(node, 1)
    node.clock.at += YEARS
    done = move(node, tmp_path, policy)
    assert done.moved == 0 or done.verdicts[MAY] < done.verdicts.total()
    assert any(why.startswith("until 20") for why in done.verdicts) or not done.verdicts


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('[[rule]]\nclass="x"\nyears=2\nlegal="none"', "keeps 2 years"),
        ('[[rule]]\nclass="x"\nyears="many"\nlegal="none"', "cannot be read"),
        ("[[rule]]\nyears=3", "cannot be read"),
        ('[[hold]]\nname="h"\nreason="r"\napproved=["A","A"]\nparties=["P"]', "two people"),
        ('[[hold]]\nname="h"\nreason="r"\napproved=["A","B"]', "holds nothing"),
        ("[[", "cannot be read"),
    ],
)  # fmt: skip
def test_a_policy_that_says_too_little_is_refused(text: str, wrong: str) -> None:
    with pytest.raises(DeclarationFault, match=wrong):
        read_policy(text)


def test_rows_of_the_archive_are_what_the_codecs_wrote(old: toy.Node, tmp_path: Path) -> None:
    done = move(old, tmp_path)
    archive = Archive.of_folder(tmp_path, KEY)
    for name in done.segments:
        for raw in archive.rows(name).values():
            again = SENT.write(SENT.read(raw)) if "-sent-" in name else JOURNAL.write(JOURNAL.read(raw))
            assert again == raw
