"""Rows 1, 2, 3, 5, 13, 39: what a holder and an office may still change at departure."""

from __future__ import annotations

from msgspec.structs import replace

from douane.applications.transit.handlers import permitted
from douane.applications.transit.handlers.departure import departure
from douane.applications.transit.handlers.journey import collecting, enquiry, journey
from douane.applications.transit.messages import ControlDecision, OfficeInvalidation
from douane.applications.transit.records.departure import Departure
from douane.applications.transit.rules import identification
from douane.applications.transit.rules.published import case as rules_case
from douane.applications.transit.tests.base_declarations import TRADER, normal
from douane.applications.transit.tests.base_messages import amendment, invalidation_request
from douane.runtime.core.processes import Process, Version
from tests.journeys.movements import Movement, covering, risky, with_goods
from tests.scenarios.brakes import Brake
from tests.scenarios.playing import play
from tests.scenarios.row import Look
from tests.scenarios.stage import Stage


def permits(*_: object) -> str:
    """Everything is permitted."""
    return ""


def invalidation_by_office(movement: Movement) -> OfficeInvalidation:
    """The office's own decision."""
    return OfficeInvalidation(mrn=movement.mrn, justification="By mistake.")


INTERRUPTED = next(
    each.definition for each in departure.versions.values() if each.definition is not departure.definition
)
"""The procedure of release 0.1, in which an amendment ended a control."""


@play(1, Brake("an amendment is taken at any time", permitted, "against_amendment", permits, together=(
    Brake("a control can be interrupted", departure, "definition", INTERRUPTED),
)))  # fmt: skip
def amendment_after_the_notice_of_control(looks: list[Look]) -> None:
    stage, tobacco = Stage(looks), with_goods("240110", "Tobacco, not stripped")
    movement = stage.lodge(tobacco)
    stage.look("the notice of control")
    harmless = replace(with_goods("240110", "Leaves"), transit_operation=movement.declaration.transit_operation)
    stage.office.give(movement.about(amendment(harmless)), TRADER)
    refusal = getattr(stage.office.sent(TRADER)[-1].transit_operation, "rejection_reason", None) or ""
    named = tuple(each for each in ("under control", "UCC art. 173(2)(a)", "Await the result") if each in refusal)
    stage.look("an amendment of what the goods are called", **{"the reason names": named})
    movement.decide(good=False)
    stage.look("the control was not satisfactory")


@play(2, Brake("goods are withdrawn at any time", permitted, "against_invalidation", permits))
def invalidation_after_the_notice_of_control(looks: list[Look]) -> None:
    stage = Stage(looks)
    movement = stage.lodge(risky())
    stage.look("the notice of control")
    stage.office.give(movement.about(invalidation_request()), TRADER)
    stage.look("an application to invalidate")
    uncovered = Stage(looks)
    movement = uncovered.lodge(covering(normal(), "20000.00"))
    uncovered.look("without a notice of control")
    uncovered.office.give(movement.about(invalidation_request()), TRADER)
    uncovered.look("it may be invalidated")


@play(3, Brake("goods are withdrawn at any time", permitted, "against_invalidation", permits))
def invalidation_after_release(looks: list[Look]) -> None:
    stage = Stage(looks)
    movement = stage.lodge()
    stage.look("the release")
    stage.office.give(movement.about(invalidation_request()), TRADER)
    stage.look("an application to invalidate")
    stage.officer(invalidation_by_office(movement))
    stage.look("the office invalidates")


def interruptible() -> Version:
    """The journey of the book, with an event for an invalidation where it has none: after arrival, under enquiry."""
    added = """
    <intermediateCatchEvent id="withdrawn_after_arrival"><messageEventDefinition messageRef="message_invalidated"/>
    </intermediateCatchEvent>
    <boundaryEvent id="withdrawn_under_enquiry" attachedToRef="enquiry">
      <messageEventDefinition messageRef="message_invalidated"/></boundaryEvent>
    <sequenceFlow id="withdrawn_1" sourceRef="await_results" targetRef="withdrawn_after_arrival"/>
    <sequenceFlow id="withdrawn_2" sourceRef="withdrawn_after_arrival" targetRef="invalidate"/>
    <sequenceFlow id="withdrawn_3" sourceRef="withdrawn_under_enquiry" targetRef="invalidate"/>
  </process>"""
    wider = journey.source.replace(b"</process>", added.encode(), 1)
    return Process("journey", Departure, wider, journey.file, calls=(enquiry, collecting), first=journey.first).present


WIDER = interruptible()


@play(5, Brake("nobody says why", permitted, "against_invalidation_by_office", permits),
      Brake("goods are withdrawn at any time", permitted, "against_invalidation_by_office", permits, together=(
          Brake("a journey starts in the wider procedure", journey, "present", WIDER),
          Brake("a journey goes on in it", journey.versions, WIDER.definition.fingerprint, WIDER, adds=True),
          Brake("the names of its file are those of the journey", journey, "definition", WIDER.definition),
      )))  # fmt: skip
def the_office_invalidates_after_arrival(looks: list[Look]) -> None:
    stage = Stage(looks)
    movement = stage.lodge()
    movement.arrive()
    stage.look("the arrival")
    stage.officer(invalidation_by_office(movement))
    stage.look("the office invalidates", **{"the reason names": reasons(stage)})
    lost = Stage(looks)
    movement = lost.lodge()
    movement.days(16)
    lost.look("the enquiry")
    lost.officer(invalidation_by_office(movement))
    lost.look("the office invalidates under enquiry", **{"the reason names": reasons(lost)})


@play(39, Brake("goods need no identification", identification, "identified", lambda _: True))
def goods_without_seals(looks: list[Look]) -> None:
    stage, base = Stage(looks), normal()
    bare = replace(base, consignment=replace(base.consignment, transport_equipment=()))
    movement = stage.lodge(bare)
    stage.look("no seals are declared")
    stage.officer(ControlDecision(mrn=movement.mrn, satisfactory=True))
    stage.look("released without a word about identification")
    stage.officer(ControlDecision(mrn=movement.mrn, satisfactory=True, described=True))
    stage.look("the description identifies the goods")
    sealed = Stage(looks)
    movement = sealed.lodge(bare)
    sealed.look("another one without seals")
    sealed.officer(ControlDecision(mrn=movement.mrn, satisfactory=True, seals=("FR-DOUANE-1",)))
    (equipment,) = sealed.office.sent(TRADER)[-1].consignment.transport_equipment
    sealed.look("the office seals them", seals=tuple(each.identifier for each in equipment.seal))


def reasons(stage: Stage) -> tuple[str, ...]:
    """Which of the things that help an officer the last refusal names."""
    told = getattr(stage.office.sent("fr.officer")[-1], "reason", "")
    helpful = ("state: arrived", "state: holder asked", "UCC art. 174(2)", "Await them", "Close the enquiry")
    return tuple(each for each in helpful if each in told)


@play(13, Brake("an amendment says of itself what it is", rules_case, "of_another_state", lambda *_: False))
def another_guarantee_is_asked_for(looks: list[Look]) -> None:
    stage = Stage(looks)
    movement = stage.lodge(covering(normal(), "20000.00"))
    stage.look("the guarantee does not cover")
    mended = covering(movement.declaration, "9000.00")
    stage.office.give(movement.about(amendment(mended)), TRADER)
    stage.look("an amendment of something else")
    stage.office.give(movement.about(amendment(mended, of_guarantee=True)), TRADER)
    stage.look("an amendment of the guarantee")
