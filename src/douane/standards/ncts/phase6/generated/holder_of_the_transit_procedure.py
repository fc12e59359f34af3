"""Structs and writers of holder_of_the_transit_procedure. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.phase6.generated.address import Address02, write_address02
from douane.standards.ncts.phase6.generated.contact_person import ContactPerson, write_contact_person
from douane.standards.ncts.binding.writing import text

class HolderOfTheTransitProcedure02(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType02, HolderOfTheTransitProcedureType05, HolderOfTheTransitProcedureType13, HolderOfTheTransitProcedureType14; in CC009C, CC013C, CC014C, CC015C, CC029C, CC060C."""
    identification_number: str | None = None
    tir_holder_identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None
    contact_person: ContactPerson | None = None

def write_holder_of_the_transit_procedure02(v: HolderOfTheTransitProcedure02) -> str:
    out = ''
    if (v0 := v.identification_number) is not None: out += f'<identificationNumber>{text(v0)}</identificationNumber>'
    if (v1 := v.tir_holder_identification_number) is not None: out += f'<TIRHolderIdentificationNumber>{text(v1)}</TIRHolderIdentificationNumber>'
    if (v2 := v.name) is not None: out += f'<name>{text(v2)}</name>'
    if (v3 := v.address) is not None: out += f'<Address>{write_address02(v3)}</Address>'
    if (v4 := v.contact_person) is not None: out += f'<ContactPerson>{write_contact_person(v4)}</ContactPerson>'
    return out

class HolderOfTheTransitProcedure03(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType03, HolderOfTheTransitProcedureType06; in CC017C, CC043C."""
    identification_number: str | None = None
    tir_holder_identification_number: str | None = None
    name: str
    address: Address02

def write_holder_of_the_transit_procedure03(v: HolderOfTheTransitProcedure03) -> str:
    out = ''
    if (v0 := v.identification_number) is not None: out += f'<identificationNumber>{text(v0)}</identificationNumber>'
    if (v1 := v.tir_holder_identification_number) is not None: out += f'<TIRHolderIdentificationNumber>{text(v1)}</TIRHolderIdentificationNumber>'
    return out + f'<name>{text(v.name)}</name><Address>{write_address02(v.address)}</Address>'

class HolderOfTheTransitProcedure07(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType07, HolderOfTheTransitProcedureType10; in CC055C, CC228C."""
    identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None

def write_holder_of_the_transit_procedure07(v: HolderOfTheTransitProcedure07) -> str:
    out = ''
    if (v0 := v.identification_number) is not None: out += f'<identificationNumber>{text(v0)}</identificationNumber>'
    if (v1 := v.name) is not None: out += f'<name>{text(v1)}</name>'
    if (v2 := v.address) is not None: out += f'<Address>{write_address02(v2)}</Address>'
    return out

class HolderOfTheTransitProcedure08(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType08, HolderOfTheTransitProcedureType15, HolderOfTheTransitProcedureType19, HolderOfTheTransitProcedureType20; in 11 messages."""
    identification_number: str | None = None
    tir_holder_identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None

def write_holder_of_the_transit_procedure08(v: HolderOfTheTransitProcedure08) -> str:
    out = ''
    if (v0 := v.identification_number) is not None: out += f'<identificationNumber>{text(v0)}</identificationNumber>'
    if (v1 := v.tir_holder_identification_number) is not None: out += f'<TIRHolderIdentificationNumber>{text(v1)}</TIRHolderIdentificationNumber>'
    if (v2 := v.name) is not None: out += f'<name>{text(v2)}</name>'
    if (v3 := v.address) is not None: out += f'<Address>{write_address02(v3)}</Address>'
    return out
