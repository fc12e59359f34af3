"""Layouts and readers of supporting_document. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase6.generated.supporting_document import SupportingDocument05
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_NUMERIC_MAX35_NO_SPACES, ALPHA_NUMERIC_MAX70_NO_SPACES, NUMERIC_WITHOUT_ZERO_5, TYPE_CONTENT_TYPE02

L_SUPPORTING_DOCUMENT_05 = Layout("SupportingDocument", SupportingDocument05, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", True, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", True, ALPHA_NUMERIC_MAX70_NO_SPACES),
    Leaf("documentLineItemNumber", "document_line_item_number", False, NUMERIC_WITHOUT_ZERO_5),
    Leaf("complementOfInformation", "complement_of_information", False, ALPHA_NUMERIC_MAX35_NO_SPACES),
))

_L_SUPPORTING_DOCUMENT_05_0 = run(L_SUPPORTING_DOCUMENT_05, 0, 5)

def read_supporting_document_05(text: str, starts: Starts, at: int) -> tuple[SupportingDocument05, int]:
    found = _L_SUPPORTING_DOCUMENT_05_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4 = found.groups()
    at = found.end()
    return SupportingDocument05(sequence_number=int(v0), type=v1, reference_number=v2, document_line_item_number=None if v3 is None else int(v3), complement_of_information=v4), at
