"""Structs and writers of incident. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.phase6.generated.endorsement import Endorsement, write_endorsement
from douane.standards.ncts.phase6.generated.location import Location, write_location
from douane.standards.ncts.phase6.generated.transhipment import Transhipment, write_transhipment
from douane.standards.ncts.phase6.generated.transport_equipment import TransportEquipment07, write_transport_equipment07
from douane.standards.ncts.phase6.generated.tags import TAGS
from douane.standards.ncts.binding.writing import text

class Incident(Group, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"location": "Location"}}):
    """IncidentType03, IncidentType04; in CC043C, CC182C."""
    sequence_number: int
    code: str
    text: str
    endorsement: Endorsement | None = None
    location: Location
    transport_equipment: tuple[TransportEquipment07, ...] = ()
    transhipment: Transhipment | None = None

def write_incident(v: Incident) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><code>{text(v.code)}</code><text>{text(v.text)}</text>'
    if (v3 := v.endorsement) is not None: out += f'<Endorsement>{write_endorsement(v3)}</Endorsement>'
    out += f'<Location>{write_location(v.location)}</Location>'
    for v5 in v.transport_equipment: out += f'<TransportEquipment>{write_transport_equipment07(v5)}</TransportEquipment>'
    if (v6 := v.transhipment) is not None: out += f'<Transhipment>{write_transhipment(v6)}</Transhipment>'
    return out
