"""Layouts and readers of transport_equipment. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, many, run
from douane.standards.ncts.phase5.generated.goods_reference import GoodsReference
from douane.standards.ncts.phase5.generated.seal import Seal02
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment01, TransportEquipment05
from douane.standards.ncts.phase5.generated.codec.goods_reference import L_GOODS_REFERENCE_01, read_goods_reference_01
from douane.standards.ncts.phase5.generated.codec.seal import L_SEAL_04, L_SEAL_05, read_seal_04, read_seal_05
from douane.standards.ncts.phase5.generated.codec.kinds import CONVEYANCE_REFERENCE_NUMBER17, CONVEYANCE_REFERENCE_NUMBER17_NO_SPACES, NUMERIC_WITHOUT_ZERO_5, NUMERIC_WITH_ZERO_4

L_TRANSPORT_EQUIPMENT_01 = Layout("TransportEquipment", TransportEquipment01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("containerIdentificationNumber", "container_identification_number", False, CONVEYANCE_REFERENCE_NUMBER17_NO_SPACES),
    Leaf("numberOfSeals", "number_of_seals", False, NUMERIC_WITH_ZERO_4), Inner("Seal", "seal", 0, 99, L_SEAL_05),
    Inner("GoodsReference", "goods_reference", 0, 9999, L_GOODS_REFERENCE_01),
))
L_TRANSPORT_EQUIPMENT_06 = Layout("TransportEquipment", TransportEquipment05, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("containerIdentificationNumber", "container_identification_number", False, CONVEYANCE_REFERENCE_NUMBER17_NO_SPACES),
    Leaf("numberOfSeals", "number_of_seals", True, NUMERIC_WITH_ZERO_4), Inner("Seal", "seal", 0, 99, L_SEAL_05),
    Inner("GoodsReference", "goods_reference", 0, 9999, L_GOODS_REFERENCE_01),
))
L_TRANSPORT_EQUIPMENT_05 = Layout("TransportEquipment", TransportEquipment05, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("containerIdentificationNumber", "container_identification_number", False, CONVEYANCE_REFERENCE_NUMBER17),
    Leaf("numberOfSeals", "number_of_seals", True, NUMERIC_WITH_ZERO_4), Inner("Seal", "seal", 0, 99, L_SEAL_04),
    Inner("GoodsReference", "goods_reference", 0, 9999, L_GOODS_REFERENCE_01),
))
L_TRANSPORT_EQUIPMENT_07 = Layout("TransportEquipment", TransportEquipment01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("containerIdentificationNumber", "container_identification_number", False, CONVEYANCE_REFERENCE_NUMBER17),
    Leaf("numberOfSeals", "number_of_seals", False, NUMERIC_WITH_ZERO_4), Inner("Seal", "seal", 0, 99, L_SEAL_04),
    Inner("GoodsReference", "goods_reference", 0, 9999, L_GOODS_REFERENCE_01),
))

_L_TRANSPORT_EQUIPMENT_01_0 = run(L_TRANSPORT_EQUIPMENT_01, 0, 3)
_L_TRANSPORT_EQUIPMENT_01_1 = run(L_TRANSPORT_EQUIPMENT_01, 5, 5)
_L_TRANSPORT_EQUIPMENT_06_0 = run(L_TRANSPORT_EQUIPMENT_06, 0, 3)
_L_TRANSPORT_EQUIPMENT_06_1 = run(L_TRANSPORT_EQUIPMENT_06, 5, 5)
_L_TRANSPORT_EQUIPMENT_05_0 = run(L_TRANSPORT_EQUIPMENT_05, 0, 3)
_L_TRANSPORT_EQUIPMENT_05_1 = run(L_TRANSPORT_EQUIPMENT_05, 5, 5)
_L_TRANSPORT_EQUIPMENT_07_0 = run(L_TRANSPORT_EQUIPMENT_07, 0, 3)
_L_TRANSPORT_EQUIPMENT_07_1 = run(L_TRANSPORT_EQUIPMENT_07, 5, 5)

def read_transport_equipment_01(text: str, starts: Starts, at: int) -> tuple[TransportEquipment01, int]:
    found = _L_TRANSPORT_EQUIPMENT_01_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    seal: tuple[Seal02, ...] = ()
    if starts("<Seal>", at): seal, at = many(read_seal_05, "<Seal>", 99, text, starts, at)
    goods_reference: tuple[GoodsReference, ...] = ()
    if starts("<GoodsReference>", at): goods_reference, at = many(read_goods_reference_01, "<GoodsReference>", 9999, text, starts, at)
    found = _L_TRANSPORT_EQUIPMENT_01_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return TransportEquipment01(sequence_number=int(v0), container_identification_number=v1, number_of_seals=None if v2 is None else int(v2), seal=seal, goods_reference=goods_reference), at

def read_transport_equipment_06(text: str, starts: Starts, at: int) -> tuple[TransportEquipment05, int]:
    found = _L_TRANSPORT_EQUIPMENT_06_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    seal: tuple[Seal02, ...] = ()
    if starts("<Seal>", at): seal, at = many(read_seal_05, "<Seal>", 99, text, starts, at)
    goods_reference: tuple[GoodsReference, ...] = ()
    if starts("<GoodsReference>", at): goods_reference, at = many(read_goods_reference_01, "<GoodsReference>", 9999, text, starts, at)
    found = _L_TRANSPORT_EQUIPMENT_06_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return TransportEquipment05(sequence_number=int(v0), container_identification_number=v1, number_of_seals=int(v2), seal=seal, goods_reference=goods_reference), at

def read_transport_equipment_05(text: str, starts: Starts, at: int) -> tuple[TransportEquipment05, int]:
    found = _L_TRANSPORT_EQUIPMENT_05_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    seal: tuple[Seal02, ...] = ()
    if starts("<Seal>", at): seal, at = many(read_seal_04, "<Seal>", 99, text, starts, at)
    goods_reference: tuple[GoodsReference, ...] = ()
    if starts("<GoodsReference>", at): goods_reference, at = many(read_goods_reference_01, "<GoodsReference>", 9999, text, starts, at)
    found = _L_TRANSPORT_EQUIPMENT_05_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return TransportEquipment05(sequence_number=int(v0), container_identification_number=v1, number_of_seals=int(v2), seal=seal, goods_reference=goods_reference), at

def read_transport_equipment_07(text: str, starts: Starts, at: int) -> tuple[TransportEquipment01, int]:
    found = _L_TRANSPORT_EQUIPMENT_07_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    seal: tuple[Seal02, ...] = ()
    if starts("<Seal>", at): seal, at = many(read_seal_04, "<Seal>", 99, text, starts, at)
    goods_reference: tuple[GoodsReference, ...] = ()
    if starts("<GoodsReference>", at): goods_reference, at = many(read_goods_reference_01, "<GoodsReference>", 9999, text, starts, at)
    found = _L_TRANSPORT_EQUIPMENT_07_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return TransportEquipment01(sequence_number=int(v0), container_identification_number=v1, number_of_seals=None if v2 is None else int(v2), seal=seal, goods_reference=goods_reference), at
