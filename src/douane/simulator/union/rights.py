"""Who could touch what: the invariant of admission, computed again from the rows of a store.

Whatever came of a message in a case has a causing row of the journal whose caller (a) opened the case as the one who
may give its name, (b) had a role in it that the operation is open to, (c) joined by the operation's own rule,
(d) answered a question that was put to him and still waited, or (e) is the core. The tables here are written by hand
from the law and the exchange's own rules; nothing is read from the declarations that the runtime follows.
"""

from __future__ import annotations

import enum
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from douane.model.caller import VIA_CORE
from douane.model.circles import ActorKind
from douane.runtime.store.envelope import JournalRow, RowKind, SentKind, SentRow
from douane.runtime.store.origin import Media
from douane.runtime.store.records import HumanTask, Parties, ProcessInstance, kind_of
from douane.standards.ncts import phase5 as p5


class Role(enum.Enum):
    """Parts in a case, in the words of this table."""

    OFFICE = "the office whose case it is"
    HOLDER = "holder"
    REPRESENTATIVE = "representative"
    DEPARTURE = "office of departure"
    TRANSIT = "office of transit"
    DESTINATION = "office of destination"
    GUARANTOR = "office of guarantee"
    PRESENTER = "who presented the goods"
    INCIDENT = "office of an incident"
    SELLER = "guarantor who undertook to answer for vouchers"
    EXPECTED = "holder, carrier or consignee, as the office of departure announced it"


