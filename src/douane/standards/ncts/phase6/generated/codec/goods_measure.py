"""Layouts and readers of goods_measure. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase6.generated.goods_measure import GoodsMeasure02, GoodsMeasure03, GoodsMeasure04
from douane.standards.ncts.phase6.generated.codec.kinds import DECIMAL_WITHOUT_ZERO_16_6, DECIMAL_WITH_ZERO_16_6

L_GOODS_MEASURE_02 = Layout("GoodsMeasure", GoodsMeasure02, (
    Leaf("grossMass", "gross_mass", True, DECIMAL_WITH_ZERO_16_6), Leaf("netMass", "net_mass", False, DECIMAL_WITHOUT_ZERO_16_6),
    Leaf("supplementaryUnits", "supplementary_units", False, DECIMAL_WITHOUT_ZERO_16_6),
))
L_GOODS_MEASURE_04 = Layout("GoodsMeasure", GoodsMeasure04, (
    Leaf("grossMass", "gross_mass", False, DECIMAL_WITH_ZERO_16_6), Leaf("netMass", "net_mass", False, DECIMAL_WITHOUT_ZERO_16_6),
))
L_GOODS_MEASURE_03 = Layout("GoodsMeasure", GoodsMeasure03, (
    Leaf("grossMass", "gross_mass", True, DECIMAL_WITH_ZERO_16_6), Leaf("netMass", "net_mass", False, DECIMAL_WITHOUT_ZERO_16_6),
))

