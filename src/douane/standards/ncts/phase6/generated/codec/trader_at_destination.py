"""Layouts and readers of trader_at_destination. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase6.generated.trader_at_destination import TraderAtDestination02
from douane.standards.ncts.phase6.generated.codec.kinds import TINTYPE_RELAXED

L_TRADER_AT_DESTINATION_03 = Layout("TraderAtDestination", TraderAtDestination02, (
    Leaf("identificationNumber", "identification_number", True, TINTYPE_RELAXED),
))

