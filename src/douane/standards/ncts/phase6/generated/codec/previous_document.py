"""Layouts and readers of previous_document. Written by tools/ncts_family.py; do not edit."""

from decimal import Decimal

from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase6.generated.previous_document import PreviousDocument03, PreviousDocument06
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_MAX35, ALPHANUMERIC_MAX70, ALPHA_NUMERIC_MAX35_NO_SPACES, ALPHA_NUMERIC_MAX70_NO_SPACES, DECIMAL_WITHOUT_ZERO_16_6, MONTH_CONTENT_TYPE, NUMERIC_WITHOUT_ZERO_5, NUMERIC_WITHOUT_ZERO_8, TYPE_CONTENT_TYPE02, TYPE_CONTENT_TYPE04

L_PREVIOUS_DOCUMENT_09 = Layout("PreviousDocument", PreviousDocument06, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", True, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", True, ALPHA_NUMERIC_MAX70_NO_SPACES),
    Leaf("complementOfInformation", "complement_of_information", False, ALPHA_NUMERIC_MAX35_NO_SPACES),
))
L_PREVIOUS_DOCUMENT_08 = Layout("PreviousDocument", PreviousDocument03, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", True, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", True, ALPHA_NUMERIC_MAX70_NO_SPACES),
    Leaf("goodsItemNumber", "goods_item_number", False, NUMERIC_WITHOUT_ZERO_5), Leaf("typeOfPackages", "type_of_packages", False, MONTH_CONTENT_TYPE),
    Leaf("numberOfPackages", "number_of_packages", False, NUMERIC_WITHOUT_ZERO_8),
    Leaf("measurementUnitAndQualifier", "measurement_unit_and_qualifier", False, TYPE_CONTENT_TYPE04),
    Leaf("quantity", "quantity", False, DECIMAL_WITHOUT_ZERO_16_6),
    Leaf("complementOfInformation", "complement_of_information", False, ALPHA_NUMERIC_MAX35_NO_SPACES),
))
L_PREVIOUS_DOCUMENT_06 = Layout("PreviousDocument", PreviousDocument06, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", True, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", True, ALPHANUMERIC_MAX70),
    Leaf("complementOfInformation", "complement_of_information", False, ALPHANUMERIC_MAX35),
))

_L_PREVIOUS_DOCUMENT_09_0 = run(L_PREVIOUS_DOCUMENT_09, 0, 4)
_L_PREVIOUS_DOCUMENT_08_0 = run(L_PREVIOUS_DOCUMENT_08, 0, 9)
_L_PREVIOUS_DOCUMENT_06_0 = run(L_PREVIOUS_DOCUMENT_06, 0, 4)

def read_previous_document_09(text: str, starts: Starts, at: int) -> tuple[PreviousDocument06, int]:
    found = _L_PREVIOUS_DOCUMENT_09_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    return PreviousDocument06(sequence_number=int(v0), type=v1, reference_number=v2, complement_of_information=v3), at

def read_previous_document_08(text: str, starts: Starts, at: int) -> tuple[PreviousDocument03, int]:
    found = _L_PREVIOUS_DOCUMENT_08_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8 = found.groups()
    at = found.end()
    return PreviousDocument03(sequence_number=int(v0), type=v1, reference_number=v2, goods_item_number=None if v3 is None else int(v3), type_of_packages=v4, number_of_packages=None if v5 is None else int(v5), measurement_unit_and_qualifier=v6, quantity=None if v7 is None else Decimal(v7), complement_of_information=v8), at

def read_previous_document_06(text: str, starts: Starts, at: int) -> tuple[PreviousDocument06, int]:
    found = _L_PREVIOUS_DOCUMENT_06_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    return PreviousDocument06(sequence_number=int(v0), type=v1, reference_number=v2, complement_of_information=v3), at
