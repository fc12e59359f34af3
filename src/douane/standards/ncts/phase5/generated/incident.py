"""Structs and writers of incident. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.endorsement import Endorsement01, write_endorsement01
from douane.standards.ncts.phase5.generated.location import Location, write_location
from douane.standards.ncts.phase5.generated.transhipment import Transhipment, write_transhipment
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment01, write_transport_equipment01
from douane.standards.ncts.binding.writing import text

class Incident01(Group, frozen=True, kw_only=True, gc=False):
    """IncidentType01, IncidentType03, IncidentType04; in 8 messages."""
    sequence_number: int
    code: str
    text: str
    endorsement: Endorsement01 | None = None
    location: Location
    transport_equipment: tuple[TransportEquipment01, ...] = ()
    transhipment: Transhipment | None = None

def write_incident01(v: Incident01) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><code>{text(v.code)}</code><text>{text(v.text)}</text>'
    if (v3 := v.endorsement) is not None: out += f'<Endorsement>{write_endorsement01(v3)}</Endorsement>'
    out += f'<Location>{write_location(v.location)}</Location>'
    for v5 in v.transport_equipment: out += f'<TransportEquipment>{write_transport_equipment01(v5)}</TransportEquipment>'
    if (v6 := v.transhipment) is not None: out += f'<Transhipment>{write_transhipment(v6)}</Transhipment>'
    return out
