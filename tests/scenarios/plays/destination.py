"""Rows 6, 22, 23, 24, 35: what happens to goods that arrive."""

from __future__ import annotations

from msgspec.structs import replace

from douane.applications.transit.handlers import destination as handlers
from douane.applications.transit.handlers.arrival_replies import arrival_advice
from douane.applications.transit.handlers.destination import destination
from douane.applications.transit.records.arrival import Arrival
from douane.applications.transit.tests.base_messages import arrival, remarks, simplified_arrival
from douane.runtime.core.work import Work
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.phase5 import CD006C
from tests.scenarios.brakes import Brake
from tests.scenarios.playing import play
from tests.scenarios.row import Look
from tests.scenarios.stage import Stage

ELSEWHERE = "AT320000"


def of_the_declared_office(work: Work, case: Arrival) -> CD006C:
    """An arrival advice that names the office of the declaration, whatever office the goods came to."""
    return arrival_advice(work, replace(case, office="AT100000"))


@play(6, Brake("the advice names the office declared", handlers, "arrival_advice", of_the_declared_office))
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
