"""Layouts and readers of location_of_goods. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.phase6.generated.location_of_goods import LocationOfGoods
from douane.standards.ncts.phase6.generated.codec.address import L_ADDRESS_14
from douane.standards.ncts.phase6.generated.codec.contact_person import L_CONTACT_PERSON_06
from douane.standards.ncts.phase6.generated.codec.customs_office import L_CUSTOMS_OFFICE_01
from douane.standards.ncts.phase6.generated.codec.economic_operator import L_ECONOMIC_OPERATOR_03
from douane.standards.ncts.phase6.generated.codec.gnss import L_GNSS
from douane.standards.ncts.phase6.generated.codec.postcode_address import L_POSTCODE_ADDRESS_02
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_NUMERIC_MAX35_NO_SPACES, ALPHA_NUMERIC_MAX4_NO_SPACES, CODE_CONTENT_TYPE06, UNLOCODE_CONTENT_TYPE

L_LOCATION_OF_GOODS_01 = Layout("LocationOfGoods", LocationOfGoods, (
    Leaf("typeOfLocation", "type_of_location", True, CODE_CONTENT_TYPE06),
    Leaf("qualifierOfIdentification", "qualifier_of_identification", True, CODE_CONTENT_TYPE06),
    Leaf("authorisationNumber", "authorisation_number", False, ALPHA_NUMERIC_MAX35_NO_SPACES),
    Leaf("additionalIdentifier", "additional_identifier", False, ALPHA_NUMERIC_MAX4_NO_SPACES),
    Leaf("UNLocode", "un_locode", False, UNLOCODE_CONTENT_TYPE), Inner("CustomsOffice", "customs_office", 0, 1, L_CUSTOMS_OFFICE_01),
    Inner("GNSS", "gnss", 0, 1, L_GNSS), Inner("EconomicOperator", "economic_operator", 0, 1, L_ECONOMIC_OPERATOR_03),
    Inner("Address", "address", 0, 1, L_ADDRESS_14), Inner("PostcodeAddress", "postcode_address", 0, 1, L_POSTCODE_ADDRESS_02),
    Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_06),
))

