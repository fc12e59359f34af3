"""The messages of the unit of work: schema- and rule-valid CC015C of twelve items, made once.

One movement stays in the country of departure (9 kB), the other goes abroad over two offices of transit (10 kB).

Every copy differs in LRN, message identification and guarantee: fields of fixed width whose places in the bytes are
found once, so that a load generator makes a message by copying a few bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from msgspec.structs import replace

from douane.applications.transit.tests import base_declarations as base
from douane.standards.ncts import phase5 as p5
from douane.vocabulary.identifiers import Country, Grn

LRN = "LQ00000000000001"
OWN_ID = "LQ0000000000000001"
YEAR = 2025
CODE = "A1B2"
HOME = base.TRADER
NEAR = "FR000610"


def grn(number: int) -> str:
    """The reference of one of the registered guarantees."""
    return str(Grn.issue(YEAR, Country("FR"), f"{number:012}"))


def eori(number: int) -> str:
    """The number of one of the traders."""
    return f"FR412345678{number:05}"


def _item(item: p5.ConsignmentItem09) -> p5.ConsignmentItem09:
    """The same goods as a short declaration states them; the invoice stands once, at the house consignment."""
    commodity = item.commodity
    code = commodity.commodity_code
    return replace(
        item,
        commodity=replace(
            commodity,
            commodity_code=replace(code, combined_nomenclature_code=None) if code else None,
            goods_measure=p5.GoodsMeasure02(gross_mass=Decimal("120.5")),
        ),
        supporting_document=(),
    )


def declaration(*, abroad: bool = False) -> p5.CC015C:
    """One house of twelve items, from Lesquin to Bordeaux, or to Wien."""
    return _short(base.normal(1, 12) if abroad else _within(base.normal(1, 12)))


def largest() -> p5.CC015C:
    """The same journey with as many items as a declaration may have: 1,999, in three houses."""
    message = _short(_within(base.normal(3, 667)))
    *full, last = message.consignment.house_consignment
    houses = (*full, replace(last, consignment_item=last.consignment_item[:-2]))
    return replace(message, consignment=replace(message.consignment, house_consignment=houses))


def _short(message: p5.CC015C) -> p5.CC015C:
    """A declaration as short as a trader may write it, with the numbers that copies differ in."""
    consignment = message.consignment
    houses = tuple(
        replace(
            house,
            supporting_document=house.consignment_item[0].supporting_document,
            consignment_item=tuple(_item(each) for each in house.consignment_item),
        )
        for house in consignment.house_consignment
    )
    return replace(
        message,
        message_identification=OWN_ID,
        preparation_date_and_time=dt.datetime(2025, 6, 2, 9, 15),
        transit_operation=replace(message.transit_operation, lrn=LRN),
        consignment=replace(
            consignment,
            house_consignment=houses,
            departure_transport_means=consignment.departure_transport_means[:1],
        ),
        guarantee=(_guarantee(message.guarantee[0]),),
    )


def _within(message: p5.CC015C) -> p5.CC015C:
    """The same goods to an office of the country of departure: no office of transit, no route to state."""
    c = message.consignment
    return replace(
        message,
        customs_office_of_destination_declared=p5.CustomsOfficeOfDestinationDeclared(reference_number=NEAR),
        customs_office_of_transit_declared=(),
        consignment=replace(
            c,
            country_of_destination="FR",
            consignee=p5.Consignee01(identification_number="FR30020001000016"),
            country_of_routing_of_consignment=(),
        ),
    )


def _guarantee(declared: p5.Guarantee02) -> p5.Guarantee02:
    reference = replace(declared.guarantee_reference[0], grn=grn(0), amount_to_be_covered=Decimal("4500.00"))
    return replace(declared, guarantee_reference=(reference,))


@dataclass(frozen=True, slots=True)
class Template:
    """The bytes of one message and the places at which copies differ."""

    pieces: tuple[bytes, ...]  # the bytes between the places
    fields: tuple[str, ...]  # which field stands after each piece but the last
    guarantees: tuple[bytes, ...]

    def make(self, number: int, guarantee: int) -> bytes:
        """The message of this number, under one of the guarantees."""
        values = {
            "lrn": b"LQ%014d" % number,
            "id": b"LQ%016d" % number,
            "grn": self.guarantees[guarantee % len(self.guarantees)],
        }
        parts = [self.pieces[0]]
        for field, piece in zip(self.fields, self.pieces[1:], strict=True):
            parts += (values[field], piece)
        return b"".join(parts)


def template(
    holder: str, guarantees: Sequence[str], *, abroad: bool = False, message: p5.CC015C | None = None
) -> Template:
    """The template of one trader's declarations, or of a given one."""
    body = p5.write(message or declaration(abroad=abroad))
    assert body.count(HOME.encode()) > 1, "the trader stands as sender and as holder"
    body = body.replace(HOME.encode(), holder.encode())
    places = []
    for field, text in (("id", OWN_ID), ("lrn", LRN), ("grn", grn(0))):
        at = body.find(f">{text}<".encode())
        assert at > 0, f"{field} must stand in the message"
        assert body.find(f">{text}<".encode(), at + 1) < 0, f"{field} stands twice"
        places.append((at + 1, field, len(text)))
    places.sort()
    pieces, last = [], 0
    for at, _, length in places:
        pieces.append(body[last:at])
        last = at + length
    pieces.append(body[last:])
    return Template(tuple(pieces), tuple(f for _, f, _ in places), tuple(g.encode() for g in guarantees))
