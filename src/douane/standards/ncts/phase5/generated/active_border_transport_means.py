"""Structs and writers of active_border_transport_means. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class ActiveBorderTransportMeans01(Group, frozen=True, kw_only=True, gc=False):
    """ActiveBorderTransportMeansType01, ActiveBorderTransportMeansType03; in CC017C, CC029C, CC170C."""
    sequence_number: int
    customs_office_at_border_reference_number: str
    type_of_identification: str
    identification_number: str
    nationality: str
    conveyance_reference_number: str | None = None

def write_active_border_transport_means01(v: ActiveBorderTransportMeans01) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><customsOfficeAtBorderReferenceNumber>{text(v.customs_office_at_border_reference_number)}</customsOfficeAtBorderReferenceNumber><typeOfIdentification>{text(v.type_of_identification)}</typeOfIdentification><identificationNumber>{text(v.identification_number)}</identificationNumber><nationality>{text(v.nationality)}</nationality>'
    if (v5 := v.conveyance_reference_number) is not None: out += f'<conveyanceReferenceNumber>{text(v5)}</conveyanceReferenceNumber>'
    return out

class ActiveBorderTransportMeans02(Group, frozen=True, kw_only=True, gc=False):
    """ActiveBorderTransportMeansType02, ActiveBorderTransportMeansType04; in 9 messages."""
    sequence_number: int
    customs_office_at_border_reference_number: str | None = None
    type_of_identification: str | None = None
    identification_number: str | None = None
    nationality: str | None = None
    conveyance_reference_number: str | None = None

def write_active_border_transport_means02(v: ActiveBorderTransportMeans02) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.customs_office_at_border_reference_number) is not None: out += f'<customsOfficeAtBorderReferenceNumber>{text(v1)}</customsOfficeAtBorderReferenceNumber>'
    if (v2 := v.type_of_identification) is not None: out += f'<typeOfIdentification>{text(v2)}</typeOfIdentification>'
    if (v3 := v.identification_number) is not None: out += f'<identificationNumber>{text(v3)}</identificationNumber>'
    if (v4 := v.nationality) is not None: out += f'<nationality>{text(v4)}</nationality>'
    if (v5 := v.conveyance_reference_number) is not None: out += f'<conveyanceReferenceNumber>{text(v5)}</conveyanceReferenceNumber>'
    return out
