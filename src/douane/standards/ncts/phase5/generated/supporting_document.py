"""Structs of supporting_document. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class SupportingDocument03(Group, frozen=True, kw_only=True, gc=False):
    """SupportingDocumentType03, SupportingDocumentType04; in CC044C, CD018C."""

    sequence_number: int
    type: str | None = None
    reference_number: str | None = None
    complement_of_information: str | None = None


class SupportingDocument05(Group, frozen=True, kw_only=True, gc=False):
    """SupportingDocumentType05, SupportingDocumentType06; in 11 messages."""

    sequence_number: int
    type: str
    reference_number: str
    document_line_item_number: int | None = None
    complement_of_information: str | None = None
