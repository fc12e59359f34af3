"""Layouts and readers of economic_operator. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase6.generated.economic_operator import EconomicOperator
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_NUMERIC_MAX17_NO_SPACES

L_ECONOMIC_OPERATOR_03 = Layout("EconomicOperator", EconomicOperator, (
    Leaf("identificationNumber", "identification_number", True, ALPHA_NUMERIC_MAX17_NO_SPACES),
))

