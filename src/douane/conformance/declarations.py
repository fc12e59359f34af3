"""Transit declarations for a national system: a good one made new each time, and each way of breaking it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from douane.conformance.doors import Arrived
from douane.runtime.store.ports import Clock, Ids
from douane.standards.ncts import phase5 as p5
from douane.vocabulary.errors import DeclarationFault

Edit = Callable[[p5.CC015C], p5.CC015C]


@dataclass(frozen=True, slots=True)
class Declarations:
    """Made of a sample that the national system accepts: it knows the trader, the office and the guarantee."""

    sample: p5.CC015C
    ids: Ids
    clock: Clock
    _names: list[bytes] = field(default_factory=list)

    def answered_by(self, arrived: Arrived) -> bool:
        """Whether mail names a message or a declaration that was made here: their names are random."""
        return any(name in arrived.body for name in self._names)

    def fresh(self) -> p5.CC015C:
        """The sample with a new identification and local reference number, and its times as if it were made now."""
        m, now = self.sample, self._now()
        later = now - m.preparation_date_and_time
        offices = tuple(
            replace(each, arrival_date_and_time_estimated=each.arrival_date_and_time_estimated + later)
            if each.arrival_date_and_time_estimated is not None else each
            for each in m.customs_office_of_transit_declared
        )  # fmt: skip
        limit = m.transit_operation.limit_date
        operation = replace(
            m.transit_operation,
            lrn=self._named(f"BN-{self.ids.random(8).hex().upper()}"),
            limit_date=limit + dt.timedelta(days=later.days) if limit is not None else None,
        )
        return replace(
            m, message_identification=self._identification(), preparation_date_and_time=now,
            transit_operation=operation, customs_office_of_transit_declared=offices,
        )  # fmt: skip

    def invalidation(self, m: p5.CC015C, mrn: str) -> p5.CC014C:
        """The holder asks to invalidate a declaration."""
        return p5.CC014C(
            message_sender=m.message_sender, message_recipient=m.message_recipient,
            preparation_date_and_time=self._now(), message_identification=self._identification(),
            message_type="CC014C", transit_operation=p5.TransitOperation03(mrn=mrn),
            invalidation=p5.Invalidation01(
                request_date_and_time=self._now(), initiated_by_customs=False, justification="Sent by a partner bench."
            ),
            customs_office_of_departure=m.customs_office_of_departure,
            holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure02(
                identification_number=m.holder_of_the_transit_procedure.identification_number
            ),
            phase_id=m.phase_id,
        )  # fmt: skip

    def _identification(self) -> str:
        return self._named(f"BN{self.ids.random(12).hex()}")

    def _named(self, name: str) -> str:
        self._names.append(name.encode())
        return name

    def _now(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self.clock.now() // 1_000_000, dt.UTC).replace(tzinfo=None)


def read_sample(text: bytes) -> p5.CC015C:
    """The declaration in a file. Raises what reading raises, DeclarationFault for another type of message."""
    found = p5.read(text)
    if not isinstance(found, p5.CC015C):
        raise DeclarationFault(f"The sample is a {type(found).__name__}.", remedy="Give a CC015C.")
    return found


# --- broken against rules: each edit changes one thing


def _items(m: p5.CC015C, edit: Callable[[p5.ConsignmentItem09], p5.ConsignmentItem09]) -> p5.CC015C:
    houses = tuple(
        replace(house, consignment_item=tuple(edit(item) for item in house.consignment_item))
        for house in m.consignment.house_consignment
    )
    return replace(m, consignment=replace(m.consignment, house_consignment=houses))


def _loading(m: p5.CC015C) -> p5.CC015C:
    return replace(m, consignment=replace(m.consignment, place_of_loading=None))


def _mass(m: p5.CC015C) -> p5.CC015C:
    return replace(m, consignment=replace(m.consignment, gross_mass=Decimal("0.5")))


def _net(m: p5.CC015C) -> p5.CC015C:
    def heavy(item: p5.ConsignmentItem09) -> p5.ConsignmentItem09:
        measure = item.commodity.goods_measure
        if measure is None or measure.gross_mass is None:
            return item
        return replace(
            item, commodity=replace(item.commodity, goods_measure=replace(measure, net_mass=measure.gross_mass + 1))
        )

    return _items(m, heavy)


def _numbers(m: p5.CC015C) -> p5.CC015C:
    return _items(m, lambda item: replace(item, declaration_goods_item_number=item.declaration_goods_item_number + 6))


def _packages(m: p5.CC015C) -> p5.CC015C:
    return _items(
        m, lambda item: replace(item, packaging=tuple(replace(p, number_of_packages=None) for p in item.packaging))
    )


def _past(m: p5.CC015C) -> p5.CC015C:
    past = dt.datetime(2020, 1, 1)  # noqa: DTZ001 - moments of NCTS have no zone
    offices = tuple(
        replace(each, arrival_date_and_time_estimated=past) for each in m.customs_office_of_transit_declared
    )
    return replace(m, customs_office_of_transit_declared=offices)


def _seals(m: p5.CC015C) -> p5.CC015C:
    equipment = tuple(replace(each, number_of_seals=9) for each in m.consignment.transport_equipment)
    return replace(m, consignment=replace(m.consignment, transport_equipment=equipment))


def _container(m: p5.CC015C) -> p5.CC015C:
    return replace(m, consignment=replace(m.consignment, container_indicator=True))


def _security(m: p5.CC015C) -> p5.CC015C:
    return replace(m, transit_operation=replace(m.transit_operation, security="2"))


def _nowhere(m: p5.CC015C) -> p5.CC015C:
    return replace(
        m, customs_office_of_destination_declared=p5.CustomsOfficeOfDestinationDeclared(reference_number="AT999999")
    )


def _uncrossed(m: p5.CC015C) -> p5.CC015C:
    """Every country is crossed at an office that is none: where the sample crosses no country, nothing is broken."""
    offices = tuple(
        replace(each, reference_number=f"{each.reference_number[:2]}999999")
        for each in m.customs_office_of_transit_declared
    )
    return replace(m, customs_office_of_transit_declared=offices)


EDITS: Final[tuple[tuple[str, str, Edit], ...]] = (
    ("loading", "no place of loading", _loading),
    ("mass", "a total mass below that of the items", _mass),
    ("net", "net mass above gross mass", _net),
    ("numbers", "item numbers that do not begin with 1", _numbers),
    ("packages", "no number of packages", _packages),
    ("past", "offices of transit reached in the past", _past),
    ("seals", "another number of seals than seals", _seals),
    ("destination", "an office of destination that there is not", _nowhere),
    ("crossing", "offices of transit that there are not", _uncrossed),
    ("container", "a container without its number", _container),
    ("security", "security data announced and missing", _security),
)
"""Name, what is wrong, and the edit; which rules it breaks, the model says."""

SLIPS: Final[tuple[tuple[bytes, bytes, str], ...]] = (
    (b"<declarationType>", b"<declarationType>TRANSIT", "declarationType"),
    (b"<grossMass>", b"<grossMass>heavy", "grossMass"),
    (b"<referenceNumber>", b"<referenceNumber>no office ", "referenceNumber"),
)
"""Slips of form: what is written before the value, and the element whose fault has to be named."""


def slipped(m: p5.CC015C) -> bytes:
    """The message with three slips of form."""
    text = p5.write(m)
    for start, wrong, _ in SLIPS:
        text = text.replace(start, wrong, 1)
    return text
