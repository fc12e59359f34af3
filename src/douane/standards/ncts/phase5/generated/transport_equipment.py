"""Structs of transport_equipment. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.goods_reference import GoodsReference
from douane.standards.ncts.phase5.generated.seal import Seal01, Seal02


class TransportEquipment01(Group, frozen=True, kw_only=True, gc=False):
    """TransportEquipmentType01, TransportEquipmentType03, TransportEquipmentType07; in 10 messages."""

    sequence_number: int
    container_identification_number: str | None = None
    number_of_seals: int | None = None
    seal: tuple[Seal02, ...] = ()
    goods_reference: tuple[GoodsReference, ...] = ()


class TransportEquipment02(Group, frozen=True, kw_only=True, gc=False):
    """TransportEquipmentType02, TransportEquipmentType04; in CC017C, CD018C."""

    sequence_number: int
    container_identification_number: str | None = None
    number_of_seals: int | None = None
    seal: tuple[Seal01, ...] = ()
    goods_reference: tuple[GoodsReference, ...] = ()


class TransportEquipment05(Group, frozen=True, kw_only=True, gc=False):
    """TransportEquipmentType05, TransportEquipmentType06; in 13 messages."""

    sequence_number: int
    container_identification_number: str | None = None
    number_of_seals: int
    seal: tuple[Seal02, ...] = ()
    goods_reference: tuple[GoodsReference, ...] = ()
