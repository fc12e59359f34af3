"""Cases of a former release of which nothing tells who has a part in them: only their competent authority may act."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from douane.configuration.settings import NodeSettings
from douane.examination.starting.finding import Said, warning
from douane.runtime.store import keys
from douane.runtime.store.parties import case_kinds, former_parties
from douane.runtime.store.ports import Reader
from douane.runtime.store.records import CaseEntry, Parties, kind_of

PAGE: Final = 1_000
MOST: Final = 1_000_000
"""Cases that are looked at: a few seconds of reading."""
NAMED: Final = 5
_CASE, _PARTIES = kind_of(CaseEntry), kind_of(Parties)


def without_parties(settings: NodeSettings, reader: Reader) -> Iterator[Said]:
    """Cases without a row of parties, whose record does not tell them either."""
    found, looked = list[str](), 0
    for partition in range(settings.partitions):
        for entries in _entries(reader, partition):
            found += _nameless(reader, entries)
            looked += len(entries)
            if looked >= MOST:
                break
    if found:
        more = ", ..." if len(found) > NAMED else ""
        yield warning(f"Nothing tells who has a part in {len(found)} cases of a former release "
                      f"({', '.join(found[:NAMED])}{more}); everybody but their authority is told code 90.",
                      "Let their officers end them.")  # fmt: skip


def _entries(reader: Reader, partition: int) -> Iterator[list[bytes]]:
    """The keys of all case entries of a partition, in pages, by the index that each stands in once."""
    space, mark = keys.space(keys.INDEX, partition), _CASE.index("by_office").mark
    start = space
    while first := reader.scan(start, keys.after(space), 1):
        of_administration = first[0][0][:5]
        start, end = of_administration + mark, keys.after(of_administration + mark)
        while page := reader.scan(start, end, PAGE):
            yield [record for _, record in page]
            start = page[-1][0] + b"\0"
        start = keys.after(of_administration)


def _nameless(reader: Reader, entries: list[bytes]) -> Iterator[str]:
    """Of these cases those without parties, each by administration and subject."""
    rows = reader.read([_beside(entry, _PARTIES.number) for entry in entries])
    for entry, row in zip(entries, rows, strict=True):
        if row is None and not _told(reader, entry):
            yield f"{entry[3:5].decode()} {entry[5:13].hex()}"


def _told(reader: Reader, entry: bytes) -> bool:
    """Whether the record of a case names anybody beside the competent authority."""
    raw = reader.read([entry])[0]
    for kind in case_kinds(_CASE.stored.read(raw).kind) if raw is not None else ():
        (kept,) = reader.read([_beside(entry, kind.number)])
        if kept is not None:
            return len(former_parties(kind, kind.stored.read(kept), entry[3:5].decode()).members) > 1
    return False


def _beside(entry: bytes, kind: int) -> bytes:
    """The key of another record of the case of an entry."""
    return entry[:13] + keys.u16(kind)
