"""Groups by a few facts, and the paths of what the cases of R and B rules change."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from douane.applications.transit.tests.r_base import group, item

DEPARTURE = "customs_office_of_departure__reference_number"
DESTINATION = "customs_office_of_destination_declared__reference_number"
TYPE = "transit_operation__declaration_type"
TRANSIT = "customs_office_of_transit_declared"
HOUSES = "consignment__house_consignment"
HOUSE = f"{HOUSES}__0"
ITEM = f"{HOUSE}__consignment_item__0"
AT_HOUSE = "Consignment/HouseConsignment[1]"
AT_ITEM = f"{AT_HOUSE}/ConsignmentItem[1]"


def offices(*references: str, expected: dt.datetime | None = None) -> tuple[Any, ...]:
    """Offices of transit, numbered."""
    return tuple(
        group(
            "CustomsOfficeOfTransitDeclared01",
            sequence_number=n,
            reference_number=reference,
            arrival_date_and_time_estimated=expected,
        )
        for n, reference in enumerate(references, 1)
    )


def exits(*references: str) -> tuple[Any, ...]:
    """Offices of exit for transit, numbered."""
    return tuple(
        group("CustomsOfficeOfExitForTransitDeclared", sequence_number=n, reference_number=reference)
        for n, reference in enumerate(references, 1)
    )


def authorisations(*types: str) -> tuple[Any, ...]:
    """Authorisations, numbered."""
    return tuple(
        group("Authorisation", sequence_number=n, type=t, reference_number="FR1") for n, t in enumerate(types, 1)
    )


def equipment(name: str, *, seals: tuple[str, ...] = (), count: int | None = None, container: str | None = None) -> Any:
    """One transport equipment with its seals."""
    return group(
        name,
        sequence_number=1,
        container_identification_number=container,
        number_of_seals=len(seals) if count is None else count,
        seal=tuple(group("Seal02", sequence_number=n, identifier=each) for n, each in enumerate(seals, 1)),
    )


def actor(number: str) -> tuple[Any, ...]:
    """One actor of the supply chain."""
    return (group("AdditionalSupplyChainActor", sequence_number=1, role="CS", identification_number=number),)


def means(*kinds: str, number: str = "AB123CD", struct: str = "DepartureTransportMeans02") -> tuple[Any, ...]:
    """Means of transport at departure, numbered."""
    return tuple(
        group(struct, sequence_number=n, type_of_identification=kind, identification_number=number, nationality="FR")
        for n, kind in enumerate(kinds, 1)
    )


def packed(count: int, kind: str = "CT", marks: str = "M1", number: int = 1) -> Any:
    """One packaging."""
    return group(
        "Packaging02", sequence_number=number, type_of_packages=kind, number_of_packages=count, shipping_marks=marks
    )


def reference(kind: str, number: str | None = "R1", struct: str = "AdditionalReference02") -> tuple[Any, ...]:
    """One additional reference of an item."""
    return (group(struct, sequence_number=1, type=kind, reference_number=number),)


def information(code: str) -> tuple[Any, ...]:
    """One additional information."""
    return (group("AdditionalInformation02", sequence_number=1, code=code),)


def consignee(number: str) -> Any:
    """A consignee known by its number."""
    return group("Consignee01", identification_number=number)


def gross(*masses: int) -> tuple[Any, ...]:
    """Items with these gross masses; one of 0 kg shares the packages of the others."""
    return tuple(
        item(
            n,
            n,
            commodity__goods_measure__gross_mass=Decimal(mass),
            commodity__goods_measure__net_mass=None,
            packaging=(packed(10 if mass else 0),),
        )
        for n, mass in enumerate(masses, 1)
    )


def incident(*equipments: Any) -> dict[str, Any]:
    """An arrival notification's incident with this equipment."""
    place = group("Location", qualifier_of_identification="U", un_locode="FRLIL", country="FR")
    made = group(
        "Incident01", sequence_number=1, code="1", text="Seal torn", location=place, transport_equipment=equipments
    )
    return {"consignment__incident": (made,)}
