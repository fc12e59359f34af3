"""What older systems of other administrations can still read: the sizes of the transitional period, as one table (E).

They hold until ``TPendDate`` and concern declarations, which are converted on their way. A row is a rule, a path and
the format that is valid until then; ``C``, ``H`` and ``I`` stand for consignment, house consignment and goods item.
"""

from __future__ import annotations

from typing import Final

from douane.applications.transit.rules.sizes import rules_of
from douane.applications.transit.rules.transition import TRANSITION_END
from douane.standards.ncts.phase5 import CC013C, CC015C

_LEVELS: Final = {
    "C/": "Consignment/",
    "H/": "Consignment/HouseConsignment/",
    "I/": "Consignment/HouseConsignment/ConsignmentItem/",
}
_TABLE: Final = """
E1102 an..9   HolderOfTheTransitProcedure/Address/postcode
E1102 an..9   C/Consignor/Address/postcode
E1102 an..9   C/Consignee/Address/postcode
E1102 an..9   I/Consignee/Address/postcode
E1102 an..9   C/LocationOfGoods/Address/postcode
E1103 an..27  C/DepartureTransportMeans/identificationNumber
E1103 an..27  C/ActiveBorderTransportMeans/identificationNumber
E1104 an..35  HolderOfTheTransitProcedure/name
E1104 an..35  HolderOfTheTransitProcedure/Address/streetAndNumber
E1104 an..35  C/Consignor/name
E1104 an..35  C/Consignor/Address/streetAndNumber
E1104 an..35  C/Consignee/name
E1104 an..35  C/Consignee/Address/streetAndNumber
E1104 an..35  I/Consignee/name
E1104 an..35  I/Consignee/Address/streetAndNumber
E1104 an..35  C/LocationOfGoods/Address/streetAndNumber
E1104 an..35  I/PreviousDocument/referenceNumber
E1104 an..35  I/SupportingDocument/referenceNumber
E1104 an..35  I/TransportDocument/referenceNumber
E1104 an..35  I/AdditionalReference/referenceNumber
E1105 an..42  I/Packaging/shippingMarks
E1107 an..280 I/Commodity/descriptionOfGoods
E1109 n..11,3 C/grossMass
E1109 n..11,3 I/Commodity/GoodsMeasure/grossMass
E1109 n..11,3 I/Commodity/GoodsMeasure/netMass
E1111 n..5    I/Packaging/numberOfPackages
E1114 an..17  C/PlaceOfLoading/location
E1117 an..26  I/PreviousDocument/complementOfInformation
E1117 an..26  I/SupportingDocument/complementOfInformation
E1118 an4     Guarantee/GuaranteeReference/accessCode
E1301 0x      C/PreviousDocument
E1301 0x      C/SupportingDocument
E1301 0x      C/TransportDocument
E1301 0x      C/AdditionalReference
E1301 0x      C/AdditionalInformation
E1301 0x      H/countryOfDispatch
E1301 0x      H/countryOfDestination
E1301 0x      H/referenceNumberUCR
E1301 0x      H/Consignor
E1301 0x      H/Consignee
E1301 0x      H/TransportCharges
E1301 0x      H/DepartureTransportMeans
E1301 0x      H/PreviousDocument
E1301 0x      H/SupportingDocument
E1301 0x      H/TransportDocument
E1301 0x      H/AdditionalReference
E1301 0x      H/AdditionalInformation
E1401 9x      I/PreviousDocument
E1406 1x      C/ActiveBorderTransportMeans
E1406 1x      C/HouseConsignment
E1406 1x      I/Commodity/DangerousGoods
E1407 99x     I/SupportingDocument+TransportDocument+AdditionalReference
"""
_TEXTS: Final = {
    "E1102": "Shorten the postcode to 9 characters during the transitional period.",
    "E1103": "Shorten the identification of the means of transport to 27 characters during the transitional period.",
    "E1104": "Shorten names, streets and document references to 35 characters during the transitional period.",
    "E1105": "Shorten shipping marks to 42 characters during the transitional period.",
    "E1107": "Shorten the description of goods to 280 characters during the transitional period.",
    "E1109": "Round the mass to 3 decimals and at most 11 digits during the transitional period.",
    "E1111": "Declare at most 99999 packages in one group during the transitional period; split larger numbers.",
    "E1114": "Shorten the location of the place of loading to 17 characters during the transitional period.",
    "E1117": "Shorten the complement of information on a document to 26 characters during the transitional period.",
    "E1118": "Use an access code of exactly 4 characters during the transitional period.",
    "E1301": "Move it to the goods items during the transitional period: neither consignment nor house consignment "
    "may hold it yet.",
    "E1401": "Name at most 9 previous documents for an item during the transitional period.",
    "E1406": "Declare one house consignment, one means at the border and one dangerous good per item during the "
    "transitional period.",
    "E1407": "Keep to 99 supporting documents, transport documents and additional references together per item during "
    "the transitional period.",
}


def _row(line: str) -> tuple[str, str, str]:
    """Rule, path and format; the letter of a level is spelled out."""
    rule, form, path = line.split()
    level = _LEVELS.get(path[:2])
    return rule, level + path[2:] if level else path, form


ROWS: Final = [_row(line) for line in _TABLE.strip().splitlines()]
"""Rule, path and format of each constraint."""
RULES: Final = rules_of(
    ROWS, _TEXTS, (CC013C, CC015C), until=TRANSITION_END, module=__name__, secret=frozenset({"accessCode"})
)
"""The rules of the table. An access code opens a guarantee: no answer repeats it."""
