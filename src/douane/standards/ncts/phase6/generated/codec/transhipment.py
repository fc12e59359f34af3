"""Layouts and readers of transhipment. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.phase6.generated.transhipment import Transhipment
from douane.standards.ncts.phase6.generated.codec.transport_means import L_TRANSPORT_MEANS_02
from douane.standards.ncts.phase6.generated.codec.kinds import FLAG

L_TRANSHIPMENT_02 = Layout("Transhipment", Transhipment, (
    Leaf("containerIndicator", "container_indicator", True, FLAG), Inner("TransportMeans", "transport_means", 1, 1, L_TRANSPORT_MEANS_02),
))

