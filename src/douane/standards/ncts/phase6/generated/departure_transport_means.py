"""Structs and writers of departure_transport_means. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class DepartureTransportMeans02(Group, frozen=True, kw_only=True, gc=False):
    """DepartureTransportMeansType02, DepartureTransportMeansType03, DepartureTransportMeansType05; in CC013C, CC015C, CC029C, CC043C, CC170C."""
    sequence_number: int
    type_of_identification: str
    identification_number: str
    nationality: str

def write_departure_transport_means02(v: DepartureTransportMeans02) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><typeOfIdentification>{text(v.type_of_identification)}</typeOfIdentification><identificationNumber>{text(v.identification_number)}</identificationNumber><nationality>{text(v.nationality)}</nationality>'

class DepartureTransportMeans04(Group, frozen=True, kw_only=True, gc=False):
    """DepartureTransportMeansType04; in CC017C, CC044C."""
    sequence_number: int
    type_of_identification: str | None = None
    identification_number: str | None = None
    nationality: str | None = None

def write_departure_transport_means04(v: DepartureTransportMeans04) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.type_of_identification) is not None: out += f'<typeOfIdentification>{text(v1)}</typeOfIdentification>'
    if (v2 := v.identification_number) is not None: out += f'<identificationNumber>{text(v2)}</identificationNumber>'
    if (v3 := v.nationality) is not None: out += f'<nationality>{text(v3)}</nationality>'
    return out
