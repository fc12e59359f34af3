"""Rules about packages and masses (R)."""

from __future__ import annotations

from decimal import Decimal

from douane.applications.transit.rules.places import Declaration, Found, at, house_at, item_at
from douane.applications.transit.rules.transition import TRANSITION_END
from douane.author import Look, broken, rule
from douane.standards.ncts.phase5 import CC013C, CC015C, ConsignmentItem09

_NOTHING = Decimal(0)


def _shares_packages(item: ConsignmentItem09) -> bool:
    """Whether the item lies in packages that another item counts."""
    for each in item.packaging:  # noqa: SIM110  (twice as fast as any() over a generator, and run for every item)
        if each.number_of_packages == 0:
            return True
    return False


@rule(
    "R0219",
    CC013C,
    CC015C,
    after=TRANSITION_END,
    text="If an item is packed with another one (0 packages), state 0 in all its packagings.",
)
def r0219(m: Declaration, *_: object) -> Found:
    """An item lies either in packages of its own or in those of another item."""
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            packaging = item.packaging
            if len(packaging) < 2 or not _shares_packages(item):
                continue
            for p, each in enumerate(packaging, 1):
                if each.number_of_packages:
                    yield broken(item_at(m, h, i, f"Packaging[{p}]/numberOfPackages"), each.number_of_packages)


@rule(
    "R0220",
    CC013C,
    CC015C,
    lists=("CL182",),
    after=TRANSITION_END,
    text="With 0 packages do not declare the goods as unpacked: choose the kind of the packages they lie in.",
)
def r0220(m: Declaration, _: object, look: Look) -> Found:
    """Unpacked goods are counted in pieces, never as zero."""
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            for p, each in enumerate(item.packaging, 1):
                if each.number_of_packages == 0 and look.has("CL182", each.type_of_packages):
                    yield broken(item_at(m, h, i, f"Packaging[{p}]/typeOfPackages"), each.type_of_packages)


@rule(
    "R0221",
    CC013C,
    CC015C,
    after=TRANSITION_END,
    text="State gross mass 0 exactly for items packed with another item of the same house consignment, "
    "which bears the mass.",
)
def r0221(m: Declaration, *_: object) -> Found:
    """The gross mass of shared packages stands at one item of the house consignment."""
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            measure = item.commodity.goods_measure
            if measure is None or measure.gross_mass is None:
                continue
            if measure.gross_mass:
                right = not _shares_packages(item)
            else:
                right = _shares_packages(item) and any(
                    other is not item and other.commodity.goods_measure and other.commodity.goods_measure.gross_mass
                    for other in house.consignment_item
                )
            if not right:
                yield broken(item_at(m, h, i, "Commodity/GoodsMeasure/grossMass"), measure.gross_mass)


@rule(
    "R0223",
    CC013C,
    CC015C,
    after=TRANSITION_END,
    text="State a net mass that is not greater than the gross mass of the item.",
)
def r0223(m: Declaration, *_: object) -> Found:
    """Goods do not weigh more without their packages."""
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            measure = item.commodity.goods_measure
            if (
                measure
                and measure.net_mass is not None
                and measure.gross_mass
                and measure.net_mass > measure.gross_mass
            ):
                yield broken(item_at(m, h, i, "Commodity/GoodsMeasure/netMass"), measure.net_mass)


@rule(
    "R0364",
    CC013C,
    CC015C,
    lists=("CL181", "CL182"),
    after=TRANSITION_END,
    text="With 0 packages declare, in the same house consignment, another item with the same shipping marks that "
    "counts the packages and is neither in bulk nor unpacked.",
)
def r0364(m: Declaration, _: object, look: Look) -> Found:
    """Packages shared by several items are counted at one of them, found by their marks."""
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            for p, each in enumerate(item.packaging, 1):
                if each.number_of_packages == 0 and not any(
                    other.shipping_marks == each.shipping_marks
                    and other.number_of_packages
                    and not look.has("CL181", other.type_of_packages)
                    and not look.has("CL182", other.type_of_packages)
                    for neighbour in house.consignment_item
                    if neighbour is not item
                    for other in neighbour.packaging
                ):
                    yield broken(item_at(m, h, i, f"Packaging[{p}]/numberOfPackages"), 0)


@rule(
    "R0983",
    CC013C,
    CC015C,
    text="State a gross mass of the house consignment that is not less than the sum over its items.",
)
def r0983(m: Declaration, *_: object) -> Found:
    """A house consignment weighs at least what its items weigh."""
    for h, house in enumerate(m.consignment.house_consignment, 1):
        total = _NOTHING
        for item in house.consignment_item:
            measure = item.commodity.goods_measure
            if measure is not None and measure.gross_mass is not None:
                total += measure.gross_mass
        if house.gross_mass < total:
            yield broken(house_at(m, h, "grossMass"), house.gross_mass)


@rule(
    "R0994",
    CC013C,
    CC015C,
    text="State a gross mass of the consignment that is not less than the sum over its house consignments.",
)
def r0994(m: Declaration, *_: object) -> Found:
    """A consignment weighs at least what its house consignments weigh."""
    total = sum((house.gross_mass for house in m.consignment.house_consignment), _NOTHING)
    if m.consignment.gross_mass < total:
        yield broken(at(m, "Consignment/grossMass"), m.consignment.gross_mass)
