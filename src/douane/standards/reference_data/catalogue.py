"""What the code lists of the Union are called, which CL number each has, and what is its key.

A list travels under its name (``CountryCodesCommunity``); rules and layouts know it by its number (``CL010``).
"""

from __future__ import annotations

from typing import NamedTuple

_NUMBERS_AND_NAMES = """
    CL008 CountryCodesFullList CL009 CountryCodesCommonTransit CL010 CountryCodesCommunity CL011 CountryRegime
    CL012 LanguageCodes CL013 DocumentTypeCommon CL015 GeoInfoCodes CL016 CUSCode CL017 KindOfPackages
    CL019 IncidentCode CL020 TrafficType CL024 ModificationType CL026 MonthOfYear CL027 Flag CL029 ResponseCode
    CL030 XmlErrorCodes CL038 QualifierOfIdentificationIncident CL042 DeclarationTypeAdditional CL048 CurrencyCodes
    CL050 GuaranteeMonitoringCodes CL053 PrefixSuffixLevel CL054 QueryIdentifier CL056 Role CL057 StatisticsType
    CL060 MessageTypes CL067 SpecificNotesCode CL070 CountryCodesCustomsOfficeLists
    CL076 GuaranteeTypeWithReference CL079 SystemUnavailabilityType CL094 RepresentativeStatusCode
    CL100 ResultIndicator CL101 UnDangerousGoodsCode CL105 DayInTheWeek CL107 RiskAnalysisIndicator
    CL112 CountryCodesCTC CL116 TransportChargesMethodOfPayment CL118 RequestedInformationCode
    CL119 InformationCode CL141 CustomsOffices CL142 CountryRegion CL143 CountryHolidays CL144 UnLocode
    CL146 CountryGuaranteeNotValid CL147 CountryCustomsSecurityAgreementArea CL152 HScode
    CL153 StateAtOfficeOfDeparture CL154 StateAtOfficeOfDestination CL155 StateAtOfficeOfTransit
    CL156 RoleRequester CL158 XFTCommunicationPurpose CL162 DiscrepancyResolution CL163 ReleaseType
    CL164 ReleaseNotification CL165 Nationality CL166 TransitProcedureCategory CL167 CountryCodesOptout
    CL168 FunctionalityBusiness CL169 CustomsSystems CL171 CustomsOfficeDeparture CL172 CustomsOfficeDestination
    CL173 CustomsOfficeTransit CL174 CustomsOfficeGuarantee CL175 CustomsOfficeTransitExit
    CL176 CustomsOfficeEnquiry CL177 CustomsOfficeRecovery CL178 PreviousDocumentUnionGoods
    CL179 CustomsOfficeEnquiryOrRecovery CL180 FunctionalErrorCodesIeCA CL181 KindOfPackagesBulk
    CL182 KindOfPackagesUnpacked CL183 UnavailabilityExplanation CL184 MovementQueryRejectionReason
    CL186 StateAtOfficeOfExitForTransit CL187 GuaranteeTypeWithReferenceCredited
    CL188 TypeOfTransitDeclarationNonTIR CL189 TypeOfDeclarationTIR CL190 CountryAddressPostcodeBased
    CL191 ModificationTypeNoDelete CL192 LanguageByCustoms CL194 CustomsOfficeExit
    CL195 ControlResultCodeDepartureSimplifiedExcluded CL196 ControlResultCodeDeparture
    CL197 ControlResultCodeDestination CL198 CountryAddressPostcodeOnly CL199 CountryCodesWithAddress
    CL211 NoReleaseMotivation CL212 GuaranteeInvalidityReason CL213 SupportingDocumentType
    CL214 PreviousDocumentType CL215 RequestedDocumentType CL217 DeclarationTypeSecurity CL218 TransportModeCode
    CL219 TypeOfIdentificationofMeansOfTransportActive CL221 AarRejectionReason CL223 DeclarationTypeSecurityEXS
    CL224 AxrRejectionReason CL225 AtrRejectionReason CL226 RejectionCodeDepartureExport
    CL227 RejectionCodeDestinationExit CL228 PreviousDocumentExportType CL229 GuaranteeTypeCTC
    CL230 GuaranteeTypeEUNonTIR CL231 DeclarationType CL232 DeclarationTypeItemLevel CL234 DocumentTypeExcise
    CL235 AuthorisationTypeDeparture CL236 AuthorisationTypeDestination CL237 CustomOfficeEntry
    CL238 PassageRefusalReasonCode CL239 AdditionalInformation CL243 XFTControlResultCodeDestination
    CL244 UnLocodeExtended CL247 NCTSCountryOutsideCustomsSecurityAgreementArea CL248 CountryCodesForAddress
    CL251 GuaranteeType CL252 InvalidGuaranteeReason CL258 CustomsOperationState
    CL260 DeclarationTypeSecurityWithoutENS CL261 DeclarationTypeSecurityWithENS CL267 CountryCodesOptin
    CL279 IncidentCodeForUpdateENS CL286 GuaranteeTypeWithGRN CL294 CustomsOfficeExitDeclared
    CL296 SpecificCircumstanceIndicatorCode CL297 CountryCodeHS6Without9899 CL326 QualifierOfTheIdentification
    CL347 TypeOfLocation CL349 Unit CL380 AdditionalReference CL384 NotificationType CL385 MessageTypeWithoutHeader
    CL437 FunctionErrorCodesTED CL505 CountryWithoutZip CL553 MSCountry CL560 BusinessRejectionTypeDepExp
    CL561 BusinessRejectionTypeTED2Dep CL570 BusinessRejectionTypeDesExt CL580 BusinessRejectionTypeTra
    CL581 RejectionCodeTransit CL610 MessageWithCorrelationIdentifier CL703 AdditionalInformationType
    CL704 AdditionalSupplyChainActorRoleCode CL709 ContainerPackedStatus CL710 ContainerSizeAndTypeIdentification
    CL711 ContainerSupplierTypeCode CL716 ControlType CL729 PartyIdentifierType CL735 ReferralRequestType
    CL740 RiskAreaCode CL750 TypeOfIdentificationOfMeansOfTransport CL751 TypeOfMeansOfTransport
    CL752 AdditionalInformationCodeSubset CL754 TransportDocumentType CL902 MessageWithWarning
    CL903 ConsistencyCheck CL951 CustomsSystemsPhase CL952 CSMIS2Gateway CL953 MovementStatus CL954 CountryRoles
    CL955 CommonSpecifications CL956 ReportType CL971 OperationalStatus CL990 TransitionalDate
"""


