"""Layouts and readers of location. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.phase6.generated.location import Location
from douane.standards.ncts.phase6.generated.codec.address import L_ADDRESS_18
from douane.standards.ncts.phase6.generated.codec.gnss import L_GNSS
from douane.standards.ncts.phase6.generated.codec.kinds import CODE_CONTENT_TYPE06, COUNTRY_CODE_TYPE, UNLOCODE_CONTENT_TYPE

L_LOCATION_02 = Layout("Location", Location, (
    Leaf("qualifierOfIdentification", "qualifier_of_identification", True, CODE_CONTENT_TYPE06),
    Leaf("UNLocode", "un_locode", False, UNLOCODE_CONTENT_TYPE), Leaf("country", "country", True, COUNTRY_CODE_TYPE),
    Inner("GNSS", "gnss", 0, 1, L_GNSS), Inner("Address", "address", 0, 1, L_ADDRESS_18),
))

