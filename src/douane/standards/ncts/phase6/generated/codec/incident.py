"""Layouts and readers of incident. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, many, run
from douane.standards.ncts.phase6.generated.address import Address18
from douane.standards.ncts.phase6.generated.endorsement import Endorsement
from douane.standards.ncts.phase6.generated.gnss import GNSS
from douane.standards.ncts.phase6.generated.incident import Incident
from douane.standards.ncts.phase6.generated.location import Location
from douane.standards.ncts.phase6.generated.transhipment import Transhipment
from douane.standards.ncts.phase6.generated.transport_equipment import TransportEquipment07
from douane.standards.ncts.phase6.generated.transport_means import TransportMeans
from douane.standards.ncts.phase6.generated.codec.endorsement import L_ENDORSEMENT_03
from douane.standards.ncts.phase6.generated.codec.location import L_LOCATION_02
from douane.standards.ncts.phase6.generated.codec.transhipment import L_TRANSHIPMENT_02
from douane.standards.ncts.phase6.generated.codec.transport_equipment import L_TRANSPORT_EQUIPMENT_07, read_transport_equipment_07
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_NUMERIC_MAX512, FLAG_CONTENT_TYPE, NUMERIC_WITHOUT_ZERO_5

L_INCIDENT_04 = Layout("Incident", Incident, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("code", "code", True, FLAG_CONTENT_TYPE),
    Leaf("text", "text", True, ALPHA_NUMERIC_MAX512), Inner("Endorsement", "endorsement", 0, 1, L_ENDORSEMENT_03),
    Inner("Location", "location", 1, 1, L_LOCATION_02), Inner("TransportEquipment", "transport_equipment", 0, 9999, L_TRANSPORT_EQUIPMENT_07),
    Inner("Transhipment", "transhipment", 0, 1, L_TRANSHIPMENT_02),
))

_L_INCIDENT_04_0 = run(L_INCIDENT_04, 0, 5)
_L_INCIDENT_04_1 = run(L_INCIDENT_04, 6, 7)

def read_incident_04(text: str, starts: Starts, at: int) -> tuple[Incident, int]:
    found = _L_INCIDENT_04_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14 = found.groups()
    at = found.end()
    transport_equipment: tuple[TransportEquipment07, ...] = ()
    if starts("<TransportEquipment>", at): transport_equipment, at = many(read_transport_equipment_07, "<TransportEquipment>", 9999, text, starts, at)
    found = _L_INCIDENT_04_1(text, at)
    if found is None: raise Unusual
    v15, v16, v17, v18 = found.groups()
    at = found.end()
    return Incident(sequence_number=int(v0), code=v1, text=v2, endorsement=None if v3 is None else Endorsement(date=datetime.date.fromisoformat(v3), authority=v4, place=v5, country=v6), location=Location(qualifier_of_identification=v7, un_locode=v8, country=v9, gnss=None if v10 is None else GNSS(latitude=v10, longitude=v11), address=None if v12 is None else Address18(street_and_number=v12, postcode=v13, city=v14)), transport_equipment=transport_equipment, transhipment=None if v15 is None else Transhipment(container_indicator=v15 == "1", transport_means=TransportMeans(type_of_identification=v16, identification_number=v17, nationality=v18))), at
