"""Structs of guarantor. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.address import Address02, Address11
from douane.standards.ncts.phase5.generated.agent_in_country_of_competent_authority import AgentInCountryOfCompetentAuthority
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01


class Guarantor02(Group, frozen=True, kw_only=True, gc=False):
    """GuarantorType02, GuarantorType04; in CC224C, CC229C."""

    identification_number: str
    name: str | None = None
    address: Address02 | None = None


class Guarantor05(Group, frozen=True, kw_only=True, gc=False):
    """GuarantorType05; in CD150C, CD151C."""

    contact_details_in_country_of_competent_authority: str | None = None
    identification_number: str | None = None
    name: str
    address: Address11
    contact_person: ContactPerson01 | None = None
    agent_in_country_of_competent_authority: AgentInCountryOfCompetentAuthority | None = None


class Guarantor06(Group, frozen=True, kw_only=True, gc=False):
    """GuarantorType06; in CC019C, CC023C, CC035C, CC045C."""

    identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None
