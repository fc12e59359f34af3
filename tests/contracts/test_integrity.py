"""Whatever is changed in a store that a leaf commits to is found and named, by everything that claims to look."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import apsw
import msgspec
import psycopg
import pytest
import zstandard

from douane.backends.files.backend import FilesStore
from douane.backends.memory.backend import MemoryStore
from douane.backends.postgresql.backend import PostgresqlStore
from douane.backends.sqlite.backend import SqliteStore
from douane.model.caller import of_the_core
from douane.runtime.core.commands import Acknowledge
from douane.runtime.core.tick import Tick
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.store import keys
from douane.runtime.store.envelope import (
    DELIVERY,
    JOURNAL,
    REFUSAL,
    SENT,
    Arrival,
    JournalRow,
    Receipt,
    RowKind,
    Sealed,
    SentKind,
    SentRow,
    known_row,
    receipt_of,
)
from douane.runtime.store.origin import Attachment, Content, Media, Origin, digest_of
from douane.runtime.store.ports import Batch, Log, Reader, Store
from douane.runtime.store.transmission import Carried, WireForm, kept
from douane.runtime.store.values import Stored
from douane.shared_services.archiving.key import SealingKey
from douane.shared_services.archiving.moving import SUFFIX
from douane.shared_services.archiving.segment import Sealer, Table
from douane.shared_services.auditing.inspection import Finding
from douane.shared_services.auditing.octets import Octets
from douane.shared_services.auditing.port import AuditPort
from douane.shared_services.auditing.proving import audit_prefix, prove_row
from douane.shared_services.auditing.walking import Walk, place
from douane.shared_services.backup_restore.backup import back_up
from douane.shared_services.payloads.files import FilePayloads
from douane.vocabulary.errors import Damaged, DouaneError, ProofFailed
from tests.callers import admitted, trader, who
from tests.contracts import toy, virtual
from tests.contracts.changed import Touched, mutations
from tests.contracts.test_backup import bring_back, source_of
from tests.contracts.test_lanes import Partner, carried, leave, waiting
from tests.contracts.test_partitions import PARTITIONS, Several, named
from tests.contracts.test_retention import KEY, lived, move, whole

BACKUP_KEY = SealingKey(bytes(range(32)))
FORMS: dict[Log, Stored[Any]] = {Log.JOURNAL: JOURNAL, Log.SENT: SENT, Log.REFUSAL: REFUSAL}
BODY = b"<CC015C>" + b"a declaration of many goods " * 40 + b"</CC015C>"


@dataclass
class Scene:
    """A node that holds a row of every sort."""

    node: toy.Node
    payloads: FilePayloads
    folder: Path
    trust: dict[str, bytes]

    def octets(self) -> Octets:
        return Octets(self.payloads, lambda digest: self.trust.get(digest, b""))

    def rows(self, log: Log) -> list[tuple[int, Any]]:
        return [(p, FORMS[log].read(raw)) for p, raw in self.node.store.scan_log(log, 0, 1 << 62, 10_000)]

    def found(self, reader: Reader | None = None, **options: Any) -> list[Finding]:
        """What an inspection of all of it finds."""
        return list(Walk(0, toy.SIGNER.key, self.octets(), **options).slice(reader or self.node.store))


@pytest.fixture
def scene(store: Store, tmp_path: Path) -> Scene:
    node = toy.Node(store)
    payloads = FilePayloads(tmp_path / "payloads", toy.Ids().random)
    files = {sha256(each).hexdigest(): each for each in (b"root", b"list of revocations")}
    listed = ("douane.trust.1\n" + "".join(f"root {digest}\n" for digest in files)).encode()
    trust = sha256(listed).hexdigest()
    draft = payloads.draft()
    draft.write(b"a scanned invoice")
    scan = draft.publish()
    node.run(node.envelope("accounts.open", toy.Open("A", 100)))
    node.run(*(node.envelope("orders.place", toy.Order(f"O{n}", "A", 1), id=f"m-{n}") for n in range(3)))
    attached = (Attachment("scan.txt", "text/plain", scan.digest, scan.size),)
    form = WireForm((("method", "POST"),), b"an envelope around " + BODY, "", (b"certificate",), "token", b"key")
    sender = trader("T1")
    relayed = admitted(
        sender, "Passed", BODY, id="r-1", administration="DE", kind=RowKind.RELAY, relay_to="NTA.DE", received=5,
        media=Media.FAMILY, attachments=attached, transmission=kept(form, "rest", trust, BODY), about="26DE1",
        certificates=form.certificates, correlation="c",
    )  # fmt: skip
    stored = WireForm((), b"", scan.digest)
    broken = admitted(
        sender, "", BODY[:-9], id="b-1!x", kind=RowKind.UNREADABLE, media=Media.FAMILY, received=6,
        faults=(("/CC015C", "12", "R1", "v", "It is cut off.", 1, 2),), transmission=kept(stored, "as4", "", BODY[:-9]),
    )  # fmt: skip
    denied = admitted(
        who("T2", "untrusted"), "orders.place", b"{}", id="d-1", received=7, faults=(("", "14", "", "", "No.", 0, 0),)
    )
    Tick(node.owner).run([Arrival(relayed), Arrival(broken), Arrival(denied)])
    inbox = keys.space(keys.INBOX, 0) + keys.text("T1")
    first = int.from_bytes(store.scan(inbox, keys.after(inbox), 1)[0][0][-8:], "big")
    receipt = Carried(WireForm((("to", "T1"),), b"what went out", "", (b"theirs",)), b"<Receipt/>" * 60)
    node.run(commands=(Acknowledge("T1", first, 9, "as4", receipt),))
    return Scene(node, payloads, tmp_path, files | {trust: listed})


def test_a_sound_store_has_no_finding_and_holds_a_row_of_every_sort(scene: Scene) -> None:
    assert scene.found() == []
    kinds = {row.kind for _, row in scene.rows(Log.JOURNAL)}
    assert kinds >= {RowKind.MESSAGE, RowKind.ANSWER, RowKind.RELAY, RowKind.UNREADABLE, RowKind.CARRIED}
    assert {row.kind.value for _, row in scene.rows(Log.SENT)} >= {"message", "relay"}
    assert len(scene.rows(Log.REFUSAL)) == 1


def _changes(scene: Scene) -> Iterator[tuple[Log, int, str, bytes]]:
    """Every row with every field changed, of what a leaf commits to."""
    for log, form in FORMS.items():
        seen: set[Any] = set()
        for position, row in scene.rows(log):
            kind = getattr(row, "kind", "")
            if kind in seen:
                continue
            seen.add(kind)
            for path, changed in mutations(row):
                yield log, position, path, form.write(changed)


def test_every_field_of_every_stored_form_that_is_changed_is_found(scene: Scene) -> None:
    snapshot, paths = scene.node.store.snapshot(), set()
    for log, position, path, raw in _changes(scene):
        paths.add(f"{log.name.lower()}.{path}")
        touched = Touched(snapshot, {(log, position): raw})
        found = scene.found(touched)
        where = place(log, position)
        assert where in [each.where for each in found], f"{where} {path}: {found}"
        with pytest.raises((ProofFailed, DouaneError)):
            prove_row(touched, toy.SIGNER.key, log, position, octets=scene.octets())
    assert len(paths) > 120
    for needed in (
        "journal.origin.caller.party.identifier", "journal.origin.caller.strength", "journal.reply_to",
        "journal.content.attachments.0.name", "journal.content.codec", "journal.transmission.token", "journal.steps",
        "journal.sealed", "journal.faults.0.1", "sent.origin.caller.id", "sent.sequence", "sent.content.body",
        "refusal.turned_away",
    ):  # fmt: skip
        assert needed in paths


def _bodies(row: Any) -> Iterator[Any]:
    """The row with another body: as long, longer, packed anew, with something behind its end."""
    plain = row.content.octets
    for other in (plain[:-1] + b"?", plain + b" ", BODY.replace(b"goods", b"drugs"), b""):
        if other != plain:
            content = msgspec.structs.replace(row.content, body=other, codec=0)
            yield msgspec.structs.replace(row, content=content.packed())
    if row.content.codec:
        hidden = row.content.body + zstandard.compress(b"hidden")
        yield msgspec.structs.replace(row, content=msgspec.structs.replace(row.content, body=hidden))


def test_a_body_that_is_rewritten_and_packed_anew_is_found_and_its_field_named(scene: Scene) -> None:
    for log in (Log.JOURNAL, Log.SENT):
        for position, row in scene.rows(log):
            for other in _bodies(row):
                found = scene.found(Touched(scene.node.store, {(log, position): FORMS[log].write(other)}))
                where = place(log, position)
                assert any(each.where == where and each.field == "content.body" for each in found), (where, found)


def test_what_two_rows_have_exchanged_is_found(scene: Scene) -> None:
    """Whole rows at each other's place, and single fields."""
    for log, form in FORMS.items():
        rows = scene.rows(log)
        for (one, first), (two, second) in itertools.pairwise(rows):
            swapped = {(log, one): form.write(second), (log, two): form.write(first)}
            touched = Touched(scene.node.store, swapped)
            named = {each.where for each in scene.found(touched)}
            assert {place(log, one), place(log, two)} & named, (one, two)
            for position in (one, two):
                with pytest.raises(ProofFailed):
                    prove_row(touched, toy.SIGNER.key, log, position, octets=scene.octets())
            for field in first.__struct_fields__:
                a, b = getattr(first, field), getattr(second, field)
                if a != b:
                    rows_ = {
                        (log, one): form.write(msgspec.structs.replace(first, **{field: b})),
                        (log, two): form.write(msgspec.structs.replace(second, **{field: a})),
                    }
                    named = {each.where for each in scene.found(Touched(scene.node.store, rows_))}
                    assert {place(log, one), place(log, two)} & named, (field, one, two)


