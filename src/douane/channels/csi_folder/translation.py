"""Files and messages: what a file holds, what is answered to it, and how a message is written for a program. Pure.

A file is EDIFACT if it begins with UNA or UNB, else fixed-width records. An answer comes in the form of the file: an
interchange with a CONTRL (a rejection for syntax is IE907), or a block of reports.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from douane.standards.edifact import control
from douane.standards.edifact import interchange as edifact
from douane.standards.edifact.interchange import Finding, Header, Interchange, Party
from douane.standards.edifact.repertoires import REPERTOIRES, Repertoire
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.legacy import records, segments
from douane.standards.ncts.legacy.rows import Loss
from douane.vocabulary.errors import Fault, NotWellFormed, SenderFault, TooLarge

CENTRE: Final = "NTA.EU"
QUALIFIER: Final = "ZZ"
UNKNOWN_SENDER, TEST = "23", "25"
"""Codes of 0085: an interchange of somebody else, and one that is only a test."""
MOST: Final = 100
"""Messages in one file: each is kept with the octets of the whole file."""
ARRIVED, DELIVERED, EXCEPTION = "COA", "COD", "EXCEPTION"


class Form(enum.StrEnum):
    """How a file is written; its value names it in settings, ``suffix`` ends its name."""

    EDIFACT = "edifact"
    FIXED = "fixed"

    @property
    def suffix(self) -> str:
        """What ends the name of such a file."""
        return "edi" if self is Form.EDIFACT else "fix"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed with an administration. ``fixed``: types that it gets as records though its form is EDIFACT."""

    administration: str
    form: Form = Form.EDIFACT
    repertoire: Repertoire = REPERTOIRES["UNOC"]
    fixed: frozenset[str] = frozenset()

    @property
    def party(self) -> str:
        """The administration as a sender or recipient of messages."""
        return f"NTA.{self.administration}"

    def form_for(self, type_name: str) -> Form:
        """In which form it gets a type of message."""
        return Form.FIXED if type_name in self.fixed else self.form


@dataclass(slots=True)
class Item:
    """A message of a file, by its place there. ``refusal``: why it is not taken, known at once or said by the core."""

    type: str
    message: p5.Message | None = None
    refusal: SenderFault | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def id(self) -> str:
        """Its message identification, where it could be read."""
        return getattr(self.message, "message_identification", "")

    def refused(self) -> p5.Message:
        """Raises why it is not taken."""
        raise self.refusal or NotWellFormed("Nothing was said.")


@dataclass(slots=True)
class Content:
    """What a file holds. ``refusal``: why nothing of it can be read; ``told``: what it tells of our interchanges."""

    form: Form
    items: list[Item] = field(default_factory=list)
    told: list[control.Control] = field(default_factory=list)
    interchange: Interchange | None = None
    refusal: SenderFault | None = None


def read(data: bytes, agreed: Agreed) -> Content:
    """What a file holds; what is wrong with it is part of the answer and raises nothing."""
    if data.lstrip()[:3] not in (b"UNA", b"UNB"):
        return _records(data)
    content = Content(Form.EDIFACT)
    try:
        found = edifact.read(data)
    except SenderFault as problem:
        content.refusal = problem
        return content
    if found.header.sender.id[-2:] != agreed.administration:
        found = _rejected(found, Finding(UNKNOWN_SENDER, f"Send as {agreed.party}.", 0, 3, 1, "UNB"))
    if found.header.test:
        found = _rejected(found, Finding(TEST, "No tests are taken here: leave the indicator out.", 0, 12, 0, "UNB"))
    content.interchange = found
    if len(found.messages) > MOST:
        content.refusal = TooLarge(f"A file has at most {MOST} messages.", remedy="Send several.")
    for each in found.messages:
        content.items.append(_item(each, content))
    return content


def _rejected(interchange: Interchange, finding: Finding) -> Interchange:
    return Interchange(interchange.header, interchange.messages, (*interchange.findings, finding))


def _item(message: edifact.Message, content: Content) -> Item:
    """A message of an interchange; what a CONTRL says is kept apart."""
    if message.findings:
        return Item(message.type, refusal=syntax_fault(message.findings), findings=message.findings)
    try:
        if message.type == control.CONTRL:
            content.told.append(control.read(message))
            return Item(message.type)
        return Item(message.type, segments.read(message))
    except SenderFault as problem:
        return Item(message.type, refusal=problem, findings=segments.findings(problem))


def syntax_fault(findings: Sequence[Finding]) -> NotWellFormed:
    """What is wrong with an interchange or a message, as an error of ours."""
    faults = tuple(Fault("", "52", each.text, value=each.value, line=each.segment, column=each.element)
                   for each in findings)  # fmt: skip
    return NotWellFormed("It breaks the syntax of EDIFACT.", remedy="Mend each place named.", faults=faults)


def _records(data: bytes) -> Content:
    content = Content(Form.FIXED)
    try:
        blocks = records.blocks(data)
        if len(blocks) > MOST:
            raise TooLarge(f"A file has at most {MOST} messages.", remedy="Send several.")
    except SenderFault as problem:
        content.refusal = problem
        return content
    for block in blocks:
        try:
            content.items.append(Item(block.type, records.read(block)))
        except SenderFault as problem:
            content.items.append(Item(block.type, refusal=problem))
    return content


# --- answers


def answer(content: Content, agreed: Agreed, reference: str, now: dt.datetime) -> bytes:
    """The answer to a file; empty where nothing is to be said, as to a CONTRL.

    What is refused for its content, or cannot be read at all, is told by a message of its own (IE906, IE917).
    """
    if content.form is Form.FIXED:
        return _reports(content.items) if content.items else b""
    about = content.interchange if content.refusal is None else None
    made = [] if about is None else _control(content, about)
    if about is None or not made:
        return b""
    agreed = replace(agreed, repertoire=about.header.repertoire)  # in the characters of what it answers
    return edifact.write(_header(agreed, reference, now), made)


def _control(content: Content, about: Interchange) -> list[edifact.Message]:
    """The CONTRL about an interchange; none about one that holds nothing but CONTRL."""
    if not about.findings and content.items and all(each.type == control.CONTRL for each in content.items):
        return []
    refused = {n: each.findings for n, each in enumerate(content.items) if each.findings}
    return [control.answer(about, refused)]


def _reports(items: Sequence[Item]) -> bytes:
    """Reports as records: what (10), type (6), message identification (35)."""
    lines = ["000REPORT01UNOA"]
    for each in items:
        for what in (EXCEPTION,) if each.refusal is not None else (ARRIVED, DELIVERED):
            shown = REPERTOIRES["UNOB"].fitted(each.id)
            lines.append(f"RPT0{what:10}{each.type[:6]:6}{shown[:35]:35}")
    lines.append(f"999{len(lines) + 1:07}")
    return ("\n".join(lines) + "\n").encode("ascii", errors="replace")


# --- what goes out


def write(message: p5.Message, agreed: Agreed, reference: str, now: dt.datetime) -> tuple[bytes, tuple[Loss, ...]]:
    """A message as the administration gets it, with what its form cannot say. Raises NotValid."""
    if agreed.form_for(type(message).__name__) is Form.FIXED:
        return records.write(message, agreed.repertoire)
    made, losses = segments.write(message, agreed.repertoire)
    return edifact.write(_header(agreed, reference, now), [made]), losses


def _header(agreed: Agreed, reference: str, now: dt.datetime) -> Header:
    return Header(Party(CENTRE, QUALIFIER), Party(agreed.party, QUALIFIER), now.replace(second=0, microsecond=0),
                  reference, agreed.repertoire)  # fmt: skip
