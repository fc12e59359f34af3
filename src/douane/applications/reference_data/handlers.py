"""Reference data: versions are kept, codes looked up, files turned into versions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from douane.applications.reference_data.contract import ReferenceData, load_builtin
from douane.applications.reference_data.messages import CodeQuery, CodeView, ListVersion
from douane.applications.reference_data.records import CHUNK, Chunk, PublishedVersion, list_of, newest, published
from douane.applications.reference_data.rules import check_version, import_lists
from douane.author import CodeList, Instant, NotFound, NotValid
from douane.author.needs import LISTS_OF_FILE, supplied
from douane.author.run import View, Work, answers, handles
from douane.standards.reference_data.source import open_source


@handles(ReferenceData.publish)
def publish(work: Work, m: ListVersion) -> None:
    """Keep a version in chunks. One that does not follow what is published is set aside: an import came between.

    So is one whose numbers are not those of its entries: persons agree with a version by them.
    """
    known = work.find_of(PublishedVersion, "by_number", m.number, limit=10_000)
    subject, last = known[-1] if known else (0, None)
    if m.previous != (last.version if last is not None else ""):
        raise NotValid(f"The version of {m.number} does not follow the one published last.", remedy="Import it again.")
    check_version(_list(work, subject, last) if last is not None else None, m)
    work.put(published(m))
    for n in range(0, len(m.entries), CHUNK):
        work.put(Chunk(m.entries[n : n + CHUNK]), (n // CHUNK).to_bytes(2, "big"))


def _list(work: Work, subject: int, version: PublishedVersion) -> CodeList:
    """A list that was published, as of this moment of the tick."""
    chunks = (work.get_of(Chunk, subject, n.to_bytes(2, "big")) for n in range(-(-version.entries // CHUNK)))
    entries = (entry for chunk in chunks if chunk is not None for entry in chunk.entries)
    return CodeList(version.number, version.name, entries)


@answers(ReferenceData.look_up)
def look_up(view: View, question: CodeQuery) -> CodeView:
    """What a code means on a day; the built-in selection answers for lists that were never published."""
    on = question.on or view.today()
    found = newest(view, question.number)
    codes = list_of(view, *found) if found else load_builtin().get(question.number)
    if codes is None:
        raise NotFound(f"There is no code list {question.number[:20]!r}.", remedy="Give a number such as CL010.")
    entry = codes.entry(question.code, on)
    if entry is None:
        raise NotFound(f"{codes.number} holds no {question.code[:40]!r} on {on}.", remedy="Check code and date.")
    return CodeView(codes.number, codes.name, codes.version, entry.code, on, entry.since, entry.facts)


@supplied(LISTS_OF_FILE)
def import_versions(file: IO[bytes], view: View, *, source: str) -> Iterator[ListVersion]:
    """The versions that a published file makes of what is kept, one list in memory at a time."""

    def existing(number: str) -> CodeList | None:
        found = newest(view, number)
        return list_of(view, *found) if found else None

    entries = open_source(file)
    yield from import_lists(entries, existing, snapshot=lambda: entries.snapshot, source=source, now=Instant(view.now))
