"""Transit: what traders, offices and officers may ask of it."""

from __future__ import annotations

from douane.applications.guarantees.contract import CoverWaits
from douane.applications.transit import tasks
from douane.applications.transit.contract.after_release import AfterRelease
from douane.applications.transit.contract.diversion import Diversion
from douane.applications.transit.contract.leaving import Exit
from douane.applications.transit.contract.parties import (
    ANSWERING_TRADER,
    ARRIVING,
    AT_DEPARTURE,
    AT_DESTINATION,
    AT_GUARANTEE,
    AT_TRANSIT,
    CONSIGNEE,
    DECLARING,
    HOLDER,
    OFFICE,
    OFFICER_DEPARTURE,
    OFFICER_DESTINATION,
    OFFICER_TRANSIT,
    PRESENTING,
    administration_of,
    announced_by,
    arrival_parties,
    arriving,
    declaring_parties,
    issuing,
    known_declaration,
    movement_at_departure,
    movement_at_destination,
    movement_at_transit,
    office_named,
    own_declaration,
    parties_of_declaration,
    presents_goods,
)
from douane.applications.transit.contract.told import AT_DEPARTURE as TOLD_AT_DEPARTURE
from douane.applications.transit.contract.told import AT_DESTINATION as TOLD_AT_DESTINATION
from douane.applications.transit.messages import (
    ClaimLines,
    ClaimsQuery,
    ControlDecision,
    DeskRefusal,
    FileQuery,
    GoodsDisposal,
    GuaranteeDecision,
    IdentityDecision,
    Inspection,
    MovementFile,
    MovementOutcome,
    MovementQuery,
    MovementView,
    OfficeInvalidation,
    Passage,
    RegisterNotice,
)
from douane.author import (
    COMPETENT,
    NCTS5,
    Decisive,
    Law,
    Level,
    OfCase,
    Poison,
    When,
    Who,
    command,
    derived,
    event,
    query,
    service,
)
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
    CC043C,
    CC044C,
    CC045C,
    CC051C,
    CC055C,
    CC056C,
    CC057C,
    CC060C,
    CC141C,
    CC170C,
    CC906C,
    CC917C,
    CC928C,
    CD001C,
    CD006C,
    CD018C,
    CD050C,
    CD118C,
    CD142C,
    CD143C,
    CD205C,
    CD906C,
    CD917C,
)

ERRORS = (CC906C, CC917C)
"""What a sender that does not wait for an answer (AS4) is told of a message that is refused at the door."""


