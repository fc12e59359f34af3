"""Layouts and readers of contact_person. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase6.generated.contact_person import ContactPerson
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_MAX35, ALPHANUMERIC_MAX70, ALPHA_NUMERIC_MAX70_NO_SPACES, EMAIL_ADDRESS_TYPE256, EMAIL_ADDRESS_TYPE256_NO_SPACES, MRNCONTENT_TYPE01

L_CONTACT_PERSON_06 = Layout("ContactPerson", ContactPerson, (
    Leaf("name", "name", True, ALPHA_NUMERIC_MAX70_NO_SPACES), Leaf("phoneNumber", "phone_number", True, MRNCONTENT_TYPE01),
    Leaf("eMailAddress", "e_mail_address", False, EMAIL_ADDRESS_TYPE256_NO_SPACES),
))
L_CONTACT_PERSON_04 = Layout("ContactPerson", ContactPerson, (
    Leaf("name", "name", True, ALPHANUMERIC_MAX70), Leaf("phoneNumber", "phone_number", True, MRNCONTENT_TYPE01),
    Leaf("eMailAddress", "e_mail_address", False, EMAIL_ADDRESS_TYPE256),
))
L_CONTACT_PERSON_01 = Layout("ContactPerson", ContactPerson, (
    Leaf("name", "name", True, ALPHANUMERIC_MAX70), Leaf("phoneNumber", "phone_number", True, ALPHANUMERIC_MAX35),
    Leaf("eMailAddress", "e_mail_address", False, EMAIL_ADDRESS_TYPE256),
))

