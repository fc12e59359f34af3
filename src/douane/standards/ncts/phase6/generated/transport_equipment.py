"""Structs and writers of transport_equipment. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.phase6.generated.goods_reference import GoodsReference01, write_goods_reference01
from douane.standards.ncts.phase6.generated.seal import Seal04, write_seal04
from douane.standards.ncts.binding.writing import text

class TransportEquipment05(Group, frozen=True, kw_only=True, gc=False):
    """TransportEquipmentType05, TransportEquipmentType06; in CC013C, CC015C, CC029C, CC043C, CC170C."""
    sequence_number: int
    container_identification_number: str | None = None
    number_of_seals: int
    seal: tuple[Seal04, ...] = ()
    goods_reference: tuple[GoodsReference01, ...] = ()

def write_transport_equipment05(v: TransportEquipment05) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.container_identification_number) is not None: out += f'<containerIdentificationNumber>{text(v1)}</containerIdentificationNumber>'
    out += f'<numberOfSeals>{v.number_of_seals}</numberOfSeals>'
    for v3 in v.seal: out += f'<Seal>{write_seal04(v3)}</Seal>'
    for v4 in v.goods_reference: out += f'<GoodsReference>{write_goods_reference01(v4)}</GoodsReference>'
    return out

class TransportEquipment07(Group, frozen=True, kw_only=True, gc=False):
    """TransportEquipmentType07; in CC043C, CC182C."""
    sequence_number: int
    container_identification_number: str | None = None
    number_of_seals: int | None = None
    seal: tuple[Seal04, ...] = ()
    goods_reference: tuple[GoodsReference01, ...] = ()

def write_transport_equipment07(v: TransportEquipment07) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.container_identification_number) is not None: out += f'<containerIdentificationNumber>{text(v1)}</containerIdentificationNumber>'
    if (v2 := v.number_of_seals) is not None: out += f'<numberOfSeals>{v2}</numberOfSeals>'
    for v3 in v.seal: out += f'<Seal>{write_seal04(v3)}</Seal>'
    for v4 in v.goods_reference: out += f'<GoodsReference>{write_goods_reference01(v4)}</GoodsReference>'
    return out