def test_rows_far_apart_that_changed_places_are_named_and_no_other(scene: Scene) -> None:
    rows = scene.rows(Log.JOURNAL)
    (one, first), (two, second) = rows[2], rows[-3]
    swapped = {(Log.JOURNAL, one): JOURNAL.write(second), (Log.JOURNAL, two): JOURNAL.write(first)}
    assert {each.where for each in scene.found(Touched(scene.node.store, swapped))} == {
        place(Log.JOURNAL, one), place(Log.JOURNAL, two)
    }  # fmt: skip


def test_a_row_that_is_gone_or_not_readable_is_found(scene: Scene) -> None:
    for log in Log:
        for position, row in scene.rows(log):
            for raw in (None, b"", b"\0" * 9, FORMS[log].write(row)[:-1], b"x" * 30):
                assert scene.found(Touched(scene.node.store, {(log, position): raw})), (log, position, raw)


def test_payloads_certificates_and_lists_of_trust_are_looked_at(scene: Scene) -> None:
    for digest in list(scene.trust):
        for content in (b"", scene.trust[digest] + b"\n"):
            whole = dict(scene.trust)
            scene.trust[digest] = content
            assert "trust" in {each.field for each in scene.found()}
            scene.trust = whole
    for key, _ in scene.node.store.scan(keys.CERTIFICATE, keys.after(keys.CERTIFICATE), 10):
        for raw in (None, b"another"):
            touched = Touched(scene.node.store, entries={key: raw})
            assert {each.field for each in scene.found(touched)} == {"certificates"}
    (path,) = (each.path for each in scene.payloads.published())
    path.write_bytes(b"a scanned invoicE")
    assert {each.field for each in scene.found()} == {"content.attachments"}
    path.unlink()
    assert {each.field for each in scene.found()} == {"content.attachments"}


