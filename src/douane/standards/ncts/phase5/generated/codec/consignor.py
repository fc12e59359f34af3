"""Layouts and readers of consignor. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.phase5.generated.consignor import Consignor01, Consignor03
from douane.standards.ncts.phase5.generated.codec.address import L_ADDRESS_07, L_ADDRESS_14
from douane.standards.ncts.phase5.generated.codec.contact_person import L_CONTACT_PERSON_06
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHANUMERIC_MAX70, ALPHA_NUMERIC_MAX17_NO_SPACES, ALPHA_NUMERIC_MAX70_NO_SPACES, TINTYPE_RELAXED

L_CONSIGNOR_07 = Layout("Consignor", Consignor03, (
    Leaf("identificationNumber", "identification_number", False, ALPHA_NUMERIC_MAX17_NO_SPACES),
    Leaf("name", "name", False, ALPHA_NUMERIC_MAX70_NO_SPACES), Inner("Address", "address", 0, 1, L_ADDRESS_14),
    Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_06),
))
L_CONSIGNOR_08 = Layout("Consignor", Consignor01, (
    Leaf("identificationNumber", "identification_number", False, TINTYPE_RELAXED), Leaf("name", "name", True, ALPHANUMERIC_MAX70),
    Inner("Address", "address", 1, 1, L_ADDRESS_07),
))

