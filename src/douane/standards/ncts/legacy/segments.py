"""NCTS messages as EDIFACT: a segment for each group, whose first data element is its level, the others its items.

``UNH+1+CD050C:5:1:ZZ:NCTS'`` names the type: version 5 is the phase, release 1 this projection, ZZ says that it was
agreed by those who use it. A date is CCYYMMDD, a moment CCYYMMDDhhmmss, the decimal mark a point (a comma is read too).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from douane.standards.edifact import interchange as edifact
from douane.standards.edifact.interchange import INVALID, MISSING, NOT_HERE, UNSPECIFIED, Finding
from douane.standards.edifact.repertoires import Repertoire
from douane.standards.edifact.syntax import Segment, segment
from douane.standards.ncts.binding.kinds import Base
from douane.standards.ncts.legacy.rows import Column, Loss, expanded, fitted, groups
from douane.standards.ncts.legacy.rows import read as read_rows
from douane.standards.ncts.phase5.codecs import CODECS
from douane.standards.ncts.phase5.generated.structs import Message
from douane.vocabulary.errors import Fault, NotValid, SenderFault, UnknownMessageType

AGREED: Final = ("5", "1", "ZZ", "NCTS")
DEEPEST: Final = 9
_ERRORS: Final = {
    "12": INVALID, "13": MISSING, "15": NOT_HERE, "18": UNSPECIFIED, "35": "36", "39": "39", "40": "40", "50": "37",
    "51": INVALID, "52": UNSPECIFIED, "53": "21", "54": INVALID, "55": INVALID, "56": INVALID, "57": INVALID,
}  # fmt: skip
"""Codes of CL030 (917) as codes of 0085 (CONTRL, the 907 of EDIFACT)."""


def write(message: Message, repertoire: Repertoire, reference: str = "1") -> tuple[edifact.Message, tuple[Loss, ...]]:
    """A message as EDIFACT, with what its repertoire cannot say as losses.

    Raises NotValid where that cannot be replaced: it identifies something, or its replacement is not allowed there.
    """
    name = type(message).__name__
    made: list[Segment] = []
    losses: list[Loss] = []
    faults: list[Fault] = []
    for group in groups(message):
        values, lost, wrong = fitted(group, repertoire)
        made.append(segment(group.code, str(group.level), *values))
        losses += lost
        faults += wrong
    if faults:
        raise NotValid(f"The {name} cannot be written in {repertoire.name}.", remedy="Agree on another repertoire.",
                       faults=tuple(faults))  # fmt: skip
    return edifact.Message(reference, (name, *AGREED), tuple(made)), tuple(losses)


def read(message: edifact.Message) -> Message:
    """The message in segments. Raises UnknownMessageType, or NotValid whose faults stand by segment and data element.

    Lines are positions of segments (UNH is 1), columns those of data elements (the tag is 1), as CONTRL counts them.
    """
    name, version = message.type, message.identifier[1:3]
    if name not in CODECS.names:
        raise UnknownMessageType(
            f"No message type {name[:6]!r} is known.", remedy="Name a type of NCTS phase 5 in UNH.",
            faults=(Fault("/", "15", "Name a type of NCTS phase 5 in UNH.", value=name, line=1, column=3),),
        )  # fmt: skip
    if version != AGREED[:2]:
        remedy = f"Write {name}:{':'.join(AGREED)}."
        fault = Fault(f"/{name}", "12", remedy, value=":".join(version), line=1, column=3)
        raise NotValid(f"The {name} is of another version than is read here.", remedy=remedy, faults=(fault,))
    return read_rows(name, _Segments(message.segments))


def finding(fault: Fault) -> Finding:
    """A fault of ``read`` as CONTRL names it."""
    return Finding(_ERRORS.get(fault.code, UNSPECIFIED), fault.remedy, fault.line, fault.column, value=fault.value)


def findings(refusal: SenderFault) -> tuple[Finding, ...]:
    """Why a message is refused, as CONTRL names it; once for the whole where nothing more is known."""
    return tuple(finding(each) for each in refusal.faults) or (Finding(UNSPECIFIED, refusal.text),)


@dataclass(frozen=True, slots=True)
class _Segments:
    """The segments of a message as rows."""

    segments: Sequence[Segment]

    def heads(self) -> Sequence[tuple[str, int]]:
        """Tag and level; a level that is no digit is beyond every other, so that its segment belongs nowhere."""
        return [(each.tag, int(each.value(1)) if each.value(1) in "0123456789" and each.value(1) else DEEPEST + 1)
                for each in self.segments]  # fmt: skip

    def values(self, row: int, columns: Sequence[Column]) -> Sequence[str]:
        """Data elements from the second on; components are not used, so that a colon that was not released shows."""
        found = [":".join(each) for each in self.segments[row].elements[1:]]
        for n, column in enumerate(columns[: len(found)]):
            found[n] = expanded(column.leaf.kind, found[n])
            if column.leaf.kind.base is Base.DECIMAL:
                found[n] = found[n].replace(",", ".")
        return found

    def place(self, row: int, column: int | None, columns: Sequence[Column]) -> tuple[int, int]:
        """Position of the segment in its message, and of the data element in it."""
        del columns
        return row + 2, 0 if column is None else column + 3
