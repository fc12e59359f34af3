"""Structs and writers of transport_equipment. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.goods_reference import GoodsReference, write_goods_reference
from douane.standards.ncts.phase5.generated.seal import Seal01, Seal02, write_seal01, write_seal02
from douane.standards.ncts.binding.writing import text

class TransportEquipment01(Group, frozen=True, kw_only=True, gc=False):
    """TransportEquipmentType01, TransportEquipmentType03, TransportEquipmentType07; in 10 messages."""
    sequence_number: int
    container_identification_number: str | None = None
    number_of_seals: int | None = None
    seal: tuple[Seal02, ...] = ()
    goods_reference: tuple[GoodsReference, ...] = ()

def write_transport_equipment01(v: TransportEquipment01) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.container_identification_number) is not None: out += f'<containerIdentificationNumber>{text(v1)}</containerIdentificationNumber>'
    if (v2 := v.number_of_seals) is not None: out += f'<numberOfSeals>{v2}</numberOfSeals>'
    for v3 in v.seal: out += f'<Seal>{write_seal02(v3)}</Seal>'
    for v4 in v.goods_reference: out += f'<GoodsReference>{write_goods_reference(v4)}</GoodsReference>'
    return out

class TransportEquipment02(Group, frozen=True, kw_only=True, gc=False):
    """TransportEquipmentType02, TransportEquipmentType04; in CC017C, CD018C."""
    sequence_number: int
    container_identification_number: str | None = None
    number_of_seals: int | None = None
    seal: tuple[Seal01, ...] = ()
    goods_reference: tuple[GoodsReference, ...] = ()

def write_transport_equipment02(v: TransportEquipment02) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.container_identification_number) is not None: out += f'<containerIdentificationNumber>{text(v1)}</containerIdentificationNumber>'
    if (v2 := v.number_of_seals) is not None: out += f'<numberOfSeals>{v2}</numberOfSeals>'
    for v3 in v.seal: out += f'<Seal>{write_seal01(v3)}</Seal>'
    for v4 in v.goods_reference: out += f'<GoodsReference>{write_goods_reference(v4)}</GoodsReference>'
    return out

class TransportEquipment05(Group, frozen=True, kw_only=True, gc=False):
    """TransportEquipmentType05, TransportEquipmentType06; in 13 messages."""
    sequence_number: int
    container_identification_number: str | None = None
    number_of_seals: int
    seal: tuple[Seal02, ...] = ()
    goods_reference: tuple[GoodsReference, ...] = ()

def write_transport_equipment05(v: TransportEquipment05) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.container_identification_number) is not None: out += f'<containerIdentificationNumber>{text(v1)}</containerIdentificationNumber>'
    out += f'<numberOfSeals>{v.number_of_seals}</numberOfSeals>'
    for v3 in v.seal: out += f'<Seal>{write_seal02(v3)}</Seal>'
    for v4 in v.goods_reference: out += f'<GoodsReference>{write_goods_reference(v4)}</GoodsReference>'
    return out