def test_what_no_leaf_commits_to_is_compared_with_the_rows(scene: Scene) -> None:
    """An entry that was taken away, put under another name or made up."""
    store = scene.node.store
    for space, field in ((keys.KNOWN, "known id"), (keys.INBOX, "inbox"), (keys.LANE, "lane")):
        for key, raw in store.scan(keys.space(space, 0), keys.after(keys.space(space, 0)), 100):
            other = key[:3] + b"X" + key[3:]
            for entries in ({key: None}, {other: raw}, {key: None, other: raw}):
                assert field in {each.field for each in scene.found(Touched(store, entries=entries))}
    key, raw = store.scan(keys.KNOWN, keys.after(keys.KNOWN), 1)[0]
    for path, changed in mutations(receipt_of(raw)):
        if path.partition(".")[0] not in ("promise", "promised", "place", "answer", "wire", "conversation"):
            assert scene.found(Touched(store, entries={key: known_row(changed)})), path


def test_slices_of_any_length_find_what_one_walk_finds(scene: Scene) -> None:
    position, row = scene.rows(Log.SENT)[1]
    touched = Touched(scene.node.store, {(Log.SENT, position): SENT.write(next(_bodies(row)))})
    walk, slices, found, size = Walk(0, toy.SIGNER.key, scene.octets()), 0, [], scene.node.owner.state.leaf
    while not walk.done:
        found += list(walk.slice(touched, lambda: True))
        slices += 1
        if slices < 3:
            scene.node.run(scene.node.envelope("orders.place", toy.Order(f"L{slices}", "A", 1)))
    assert slices > 3
    assert [(each.where, each.field) for each in found] == [(place(Log.SENT, position), "content.body")]
    assert walk.at == size < scene.node.owner.state.leaf


