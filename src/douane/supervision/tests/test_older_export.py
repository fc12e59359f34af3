"""An export of an older portal in the wrong hands: refused before it costs anything, by name, as its sender's fault."""

from __future__ import annotations

import io
import json
import random
import tracemalloc
import zipfile
from collections.abc import Sequence

import pytest

from douane.configuration import discovery
from douane.runtime.catalogue.catalogue import Catalogue
from douane.supervision.operating import older_export
from douane.supervision.operating.older_export import MOST_FAULTS, read_export
from douane.vocabulary.errors import NotWellFormed, SenderFault, TooLarge

CATALOGUE = Catalogue(discovery.services())
MANIFEST = ("export.json", json.dumps({"portal": "decisions.old", "version": 1}).encode())
USER = {"account": "fr.anne.old", "country": "FR", "provider": "https://id.example", "subject": "1", "name": "Anne"}
MILLION = 1024 * 1024


def archive(files: Sequence[tuple[str, bytes]], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packed) as out:
        for name, content in files:
            out.writestr(name, content)
    return made.getvalue()


def peak_of(content: bytes) -> tuple[int, str]:
    """The most that is held while an export is refused, and why it is."""
    tracemalloc.start()
    try:
        with pytest.raises(SenderFault) as refused:
            read_export(content, CATALOGUE)
        return tracemalloc.get_traced_memory()[1], refused.value.text
    finally:
        tracemalloc.stop()


def test_what_nothing_reads_is_not_unpacked() -> None:
    """A hundred names that nobody knows, each of a few kilobytes that become megabytes."""
    content = archive([MANIFEST, *((f"more{n}.jsonl", bytes(2 * MILLION)) for n in range(100))])
    peak, said = peak_of(content)
    assert "Nothing reads" in said
    assert peak < 4 * MILLION, f"{peak:,} octets were held"


def test_all_files_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(older_export, "MOST_WHOLE", 3 * MILLION)
    content = archive([MANIFEST, *((f"attachments/a{n}", bytes(MILLION)) for n in range(4))])
    with pytest.raises(TooLarge, match="All files together"):
        read_export(content, CATALOGUE)
    monkeypatch.setattr(older_export, "MOST_MEMBERS", 4)
    with pytest.raises(TooLarge, match="more than 4 files"):
        read_export(content, CATALOGUE)


def test_a_size_that_the_archive_gives_falsely_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(older_export, "MOST_OCTETS", MILLION)
    content = archive([MANIFEST, ("users.jsonl", bytes(2 * MILLION))])
    small = content.replace((2 * MILLION).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert small != content
    for each in (content, small):
        with pytest.raises(SenderFault):
            read_export(each, CATALOGUE)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_files_of_one_name_none_is_chosen() -> None:
    """What is judged must be what is taken over."""
    for name in ("users.jsonl", "attachments/a.pdf", "export.json"):
        with pytest.raises(NotWellFormed, match="There are two files"):
            read_export(archive([MANIFEST, (name, b"{}"), (name, b"")]), CATALOGUE)


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_it_is_packed_as_every_tool_can_read(packed: int) -> None:
    with pytest.raises(NotWellFormed, match="packed in a way"):
        read_export(archive([MANIFEST], packed), CATALOGUE)


def test_faults_are_told_up_to_a_number() -> None:
    rows = b"[1]\n" * (MOST_FAULTS + 50)
    found, faults = read_export(archive([MANIFEST, ("users.jsonl", rows), ("cases.jsonl", rows)]), CATALOGUE)
    assert (found, len(faults)) == ([], MOST_FAULTS)


def test_whatever_was_damaged_is_told_as_the_fault_of_the_archive() -> None:
    """Octets changed, cut off and put in between: it is read, or refused by name."""
    chance = random.Random(7)
    sound = archive([MANIFEST, ("users.jsonl", json.dumps(USER).encode() * 3), ("attachments/a.pdf", bytes(500))])
    refused = 0
    for _ in range(3_000):
        spoilt = bytearray(sound)
        for _ in range(chance.randint(1, 4)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        content = bytes(spoilt[: chance.choice((len(spoilt), chance.randrange(len(spoilt))))])
        try:
            read_export(content, CATALOGUE)
        except SenderFault:
            refused += 1
    assert refused > 1_000
