"""Structs and writers of agent_in_country_of_competent_authority. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.address import Address02, write_address02
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson03, write_contact_person03
from douane.standards.ncts.binding.writing import text

class AgentInCountryOfCompetentAuthority(Group, frozen=True, kw_only=True, gc=False):
    """AgentInCountryOfCompetentAuthorityType; in CD150C, CD151C."""
    identification_number: str | None = None
    name: str
    address: Address02
    contact_person: ContactPerson03 | None = None

def write_agent_in_country_of_competent_authority(v: AgentInCountryOfCompetentAuthority) -> str:
    out = ''
    if (v0 := v.identification_number) is not None: out += f'<identificationNumber>{text(v0)}</identificationNumber>'
    out += f'<name>{text(v.name)}</name><Address>{write_address02(v.address)}</Address>'
    if (v3 := v.contact_person) is not None: out += f'<ContactPerson>{write_contact_person03(v3)}</ContactPerson>'
    return out
