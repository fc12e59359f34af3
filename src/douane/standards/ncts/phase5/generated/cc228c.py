"""Structs of cc228c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure04


class Address06(Group, frozen=True, kw_only=True, gc=False):
    """AddressType06; in CC228C."""

    postcode: str | None = None
    city: str
    country: str


class Guarantor03(Group, frozen=True, kw_only=True, gc=False):
    """GuarantorType03; in CC228C."""

    identification_number: str
    name: str | None = None
    address: Address06 | None = None


class GuaranteeReference10(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType10; in CC228C."""

    sequence_number: int
    grn: str
    currency: str
    guarantee_amount: Decimal
    invalidity_date: datetime.date
    liability_liberation_date: datetime.date
    customs_office_of_guarantee: CustomsOfficeOfGuarantee


class CC228C(Message, frozen=True, kw_only=True, gc=False):
    """IE228: Liability under a comprehensive guarantee ended."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure04
    guarantor: Guarantor03
    guarantee_reference: tuple[GuaranteeReference10, ...]
    phase_id: str | None = None
