"""Movements for journeys: a guaranteed declaration from Lesquin to Wien, and what the parties do with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from douane.applications.guarantees.messages import GuaranteeAccount, GuaranteeQuery, GuaranteeRegistration
from douane.applications.transit.contract.parties import own_declaration
from douane.applications.transit.messages import ControlDecision, EnquiryClosure, Inspection, Passage
from douane.applications.transit.records.departure import Departure
from douane.applications.transit.tests.base_declarations import GRN, TRADER, address, normal
from douane.applications.transit.tests.base_messages import arrival, presentation
from douane.runtime.store.ports import DAY
from douane.runtime.store.records import HumanTask
from douane.standards.ncts.phase5 import (
    CC007C,
    CC015C,
    CC141C,
    AdditionalReference02,
    ConsigneeActual,
    Consignment07,
    CustomsOfficeOfEnquiryAtDeparture01,
    Enquiry01,
    HolderOfTheTransitProcedure08,
    TransitOperation43,
    check,
)
from tests.callers import trader
from tests.journeys.office import BEHAVIOUR, Office
from tests.journeys.registered import AEO, carnet, trusted

LIMIT = Decimal(10_000)
RECEIVER = ConsigneeActual(name="Huber & Co", address=address())
"""Who has the goods, as the holder says where he says something (C0215)."""


def fresh(declaration: CC015C, number: int = 1) -> CC015C:
    """The same declaration under an LRN and an identification of its own."""
    return replace(
        declaration,
        message_identification=f"LQ{number:08d}",
        transit_operation=replace(declaration.transit_operation, lrn=f"LQ26-{number:06d}"),
    )


@dataclass
class Movement:
    """One movement, with its guarantee registered and its declaration lodged."""

    declaration: CC015C = field(default_factory=normal)
    office: Office = field(default_factory=Office)
    sender: str = TRADER
    limit: Decimal = LIMIT
    number: int = 1

    def __post_init__(self) -> None:
        self.declaration = fresh(self.declaration, self.number)
        if self.declaration.consignment.additional_reference:
            self.be_trusted()
        if self.number == 1 and self.declaration.transit_operation.declaration_type == "TIR":
            self.office.give(carnet(), "fr.officer")
        if self.number == 1:
            day = dt.date(2025, 1, 1)
            self.office.give(GuaranteeRegistration(GRN, "1", TRADER, "A1B2", self.limit, day), "fr.officer")
        self.office.give(self.declaration, self.sender)

    def be_trusted(self) -> None:
        """The holder becomes an authorised economic operator."""
        sender, granted = trusted()
        self.office.give(granted, sender)

    @property
    def case(self) -> Departure:
        """The case at departure."""
        view = self.office.view("FR")
        subject = view.resolve(*own_declaration(self.declaration, trader(self.sender)))
        assert subject is not None
        found = view.get(Departure, subject)
        assert found is not None
        return found

    @property
    def mrn(self) -> str:
        """The MRN it got."""
        return self.case.mrn

    @property
    def told(self) -> list[str]:
        """What the trader was told, in order; every message passes its own reader."""
        return told(self.office, self.sender)

    @property
    def account(self) -> GuaranteeAccount:
        """The guarantee's account."""
        answer = BEHAVIOUR.queries["guarantees.show"].answer
        found: GuaranteeAccount = answer(self.office.view("FR"), GuaranteeQuery(GRN))
        return found

    def about(self, message: Any, **operation: Any) -> Any:
        """A message of the trader about this movement's MRN."""
        return replace(
            message,
            message_identification=f"{type(message).__name__}{self.office.count}",
            transit_operation=replace(message.transit_operation, mrn=self.mrn, **operation),
        )

    def arrive(self, notice: CC007C | None = None) -> str:
        """Notify the arrival; the trader at destination."""
        notice = self.about(notice or arrival())
        self.office.give(notice, notice.trader_at_destination.identification_number)
        return notice.trader_at_destination.identification_number

    def pass_frontier(self, office: str = "DE004055") -> None:
        """The officer at an office of transit sees the goods, today."""
        today = dt.datetime.fromtimestamp(self.office.clock.at / 1e6, dt.UTC).date()
        self.decided(Passage(mrn=self.mrn, office=office, passed_on=today), f"{office[:2].lower()}.officer")

    def inspect(self, code: str = "A1", remarks: str = "", **said: Any) -> None:
        """The officer at destination sees the goods."""
        self.decided(Inspection(mrn=self.mrn, code=code, remarks=remarks, **said), "at.officer")

    def present(self) -> None:
        """The goods of a pre-lodged declaration are presented."""
        notice = presentation()
        named = replace(notice.transit_operation, lrn=self.declaration.transit_operation.lrn)
        self.office.give(
            replace(notice, message_identification=f"P{self.office.count}", transit_operation=named), self.sender
        )

    def decide(self, *, good: bool) -> None:
        """The officer of departure ends the control."""
        self.office.give(
            ControlDecision(mrn=self.mrn, officer="fr.officer", satisfactory=good), "fr.officer", administration="FR"
        )

    def close(self, *, discharged: bool, amount: str = "") -> None:
        """The officer of departure closes an enquiry."""
        duty = Decimal(amount) if amount else None
        self.decided(EnquiryClosure(mrn=self.mrn, discharged=discharged, amount=duty))

    def decided(self, decision: Any, officer: str = "fr.officer") -> None:
        """An officer decides something about this movement."""
        self.office.give(decision, officer, administration=officer[:2].upper())

    def information(self, text: str) -> CC141C:
        """The holder answers an enquiry."""
        return CC141C(
            message_sender=self.sender,
            message_recipient="NTA.FR",
            preparation_date_and_time=dt.datetime(2026, 12, 1, 9),
            message_identification=f"I{self.office.count}",
            message_type="CC141C",
            transit_operation=TransitOperation43(mrn=self.mrn),
            customs_office_of_enquiry_at_departure=CustomsOfficeOfEnquiryAtDeparture01(reference_number="FR005350"),
            holder_of_the_transit_procedure=HolderOfTheTransitProcedure08(
                identification_number=TRADER,
                tir_holder_identification_number=(
                    self.declaration.holder_of_the_transit_procedure.tir_holder_identification_number
                ),
            ),
            enquiry=Enquiry01(text=text),
            consignment=Consignment07(consignee_actual=RECEIVER) if text else None,
        )

    @property
    def tasks(self) -> list[HumanTask]:
        """The officers' tasks of this case."""
        view = self.office.view("FR")
        subject = view.resolve("mrn", self.mrn)
        assert subject is not None
        return view.all_of(HumanTask, subject)

    def days(self, number: int) -> None:
        """Let days pass."""
        self.office.wait(number * DAY)


