"""Layouts and readers of dangerous_goods. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase6.generated.dangerous_goods import DangerousGoods01
from douane.standards.ncts.phase6.generated.codec.kinds import NUMERIC_WITHOUT_ZERO_5, TYPE_CONTENT_TYPE02

L_DANGEROUS_GOODS_01 = Layout("DangerousGoods", DangerousGoods01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("UNNumber", "un_number", True, TYPE_CONTENT_TYPE02),
))

_L_DANGEROUS_GOODS_01_0 = run(L_DANGEROUS_GOODS_01, 0, 2)

def read_dangerous_goods_01(text: str, starts: Starts, at: int) -> tuple[DangerousGoods01, int]:
    found = _L_DANGEROUS_GOODS_01_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    return DangerousGoods01(sequence_number=int(v0), un_number=v1), at
