"""Pairs for ``conditions_enquiry``: what the holder answers to an enquiry."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from douane.applications.transit.rules.case import KnownCase
from douane.applications.transit.tests import base_declarations as base
from douane.applications.transit.tests import edits
from douane.applications.transit.tests.base_messages import whereabouts
from douane.applications.transit.tests.pairs import pair
from douane.standards.ncts import phase5 as p5

SAID = whereabouts()
SILENT = replace(SAID, enquiry=None, consignment=None)
VIENNA = p5.CustomsOfficeOfDestinationActual(reference_number="AT100000")
DELIVERED = p5.Enquiry01(tc11_delivery_date=dt.date(2025, 6, 5), text="The office has a TC11.")
NO_POSTCODE = p5.Address02(street_and_number="12 rue du Centre", city="Lesquin", country="FR")
IN_FRANCE = p5.Consignment07(consignee_actual=p5.ConsigneeActual(name="Maison Delcourt", address=NO_POSTCODE))
KNOWN = KnownCase(declaration=base.normal())

PAIRS = (
    pair("C0215", SAID, replace(SAID, consignment=None), ("Consignment", "13")),
    pair(
        "C0215", replace(SAID, consignment=None, customs_office_of_destination_actual=VIENNA),
        replace(SILENT, customs_office_of_destination_actual=VIENNA, consignment=SAID.consignment),
        ("CustomsOfficeOfDestinationActual", "15"), ("Consignment", "15"),
    ),
    pair("C0220", replace(SAID, enquiry=DELIVERED), replace(SAID, enquiry=replace(DELIVERED, text=None)),
         ("Enquiry/text", "13")),
    pair("C0315", replace(SAID, enquiry=DELIVERED, customs_office_of_destination_actual=VIENNA),
         replace(SAID, enquiry=DELIVERED), ("CustomsOfficeOfDestinationActual", "13")),
    pair("C0505", SAID, replace(SAID, consignment=IN_FRANCE), ("Consignment/ConsigneeActual/Address/postcode", "13")),
    pair("C0250", SAID, edits.inside(SAID, "holder_of_the_transit_procedure", name="Maison Delcourt"),
         ("HolderOfTheTransitProcedure/name", "15")),
    pair("C0904", SAID,
         edits.inside(SAID, "holder_of_the_transit_procedure", tir_holder_identification_number="FRA/053/26041"),
         ("HolderOfTheTransitProcedure/TIRHolderIdentificationNumber", "15"), case=KNOWN),
)  # fmt: skip
