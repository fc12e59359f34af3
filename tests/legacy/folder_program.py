"""The Austrian transit system of 1998: it reads and writes files, of EDIFACT and of fixed-width records.

Plain Python over a folder; nothing of Douane is used. It was written once and is not changed when others change.
usage: folder_program.py FOLDER TRANSCRIPT
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

OWN = "NTA.AT"
NUMBERS = iter(range(1, 1_000_000))
Fields = dict[str, list[str]]


class Files:
    """The folder, and a transcript of all that went through it, in its order."""

    def __init__(self, folder: Path, transcript: Path) -> None:
        self.folder, self.transcript = folder, transcript
        self.store = transcript.parent / "at-store"
        self.store.mkdir(exist_ok=True)

    def read(self) -> Iterator[str]:
        """What is there for us, oldest first. A file that was read is moved away."""
        there = self.folder / "out"
        for path in sorted(there.iterdir(), key=lambda p: p.stat().st_mtime_ns) if there.is_dir() else []:
            text = path.read_bytes().decode("latin-1")
            path.rename(self.store / path.name)
            self._note("in", path.name, text)
            yield text

    def write(self, name: str, text: str) -> None:
        """A file beside its place, then renamed into it."""
        part = self.folder / "in" / f"{name}.tmp"
        part.write_bytes(text.encode("latin-1"))
        self._note("out", name, text)
        part.rename(part.with_suffix(""))

    def _note(self, way: str, name: str, text: str) -> None:
        with self.transcript.open("a") as file:
            file.write(json.dumps({"way": way, "name": name, "text": text}) + "\n")


# --- EDIFACT, as its own reader knows it


def segments(text: str) -> list[list[str]]:
    """Segments as lists of data elements."""
    whole = [each for each in re.split(r"(?<!\?)'", text.removeprefix("UNA:+.? '")) if each]
    return [[re.sub(r"\?(.)", r"\1", one) for one in re.split(r"(?<!\?)\+", each)] for each in whole]


def interchange(recipient: str, prepared: str, reference: str, body: list[list[str]], kind: str) -> str:
    """One message in an interchange."""
    lines = [["UNH", "1", f"{kind}:5:1:ZZ:NCTS"], *body, ["UNT", str(len(body) + 2), "1"]]
    head = ["UNB", "UNOC:3", f"{OWN}:ZZ", f"{recipient}:ZZ", f"{prepared[2:8]}:{prepared[8:12]}", reference]
    return "".join("+".join(each) + "'" for each in [head, *lines, ["UNZ", "1", reference]])


# --- records, at the places that its tables name


def records(text: str) -> Fields:
    """The records that this system uses: message, transit operation, office of departure, offices of transit."""
    found: Fields = {}
    for line in text.splitlines():
        if line.startswith("MSG0"):
            found["MSG"] = [line[11:46].strip(), line[81:95], line[95:130].strip(), line[130:136]]
        elif line.startswith("TOP1"):
            found["TOP"] = [line[4:22]]
        elif line.startswith("ODP1"):
            found["ODP"] = [line[4:12]]
        elif line.startswith("OTD1"):
            found.setdefault("OTD", []).append(line[9:17])
    return found


def block(kind: str, lines: list[str]) -> str:
    """A message as records."""
    return "".join(f"{each}\n" for each in [f"000{kind}01UNOC", *lines, f"999{len(lines) + 2:07}"])


def head(recipient: str, prepared: str, number: str, kind: str) -> str:
    """The record of a message."""
    return f"MSG0NCTS5.1{OWN:35}{recipient:35}{prepared:14}{number:35}{kind:6}{'':35}"


# --- the business


def arrived(files: Files, message: list[list[str]]) -> None:
    """The movement that is announced arrives at once and is controlled: IE006 as EDIFACT, IE018 as records."""
    by = {each[0]: each for each in message}
    prepared, mrn, departure, office = by["MSG"][5], by["TOP"][2], by["ODP"][2], by["ODD"][2]
    number, recipient = f"AT{next(NUMBERS):06}", f"NTA.{mrn[2:4]}"
    body = [
        ["MSG", "0", "NCTS5.1", OWN, recipient, prepared, number, "CD006C"], ["TOP", "1", mrn, prepared],
        ["ODP", "1", departure], ["ODA", "1", office],
    ]  # fmt: skip
    files.write(f"{number}.edi", interchange(recipient, prepared, number, body, "CD006C"))
    number = f"AT{next(NUMBERS):06}"
    lines = [
        head(recipient, prepared, number, "CD018C"), f"TOP1{mrn:18}{'':12}0{'':512}", f"ODP1{departure:8}",
        f"ODA1{office:8}", f"CRE1A1{prepared[:8]}{'':1}{'':512}",
    ]  # fmt: skip
    files.write(f"{number}.fix", block("CD018C", lines))


def passed(files: Files, message: Fields) -> None:
    """The movement crosses the frontier at our office of transit: IE118 as records."""
    prepared, mrn, departure = message["MSG"][1], message["TOP"][0], message["ODP"][0]
    office = next(each for each in message["OTD"] if each.startswith("AT"))
    number, recipient = f"AT{next(NUMBERS):06}", f"NTA.{mrn[2:4]}"
    lines = [
        head(recipient, prepared, number, "CD118C"), f"TOP1{mrn:18}{prepared[:8]}", f"ODP1{departure:8}",
        f"OTA1{office:8}",
    ]  # fmt: skip
    files.write(f"{number}.fix", block("CD118C", lines))


def work(files: Files) -> None:
    """Once through the folder."""
    for text in files.read():
        if text.startswith("UNA"):
            found = segments(text)
            if found[1][2].startswith("CD001C"):
                arrived(files, found)
        elif text.startswith("000CD050C"):
            passed(files, records(text))


if __name__ == "__main__":
    own = Files(Path(sys.argv[1]), Path(sys.argv[2]))
    while True:
        work(own)
        time.sleep(0.1)
