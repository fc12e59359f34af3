"""Layouts and readers of consignor. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.phase6.generated.consignor import Consignor03
from douane.standards.ncts.phase6.generated.codec.address import L_ADDRESS_14
from douane.standards.ncts.phase6.generated.codec.contact_person import L_CONTACT_PERSON_06
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_NUMERIC_MAX17_NO_SPACES, ALPHA_NUMERIC_MAX70_NO_SPACES

L_CONSIGNOR_07 = Layout("Consignor", Consignor03, (
    Leaf("identificationNumber", "identification_number", False, ALPHA_NUMERIC_MAX17_NO_SPACES),
    Leaf("name", "name", False, ALPHA_NUMERIC_MAX70_NO_SPACES), Inner("Address", "address", 0, 1, L_ADDRESS_14),
    Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_06),
))

