"""Structs and writers of guarantor. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.address import Address02, Address11, write_address02, write_address11
from douane.standards.ncts.phase5.generated.agent_in_country_of_competent_authority import AgentInCountryOfCompetentAuthority, write_agent_in_country_of_competent_authority
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01, write_contact_person01
from douane.standards.ncts.binding.writing import text

class Guarantor02(Group, frozen=True, kw_only=True, gc=False):
    """GuarantorType02, GuarantorType04; in CC224C, CC229C."""
    identification_number: str
    name: str | None = None
    address: Address02 | None = None

def write_guarantor02(v: Guarantor02) -> str:
    out = f'<identificationNumber>{text(v.identification_number)}</identificationNumber>'
    if (v1 := v.name) is not None: out += f'<name>{text(v1)}</name>'
    if (v2 := v.address) is not None: out += f'<Address>{write_address02(v2)}</Address>'
    return out

class Guarantor05(Group, frozen=True, kw_only=True, gc=False):
    """GuarantorType05; in CD150C, CD151C."""
    contact_details_in_country_of_competent_authority: str | None = None
    identification_number: str | None = None
    name: str
    address: Address11
    contact_person: ContactPerson01 | None = None
    agent_in_country_of_competent_authority: AgentInCountryOfCompetentAuthority | None = None

def write_guarantor05(v: Guarantor05) -> str:
    out = ''
    if (v0 := v.contact_details_in_country_of_competent_authority) is not None: out += f'<contactDetailsInCountryOfCompetentAuthority>{text(v0)}</contactDetailsInCountryOfCompetentAuthority>'
    if (v1 := v.identification_number) is not None: out += f'<identificationNumber>{text(v1)}</identificationNumber>'
    out += f'<name>{text(v.name)}</name><Address>{write_address11(v.address)}</Address>'
    if (v4 := v.contact_person) is not None: out += f'<ContactPerson>{write_contact_person01(v4)}</ContactPerson>'
    if (v5 := v.agent_in_country_of_competent_authority) is not None: out += f'<AgentInCountryOfCompetentAuthority>{write_agent_in_country_of_competent_authority(v5)}</AgentInCountryOfCompetentAuthority>'
    return out

class Guarantor06(Group, frozen=True, kw_only=True, gc=False):
    """GuarantorType06; in CC019C, CC023C, CC035C, CC045C."""
    identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None

def write_guarantor06(v: Guarantor06) -> str:
    out = ''
    if (v0 := v.identification_number) is not None: out += f'<identificationNumber>{text(v0)}</identificationNumber>'
    if (v1 := v.name) is not None: out += f'<name>{text(v1)}</name>'
    if (v2 := v.address) is not None: out += f'<Address>{write_address02(v2)}</Address>'
    return out
