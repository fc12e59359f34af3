"""Which items of the trader messages hold codes of which list.

Facts of the technical message structure of phase 5 (release 5.15.2), as paths below the root element.
"""

from __future__ import annotations

from collections.abc import Mapping

_Paths = tuple[str, ...]


def _paths(line: str) -> _Paths:
    return tuple(line.split())


_DECLARATION: Mapping[str, _Paths] = {
    "CL008": _paths(
        "Consignment/countryOfDispatch Consignment/countryOfDestination "
        "Consignment/CountryOfRoutingOfConsignment/country Consignment/PlaceOfLoading/country "
        "Consignment/PlaceOfUnloading/country Consignment/HouseConsignment/countryOfDispatch "
        "Consignment/HouseConsignment/countryOfDestination "
        "Consignment/HouseConsignment/ConsignmentItem/countryOfDispatch "
        "Consignment/HouseConsignment/ConsignmentItem/countryOfDestination"
    ),
    "CL009": _paths("Consignment/LocationOfGoods/Address/country"),
    "CL016": _paths("Consignment/HouseConsignment/ConsignmentItem/Commodity/cusCode"),
    "CL017": _paths(
        "Consignment/HouseConsignment/ConsignmentItem/Packaging/typeOfPackages "
        "Consignment/HouseConsignment/ConsignmentItem/PreviousDocument/typeOfPackages"
    ),
    "CL027": _paths(
        "TransitOperation/reducedDatasetIndicator TransitOperation/bindingItinerary Consignment/containerIndicator"
    ),
    "CL042": _paths("TransitOperation/additionalDeclarationType"),
    "CL048": _paths("Guarantee/GuaranteeReference/currency"),
    "CL060": _paths("messageType"),
    "CL094": _paths("Representative/status"),
    "CL101": _paths("Consignment/HouseConsignment/ConsignmentItem/Commodity/DangerousGoods/UNNumber"),
    "CL116": _paths(
        "Consignment/TransportCharges/methodOfPayment "
        "Consignment/HouseConsignment/TransportCharges/methodOfPayment "
        "Consignment/HouseConsignment/ConsignmentItem/TransportCharges/methodOfPayment"
    ),
    "CL141": _paths("Consignment/ActiveBorderTransportMeans/customsOfficeAtBorderReferenceNumber"),
    "CL152": _paths(
        "Consignment/HouseConsignment/ConsignmentItem/Commodity/CommodityCode/harmonizedSystemSubHeadingCode"
    ),
    "CL165": _paths(
        "Consignment/DepartureTransportMeans/nationality Consignment/ActiveBorderTransportMeans/nationality "
        "Consignment/HouseConsignment/DepartureTransportMeans/nationality"
    ),
    "CL171": _paths(
        "CustomsOfficeOfDeparture/referenceNumber Consignment/LocationOfGoods/CustomsOffice/referenceNumber"
    ),
    "CL172": _paths("CustomsOfficeOfDestinationDeclared/referenceNumber"),
    "CL173": _paths("CustomsOfficeOfTransitDeclared/referenceNumber"),
    "CL175": _paths("CustomsOfficeOfExitForTransitDeclared/referenceNumber"),
    "CL190": _paths("Consignment/LocationOfGoods/PostcodeAddress/country"),
    "CL192": _paths("TransitOperation/communicationLanguageAtDeparture"),
    "CL213": _paths(
        "Consignment/SupportingDocument/type Consignment/HouseConsignment/SupportingDocument/type "
        "Consignment/HouseConsignment/ConsignmentItem/SupportingDocument/type"
    ),
    "CL214": _paths(
        "Consignment/PreviousDocument/type Consignment/HouseConsignment/ConsignmentItem/PreviousDocument/type"
    ),
    "CL217": _paths("TransitOperation/security"),
    "CL218": _paths("Consignment/inlandModeOfTransport Consignment/modeOfTransportAtTheBorder"),
    "CL219": _paths("Consignment/ActiveBorderTransportMeans/typeOfIdentification"),
    "CL228": _paths("Consignment/HouseConsignment/PreviousDocument/type"),
    "CL231": _paths("TransitOperation/declarationType"),
    "CL232": _paths("Consignment/HouseConsignment/ConsignmentItem/declarationType"),
    "CL235": _paths("Authorisation/type"),
    "CL239": _paths(
        "Consignment/AdditionalInformation/code Consignment/HouseConsignment/AdditionalInformation/code "
        "Consignment/HouseConsignment/ConsignmentItem/AdditionalInformation/code"
    ),
    "CL244": _paths(
        "Consignment/LocationOfGoods/UNLocode Consignment/PlaceOfLoading/UNLocode Consignment/PlaceOfUnloading/UNLocode"
    ),
    "CL248": _paths(
        "HolderOfTheTransitProcedure/Address/country Consignment/Consignor/Address/country "
        "Consignment/Consignee/Address/country Consignment/HouseConsignment/Consignor/Address/country "
        "Consignment/HouseConsignment/Consignee/Address/country "
        "Consignment/HouseConsignment/ConsignmentItem/Consignee/Address/country"
    ),
    "CL251": _paths("Guarantee/guaranteeType"),
    "CL296": _paths("TransitOperation/specificCircumstanceIndicator"),
    "CL326": _paths("Consignment/LocationOfGoods/qualifierOfIdentification"),
    "CL347": _paths("Consignment/LocationOfGoods/typeOfLocation"),
    "CL349": _paths("Consignment/HouseConsignment/ConsignmentItem/PreviousDocument/measurementUnitAndQualifier"),
    "CL380": _paths(
        "Consignment/AdditionalReference/type Consignment/HouseConsignment/AdditionalReference/type "
        "Consignment/HouseConsignment/ConsignmentItem/AdditionalReference/type"
    ),
    "CL704": _paths(
        "Consignment/AdditionalSupplyChainActor/role Consignment/HouseConsignment/AdditionalSupplyChainActor/role "
        "Consignment/HouseConsignment/ConsignmentItem/AdditionalSupplyChainActor/role"
    ),
    "CL750": _paths(
        "Consignment/DepartureTransportMeans/typeOfIdentification "
        "Consignment/HouseConsignment/DepartureTransportMeans/typeOfIdentification"
    ),
    "CL754": _paths(
        "Consignment/TransportDocument/type Consignment/HouseConsignment/TransportDocument/type "
        "Consignment/HouseConsignment/ConsignmentItem/TransportDocument/type"
    ),
}

