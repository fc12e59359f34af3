"""Structs of active_border_transport_means. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class ActiveBorderTransportMeans01(Group, frozen=True, kw_only=True, gc=False):
    """ActiveBorderTransportMeansType01, ActiveBorderTransportMeansType03; in CC017C, CC029C, CC170C."""

    sequence_number: int
    customs_office_at_border_reference_number: str
    type_of_identification: str
    identification_number: str
    nationality: str
    conveyance_reference_number: str | None = None


class ActiveBorderTransportMeans02(Group, frozen=True, kw_only=True, gc=False):
    """ActiveBorderTransportMeansType02, ActiveBorderTransportMeansType04; in 9 messages."""

    sequence_number: int
    customs_office_at_border_reference_number: str | None = None
    type_of_identification: str | None = None
    identification_number: str | None = None
    nationality: str | None = None
    conveyance_reference_number: str | None = None
