"""Structs of cd411d. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message


class SeriesElements(Group, frozen=True, kw_only=True, gc=False):
    """SeriesElementsType; in CD411D."""

    sequence_number: int
    other_country: str | None = None
    counter: int


class StatisticalCharacteristics(Group, frozen=True, kw_only=True, gc=False):
    """StatisticalCharacteristicsType; in CD411D."""

    sequence_number: int
    operation: str
    statistics_type: str
    statistics_type_support: bool
    series_elements: tuple[SeriesElements, ...] = ()


class SystemApplicability(Group, frozen=True, kw_only=True, gc=False):
    """SystemApplicabilityType; in CD411D."""

    sequence_number: int
    system_code: str
    statistical_characteristics: tuple[StatisticalCharacteristics, ...]


class SendingCountry(Group, frozen=True, kw_only=True, gc=False):
    """SendingCountryType; in CD411D."""

    country: str
    year: str
    month: str
    system_applicability: tuple[SystemApplicability, ...]


class CD411D(Message, frozen=True, kw_only=True, gc=False):
    """IE411: Monthly statistics."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    sending_country: SendingCountry
    phase_id: str | None = None
