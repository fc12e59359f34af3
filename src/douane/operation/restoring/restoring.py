"""Restoring a node from a backup, and the drill that does so beside a working one; what is found and measured."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import msgspec

from douane.assembly.core import Core, make_core
from douane.configuration import discovery
from douane.configuration.payloads import payload_store
from douane.configuration.ports import SystemClock
from douane.configuration.retaining import ARCHIVE_FOLDER
from douane.configuration.settings import NodeSettings, read_settings, settings_text
from douane.examination.inspecting import octets_of
from douane.operation.restoring.backups import SETTINGS_FILE, take_backup
from douane.runtime.core.commands import Vanish
from douane.runtime.replication.reading import Source
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, Arrival, Envelope, JournalRow, RowKind
from douane.runtime.store.origin import Content
from douane.runtime.store.ports import SECOND, Instant, Log, Reader
from douane.runtime.store.records import kinds
from douane.shared_services.archiving.files import make_folder, write_durably
from douane.shared_services.archiving.key import SealingKey
from douane.shared_services.archiving.segment import Table
from douane.shared_services.auditing.log import tile_reader
from douane.shared_services.auditing.proving import audit_prefix
from douane.shared_services.backup_restore.deletions import Deletions, heads, read_deletions
from douane.shared_services.backup_restore.holding import announce
from douane.shared_services.backup_restore.manifest import Manifest, finished, read_manifest
from douane.shared_services.backup_restore.payloads import bring_back
from douane.shared_services.backup_restore.restore import Loader, Restored, log_key_of
from douane.shared_services.backup_restore.verification import (
    Comparison,
    Seen,
    Segments,
    Verdict,
    compare,
    open_backup,
    seen_in,
)
from douane.standards.transparency_log.note import Key, Signer
from douane.supervision.operating.lock import DataLock
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.errors import Damaged, NotFound, OurFault, ProofFailed, StoreUnavailable

SENT_AGAIN: Final = 20
AT_ONCE: Final = 500
"""Deletions that are done again in one commit."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to restore and where: a backup's folder, its key, a new data folder and an empty store (default: SQLite).

    trusted: the log key that must have signed; without it the key sealed in the backup itself. seen: checkpoints kept
    elsewhere. lost_at: when the node was lost (default: now). unproven: accept checkpoints that nothing proves.
    """

    backup: Path
    key: SealingKey
    data: Path
    store: str = ""
    trusted: Key | None = None
    seen: tuple[Seen, ...] = ()
    lost_at: Instant = 0
    unproven: bool = False


class Missing(msgspec.Struct, frozen=True):
    """What the lost node had and the restored one has not: audit leaves, and positions where a manifest knows them."""

    partition: int
    first_leaf: int
    last_leaf: int
    seen_in: str
    journal: tuple[int, int] | None = None
    sent: tuple[int, int] | None = None


class Report(msgspec.Struct, frozen=True):
    """What a restore found and measured. Times in microseconds since 1970 (UTC), durations in seconds."""

    backup: str
    node: str
    data: str
    counts: dict[str, int]
    checkpoints: tuple[str, ...]
    missing: tuple[Missing, ...]
    next_positions: dict[int, str]
    sent_again: int
    deleted_again: int
    last_message: Instant
    lost_at: Instant
    rpo_seconds: float | None
    rto_seconds: float
    steps: dict[str, float]


class _Watch:
    """Seconds of each step of a restore."""

    def __init__(self, clock: SystemClock) -> None:
        self.clock, self.began, self.steps = clock, clock.now(), dict[str, float]()

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure one."""
        began = self.clock.now()
        yield
        self.steps[name] = round((self.clock.now() - began) / SECOND, 3)

    def total(self) -> float:
        """Since the command began."""
        return round((self.clock.now() - self.began) / SECOND, 3)


def newest(repository: Path) -> Path:
    """The folder of the newest finished backup: of a folder of backups, or the folder itself where it is one."""
    found = finished(repository) or finished(repository.parent)
    if repository in found:
        return repository
    if not finished(repository):
        raise NotFound(f"{repository} holds no finished backup.", remedy="Name the folder that backups are kept in.")
    return found[-1]


