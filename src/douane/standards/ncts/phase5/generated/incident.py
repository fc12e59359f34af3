"""Structs of incident. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.endorsement import Endorsement01
from douane.standards.ncts.phase5.generated.location import Location
from douane.standards.ncts.phase5.generated.transhipment import Transhipment
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment01


class Incident01(Group, frozen=True, kw_only=True, gc=False):
    """IncidentType01, IncidentType03, IncidentType04; in 8 messages."""

    sequence_number: int
    code: str
    text: str
    endorsement: Endorsement01 | None = None
    location: Location
    transport_equipment: tuple[TransportEquipment01, ...] = ()
    transhipment: Transhipment | None = None
