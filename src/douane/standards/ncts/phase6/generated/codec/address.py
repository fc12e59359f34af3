"""Layouts and readers of address. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase6.generated.address import Address02, Address18
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_MAX35, ALPHANUMERIC_MAX70, ALPHA_NUMERIC_MAX17_NO_SPACES, ALPHA_NUMERIC_MAX35_NO_SPACES, ALPHA_NUMERIC_MAX70_NO_SPACES, COUNTRY_CODES_CUSTOMS_OFFICE_LISTS, COUNTRY_CODE_TYPE

L_ADDRESS_07 = Layout("Address", Address02, (
    Leaf("streetAndNumber", "street_and_number", True, ALPHANUMERIC_MAX70), Leaf("postcode", "postcode", False, ALPHA_NUMERIC_MAX17_NO_SPACES),
    Leaf("city", "city", True, ALPHANUMERIC_MAX35), Leaf("country", "country", True, COUNTRY_CODE_TYPE),
))
L_ADDRESS_14 = Layout("Address", Address02, (
    Leaf("streetAndNumber", "street_and_number", True, ALPHA_NUMERIC_MAX70_NO_SPACES),
    Leaf("postcode", "postcode", False, ALPHA_NUMERIC_MAX17_NO_SPACES), Leaf("city", "city", True, ALPHA_NUMERIC_MAX35_NO_SPACES),
    Leaf("country", "country", True, COUNTRY_CODE_TYPE),
))
L_ADDRESS_16 = Layout("Address", Address02, (
    Leaf("streetAndNumber", "street_and_number", True, ALPHANUMERIC_MAX70), Leaf("postcode", "postcode", False, ALPHA_NUMERIC_MAX17_NO_SPACES),
    Leaf("city", "city", True, ALPHANUMERIC_MAX35), Leaf("country", "country", True, COUNTRY_CODES_CUSTOMS_OFFICE_LISTS),
))
L_ADDRESS_18 = Layout("Address", Address18, (
    Leaf("streetAndNumber", "street_and_number", True, ALPHANUMERIC_MAX70), Leaf("postcode", "postcode", False, ALPHA_NUMERIC_MAX17_NO_SPACES),
    Leaf("city", "city", True, ALPHANUMERIC_MAX35),
))