def test_an_inspection_may_begin_at_any_leaf(scene: Scene) -> None:
    size = scene.node.owner.state.leaf
    for first in range(size):
        assert scene.found(first=first) == []
    position, row = scene.rows(Log.JOURNAL)[3]
    touched = Touched(scene.node.store, {(Log.JOURNAL, position): JOURNAL.write(next(_bodies(row)))})
    assert [bool(scene.found(touched, first=first)) for first in range(size)] == [
        first < row.leaf for first in range(size)
    ]


# --- in the store itself, in backups, in the archive


def rewrite(store: Any, log: Log, position: int, raw: bytes) -> None:
    """Change a row as whoever may write the files or tables of a store."""
    match store:
        case MemoryStore():
            store._logs[log][position] = raw
        case SqliteStore():
            db = apsw.Connection(store.path)
            db.execute(f"update log{log.value} set value=? where position=?", (raw, position))
            db.close()
        case FilesStore():
            file = store._file(keys.position_partition(position))
            assert file is not None
            rewrite(file, log, position, raw)
        case PostgresqlStore():
            with psycopg.connect(store.address) as pg:
                pg.execute(f"update douane.log{log.value} set value=%s where position=%s", (raw, position))


def test_a_store_whose_rows_were_rewritten_passes_nowhere(scene: Scene, tmp_path: Path) -> None:
    """The body of a message and of an answer, in the store itself: inspection, proof, backup and restore."""
    store = scene.node.store
    for log in (Log.JOURNAL, Log.SENT):
        position, row = scene.rows(log)[1]
        whole = FORMS[log].write(row)
        rewrite(store, log, position, FORMS[log].write(next(_bodies(row))))
        assert [each.where for each in scene.found(store.snapshot())] == [place(log, position)]
        with pytest.raises(ProofFailed, match="body"):
            prove_row(store, toy.SIGNER.key, log, position)
        manifest = back_up(source_of(store), tmp_path / log.name, BACKUP_KEY)
        with pytest.raises(Damaged, match=f"{position:x} .content.body.: The body"):
            bring_back(tmp_path / log.name / manifest.id, MemoryStore(), key=BACKUP_KEY)
        rewrite(store, log, position, whole)
    assert scene.found() == []


