"""Structs of departure_transport_means. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class DepartureTransportMeans01(Group, frozen=True, kw_only=True, gc=False):
    """DepartureTransportMeansType01, DepartureTransportMeansType03, DepartureTransportMeansType04, DepartureTransportMeansType06; in 13 messages."""

    sequence_number: int
    type_of_identification: str | None = None
    identification_number: str | None = None
    nationality: str | None = None


class DepartureTransportMeans02(Group, frozen=True, kw_only=True, gc=False):
    """DepartureTransportMeansType02, DepartureTransportMeansType05; in 13 messages."""

    sequence_number: int
    type_of_identification: str
    identification_number: str
    nationality: str