_DECLARES: Final = frozenset({Role.HOLDER, Role.REPRESENTATIVE})
_OFFICE: Final = frozenset({Role.OFFICE})
OPENS: Final = frozenset(
    {
        "transit.lodge_declaration",
        "transit.anticipate_arrival",
        "transit.anticipate_passage",
        "guarantees.register",
        "guarantees.register_carnet",
        "guarantees.register_undertaking",
        "guarantees.keep_voucher",
    }
)
OWN_CASE: Final = frozenset({"transit.request_arrival", "transit.request_passage", "transit.record_incident"})
"""By which an officer opens a case of his own administration about goods that are at his office, or goes on in it."""
MAY: Final[Mapping[str, frozenset[Role]]] = {
    "transit.amend_declaration": _DECLARES, "transit.request_invalidation": _DECLARES,
    "transit.present_goods": _DECLARES, "transit.inform_on_non_arrived": _DECLARES,
    "transit.notify_arrival": frozenset({Role.EXPECTED, Role.PRESENTER}),
    "transit.submit_unloading_remarks": frozenset({Role.PRESENTER}),
    "transit.cancel_movement": frozenset({Role.DEPARTURE}), "transit.enquire": frozenset({Role.DEPARTURE}),
    "transit.notify_crossing": frozenset({Role.TRANSIT}), "transit.advise_arrival": frozenset({Role.DESTINATION}),
    "transit.send_control_results": frozenset({Role.DESTINATION}),
    "transit.answer_enquiry": frozenset({Role.DESTINATION}), "transit.note_recovery": frozenset({Role.DEPARTURE}),
    "transit.cancel_enquiry": frozenset({Role.DEPARTURE}), "transit.take_information": frozenset({Role.DEPARTURE}),
    "transit.ask_for_information": frozenset({Role.DESTINATION}),
    "transit.forward_arrival": frozenset({Role.DEPARTURE}),
    "transit.request_arrival_record": frozenset({Role.DESTINATION}),
    "transit.receive_arrival_record": frozenset({Role.DEPARTURE}),
    "transit.notify_incident": frozenset({Role.INCIDENT}), "transit.forward_incident": frozenset({Role.DEPARTURE}),
    "transit.request_arrival": _OFFICE, "transit.record_incident": _OFFICE, "transit.request_passage": _OFFICE,
    "transit.request_transit_record": frozenset({Role.TRANSIT}),
    "transit.receive_transit_record": frozenset({Role.DEPARTURE}),
    "guarantees.change_access_code": frozenset({Role.HOLDER}), "guarantees.sell_voucher": frozenset({Role.SELLER}),
    "guarantees.ask_use": frozenset({Role.HOLDER}),
    "transit.receive_guarantee_result": frozenset({Role.GUARANTOR}),
    "transit.decide_control": _OFFICE, "transit.judge_guarantee": _OFFICE, "transit.dispose_of_goods": _OFFICE,
    "transit.settle_identity": _OFFICE,
    "transit.record_passage": _OFFICE, "transit.record_inspection": _OFFICE,
    "transit.invalidate_by_office": _OFFICE, "transit.close_enquiry": _OFFICE,
    "transit.begin_enquiry": _OFFICE, "transit.ask_holder": _OFFICE, "transit.inform_office": _OFFICE,
    "transit.accept_proof": _OFFICE, "transit.determine_duty": _OFFICE, "transit.record_payment": _OFFICE,
}  # fmt: skip
"""Which operations on a case are open to whom."""
GUARANTEE: Final = frozenset({"guarantees.check", "guarantees.use", "guarantees.cancel_use", "guarantees.credit"})
"""Open to every administration for movements of its own country: the access code is the handler's to compare."""
UNKNOWN: Final = (b">90<", b'"90"', b"\xa290", b"No case is known under this reference")
"""How an unknown reference is told in XML, JSON and msgpack, and in words: all that a stranger is told."""
FOREIGN: Final = (b">14<", b'"14"', b"\xa214", b"this is not yours", *UNKNOWN)
"""That a message is not its sender's to send: judged by the message alone, it tells of no case."""
TAKEN: Final = (b">26<", b'"26"', b"\xa226", *UNKNOWN)
"""The same for a reference of the sender's own that is used already."""
ANSWERS: Final[Mapping[str, str]] = {"CD203C": "CD205C", "CD200C": "CD201C", "CD002C": "CD003C", "CD114C": "CD115C"}
"""What answers a question to another administration."""
OVER: Final = frozenset({"CC009C", "CC045C", "CC051C"})
"""When the holder was told this nothing is asked for the movement any more."""
SILENT: Final = frozenset({"transit.receive_guarantee_result", "guarantees.cancel_use", "guarantees.credit"})
"""Operations that answer nobody, whatever becomes of them. Of every other one a refusal is told."""
NACKS: Final = frozenset({"transit.receive_functional_nack", "transit.receive_xml_nack"})
ELSEWHERE: Final = (b"begun with ", b"told by ", b"kept by ", b"answered by ")
"""Under which kinds of names the centre knows cases of other systems."""
LEARN: Final = "provision.learn"
"""What systems tell of an administration's names stands together, and is no case of theirs."""
CASELESS: Final = NACKS | {"risk_analysis.assess"}
CUSTOMS: Final[Mapping[str, str]] = {"LI": "CH", "SM": "IT"}
_REJECTED: Final = b"equestRejectionReasonCode"
_MRN = re.compile(rb"(?<![A-Z0-9])[0-9]{2}[A-Z]{2}[A-Z0-9]{14}(?![A-Z0-9])")
_LRN = re.compile(rb"<LRN>([^<]+)</LRN>")
_JOINING: Final = frozenset({"transit.notify_arrival"})
_HAS_THE_GOODS: Final[Mapping[str, tuple[str, Role]]] = {
    "transit.request_arrival_record": ("CD003C", Role.DESTINATION),
    "transit.request_transit_record": ("CD115C", Role.TRANSIT),
    "transit.notify_incident": ("CC182C", Role.INCIDENT),
}
"""By which an office that was not declared joins a movement on its way: what shows that it did, and its role."""


@dataclass(slots=True)
class Held:
    """A role in a case: whose, since which position, and until which (0: still)."""

    name: str
    role: Role
    since: int
    until: int = 0