def told(office: Office, party: str) -> list[str]:
    """The types of what a party got; each passes the reader of its family."""
    for each in office.sent(party):
        if hasattr(each, "message_type"):
            assert check(each) == (), (each, check(each))
    return office.names(party)


def with_goods(heading: str, description: str) -> CC015C:
    """The declaration with other goods in its only item."""
    base = normal()
    house = base.consignment.house_consignment[0]
    item = house.consignment_item[0]
    assert item.commodity.commodity_code is not None
    code = replace(item.commodity.commodity_code, harmonized_system_sub_heading_code=heading)
    commodity = replace(item.commodity, description_of_goods=description, commodity_code=code)
    house = replace(house, consignment_item=(replace(item, commodity=commodity),))
    return replace(base, consignment=replace(base.consignment, house_consignment=(house,)))


def described(declaration: CC015C | None = None, **more: Any) -> Movement:
    """A movement of goods without seals on a short way, which an officer of departure found precisely described."""
    base = declaration or normal()
    near = [each for each in base.consignment.country_of_routing_of_consignment if each.country != "CH"]
    way = tuple(replace(each, sequence_number=n) for n, each in enumerate(near, 1))
    bare = replace(base.consignment, transport_equipment=(), country_of_routing_of_consignment=way)
    movement = Movement(replace(base, consignment=bare), **more)
    movement.decided(ControlDecision(mrn=movement.mrn, satisfactory=True, described=True))
    return movement


def risky() -> CC015C:
    """Sporting rifles: a profile of the risk tables demands a control."""
    return with_goods("930330", "Sporting rifles")


def covering(declaration: CC015C, amount: str) -> CC015C:
    """The declaration with another amount to be covered."""
    (guarantee,) = declaration.guarantee
    (reference,) = guarantee.guarantee_reference
    changed = replace(reference, amount_to_be_covered=Decimal(amount))
    return replace(declaration, guarantee=(replace(guarantee, guarantee_reference=(changed,)),))


def covering_twice(declaration: CC015C, *amounts: str) -> CC015C:
    """The declaration that names its one guarantee several times, each time for a part."""
    (guarantee,) = declaration.guarantee
    (reference,) = guarantee.guarantee_reference
    parts = tuple(
        replace(reference, sequence_number=n, amount_to_be_covered=Decimal(each)) for n, each in enumerate(amounts, 1)
    )
    return replace(declaration, guarantee=(replace(guarantee, guarantee_reference=parts),))


def by_trusted_holder(declaration: CC015C) -> CC015C:
    """The declaration of an authorised economic operator."""
    reference = AdditionalReference02(sequence_number=1, type="Y026", reference_number=AEO)
    return replace(declaration, consignment=replace(declaration.consignment, additional_reference=(reference,)))
