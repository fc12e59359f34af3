"""Structs of location_of_goods. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.customs_office import CustomsOffice
from douane.standards.ncts.phase5.generated.economic_operator import EconomicOperator
from douane.standards.ncts.phase5.generated.gnss import GNSS
from douane.standards.ncts.phase5.generated.postcode_address import PostcodeAddress


class LocationOfGoods(Group, frozen=True, kw_only=True, gc=False):
    """LocationOfGoodsType01, LocationOfGoodsType02, LocationOfGoodsType03, LocationOfGoodsType04, LocationOfGoodsType05; in CC007C, CC013C, CC015C, CC029C, CC170C, CC190C."""

    type_of_location: str
    qualifier_of_identification: str
    authorisation_number: str | None = None
    additional_identifier: str | None = None
    un_locode: str | None = None
    customs_office: CustomsOffice | None = None
    gnss: GNSS | None = None
    economic_operator: EconomicOperator | None = None
    address: Address02 | None = None
    postcode_address: PostcodeAddress | None = None
    contact_person: ContactPerson01 | None = None
