"""Structs and writers of authorisation. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class Authorisation(Group, frozen=True, kw_only=True, gc=False):
    """AuthorisationType01, AuthorisationType02, AuthorisationType03; in CC007C, CC013C, CC015C, CC029C."""
    sequence_number: int
    type: str
    reference_number: str

def write_authorisation(v: Authorisation) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><type>{text(v.type)}</type><referenceNumber>{text(v.reference_number)}</referenceNumber>'