class KnownList(NamedTuple):
    """A code list of the Union. ``key``: the items that together are the code; empty: the first item of an entry."""

    number: str
    name: str
    key: tuple[str, ...] = ()
    description: str = ""
    """The item that names the entry for people, where it is not called description."""


_SHAPES = {
    "CountryRegion": KnownList("", "", ("CountryCode", "CountryRegionCode")),
    "CustomsOffices": KnownList("", "", ("ReferenceNumber",)),
    "UnLocode": KnownList("", "", ("CountryCode", "UnLocodeId"), "UnLocodeName"),
    "UnLocodeExtended": KnownList("", "", ("unLocodeExtendedCode",), "name"),
}


def _known() -> dict[str, KnownList]:
    words = _NUMBERS_AND_NAMES.split()
    plain = KnownList("", "")
    return {
        name: _SHAPES.get(name, plain)._replace(number=number, name=name)
        for number, name in zip(words[::2], words[1::2], strict=True)
    }


_BY_NAME = _known()
_BY_NUMBER = {each.number: each for each in _BY_NAME.values()}


def list_named(name: str) -> KnownList:
    """The list of this name; one without a number of its own is known by its name."""
    return _BY_NAME.get(name) or _SHAPES.get(name, KnownList("", ""))._replace(number=name, name=name)


def name_of(number: str) -> str:
    """The name of the list with this number; the number itself where it is unknown."""
    known = _BY_NUMBER.get(number)
    return known.name if known else number
