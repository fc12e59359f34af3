"""Structs and writers of active_border_transport_means. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class ActiveBorderTransportMeans(Group, frozen=True, kw_only=True, gc=False):
    """ActiveBorderTransportMeansType01, ActiveBorderTransportMeansType02, ActiveBorderTransportMeansType03; in CC013C, CC015C, CC017C, CC029C, CC170C."""
    sequence_number: int
    customs_office_at_border_reference_number: str
    type_of_identification: str
    identification_number: str
    nationality: str
    conveyance_reference_number: str | None = None

def write_active_border_transport_means(v: ActiveBorderTransportMeans) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><customsOfficeAtBorderReferenceNumber>{text(v.customs_office_at_border_reference_number)}</customsOfficeAtBorderReferenceNumber><typeOfIdentification>{text(v.type_of_identification)}</typeOfIdentification><identificationNumber>{text(v.identification_number)}</identificationNumber><nationality>{text(v.nationality)}</nationality>'
    if (v5 := v.conveyance_reference_number) is not None: out += f'<conveyanceReferenceNumber>{text(v5)}</conveyanceReferenceNumber>'
    return out
