"""Conditions on the answer to an enquiry (CC141C): what the holder says of goods that did not arrive."""

from __future__ import annotations

from douane.applications.transit.rules.places import Found, root
from douane.author import missing, not_allowed, rule
from douane.standards.ncts.phase5 import CC141C


@rule(
    "C0215", CC141C,
    text="With a text name the office where the goods are, or who received them; without a text name neither.",
)  # fmt: skip
def c0215(m: CC141C, *_: object) -> Found:
    said = m.enquiry is not None and m.enquiry.text is not None
    office, consignment = m.customs_office_of_destination_actual, m.consignment
    if said and office is None and consignment is None:
        yield missing(f"{root(m)}/Consignment")
    if not said and office is not None:
        yield not_allowed(f"{root(m)}/CustomsOfficeOfDestinationActual", office.reference_number)
    if not said and consignment is not None:
        yield not_allowed(f"{root(m)}/Consignment")


@rule("C0220", CC141C, text="Say in words what became of the goods where a TC11 was delivered.")
def c0220(m: CC141C, *_: object) -> Found:
    if m.enquiry is not None and m.enquiry.tc11_delivery_date is not None and m.enquiry.text is None:
        yield missing(f"{root(m)}/Enquiry/text")


@rule("C0315", CC141C, text="Name the office of destination that delivered the TC11.")
def c0315(m: CC141C, *_: object) -> Found:
    """S1018: C0215 goes first; without a text it forbids the office, and nothing is left to ask."""
    answer = m.enquiry
    if answer is None or answer.tc11_delivery_date is None or answer.text is None:
        return
    if m.customs_office_of_destination_actual is None:
        yield missing(f"{root(m)}/CustomsOfficeOfDestinationActual")
