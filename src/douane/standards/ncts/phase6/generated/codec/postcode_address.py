"""Layouts and readers of postcode_address. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase6.generated.postcode_address import PostcodeAddress
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_NUMERIC_MAX17_NO_SPACES, COUNTRY_CODE_TYPE, TINTYPE_RELAXED

L_POSTCODE_ADDRESS_02 = Layout("PostcodeAddress", PostcodeAddress, (
    Leaf("houseNumber", "house_number", False, ALPHA_NUMERIC_MAX17_NO_SPACES), Leaf("postcode", "postcode", True, ALPHA_NUMERIC_MAX17_NO_SPACES),
    Leaf("country", "country", True, COUNTRY_CODE_TYPE),
))
L_POSTCODE_ADDRESS_01 = Layout("PostcodeAddress", PostcodeAddress, (
    Leaf("houseNumber", "house_number", False, TINTYPE_RELAXED), Leaf("postcode", "postcode", True, ALPHA_NUMERIC_MAX17_NO_SPACES),
    Leaf("country", "country", True, COUNTRY_CODE_TYPE),
))

