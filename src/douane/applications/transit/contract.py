"""Transit: what traders, offices and officers may ask of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from douane.applications.authorisations.contract import (
    TYPE_OF_DOCUMENT,
    AuthorisationQuestion,
    Authorisations,
    Standing,
)
from douane.applications.transit.messages import (
    ControlDecision,
    DeskRefusal,
    EnquiryClosure,
    Inspection,
    MovementOutcome,
    MovementQuery,
    MovementView,
    OfficeInvalidation,
    Passage,
)
from douane.model.architecture import Element, ProcessLevel, Requirement, Task
from douane.model.caller import Caller, Party
from douane.model.circles import ActorKind
from douane.model.decisive import Decisive
from douane.model.declare import Actor, Level, Poison, command, event, query, service
from douane.model.families import NCTS5
from douane.model.parties import COMPETENT, Ask, CaseRole, Members, administration, issuer_of_mrn, trader
from douane.standards.ncts.phase5 import (
    CC004C,
    CC007C,
    CC009C,
    CC013C,
    CC014C,
    CC015C,
    CC019C,
    CC025C,
    CC028C,
    CC029C,
    CC035C,
    CC043C,
    CC044C,
    CC045C,
    CC051C,
    CC055C,
    CC056C,
    CC057C,
    CC060C,
    CC140C,
    CC141C,
    CC170C,
    CC906C,
    CC917C,
    CC928C,
    CD001C,
    CD006C,
    CD010C,
    CD018C,
    CD050C,
    CD118C,
    CD142C,
    CD143C,
    CD205C,
    CD906C,
    CD917C,
)

HOLDER = Actor("holder of the transit procedure", ActorKind.TRADER, "Answers for the goods until they arrive")
CONSIGNEE = Actor("trader at destination", ActorKind.TRADER, "Presents the goods, or receives them when authorised")
OFFICER_DEPARTURE = Actor("customs officer of departure", ActorKind.OFFICER)
OFFICER_TRANSIT = Actor("customs officer of transit", ActorKind.OFFICER)
OFFICER_DESTINATION = Actor("customs officer of destination", ActorKind.OFFICER)
OFFICE = Actor("customs office of another administration", ActorKind.MEMBER_STATE)

HOLDING = CaseRole("holder of the procedure", "UCC art. 5(35)")
REPRESENTING = CaseRole("representative", "Acts for the holder, or lodged the declaration (UCC art. 18)")
AT_DEPARTURE = CaseRole("office of departure")
AT_TRANSIT = CaseRole("office of transit")
AT_DESTINATION = CaseRole("office of destination")
AT_GUARANTEE = CaseRole("office of guarantee")
PRESENTING = CaseRole("trader at destination", "Presented the goods at destination")
BRINGING = CaseRole("brings the goods", "Holder of the procedure or carrier (UCC art. 233(1)(a), (2))")
CONSIGNED = CaseRole("consignee", "Receives the goods (UCC art. 233(2))")
DECLARING = (HOLDING, REPRESENTING)
AUTHORISED_CONSIGNEE = ("C522", "C520")
"""Codes of authorised consignees, of Union transit and of TIR (12 12 002 000)."""
ARRIVING = (PRESENTING, CONSIGNED, BRINGING)
"""Who may say that goods have arrived: whom the record of the office of departure names, and who did already."""

ERRORS = (CC906C, CC917C)
"""What a sender that does not wait for an answer (AS4) is told of a message that is refused at the door."""


def administration_of(message: Any) -> str:
    """Which administration a message is for: the country of its recipient, of the office an officer acts for, or of
    the MRN or the office of departure that a question names."""
    recipient: str = getattr(message, "message_recipient", "")
    if recipient:
        return recipient[-2:]
    if isinstance(message, MovementQuery):
        return message.mrn[2:4] or message.office[:2]
    office: str = getattr(message, "officer", "")
    return office[:2]


def own_declaration(message: Any, caller: Caller) -> tuple[str, str]:
    """A declaration under its LRN, which is scoped by who sends it: nobody takes a reference in another's name."""
    return "lrn", f"{caller.party.identifier}/{message.transit_operation.lrn}"


