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
    out += f'<conveyanceReferenceNumber>{text(v2)}</conveyanceReferenceNumber>' if (v2 := v.conveyance_reference_number) is not None else ''
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
    out += f'<customsOfficeAtBorderReferenceNumber>{text(v2)}</customsOfficeAtBorderReferenceNumber>' if (v2 := v.customs_office_at_border_reference_number) is not None else ''
    out += f'<typeOfIdentification>{text(v3)}</typeOfIdentification>' if (v3 := v.type_of_identification) is not None else ''
    out += f'<identificationNumber>{text(v4)}</identificationNumber>' if (v4 := v.identification_number) is not None else ''
    out += f'<nationality>{text(v5)}</nationality>' if (v5 := v.nationality) is not None else ''
    out += f'<conveyanceReferenceNumber>{text(v6)}</conveyanceReferenceNumber>' if (v6 := v.conveyance_reference_number) is not None else ''
    return out
