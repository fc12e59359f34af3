"""Collecting payloads that no message refers to: of transmissions that were refused, or cut off before their commit.

A payload is durable before the message that refers to it is accepted, so what nothing refers to is either on its way or
an orphan; its age tells them apart. The same content that comes again is written anew and is young again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL
from douane.runtime.store.ports import Instant, Log, Reader
from douane.shared_services.payloads.files import FilePayloads
from douane.vocabulary.errors import NotFound

PAGE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Collected:
    """What was found: old payloads that are referred to, orphans by digest, their bytes, drafts that were left."""

    kept: int
    orphans: tuple[str, ...]
    bytes: int
    drafts: int


def collect(payloads: FilePayloads, reader: Reader, *, before: Instant, remove: bool) -> Collected:
    """Remove orphans and drafts that were last written before an instant, or only count them."""
    old = [each for each in payloads.published() if each.written < before]  # looked at before the messages
    wanted = frozenset(referred(reader)) if old else frozenset()
    orphans = [each for each in old if each.digest not in wanted]
    removed = [each for each in orphans if not remove or payloads.remove(each)]
    return Collected(
        len(old) - len(orphans), tuple(sorted(each.digest for each in removed)), sum(each.size for each in removed),
        payloads.forget_drafts(before, remove=remove),
    )  # fmt: skip


def referred(reader: Reader) -> Iterator[str]:
    """The digests of every payload that a message of the journal refers to, its transmission included.

    Raises NotFound for a store without a partition: what refers to nothing there may be referred to elsewhere.
    """
    owners = reader.scan(keys.OWNER, keys.after(keys.OWNER), 1_024)
    if not owners:
        raise NotFound("The store holds no partition.", remedy="Name the store of the node: nothing was removed.")
    for key, _ in owners:
        partition = int.from_bytes(key[1:3], "big")
        after, end = keys.log_position(partition, 0), keys.log_position(partition + 1, 0) - 1
        while rows := reader.scan_log(Log.JOURNAL, after, end, PAGE):
            for _, raw in rows:
                row = JOURNAL.read(raw)
                yield from (each.digest for each in row.content.attachments)
                if row.transmission is not None and row.transmission.stored:
                    yield row.transmission.stored
            after = rows[-1][0]