def declaring_parties(message: Any) -> tuple[Party, ...]:
    """Who may send a declaration: its holder, or the representative it names."""
    return tuple(party for party, role in declared(message) if role in (HOLDING, REPRESENTING))


def parties_of_declaration(message: Any, caller: Caller) -> Members:
    """Who has a part in a movement at departure, by its declaration, and as a representative whoever else sends it."""
    named = declared(message)
    sender = () if any(party == caller.party for party, _ in named) else ((caller.party, REPRESENTING),)
    return (*named, *sender)


def declared(message: Any) -> tuple[tuple[Party, CaseRole], ...]:
    """Holder, representative and offices that a declaration names."""
    holder, representative = message.holder_of_the_transit_procedure, message.representative
    found = [(holder.identification_number, HOLDING)]
    found += [(representative.identification_number, REPRESENTING)] if representative else []
    traders = tuple((trader(number), role) for number, role in found if number)
    return (*traders, *offices_of(
        message.customs_office_of_destination_declared.reference_number,
        transits=[each.reference_number for each in message.customs_office_of_transit_declared],
    ))  # fmt: skip


def offices_of(destination: str, *, transits: Iterable[str]) -> tuple[tuple[Party, CaseRole], ...]:
    """The administrations that expect a movement, by the offices that its declaration names."""
    ahead = ((administration(office[:2]), AT_TRANSIT) for office in transits)
    return (administration(destination[:2]), AT_DESTINATION), *ahead


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
    items = [item for house in houses for item in house.consignment_item]
    consignees = (consignment.consignee, *(each.consignee for each in houses), *(each.consignee for each in items))
    named: list[tuple[Any, CaseRole]] = [(message.holder_of_the_transit_procedure, BRINGING)]
    named += [(consignment.carrier, BRINGING), *((each, CONSIGNED) for each in consignees)]
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


