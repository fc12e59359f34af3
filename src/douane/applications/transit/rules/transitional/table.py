"""What older systems of other administrations can still read, and need: the transitional period, as one table (E, B).

Its rows hold until ``TPendDate`` and concern declarations, which are converted on their way. A row is a rule, the
format that is valid until then, a path, and a condition where it has one (``rules.applicability``); ``C``, ``H`` and
``I`` stand for consignment, house consignment and goods item, ``T`` for the transit operation. Rows of one rule exclude
each other, so that no place is named twice.

Four constraints of that time are no rows, since they compare items or offices with each other; ``across`` has them.
"""

from __future__ import annotations

import re
from typing import Final

from douane.applications.transit.rules.sizes import rules_of
from douane.applications.transit.rules.transition import TRANSITION_END
from douane.standards.ncts.phase5 import CC013C, CC015C, CC170C

_LEVELS: Final = {
    "T/": "TransitOperation/",
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
B1016 R       C/ActiveBorderTransportMeans/customsOfficeAtBorderReferenceNumber
B1091 !99     C/DepartureTransportMeans/typeOfIdentification
B1805 0x      I/Commodity/GoodsMeasure/netMass  T/reducedDatasetIndicator=1
B1806 R       C/ActiveBorderTransportMeans      C/modeOfTransportAtTheBorder & C/modeOfTransportAtTheBorder!=2,5
B1820 R       I/Consignee  C/countryOfDestination@CL009 & !C/Consignee
B1820 0x      I/Consignee  C/countryOfDestination@CL009 & C/Consignee
B1820 R       I/Consignee  C/countryOfDestination!@CL009 & I/countryOfDestination@CL009
B1820 0x      I/Consignee  C/countryOfDestination!@CL009 & I/countryOfDestination!@CL009 & C/Consignee
B1820 0x      I/Consignee  C/countryOfDestination!@CL009 & I/countryOfDestination!@CL009 & !C/Consignee\
 & T/security!=0,1 & C/AdditionalInformation/code=30600
B1820 0x      I/Consignee  C/countryOfDestination!@CL009 & I/countryOfDestination!@CL009 & !C/Consignee\
 & T/security!=0,1 & C/AdditionalInformation/code!=30600 & I/AdditionalInformation/code=30600
B1820 R       I/Consignee  C/countryOfDestination!@CL009 & I/countryOfDestination!@CL009 & !C/Consignee\
 & T/security!=0,1 & C/AdditionalInformation/code!=30600 & I/AdditionalInformation/code!=30600
B1821 R       I/Consignee/name                  !I/Consignee/identificationNumber
B1821 R       I/Consignee/Address               !I/Consignee/identificationNumber
B1822 R       I/Consignee/Address/postcode      I/Consignee/Address/country!@CL505
B1823 R       C/Consignee  C/countryOfDestination@CL009 & !I/Consignee
B1823 0x      C/Consignee  C/countryOfDestination@CL009 & I/Consignee
B1823 0x      C/Consignee  C/countryOfDestination!@CL009 & T/security=2,3 & I/AdditionalInformation/code=30600
B1831 R       CustomsOfficeOfTransitDeclared/arrivalDateAndTimeEstimated  T/security=1,2,3\
 & CustomsOfficeOfDeparture/referenceNumber:2!@CL010 & CustomsOfficeOfTransitDeclared/referenceNumber:2@CL010
B1838 R       C/ActiveBorderTransportMeans/typeOfIdentification  C/modeOfTransportAtTheBorder=2
B1838 R       C/ActiveBorderTransportMeans/identificationNumber  C/modeOfTransportAtTheBorder=2
B1838 R       C/ActiveBorderTransportMeans/typeOfIdentification  C/modeOfTransportAtTheBorder!=2\
 & C/ActiveBorderTransportMeans/nationality
B1838 R       C/ActiveBorderTransportMeans/identificationNumber  C/modeOfTransportAtTheBorder!=2\
 & C/ActiveBorderTransportMeans/nationality
B1848 R       C/CountryOfRoutingOfConsignment   T/security=1,2,3
B1848 0x      C/CountryOfRoutingOfConsignment   T/security!=1,2,3
B1850 R       C/ActiveBorderTransportMeans/nationality  C/modeOfTransportAtTheBorder!=2
B1858 0x      C/PlaceOfUnloading                T/security=0
B1858 R       C/PlaceOfUnloading                T/security!=0 & T/specificCircumstanceIndicator!=XXX
B1875 0x      I/TransportCharges                T/security=0
B1875 0x      I/TransportCharges                T/security!=0 & C/TransportCharges
B1889 R       C/modeOfTransportAtTheBorder      T/security=1,2,3 & CustomsOfficeOfDeparture/referenceNumber:2!@CL010
B1890 3x      C/DepartureTransportMeans         C/inlandModeOfTransport=3
B1890 1x      C/DepartureTransportMeans         C/inlandModeOfTransport!=3
B1891 0x      C/DepartureTransportMeans         C/inlandModeOfTransport=5
B1891 R       C/DepartureTransportMeans         C/inlandModeOfTransport!=5 & C/containerIndicator!=1
B1892 R       C/DepartureTransportMeans/identificationNumber  C/containerIndicator!=1
B1892 R       C/DepartureTransportMeans/typeOfIdentification  C/containerIndicator!=1
B1893 0x      C/PlaceOfLoading                  T/security=0
B1893 R       C/PlaceOfLoading                  T/security!=0
B1895 0x      I/referenceNumberUCR              C/referenceNumberUCR
B1897 0x      C/DepartureTransportMeans/nationality  C/inlandModeOfTransport=2
B1897 R       C/DepartureTransportMeans/nationality  C/inlandModeOfTransport!=2 & C/containerIndicator!=1
B1898 R       Guarantee/GuaranteeReference/currency  Guarantee/GuaranteeReference/amountToBeCovered
B1898 0x      Guarantee/GuaranteeReference/currency  !Guarantee/GuaranteeReference/amountToBeCovered
B1965 0x      C/countryOfDispatch               T/declarationType!=TIR
B1965 0x      H/countryOfDispatch               T/declarationType!=TIR
B1965 0x      I/countryOfDispatch               T/declarationType!=TIR
B1965 0x      H/countryOfDispatch               T/declarationType=TIR & C/countryOfDispatch
B1965 0x      I/countryOfDispatch               T/declarationType=TIR & C/countryOfDispatch
B1965 0x      I/countryOfDispatch               T/declarationType=TIR & !C/countryOfDispatch & H/countryOfDispatch
B1965 R       I/countryOfDispatch               T/declarationType=TIR & !C/countryOfDispatch & !H/countryOfDispatch
"""
_TEXTS: Final = {
    "B1016": "Name the customs office at the border for each means of transport that crosses it.",
    "B1091": "Say what identifies the means of transport at departure; 99 is kept for converted messages.",
    "B1805": "Leave the net mass out of a reduced dataset.",
    "B1806": "Name the means of transport at the border, unless goods cross it by rail or mail.",
    "B1820": "Name the consignee once: at the consignment, or at each item; with information 30600 at neither.",
    "B1821": "Give name and address of an item's consignee that has no identification number.",
    "B1822": "Give the postcode in the address of the item's consignee: its country uses postcodes.",
    "B1823": "Name the consignee at the consignment exactly where no item names one; leave it out if an item has "
    "information 30600 with exit data.",
    "B1831": "State when the goods are expected at the office of transit where they enter the Union.",
    "B1838": "Give type and number of identification of a means at the border that has a nationality or runs on rail.",
    "B1848": "List the countries of routing with safety and security data; without such data leave them out.",
    "B1850": "State the nationality of the means of transport at the border, unless it runs on rail.",
    "B1858": "State the place of unloading with safety and security data (free for circumstance XXX); without them "
    "none.",
    "B1875": "Leave transport charges out of the items without security data, or if the consignment states them.",
    "B1889": "State the mode of transport at the border: safety and security data from outside the Union need it.",
    "B1890": "Name one means of transport at departure, by road at most three.",
    "B1891": "Name the means of transport at departure, unless goods travel in containers; name none for mail.",
    "B1892": "Give type and number of identification of each means at departure, unless goods travel in containers.",
    "B1893": "State the place of loading with safety and security data; without such data leave it out.",
    "B1895": "State the UCR at the consignment or at the items, not at both.",
    "B1897": "State the nationality of each means at departure, unless goods travel in containers; by rail state none.",
    "B1898": "State the currency exactly where an amount to be covered is stated.",
    "B1965": "Under TIR state the country of dispatch once: at consignment, house consignment or item; otherwise "
    "nowhere.",
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


_LEVEL: Final = re.compile(r"\b([TCHI]/)")


def _row(line: str) -> tuple[str, str, str, str]:
    """Rule, path, format and condition; the letter of a level is spelled out."""
    rule, form, path, condition = (*line.split(None, 3), "-")[:4]
    path, condition = (_LEVEL.sub(lambda level: _LEVELS[level[1]], each) for each in (path, condition))
    return rule, path, form, condition.replace(" ", "")


def _messages(rule: str) -> tuple[type, ...]:
    """Declarations and amendments; what is said anew when goods are presented is judged then, too."""
    return (CC013C, CC015C, CC170C) if rule == "B1091" else (CC013C, CC015C)


ROWS: Final = [_row(line) for line in _TABLE.strip().splitlines()]
"""Rule, path, format and condition of each constraint."""
RULES: Final = rules_of(
    ROWS, _TEXTS, _messages, until=TRANSITION_END, module=__name__, secret=frozenset({"accessCode"})
)
"""The rules of the table. An access code opens a guarantee: no answer repeats it."""