def test_rows_in_a_segment_of_the_archive_are_looked_at_as_those_in_the_store(node: toy.Node, tmp_path: Path) -> None:
    """Whoever holds the key of the archive may seal another row in it: the log tells."""
    lived(node, *range(4))
    node.clock.at += 20 * 366 * 86_400 * 1_000_000
    done = move(node, tmp_path)
    reader = whole(node, tmp_path)
    assert list(Walk(0, toy.SIGNER.key).slice(reader, live=node.store)) == []
    for name in done.segments:
        path = tmp_path / f"{name}{SUFFIX}"
        sealed, sealer = path.read_bytes(), Sealer(KEY, name)
        opened = sealer.open(sealed, name)
        log = Log[Table(opened.header.table).name]
        position, raw = opened.rows[1]
        assert isinstance(position, int)
        row = FORMS[log].read(raw)
        for other in (next(_bodies(row)), *itertools.islice((each for _, each in mutations(row)), 3)):
            rows = [opened.rows[0], (position, FORMS[log].write(other)), *opened.rows[2:]]
            path.write_bytes(sealer.seal(1, Table(opened.header.table), sealer.content_of(rows)[0]))
            found = list(Walk(0, toy.SIGNER.key).slice(whole(node, tmp_path), live=node.store))
            assert place(log, position) in {each.where for each in found}
            with pytest.raises(ProofFailed):
                prove_row(whole(node, tmp_path), toy.SIGNER.key, log, position)
        path.write_bytes(sealed)


def test_an_inbox_hands_out_nothing_that_was_rewritten(scene: Scene) -> None:
    """What stands before it is handed out; then the operator has to look."""
    before, _ = Inbox(scene.node.store, [0]).read("T1")
    assert len(before) > 1
    position = before[1].position
    changed = SENT.write(next(_bodies(before[1].row)))
    inbox = Inbox(Touched(scene.node.store, {(Log.SENT, position): changed}), [0])
    given, cursor = inbox.read("T1")
    assert [item.position for item in given] == [before[0].position]
    with pytest.raises(Damaged, match=f"{position:x}"):
        inbox.read("T1", cursor)


def test_a_lane_carries_nothing_that_was_rewritten() -> None:
    """It waits with its reason, and what follows it waits behind."""

    async def journey() -> None:
        node, store = waiting()
        leave(store, node.owners[0], "rest:a", "rest:a", "rest:a")
        row = SENT.read(store.read_log(Log.SENT, [2])[0] or b"")
        rewrite(store, Log.SENT, 2, SENT.write(next(_bodies(row))))
        partner = Partner()
        async with carried(node, store, partner):
            await asyncio.sleep(5)
        assert partner.taken == ["1"]
        (raw,) = store.read([keys.REPORT + keys.u16(0) + keys.u64(2)])
        assert raw is not None
        assert "audit inspect" in DELIVERY.read(raw).reason

    virtual.run(journey())


def test_what_partitions_of_a_node_send_each_other_fits(store: Store) -> None:
    """Nothing is found in partitions that work together, and what was rewritten on its way is."""

    async def journey() -> None:
        node = Several(store)
        node.node.start()
        await node.send("accounts.open", toy.Open(named("account", 0), 100))
        for partition in PARTITIONS:
            await node.send("orders.place", toy.Order(named("order", partition), named("account", 0), 1))
        await node.settle()
        await node.node.stop()

    asyncio.run(journey())
    for partition in PARTITIONS:
        assert list(Walk(partition, toy.SIGNER.key).slice(store)) == []
    transfers = [(p, SENT.read(raw)) for p, raw in store.scan_log(Log.SENT, 0, 1 << 62, 1_000)]
    position, row = next((p, row) for p, row in transfers if row.kind is SentKind.TRANSFER)
    touched = Touched(store, {(Log.SENT, position): SENT.write(next(_bodies(row)))})
    found = list(Walk(position >> 48, toy.SIGNER.key).slice(touched))
    assert [(each.where, each.field) for each in found] == [(place(Log.SENT, position), "content.body")]


