"""Moving old messages out of the logs: judged on what is committed, written durably, then retired tick by tick.

A segment is on disk, read back and equal, before the first of its rows leaves the store; rows leave in small parts, so
that no tick is held up. A crash in between leaves rows in both places, never in none.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from douane.runtime.core.retire import Retire
from douane.runtime.store import keys
from douane.runtime.store.moved import MOVABLE, Moved, left_behind, reaches_of
from douane.runtime.store.ports import Clock, Ids, Log, Reader
from douane.shared_services.archiving.files import make_folder, write_durably
from douane.shared_services.archiving.judging import MAY, Judge, row_of, time_of
from douane.shared_services.archiving.key import SealingKey
from douane.shared_services.archiving.retention import Policy
from douane.shared_services.archiving.segment import Row, Sealer, Table
from douane.vocabulary.errors import Damaged
from douane.vocabulary.time import Instant

MOVED: Final = "moved"
STAYS: Final = "stays: "
SEGMENT: Final = "segment "
SUFFIX: Final = ".segment"
BYTES: Final = 2 << 20  # of rows in a segment
PART: Final = 64  # rows that leave their log in one tick
PAGE: Final = 32  # rows judged before others get their turn
Offload = Callable[[Callable[[], str]], Awaitable[str]]


@dataclass(slots=True)
class Summary:
    """What a run moved or would move: messages by verdict; segments written, with their rows."""

    verdicts: Counter[str] = field(default_factory=Counter)
    segments: dict[str, int] = field(default_factory=dict)

    @property
    def moved(self) -> int:
        """Messages that moved, or may move."""
        return self.verdicts[MAY]

    def counts(self) -> dict[str, int]:
        """The same as one flat count of names, which runs of several processes are added up by."""
        stay = {f"{STAYS}{why}": number for why, number in sorted(self.verdicts.items()) if why != MAY}
        return {MOVED: self.moved, **stay, **{f"{SEGMENT}{name}": rows for name, rows in self.segments.items()}}


def beginning(counts: Mapping[str, int], with_: str) -> dict[str, int]:
    """Those counts whose names begin so, without that beginning."""
    return {name.removeprefix(with_): number for name, number in counts.items() if name.startswith(with_)}


@dataclass(slots=True)
class _Part:
    """Rows gone through that wait for a segment."""

    took: list[Row] = field(default_factory=list)
    seen: list[tuple[int, bool]] = field(default_factory=list)  # position, whether it moves
    size: int = 0


class Mover:
    """Goes through the logs of one partition. ``command``: performs in a tick; ``offload``: runs what takes long."""

    def __init__(
        self, reader: Reader, partition: int, policy: Policy, *, folder: Path, key: SealingKey, clock: Clock, ids: Ids,
        command: Callable[[Retire], Awaitable[None]], offload: Offload,
    ) -> None:  # fmt: skip
        self._reader, self._partition, self._policy = reader, partition, policy
        self._folder, self._key, self._clock, self._ids = folder, key, clock, ids
        self._command, self._offload = command, offload
        self.summary = Summary()

    async def run(self) -> Summary:
        """Move everything whose time is over, what was left behind earlier included."""
        make_folder(self._folder)
        judge = Judge(self._reader, self._partition, self._policy, Instant(self._clock.now()))
        for log in MOVABLE:
            await self._through(log, judge, left=True)
            await self._through(log, judge, left=False)
        return self.summary

    async def _through(self, log: Log, judge: Judge, *, left: bool) -> None:
        part = _Part()
        rows = (
            self._left(log)
            if left
            else _old(self._reader, self._partition, log, self._policy.horizon(Instant(self._clock.now())))
        )
        for number, (position, raw) in enumerate(rows):
            verdict = judge.verdict(position, row_of(log, raw))
            self.summary.verdicts[verdict] += 1
            part.seen.append((position, verdict == MAY))
            if verdict == MAY:
                part.took.append((position, raw))
                part.size += len(raw)
            if part.size >= BYTES or len(part.seen) >= 20_000:
                await self._move(log, part, left=left)
                part = _Part()
            if number % PAGE == PAGE - 1:
                await asyncio.sleep(0)
        await self._move(log, part, left=left)

    def _left(self, log: Log) -> Iterator[tuple[int, bytes]]:
        for position in left_behind(self._reader, self._partition, log):
            (raw,) = self._reader.read_log(log, [position])
            if raw is not None:
                yield position, raw

    async def _move(self, log: Log, part: _Part, *, left: bool) -> None:
        """Write the segment of a part, then let its rows leave."""
        name, digest = "", ""
        if part.took:
            first = int(part.took[0][0])
            name = f"p{self._partition}-{log.name.lower()}-{first & 0xFFFF_FFFF_FFFF:012x}-{self._ids.random(4).hex()}"
            digest = await self._offload(lambda: self._write(log, name, part.took))
            self.summary.segments[name] = len(part.took)
        await self._retire(log, part, name, digest, left=left)

    def _write(self, log: Log, name: str, rows: list[Row]) -> str:
        sealer, path = Sealer(self._key, name), self._folder / f"{name}{SUFFIX}"
        data = sealer.seal(1, Table(log.name.lower()), sealer.content_of(rows)[0])
        write_durably(path, data)
        if sealer.open(path.read_bytes(), str(path)).rows != rows:
            raise Damaged(f"{path} does not read back as what was written.", remedy="Check its volume.")
        return sha256(data).hexdigest()

    async def _retire(self, log: Log, part: _Part, name: str, digest: str, *, left: bool) -> None:
        taken, first = 0, int(part.took[0][0]) if part.took else 0
        chunks = [part.seen[at : at + PART] for at in range(0, len(part.seen), PART)]
        for chunk in chunks:
            took = tuple(position for position, moves in chunk if moves)
            stays = tuple(position for position, moves in chunk if not moves)
            if left and not took:
                continue
            taken += len(took)
            segment = Moved(name, first, took[-1] if took else 0, taken, self._clock.now(), digest)
            report = f"segment {name}, sha256 {digest}, {len(part.took)} rows of {log.name.lower()}"
            await self._command(
                Retire(
                    keys.log_position(self._partition, 0), log, segment, took, () if left else stays,
                    0 if left else keys.position_number(chunk[-1][0]),
                    report if name and taken == len(part.took) and took else "",
                )
            )  # fmt: skip


def preview(reader: Reader, partition: int, policy: Policy, clock: Clock) -> Summary:
    """What a run would move now, and why the rest stays; nothing is changed."""
    judge, summary = Judge(reader, partition, policy, Instant(clock.now())), Summary()
    for log in MOVABLE:
        for position in left_behind(reader, partition, log):
            (raw,) = reader.read_log(log, [position])
            if raw is not None:
                summary.verdicts[judge.verdict(position, row_of(log, raw))] += 1
        for position, raw in _old(reader, partition, log, policy.horizon(Instant(clock.now()))):
            summary.verdicts[judge.verdict(position, row_of(log, raw))] += 1
    return summary


def _old(reader: Reader, partition: int, log: Log, horizon: int) -> Iterator[tuple[int, bytes]]:
    """Rows after the reach of a log that are old enough to be judged; a log is in order of time."""
    after = keys.log_position(partition, reaches_of(reader, partition).of(log))
    end = keys.log_position(partition + 1, 0) - 1
    while rows := reader.scan_log(log, after, end, PAGE):
        for position, raw in rows:
            if time_of(row_of(log, raw)) >= horizon:
                return
            yield position, raw
        after = rows[-1][0]