CODED_ITEMS: Mapping[str, Mapping[str, _Paths]] = {
    "CC013C": {
        **_DECLARATION,
        "CL027": (*_DECLARATION["CL027"], "TransitOperation/amendmentTypeFlag"),
    },
    "CC015C": _DECLARATION,
    "CC007C": {
        "CL009": _paths(
            "Consignment/LocationOfGoods/Address/country Consignment/Incident/Endorsement/country "
            "Consignment/Incident/Location/country"
        ),
        "CL019": _paths("Consignment/Incident/code"),
        "CL027": _paths(
            "TransitOperation/simplifiedProcedure TransitOperation/incidentFlag "
            "Consignment/Incident/Transhipment/containerIndicator"
        ),
        "CL038": _paths("Consignment/Incident/Location/qualifierOfIdentification"),
        "CL060": _paths("messageType"),
        "CL165": _paths("Consignment/Incident/Transhipment/TransportMeans/nationality"),
        "CL172": _paths(
            "CustomsOfficeOfDestinationActual/referenceNumber Consignment/LocationOfGoods/CustomsOffice/referenceNumber"
        ),
        "CL190": _paths("Consignment/LocationOfGoods/PostcodeAddress/country"),
        "CL192": _paths("TraderAtDestination/communicationLanguageAtDestination"),
        "CL236": _paths("Authorisation/type"),
        "CL244": _paths("Consignment/LocationOfGoods/UNLocode Consignment/Incident/Location/UNLocode"),
        "CL326": _paths("Consignment/LocationOfGoods/qualifierOfIdentification"),
        "CL347": _paths("Consignment/LocationOfGoods/typeOfLocation"),
        "CL750": _paths("Consignment/Incident/Transhipment/TransportMeans/typeOfIdentification"),
    },
    "CC014C": {
        "CL027": _paths("Invalidation/decision Invalidation/initiatedByCustoms"),
        "CL060": _paths("messageType"),
        "CL171": _paths("CustomsOfficeOfDeparture/referenceNumber"),
        "CL248": _paths("HolderOfTheTransitProcedure/Address/country"),
    },
    "CC044C": {
        "CL016": _paths("Consignment/HouseConsignment/ConsignmentItem/Commodity/cusCode"),
        "CL017": _paths("Consignment/HouseConsignment/ConsignmentItem/Packaging/typeOfPackages"),
        "CL027": _paths("UnloadingRemark/conform UnloadingRemark/unloadingCompletion UnloadingRemark/stateOfSeals"),
        "CL060": _paths("messageType"),
        "CL152": _paths(
            "Consignment/HouseConsignment/ConsignmentItem/Commodity/CommodityCode/harmonizedSystemSubHeadingCode"
        ),
        "CL165": _paths(
            "Consignment/DepartureTransportMeans/nationality "
            "Consignment/HouseConsignment/DepartureTransportMeans/nationality"
        ),
        "CL172": _paths("CustomsOfficeOfDestinationActual/referenceNumber"),
        "CL213": _paths(
            "Consignment/SupportingDocument/type Consignment/HouseConsignment/SupportingDocument/type "
            "Consignment/HouseConsignment/ConsignmentItem/SupportingDocument/type"
        ),
        "CL380": _paths(
            "Consignment/AdditionalReference/type Consignment/HouseConsignment/AdditionalReference/type "
            "Consignment/HouseConsignment/ConsignmentItem/AdditionalReference/type"
        ),
        "CL750": _paths(
            "Consignment/DepartureTransportMeans/typeOfIdentification "
            "Consignment/HouseConsignment/DepartureTransportMeans/typeOfIdentification"
        ),
        "CL754": _paths(
            "Consignment/TransportDocument/type Consignment/HouseConsignment/TransportDocument/type "
            "Consignment/HouseConsignment/ConsignmentItem/TransportDocument/type"
        ),
    },
    "CC141C": {
        "CL060": _paths("messageType"),
        "CL172": _paths("CustomsOfficeOfDestinationActual/referenceNumber"),
        "CL176": _paths("CustomsOfficeOfEnquiryAtDeparture/referenceNumber"),
        "CL248": _paths("HolderOfTheTransitProcedure/Address/country Consignment/ConsigneeActual/Address/country"),
    },
    "CC170C": {
        "CL008": _paths("Consignment/PlaceOfLoading/country"),
        "CL009": _paths("Consignment/LocationOfGoods/Address/country"),
        "CL027": _paths("Consignment/containerIndicator"),
        "CL060": _paths("messageType"),
        "CL094": _paths("Representative/status"),
        "CL141": _paths("Consignment/ActiveBorderTransportMeans/customsOfficeAtBorderReferenceNumber"),
        "CL165": _paths(
            "Consignment/DepartureTransportMeans/nationality Consignment/ActiveBorderTransportMeans/nationality "
            "Consignment/HouseConsignment/DepartureTransportMeans/nationality"
        ),
        "CL171": _paths(
            "CustomsOfficeOfDeparture/referenceNumber Consignment/LocationOfGoods/CustomsOffice/referenceNumber"
        ),
        "CL190": _paths("Consignment/LocationOfGoods/PostcodeAddress/country"),
        "CL218": _paths("Consignment/inlandModeOfTransport Consignment/modeOfTransportAtTheBorder"),
        "CL219": _paths("Consignment/ActiveBorderTransportMeans/typeOfIdentification"),
        "CL244": _paths("Consignment/LocationOfGoods/UNLocode Consignment/PlaceOfLoading/UNLocode"),
        "CL248": _paths("HolderOfTheTransitProcedure/Address/country"),
        "CL326": _paths("Consignment/LocationOfGoods/qualifierOfIdentification"),
        "CL347": _paths("Consignment/LocationOfGoods/typeOfLocation"),
        "CL750": _paths(
            "Consignment/DepartureTransportMeans/typeOfIdentification "
            "Consignment/HouseConsignment/DepartureTransportMeans/typeOfIdentification"
        ),
    },
}
"""Message type to code list to the items that hold its codes."""
