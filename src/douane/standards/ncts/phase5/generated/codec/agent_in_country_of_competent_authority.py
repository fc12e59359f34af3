"""Layouts and readers of agent_in_country_of_competent_authority. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.phase5.generated.agent_in_country_of_competent_authority import AgentInCountryOfCompetentAuthority
from douane.standards.ncts.phase5.generated.codec.address import L_ADDRESS_16
from douane.standards.ncts.phase5.generated.codec.contact_person import L_CONTACT_PERSON_03
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHANUMERIC_MAX70, TINTYPE_RELAXED

L_AGENT_IN_COUNTRY_OF_COMPETENT_AUTHORITY = Layout("AgentInCountryOfCompetentAuthority", AgentInCountryOfCompetentAuthority, (
    Leaf("identificationNumber", "identification_number", False, TINTYPE_RELAXED), Leaf("name", "name", True, ALPHANUMERIC_MAX70),
    Inner("Address", "address", 1, 1, L_ADDRESS_16), Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_03),
))

