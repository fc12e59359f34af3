"""What follows from entries that state leaves commit to: indexes of records, ranges and order of change of final data.

Summing these too would make each unit of work dearer and prove nothing more: an inspection derives them again and
compares. Indexes of record types that this process does not know are left out, and so are those that are being built.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from douane.runtime.replication.reading import Source
from douane.runtime.replication.rows import KEPT
from douane.runtime.store import keys
from douane.runtime.store.indexing import unbuilt
from douane.runtime.store.ports import Reader
from douane.runtime.store.records import kinds
from douane.shared_services.auditing.inspection import Finding
from douane.standards.replication.sums import MODULUS, number

PAGE: Final = 1_000
_HEAD: Final = 6
"""Octets of the head of a view of final data."""
_UNLIKE = "is not what follows from the entries: it was changed, added to or cut."


def differing(reader: Reader, partition: int, rest: Callable[[], object]) -> Iterator[Finding]:
    """What is stored and does not follow from the records and entries that it is made of."""
    yield from _indexes(reader, partition, rest)
    space = keys.space(keys.FINAL, partition)
    start = space
    while rows := reader.scan(start, keys.after(space), 1):
        head = rows[0][0][:_HEAD]
        yield from _view(reader, head, rest)
        start = keys.after(head)


def _indexes(reader: Reader, partition: int, rest: Callable[[], object]) -> Iterator[Finding]:
    """The sum of each index as stored beside the sum of the entries that the records lead to."""
    known = {kind.mark: kind for kind in kinds() if kind.indexes}
    building = {(kind.mark, index.mark) for kind, index in unbuilt(reader, partition)}
    found, wanted = Counter[bytes](), Counter[bytes]()
    for key, raw in _all(reader, keys.space(keys.RECORD, partition), rest):
        kind = known.get(key[13:15])
        if kind is None:
            continue
        value = kind.stored.read(raw)
        for entry in kind.entries(value, keys.INDEX + key[1:5], key[5:13] + key[15:]):
            wanted[entry[5:8]] += number(entry, key)
    for key, raw in _all(reader, keys.space(keys.INDEX, partition), rest):
        if key[5:7] in known:
            found[key[5:8]] += number(key, raw)
    names = {index.mark: f"{kind.type.__name__}, {index.name}" for kind in known.values() for index in kind.indexes}
    for mark in sorted(found.keys() | wanted.keys()):
        if (mark[:2], mark) not in building and (found[mark] - wanted[mark]) % MODULUS:
            yield Finding(f"state: index {names.get(mark, mark.hex())}", f"The index {_UNLIKE}", "state")


def _view(reader: Reader, head: bytes, rest: Callable[[], object]) -> Iterator[Finding]:
    """Ranges and order of change of a view beside its entries."""
    where, source = f"state: final data {head.hex()}", Source(reader, head)
    anew = {digits.encode(): held for digits, held in source.counted_anew().items() if held}
    kept = {key[_HEAD + 1 :]: raw for key, raw in _all(reader, head + b"n", rest)}
    if anew != kept:
        yield Finding(where, f"What is kept of its ranges {_UNLIKE}", "state")
    moved = 0
    for key, raw in _all(reader, head + b"e", rest):
        position = KEPT.read(raw).position
        moved += number(key[_HEAD + 1 :], keys.u64(position)) if position else 0
    for key, id in _all(reader, head + b"f", rest):
        moved -= number(id, key[_HEAD + 1 :])
    if moved % MODULUS:
        yield Finding(where, f"The order of its changes {_UNLIKE}", "state")


def _all(reader: Reader, prefix: bytes, rest: Callable[[], object]) -> Iterator[tuple[bytes, bytes]]:
    start, end = prefix, keys.after(prefix)
    while rows := reader.scan(start, end, PAGE):
        yield from rows
        start = rows[-1][0] + b"\0"
        rest()
