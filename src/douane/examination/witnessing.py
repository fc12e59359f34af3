"""A witness outside the node: it keeps the checkpoints of the audit log, so that no store can be set back unnoticed.

``file:FOLDER`` appends to a file a log, on another machine's volume or with the append-only attribute of the file
system. ``https://...`` is a witness that speaks ``add-checkpoint`` (C2SP tlog-witness) and answers with its signature.
A node gives its newest checkpoint with the proof that it goes on from the one before; it never gives one that does not.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, Protocol
from urllib.parse import urlsplit

import msgspec

from douane.configuration.keys import log_signer
from douane.configuration.settings import NodeSettings
from douane.runtime.store import keys
from douane.runtime.store.ports import SECOND, Clock, Instant, Reader
from douane.runtime.turns.pools import Purpose, beside
from douane.shared_services.archiving.files import make_folder, write_durably
from douane.shared_services.auditing.inspection import Finding
from douane.shared_services.auditing.log import newest_checkpoint, tile_reader
from douane.shared_services.auditing.proving import audit_prefix, checkpoint_text
from douane.shared_services.web.http_sender import HttpSender
from douane.shared_services.web.sending import Patience, Request, answer_to
from douane.standards.transparency_log.checkpoint import Checkpoint, open_checkpoint
from douane.standards.transparency_log.note import Key
from douane.standards.transparency_log.tiles import TiledTree
from douane.vocabulary.errors import (
    Damaged,
    DeclarationFault,
    DouaneError,
    PartnerRefused,
    PartnerUnreachable,
    ProofFailed,
    StoreUnavailable,
)

FILE: Final = "file:"
EVERY_SECONDS: Final = 60
KEPT: Final = "witness.json"
PATIENCE: Final = Patience(connect_seconds=10.0, idle_seconds=30.0, whole_seconds=30.0)
OK: Final = 200
USUAL: Final = "/add-checkpoint"
LARGEST: Final = 64 * 1024
_ENTRY = re.compile(r"^old [0-9]+$", re.MULTILINE)


class Witness(Protocol):
    """Somebody who keeps checkpoints."""

    def newest(self, key: Key) -> str:
        """The last checkpoint of a log that it has, as a signed note; empty for none."""

    def before(self, key: Key, index: int) -> str:
        """The last checkpoint without a leaf that can be had of it, as a signed note; empty for none."""

    def seen(self, key: Key) -> Sequence[Checkpoint]:
        """The states of a log that it has, as far as they can be had of it."""

    def add(self, key: Key, since: int, text: str, note: str) -> None:
        """Give it a checkpoint: ``text`` is the note after the proof that it goes on from ``since`` leaves.

        Raises PartnerUnreachable, PartnerRefused or StoreUnavailable.
        """


class FileWitness:
    """A folder with a file a log, to which each checkpoint is appended with its proof."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def newest(self, key: Key) -> str:
        """The last checkpoint that is whole: the one after it was cut off by a crash."""
        text = self._text(key)
        newest = next(_newest_first(text, key), None)
        if newest is not None:
            return newest[0]
        if text.strip():
            raise Damaged(f"{self._path(key)} holds no checkpoint of this log.", remedy="Name the folder of its own.")
        return ""

    def before(self, key: Key, index: int) -> str:
        """Of those that it keeps."""
        return next((note for note, point in _newest_first(self._text(key), key) if point.size <= index), "")

    def seen(self, key: Key) -> Sequence[Checkpoint]:
        """All of them."""
        return [point for _, point in _newest_first(self._text(key), key)]

    def _text(self, key: Key) -> str:
        try:
            return self._path(key).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""
        except OSError as problem:
            raise StoreUnavailable(f"{self._path(key)} cannot be read: {problem.strerror}.") from problem

    def add(self, key: Key, since: int, text: str, note: str) -> None:  # noqa: ARG002 - a witness may need them
        """Append, durably; nothing that is there is touched."""
        try:
            descriptor = os.open(self._path(key), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
            try:
                os.write(descriptor, f"\n{text}".encode())
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as problem:
            raise StoreUnavailable(
                f"{self._path(key)} cannot be written: {problem.strerror}.",
                remedy="Bring the volume of the witness back; the node works on meanwhile.",
            ) from problem

    def _path(self, key: Key) -> Path:
        return self._folder / f"{re.sub('[^A-Za-z0-9.-]', '_', key.name)}.checkpoints"


def _newest_first(text: str, key: Key) -> Iterator[tuple[str, Checkpoint]]:
    """The checkpoints of a witness's file that are whole and of this log."""
    for entry in reversed(_ENTRY.split(text)[1:]):
        note = entry.partition("\n\n")[2].rstrip("\n") + "\n"
        with contextlib.suppress(DouaneError):
            yield note, open_checkpoint(note, key.name, [key])


class HttpWitness:
    """A witness behind an address. What it has, and its signature, lie in ``witness.json`` of the data folder."""

    def __init__(self, url: str, data: Path) -> None:
        self._url, self._kept = url if urlsplit(url).path else f"{url}{USUAL}", data / KEPT

    def newest(self, key: Key) -> str:
        """The last checkpoint that it took."""
        return self._said().get(key.name, ("", ""))[0]

    def before(self, key: Key, index: int) -> str:
        """The one that it took last, where that lacks the leaf: earlier ones are kept by the witness alone."""
        note = self.newest(key)
        return note if note and open_checkpoint(note, key.name, [key]).size <= index else ""

    def seen(self, key: Key) -> Sequence[Checkpoint]:
        """The last one."""
        note = self.newest(key)
        return [open_checkpoint(note, key.name, [key])] if note else []

    def add(self, key: Key, since: int, text: str, note: str) -> None:  # noqa: ARG002 - stands in the text
        """Post it; keep the signature that comes back."""
        status, answer = self._post(text.encode())
        if status != OK:
            raise PartnerRefused(
                f"The witness did not take the checkpoint: {status} {answer[:80]!r}.",
                remedy="Ask its operator: a witness that knows a longer log shows that this store was set back.",
            )
        said = {**self._said(), key.name: (note, answer.decode("utf-8", "replace"))}
        write_durably(self._kept, msgspec.json.encode(said))

    def _said(self) -> dict[str, tuple[str, str]]:
        if not self._kept.is_file():
            return {}
        return msgspec.json.decode(self._kept.read_bytes(), type=dict[str, tuple[str, str]])

    def _post(self, text: bytes) -> tuple[int, bytes]:
        """Its answer, by an event loop of the thread that waits for it."""
        return asyncio.run(_posted(self._url, text))


async def _posted(url: str, text: bytes) -> tuple[int, bytes]:
    """One question, whole within its limit, however slowly the answer comes. Raises PartnerUnreachable."""
    sender = HttpSender()
    try:
        found = await answer_to(sender, Request("POST", url, {"content-type": "text/plain"}, text, PATIENCE), LARGEST)
    except PartnerUnreachable as problem:
        raise PartnerUnreachable(f"The witness does not answer: {problem.text}") from problem
    finally:
        await sender.close()
    return found.status, found.body


def witness_of(settings: NodeSettings) -> Witness | None:
    """The witness that a node names; None where it names none. Raises DeclarationFault."""
    where = settings.witness
    if not where:
        return None
    if where.startswith(FILE):
        return FileWitness(make_folder(Path(where.removeprefix(FILE))))
    if where.startswith("https://"):
        return HttpWitness(where, settings.data)
    raise DeclarationFault(f"{where[:80]!r} is no witness.", remedy='Set witness = "file:FOLDER" or "https://...".')


class Due(NamedTuple):
    """What a witness lacks: the arguments of ``Witness.add``."""

    since: int
    text: str
    note: str


def due(reader: Reader, partition: int, key: Key, seen: str) -> Due | None:
    """What a witness lacks that has ``seen`` this note; None for nothing.

    Raises ProofFailed where the log does not go on from what it has seen.
    """
    newest = newest_checkpoint(reader.read, key.name, key, prefix=audit_prefix(partition))
    before = open_checkpoint(seen, key.name, [key]) if seen else None
    _must_go_on(reader, partition, before, newest[1] if newest else None)
    since = before.size if before is not None else 0
    if newest is None or newest[1].size == since:
        return None
    return Due(since, checkpoint_text(reader, key, audit_prefix(partition), since), newest[0])


def against(witness: Witness, reader: Reader, partition: int, key: Key) -> Finding | None:
    """What is wrong with a log beside the last checkpoint that a witness has of it."""
    try:
        newest = newest_checkpoint(reader.read, key.name, key, prefix=audit_prefix(partition))
        seen = witness.newest(key)
        before = open_checkpoint(seen, key.name, [key]) if seen else None
        _must_go_on(reader, partition, before, newest[1] if newest else None)
    except (ProofFailed, Damaged) as problem:
        return Finding("checkpoint", problem.text, "witness")
    return None


def _must_go_on(reader: Reader, partition: int, before: Checkpoint | None, newest: Checkpoint | None) -> None:
    if before is None:
        return
    size = newest.size if newest is not None else 0
    if size < before.size:
        raise ProofFailed(
            f"The log has {size} leaves; its witness has seen {before.size}: the store was set back.",
            remedy="Restore the newest backup with the checkpoint of the witness (douane restore --checkpoint).",
        )
    get_tile = tile_reader(reader.read, prefix=audit_prefix(partition))
    if TiledTree(before.size, get_tile).root() != before.root:
        raise ProofFailed(
            f"The first {before.size} leaves are not those that the witness has seen: the log was rewritten.",
            remedy="Do not use this store before the difference is explained.",
        )


async def keep_witnessed(
    settings: NodeSettings, reader: Reader, clock: Clock, *, shown: Callable[[Mapping[int, float]], None],
    failed: Callable[[BaseException], None],
) -> None:  # fmt: skip
    """In a running node: give the witness what is new, every minute. ``shown``: by partition, for how many seconds
    the newest checkpoint of its log is unknown to the witness."""
    witness, since = witness_of(settings), dict[int, Instant]()
    while witness is not None:
        found = reader.scan(keys.OWNER, keys.after(keys.OWNER), 1_024)
        partitions = [int.from_bytes(key[1:3], "big") for key, _ in found]
        for partition in partitions:
            since.setdefault(partition, clock.now())
            try:
                key = log_signer(settings, partition).key
                missing = due(reader, partition, key, await beside(Purpose.WITNESS, witness.newest, key))
                if missing is not None:
                    await beside(Purpose.WITNESS, witness.add, key, *missing)
                since.pop(partition)
            except (DouaneError, OSError, ValueError) as problem:
                failed(problem)
        now = clock.now()
        shown({each: (now - since.get(each, now)) / SECOND for each in partitions})
        await asyncio.sleep(EVERY_SECONDS)
