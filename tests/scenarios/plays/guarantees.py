"""Rows 14 to 18: what covers a movement, and what does not."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from douane.applications.guarantees.messages import GuaranteeRegistration
from douane.applications.guarantees.rules import ledgers as rules
from douane.applications.transit.handlers import registers
from douane.applications.transit.messages import GuaranteeDecision
from douane.applications.transit.rules import cover
from douane.applications.transit.tests.base_declarations import GRN, TRADER, normal
from douane.applications.transit.tests.base_declarations import tir as under_carnet
from douane.applications.transit.tests.test_cover import by, carrying, guaranteed
from douane.standards.ncts.phase5 import CC015C
from tests.journeys.registered import carnet
from tests.scenarios.brakes import Brake
from tests.scenarios.playing import play
from tests.scenarios.row import Look
from tests.scenarios.stage import Stage, office_at

FIRST, SECOND, UNKNOWN = (f"{GRN}A00000{n}" for n in (1, 2, 9))


def voucher(grn: str, until: dt.date | None = None) -> GuaranteeRegistration:
    """The registration of a voucher that was issued on 2 March 2026, a Monday."""
    return GuaranteeRegistration(grn, "4", TRADER, "V001", Decimal(10_000), dt.date(2026, 3, 2), valid_to=until)


def by_vouchers(*amounts: tuple[str, str]) -> CC015C:
    """The declaration guaranteed by vouchers, each for an amount."""
    base = normal()
    ((guarantee,), (reference,)) = base.guarantee, base.guarantee[0].guarantee_reference
    references = tuple(
        replace(reference, sequence_number=n, grn=grn, access_code="V001", amount_to_be_covered=Decimal(amount))
        for n, (grn, amount) in enumerate(amounts, 1)
    )
    return replace(base, guarantee=(replace(guarantee, guarantee_type="4", guarantee_reference=references),))


@play(14, Brake("an amount is never too high and a voucher never used", rules, "_against_amount", lambda *_: []))
def vouchers(looks: list[Look]) -> None:
    stage = Stage(looks)
    stage.watched = {"first ": FIRST, "second ": SECOND}
    for each in (FIRST, SECOND):
        stage.officer(voucher(each))
    stage.look("two vouchers are registered")
    stage.lodge(by_vouchers((FIRST, "10000.00"), (SECOND, "7500.00")))
    stage.look("both cover a movement")
    stage.lodge(by_vouchers((FIRST, "10.00")))
    stage.look("one is used again")
    stage.lodge(by_vouchers((UNKNOWN, "7500.00")))
    stage.look("one that is unknown")
    other = Stage(looks)
    other.officer(voucher(FIRST))
    other.look("a voucher is registered")
    other.lodge(by_vouchers((FIRST, "15000.00")))
    other.look("one is to cover 15 000")


@play(15, Brake("its office chooses how long a voucher holds", rules, "last_day_of", lambda _: dt.date.max))
def a_voucher_of_ten_years(looks: list[Look]) -> None:
    stage = Stage(looks)
    stage.watched = {"": SECOND}
    stage.officer(voucher(FIRST, dt.date(2036, 3, 2)))
    stage.look("registered for ten years")
    stage.officer(voucher(SECOND))
    stage.at("2027-03-02T23:59")
    stage.lodge(by_vouchers((SECOND, "4500.00")))
    stage.look("used in the last minute of its year")
    late = Stage(looks)
    late.watched = {"": SECOND}
    late.officer(voucher(SECOND))
    late.at("2027-03-03T00:00")
    late.lodge(by_vouchers((SECOND, "4500.00")))
    late.look("used as the next day begins")


def another(**more: Any) -> CC015C:
    """The TIR declaration of the trader who sends it, with these changes to the numbers that it names."""
    base = under_carnet()
    named = {"identification_number": TRADER, "name": None, "address": None}
    number = more.pop("carnet", base.transit_operation.tir_carnet_number)
    return replace(
        base,
        message_sender=more.get("identification_number", TRADER),
        transit_operation=replace(base.transit_operation, tir_carnet_number=number),
        holder_of_the_transit_procedure=replace(base.holder_of_the_transit_procedure, **{**named, **more}),
    )


@play(18, Brake("a carnet is anybody's", registers, "carnet_faults", lambda *_: ()),
      Brake("an association is liable for any amount", rules, "carnet_faults", lambda _: ()))  # fmt: skip
def goods_under_a_tir_carnet(looks: list[Look]) -> None:
    office, other = office_at(), "DE1234567890123"
    office.give(carnet(), "fr.officer")
    stage = Stage(looks, office)
    movement = stage.lodge(another())
    stage.look("by the holder of the carnet")
    movement.arrive()
    movement.inspect()
    guarantor = stage.office.sent(TRADER)[-1].guarantor
    stage.look("terminated and discharged", guarantor=guarantor.identification_number if guarantor else "")
    stage.lodge(another(identification_number=other), other)
    stage.look("another trader in the holder's name")
    stage.lodge(another(tir_holder_identification_number="FRA/053/99999"))
    stage.look("the holder of another carnet")
    stage.lodge(another(carnet="XC98765432"))
    stage.look("a carnet that nobody stands for")
    stage.officer(carnet(carnet="XC98765432", limit=Decimal(150_000)))
    stage.look("an association is to stand for 150 000")
    stage.at("2027-07-01T00:00")
    stage.lodge(another())
    stage.look("the carnet has expired")


def nothing(_: object) -> tuple[()]:
    """Nothing is wrong, and nothing is left to an officer."""
    return ()


@play(
    16,
    Brake("every waiver is believed", cover, "left_to_officer", nothing),
    Brake("a waiver fits every declaration", cover, "unfit", nothing),
)
def types_that_no_ledger_answers_for(looks: list[Look]) -> None:
    stage = Stage(looks)
    stage.lodge(guaranteed("3", "4500000.00", other="CASH-INVENTED"))
    stage.look("a deposit that nobody has seen")
    stage.lodge(guaranteed("5", "4500000.00"))
    stage.look("a waiver far above its threshold")
    stage.lodge(guaranteed("R", None))
    stage.look("a river by road")
    stage.lodge(guaranteed("J", None))
    stage.look("not required before an office of transit")
    movement = stage.lodge(guaranteed("8", None, other="PUBLICBODY"))
    stage.look("a public body")
    stage.officer(GuaranteeDecision(mrn=movement.mrn, accepted=False, remarks="A private trader."))
    stage.look("which it is not")
    movement = stage.lodge(guaranteed("A", None))
    stage.look("a waiver by agreement")
    stage.officer(GuaranteeDecision(mrn=movement.mrn, accepted=True))
    stage.look("accepted without proof")
    stage.officer(GuaranteeDecision(mrn=movement.mrn, accepted=True, proof="Agreement FR-CH of 2019."))
    stage.look("accepted with proof")
    movement = stage.lodge(by(guaranteed("R", None), "8"))
    stage.look("a river by river")


@play(17, Brake("every amount is enough", cover, "falls_short", lambda _: False),
      Brake("a cent is believed", cover, "left_to_officer", nothing))  # fmt: skip
def an_amount_that_does_not_cover_the_goods(looks: list[Look]) -> None:
    stage = Stage(looks, limit=Decimal(100_000))
    stage.lodge(carrying(guaranteed("1", "0.01"), "240220", "100"))
    stage.look("a cent for cigarettes that owe 9 000")
    stage.lodge(guaranteed("1", "0.01"))
    stage.look("a cent for coffee")
    other = Stage(looks)
    other.lodge()
    other.look("an amount that the holder calculated")