@dataclass(slots=True)
class Rights:
    """The judgement over one store: its rows, and which messages were seen to hold up a case (``blocked``)."""

    journal: Mapping[int, JournalRow]
    sent: Mapping[int, SentRow]
    records: Iterator[tuple[bytes, bytes]]
    aliases: Iterator[tuple[bytes, bytes]]
    blocked: frozenset[int] = frozenset()
    roles: dict[int, list[Held]] = field(default_factory=lambda: defaultdict(list))
    country: dict[int, str] = field(default_factory=dict)
    """Of each opened case, whose it is."""
    effects: dict[int, list[SentRow]] = field(default_factory=lambda: defaultdict(list))

    def findings(self) -> Iterator[str]:
        """Everything that somebody touched who had no right to, each in a sentence."""
        for row in self.sent.values():
            self.effects[row.cause].append(row)
        yield from self._opened()
        yield from self._granted()
        yield from self._acted()
        yield from self._unknown()
        yield from self._inner()
        yield from self._answered()
        yield from self._named()
        yield from self._kept()

    # --- (a) who opened

    def _opened(self) -> Iterator[str]:
        for position, row in self.journal.items():
            if row.operation == "transit.receive_arrival_record" and not row.conflict:
                self._expect(position, row)
            if row.kind is not RowKind.MESSAGE or row.operation not in OPENS | OWN_CASE or row.conflict:
                continue
            if row.subject in self.country and row.operation in OWN_CASE:
                continue
            if row.subject in self.country:
                yield self._says(position, row, "opened a case that was open")
                continue
            self.country[row.subject] = row.administration
            self._hold(row.subject, f"NTA.{row.administration}", Role.OFFICE, position)
            if not self._opens(position, row):
                yield self._says(position, row, "opened a case whose name is not its to give")

    def _expect(self, position: int, row: JournalRow) -> None:
        """Whom a record names that was asked for; one that is refused names nobody."""
        if row.sender == f"NTA.{_issuer(row)}" and _said(row, p5.CD003C).consignment is not None:
            for name in _expected(row, p5.CD003C):
                self._hold(row.subject, name, Role.EXPECTED, position)

    def _opens(self, position: int, row: JournalRow) -> bool:
        """Whether the sender may open this case; its roles are noted."""
        s, caller = row.subject, row.caller
        if row.operation in OWN_CASE:
            self._hold(s, f"NTA.{_issuer(row)}", Role.DEPARTURE, position)
            at = _customs(msgspec.json.decode(row.content.octets)["office"][:2])
            return caller.kind is ActorKind.OFFICER and caller.administration == at
        if row.operation.startswith("guarantees."):
            return self._secures(position, row)
        if row.operation != "transit.lodge_declaration":
            self._hold(s, row.sender, Role.DEPARTURE, position)
            for name in _expected(row) if row.operation == "transit.anticipate_arrival" else ():
                self._hold(s, name, Role.EXPECTED, position)
            return row.sender == f"NTA.{_issuer(row)}"
        said = _said(row, p5.CC015C)
        holder, representative = _declarants(said)
        self._hold(s, holder, Role.HOLDER, position)
        self._hold(s, representative, Role.REPRESENTATIVE, position)
        offices = [each.reference_number for each in said.customs_office_of_transit_declared]
        for office in offices:
            self._hold(s, f"NTA.{_customs(office[:2])}", Role.TRANSIT, position)
        destination = said.customs_office_of_destination_declared.reference_number
        self._hold(s, f"NTA.{_customs(destination[:2])}", Role.DESTINATION, position)
        declares = caller.kind is ActorKind.TRADER and row.sender in (holder, representative)
        return declares and (row.sender == holder or self._refused_only(s))

    def _secures(self, position: int, row: JournalRow) -> bool:
        """The same of a security: an officer registers it; a voucher is opened by the case of its undertaking alone."""
        decode = msgspec.msgpack.decode if row.content.media is Media.VALUE else msgspec.json.decode
        content: dict[str, Any] = decode(row.content.octets)
        own = _customs(content.get("grn", "")[2:4] or content.get("office", "")[:2])
        if "holder" in content:
            self._hold(row.subject, content["holder"], Role.HOLDER, position)
        if row.operation == "guarantees.register_undertaking":
            self._hold(row.subject, content["guarantor"]["identification"], Role.SELLER, position)
        if row.operation == "guarantees.keep_voucher":
            return row.caller.via == VIA_CORE and row.sender == f"NTA.{own}"
        return row.caller.kind is ActorKind.OFFICER and row.caller.administration == own

    def _refused_only(self, subject: int) -> bool:
        """Whether a declaration was refused and nothing more came of it: nobody in the simulation empowers another."""
        return all(row.type == "CC056C" for row in self.sent.values() if row.subject == subject)

    # --- what gave and took roles

    def _granted(self) -> Iterator[str]:
        """In the order in which messages had effects, which is that of what they left."""
        for row in self.sent.values():
            cause = self.journal.get(row.cause)
            if cause is None:
                yield f"{row.type} {row.id} for {row.party} has no cause"
                continue
            if row.type == "CD203C" and row.subject == cause.subject:
                self._hold(row.subject, row.party if row.kind is SentKind.MESSAGE else "", Role.GUARANTOR, row.cause)
            if row.type == "CD006C" and cause.operation in _JOINING and row.subject == cause.subject:
                self._hold(row.subject, cause.sender, Role.PRESENTER, row.cause)
            yield from self._joined(row, cause)
            if row.type == "CC004C" and cause.operation == "transit.amend_declaration":
                self._amended(row.cause, cause)
        for told in self.journal.values():  # the same, told to a case of this node
            by = self.journal.get(told.cause) if told.operation == "transit.advise_arrival" else None
            if by is not None and by.operation in _JOINING:
                self._hold(by.subject, by.sender, Role.PRESENTER, told.cause)

    def _joined(self, row: SentRow, cause: JournalRow) -> Iterator[str]:
        """An office has the goods of a movement that was released and is not over, and speaks for itself alone."""
        shows, role = _HAS_THE_GOODS.get(cause.operation, ("", None))
        if role is None or row.type != shows or row.subject != cause.subject or _REJECTED in row.content.octets:
            return
        told = [each for each in self.sent.values() if each.subject == row.subject and each.cause < row.cause]
        types = {each.type for each in told}
        if "CC029C" not in types or types & OVER:
            yield self._says(row.cause, cause, "joined a movement that is not on its way")
        self._hold(row.subject, cause.sender, role, row.cause)

    def _amended(self, position: int, row: JournalRow) -> None:
        """Who is named no more has no part any more."""
        said = _said(row, p5.CC013C)
        offices = [each.reference_number for each in said.customs_office_of_transit_declared]
        named = {(Role.REPRESENTATIVE, _declarants(said)[1])}
        named |= {(Role.TRANSIT, f"NTA.{_customs(office[:2])}") for office in offices}
        for held in self.roles[row.subject]:
            if held.role in (Role.REPRESENTATIVE, Role.TRANSIT) and (held.role, held.name) not in named:
                held.until = held.until or position
        for role, name in named:
            self._hold(row.subject, name, role, position)

    def _hold(self, subject: int, name: str, role: Role, since: int) -> None:
        if name and not any(h.name == name and h.role is role and not h.until for h in self.roles[subject]):
            self.roles[subject].append(Held(name, role, since))

    # --- (b), (c): who acted

    def _acted(self) -> Iterator[str]:
        places = Counter(row.subject for row in self.journal.values())
        nacks = {row.cause: row for row in self.journal.values() if row.operation in NACKS}
        for position, row in self.journal.items():
            if row.kind is not RowKind.MESSAGE:
                continue
            if row.conflict:
                yield from self._refused(position, row, nacks.get(position))
            elif row.operation in OPENS:
                continue
            elif row.subject not in self.country:
                if row.operation != LEARN and places[row.subject] > 1 and row.operation not in CASELESS:
                    yield self._says(position, row, "shares a place with others without a case")
            elif not self._may(position, row):
                elsewhere = any(each.subject != row.subject for each in self._answers(position)) or position in nacks
                inside = any(each.subject == row.subject for each in self._answers(position))
                if inside or not (elsewhere or row.operation in SILENT):
                    yield self._says(position, row, "acted in a case in which it has no such part")
                yield from self._refused(position, row, nacks.get(position))
            if position in self.blocked and row.subject in self.country and not self._part(position, row):
                yield self._says(position, row, "held up a case that it only wanted to join")

    def _refused(self, position: int, row: JournalRow, nack: JournalRow | None) -> Iterator[str]:
        """Nobody but its sender is told that a message is refused, and he no more than that the name is unknown."""
        answers = [each for each in self._answers(position) if each.subject != row.subject or row.conflict]
        told = [each.content.octets for each in answers if each.type not in ANSWERS.values()]
        outside = {each.party for each in answers if each.kind is SentKind.MESSAGE}
        if nack is not None:
            told.append(nack.content.octets)
            outside.add(f"NTA.{nack.administration}")
        if not outside <= {row.sender}:
            yield self._says(position, row, "had somebody else told of it")
        codes = {"taken": TAKEN, "foreign": FOREIGN}.get(row.conflict, UNKNOWN)
        if not all(any(code in each for code in codes) for each in told):
            yield self._says(position, row, "was told more than that the reference is unknown")

    def _answers(self, position: int) -> list[SentRow]:
        return self.effects.get(position, [])

    def _may(self, position: int, row: JournalRow) -> bool:
        """Whether a caller could do at its position what it asked for."""
        if row.operation in GUARANTEE:
            return row.sender == f"NTA.{_issuer(row)}"
        if row.operation == "transit.withdraw_passage":  # what an administration tells its own offices
            return row.caller.via == VIA_CORE and row.sender == f"NTA.{self.country[row.subject]}"
        wanted = MAY.get(row.operation)
        if wanted is None:
            return False
        return bool(self._at(position, row) & wanted)

    def _at(self, position: int, row: JournalRow) -> set[Role]:
        """The roles of a caller at a position; an officer has none but that of the office."""
        officer = row.caller.kind is ActorKind.OFFICER
        name = f"NTA.{row.caller.administration}" if officer else row.sender
        held = {
            each.role for each in self.roles[row.subject]
            if each.name == name and each.since <= position and (not each.until or position <= each.until)
        }  # fmt: skip
        if row.caller.circle is not row.caller.kind.circle:
            return set()  # nobody is an officer who comes from the circle of traders
        return held & _OFFICE if officer else held - _OFFICE

    def _part(self, position: int, row: JournalRow) -> bool:
        """Whether a caller had any part in the case before its message."""
        if row.operation in GUARANTEE:
            return True  # who used it before is kept by the ledger; it is not told apart here
        return any(h.since < position for h in self.roles[row.subject] if h.role in self._at(position, row))

    # --- and who could have

    def _unknown(self) -> Iterator[str]:
        """Who declared something is not told that it is unknown."""
        declared: dict[tuple[str, bytes], int] = {}
        for position, row in self.journal.items():
            lrn = _LRN.search(row.content.octets) if row.kind is RowKind.MESSAGE else None
            if lrn is None:
                continue
            if row.operation == "transit.lodge_declaration" and not row.conflict:
                declared[row.sender, lrn[1]] = position
            opened = declared.get((row.sender, lrn[1]), position)
            if row.operation in MAY and row.conflict == "unknown" and opened < position:
                yield self._says(position, row, "was told that its own declaration is unknown")

    # --- (e) what the core says of itself

    def _inner(self) -> Iterator[str]:
        """A message between cases of a node speaks for the administration of the case that sent it."""
        for position, row in self.journal.items():
            if row.kind is not RowKind.MESSAGE or row.caller.via != VIA_CORE:
                continue
            cause = self.journal.get(row.cause) or self.sent.get(_transferred(row.id))
            if cause is None or cause.administration != row.caller.administration:
                yield self._says(position, row, "speaks for another than the case that sent it")

    # --- (d) answers

    def _answered(self) -> Iterator[str]:
        asked = {row.id: row for row in self.sent.values() if row.kind is SentKind.MESSAGE and row.type in ANSWERS}
        taken: set[str] = set()
        over: dict[int, int] = {}
        effects: dict[int, list[tuple[int, int]]] = {}
        for row in self.sent.values():
            effects.setdefault(row.subject, []).append((row.cause, row.at))
            if row.type in OVER:
                over.setdefault(row.subject, row.cause)
        for position, answer in self.journal.items():
            if answer.kind is not RowKind.ANSWER or answer.caller.via == VIA_CORE:
                continue
            came = answer.origin.received
            if any(cause < position and at > came for cause, at in effects.get(answer.subject, ())):
                continue  # it came while earlier messages of the case waited: they were judged before it was
            question = asked.get(answer.origin.correlation)
            if question is None or question.subject != answer.subject:
                yield self._says(position, answer, "answers what this case did not ask")
            elif question.party != answer.sender:
                yield self._says(position, answer, f"answers what {question.party} was asked")
            elif ANSWERS[question.type] != _type(answer):
                yield self._says(position, answer, f"is no answer to {question.type}")
            elif question.id in taken:
                yield self._says(position, answer, f"answers {question.id} once more")
            elif position > over.get(answer.subject, position):
                yield self._says(position, answer, "answers a movement that is over")
            taken.add(answer.origin.correlation)

    # --- names, records, tasks

    def _named(self) -> Iterator[str]:
        for key, raw in self.aliases:
            kind, _, value = key[5:].partition(b"\0")
            subject, home = int.from_bytes(raw, "big"), key[3:5].decode()
            if kind in (b"passed on", b"names told", b"carried") or kind.startswith(ELSEWHERE):
                continue
            country = self.country.get(subject)
            if country is None:
                yield f"{kind.decode()} {value.decode()} names a case that nobody opened"
            elif kind == b"lrn":
                owners = {h.name for h in self.roles[subject] if h.role in _DECLARES}
                if value.decode().partition("/")[0] not in owners:
                    yield f"LRN {value.decode()} names a case of others"
            elif kind in (b"mrn", b"grn") and (home != country or _customs(value[2:4].decode()) != country):
                yield f"{kind.decode()} {value.decode()} names a case of {country}"
            elif kind in (b"arrival", b"passage"):
                issuer = f"NTA.{_customs(value[2:4].decode())}"
                if not any(h.name == issuer and h.role is Role.DEPARTURE for h in self.roles[subject]):
                    yield f"{kind.decode()} {value.decode()} was not announced by {issuer}"

    def _kept(self) -> Iterator[str]:
        """Tasks, processes and parties stand in cases that somebody opened; nobody is a party whom no row made one."""
        wanted = {kind_of(each).number for each in (HumanTask, ProcessInstance)}
        parties = kind_of(Parties)
        for key, raw in self.records:
            number, subject = int.from_bytes(key[13:15], "big"), int.from_bytes(key[5:13], "big")
            if number in wanted and subject not in self.country:
                yield f"a task or process stands in {subject:x}, which nobody opened"
            if number != parties.number or subject not in self.country:
                continue
            for member in parties.stored.read(raw).members:
                if member.since not in self.journal or self.journal[member.since].subject != subject:
                    yield f"{member.party.name} is {member.role} of {subject:x} by no message of that case"

    def _says(self, position: int, row: JournalRow, what: str) -> str:
        return f"{row.operation or _type(row)} {row.id} of {row.sender} ({position:x}, case {row.subject:x}) {what}"


