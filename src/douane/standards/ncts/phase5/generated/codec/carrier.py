"""Layouts and readers of carrier. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.phase5.generated.carrier import Carrier01, Carrier03
from douane.standards.ncts.phase5.generated.codec.contact_person import L_CONTACT_PERSON_06
from douane.standards.ncts.phase5.generated.codec.kinds import TINNEW_TYPE, TINTYPE_RELAXED

L_CARRIER_04 = Layout("Carrier", Carrier03, (
    Leaf("identificationNumber", "identification_number", True, TINNEW_TYPE), Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_06),
))
L_CARRIER_01 = Layout("Carrier", Carrier01, (
    Leaf("identificationNumber", "identification_number", True, TINNEW_TYPE),
))
L_CARRIER_02 = Layout("Carrier", Carrier01, (
    Leaf("identificationNumber", "identification_number", True, TINTYPE_RELAXED),
))

