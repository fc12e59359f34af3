"""What traders fill in and send in the portal: the module of transit. Fields, codes and rules come from the forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from douane.author.pages import Beginning, Filing, Module, Request, Section, Sending

_PHASE: Final = 'PhaseID="NCTS5.1"'
_ITEM: Final = "Consignment/HouseConsignment/ConsignmentItem"
_AT_DEPARTURE: Final = "CustomsOfficeOfDeparture/referenceNumber"
_AT_DESTINATION: Final = "CustomsOfficeOfDestinationActual/referenceNumber"
_TRADER: Final = "TraderAtDestination/identificationNumber"
_HEAD: Final = (
    "messageSender", "messageRecipient", "preparationDateAndTime", "messageIdentification", "messageType",
    "correlationIdentifier",
)  # fmt: skip
_HOLDER: Final = "HolderOfTheTransitProcedure/identificationNumber"


def _envelope(type: str, office: str) -> Callable[[Sending], Mapping[str, str]]:
    """What the portal fills in: the head of the message, to the administration of the office at a path."""

    def envelope(sending: Sending) -> Mapping[str, str]:
        country = sending.value(office)[:2]
        return {
            "messageSender": sending.party, "messageRecipient": f"NTA.{country}" if country else "",
            "preparationDateAndTime": f"{sending.at:%Y-%m-%dT%H:%M:%S}", "messageIdentification": sending.id,
            "messageType": type, "correlationIdentifier": "",
        }  # fmt: skip

    return envelope


def _declaration_begins(beginning: Beginning) -> Mapping[str, str]:
    """The usual: a standard declaration of the own goods, without security data."""
    return {
        "TransitOperation/declarationType": "T1", "TransitOperation/additionalDeclarationType": "A",
        "TransitOperation/security": "0", "TransitOperation/reducedDatasetIndicator": "0",
        "TransitOperation/bindingItinerary": "0", _HOLDER: beginning.party,
    }  # fmt: skip


def _named(beginning: Beginning) -> Mapping[str, str]:
    """A declaration is named by its MRN once it has one, before by the LRN."""
    return {"TransitOperation/MRN": beginning.mrn, "TransitOperation/LRN": ""} if beginning.mrn else {}


_UNCOVERED: Final = ("departure", "amendment_expired")
"""Where a declaration waits for another guarantee: only that is amended there (R0520)."""
_BEFORE_CONTROL: Final = frozenset({("departure", "await_presentation"), _UNCOVERED, ("departure", "judge_guarantee")})
"""Where a declaration waits and its holder may still change it (UCC art. 173(2), 174(1))."""
_DECLARED: Final = (
    Section("declaration", "The declaration", ("TransitOperation", "Authorisation"),
            hint="Your own reference, the kind of declaration, and authorisations that you use."),
    Section("parties", "Parties",
            ("HolderOfTheTransitProcedure", "Representative", "Consignment/Consignor", "Consignment/Consignee",
             "Consignment/Carrier", "Consignment/AdditionalSupplyChainActor"),
            hint="Whose transit it is, who acts for him, who sends, carries and receives the goods."),
    Section("route", "Route",
            ("CustomsOfficeOfDeparture", "CustomsOfficeOfDestinationDeclared", "CustomsOfficeOfTransitDeclared",
             "CustomsOfficeOfExitForTransitDeclared", "Consignment/countryOfDispatch",
             "Consignment/countryOfDestination", "Consignment/CountryOfRoutingOfConsignment"),
            hint="The offices and countries on the way, in their order."),
    Section("places", "Places",
            ("Consignment/LocationOfGoods", "Consignment/PlaceOfLoading", "Consignment/PlaceOfUnloading"),
            hint="Where the goods are, and where they are loaded and unloaded."),
    Section("transport", "Transport and seals",
            ("Consignment/containerIndicator", "Consignment/inlandModeOfTransport",
             "Consignment/modeOfTransportAtTheBorder", "Consignment/DepartureTransportMeans",
             "Consignment/ActiveBorderTransportMeans", "Consignment/TransportEquipment"),
            hint="What carries the goods, and what it is sealed with."),
    Section("guarantee", "Guarantee", ("Guarantee",), hint="What secures the duty until the goods have arrived."),
    Section("consignment", "The consignment and its documents",
            ("Consignment/grossMass", "Consignment/referenceNumberUCR", "Consignment/PreviousDocument",
             "Consignment/SupportingDocument", "Consignment/TransportDocument", "Consignment/AdditionalReference",
             "Consignment/AdditionalInformation", "Consignment/TransportCharges"),
            hint="Its mass, and the documents that go with all of it."),
    Section("houses", "House consignments", (), each="Consignment/HouseConsignment", without=(_ITEM,),
            hint="One for each contract of carriage; most declarations have one."),
    Section("items", "Goods items", (), each=_ITEM, hint="The goods, item by item.", columns=(
        "Commodity/descriptionOfGoods", "Commodity/CommodityCode/harmonizedSystemSubHeadingCode",
        "Commodity/CommodityCode/combinedNomenclatureCode", "Commodity/GoodsMeasure/grossMass",
        "Commodity/GoodsMeasure/netMass", "Packaging/typeOfPackages", "Packaging/numberOfPackages",
        "Packaging/shippingMarks",
    )),
)  # fmt: skip
_NUMBERED: Final = (f"{_ITEM}/declarationGoodsItemNumber",)
_COUNTED: Final = ("sequenceNumber", "goodsItemNumber")
_GOODS: Final = ("Guarantee", "Consignment/HouseConsignment", _ITEM, f"{_ITEM}/Packaging")

DECLARATION: Final = Filing(
    "transit.lodge_declaration", "Declare goods for transit", _DECLARED, _envelope("CC015C", _AT_DEPARTURE),
    _HEAD, _declaration_begins, own="TransitOperation/LRN", numbered=_NUMBERED, counted=_COUNTED,
    after=("transit.lodge_declaration",), attributes=_PHASE, first=_GOODS,
    forgets=("TransitOperation/limitDate", "TransitOperation/presentationOfTheGoodsDateAndTime",
             "CustomsOfficeOfTransitDeclared/arrivalDateAndTimeEstimated"),
)  # fmt: skip
AMENDMENT: Final = Filing(
    "transit.amend_declaration", "Amend the declaration", _DECLARED, _envelope("CC013C", _AT_DEPARTURE), _HEAD,
    lambda begins: {**_named(begins), "TransitOperation/amendmentTypeFlag": str(int(_UNCOVERED in begins.tasks))},
    numbered=_NUMBERED, counted=_COUNTED, attributes=_PHASE,
    tasks=_BEFORE_CONTROL,
    after=("transit.lodge_declaration", "transit.amend_declaration"),
)  # fmt: skip
INVALIDATION: Final = Filing(
    "transit.request_invalidation", "Ask to invalidate the declaration",
    (Section("reason", "Why", ("TransitOperation", "Invalidation/justification"),
             hint="A declaration is invalidated on application before the goods are released."),),
    lambda sending: {
        **_envelope("CC014C", _AT_DEPARTURE)(sending), "Invalidation/initiatedByCustoms": "0",
        "Invalidation/requestDateAndTime": f"{sending.at:%Y-%m-%dT%H:%M:%S}",
    },
    (*_HEAD, "Invalidation/initiatedByCustoms", "Invalidation/requestDateAndTime", _AT_DEPARTURE),
    _named,
    attributes=_PHASE,
    tasks=_BEFORE_CONTROL,
    after=("transit.lodge_declaration", "transit.amend_declaration"),
    copies=("TransitOperation/LRN", _AT_DEPARTURE, "HolderOfTheTransitProcedure"),
)  # fmt: skip
PRESENTATION: Final = Filing(
    "transit.present_goods", "Present the goods",
    (Section("goods", "Where the goods are", ("Consignment/LocationOfGoods", "TransitOperation/limitDate"),
             hint="The goods of a declaration that was lodged before are presented now."),
     Section("transport", "Transport and seals",
             ("Consignment/containerIndicator", "Consignment/inlandModeOfTransport",
              "Consignment/modeOfTransportAtTheBorder", "Consignment/DepartureTransportMeans",
              "Consignment/ActiveBorderTransportMeans", "Consignment/TransportEquipment",
              "Consignment/PlaceOfLoading"),
             hint="What carries the goods, and what it is sealed with.")),
    _envelope("CC170C", _AT_DEPARTURE), (*_HEAD, "TransitOperation/LRN", _AT_DEPARTURE), attributes=_PHASE,
    tasks=frozenset({("departure", "await_presentation")}),
    after=("transit.lodge_declaration", "transit.amend_declaration"),
    copies=("TransitOperation/LRN", "CustomsOfficeOfDeparture", "HolderOfTheTransitProcedure", "Representative",
            "Consignment/LocationOfGoods", "Consignment/containerIndicator", "Consignment/inlandModeOfTransport",
            "Consignment/modeOfTransportAtTheBorder", "Consignment/DepartureTransportMeans",
            "Consignment/ActiveBorderTransportMeans", "Consignment/TransportEquipment",
            "Consignment/PlaceOfLoading", "Consignment/HouseConsignment"),
)  # fmt: skip
ARRIVAL: Final = Filing(
    "transit.notify_arrival", "Notify the arrival of goods",
    (Section("movement", "The movement", ("TransitOperation/MRN", "TransitOperation/simplifiedProcedure",
                                          "Authorisation", "CustomsOfficeOfDestinationActual", "TraderAtDestination"),
             hint="The MRN stands on the transit accompanying document."),
     Section("goods", "Where the goods are", ("Consignment/LocationOfGoods",)),
     Section("incidents", "What happened on the way", ("TransitOperation/incidentFlag", "Consignment/Incident"),
             hint="Only where something happened that changes what was declared.")),
    lambda sending: {
        **_envelope("CC007C", _AT_DESTINATION)(sending),
        "TransitOperation/arrivalNotificationDateAndTime": f"{sending.at:%Y-%m-%dT%H:%M:%S}",
    },
    (*_HEAD, "TransitOperation/arrivalNotificationDateAndTime"),
    lambda begins: {_TRADER: begins.party, "TransitOperation/simplifiedProcedure": "0",
                    "TransitOperation/incidentFlag": "0"},
    attributes=_PHASE,
)  # fmt: skip
UNLOADING: Final = Filing(
    "transit.submit_unloading_remarks", "Send the unloading remarks",
    (Section("remarks", "What was found", ("TransitOperation/otherThingsToReport", "UnloadingRemark"),
             hint="Whether what was unloaded is what was declared (IA art. 315)."),
     Section("differences", "What is different",
             ("Consignment/grossMass", "Consignment/TransportEquipment", "Consignment/DepartureTransportMeans",
              "Consignment/SupportingDocument", "Consignment/TransportDocument", "Consignment/AdditionalReference"),
             hint="Only what differs from the unloading permission.")),
    _envelope("CC044C", _AT_DESTINATION),
    (*_HEAD, "TransitOperation/MRN", _AT_DESTINATION, _TRADER),
    lambda begins: {
        "TransitOperation/MRN": begins.mrn, _TRADER: begins.party, "UnloadingRemark/conform": "1",
        "UnloadingRemark/unloadingCompletion": "1", "UnloadingRemark/unloadingDate": begins.today.isoformat(),
    },
    attributes=_PHASE, tasks=frozenset({("destination", "until_remarks"), ("destination", "await_remarks")}),
    after=("transit.notify_arrival",), copies=(_AT_DESTINATION,),
)  # fmt: skip

WHEREABOUTS: Final = Filing(
    "transit.inform_on_non_arrived", "Say where the goods are",
    (Section("enquiry", "The enquiry", ("CustomsOfficeOfEnquiryAtDeparture", "Enquiry",
                                        "CustomsOfficeOfDestinationActual"),
             hint="What you know of goods that are not known to have arrived (IA art. 310)."),
     Section("receiver", "Who received them", ("Consignment",), hint="Only where you know it.")),
    _envelope("CC141C", "CustomsOfficeOfEnquiryAtDeparture/referenceNumber"), (*_HEAD, "TransitOperation/MRN", _HOLDER),
    lambda begins: {"TransitOperation/MRN": begins.mrn, _HOLDER: begins.party,
                    "CustomsOfficeOfEnquiryAtDeparture/referenceNumber": begins.office},
    attributes=_PHASE, tasks=frozenset({("enquiry", "await_answer"), ("enquiry", "close_enquiry")}),
    after=("transit.lodge_declaration",), copies=("HolderOfTheTransitProcedure",),
)  # fmt: skip

MODULE: Final = Module(
    "transit", "Transit", (DECLARATION, ARRIVAL, PRESENTATION, AMENDMENT, INVALIDATION, UNLOADING, WHEREABOUTS),
    requests=(
        Request("CC055C", "transit.amend_declaration", "Name another guarantee",
                states=("guarantee not valid",)),
        Request("CC043C", "transit.submit_unloading_remarks", "Unload, and send the unloading remarks",
                states=("unloading",)),
        Request("CC140C", "transit.inform_on_non_arrived", "Say where the goods are",
                states=("under enquiry", "holder asked")),
    ),
)  # fmt: skip
"""The module of transit."""