def _customs(country: str) -> str:
    return CUSTOMS.get(country, country)


def _issuer(row: JournalRow) -> str:
    """The country of the first MRN that a message names."""
    found = _MRN.search(row.content.octets)
    return _customs(found[0][2:4].decode()) if found else ""


def _said(row: JournalRow, kind: type) -> Any:
    body = row.content.octets
    return msgspec.msgpack.decode(body, type=kind) if row.content.media is Media.VALUE else p5.read(body)


def _expected(row: JournalRow, kind: type = p5.CD001C) -> set[str]:
    """Whom a record of the office of departure names to come with the goods, or to receive them."""
    said = _said(row, kind)
    goods = said.consignment
    named = [said.holder_of_the_transit_procedure, goods.carrier, goods.consignee]
    for house in goods.house_consignment:
        named += [house.consignee, *(item.consignee for item in house.consignment_item)]
    return {each.identification_number for each in named if each is not None and each.identification_number}


def _declarants(said: Any) -> tuple[str, str]:
    """Holder and representative of a declaration."""
    representative = said.representative.identification_number if said.representative else ""
    return said.holder_of_the_transit_procedure.identification_number or "", representative


def _type(row: JournalRow) -> str:
    """The message type of an answer, by its root element."""
    found = re.search(rb"<(?:\w+:)?(C[CD][0-9]{3}C)", row.content.octets[:300])
    return found[1].decode() if found else row.operation


def _transferred(own_id: str) -> int:
    """Where a message stands that came from another partition (``CD050C@7``); 0 for others."""
    _, _, place = own_id.partition("@")
    return int(place, 16) if place else 0
