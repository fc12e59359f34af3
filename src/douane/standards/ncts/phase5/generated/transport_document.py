"""Structs of transport_document. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class TransportDocument01(Group, frozen=True, kw_only=True, gc=False):
    """TransportDocumentType01, TransportDocumentType03; in CC017C, CC044C, CD018C."""

    sequence_number: int
    type: str | None = None
    reference_number: str | None = None


class TransportDocument02(Group, frozen=True, kw_only=True, gc=False):
    """TransportDocumentType02, TransportDocumentType04; in 13 messages."""

    sequence_number: int
    type: str
    reference_number: str
