"""Layouts and readers of representative. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.phase6.generated.representative import Representative02
from douane.standards.ncts.phase6.generated.codec.contact_person import L_CONTACT_PERSON_06
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_NUMERIC_MAX17_NO_SPACES, FLAG_CONTENT_TYPE

L_REPRESENTATIVE_05 = Layout("Representative", Representative02, (
    Leaf("identificationNumber", "identification_number", True, ALPHA_NUMERIC_MAX17_NO_SPACES), Leaf("status", "status", True, FLAG_CONTENT_TYPE),
    Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_06),
))

