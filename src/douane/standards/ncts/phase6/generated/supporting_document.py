"""Structs and writers of supporting_document. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class SupportingDocument05(Group, frozen=True, kw_only=True, gc=False):
    """SupportingDocumentType05, SupportingDocumentType06; in CC013C, CC015C, CC029C."""
    sequence_number: int
    type: str
    reference_number: str
    document_line_item_number: int | None = None
    complement_of_information: str | None = None

def write_supporting_document05(v: SupportingDocument05) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><type>{text(v.type)}</type><referenceNumber>{text(v.reference_number)}</referenceNumber>'
    if (v3 := v.document_line_item_number) is not None: out += f'<documentLineItemNumber>{v3}</documentLineItemNumber>'
    if (v4 := v.complement_of_information) is not None: out += f'<complementOfInformation>{text(v4)}</complementOfInformation>'
    return out