@service(
    "transit",
    title="Transit",
    owner="Commission and Member States",
    level=Level.GOLD,
    agreed=derived("goods stand at a frontier without it; the strategy names Gold as the highest class"),
    legal=("UCC art. 226", "UCC art. 227", "Convention on a common transit procedure"),
    families=(NCTS5,),
    administration=administration_of,
    realises=("customs transit",),
    legacy_queue=True,
    fallback="the business continuity procedure (IA annex 72-04)",
)
class Transit:
    """Union and common transit: declaration, guarantee, movement, arrival, discharge."""

    # --- the trader at departure

    @command(
        CC015C,
        replies=(CC928C, CC056C, CC028C, CC060C, CC055C, CC051C, CC029C, RegisterNotice, *ERRORS),
        task="TRA-DEP-01",
        who=Who(by=(HOLDER,), senders=declaring_parties),
        law=Law(legal=("UCC art. 158", "UCC art. 162", "UCC art. 170"), requirements=("REQ-TRA-001", "REQ-TRA-002")),
        case=OfCase(
            opens=own_declaration,
            parties=parties_of_declaration,
            keeps_name=True,
            issues=("mrn",),
            tells=TOLD_AT_DEPARTURE,
        ),
    )
    def lodge_declaration(self) -> None:
        """Lodge a transit declaration at the office of departure, with or without the goods presented."""

    @command(
        CC013C,
        replies=(CC004C, CC056C, RegisterNotice, *ERRORS),
        task="TRA-DEP-02",
        who=Who(by=(HOLDER,), roles=DECLARING),
        law=Law(legal=("UCC art. 173",), requirements=("REQ-TRA-003",)),
        case=OfCase(about=known_declaration, poison=Poison.WAIT),
        when=When(decisive=Decisive.ACCEPTANCE),
    )
    def amend_declaration(self) -> None:
        """Amend a declaration before the goods are released."""

    @command(
        CC014C,
        replies=(CC009C, CC056C, *ERRORS),
        task="TRA-DEP-03",
        who=Who(by=(HOLDER,), roles=DECLARING),
        law=Law(legal=("UCC art. 174",), requirements=("REQ-TRA-004",)),
        case=OfCase(about=known_declaration, poison=Poison.WAIT),
        when=When(decisive=Decisive.ACCEPTANCE),
    )
    def request_invalidation(self) -> None:
        """Ask to invalidate a declaration."""

    @command(
        CC170C,
        replies=(CC028C, CC056C, CC060C, CC029C, RegisterNotice, *ERRORS),
        task="TRA-DEP-04",
        who=Who(by=(HOLDER,), roles=DECLARING),
        law=Law(legal=("UCC art. 171",), requirements=("REQ-TRA-005",)),
        case=OfCase(about=own_declaration, poison=Poison.WAIT),
        when=When(decisive=Decisive.ACCEPTANCE),
    )
    def present_goods(self) -> None:
        """Notify that the goods of a pre-lodged declaration are presented."""

    @command(
        CC141C,
        replies=(CC056C, *ERRORS),
        task="TRA-ENQ-02",
        who=Who(by=(HOLDER,), roles=DECLARING),
        law=Law(legal=("IA art. 310",), requirements=("REQ-TRA-009",)),
        case=OfCase(about=movement_at_departure),
    )
    def inform_on_non_arrived(self) -> None:
        """Answer the question where the goods of a movement are that did not arrive."""

    # --- the trader at destination

    @command(
        CC007C,
        replies=(CC025C, CC043C, CC057C, RegisterNotice, *ERRORS),
        task="TRA-DES-01",
        who=Who(by=(CONSIGNEE,), roles=ARRIVING, senders=arriving),
        law=Law(legal=("IA art. 306",), requirements=("REQ-TRA-006",)),
        case=OfCase(about=movement_at_destination, joins=presents_goods, tells=TOLD_AT_DESTINATION, poison=Poison.WAIT),
    )
    def notify_arrival(self) -> None:
        """Notify that the goods have arrived at the office of destination or at an authorised place."""

    @command(
        CC044C,
        replies=(CC025C, CC057C, *ERRORS),
        task="TRA-DES-02",
        who=Who(by=(CONSIGNEE,), roles=(PRESENTING,), senders=arriving),
        law=Law(legal=("IA art. 315",), requirements=("REQ-TRA-006",)),
        case=OfCase(about=movement_at_destination, poison=Poison.WAIT),
    )
    def submit_unloading_remarks(self) -> None:
        """Report what was found when unloading under an unloading permission."""

    # --- other offices (common domain)

    @command(
        CD001C,
        task="TRA-EXC-01",
        who=Who(by=(OFFICE,), senders=issuing),
        law=Law(requirements=("REQ-TRA-006",)),
        case=OfCase(opens=movement_at_destination, parties=arrival_parties, poison=Poison.WAIT),
    )
    def anticipate_arrival(self) -> None:
        """Anticipated arrival record: a movement is on its way to an office of destination here (IE001)."""

    @command(
        CD050C,
        task="TRA-EXC-02",
        who=Who(by=(OFFICE,), senders=issuing),
        law=Law(requirements=("REQ-TRA-008",)),
        case=OfCase(opens=movement_at_transit, parties=announced_by, poison=Poison.WAIT),
    )
    def anticipate_passage(self) -> None:
        """Anticipated transit record: a movement will cross the frontier at an office of transit here (IE050)."""

    @command(
        CD118C,
        task="TRA-EXC-03",
        who=Who(by=(OFFICE,), roles=(AT_TRANSIT,)),
        law=Law(requirements=("REQ-TRA-008",)),
        case=OfCase(about=movement_at_departure),
    )
    def notify_crossing(self) -> None:
        """The goods crossed the frontier at an office of transit (IE118)."""

    @command(
        CD006C,
        task="TRA-EXC-04",
        who=Who(by=(OFFICE,), roles=(AT_DESTINATION,)),
        law=Law(requirements=("REQ-TRA-009",)),
        case=OfCase(about=movement_at_departure, poison=Poison.WAIT),
    )
    def advise_arrival(self) -> None:
        """Arrival advice from the office of destination (IE006)."""

    @command(
        CD018C,
        replies=(CC045C, CC019C),
        task="TRA-EXC-05",
        who=Who(by=(OFFICE,), roles=(AT_DESTINATION,)),
        law=Law(legal=("IA art. 309",), requirements=("REQ-TRA-006",)),
        case=OfCase(about=movement_at_departure, poison=Poison.WAIT),
    )
    def send_control_results(self) -> None:
        """Control results from the office of destination (IE018)."""

    @command(
        CD142C,
        replies=(CD143C,),
        task="TRA-ENQ-03",
        who=Who(by=(OFFICE,), roles=(AT_DEPARTURE,)),
        law=Law(requirements=("REQ-TRA-009",)),
        case=OfCase(about=movement_at_destination),
    )
    def enquire(self) -> None:
        """Enquiry from the office of departure about a movement that is not known to have arrived (IE142)."""

    @command(
        CD143C,
        task="TRA-ENQ-04",
        who=Who(by=(OFFICE,), roles=(AT_DESTINATION,)),
        law=Law(requirements=("REQ-TRA-009",)),
        case=OfCase(about=movement_at_departure, poison=Poison.WAIT),
    )
    def answer_enquiry(self) -> None:
        """Answer of the office of destination to an enquiry (IE143)."""

    @command(
        CD205C,
        task="GUA-USE-01",
        who=Who(by=(OFFICE,), roles=(AT_GUARANTEE,)),
        law=Law(requirements=("REQ-GUA-001",)),
        case=OfCase(about=movement_at_departure),
    )
    def receive_guarantee_result(self) -> None:
        """Result of using a guarantee that another administration holds (IE205)."""

    @command(
        CoverWaits,
        task="TRA-EXC-04",
        who=Who(by=(OFFICE,), roles=(AT_GUARANTEE, COMPETENT)),
        law=Law(requirements=("REQ-TRA-048",)),
        case=OfCase(about=movement_at_departure),
    )
    def note_cover_waits(self) -> None:
        """What the office of guarantee of this node waits for before it can answer."""

    @command(CD906C, task="TRA-EXC-06", who=Who(by=(OFFICE,)), law=Law(requirements=("REQ-TRA-012",)))
    def receive_functional_nack(self) -> None:
        """A functional error reported by another administration; never answered by an error itself (G0085)."""

    @command(CD917C, task="TRA-EXC-06", who=Who(by=(OFFICE,)), law=Law(requirements=("REQ-TRA-012",)))
    def receive_xml_nack(self) -> None:
        """A syntax error reported by another administration; never answered by an error itself (G0085)."""

    # --- officers

    @command(
        ControlDecision,
        replies=(CC029C, CC051C, DeskRefusal),
        task="TRA-DEP-05",
        who=Who(by=(OFFICER_DEPARTURE,), roles=(COMPETENT,)),
        law=Law(legal=("UCC art. 188",), requirements=("REQ-TRA-007", "REQ-TRA-042", "REQ-TRA-045")),
        case=OfCase(ends=(tasks.Departure.control_goods,), about=movement_at_departure, poison=Poison.WAIT),
    )
    def decide_control(self) -> None:
        """Record the result of a control at departure."""

    @command(
        GuaranteeDecision,
        replies=(CC029C, CC051C, CC060C, DeskRefusal),
        task="TRA-DEP-07",
        who=Who(by=(OFFICER_DEPARTURE,), roles=(COMPETENT,)),
        law=Law(legal=("UCC art. 89", "UCC art. 195(1)"), requirements=("REQ-TRA-041",)),
        case=OfCase(ends=(tasks.Departure.judge_guarantee,), about=movement_at_departure, poison=Poison.WAIT),
    )
    def judge_guarantee(self) -> None:
        """Say whether a guarantee that no ledger answers for covers the movement."""

    @command(
        IdentityDecision,
        replies=(CC029C, CC051C, CC055C, CC060C, DeskRefusal),
        task="TRA-DEP-09",
        who=Who(by=(OFFICER_DEPARTURE,), roles=(COMPETENT,)),
        law=Law(legal=("UCC art. 9", "UCC art. 19(2)", "UCC art. 188(b)"), requirements=("REQ-TRA-047",)),
        case=OfCase(ends=(tasks.Verifying.settle_identity,), about=movement_at_departure, poison=Poison.WAIT),
    )
    def settle_identity(self) -> None:
        """Say by what document it is known who declares, where no register could be asked."""

    @command(
        Passage,
        replies=(DeskRefusal,),
        task="TRA-TRA-01",
        who=Who(by=(OFFICER_TRANSIT,), roles=(COMPETENT,), in_office=office_named),
        law=Law(legal=("IA art. 304",), requirements=("REQ-TRA-008",)),
        case=OfCase(ends=(tasks.Passage.record_passage,), about=movement_at_transit, poison=Poison.WAIT),
    )
    def record_passage(self) -> None:
        """Record the passage of the frontier at an office of transit."""

    @command(
        Inspection,
        replies=(CC025C, DeskRefusal),
        task="TRA-DES-03",
        who=Who(by=(OFFICER_DESTINATION,), roles=(COMPETENT,)),
        law=Law(legal=("UCC art. 188",), requirements=("REQ-TRA-006",)),
        case=OfCase(ends=(tasks.Destination.inspect,), about=movement_at_destination, poison=Poison.WAIT),
    )
    def record_inspection(self) -> None:
        """Record the result of a control at destination."""

    @command(
        GoodsDisposal,
        replies=(CC025C, DeskRefusal),
        task="TRA-DES-04",
        who=Who(by=(OFFICER_DESTINATION,), roles=(COMPETENT,)),
        law=Law(legal=("UCC art. 198", "UCC art. 199", "IA art. 247"), requirements=("REQ-TRA-043",)),
        case=OfCase(ends=(tasks.Destination.dispose_of_goods,), about=movement_at_destination, poison=Poison.WAIT),
    )
    def dispose_of_goods(self) -> None:
        """Decide about goods that were not released after their control."""

    @command(
        OfficeInvalidation,
        replies=(CC009C, DeskRefusal),
        task="TRA-DEP-06",
        who=Who(by=(OFFICER_DEPARTURE,), roles=(COMPETENT,)),
        law=Law(legal=("UCC art. 174",), requirements=("REQ-TRA-004",)),
        case=OfCase(about=movement_at_departure, poison=Poison.WAIT),
    )
    def invalidate_by_office(self) -> None:
        """Invalidate a movement on the office's own initiative."""

    # --- other offices than declared, and what offices ahead are told (``contract.diversion``)

    request_passage = Diversion.request_passage
    request_transit_record = Diversion.request_transit_record
    receive_transit_record = Diversion.receive_transit_record
    request_arrival = Diversion.request_arrival
    request_arrival_record = Diversion.request_arrival_record
    receive_arrival_record = Diversion.receive_arrival_record
    record_incident = Diversion.record_incident
    notify_incident = Diversion.notify_incident
    forward_incident = Diversion.forward_incident
    cancel_movement = Diversion.cancel_movement
    forward_arrival = Diversion.forward_arrival
    withdraw_passage = Diversion.withdraw_passage

    # --- where goods leave the security area (``contract.leaving``)

    anticipate_exit = Exit.anticipate_exit
    record_exit = Exit.record_exit
    notify_leaving = Exit.notify_leaving
    request_exit = Exit.request_exit
    request_exit_record = Exit.request_exit_record
    receive_exit_record = Exit.receive_exit_record

    # --- after the release: enquiry, proof, recovery (``contract.after_release``)

    begin_enquiry = AfterRelease.begin_enquiry
    ask_holder = AfterRelease.ask_holder
    prolong_answer = AfterRelease.prolong_answer
    inform_office = AfterRelease.inform_office
    close_enquiry = AfterRelease.close_enquiry
    accept_proof = AfterRelease.accept_proof
    hand_over_recovery = AfterRelease.hand_over_recovery
    determine_duty = AfterRelease.determine_duty
    tell_guarantor = AfterRelease.tell_guarantor
    record_payment = AfterRelease.record_payment
    ask_for_information = AfterRelease.ask_for_information
    take_information = AfterRelease.take_information
    request_information = AfterRelease.request_information
    cancel_enquiry = AfterRelease.cancel_enquiry
    note_recovery = AfterRelease.note_recovery
    request_recovery = AfterRelease.request_recovery
    decide_recovery = AfterRelease.decide_recovery
    answer_transfer = AfterRelease.answer_transfer
    record_collection = AfterRelease.record_collection
    tell_collection = AfterRelease.tell_collection

    @query(
        MovementQuery,
        MovementView,
        task="TRA-QRY-01",
        who=Who(by=(HOLDER, OFFICER_DEPARTURE, OFFICE), roles=(*DECLARING, COMPETENT)),
        law=Law(requirements=("REQ-TRA-010",)),
    )
    def find_movement(self) -> None:
        """Show where a movement stands."""

    @query(
        FileQuery,
        MovementFile,
        task="TRA-QRY-02",
        who=Who(by=(OFFICER_DEPARTURE,), roles=(COMPETENT,)),
        law=Law(requirements=("REQ-TRA-020",)),
    )
    def movement_file(self) -> None:
        """Show a movement with its declaration and what was changed in it, guarantee, risk, control and documents."""

    @query(
        ClaimsQuery,
        ClaimLines,
        task="TRA-QRY-03",
        who=Who(by=(ANSWERING_TRADER,)),
        law=Law(requirements=("REQ-GUA-009",)),
    )
    def claims(self) -> None:
        """List what the caller was told, or claimed from, as the guarantor of movements (IE023)."""

    @event(MovementOutcome, by=(OFFICE,), task="TRA-END-01", requirements=("REQ-TRA-011",))
    def movement_final(self) -> None:
        """A movement is over: its final data go to every administration."""