@service(
    "transit",
    title="Transit",
    owner="Commission and Member States",
    level=Level.GOLD,
    legal=("UCC art. 226", "UCC art. 227", "Convention on a common transit procedure"),
    families=(NCTS5,),
    administration=administration_of,
    realises=("customs transit",),
    legacy_queue=True,
)
class Transit:
    """Union and common transit: declaration, guarantee, movement, arrival, discharge."""

    # --- the trader at departure

    @command(
        CC015C, replies=(CC928C, CC056C, CC028C, CC060C, CC055C, CC051C, CC029C, *ERRORS),
        by=(HOLDER,), task="TRA-DEP-01",
        opens=own_declaration, senders=declaring_parties,
        parties=parties_of_declaration, keeps_name=True, legal=("UCC art. 158", "IA art. 294"),
        requirements=("REQ-TRA-001", "REQ-TRA-002"),
    )  # fmt: skip
    def lodge_declaration(self) -> None:
        """Lodge a transit declaration at the office of departure, with or without the goods presented."""

    @command(
        CC013C, replies=(CC004C, CC056C, *ERRORS),
        by=(HOLDER,), task="TRA-DEP-02", about=known_declaration, roles=DECLARING, poison=Poison.WAIT,
        decisive=Decisive.ACCEPTANCE,
        legal=("UCC art. 173",), requirements=("REQ-TRA-003",),
    )  # fmt: skip
    def amend_declaration(self) -> None:
        """Amend a declaration before the goods are released."""

    @command(
        CC014C, replies=(CC009C, CC056C, *ERRORS),
        by=(HOLDER,), task="TRA-DEP-03", about=known_declaration, roles=DECLARING, poison=Poison.WAIT,
        decisive=Decisive.ACCEPTANCE,
        legal=("UCC art. 174",), requirements=("REQ-TRA-004",),
    )  # fmt: skip
    def request_invalidation(self) -> None:
        """Ask to invalidate a declaration."""

    @command(
        CC170C, replies=(CC028C, CC056C, CC060C, CC029C, *ERRORS),
        by=(HOLDER,), task="TRA-DEP-04", decisive=Decisive.ACCEPTANCE, about=own_declaration, roles=DECLARING,
        poison=Poison.WAIT, legal=("UCC art. 171",), requirements=("REQ-TRA-005",),
    )  # fmt: skip
    def present_goods(self) -> None:
        """Notify that the goods of a pre-lodged declaration are presented."""

    @command(
        CC141C, replies=(CC056C, *ERRORS),
        by=(HOLDER,), task="TRA-ENQ-02", about=movement_at_departure, roles=DECLARING, legal=("IA art. 310",),
        requirements=("REQ-TRA-009",),
    )  # fmt: skip
    def inform_on_non_arrived(self) -> None:
        """Answer the question where the goods of a movement are that did not arrive."""

    # --- the trader at destination

    @command(
        CC007C, replies=(CC025C, CC043C, CC057C, *ERRORS),
        by=(CONSIGNEE,), task="TRA-DES-01", about=movement_at_destination,
        poison=Poison.WAIT, roles=ARRIVING, senders=arriving, joins=presents_goods, legal=("IA art. 306",),
        requirements=("REQ-TRA-006",),
    )  # fmt: skip
    def notify_arrival(self) -> None:
        """Notify that the goods have arrived at the office of destination or at an authorised place."""

    @command(
        CC044C, replies=(CC025C, CC057C, *ERRORS),
        by=(CONSIGNEE,), task="TRA-DES-02", about=movement_at_destination, roles=(PRESENTING,),
        senders=arriving, poison=Poison.WAIT, legal=("IA art. 315",), requirements=("REQ-TRA-006",),
    )  # fmt: skip
    def submit_unloading_remarks(self) -> None:
        """Report what was found when unloading under an unloading permission."""

    # --- other offices (common domain)

    @command(CD001C, by=(OFFICE,), task="TRA-EXC-01",
             requirements=("REQ-TRA-006",), opens=movement_at_destination, senders=issuing,
             parties=arrival_parties, poison=Poison.WAIT)  # fmt: skip
    def anticipate_arrival(self) -> None:
        """Anticipated arrival record: a movement is on its way to an office of destination here (IE001)."""

    @command(
        CD010C,
        by=(OFFICE,),
        task="TRA-EXC-07",
        requirements=("REQ-TRA-004",),
        about=movement_at_destination,
        roles=(AT_DEPARTURE,),
        legal=("UCC art. 174",),
    )
    def cancel_movement(self) -> None:
        """The office of departure invalidated a movement that was announced here (IE010)."""

    @command(CD050C, by=(OFFICE,), task="TRA-EXC-02",
             requirements=("REQ-TRA-008",), opens=movement_at_transit, senders=issuing,
             parties=announced_by, poison=Poison.WAIT)  # fmt: skip
    def anticipate_passage(self) -> None:
        """Anticipated transit record: a movement will cross the frontier at an office of transit here (IE050)."""

    @command(
        CD118C,
        by=(OFFICE,),
        task="TRA-EXC-03",
        requirements=("REQ-TRA-008",),
        about=movement_at_departure,
        roles=(AT_TRANSIT,),
    )
    def notify_crossing(self) -> None:
        """The goods crossed the frontier at an office of transit (IE118)."""

    @command(
        CD006C,
        by=(OFFICE,),
        task="TRA-EXC-04",
        requirements=("REQ-TRA-009",),
        about=movement_at_departure,
        roles=(AT_DESTINATION,),
        poison=Poison.WAIT,
    )
    def advise_arrival(self) -> None:
        """Arrival advice from the office of destination (IE006)."""

    @command(
        CD018C, replies=(CC045C, CC019C), by=(OFFICE,), task="TRA-EXC-05",
        requirements=("REQ-TRA-006",), about=movement_at_departure,
        roles=(AT_DESTINATION,),
        poison=Poison.WAIT, legal=("IA art. 309",),
    )  # fmt: skip
    def send_control_results(self) -> None:
        """Control results from the office of destination (IE018)."""

    @command(CD142C, replies=(CD143C,), by=(OFFICE,), task="TRA-ENQ-03",
             requirements=("REQ-TRA-009",), about=movement_at_destination,
             roles=(AT_DEPARTURE,))  # fmt: skip
    def enquire(self) -> None:
        """Enquiry from the office of departure about a movement that is not known to have arrived (IE142)."""

    @command(
        CD143C,
        by=(OFFICE,),
        task="TRA-ENQ-04",
        requirements=("REQ-TRA-009",),
        about=movement_at_departure,
        roles=(AT_DESTINATION,),
        poison=Poison.WAIT,
    )
    def answer_enquiry(self) -> None:
        """Answer of the office of destination to an enquiry (IE143)."""

    @command(
        CD205C,
        by=(OFFICE,),
        task="GUA-USE-01",
        requirements=("REQ-GUA-001",),
        about=movement_at_departure,
        roles=(AT_GUARANTEE,),
    )
    def receive_guarantee_result(self) -> None:
        """Result of using a guarantee that another administration holds (IE205)."""

    @command(CD906C, by=(OFFICE,), task="TRA-EXC-06", requirements=("REQ-TRA-012",))
    def receive_functional_nack(self) -> None:
        """A functional error reported by another administration; never answered by an error itself (G0085)."""

    @command(CD917C, by=(OFFICE,), task="TRA-EXC-06", requirements=("REQ-TRA-012",))
    def receive_xml_nack(self) -> None:
        """A syntax error reported by another administration; never answered by an error itself (G0085)."""

    # --- officers

    @command(
        ControlDecision, replies=(CC029C, CC051C, DeskRefusal), by=(OFFICER_DEPARTURE,), task="TRA-DEP-05",
        about=movement_at_departure, roles=(COMPETENT,), poison=Poison.WAIT, legal=("UCC art. 188",),
        requirements=("REQ-TRA-007",),
    )  # fmt: skip
    def decide_control(self) -> None:
        """Record the result of a control at departure."""

    @command(
        Passage, replies=(DeskRefusal,), by=(OFFICER_TRANSIT,), task="TRA-TRA-01", about=movement_at_transit,
        roles=(COMPETENT,),
        poison=Poison.WAIT, legal=("IA art. 304",), requirements=("REQ-TRA-008",),
    )  # fmt: skip
    def record_passage(self) -> None:
        """Record the passage of the frontier at an office of transit."""

    @command(
        Inspection, replies=(CC025C, DeskRefusal), by=(OFFICER_DESTINATION,), task="TRA-DES-03",
        about=movement_at_destination, roles=(COMPETENT,), poison=Poison.WAIT, legal=("UCC art. 188",),
        requirements=("REQ-TRA-006",),
    )  # fmt: skip
    def record_inspection(self) -> None:
        """Record the result of a control at destination."""

    @command(
        OfficeInvalidation, replies=(CC009C, DeskRefusal), by=(OFFICER_DEPARTURE,), task="TRA-DEP-06",
        about=movement_at_departure, roles=(COMPETENT,), poison=Poison.WAIT, legal=("UCC art. 174",),
        requirements=("REQ-TRA-004",),
    )  # fmt: skip
    def invalidate_by_office(self) -> None:
        """Invalidate a movement on the office's own initiative."""

    @command(
        EnquiryClosure, replies=(CC035C, CC045C, CC140C, DeskRefusal), by=(OFFICER_DEPARTURE,), task="TRA-ENQ-05",
        about=movement_at_departure, roles=(COMPETENT,), poison=Poison.WAIT, legal=("IA art. 310", "UCC art. 87"),
        requirements=("REQ-TRA-009",),
    )  # fmt: skip
    def close_enquiry(self) -> None:
        """Close an enquiry with discharge or with the start of recovery."""

    @query(
        MovementQuery, MovementView, by=(HOLDER, OFFICER_DEPARTURE, OFFICE), task="TRA-QRY-01",
        roles=(*DECLARING, COMPETENT),
        requirements=("REQ-TRA-010",),
    )  # fmt: skip
    def find_movement(self) -> None:
        """Show where a movement stands."""

    @event(MovementOutcome, by=(OFFICE,), task="TRA-END-01", requirements=("REQ-TRA-011",))
    def movement_final(self) -> None:
        """A movement is over: its final data go to every administration."""


