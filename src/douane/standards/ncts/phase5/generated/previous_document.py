"""Structs of previous_document. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group


class PreviousDocument03(Group, frozen=True, kw_only=True, gc=False):
    """PreviousDocumentType03, PreviousDocumentType08; in CC013C, CC015C, CC029C."""

    sequence_number: int
    type: str
    reference_number: str
    goods_item_number: int | None = None
    type_of_packages: str | None = None
    number_of_packages: int | None = None
    measurement_unit_and_qualifier: str | None = None
    quantity: Decimal | None = None
    complement_of_information: str | None = None


class PreviousDocument04(Group, frozen=True, kw_only=True, gc=False):
    """PreviousDocumentType04, PreviousDocumentType11; in 9 messages."""

    sequence_number: int
    type: str
    reference_number: str
    goods_item_number: int | None = None
    complement_of_information: str | None = None


class PreviousDocument06(Group, frozen=True, kw_only=True, gc=False):
    """PreviousDocumentType06, PreviousDocumentType07, PreviousDocumentType09, PreviousDocumentType10; in 13 messages."""

    sequence_number: int
    type: str
    reference_number: str
    complement_of_information: str | None = None
