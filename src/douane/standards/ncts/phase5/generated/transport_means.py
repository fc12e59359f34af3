"""Structs of transport_means. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class TransportMeans(Group, frozen=True, kw_only=True, gc=False):
    """TransportMeansType01, TransportMeansType02; in 9 messages."""

    type_of_identification: str
    identification_number: str
    nationality: str
