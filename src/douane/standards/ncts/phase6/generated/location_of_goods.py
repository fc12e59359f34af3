"""Structs and writers of location_of_goods. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.phase6.generated.address import Address02, write_address02
from douane.standards.ncts.phase6.generated.contact_person import ContactPerson, write_contact_person
from douane.standards.ncts.phase6.generated.customs_office import CustomsOffice, write_customs_office
from douane.standards.ncts.phase6.generated.economic_operator import EconomicOperator, write_economic_operator
from douane.standards.ncts.phase6.generated.gnss import GNSS, write_gnss
from douane.standards.ncts.phase6.generated.postcode_address import PostcodeAddress, write_postcode_address
from douane.standards.ncts.binding.writing import text

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
    contact_person: ContactPerson | None = None

def write_location_of_goods(v: LocationOfGoods) -> str:
    out = f'<typeOfLocation>{text(v.type_of_location)}</typeOfLocation><qualifierOfIdentification>{text(v.qualifier_of_identification)}</qualifierOfIdentification>'
    if (v2 := v.authorisation_number) is not None: out += f'<authorisationNumber>{text(v2)}</authorisationNumber>'
    if (v3 := v.additional_identifier) is not None: out += f'<additionalIdentifier>{text(v3)}</additionalIdentifier>'
    if (v4 := v.un_locode) is not None: out += f'<UNLocode>{text(v4)}</UNLocode>'
    if (v5 := v.customs_office) is not None: out += f'<CustomsOffice>{write_customs_office(v5)}</CustomsOffice>'
    if (v6 := v.gnss) is not None: out += f'<GNSS>{write_gnss(v6)}</GNSS>'
    if (v7 := v.economic_operator) is not None: out += f'<EconomicOperator>{write_economic_operator(v7)}</EconomicOperator>'
    if (v8 := v.address) is not None: out += f'<Address>{write_address02(v8)}</Address>'
    if (v9 := v.postcode_address) is not None: out += f'<PostcodeAddress>{write_postcode_address(v9)}</PostcodeAddress>'
    if (v10 := v.contact_person) is not None: out += f'<ContactPerson>{write_contact_person(v10)}</ContactPerson>'
    return out
