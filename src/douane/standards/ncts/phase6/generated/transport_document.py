"""Structs and writers of transport_document. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class TransportDocument02(Group, frozen=True, kw_only=True, gc=False):
    """TransportDocumentType02, TransportDocumentType04; in CC013C, CC015C, CC017C, CC029C, CC043C."""
    sequence_number: int
    type: str
    reference_number: str

def write_transport_document02(v: TransportDocument02) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><type>{text(v.type)}</type><referenceNumber>{text(v.reference_number)}</referenceNumber>'

class TransportDocument03(Group, frozen=True, kw_only=True, gc=False):
    """TransportDocumentType03; in CC017C, CC044C."""
    sequence_number: int
    type: str | None = None
    reference_number: str | None = None

def write_transport_document03(v: TransportDocument03) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.type) is not None: out += f'<type>{text(v1)}</type>'
    if (v2 := v.reference_number) is not None: out += f'<referenceNumber>{text(v2)}</referenceNumber>'
    return out
