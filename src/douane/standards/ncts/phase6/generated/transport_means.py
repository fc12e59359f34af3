"""Structs and writers of transport_means. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class TransportMeans(Group, frozen=True, kw_only=True, gc=False):
    """TransportMeansType02; in CC043C, CC182C."""
    type_of_identification: str
    identification_number: str
    nationality: str

def write_transport_means(v: TransportMeans) -> str:
    return f'<typeOfIdentification>{text(v.type_of_identification)}</typeOfIdentification><identificationNumber>{text(v.identification_number)}</identificationNumber><nationality>{text(v.nationality)}</nationality>'
