"""Structs and writers of transhipment. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.phase6.generated.transport_means import TransportMeans, write_transport_means

class Transhipment(Group, frozen=True, kw_only=True, gc=False):
    """TranshipmentType02; in CC043C, CC182C."""
    container_indicator: bool
    transport_means: TransportMeans

def write_transhipment(v: Transhipment) -> str:
    return f'<containerIndicator>{v.container_indicator:d}</containerIndicator><TransportMeans>{write_transport_means(v.transport_means)}</TransportMeans>'
