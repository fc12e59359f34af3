"""Structs of transit_operation. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group


class TransitOperation03(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType03, TransitOperationType05, TransitOperationType25; in CC009C, CC014C, CC191C."""

    lrn: str | None = None
    mrn: str | None = None


class TransitOperation17(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType17, TransitOperationType36; in CC048C, CD063C."""

    mrn: str
    recovery_communication_date: datetime.date | None = None


class TransitOperation34(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType34, TransitOperationType40; in CD050C, CD160C."""

    mrn: str
    declaration_type: str
    declaration_acceptance_date: datetime.date
    release_date: datetime.date
    security: str
    reduced_dataset_indicator: bool
    specific_circumstance_indicator: str | None = None
    binding_itinerary: bool


class TransitOperation37(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType37, TransitOperationType38; in CD094C, CD095C."""

    mrn: str
    status: str


class TransitOperation39(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType39, TransitOperationType41; in CD115C, CD165C."""

    mrn: str
    declaration_type: str | None = None
    declaration_acceptance_date: datetime.date | None = None
    release_date: datetime.date | None = None
    security: str | None = None
    reduced_dataset_indicator: bool | None = None
    specific_circumstance_indicator: str | None = None
    binding_itinerary: bool | None = None
    request_rejection_reason_code: str | None = None


class TransitOperation43(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType43, TransitOperationType44; in 17 messages."""

    mrn: str


class TransitOperation45(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType45; in CD006C, CD209C."""

    mrn: str
    arrival_date_and_time_actual: datetime.datetime


class TransitOperation46(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType46; in CD118C, CD168C."""

    mrn: str
    passage_date: datetime.date


class TransitOperation47(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType47; in CC182C, CD180C, CD181C."""

    mrn: str
    incident_notification_date_and_time: datetime.datetime


class TransitOperation48(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType48; in CC023C, CC035C, CC055C, CD200C, CD203C."""

    mrn: str
    declaration_acceptance_date: datetime.date