# --- what release 0.1 wrote


def test_rows_of_release_0_1_are_looked_at_as_far_as_their_leaf_commits() -> None:
    """Internal messages had no digest, and what was passed on said nothing of its attachments."""
    store, clock = MemoryStore(), 5
    port = AuditPort(toy.SIGNER, audit_prefix(0), store)
    attached = (Attachment("scan.txt", "text/plain", "00" * 32, 3),)
    came = Origin(trader("T1"), "m-1", clock, "speed2", "rest")
    outside = JournalRow(
        RowKind.RELAY, 7, "Passed", "DE", came, Content(Media.FAMILY, BODY, digest_of(BODY, attached), attached),
        bytes(16), 1, relay_to="NTA.DE", sealed=Sealed.FORMER,
    )  # fmt: skip
    inside = JournalRow(
        RowKind.MESSAGE, 7, "orders.place", "XX", Origin(of_the_core("XX"), "Order", clock),
        Content(Media.VALUE, b"kept", b""), bytes(16), 2, sealed=Sealed.FORMER,
    )  # fmt: skip
    passed = SentRow(
        SentKind.RELAY, 7, "NTA.DE", "Passed", "m-1", "", Content(Media.FAMILY, BODY, outside.content.digest), clock,
        bytes(16), 3, 1, "DE", sealed=Sealed.FORMER, origin=came,
    )  # fmt: skip
    leaves = [port.journal_leaf(outside), port.journal_leaf(inside), port.sent_leaf(passed)]
    batch = Batch()
    batch.append(Log.JOURNAL, 1, JOURNAL.write(outside))
    batch.append(Log.JOURNAL, 2, JOURNAL.write(inside))
    batch.append(Log.SENT, 1, SENT.write(passed))
    batch.put.update(port.extend(leaves, clock))
    for mark, number in ((b"j", 1), (b"j", 2), (b"s", 1)):
        batch.put[keys.SUBJECT + keys.u16(0) + keys.u64(7) + mark + keys.u64(number)] = b""
    batch.put[keys.known_key(0, "T1", "m-1")] = known_row(
        Receipt("m-1", 1, 7, clock, outside.content.digest, leaves[0], 1)
    )
    batch.put[keys.INBOX + keys.u16(0) + keys.text("NTA.DE") + keys.u64(1)] = b""
    store.apply(batch, 0, store.take(0))
    assert list(Walk(0, toy.SIGNER.key).slice(store)) == []
    for log, position, row in ((Log.JOURNAL, 1, outside), (Log.JOURNAL, 2, inside), (Log.SENT, 1, passed)):
        content = msgspec.structs.replace(row.content, body=row.content.body + b"?")
        touched = Touched(store, {(log, position): FORMS[log].write(msgspec.structs.replace(row, content=content))})
        assert place(log, position) in {each.where for each in Walk(0, toy.SIGNER.key).slice(touched)}
        with pytest.raises(ProofFailed):
            prove_row(touched, toy.SIGNER.key, log, position)
        for path, changed in mutations(row):
            if path in ("sealed", "subject", "origin.id", "origin.received", "salt", "leaf", "content.digest", "type"):
                touched = Touched(store, {(log, position): FORMS[log].write(changed)})
                found = {each.where for each in Walk(0, toy.SIGNER.key).slice(touched)}
                known = log is Log.SENT and path.startswith("origin.")  # its leaf did not commit to that
                assert known or place(log, position) in found, path
