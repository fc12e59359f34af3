"""Layouts and readers of carrier. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.phase6.generated.carrier import Carrier03
from douane.standards.ncts.phase6.generated.codec.contact_person import L_CONTACT_PERSON_06
from douane.standards.ncts.phase6.generated.codec.kinds import TINNEW_TYPE

L_CARRIER_04 = Layout("Carrier", Carrier03, (
    Leaf("identificationNumber", "identification_number", True, TINNEW_TYPE), Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_06),
))

