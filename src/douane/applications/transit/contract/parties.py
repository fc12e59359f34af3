"""Who has a part in transit: its actors, the roles of a case, and what messages say about both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from douane.applications.authorisations.contract import (
    TYPE_OF_DOCUMENT,
    AuthorisationQuestion,
    Authorisations,
    Standing,
)
from douane.applications.guarantees.contract import CoverWaits
from douane.applications.transit.messages import ClaimsQuery, MovementQuery, PassageWithdrawn
from douane.author import (
    Actor,
    ActorKind,
    Ask,
    Caller,
    CaseRole,
    Members,
    Party,
    administration,
    customs_of,
    issuer_of_mrn,
    trader,
)
from douane.standards.ncts.phase5 import CC007C, CC044C, CD001C, CD002C, CD114C, CD164C, CD180C

HOLDER = Actor("holder of the transit procedure", ActorKind.TRADER, "Answers for the goods until they arrive")
CONSIGNEE = Actor("trader at destination", ActorKind.TRADER, "Presents the goods, or receives them when authorised")
ANSWERING_TRADER = Actor("guarantor", ActorKind.TRADER, "Answers for the debts of another by an undertaking")
OFFICER_DEPARTURE = Actor("customs officer of departure", ActorKind.OFFICER)
OFFICER_TRANSIT = Actor("customs officer of transit", ActorKind.OFFICER)
OFFICER_EXIT = Actor("customs officer of exit for transit", ActorKind.OFFICER)
OFFICER_DESTINATION = Actor("customs officer of destination", ActorKind.OFFICER)
OFFICE = Actor("customs office of another administration", ActorKind.MEMBER_STATE)

HOLDING = CaseRole("holder of the procedure", "UCC art. 5(35)")
REPRESENTING = CaseRole("representative", "Acts for the holder, or lodged the declaration (UCC art. 18)")
AT_DEPARTURE = CaseRole("office of departure")
AT_TRANSIT = CaseRole("office of transit")
AT_EXIT = CaseRole("office of exit for transit", "Sees the goods leave the security area (UCC art. 267)")
AT_DESTINATION = CaseRole("office of destination")
AT_GUARANTEE = CaseRole("office of guarantee")
AT_INCIDENT = CaseRole("office of an incident", "Registered what happened on the way (IA art. 305)")
AT_RECOVERY = CaseRole("authority of recovery", "Was asked to recover the duty (IA art. 311)")
PRESENTING = CaseRole("trader at destination", "Presented the goods at destination")
BRINGING = CaseRole("brings the goods", "Holder of the procedure or carrier (UCC art. 233(1)(a), (2))")
CONSIGNED = CaseRole("consignee", "Receives the goods (UCC art. 233(2))")
DECLARING = (HOLDING, REPRESENTING)
AUTHORISED_CONSIGNEE = ("C522", "C520")
"""Codes of authorised consignees, of Union transit and of TIR (12 12 002 000)."""
ARRIVING = (PRESENTING, CONSIGNED, BRINGING)
"""Who may say that goods have arrived: whom the record of the office of departure names, and who did already."""


def administration_of(message: Any) -> str:
    """Which administration a message is for: the country of its recipient, of the office an officer acts for, or of
    the MRN or the office of departure that a question names."""
    recipient: str = getattr(message, "message_recipient", "")
    if recipient:
        return recipient[-2:]
    if isinstance(message, MovementQuery):
        return message.mrn[2:4] or message.office[:2]
    if isinstance(message, PassageWithdrawn):
        return message.administration
    if isinstance(message, CoverWaits):
        return issuer_of_mrn(message.mrn)
    if isinstance(message, ClaimsQuery):
        return customs_of(message.country)
    office: str = getattr(message, "officer", "")
    return office[:2]


def own_declaration(message: Any, caller: Caller) -> tuple[str, str]:
    """A declaration under its LRN, which is scoped by who sends it: nobody takes a reference in another's name."""
    return "lrn", f"{caller.party.identifier}/{message.transit_operation.lrn}"


def declaring_parties(message: Any) -> tuple[Party, ...]:
    """Who may send a declaration: its holder, or the representative it names."""
    return tuple([party for party, role in declared(message) if role in (HOLDING, REPRESENTING)])


