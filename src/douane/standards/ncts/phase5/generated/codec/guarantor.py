"""Layouts and readers of guarantor. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.phase5.generated.guarantor import Guarantor05, Guarantor06
from douane.standards.ncts.phase5.generated.codec.address import L_ADDRESS_11, L_ADDRESS_16
from douane.standards.ncts.phase5.generated.codec.agent_in_country_of_competent_authority import L_AGENT_IN_COUNTRY_OF_COMPETENT_AUTHORITY
from douane.standards.ncts.phase5.generated.codec.contact_person import L_CONTACT_PERSON_01
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHANUMERIC_MAX70, CONTACT_DETAILS_IN_COUNTRY_OF_COMPETENT_AUTHORITY_CONTENT_TYPE, TINTYPE_RELAXED

L_GUARANTOR_06 = Layout("Guarantor", Guarantor06, (
    Leaf("identificationNumber", "identification_number", False, TINTYPE_RELAXED), Leaf("name", "name", False, ALPHANUMERIC_MAX70),
    Inner("Address", "address", 0, 1, L_ADDRESS_16),
))
L_GUARANTOR_05 = Layout("Guarantor", Guarantor05, (
    Leaf("contactDetailsInCountryOfCompetentAuthority", "contact_details_in_country_of_competent_authority", False, CONTACT_DETAILS_IN_COUNTRY_OF_COMPETENT_AUTHORITY_CONTENT_TYPE),
    Leaf("identificationNumber", "identification_number", False, TINTYPE_RELAXED), Leaf("name", "name", True, ALPHANUMERIC_MAX70),
    Inner("Address", "address", 1, 1, L_ADDRESS_11), Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_01),
    Inner("AgentInCountryOfCompetentAuthority", "agent_in_country_of_competent_authority", 0, 1, L_AGENT_IN_COUNTRY_OF_COMPETENT_AUTHORITY),
))

