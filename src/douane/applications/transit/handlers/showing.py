"""Where a movement stands, for those whom it concerns."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from douane.applications.transit.contract import Transit
from douane.applications.transit.handlers import exchanges
from douane.applications.transit.messages import (
    ClaimLine,
    ClaimLines,
    ClaimsQuery,
    Document,
    FileQuery,
    GuaranteeStanding,
    MovementFile,
    MovementQuery,
    MovementView,
    Told,
    Version,
)
from douane.applications.transit.records.claims import ClaimOnGuarantor
from douane.applications.transit.records.departure import Departure
from douane.applications.transit.rules.claims import silent
from douane.author import NCTS5, NotFound, Says, described, machine
from douane.author.run import JournalRow, Media, SentRow, View, answers
from douane.standards.forms.contents import Line, differences, lines
from douane.standards.ncts import phase5 as p5

MOST: Final = 600
"""Lines of a declaration that are told at most."""
CLAIMS: Final = 50
"""Claims on a page."""
_ENVELOPE: Final = frozenset({
    "messageSender", "messageRecipient", "preparationDateAndTime", "messageIdentification", "messageType",
    "correlationIdentifier", "PhaseID",
})  # fmt: skip
_TAKES: Final[dict[str, Any]] = {"lodge_declaration": p5.CC015C, "amend_declaration": p5.CC013C}
"""Operations whose messages state the declaration."""


@answers(Transit.claims)
def claims(view: View, question: ClaimsQuery) -> ClaimLines:
    """What the party of who asks was told, the latest first; a delegate what his delegation is for: all that is told,
    this query by its name, or a movement by its MRN."""
    own, after = view.caller.party.identifier, bytes.fromhex(question.after)
    found, after = view.find(ClaimOnGuarantor, "by_guarantor", own, limit=CLAIMS, after=after, reverse=True)
    lines = tuple(
        ClaimLine(mrn=each.mrn, holder=each.holder, office=each.office, told_at=each.told_at, text=each.text)
        for _, each in found
        if view.told(Transit.claims, each.mrn)
    )
    return ClaimLines(lines=lines, after=after.hex())


@answers(Transit.find_movement)
def find_movement(view: View, question: MovementQuery) -> MovementView:
    """A movement by its MRN, or by the LRN of one's own declaration; of another trader's nobody learns anything."""
    if question.mrn:
        subject = view.resolve("mrn", question.mrn)
    else:
        subject = view.resolve("lrn", f"{view.caller.name}/{question.lrn}")
    case = view.get(Departure, subject) if subject is not None else None
    if case is None or not view.admits(Transit.find_movement, subject or 0):
        remedy = (
            "Check the reference." if question.mrn or question.office else "Name the office of departure with an LRN."
        )
        raise NotFound("No movement is known under this reference.", remedy=remedy)
    return MovementView(
        mrn=case.mrn,
        lrn=case.lrn,
        state=case.state,
        office_of_departure=case.office,
        office_of_destination=case.arrived_at or case.destination,
        released_on=case.released_on,
        limit_date=case.limit_date,
        discharged_on=case.over_on if case.state == "discharged" else None,
        late_days=case.late_days,
        not_crossed=(*exchanges.not_crossed(case), *exchanges.not_left(case)) if case.arrived else (),
        waits=_waits(case),
    )


def _waits(case: Departure) -> tuple[str, ...]:
    """Of which registers a movement still awaits an answer, in sentences: before the release, and not after the end."""
    if case.released_on is not None or case.over_on is not None:
        return ()
    asked = {use.grn for use in case.guarantees if use.state == "asked"}
    covers = (why for grn, why in case.waits if grn in asked)
    return (*covers, *(silent(each) for each in case.claims if each.says is Says.NOT_KNOWN))


@answers(Transit.movement_file)
def movement_file(view: View, question: FileQuery) -> MovementFile:
    """What the office of departure knows of a movement; whose it is not learns of no movement."""
    subject = view.resolve("mrn", question.mrn)
    case = view.get(Departure, subject) if subject is not None else None
    if (
        case is None
        or subject is None
        or not view.roles_seen(subject)
        or not view.admits(Transit.movement_file, subject)
    ):
        raise NotFound("No movement of your office is known under this reference.", remedy="Check the reference.")
    timeline = [row for _, row in view.timeline(subject)]
    rows = [row for row in timeline if isinstance(row, JournalRow)]
    refused = {row.correlation for row in timeline if isinstance(row, SentRow) and row.type == "CC056C"}
    stated = [row for row in rows if row.operation.partition(".")[2] in _TAKES and not row.faults and not row.conflict]
    told = _told([row for row in stated if row.id not in refused])
    return MovementFile(
        mrn=case.mrn, lrn=case.lrn, state=case.state, office=case.office,
        destination=case.arrived_at or case.destination, transits=case.transits, holder=case.holder,
        representative=case.representative, limit_date=case.limit_date,
        guarantees=tuple(GuaranteeStanding(u.grn, u.type, u.state, u.office, u.reasons) for u in case.guarantees),
        left_to_officer=case.left_to_officer, risk=case.risk, controls=case.controls, control=case.control,
        remarks=case.remarks, trusted=case.trusted,
        versions=tuple(
            Version(machine(row.received), _type(row), row.id, row.sender, row.id in refused) for row in stated
        ),
        lines=told[:MOST], cut=len(told) > MOST,
        documents=tuple(
            Document(each.name, each.media_type, each.size, each.digest, row.id)
            for row in rows for each in row.content.attachments
        ),
        waits=_waits(case),
    )  # fmt: skip


def _told(stated: list[JournalRow]) -> tuple[Told, ...]:
    """The last version line by line, those first that it changed."""
    versions = [_lines(row) for row in stated[-2:]]
    if not versions:
        return ()
    now = versions[-1]
    changed = differences(versions[0], now) if len(versions) > 1 else ()
    pointers = {each.pointer for each in changed}
    first = (Told(each.pointer, each.label, each.now, each.before, changed=True) for each in changed)
    rest = (Told(each.pointer, each.label, each.value) for each in now if each.pointer not in pointers)
    return (*first, *rest)


def _lines(row: JournalRow) -> tuple[Line, ...]:
    """What a declaration or amendment says, without its envelope."""
    kind = _TAKES[row.operation.partition(".")[2]]
    octets = row.content.octets
    message = p5.from_json(kind, octets) if row.content.media is Media.JSON else p5.read(octets)
    (content,) = msgspec.json.decode(p5.to_json(message)).values()
    inside: dict[str, Any] = {tag: value for tag, value in content.items() if tag not in _ENVELOPE}
    return tuple(lines(described(kind, NCTS5), inside))


def _type(row: JournalRow) -> str:
    return str(_TAKES[row.operation.partition(".")[2]].__name__)