def parties_of_declaration(message: Any, caller: Caller) -> Members:
    """Who has a part in a movement at departure, by its declaration, and as a representative whoever else sends it."""
    named = declared(message)
    sender = () if caller.party in [party for party, _ in named] else ((caller.party, REPRESENTING),)
    return (*named, *sender)


def declared(message: Any) -> tuple[tuple[Party, CaseRole], ...]:
    """Holder, representative and offices that a declaration names."""
    holder, representative = message.holder_of_the_transit_procedure, message.representative
    found = [(holder.identification_number, HOLDING)]
    found += [(representative.identification_number, REPRESENTING)] if representative else []
    traders = [(trader(number), role) for number, role in found if number]
    return (*traders, *offices_of(
        message.customs_office_of_destination_declared.reference_number,
        transits=[each.reference_number for each in message.customs_office_of_transit_declared],
        exits=[each.reference_number for each in message.customs_office_of_exit_for_transit_declared],
    ))  # fmt: skip


def offices_of(
    destination: str, *, transits: Iterable[str], exits: Iterable[str] = ()
) -> tuple[tuple[Party, CaseRole], ...]:  # fmt: skip
    """The administrations that expect a movement, by the offices that its declaration names."""
    ahead = [(administration(office[:2]), AT_TRANSIT) for office in transits]
    leaving = [(administration(office[:2]), AT_EXIT) for office in exits]
    return (administration(destination[:2]), AT_DESTINATION), *ahead, *leaving


def issuing(message: Any) -> tuple[Party, ...]:
    """Who alone may announce a movement: the administration that issued its MRN."""
    return (administration(issuer_of_mrn(message.transit_operation.mrn)),)


def announced_by(_message: Any, caller: Caller) -> Members:
    """The administration of departure, in the case of a movement that it announces."""
    return ((caller.party, AT_DEPARTURE),)


def arrival_parties(message: CD001C, caller: Caller) -> Members:
    """Whom an anticipated arrival record names: the administration of departure, holder, carrier and consignees."""
    consignment = message.consignment
    houses = consignment.house_consignment
    consignees = [consignment.consignee, *[each.consignee for each in houses]]
    consignees += [item.consignee for house in houses for item in house.consignment_item]
    named: list[tuple[Any, CaseRole]] = [(message.holder_of_the_transit_procedure, BRINGING)]
    named += [(consignment.carrier, BRINGING), *[(each, CONSIGNED) for each in consignees if each is not None]]
    traders = [(trader(each.identification_number or ""), role) for each, role in named if each is not None]
    return (*announced_by(message, caller), *dict.fromkeys(traders))


def arriving(message: CC007C | CC044C) -> tuple[Party, ...]:
    """Who may speak as trader at destination: the one who is named so."""
    return (trader(message.trader_at_destination.identification_number),)


def presents_goods(message: CC007C, case: Any, caller: Caller, ask: Ask) -> bool:
    """Whom the record does not name notifies an arrival, until somebody has, as authorised consignee whom a register
    knows (UCC art. 233(4)(b), 230).

    Of a movement that was announced to a former release nobody is kept but the offices: whoever presents its goods at a
    customs office may say so (IA art. 306).
    """
    if case is None or case.sender not in ("", caller.name):
        return False
    if message.transit_operation.simplified_procedure:
        return is_authorised_consignee(message, caller, ask)
    return not case.named


def is_authorised_consignee(message: CC007C, caller: Caller, ask: Ask) -> bool:
    """Whether a notification names an authorisation of its sender to receive goods under transit, which may be used
    where the office of destination is (IA art. 313(2))."""
    place = message.customs_office_of_destination_actual.reference_number[:2]
    for each in message.authorisation:
        if each.type in AUTHORISED_CONSIGNEE:
            question = AuthorisationQuestion(reference=each.reference_number, ends_in=place)
            found = ask(Authorisations.ask, question)
            same = found.type is TYPE_OF_DOCUMENT[each.type] and found.holder == caller.party.identifier
            if same and found.standing is Standing.USABLE:
                return True
    return False


