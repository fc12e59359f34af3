"""Structs of agent_in_country_of_competent_authority. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson03


class AgentInCountryOfCompetentAuthority(Group, frozen=True, kw_only=True, gc=False):
    """AgentInCountryOfCompetentAuthorityType; in CD150C, CD151C."""

    identification_number: str | None = None
    name: str
    address: Address02
    contact_person: ContactPerson03 | None = None
