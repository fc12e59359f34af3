"""Layouts and readers of transport_charges. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase6.generated.transport_charges import TransportCharges
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_CAPITAL1_TYPE

L_TRANSPORT_CHARGES = Layout("TransportCharges", TransportCharges, (
    Leaf("methodOfPayment", "method_of_payment", True, ALPHA_CAPITAL1_TYPE),
))

