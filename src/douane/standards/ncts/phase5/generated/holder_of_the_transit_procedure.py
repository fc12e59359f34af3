"""Structs of holder_of_the_transit_procedure. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01


class HolderOfTheTransitProcedure01(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType01; in CC225C, CC231C, CD200C, CD201C, CD203C, CD205C."""

    identification_number: str


class HolderOfTheTransitProcedure02(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType02, HolderOfTheTransitProcedureType05, HolderOfTheTransitProcedureType13, HolderOfTheTransitProcedureType14; in CC009C, CC013C, CC014C, CC015C, CC029C, CC060C."""

    identification_number: str | None = None
    tir_holder_identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None
    contact_person: ContactPerson01 | None = None


class HolderOfTheTransitProcedure03(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType03, HolderOfTheTransitProcedureType06, HolderOfTheTransitProcedureType11, HolderOfTheTransitProcedureType16; in CC017C, CC043C, CD001C, CD003C, CD038C."""

    identification_number: str | None = None
    tir_holder_identification_number: str | None = None
    name: str
    address: Address02


class HolderOfTheTransitProcedure04(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType04, HolderOfTheTransitProcedureType07, HolderOfTheTransitProcedureType09, HolderOfTheTransitProcedureType10; in CC026C, CC055C, CC224C, CC228C."""

    identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None


class HolderOfTheTransitProcedure08(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType08, HolderOfTheTransitProcedureType15, HolderOfTheTransitProcedureType19, HolderOfTheTransitProcedureType20; in 14 messages."""

    identification_number: str | None = None
    tir_holder_identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None


class HolderOfTheTransitProcedure17(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType17, HolderOfTheTransitProcedureType18; in CD050C, CD115C, CD160C, CD165C."""

    identification_number: str | None = None
    name: str
    address: Address02
