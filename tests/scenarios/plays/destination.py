"""Rows 6, 22, 23, 24, 35: what happens to goods that arrive."""

from __future__ import annotations

from msgspec.structs import replace

from douane.applications.transit.handlers import destination as handlers
from douane.applications.transit.handlers import exchanges
from douane.applications.transit.handlers.arrival_replies import arrival_advice
from douane.applications.transit.handlers.destination import destination
from douane.applications.transit.messages import GoodsDisposal
from douane.applications.transit.records.arrival import Arrival
from douane.applications.transit.records.departure import Departure
from douane.applications.transit.tests.base_messages import arrival, remarks, simplified_arrival
from douane.runtime.core.work import Work
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.phase5 import CD006C
from douane.vocabulary.errors import Fault
from tests.scenarios.brakes import Brake
from tests.scenarios.playing import play
from tests.scenarios.row import Look
from tests.scenarios.stage import Stage

ELSEWHERE = "AT700100"


def of_the_declared_office(work: Work, case: Arrival) -> CD006C:
    """An arrival advice that names the office of the declaration, whatever office the goods came to."""
    return arrival_advice(work, replace(case, office="AT100000"))


def only_lists(case: Arrival, code: str, *, listed: bool) -> Fault | None:
    """Lists are asked, seals are not."""
    return None if listed else Fault("/code", "12", "CL197")


def transit_alone(case: Departure) -> tuple[str, ...]:
    """Offices of transit are told, the office of the declaration is not."""
    return tuple(dict.fromkeys(each[:2] for each in exchanges.not_crossed(case)))


@play(
    6,
    Brake("the advice names the office declared", handlers, "arrival_advice", of_the_declared_office),
    Brake("the office declared is not told", exchanges, "still_expecting", transit_alone),
)
def arrival_at_another_office_of_the_country(looks: list[Look]) -> None:
    stage, notice = Stage(looks), arrival()
    movement = stage.lodge()
    stage.look("the release")
    here = replace(notice.consignment.location_of_goods, customs_office=p5.CustomsOffice(reference_number=ELSEWHERE))
    movement.arrive(
        replace(
            notice,
            customs_office_of_destination_actual=p5.CustomsOfficeOfDestinationActual(reference_number=ELSEWHERE),
            consignment=replace(notice.consignment, location_of_goods=here),
        )
    )
    stage.look("the arrival")


@play(
    23,
    Brake("a bad control releases", destination.predicates, "releasable", lambda _: True),
)
def an_empty_lorry(looks: list[Look]) -> None:
    stage = Stage(looks)
    movement = stage.lodge()
    movement.arrive()
    stage.look("the arrival")
    movement.inspect("B1", "The lorry is empty.")
    stage.look("the control was not satisfactory")
    stage.officer(GoodsDisposal(mrn=movement.mrn, measure="regularised"), "at.officer")
    stage.look("regularised after all")
    other = Stage(looks)
    movement = other.lodge()
    movement.arrive()
    movement.inspect("B1", "Other goods than declared.")
    other.look("another bad control")
    other.officer(GoodsDisposal(mrn=movement.mrn, measure="confiscated"), "at.officer")
    other.look("confiscated")


@play(
    24,
    Brake("any code is a result", handlers, "listed", lambda *_: True),
    Brake("broken seals are as good as whole ones", handlers, "unfit_result", only_lists),
)
def results_of_a_control(looks: list[Look]) -> None:
    whole = Stage(looks)
    movement = whole.lodge()
    movement.arrive()
    movement.inspect("Z9")
    whole.look("a result that no list has", reason=reason(whole))
    stage, found = Stage(looks), remarks()
    movement = stage.lodge()
    consignee = movement.arrive(simplified_arrival())
    found = replace(found, unloading_remark=replace(found.unloading_remark, state_of_seals=False))
    stage.office.give(movement.about(found), consignee)
    stage.look("seals are broken")
    movement.inspect("A1")
    stage.look("a result that broken seals do not have", reason=reason(stage))
    movement.inspect("A5", "Two cartons are torn.")
    stage.look("minor discrepancies")


def reason(stage: Stage) -> tuple[str, ...]:
    """What the last refusal names."""
    told = "".join(each.reason for each in stage.office.sent("at.officer")[-1:])
    return tuple(each for each in ("CL197", "G0017") if each in told)


@play(22, Brake("whatever was found conforms", destination.predicates, "goods_conform", lambda _: True))
def seals_broken_at_unloading(looks: list[Look]) -> None:
    stage, found = Stage(looks), remarks()
    movement = stage.lodge()
    consignee = movement.arrive(simplified_arrival())
    stage.look("the permission to unload")
    found = replace(found, unloading_remark=replace(found.unloading_remark, state_of_seals=False))
    stage.office.give(movement.about(found), consignee)
    stage.look("seals are broken")


@play(35, Brake("everything counts as unloaded", destination.predicates, "unloading_complete", lambda _: True))
def unloading_in_parts(looks: list[Look]) -> None:
    stage, whole = Stage(looks), remarks()
    movement = stage.lodge()
    consignee = movement.arrive(simplified_arrival())
    stage.look("the permission to unload")
    part = replace(whole, unloading_remark=replace(whole.unloading_remark, unloading_completion=False))
    stage.office.give(movement.about(part), consignee)
    stage.look("a part is out")
    stage.office.give(movement.about(whole), consignee)
    stage.look("everything is out")
