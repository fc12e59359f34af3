"""The three-letter code of each group: its segment tag in EDIFACT, its record type in fixed-width files."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ROOT: Final = "MSG"
"""The code of the message itself: the items directly below its root element."""

CODES: Final[Mapping[str, str]] = MappingProxyType({
    "AESResults": "ARE", "AccessCode": "ACO", "Action": "ACT", "ActiveBorderTransportMeans": "ABT",
    "AdditionalInformation": "AIN", "AdditionalReference": "ARF", "AdditionalSupplyChainActor": "ASC",
    "Address": "ADR", "AgentInCountryOfCompetentAuthority": "ACC", "Authorisation": "AUT", "CTLControl": "CTL",
    "Carrier": "CAR", "Commodity": "CMD", "CommodityCode": "CMC", "CompetentCustomsOfficeAtDeparture": "CCP",
    "CompetentCustomsOfficeAtDestination": "CCS", "ComprehensiveGuarantee": "CGU", "Consignee": "CNE",
    "ConsigneeActual": "CNA", "Consignment": "CNS", "ConsignmentItem": "ITM", "Consignor": "CNR",
    "ConsistencyCheckWarning": "CCW", "ContactPerson": "CPE", "ControlResult": "CRE", "Country": "COU",
    "CountryInvolved": "CIN", "CountryOfRoutingOfConsignment": "CRC", "CustomsOffice": "OFF",
    "CustomsOfficeOfDeparture": "ODP", "CustomsOfficeOfDestination": "ODS", "CustomsOfficeOfDestinationActual": "ODA",
    "CustomsOfficeOfDestinationDeclared": "ODD", "CustomsOfficeOfEnquiryAtDeparture": "OED",
    "CustomsOfficeOfExit": "OEX", "CustomsOfficeOfExitForTransit": "OET",
    "CustomsOfficeOfExitForTransitActual": "OEA", "CustomsOfficeOfExitForTransitDeclared": "OEC",
    "CustomsOfficeOfGuarantee": "OGU", "CustomsOfficeOfIncidentRegistration": "OIR", "CustomsOfficeOfRecovery": "ORC",
    "CustomsOfficeOfRecoveryAtDeparture": "ORD", "CustomsOfficeOfRecoveryRequested": "ORR",
    "CustomsOfficeOfRecoveryRequesting": "ORQ", "CustomsOfficeOfRequest": "ORE", "CustomsOfficeOfTransit": "OTR",
    "CustomsOfficeOfTransitActual": "OTA", "CustomsOfficeOfTransitDeclared": "OTD", "DangerousGoods": "DGO",
    "DepartureTransportMeans": "DTR", "EconomicOperator": "EOP", "Endorsement": "END", "Enquiry": "ENQ",
    "EvaluatedMessage": "EME", "ExportOperation": "EXO", "Exposure": "EXS", "Fallback": "FAL",
    "FunctionalError": "FER", "GNSS": "GNS", "GoodsItem": "GIT", "GoodsMeasure": "GME", "GoodsReference": "GRE",
    "GoodsShipment": "GSH", "Guarantee": "GUA", "GuaranteeQuery": "GQU", "GuaranteeReference": "GRF",
    "Guarantor": "GTR", "GuarantorNotification": "GNO", "Header": "HEA", "HolderOfTheTransitProcedure": "HTP",
    "HouseConsignment": "HSE", "Incident": "INC", "IndividualGuaranteeByGuarantor": "IGB",
    "IndividualGuaranteeVoucher": "IGV", "InvalidGuaranteeReason": "IGR", "Invalidation": "INV", "Location": "LOC",
    "LocationOfGoods": "LGO", "Owner": "OWN", "Packaging": "PCK", "PlaceOfLoading": "PLO", "PlaceOfUnloading": "PUN",
    "PostcodeAddress": "PAD", "PreviousDocument": "PDO", "Recovery": "REC", "RecoveryNotification": "RNO",
    "Representative": "REP", "RequestedDocument": "RDO", "RequestedInformation": "RIN", "Requester": "REQ",
    "ResponseInformation": "RIF", "RiskAnalysis": "RAN", "RiskAnalysisIdentification": "RAI",
    "RiskAnalysisResult": "RAR", "Seal": "SEA", "SendingCountry": "SCO", "SeriesElements": "SEL",
    "StatisticalCharacteristics": "SCH", "SupportingDocument": "SDO", "SystemApplicability": "SAP",
    "TraderAtDestination": "TDE", "Transhipment": "TRA", "TransitOperation": "TOP", "TransportCharges": "TCH",
    "TransportDocument": "TDO", "TransportEquipment": "TEQ", "TransportMeans": "TME", "TypeOfControls": "TCO",
    "Unavailability": "UAV", "UnloadingRemark": "URE", "Usage": "USG", "ValidityLimitation": "VLI", "XMLError": "XER",
})  # fmt: skip
"""By the XML tag of the group, wherever it stands."""
