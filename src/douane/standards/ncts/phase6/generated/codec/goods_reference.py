"""Layouts and readers of goods_reference. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase6.generated.goods_reference import GoodsReference01
from douane.standards.ncts.phase6.generated.codec.kinds import DECLARATION_GOODS_ITEM_NUMBER_TYPE, NUMERIC_WITHOUT_ZERO_5

L_GOODS_REFERENCE_02 = Layout("GoodsReference", GoodsReference01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("declarationGoodsItemNumber", "declaration_goods_item_number", True, DECLARATION_GOODS_ITEM_NUMBER_TYPE),
))

_L_GOODS_REFERENCE_02_0 = run(L_GOODS_REFERENCE_02, 0, 2)

def read_goods_reference_02(text: str, starts: Starts, at: int) -> tuple[GoodsReference01, int]:
    found = _L_GOODS_REFERENCE_02_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    return GoodsReference01(sequence_number=int(v0), declaration_goods_item_number=int(v1)), at
