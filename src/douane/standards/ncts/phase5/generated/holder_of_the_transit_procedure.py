"""Structs and writers of holder_of_the_transit_procedure. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.address import Address02, write_address02
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01, write_contact_person01
from douane.standards.ncts.binding.writing import text

class HolderOfTheTransitProcedure01(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType01; in CC225C, CC231C, CD200C, CD201C, CD203C, CD205C."""
    identification_number: str

def write_holder_of_the_transit_procedure01(v: HolderOfTheTransitProcedure01) -> str:
    return f'<identificationNumber>{text(v.identification_number)}</identificationNumber>'

class HolderOfTheTransitProcedure02(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType02, HolderOfTheTransitProcedureType05, HolderOfTheTransitProcedureType13, HolderOfTheTransitProcedureType14; in CC009C, CC013C, CC014C, CC015C, CC029C, CC060C."""
    identification_number: str | None = None
    tir_holder_identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None
    contact_person: ContactPerson01 | None = None

def write_holder_of_the_transit_procedure02(v: HolderOfTheTransitProcedure02) -> str:
    out = ''
    if (v0 := v.identification_number) is not None: out += f'<identificationNumber>{text(v0)}</identificationNumber>'
    if (v1 := v.tir_holder_identification_number) is not None: out += f'<TIRHolderIdentificationNumber>{text(v1)}</TIRHolderIdentificationNumber>'
    if (v2 := v.name) is not None: out += f'<name>{text(v2)}</name>'
    if (v3 := v.address) is not None: out += f'<Address>{write_address02(v3)}</Address>'
    if (v4 := v.contact_person) is not None: out += f'<ContactPerson>{write_contact_person01(v4)}</ContactPerson>'
    return out

class HolderOfTheTransitProcedure03(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType03, HolderOfTheTransitProcedureType06, HolderOfTheTransitProcedureType11, HolderOfTheTransitProcedureType16; in CC017C, CC043C, CD001C, CD003C, CD038C."""
    identification_number: str | None = None
    tir_holder_identification_number: str | None = None
    name: str
    address: Address02

def write_holder_of_the_transit_procedure03(v: HolderOfTheTransitProcedure03) -> str:
    out = ''
    if (v0 := v.identification_number) is not None: out += f'<identificationNumber>{text(v0)}</identificationNumber>'
    if (v1 := v.tir_holder_identification_number) is not None: out += f'<TIRHolderIdentificationNumber>{text(v1)}</TIRHolderIdentificationNumber>'
    return out + f'<name>{text(v.name)}</name><Address>{write_address02(v.address)}</Address>'

class HolderOfTheTransitProcedure04(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType04, HolderOfTheTransitProcedureType07, HolderOfTheTransitProcedureType09, HolderOfTheTransitProcedureType10; in CC026C, CC055C, CC224C, CC228C."""
    identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None

def write_holder_of_the_transit_procedure04(v: HolderOfTheTransitProcedure04) -> str:
    out = ''
    if (v0 := v.identification_number) is not None: out += f'<identificationNumber>{text(v0)}</identificationNumber>'
    if (v1 := v.name) is not None: out += f'<name>{text(v1)}</name>'
    if (v2 := v.address) is not None: out += f'<Address>{write_address02(v2)}</Address>'
    return out

class HolderOfTheTransitProcedure08(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType08, HolderOfTheTransitProcedureType15, HolderOfTheTransitProcedureType19, HolderOfTheTransitProcedureType20; in 14 messages."""
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

class HolderOfTheTransitProcedure17(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType17, HolderOfTheTransitProcedureType18; in CD050C, CD115C, CD160C, CD165C."""
    identification_number: str | None = None
    name: str
    address: Address02

def write_holder_of_the_transit_procedure17(v: HolderOfTheTransitProcedure17) -> str:
    out = ''
    if (v0 := v.identification_number) is not None: out += f'<identificationNumber>{text(v0)}</identificationNumber>'
    return out + f'<name>{text(v.name)}</name><Address>{write_address02(v.address)}</Address>'
