"""Rules of what offices tell each other (C, R)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from douane.applications.transit.rules.places import Found
from douane.author import Look, broken, missing, not_allowed, rule
from douane.standards.ncts.phase5 import (
    CD001C,
    CD003C,
    CD010C,
    CD018C,
    CD024C,
    CD050C,
    CD063C,
    CD115C,
    CD143C,
    CD144C,
    CD145C,
    CD165C,
    CD181C,
    CD201C,
    CD203C,
    CD204C,
    CD205C,
    CD209C,
)

Record = CD003C | CD115C | CD165C
_NO_SUCH_MOVEMENT = "1"


@rule("C0811", CD003C, CD115C, CD165C, text="Name the office of departure, unless no such movement is known.")
def c0811(m: Record, *_: object) -> Found:
    unknown = m.transit_operation.request_rejection_reason_code == _NO_SUCH_MOVEMENT
    if unknown == (m.customs_office_of_departure is not None):
        yield (not_allowed if unknown else missing)(f"/{type(m).__name__}/CustomsOfficeOfDeparture")


@rule("C0365", CD003C, CD115C, CD165C, text="Send the whole record, or why there is none.")
def c0365(m: Record, *_: object) -> Found:
    operation, name = m.transit_operation, type(m).__name__
    told = {
        "TransitOperation/declarationType": operation.declaration_type,
        "TransitOperation/declarationAcceptanceDate": operation.declaration_acceptance_date,
        "TransitOperation/releaseDate": operation.release_date,
        "TransitOperation/security": operation.security,
        "TransitOperation/reducedDatasetIndicator": operation.reduced_dataset_indicator,
        "TransitOperation/bindingItinerary": operation.binding_itinerary,
        "CustomsOfficeOfDestinationDeclared": m.customs_office_of_destination_declared,
        "HolderOfTheTransitProcedure": m.holder_of_the_transit_procedure,
        "ControlResult": m.control_result, "Consignment": m.consignment,
    }  # fmt: skip
    refused = bool(operation.request_rejection_reason_code)
    for place, value in told.items():
        if refused == (value is not None):
            yield (not_allowed if refused else missing)(f"/{name}/{place}")


@rule("C0466", CD003C, CD115C, CD165C, text="A refusal names no offices and no risk.")
def c0466(m: Record, *_: object) -> Found:
    if not m.transit_operation.request_rejection_reason_code:
        return
    told = {
        "CustomsOfficeOfTransitDeclared": m.customs_office_of_transit_declared,
        "CustomsOfficeOfExitForTransitDeclared": m.customs_office_of_exit_for_transit_declared,
        "RiskAnalysisIdentification": m.risk_analysis_identification,
        "TransitOperation/specificCircumstanceIndicator": m.transit_operation.specific_circumstance_indicator,
    }
    for place, value in told.items():
        if value:
            yield not_allowed(f"/{type(m).__name__}/{place}")


@rule("C0366", CD165C, text="A refusal names no offices of transit and no circumstance.")
def c0366(m: CD165C, *_: object) -> Found:
    if m.transit_operation.request_rejection_reason_code:
        if m.customs_office_of_transit_declared:
            yield not_allowed("/CD165C/CustomsOfficeOfTransitDeclared")
        if m.transit_operation.specific_circumstance_indicator:
            yield not_allowed("/CD165C/TransitOperation/specificCircumstanceIndicator")


@rule(
    "C0812", CD001C, CD003C, CD010C, CD024C, CD050C, CD063C, CD115C, CD181C, lists=("CL147",),
    text="Tell data of security and safety to administrations of the security area alone.",
)  # fmt: skip
def c0812(m: Any, _: object, look: Look) -> Found:
    if look.has("CL147", m.message_recipient[-2:]):
        return
    for place, value in _of_security(m):
        if value:
            yield not_allowed(f"/{type(m).__name__}/{place}")


def _of_security(m: Any) -> Iterator[tuple[str, object]]:
    """What is told inside the security area alone, as far as the message has a place for it."""
    operation, goods = m.transit_operation, getattr(m, "consignment", None)
    yield "TransitOperation/specificCircumstanceIndicator", getattr(operation, "specific_circumstance_indicator", None)
    yield "CustomsOfficeOfExitForTransitDeclared", m.customs_office_of_exit_for_transit_declared
    yield "CustomsOfficeOfExitForTransitActual", getattr(m, "customs_office_of_exit_for_transit_actual", None)
    for name, tag in (("carrier", "Carrier"), ("place_of_unloading", "PlaceOfUnloading"),
                      ("transport_charges", "TransportCharges")):  # fmt: skip
        yield f"Consignment/{tag}", getattr(goods, name, None)
    for n, house in enumerate(getattr(goods, "house_consignment", ()), 1):
        yield f"Consignment/HouseConsignment[{n}]/TransportCharges", house.transport_charges


@rule("C0930", CD018C, text="Say what was found with a result that is not satisfactory, and only then.")
def c0930(m: CD018C, *_: object) -> Found:
    found = m.control_result.code in ("A5", "B1")
    if found and m.consignment is None and not m.transit_operation.other_things_to_report:
        yield missing("/CD018C/TransitOperation/otherThingsToReport")
    if not found and m.consignment is not None:
        yield not_allowed("/CD018C/Consignment")


@rule("C0012", CD143C, text="Give the day of a returned copy where one was returned.")
def c0012(m: CD143C, *_: object) -> Found:
    returned = m.enquiry.response_code == "3"
    if returned != (m.enquiry.return_copy_returned_date is not None):
        yield (missing if returned else not_allowed)("/CD143C/Enquiry/returnCopyReturnedDate")


@rule("C0013", CD143C, text="Say in words what is known of the goods, and only then.")
def c0013(m: CD143C, *_: object) -> Found:
    wordy = m.enquiry.response_code in ("2", "4")
    if wordy != bool(m.enquiry.text):
        yield (missing if wordy else not_allowed)("/CD143C/Enquiry/text")


@rule("C0320", CD144C, text="Say in words what no code of information says.")
def c0320(m: CD144C, *_: object) -> Found:
    for n, each in enumerate(m.response_information, 1):
        wordy = each.information_code in ("10", "40", "50")
        if wordy != bool(each.text):
            yield (missing if wordy else not_allowed)(f"/CD144C/ResponseInformation[{n}]/text")


@rule("C0330", CD145C, text="Say in words what no code of a question says.")
def c0330(m: CD145C, *_: object) -> Found:
    for n, each in enumerate(m.requested_information, 1):
        wordy = each.code in ("5", "6")
        if wordy != bool(each.text):
            yield (missing if wordy else not_allowed)(f"/CD145C/RequestedInformation[{n}]/text")


@rule("R0001", CD144C, text="Give each code of information once.")
def r0001(m: CD144C, *_: object) -> Found:
    codes = [each.information_code for each in m.response_information]
    if len(set(codes)) < len(codes):
        yield broken("/CD144C/ResponseInformation")


@rule("R0002", CD145C, text="Ask each code of information once.")
def r0002(m: CD145C, *_: object) -> Found:
    codes = [each.code for each in m.requested_information]
    if len(set(codes)) < len(codes):
        yield broken("/CD145C/RequestedInformation")


# --- guarantees


@rule("C0255", CD204C, text="Give the day of the cancellation or of the release.")
def c0255(m: CD204C, *_: object) -> Found:
    operation = m.transit_operation
    if (operation.usage_cancellation_date is None) == (operation.release_date is None):
        yield missing("/CD204C/TransitOperation/releaseDate")


@rule("C0417", CD201C, CD205C, text="Name the office of a guarantee that exists.")
def c0417(m: CD201C | CD205C, *_: object) -> Found:
    for n, guarantee in enumerate(m.guarantee, 1):
        for k, each in enumerate(guarantee.guarantee_reference, 1):
            unknown = any(reason.code == "G01" for reason in each.invalid_guarantee_reason)
            if not unknown and each.customs_office_of_guarantee is None:
                yield missing(f"/{type(m).__name__}/Guarantee[{n}]/GuaranteeReference[{k}]/CustomsOfficeOfGuarantee")


@rule("C0815", CD203C, text="Describe the goods to the office of an individual guarantee, and only then.")
def c0815(m: CD203C, *_: object) -> Found:
    described = any(each.guarantee_type in ("2", "9") for each in m.guarantee)
    if described != (m.consignment is not None):
        yield (missing if described else not_allowed)("/CD203C/Consignment")


@rule("R0318", CD201C, CD203C, CD204C, CD205C, CD209C, text="Name a voucher by 24 characters, another guarantee by 17.")
def r0318(m: Any, *_: object) -> Found:
    for n, guarantee in enumerate(m.guarantee, 1):
        for k, each in enumerate(guarantee.guarantee_reference, 1):
            if len(each.grn) != (24 if guarantee.guarantee_type == "4" else 17):
                yield broken(f"/{type(m).__name__}/Guarantee[{n}]/GuaranteeReference[{k}]/GRN", each.grn)


@rule(
    "C0233", CD203C, text="Name the office of destination to who covers it by an individual guarantee, and only then."
)
def c0233(m: CD203C, *_: object) -> Found:
    individual = any(each.guarantee_type == "2" for each in m.guarantee)
    if individual != (m.customs_office_of_destination_declared is not None):
        yield (missing if individual else not_allowed)("/CD203C/CustomsOfficeOfDestinationDeclared")


@rule("R0267", CD203C, text="Give amounts in euro.")
def r0267(m: CD203C, *_: object) -> Found:
    for n, guarantee in enumerate(m.guarantee, 1):
        for k, each in enumerate(guarantee.guarantee_reference, 1):
            if each.currency not in (None, "EUR"):
                yield broken(f"/CD203C/Guarantee[{n}]/GuaranteeReference[{k}]/currency", each.currency)