_RULES = "src/douane/applications/transit/tests"
_DEPARTURE = "tests/journeys/test_departure.py::test"
_DESTINATION = "tests/journeys/test_destination.py::test"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel("transit procedure", 2, "Union and common transit", "customs procedures", ("customs transit",)),
    ProcessLevel("transit at departure", 3, "From the declaration to the release", "transit procedure"),
    ProcessLevel("transit on the way", 3, "Passage of the frontiers", "transit procedure"),
    ProcessLevel("transit at destination", 3, "From arrival to control results", "transit procedure"),
    ProcessLevel("exchange between offices", 3, "Records that offices send each other", "transit procedure"),
    ProcessLevel("transit enquiry", 3, "Looking for goods that did not arrive in time", "transit procedure"),
    ProcessLevel("end of transit", 3, "Discharge and final data", "transit procedure"),
    Task("TRA-DEP-01", "Lodge a transit declaration", "transit at departure"),
    Task("TRA-DEP-02", "Amend a transit declaration", "transit at departure"),
    Task("TRA-DEP-03", "Ask for invalidation", "transit at departure"),
    Task("TRA-DEP-04", "Present the goods of a pre-lodged declaration", "transit at departure"),
    Task("TRA-DEP-05", "Decide on a control at departure", "transit at departure"),
    Task("TRA-DEP-06", "Invalidate a movement by the office", "transit at departure"),
    Task("TRA-TRA-01", "Record the passage of a frontier", "transit on the way"),
    Task("TRA-DES-01", "Notify the arrival", "transit at destination"),
    Task("TRA-DES-02", "Report what was found when unloading", "transit at destination"),
    Task("TRA-DES-03", "Record a control at destination", "transit at destination"),
    Task("TRA-EXC-01", "Tell the office of destination what is coming", "exchange between offices"),
    Task("TRA-EXC-02", "Tell the offices of transit what will cross", "exchange between offices"),
    Task("TRA-EXC-03", "Tell the office of departure that the frontier was crossed", "exchange between offices"),
    Task("TRA-EXC-04", "Advise the office of departure of the arrival", "exchange between offices"),
    Task("TRA-EXC-05", "Send control results to the office of departure", "exchange between offices"),
    Task("TRA-EXC-06", "Take note of an error that another administration found", "exchange between offices"),
    Task("TRA-EXC-07", "Tell the offices ahead that a movement was invalidated", "exchange between offices"),
    Task("TRA-ENQ-02", "Ask the holder where the goods are", "transit enquiry"),
    Task("TRA-ENQ-03", "Ask the office of destination where the goods are", "transit enquiry"),
    Task("TRA-ENQ-04", "Answer an enquiry", "transit enquiry"),
    Task("TRA-ENQ-05", "Close an enquiry: discharge or recovery", "transit enquiry"),
    Task("TRA-END-01", "Publish the final data of a movement", "end of transit"),
    Task("TRA-QRY-01", "See where a movement stands", "transit procedure"),
    Requirement(
        "REQ-TRA-012", "An error message of another office is never answered by one (G0085).",
        ("tests/journeys/test_refusals.py::test_broken_error_messages_are_set_aside_and_never_answered",
         "tests/journeys/test_csi_folder.py::test_an_error_message_is_never_answered_by_one"),
    ),
    Requirement(
        "REQ-TRA-001", "A declaration without faults passes every rule and code list that applies on its day.",
        (
            f"{_DEPARTURE}_a_movement_is_released_crosses_the_frontier_arrives_and_is_discharged",
            f"{_RULES}/test_base_messages.py",
            f"{_RULES}/test_code_list_check.py",
        ),
        ("UCC art. 172",),
    ),
    Requirement(
        "REQ-TRA-002", "A declaration with faults is refused, and the refusal names every fault with its place.",
        (
            f"{_DEPARTURE}_a_declaration_that_breaks_rules_is_refused_with_every_fault",
            f"{_RULES}/test_pairs.py",
            f"{_RULES}/test_rules_r.py",
            f"{_RULES}/test_rules_b.py",
        ),
        ("UCC art. 162",),
    ),
    Requirement(
        "REQ-TRA-003", "A declaration can be amended until the goods are released.",
        (
            f"{_DEPARTURE}_an_amendment_mends_a_guarantee_that_does_not_cover",
            f"{_DEPARTURE}_an_amendment_under_control_is_examined_anew",
            f"{_DEPARTURE}_an_amendment_that_breaks_rules_changes_nothing",
            f"{_RULES}/test_rules_case.py",
        ),
        ("UCC art. 173",),
    ),
    Requirement(
        "REQ-TRA-004", "A movement is invalidated on request before the release, by the office also after it.",
        (
            f"{_DEPARTURE}_a_declaration_is_invalidated_before_release",
            f"{_DEPARTURE}_after_release_only_the_office_invalidates",
        ),
        ("UCC art. 174",),
    ),
    Requirement(
        "REQ-TRA-005", "A pre-lodged declaration is accepted when its goods are presented in time, else it lapses.",
        (
            f"{_DEPARTURE}_a_prelodged_declaration_is_announced_presented_and_released",
            f"{_DEPARTURE}_a_prelodged_declaration_lapses_when_nothing_is_presented",
        ),
        ("UCC art. 171",),
    ),
    Requirement(
        "REQ-TRA-006", "Goods that arrive are unloaded under permission; remarks and controls are recorded.",
        (
            f"{_DESTINATION}_goods_are_inspected_and_released_in_the_normal_procedure",
            f"{_DESTINATION}_an_authorised_consignee_unloads_under_permission",
            f"{_RULES}/test_rules_unloading.py",
        ),
        ("IA art. 306",),
    ),
    Requirement(
        "REQ-TRA-007", "Goods chosen for control are released only when the control was satisfactory.",
        (
            f"{_DEPARTURE}_risky_goods_are_controlled_and_released_or_not",
        ),
        ("UCC art. 188", "UCC art. 194",),
    ),
    Requirement(
        "REQ-TRA-008", "Each frontier that the goods cross is known to the office of departure.",
        (
            f"{_DESTINATION}_a_passage_is_recorded_and_told_to_the_office_of_departure",
        ),
        ("IA art. 304",),
    ),
    Requirement(
        "REQ-TRA-009", "A movement not arrived in time is enquired about, then discharged or recovered.",
        (
            f"{_DEPARTURE}_a_lost_movement_is_enquired_about_and_recovered",
            f"{_DEPARTURE}_a_late_arrival_ends_the_enquiry",
        ),
        ("IA art. 310",),
    ),
    Requirement(
        "REQ-TRA-010", "A movement is shown to its parties and to customs, and to nobody else.",
        (
            f"{_DEPARTURE}_a_movement_is_shown_to_its_parties",
            f"{_DEPARTURE}_a_stranger_learns_nothing_about_a_movement",
        ),
        ("UCC art. 12",),
    ),
    Requirement(
        "REQ-TRA-011", "The final data of a movement are published once, for every administration.",
        (
            f"{_DEPARTURE}_the_outcome_is_published_once",
        ),
        ("IA art. 309",),
    ),
)  # fmt: skip
"""Where transit stands in the Reference Architecture, and what shows that it does what the law demands."""
