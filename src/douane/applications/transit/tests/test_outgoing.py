"""Each rule of what is sent is kept by one message and broken by another; codes and numbers are seen in all of them."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.transit.rules.outgoing.book import OUTGOING, OWN, faults_of
from douane.configuration.lists import code_lists
from douane.standards.ncts import phase5 as p5

LOOK = code_lists().look(dt.date(2026, 11, 26))
DAY = dt.date(2026, 11, 26)
MRN, GRN, VOUCHER = "26FR005350000001J9", "25FR0000010000297", "25FR0000010000297A000001"


def o(**fields: Any) -> SimpleNamespace:
    """A group with these fields."""
    return SimpleNamespace(**fields)


def asked(what: str, **told: Any) -> SimpleNamespace:
    """An answer about a guarantee (IE037) with what one kind of question is told."""
    empty = {
        "usage": (), "exposure": None, "guarantor": o(), "owner": None,
        "comprehensive_guarantee": o(reference_amount=1), "individual_guarantee_by_guarantor": None,
        "individual_guarantee_voucher": None,
    }  # fmt: skip
    one = {"guarantee_type": "1", "guarantee_monitoring_code": "3", "guarantee_query": o(query_identifier=what)}
    return o(guarantee_reference=(o(**{**one, **empty, **told}),))


def record(**told: Any) -> SimpleNamespace:
    """An answer with the record of a movement (IE165)."""
    operation = o(
        mrn=MRN, declaration_type="T1", declaration_acceptance_date=DAY, release_date=DAY, security="2",
        reduced_dataset_indicator=False, binding_itinerary=False, request_rejection_reason_code=None,
        specific_circumstance_indicator=None,
    )  # fmt: skip
    whole = {
        "transit_operation": operation, "customs_office_of_departure": o(), "control_result": o(), "consignment": o(),
        "customs_office_of_destination_declared": o(), "holder_of_the_transit_procedure": o(),
        "customs_office_of_transit_declared": (), "customs_office_of_exit_for_transit_declared": (),
        "risk_analysis_identification": None,
    }  # fmt: skip
    return o(**{**whole, **told})


REFUSED = replace(p5.TransitOperation39(mrn=MRN), request_rejection_reason_code="1")
NOTHING = dict.fromkeys(
    ("customs_office_of_departure", "control_result", "consignment", "customs_office_of_destination_declared",
     "holder_of_the_transit_procedure")
)  # fmt: skip
DESCRIBED = {"holder_of_the_transit_procedure": o(), "consignment": o(), "transit_operation": o(
    declaration_type="T1", declaration_acceptance_date=DAY)}  # fmt: skip
EMPTY = o(declaration_type=None, declaration_acceptance_date=None)


def invalidated(**told: Any) -> SimpleNamespace:
    whole = {"decision": True, "initiated_by_customs": False, "request_date_and_time": DAY,
             "decision_date_and_time": DAY}  # fmt: skip
    return o(invalidation=o(**{**whole, **told}))


def control(kind: str, *types: str, text: str = "") -> SimpleNamespace:
    return o(
        transit_operation=o(notification_type=kind, mrn=MRN, lrn=None),
        type_of_controls=tuple(o(type=each, text=text) for each in types),
    )


def named(mrn: str | None, lrn: str | None) -> SimpleNamespace:
    return o(transit_operation=o(mrn=mrn, lrn=lrn))


def guarantee(kind: str, grn: str = GRN, reason: str = "", known: object = None) -> SimpleNamespace:
    reasons = (o(code=reason),) if reason else ()
    reference = o(grn=grn, invalid_guarantee_reason=reasons, customs_office_of_guarantee=known)
    return o(guarantee=(o(guarantee_type=kind, guarantee_reference=(reference,)),))


def enquiry(code: str, text: str = "", returned: dt.date | None = None) -> SimpleNamespace:
    return o(enquiry=o(response_code=code, text=text, return_copy_returned_date=returned))


def result(code: str, text: str = "", goods: object = None) -> SimpleNamespace:
    return o(
        control_result=o(code=code), transit_operation=o(other_things_to_report=text), consignment=goods
    )  # fmt: skip


def told_to(recipient: str, *exits: str) -> SimpleNamespace:
    return o(message_recipient=recipient, transit_operation=o(), customs_office_of_exit_for_transit_declared=exits)


def goods(**told: Any) -> SimpleNamespace:
    """A consignment that has nothing of what rules ask."""
    nothing = {
        "mode_of_transport_at_the_border": None, "active_border_transport_means": (), "inland_mode_of_transport": "3",
        "departure_transport_means": (), "container_indicator": False, "transport_equipment": (), "consignor": None,
        "house_consignment": (), "previous_document": (), "incident": (), "location_of_goods": None,
    }  # fmt: skip
    return o(**{**nothing, **told})


def house(**told: Any) -> SimpleNamespace:
    nothing = {"departure_transport_means": (), "consignor": None, "consignment_item": (), "release_type": "0"}
    return o(**{**nothing, **told})


def carrying(goods: Any, security: str = "0", **told: Any) -> SimpleNamespace:
    """A message with a consignment."""
    operation = o(mrn=MRN, security=security, declaration_type=told.pop("declaration_type", "T1"))
    office = o(reference_number=told.pop("ends", "AT100000"))
    return o(consignment=goods, transit_operation=operation, customs_office_of_destination_actual=office, **told)


def risk(security: str, sender: str, recipient: str, code: str = "", *results: tuple[str, str]) -> SimpleNamespace:
    """An announcement that tells risk by a code, with the results of its analyses (code, area)."""
    found = tuple(o(code=result, risk_area_code=area) for result, area in results)
    told = o(code=code, risk_analysis=(o(risk_analysis_result=found),) if found else ())
    return o(
        message_sender=f"NTA.{sender}", message_recipient=f"NTA.{recipient}", transit_operation=o(security=security),
        risk_analysis_identification=told if code else None,
    )  # fmt: skip


def sealed(number: int | None, *seals: str, container: str | None = None) -> SimpleNamespace:
    """An incident with one piece of equipment."""
    named = tuple(o(sequence_number=n, identifier=each) for n, each in enumerate(seals, 1))
    equipment = o(number_of_seals=number, seal=named, container_identification_number=container)
    return o(consignment=goods(incident=(o(transport_equipment=(equipment,)),)))


def held_by(name: str | None, address: object, number: str | None = "FR12345678900000") -> SimpleNamespace:
    party = o(name=name, address=address, identification_number=number)
    return o(message_sender="NTA.FR", holder_of_the_transit_procedure=party)


def living_in(country: str, postcode: str | None) -> SimpleNamespace:
    return held_by("Transports", o(country=country, postcode=postcode))


def where(country: str, postcode: str | None) -> SimpleNamespace:
    """An incident at an address, whose country the location bears."""
    return o(consignment=goods(incident=(o(location=o(country=country, address=o(postcode=postcode))),)))


def query(kind: str, asks: str, since: dt.date | None, until: dt.date | None) -> SimpleNamespace:
    asked_for = o(query_identifier=asks, period_from_date=since, period_to_date=until)
    return o(guarantee_reference=(o(guarantee_type=kind, guarantee_query=asked_for),))


def voucher(tir: bool, amount: int | None) -> SimpleNamespace:
    terms = o(tir_carnet=tir, voucher_amount=amount, currency="EUR" if amount else None)
    return o(guarantee_reference=(o(individual_guarantee_voucher=terms),))


def used(kind: str, destination: object = None, currency: str = "EUR") -> SimpleNamespace:
    one = o(guarantee_type=kind, guarantee_reference=(o(currency=currency),))
    return o(guarantee=(one,), customs_office_of_destination_declared=destination)


def released(
    code: str, kind: str = "T1", *authorisations: str, begun: str = "FR005350", place: object = None
) -> SimpleNamespace:
    return o(
        control_result=o(code=code), transit_operation=o(declaration_type=kind),
        authorisation=tuple(o(type=each) for each in authorisations), consignment=goods(location_of_goods=place),
        customs_office_of_departure=o(reference_number=begun),
    )  # fmt: skip


def items(*numbers: tuple[int, int]) -> SimpleNamespace:
    listed = tuple(o(goods_item_number=one, declaration_goods_item_number=other) for one, other in numbers)
    return o(consignment=goods(house_consignment=(house(consignment_item=listed),)))


def item(**told: Any) -> tuple[SimpleNamespace, ...]:
    """One house with one item."""
    whole = {"declaration_type": None, "previous_document": (), "commodity": None}
    return (house(consignment_item=(o(**{**whole, **told}),)),)


def answering(kind: str, correlation: str | None) -> SimpleNamespace:
    return o(message_type=kind, correlation_identifier=correlation)


def begun(goods: Any, mrn: str, kind: str) -> SimpleNamespace:
    """A permission to unload (IE043) of a movement that began elsewhere."""
    whole = carrying(goods)
    return o(**{**vars(whole), "transit_operation": o(mrn=mrn, declaration_type=kind)})


def counting(*numbers: int) -> p5.CD200C:
    """A question about a guarantee that involves countries of these numbers."""
    countries = tuple(p5.CountryInvolved(sequence_number=n, country="FR") for n in numbers)
    return p5.CD200C(
        message_sender="NTA.FR", message_recipient="NTA.FR",
        preparation_date_and_time=dt.datetime(2026, 11, 26, 9), message_identification="F1", message_type="CD200C",
        transit_operation=p5.TransitOperation48(mrn=MRN, declaration_acceptance_date=DAY),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number="FR005350"),
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure01(identification_number="FR1"),
        country_involved=countries, guarantee=(),
    )  # fmt: skip


PROOF, MEANS, NOMENCLATURE = o(type="N825"), (o(),), o(commodity_code=o(combined_nomenclature_code="10"))
TO_SAN_MARINO, FROM_SAN_MARINO = {"ends": "SM000001"}, "26SM005350000001J9"
VOUCHER_TERMS = {"comprehensive_guarantee": None, "individual_guarantee_voucher": None}
PAIRS: tuple[tuple[str, Any, Any], ...] = (
    ("C0012", enquiry("3", returned=DAY), enquiry("3")),
    ("C0013", enquiry("2", "Presented."), enquiry("2")),
    ("C0027", o(ctl_control=None, **DESCRIBED), o(ctl_control=o(), **DESCRIBED)),
    ("C0128", invalidated(), invalidated(decision=None)),
    ("C0129", invalidated(), invalidated(initiated_by_customs=True)),
    ("C0870", invalidated(), invalidated(decision_date_and_time=None)),
    ("C0231", asked("1", usage=(o(arrival_date_and_time=DAY),)), asked("1", usage=(o(arrival_date_and_time=None),))),
    ("C0234", asked("1"), asked("1", guarantor=None)),
    ("C0270", asked("4", owner=o()), asked("1", owner=o())),
    ("C0280", asked("1"), asked("1", **VOUCHER_TERMS)),
    ("C0285", asked("2", exposure=o(balance=1)), asked("2")),
    ("C0286", asked("2", exposure=o(balance=1)), asked("2", exposure=o(balance=None))),
    ("C0817", asked("1", usage=(o(),)), asked("2", usage=(o(),))),
    ("C0255", o(transit_operation=o(usage_cancellation_date=DAY, release_date=None)),
     o(transit_operation=o(usage_cancellation_date=None, release_date=None))),
    ("C0260", o(guarantee_reference=(o(validity_date=None, invalidity_date=DAY),)),
     o(guarantee_reference=(o(validity_date=DAY, invalidity_date=DAY),))),
    ("C0320", o(response_information=(o(information_code="50", text="So."),)),
     o(response_information=(o(information_code="50", text=None),))),
    ("C0330", o(requested_information=(o(code="6", text="What?"),)),
     o(requested_information=(o(code="6", text=None),))),
    ("C0352", o(transit_operation=o(release_indicator="1"), consignment=None),
     o(transit_operation=o(release_indicator="2"), consignment=None)),
    ("C0365", record(), record(consignment=None)),
    ("C0366", record(), record(transit_operation=REFUSED, customs_office_of_transit_declared=(o(),))),
    ("C0466", record(), record(transit_operation=REFUSED, risk_analysis_identification=o())),
    ("C0811", record(transit_operation=REFUSED, **NOTHING), record(transit_operation=REFUSED)),
    ("C0417", guarantee("1", known=o()), guarantee("1")),
    ("C0451", control("0", "50", text="Scan."), control("0", "50")),
    ("C0452", control("0", "10"), control("2", "10")),
    ("C0685", control("0", "10"), o(transit_operation=o(mrn=MRN, lrn="L1"))),
    ("C0467", named(MRN, None), named(MRN, "L1")),
    ("C0492", o(transit_operation=o(rejection_code="12", rejection_reason=None)),
     o(transit_operation=o(rejection_code="4", rejection_reason=None))),
    ("C0812", told_to("NTA.AT", "HU121000"), told_to("NTA.RS", "HU121000")),
    ("C0815", o(guarantee=(o(guarantee_type="2"),), consignment=o()),
     o(guarantee=(o(guarantee_type="2"),), consignment=None)),
    ("C0930", result("B1", "Twelve cartons are missing."), result("B1")),
    ("R0001", o(response_information=(o(information_code="50"), o(information_code="10"))),
     o(response_information=(o(information_code="50"), o(information_code="50")))),
    ("R0002", o(requested_information=(o(code="6"),)), o(requested_information=(o(code="6"), o(code="6")))),
    ("R0028", named(MRN, None), named("26FR005350000001J8", None)),
    ("R0318", guarantee("4", VOUCHER), guarantee("4", GRN)),
    ("R0324", o(guarantee_reference=(o(grn=GRN),)), o(guarantee_reference=(o(grn=VOUCHER),))),
    # --- of groups that many messages have
    ("C0511", answering("CD003C", "D1"), answering("CD003C", None)),
    ("C0511", answering("CD001C", None), answering("CD070C", "D1")),
    ("C0461", o(header=o(mrn=MRN)), o(header=None)),
    ("C0250", held_by("Transports", o()), held_by("Transports", None)),
    ("C0250", held_by(None, None), held_by(None, None, number=None)),
    ("C0505", living_in("FR", "59810"), living_in("FR", None)),
    ("C0505", living_in("AE", None), where("FR", None)),
    ("R0850", held_by(None, None, "FR1"), held_by(None, None, "1234")),
    ("R0860", o(message_sender="NTA.FR", guarantor=o(identification_number="FR1")),
     o(message_sender="NTA.FR", guarantor=o(identification_number="fr1"))),
    ("R0028", guarantee("1"), guarantee("1", "25FR0000010000298")),
    ("R0054", o(consignment=goods(transport_equipment=(o(sequence_number=1), o(sequence_number=2)))),
     o(consignment=goods(transport_equipment=(o(sequence_number=1), o(sequence_number=1))))),
    ("R0055", items((1, 1), (2, 2)), items((1, 1), (1, 2))),
    ("R0055", items((1, 1), (2, 2)), items((1, 1), (2, 1))),
    ("C0569", sealed(1, "S1"), sealed(1)),
    ("C0569", sealed(None), sealed(None, "S1")),
    ("R0106", sealed(2, "S1", "S2"), sealed(1, "S1", "S2")),
    ("R0448", sealed(0, container="C1"), sealed(0)),
    ("R0107", sealed(2, "S1", "S2"), sealed(2, "S1", "S1")),
    ("R0987", counting(1, 2), counting(1, 3)),
    # --- of consignments
    ("C0029", carrying(goods(mode_of_transport_at_the_border="3"), "1"), carrying(goods(), "1")),
    ("C0908", carrying(goods(active_border_transport_means=MEANS), "2"), carrying(goods(), "2")),
    ("C0908", carrying(goods(mode_of_transport_at_the_border="5"), "2"),
     carrying(goods(mode_of_transport_at_the_border="5", active_border_transport_means=MEANS))),
    ("C0339", carrying(goods(departure_transport_means=MEANS)),
     carrying(goods(inland_mode_of_transport="5", departure_transport_means=MEANS))),
    ("C0339", carrying(goods(house_consignment=(house(departure_transport_means=MEANS),))),
     carrying(goods(departure_transport_means=MEANS, house_consignment=(house(departure_transport_means=MEANS),)))),
    ("C0349", carrying(goods(consignor=o(), house_consignment=(house(),))),
     carrying(goods(consignor=o(), house_consignment=(house(consignor=o()),)))),
    ("C0872", carrying(goods(container_indicator=True, transport_equipment=(o(),))),
     carrying(goods(container_indicator=True))),
    ("C0489", released("A1"), released("A1", begun="RS011010")),
    ("R0910", released("A3", "T1", "C521"), released("A3")),
    ("R0912", released("A3", "T1", "C521"), released("A3", "TIR", "C521")),
    ("C0813", risk("2", "FR", "CH", "N"), risk("2", "FR", "CH")),
    ("C0813", risk("0", "FR", "RS"), risk("0", "FR", "RS", "N")),
    ("C0251", risk("0", "FR", "AT", "R", ("1", "")), risk("0", "FR", "AT", "R")),
    ("C0251", risk("0", "FR", "AT", "N"), risk("0", "FR", "AT", "N", ("1", ""))),
    ("C0715", risk("0", "FR", "AT", "Y", ("1", ""), ("", "A")), risk("0", "FR", "AT", "Y", ("1", ""))),
    ("C0715", risk("0", "FR", "AT", "X", ("", "A")), risk("0", "FR", "AT", "X", ("1", ""))),
    ("C0353", carrying(goods(house_consignment=(house(release_type="1", consignment_item=(o(),)),))),
     carrying(goods(house_consignment=(house(release_type="2", consignment_item=(o(),)),)))),
    ("C0816", carrying(goods(house_consignment=item(commodity=NOMENCLATURE))),
     carrying(goods(house_consignment=item(commodity=NOMENCLATURE)), ends="CH001251")),
    ("R0020", begun(goods(house_consignment=item(previous_document=(PROOF,))), "26CH005350000001J9", "T2"),
     begun(goods(house_consignment=item()), "26CH005350000001J9", "T2")),
    ("R0909", carrying(goods(), declaration_type="T2", **TO_SAN_MARINO), carrying(goods(), **TO_SAN_MARINO)),
    ("R0911", begun(goods(), FROM_SAN_MARINO, "T2F"), begun(goods(), FROM_SAN_MARINO, "T1")),
    # --- of letters
    ("C0137", o(message_recipient="NTA.AT", invalidation=o(justification="By mistake.")),
     o(message_recipient="NTA.AT", invalidation=o(justification=None))),
    ("C0455", o(transit_operation=o(notification_type="1"), requested_document=(o(),)),
     o(transit_operation=o(notification_type="1"), requested_document=())),
    ("C0455", o(transit_operation=o(notification_type="0"), requested_document=()),
     o(transit_operation=o(notification_type="2"), requested_document=(o(),))),
    ("R0410", named(MRN, None), named("26FR005350000001A9", None)),
    ("R0263", query("0", "1", DAY, None), query("2", "1", DAY, None)),
    ("R0705", query("1", "1", DAY, DAY + dt.timedelta(days=1)), query("1", "1", DAY, DAY)),
    ("C0232", voucher(True, 500), voucher(False, 500)),
    ("C0233", used("2", o()), used("1", o())),
    ("R0267", used("1"), used("1", currency="CHF")),
)  # fmt: skip
"""Rule, a message that keeps it, and one that breaks it."""


@pytest.mark.parametrize(("id", "kept", "broken"), PAIRS, ids=[f"{n}-{each[0]}" for n, each in enumerate(PAIRS)])
def test_a_rule_is_kept_by_one_message_and_broken_by_another(id: str, kept: Any, broken: Any) -> None:
    predicate = next(rule.predicate for rule in OWN.rules if rule.id == id)
    assert list(predicate(kept, None, LOOK)) == []
    assert list(predicate(broken, None, LOOK))


def test_every_rule_of_what_is_sent_has_a_pair() -> None:
    assert {rule.id for rule in OWN.rules} == {id for id, _, _ in PAIRS}
    assert len(OUTGOING.rules) > 400


def passage(**told: Any) -> p5.CD118C:
    whole = p5.CD118C(
        message_sender="NTA.DE", message_recipient="NTA.FR",
        preparation_date_and_time=dt.datetime(2026, 11, 26, 9), message_identification="D1", message_type="CD118C",
        transit_operation=p5.TransitOperation46(mrn=MRN, passage_date=DAY),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number="FR005350"),
        customs_office_of_transit_actual=p5.CustomsOfficeOfTransitActual03(reference_number="DE004055"),
    )  # fmt: skip
    return replace(whole, **told)


def test_a_code_that_no_list_holds_is_seen_in_what_is_sent() -> None:
    assert faults_of(passage(), LOOK) == ()
    (fault,) = faults_of(passage(message_type="CD999C"), LOOK)
    assert (fault.pointer, fault.code, fault.rule) == ("/CD118C/messageType", "12", "CL060")


def test_a_number_out_of_turn_is_seen_in_what_is_sent() -> None:
    office = p5.CustomsOfficeOfTransitDeclared03(sequence_number=2, reference_number="DE004055")
    message = p5.CD010C(
        message_sender="NTA.FR", message_recipient="NTA.DE",
        preparation_date_and_time=dt.datetime(2026, 11, 26, 9), message_identification="F1", message_type="CD010C",
        transit_operation=p5.TransitOperation43(mrn=MRN),
        invalidation=p5.Invalidation03(decision_date_and_time=dt.datetime(2026, 11, 26, 9)),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number="FR005350"),
        customs_office_of_destination_declared=p5.CustomsOfficeOfDestinationDeclared(reference_number="AT100000"),
        customs_office_of_transit_declared=(office,),
    )  # fmt: skip
    (fault,) = faults_of(message, LOOK)
    assert (fault.pointer, fault.rule) == ("/CD010C/CustomsOfficeOfTransitDeclared[1]/sequenceNumber", "R0987")
