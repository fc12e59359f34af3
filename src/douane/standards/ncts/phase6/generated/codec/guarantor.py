"""Layouts and readers of guarantor. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.phase6.generated.guarantor import Guarantor06
from douane.standards.ncts.phase6.generated.codec.address import L_ADDRESS_16
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_MAX70, TINTYPE_RELAXED

L_GUARANTOR_06 = Layout("Guarantor", Guarantor06, (
    Leaf("identificationNumber", "identification_number", False, TINTYPE_RELAXED), Leaf("name", "name", False, ALPHANUMERIC_MAX70),
    Inner("Address", "address", 0, 1, L_ADDRESS_16),
))

