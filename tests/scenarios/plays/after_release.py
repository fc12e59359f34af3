"""Rows 4, 7 to 12, 25 to 29 and 31: other offices, incidents, what destination finds, enquiry and recovery."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from douane.applications.transit.handlers import arrival_replies, destination, elsewhere, exchanges, journey, passage
from douane.applications.transit.handlers.after_release import notices, officers, offices
from douane.applications.transit.messages import (
    AlternativeProof,
    ArrivalRequest,
    DutyPayment,
    EnquiryStart,
    GuarantorNotice,
    IncidentReport,
    InformationForOffice,
    Inspection,
    Lateness,
    Leaving,
    OfficeInvalidation,
    Passage,
    PassageRequest,
    Proof,
)
from douane.applications.transit.records.departure import Departure
from douane.applications.transit.rules.time_limits import GUARANTOR_CALLED
from douane.applications.transit.tests.base_declarations import CONSIGNEE, TRADER, leaving_security_area, normal
from douane.applications.transit.tests.base_messages import arrival, remarks, simplified_arrival
from douane.runtime.store.envelope import JOURNAL
from douane.runtime.store.ports import Log
from douane.standards.ncts.phase5 import CC015C, CustomsOfficeOfTransitDeclared01
from douane.vocabulary.counting import NEVER
from tests.journeys.movements import Movement
from tests.journeys.office import Clock, Office
from tests.scenarios.brakes import Brake
from tests.scenarios.playing import play
from tests.scenarios.row import Look
from tests.scenarios.stage import PARIS, Stage

GUARANTOR = "FR78484900000013"
WIDE = frozenset({"FR", "DE", "AT", "CH", "IT"})


def stage_of(looks: list[Look], text: str, *kept: str) -> Stage:
    """A stage of these administrations at a local time at departure."""
    return Stage(looks, Office(frozenset(kept) or WIDE, clock=Clock(PARIS.read(text))))


def by(*transits: str) -> CC015C:
    """The declaration by other offices of transit."""
    return replace(
        normal(),
        customs_office_of_transit_declared=tuple(
            CustomsOfficeOfTransitDeclared01(sequence_number=n, reference_number=each)
            for n, each in enumerate(transits, 1)
        ),
    )


def passed(stage: Stage, movement: Movement, office: str, day: str = "2026-11-26") -> None:
    """An officer records a passage."""
    said = Passage(mrn=movement.mrn, office=office, passed_on=dt.date.fromisoformat(day))
    stage.officer(said, f"{office[:2].lower()}.officer")


def only_destination(case: Departure) -> tuple[str, ...]:
    """As release 0.1 told it."""
    return (case.destination[:2],)


@play(4, Brake("only destination is told", exchanges, "ahead", only_destination))
def all_who_expect_goods_are_told(looks: list[Look]) -> None:
    stage = stage_of(looks, "2026-11-26T10:00")
    movement = stage.lodge()
    stage.look("the release")
    stage.officer(OfficeInvalidation(mrn=movement.mrn, justification="By mistake."))
    stage.look("the office invalidates")


@play(7, Brake("nobody asks departure", destination.destination.steps, "request_record", lambda *_: None),
      Brake("the record names nobody", elsewhere, "arrival_parties", lambda *_: ()))  # fmt: skip
def goods_arrive_in_another_member_state(looks: list[Look]) -> None:
    stage = stage_of(looks, "2026-11-26T10:00")
    movement = stage.lodge()
    notice = movement.about(arrival())
    place = replace(notice.customs_office_of_destination_actual, reference_number="IT015100")
    there = replace(notice, customs_office_of_destination_actual=place, message_recipient="NTA.IT")
    stage.office.give(there, CONSIGNEE)
    stage.look("the trader tells the arrival")
    stage.officer(ArrivalRequest(mrn=movement.mrn, office="IT015100"), "it.officer")
    stage.look("the officer asks for the record")
    stage.office.give(replace(there, message_identification="AGAIN"), CONSIGNEE)
    stage.look("the trader tells the arrival again")
    stage.officer(Inspection(mrn=movement.mrn, code="A1"), "it.officer")
    stage.look("the results")


@play(8, Brake("nobody asks departure", passage.passage.steps, "request_record", lambda *_: None))
def goods_cross_in_a_country_that_was_not_declared(looks: list[Look]) -> None:
    stage = stage_of(looks, "2026-11-26T10:00")
    movement = stage.lodge()
    stage.look("the release")
    stage.officer(PassageRequest(mrn=movement.mrn, office="IT015100"), "it.officer")
    passed(stage, movement, "IT015100")
    stage.look("the passage", passages=tuple(office for office, _ in movement.case.passages))


@play(9, Brake("one passage is enough", passage.passage.predicates, "another_office", lambda _: False))
def two_offices_of_one_country(looks: list[Look]) -> None:
    stage = stage_of(looks, "2026-11-26T10:00")
    movement = stage.lodge(by("CH001251", "CH003301", "DE004055"))
    passed(stage, movement, "CH001251")
    stage.look("the first office")
    passed(stage, movement, "CH003301")
    stage.look("the second office", passages=tuple(office for office, _ in movement.case.passages))


@play(10, Brake("a passage is anywhere and at any time", passage, "against_passage", lambda *_: None))
def a_passage_that_cannot_be(looks: list[Look]) -> None:
    stage = stage_of(looks, "2026-11-26T10:00")
    movement = stage.lodge()
    stage.look("the release")
    passed(stage, movement, "DE009999", "2020-01-01")
    stage.look("an office that nobody declared, in 2020")
    passed(stage, movement, "DE004055", "2020-01-01")
    stage.look("the declared office, in 2020")
    passed(stage, movement, "DE005881")
    stage.look("another office of the country, today")
    stage.officer(PassageRequest(mrn=movement.mrn, office="DE005881"), "de.officer")
    passed(stage, movement, "DE005881")
    stage.look("which asked for the record first")


@play(11, Brake("who did not see the goods waits", exchanges, "not_crossed", lambda _: ()))
def a_frontier_that_nobody_recorded(looks: list[Look]) -> None:
    stage = stage_of(looks, "2026-11-26T10:00")
    movement = stage.lodge()
    passed(stage, movement, "DE004055")
    stage.look("one frontier of two")
    movement.arrive()
    stage.look("the arrival")


@play(12, Brake("nobody ahead is told", exchanges, "ahead", lambda _: ()))
def an_incident_on_the_way(looks: list[Look]) -> None:
    stage = stage_of(looks, "2026-11-26T10:00")
    movement = stage.lodge()
    stage.look("the release")
    said = IncidentReport(
        mrn=movement.mrn, office="IT015100", departure="FR005350", code="3", text="The goods go on by another lorry.",
        un_locode="ITMIL", means_type="30", means="MI123AB", means_nationality="IT",
    )  # fmt: skip
    stage.officer(said, "it.officer")
    stage.look("the incident")


@play(25, Brake("seals are not spoken of", arrival_replies, "sealed", lambda _: False),
      Brake("findings are not asked for", destination, "_FINDINGS", None))  # fmt: skip
def what_was_found_goes_home(looks: list[Look]) -> None:
    stage = stage_of(looks, "2026-11-26T10:00")
    movement = stage.lodge()
    movement.arrive()
    stage.officer(Inspection(mrn=movement.mrn, code="B1"), "at.officer")
    stage.look("a bad result without a word")
    words = Inspection(mrn=movement.mrn, code="B1", remarks="Twelve cartons are missing.", seals_intact=False)
    stage.officer(words, "at.officer")
    stage.look("a bad result", **found(stage))


def found(stage: Stage) -> dict[str, Any]:
    """What the results of destination say, as departure got them."""
    for _, raw in reversed(stage.office.store.scan_log(Log.JOURNAL, 0, 1 << 63, 10_000)):
        row = JOURNAL.read(raw)
        for operation, id, content in (
            (row.operation, row.origin.id, row.content), *((s.operation, s.id, s.content) for s in row.steps),
        ):  # fmt: skip
            if operation == "transit.send_control_results":
                message: Any = stage.office.owner.decode(operation, id, content)
                return {
                    "reported": message.transit_operation.other_things_to_report,
                    "seals": str(message.control_result.state_of_seals),
                }
    return {}


@play(26, Brake("remarks may wait", destination.destination.deadlines, "remarks_deadline", lambda *_: NEVER),
      Brake("results may wait", journey.journey.deadlines, "results_deadline", lambda *_: NEVER),
      Brake("a request may wait", journey.journey.deadlines, "requested_deadline", lambda *_: NEVER))  # fmt: skip
def unloading_remarks_never_come(looks: list[Look]) -> None:
    stage = stage_of(looks, "2026-10-28T09:00")
    movement = stage.lodge()
    stage.at("2026-10-30T16:00")
    consignee = movement.arrive(simplified_arrival())
    stage.at("2026-11-03T23:59")
    stage.look("the third day")
    stage.at("2026-11-04T00:01")
    stage.look("the day after")
    stage.office.give(movement.about(remarks()), consignee)
    stage.look("remarks all the same")
    never = stage_of(looks, "2026-10-28T09:00")
    movement = never.lodge()
    never.at("2026-10-30T16:00")
    movement.arrive(simplified_arrival())
    never.at("2026-11-05T23:59")
    never.look("another, to the end of the sixth day")
    never.at("2026-11-06T00:01")
    never.look("its results are requested")
    never.at("2026-11-12T00:01")
    never.look("its enquiry")


@play(
    27,
    Brake("an officer may begin when he likes", journey.journey.deadlines, "enquiry_deadline", lambda *_: NEVER),
    Brake("destination may be silent", journey.enquiry.deadlines, "reply_deadline", lambda *_: NEVER),
    Brake("silence is patience", journey.enquiry.deadlines, "holder_asked_deadline", lambda *_: NEVER),
    Brake("the office involved may be silent", journey.enquiry.deadlines, "information_deadline", lambda *_: NEVER),
    Brake("a guarantor answers for ever", officers, "GUARANTOR", GUARANTOR_CALLED),
    Brake("an enquiry need not end", journey.enquiry.deadlines, "place_deadline", lambda *_: NEVER),
)
def the_stages_of_an_enquiry(looks: list[Look]) -> None:
    stage = stage_of(looks, "2026-12-21T09:00", "FR")
    movement = stage.lodge()
    for day, what in (
        ("2026-12-30T00:01", "the limit is over"), ("2027-01-05T00:01", "the seventh day"),
        ("2027-02-03T00:01", "destination is silent"), ("2027-02-09T00:01", "the thirty-fifth day"),
    ):  # fmt: skip
        stage.at(day)
        stage.look(what)
    stage.office.give(movement.information("Delivered at Linz."), TRADER)
    stage.at("2027-03-09T12:00")
    stage.officer(InformationForOffice(mrn=movement.mrn, text="The holder names Linz."))
    stage.look("the holder's answer is passed on")
    stage.at("2027-04-20T00:01")
    stage.look("forty days later")
    stage.at("2027-07-30T00:01")
    stage.look("seven months after the limit")
    for minute, what in (
        ("2027-09-29T23:59", "the last minute of nine months"),
        ("2027-09-30T00:00", "a minute later"),
    ):
        stage.at(minute)
        stage.officer(GuarantorNotice(mrn=movement.mrn, guarantor=GUARANTOR))
        stage.look(what)


@play(28, Brake("no grounds are needed", officers, "unfounded", lambda _: False),
      Brake("nobody is asked", journey.enquiry.steps, "open_enquiry", lambda *_: None))  # fmt: skip
def an_officer_suspects_fraud(looks: list[Look]) -> None:
    stage = stage_of(looks, "2026-12-03T09:00", "FR")
    movement = stage.lodge()
    stage.at("2026-12-10T10:00")
    stage.look("a week later")
    stage.officer(EnquiryStart(mrn=movement.mrn))
    stage.look("without grounds")
    stage.officer(EnquiryStart(mrn=movement.mrn, grounds="The consignee has moved and is unknown."))
    stage.look("on suspicion")


def for_the_guarantee(work: Any, case: Departure) -> Any:
    """A claim for what the guarantee was to cover."""
    return _DEBT(work, replace(case, duty=Decimal("4500.00")))


_DEBT = notices.debt


@play(29, Brake("what the guarantee covers is claimed", notices, "debt", for_the_guarantee),
      Brake("nobody ahead learns of an arrival", exchanges, "still_expecting", lambda _: ()))  # fmt: skip
def recovery_and_a_late_proof(looks: list[Look]) -> None:
    for ends in ("proof", "payment", "arrival"):
        stage = stage_of(looks, "2026-11-26T10:00")
        movement = stage.lodge()
        movement.days(16)
        stage.office.give(movement.information("Stolen near Ulm."), TRADER)
        movement.close(discharged=False, amount="812.50")
        claimed = str(stage.office.sent(TRADER)[-1].recovery_notification.amount_claimed)
        stage.look(f"recovery, before {ends}", claimed=claimed)
        if ends == "proof":
            stage.officer(AlternativeProof(mrn=movement.mrn, proof=Proof.DESTINATION, document="AT-77"))
        elif ends == "payment":
            stage.officer(DutyPayment(mrn=movement.mrn, amount=Decimal("812.50"), paid_by="holder"))
        else:
            movement.arrive()
        stage.look(ends)
        if ends == "arrival":
            movement.inspect("A1", lateness=Lateness.NOT_EXCUSED)
            stage.look("the results")


@play(30, Brake("nobody looks at the date", offices, "days_late", lambda *_: 0))
def arrival_five_days_late(looks: list[Look]) -> None:
    stage = stage_of(looks, "2026-11-26T10:00")
    movement = stage.lodge()
    stage.at("2026-12-09T10:00")
    movement.arrive()
    stage.look("the arrival", **{"days late": str(movement.case.late_days)})
    movement.inspect("A2", lateness=Lateness.EXCUSED)
    stage.look("the results", **{"what is said": movement.case.remarks})


@play(31, Brake("offices of exit are told nothing", exchanges, "leaving_by", lambda _: ()),
      Brake("an exit is anywhere", passage, "against_passage", lambda *_: None))  # fmt: skip
def goods_leave_the_security_area(looks: list[Look]) -> None:
    stage = stage_of(looks, "2026-11-26T10:00", "FR", "AT", "PL")
    movement = stage.lodge(leaving_security_area("PL301040"))
    stage.look("the release")
    day = dt.date(2026, 11, 26)
    stage.officer(Leaving(mrn=movement.mrn, office="PL301050", passed_on=day), "pl.officer")
    stage.look("an office that nobody declared", leavings=tuple(each for each, _ in movement.case.leavings))
    stage.officer(Leaving(mrn=movement.mrn, office="PL301040", passed_on=day), "pl.officer")
    stage.look("the goods leave", leavings=tuple(each for each, _ in movement.case.leavings))
    movement.arrive()
    stage.look("the arrival")
