"""Rows 19, 20, 21, 34: what a declaration claims, and what registers know of it."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from douane.applications.transit.handlers import registers
from douane.applications.transit.handlers.departure import departure
from douane.applications.transit.tests.base_declarations import normal, prelodged
from douane.applications.transit.tests.base_messages import simplified_arrival
from douane.standards.ncts import phase5 as p5
from tests.journeys.movements import by_trusted_holder, risky
from tests.scenarios.brakes import Brake
from tests.scenarios.playing import play
from tests.scenarios.row import Look
from tests.scenarios.stage import Stage

INVENTED = "ATACEINVENTED1"


def confirmed(*_: object, **__: object) -> tuple[()]:
    """A register that is not asked."""
    return ()


@play(19, Brake("an authorisation is believed", registers, "_authorised", confirmed))
def an_authorised_consignor_with_an_invented_authorisation(looks: list[Look]) -> None:
    stage, base = Stage(looks), normal()
    named = (p5.Authorisation(sequence_number=1, type="C521", reference_number="XXACRINVENTED"),)
    operation = replace(base.transit_operation, limit_date=dt.date(2030, 1, 1))
    stage.lodge(replace(base, authorisation=named, transit_operation=operation))
    stage.look("the declaration")


@play(20, Brake("an authorisation is believed", registers, "_authorised", confirmed))
def an_authorised_consignee_with_an_invented_authorisation(looks: list[Look]) -> None:
    stage, notice = Stage(looks), simplified_arrival()
    movement = stage.lodge()
    stage.look("the release")
    place = replace(notice.consignment.location_of_goods, authorisation_number=INVENTED)
    movement.arrive(
        replace(
            notice,
            authorisation=(replace(notice.authorisation[0], reference_number=INVENTED),),
            consignment=replace(notice.consignment, location_of_goods=place),
        )
    )
    stage.look("the arrival")


@play(21, Brake("a number is believed", registers, "_registered", confirmed))
def a_holder_without_registration(looks: list[Look]) -> None:
    stage, base, stranger = Stage(looks), normal(), "FR00000000000XX"
    holder = replace(base.holder_of_the_transit_procedure, identification_number=stranger)
    stage.lodge(replace(base, message_sender=stranger, holder_of_the_transit_procedure=holder), stranger)
    stage.look("the declaration")


@play(34, Brake("nobody is told of an intention", departure.predicates, "control_intended", lambda _: False))
def a_trusted_trader_is_told_before_presentation(looks: list[Look]) -> None:
    stage, base = Stage(looks), prelodged()
    houses = risky().consignment.house_consignment
    lodged = replace(base, consignment=replace(base.consignment, house_consignment=houses))
    stage.lodge(lodged)
    stage.look("lodged by another trader")
    movement = stage.lodge(by_trusted_holder(lodged))
    stage.look("lodged by a trusted trader")
    movement.present()
    stage.look("the goods are presented")
