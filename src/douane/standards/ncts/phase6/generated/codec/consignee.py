"""Layouts and readers of consignee. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.phase6.generated.consignee import Consignee
from douane.standards.ncts.phase6.generated.codec.address import L_ADDRESS_07, L_ADDRESS_14
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_MAX70, ALPHA_NUMERIC_MAX17_NO_SPACES, ALPHA_NUMERIC_MAX70_NO_SPACES, TINTYPE_RELAXED

L_CONSIGNEE_05 = Layout("Consignee", Consignee, (
    Leaf("identificationNumber", "identification_number", False, ALPHA_NUMERIC_MAX17_NO_SPACES),
    Leaf("name", "name", False, ALPHA_NUMERIC_MAX70_NO_SPACES), Inner("Address", "address", 0, 1, L_ADDRESS_14),
))
L_CONSIGNEE_04 = Layout("Consignee", Consignee, (
    Leaf("identificationNumber", "identification_number", False, TINTYPE_RELAXED), Leaf("name", "name", False, ALPHANUMERIC_MAX70),
    Inner("Address", "address", 0, 1, L_ADDRESS_07),
))

