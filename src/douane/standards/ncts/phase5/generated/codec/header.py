"""Layouts and readers of header. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase5.generated.header import Header03
from douane.standards.ncts.phase5.generated.codec.kinds import MRNTYPE

L_HEADER_03 = Layout("Header", Header03, (
    Leaf("MRN", "mrn", True, MRNTYPE),
))

