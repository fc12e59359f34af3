"""The program of an administration that reads and writes files of EDIFACT, and nothing else, by docs/edifact.md.

It gives a declaration its MRN, or refuses it.
"""

from __future__ import annotations

import datetime as dt
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.one_view.messages import mrn
from tests.outside.door import Unexpected

LATIN: Final = "iso-8859-1"
Segments = list[list[str]]


def segments(text: str) -> Segments:
    """The segments of a file, each with its data elements."""
    whole = [each for each in re.split(r"(?<!\?)'", text.removeprefix("UNA:+.? '")) if each]
    return [[re.sub(r"\?(.)", r"\1", one) for one in re.split(r"(?<!\?)\+", each)] for each in whole]


@dataclass
class Program:
    """The program, at its folder. given: by LRN, the MRN that it gave."""

    folder: Path
    code: str
    holder: str
    run: str
    given: dict[str, str] = field(default_factory=dict)
    _written: int = 0

    def work(self, *, refuse: str, declarations: int, seconds: float) -> None:
        """Answer declarations until there were so many; that with the LRN ``refuse`` is refused. Raises Unexpected."""
        until = time.monotonic() + seconds
        while declarations:
            for path in sorted((self.folder / "out").glob("*-CC015C.edi")):
                message = {each[0]: each for each in reversed(segments(path.read_text(encoding=LATIN)))}
                path.unlink()  # which confirms that it was delivered
                self._answer(message, refused=message["TOP"][2] == refuse)
                declarations -= 1
            if time.monotonic() > until:
                raise Unexpected(f"{declarations} declarations never came as a file into {self.folder / 'out'}")
            time.sleep(0.1)

    def _answer(self, message: dict[str, list[str]], *, refused: bool) -> None:
        """MSG: level, phase, sender, recipient, moment, identification, type. TOP: level, LRN. ODP: level, office."""
        own, lrn, office = message["MSG"][6], message["TOP"][2], message["ODP"][2]
        now = f"{dt.datetime.now(dt.UTC):%Y%m%d%H%M%S}"
        at = ["ODP", "1", office]
        holder = ["HTP", "1", self.holder]
        if refused:
            reason = ["TOP", "1", lrn, "", "015", now, "12", "The type does not fit"]
            fault = ["FER", "1", "/CC015C/TransitOperation/declarationType", "12", "N/A"]
            self._write("CC056C", own, now, [reason, at, holder, fault])
            return
        self._write("CC928C", own, now, [["TOP", "1", lrn], at, holder])
        self.given[lrn] = mrn(self.code, self.run, len(self.given) + 1)
        self._write("CC028C", own, now, [["TOP", "1", lrn, self.given[lrn], now[:8]], at, holder])

    def _write(self, kind: str, answers: str, now: str, body: Segments) -> None:
        """A file beside its place, then renamed into it."""
        self._written += 1
        reference = f"{self.code}{self.run}{self._written}"
        head = ["MSG", "0", "NCTS5.1", f"NTA.{self.code}", self.holder, now, reference, kind, answers]
        lines = [
            ["UNB", "UNOC:3", f"NTA.{self.code}:ZZ", "NTA.EU:ZZ", f"{now[2:8]}:{now[8:12]}", reference],
            ["UNH", "1", f"{kind}:5:1:ZZ:NCTS"], head, *body, ["UNT", str(len(body) + 3), "1"],
            ["UNZ", "1", reference],
        ]  # fmt: skip
        text = "UNA:+.? '" + "".join("+".join(_escaped(each)) + "'" for each in lines)
        part = self.folder / "in" / f"{reference}.edi.tmp"
        part.write_bytes(text.encode(LATIN))
        part.rename(part.with_suffix(""))


def _escaped(elements: list[str]) -> list[str]:
    """Data elements, in which a sign that means something is released; a colon parts what is composed on purpose."""
    return [re.sub(r"([+'?])", r"?\1", each) for each in elements]