def known_declaration(message: Any, caller: Caller) -> tuple[str, str]:
    """A declaration under its MRN once it has one, else under the LRN."""
    mrn = message.transit_operation.mrn
    return ("mrn", mrn) if mrn else own_declaration(message, caller)


def movement_at_departure(message: Any, _caller: Caller) -> tuple[str, str]:
    """A movement at the office of departure, under its MRN."""
    return "mrn", getattr(message, "mrn", "") or message.transit_operation.mrn


def movement_at_destination(message: Any, _caller: Caller) -> tuple[str, str]:
    """A movement at the office of destination: another case than at departure, also in the same administration."""
    return "arrival", getattr(message, "mrn", "") or message.transit_operation.mrn


def movement_at_transit(message: Any, _caller: Caller) -> tuple[str, str]:
    """A movement at the offices of transit of one administration."""
    return "passage", getattr(message, "mrn", "") or message.transit_operation.mrn


def movement_at_exit(message: Any, _caller: Caller) -> tuple[str, str]:
    """A movement at the offices of exit for transit of one administration."""
    return "leaving", getattr(message, "mrn", "") or message.transit_operation.mrn


def own_offices_ahead(message: PassageWithdrawn, caller: Caller) -> tuple[str, str]:
    """The offices of transit, or of exit, of an administration that its destination tells."""
    return movement_at_exit(message, caller) if message.leaving else movement_at_transit(message, caller)


def recovery_elsewhere(message: Any, _caller: Caller) -> tuple[str, str]:
    """A movement at the authority that was asked to recover its duty."""
    return "recovery", getattr(message, "mrn", "") or message.transit_operation.mrn


def movement_expected(message: Any, caller: Caller) -> tuple[str, str]:
    """A movement where an administration expects it, told by one message for all its offices (G0170): at destination
    where that is there, else at its offices of transit, else at those of exit."""
    country = message.message_recipient[-2:]
    actual = getattr(message, "customs_office_of_destination_actual", None)
    ends = [message.customs_office_of_destination_declared, *([actual] if actual is not None else [])]
    if any(each.reference_number.startswith(country) for each in ends):
        return movement_at_destination(message, caller)
    if any(each.reference_number.startswith(country) for each in message.customs_office_of_transit_declared):
        return movement_at_transit(message, caller)
    exits = (*message.customs_office_of_exit_for_transit_declared,
             *getattr(message, "customs_office_of_exit_for_transit_actual", ()))  # fmt: skip
    leaves = any(each.reference_number.startswith(country) for each in exits)
    return movement_at_exit(message, caller) if leaves else movement_at_transit(message, caller)


def issued_elsewhere(message: Any, _caller: Caller) -> Members:
    """The administration of departure, in a case that an officer opens by an MRN."""
    return ((administration(issuer_of_mrn(message.mrn)), AT_DEPARTURE),)


def own_office(message: Any) -> tuple[Party, ...]:
    """Who alone asks for a record: the administration of the office at which the goods are."""
    if isinstance(message, CD114C):
        return (administration(message.customs_office_of_transit_actual.reference_number[:2]),)
    if isinstance(message, CD164C):
        return (administration(message.customs_office_of_exit_for_transit_actual.reference_number[:2]),)
    if isinstance(message, CD180C):
        return (administration(message.customs_office_of_incident_registration.reference_number[:2]),)
    if isinstance(message, CD002C):
        return (administration(message.customs_office_of_destination_actual.reference_number[:2]),)
    named: str = getattr(message, "office", "") or message.administration
    return (administration(named[:2]),)


def office_named(message: Any) -> str:
    """The office at which an officer has the goods before him."""
    office: str = message.office
    return office


def on_its_way(_message: Any, case: Any, _caller: Caller, _ask: Ask) -> bool:
    """A movement between release and arrival is told to the office that has its goods (IA art. 304(4), 306(4))."""
    return case is not None and case.released_on is not None and case.over_on is None and not case.arrived


def incident_on_the_way(message: Any, _caller: Caller) -> tuple[str, str]:
    """What an administration registered of a movement on its way."""
    return "incident", message.mrn
