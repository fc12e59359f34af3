"""Structs and writers of transhipment. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.transport_means import TransportMeans, write_transport_means

class Transhipment(Group, frozen=True, kw_only=True, gc=False):
    """TranshipmentType01, TranshipmentType02; in 9 messages."""
    container_indicator: bool
    transport_means: TransportMeans

def write_transhipment(v: Transhipment) -> str:
    return f'<containerIndicator>{v.container_indicator:d}</containerIndicator><TransportMeans>{write_transport_means(v.transport_means)}</TransportMeans>'