def restore(wanted: Wanted) -> Report:
    """Verify a backup, load it into a new node, prove its audit log, and accept a first message there.

    The node is left stopped and held. Raises Damaged, WrongKey or ProofFailed before anything counts.
    """
    watch = _Watch(SystemClock())
    with watch.step("verify files"):
        segments = open_backup(wanted.backup, wanted.key, wanted.trusted)
        files = _trustworthy(segments, wanted.trusted)
        deletions = read_deletions(wanted.backup.parent, segments.manifest.key)
    settings = _settings(wanted, files)
    with _locked(settings):
        compared, restored = _load(wanted, segments, settings, watch)
    with watch.step("start and accept"):
        rto, again, gone = _first_message(settings, segments.manifest, watch, deletions)
    manifest, lost_at = segments.manifest, wanted.lost_at or watch.began
    age = round((lost_at - manifest.last_message) / SECOND, 3) if manifest.last_message else None
    return Report(
        manifest.id, manifest.node, str(settings.data), restored.counts,
        tuple(f"{c.where}: {c.verdict.value}, {c.size} leaves" for c in compared),
        tuple(_missing(wanted, manifest, compared)),
        {p: f"journal {j:x}, sent {s:x}" for p, (j, s) in restored.next_numbers.items()},
        again, gone, manifest.last_message, lost_at, age, rto, watch.steps,
    )  # fmt: skip


def _load(
    wanted: Wanted, segments: Segments, settings: NodeSettings, watch: _Watch
) -> tuple[list[Comparison], Restored]:
    store = discovery.open_store(settings.store_address)
    try:
        loader = Loader(segments, store, at=watch.began)
        with watch.step("load"):
            loader.load()
            payloads = bring_back(segments.payloads(), payload_store(settings))
        with watch.step("prove"):
            loader.inspect(octets_of(settings))
            compared = _compared(wanted, segments.manifest, store)
        for kept in segments.manifest.archive:
            make_folder(settings.data / ARCHIVE_FOLDER)
            write_durably(settings.data / ARCHIVE_FOLDER / kept.name, segments.where(kept).read_bytes())
        lost = {p.number: max((c.missing for c in compared if c.partition == p.number), default=0)
                for p in segments.manifest.partitions}  # fmt: skip
        restored = loader.finish(lost)
        return compared, replace(restored, counts=restored.counts | {Table.PAYLOAD: payloads})
    finally:
        store.close()


def _trustworthy(segments: Segments, trusted: Key | None) -> dict[str, bytes]:
    """The files of the backup; the key that signed its manifest is the one whose seed is sealed inside."""
    files, manifest = segments.files(), segments.manifest
    seed = files.get("audit.key", b"")
    own = Signer.from_seed(manifest.key.name, seed).key if len(seed) == 32 else None
    if own != manifest.key or (trusted is not None and own != trusted):
        raise Damaged(
            f"Backup {manifest.id} is signed by a key that is not the one sealed in it.",
            remedy="It was not made by this node; take another copy.",
        )
    return files


def _settings(wanted: Wanted, files: dict[str, bytes]) -> NodeSettings:
    """Write the files of the node into its new data folder; the settings it runs under there."""
    if wanted.data.exists() and any(wanted.data.iterdir()):
        raise StoreUnavailable(f"{wanted.data} is not empty.", remedy="Name a new folder; nothing was changed.")
    for name, content in files.items():
        path = wanted.data / name
        if ".." in path.parts or not path.is_relative_to(wanted.data):
            raise Damaged(f"The backup names a file outside the data folder: {name!r}.")
        make_folder(path.parent)
        write_durably(path, content)
    address = wanted.store or f"sqlite:{wanted.data / 'store' / 'node.db'}"
    settings = read_settings(wanted.data / SETTINGS_FILE, data=wanted.data, store=address)
    if settings.uplink is not None:
        settings = replace(settings, uplink=replace(settings.uplink, identity=wanted.data / "uplink"))
    if DevelopmentIdentity(settings.identity_folder).development:  # its certificates say so, and so do its settings
        settings = replace(settings, development=True)
    write_durably(wanted.data / SETTINGS_FILE, settings_text(settings, place=True).encode())
    return settings


@contextlib.contextmanager
def _locked(settings: NodeSettings) -> Iterator[None]:
    lock = DataLock(settings.data)
    try:
        yield
    finally:
        lock.release()


def _compared(wanted: Wanted, manifest: Manifest, store: Reader) -> list[Comparison]:
    """The restored log beside every checkpoint that is known; what is not proven must be accepted by name."""
    found: list[Comparison] = []
    given = set(wanted.seen)
    for at in manifest.partitions:
        if not at.checkpoint:
            continue
        log = log_key_of(manifest, at)
        seen = [*seen_in(wanted.backup.parent, at.number, manifest.key), *wanted.seen]
        compared = compare(at, log, tile_reader(store.read, prefix=audit_prefix(at.number)), seen)
        given -= {s for s in given if any(c.where == s.where for c in compared)}
        found += compared
    if given:
        where = next(iter(given)).where
        raise ProofFailed(f"{where} is a checkpoint of none of this node's logs.", remedy="Name the right file.")
    unproven = [c for c in found if c.verdict is Verdict.UNPROVEN]
    if unproven and not wanted.unproven:
        c = unproven[0]
        raise ProofFailed(
            f"{c.where} is of {c.size} leaves, the backup has {c.restored}: nothing proves that the one goes on from "
            "the other.",
            remedy="Give it with its proof (douane audit checkpoint --since), or say --accept-unproven.",
        )
    return found


