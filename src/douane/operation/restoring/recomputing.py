"""``douane audit inspect --recompute``: which entry of a state that does not fit was changed past the node.

A backup says what the node had left by then, and the sums of the state tell what the node changed itself since from
what somebody else did (``telling_apart``). Nothing is replayed, so it works whatever release handled the messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from douane.configuration import discovery
from douane.configuration.keys import log_signer
from douane.configuration.retaining import whole
from douane.configuration.settings import NodeSettings
from douane.operation.restoring.telling_entries import case_named, differs, name_of
from douane.runtime.replication.sums import PARTS
from douane.runtime.store import keys
from douane.runtime.store.ports import Reader
from douane.shared_services.archiving.key import SealingKey
from douane.shared_services.auditing.cases import Cases
from douane.shared_services.backup_restore.manifest import finished
from douane.shared_services.backup_restore.telling_apart import (
    Difference,
    Excess,
    Told,
    Verdict,
    differences,
    excess,
    excess_of_backup,
    part_named,
    parts_of_cases,
    rows_of,
    told_apart,
)
from douane.shared_services.backup_restore.verification import Segments, open_backup
from douane.vocabulary.errors import NotFound

ALL: Final = "all"
"""Stands for every part that does not fit."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that differs, in words. others: that it belongs to another case than the one that was asked for."""

    partition: int
    part: str
    verdict: Verdict
    what: str
    case: str
    differs: str
    handled: bool
    others: bool = False


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What was found, against which backup. changed: what was changed past the node, or may have been; right: how many
    entries the node changed itself; unproven: the parts of which it is not proven, and why."""

    backup: str
    changed: tuple[Entry, ...]
    right: int
    unproven: tuple[str, ...]


def recompute(settings: NodeSettings, what: str, repository: Path, key: SealingKey) -> Recomputed:
    """Look at the entries of a case, of a part as inspection names it, or of all. repository: a folder of backups, of
    which the newest counts that holds what the node left.

    Raises NotFound for a case that nobody knows, and where no backup holds that.
    """
    discovery.behaviour()  # it knows the records
    with discovery.reading(settings.store_address) as live:
        reader = whole(settings, live)
        return _Recomputing(settings, reader, repository, key).look(what)


@dataclass(frozen=True, slots=True)
class _Recomputing:
    settings: NodeSettings
    reader: Reader
    repository: Path
    key: SealingKey

    def look(self, what: str) -> Recomputed:
        """What differs of the entries meant."""
        known = {partition: self._excess(partition) for partition in range(self.settings.partitions)}
        segments = self._backup({p for p, found in known.items() if found != {}})
        cases = self._cases(what, segments)
        wanted = self._parts(what, cases)
        told = [(p, each) for p, found in known.items() for each in self._told(segments, p, found, wanted)]
        return self._said(segments, told, cases)

    def _excess(self, partition: int) -> Excess | None:
        return excess(self.reader, log_signer(self.settings, partition).key, partition)

    def _backup(self, partitions: Iterable[int]) -> Segments:
        """The newest backup whose state is what the node's log committed to then."""
        one = self.repository in finished(self.repository.parent)
        folders = [self.repository] if one else finished(self.repository)
        trusted = log_signer(self.settings, 0).key
        for folder in reversed(folders):
            segments = open_backup(folder, self.key, trusted)
            keys_of = {p: log_signer(self.settings, p).key for p in partitions}
            if all(excess_of_backup(segments, self.reader, log, p) == {} for p, log in keys_of.items()):
                return segments
        raise NotFound(
            f"No backup in {self.repository} holds the state as the log of the node says it was then.",
            remedy="Name a folder with backups from before the change, of this node and not of one that it was restored"
            " from.",
        )

    def _cases(self, what: str, segments: Segments) -> frozenset[int]:
        """The numbers of the cases meant; none for a part or all."""
        if what == ALL or _is_part(what):
            return frozenset()
        try:
            return frozenset(each.subject for each in Cases(self.reader).timelines(what))
        except NotFound:
            found = {int.from_bytes(value, "big") for p in range(self.settings.partitions)
                     for key, value in rows_of(segments, p)
                     if key[:1] == keys.ALIAS and key.rpartition(b"\0")[2].endswith(what.encode())}  # fmt: skip
            if not found:
                raise
            return frozenset(found)

    def _parts(self, what: str, cases: frozenset[int]) -> frozenset[int]:
        if cases:
            return parts_of_cases(cases)
        return frozenset({part_named(what)} if _is_part(what) else range(PARTS))

    def _told(
        self, segments: Segments, partition: int, found: Excess | None, wanted: frozenset[int]
    ) -> Iterator[Told]:  # fmt: skip
        parts = wanted if found is None else wanted & found.keys()
        by_part: dict[int, list[Difference]] = {part: [] for part in parts}
        for part, each in differences(self.reader, segments, partition, parts) if parts else ():
            by_part[part].append(each)
        for part, entries in by_part.items():
            if found is not None:
                yield told_apart(part, entries, found[part])
            elif entries:
                yield Told(part, tuple(entries), proven=False)

    def _said(
        self, segments: Segments, told: Sequence[tuple[int, Told]], cases: frozenset[int]
    ) -> Recomputed:  # fmt: skip
        changed, right = list[Entry](), 0
        for partition, part in told:
            for each in part.differences:
                if each.verdict is Verdict.RIGHT:
                    right += 1
                    continue
                changed.append(Entry(
                    partition, part.name, each.verdict, name_of(each), case_named(self.reader, each.case),
                    differs(each), each.handled, bool(cases) and each.case not in cases,
                ))  # fmt: skip
        unproven = tuple(f"partition {partition}, {part.name}" for partition, part in told if not part.proven)
        return Recomputed(segments.manifest.id, tuple(changed), right, unproven)


def _is_part(what: str) -> bool:
    try:
        part_named(what)
    except ValueError:
        return False
    return True