def _missing(wanted: Wanted, manifest: Manifest, compared: Sequence[Comparison]) -> Iterator[Missing]:
    for at in manifest.partitions:
        lost = max((c for c in compared if c.partition == at.number and c.missing), key=lambda c: c.size, default=None)
        if lost is None:
            continue
        later = next((m for m in _later(wanted, manifest) if f"backup {m.id}" == lost.where), None)
        there = next((p for p in later.partitions if p.number == at.number), None) if later else None
        journal = (at.journal + 1, there.journal) if there and there.journal > at.journal else None
        sent = (at.sent + 1, there.sent) if there and there.sent > at.sent else None
        yield Missing(at.number, at.leaves, lost.size - 1, lost.where, journal, sent)


def _later(wanted: Wanted, manifest: Manifest) -> Iterator[Manifest]:
    for folder in finished(wanted.backup.parent):
        if folder.name > manifest.id:
            with contextlib.suppress(OurFault, NotFound):
                yield read_manifest(folder, manifest.key)


def _first_message(
    settings: NodeSettings, manifest: Manifest, watch: _Watch, deletions: Deletions | None
) -> tuple[float, int, int]:  # fmt: skip
    """Start the core and let it accept: first the record of this restore, then the newest messages once more; then
    delete what was deleted since the backup."""
    core = make_core(replace(settings, workers=1, worker=0), ended=_raise)
    try:
        text = f"restored from backup {manifest.id}, {manifest.last_message}"
        asyncio.run(announce(core.node, RowKind.RESTORED, text))
        rto = watch.total()
        again = asyncio.run(_send_again(core, manifest))
        return rto, again, asyncio.run(_delete_again(core, deletions)) if deletions is not None else 0
    finally:
        core.close()


async def _send_again(core: Core, manifest: Manifest) -> int:
    """Send the newest messages from outside once more: each must get its original receipt, and change nothing."""
    found = 0
    for at in manifest.partitions:
        end = keys.log_position(at.number, at.journal)
        for position, raw in core.store.scan_log(Log.JOURNAL, max(end - 200, end - at.journal), end, 200):
            row = JOURNAL.read(raw)
            if row.origin.platform and found < SENT_AGAIN:
                receipt = await core.node.submit(Arrival(_envelope_of(row)))
                found += 1
                if receipt.position != position or receipt.digest != row.content.digest:
                    raise Damaged(f"Message {row.id} was not known at position {position:x} when it came again.")
    return found


async def _delete_again(core: Core, deletions: Deletions) -> int:
    """Delete again what was deleted after the backup; how many entries that were."""
    places = {place: (kind, n) for kind in kinds() if kind.final is not None
              for n, each in enumerate(kind.final.views) for place in [(kind.final.name, each.name)]}  # fmt: skip
    before = {place: Source(core.store, head).state().count for place, head in heads(range(core.settings.partitions))}
    for view in deletions.views:
        found = places.get((view.data_set, view.view))
        if found is None:
            continue
        for start in range(0, len(view.gone), AT_ONCE):
            gone = {bytes.fromhex(each.identity): each.position for each in view.gone[start : start + AT_ONCE]}
            await core.node.command(Vanish(keys.log_position(view.partition, 0), *found, gone))
    return sum(before[place] - Source(core.store, head).state().count
               for place, head in heads(range(core.settings.partitions)))  # fmt: skip


def _envelope_of(row: JournalRow) -> Envelope:
    """The envelope that a journal row was made from."""
    content = Content(row.content.media, row.content.octets, row.content.digest, row.content.attachments)
    return Envelope(row.kind, row.operation, row.administration, row.origin, content)


def _raise(problem: BaseException) -> None:
    raise problem


# --- drill


@dataclass(frozen=True, slots=True)
class Drill:
    """What an exercise measured: the backup, and its restore in a folder that is gone again."""

    manifest: Manifest
    backup_seconds: float
    report: Report


def drill(settings: NodeSettings, repository: Path, key: SealingKey, scratch: Path, **options: Any) -> Drill:
    """Back a node up and restore it beside, while it works; the scratch folder is removed when all was proven."""
    clock = SystemClock()
    began = clock.now()
    manifest = take_backup(settings, repository, key)
    took = (clock.now() - began) / SECOND
    report = restore(Wanted(repository / manifest.id, key, scratch, lost_at=clock.now(), **options))
    shutil.rmtree(scratch)
    return Drill(manifest, round(took, 3), report)
