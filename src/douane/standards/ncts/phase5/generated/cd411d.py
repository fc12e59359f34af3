"""Structs and writers of cd411d. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.binding.writing import text

class SeriesElements(Group, frozen=True, kw_only=True, gc=False):
    """SeriesElementsType; in CD411D."""
    sequence_number: int
    other_country: str | None = None
    counter: int

def write_series_elements(v: SeriesElements) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.other_country) is not None: out += f'<otherCountry>{text(v1)}</otherCountry>'
    return out + f'<counter>{v.counter}</counter>'

class StatisticalCharacteristics(Group, frozen=True, kw_only=True, gc=False):
    """StatisticalCharacteristicsType; in CD411D."""
    sequence_number: int
    operation: str
    statistics_type: str
    statistics_type_support: bool
    series_elements: tuple[SeriesElements, ...] = ()

def write_statistical_characteristics(v: StatisticalCharacteristics) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><operation>{text(v.operation)}</operation><statisticsType>{text(v.statistics_type)}</statisticsType><statisticsTypeSupport>{v.statistics_type_support:d}</statisticsTypeSupport>'
    for v4 in v.series_elements: out += f'<SeriesElements>{write_series_elements(v4)}</SeriesElements>'
    return out

class SystemApplicability(Group, frozen=True, kw_only=True, gc=False):
    """SystemApplicabilityType; in CD411D."""
    sequence_number: int
    system_code: str
    statistical_characteristics: tuple[StatisticalCharacteristics, ...]

def write_system_applicability(v: SystemApplicability) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><systemCode>{text(v.system_code)}</systemCode>'
    for v2 in v.statistical_characteristics: out += f'<StatisticalCharacteristics>{write_statistical_characteristics(v2)}</StatisticalCharacteristics>'
    return out

class SendingCountry(Group, frozen=True, kw_only=True, gc=False):
    """SendingCountryType; in CD411D."""
    country: str
    year: str
    month: str
    system_applicability: tuple[SystemApplicability, ...]

def write_sending_country(v: SendingCountry) -> str:
    out = f'<country>{text(v.country)}</country><year>{text(v.year)}</year><month>{text(v.month)}</month>'
    for v3 in v.system_applicability: out += f'<SystemApplicability>{write_system_applicability(v3)}</SystemApplicability>'
    return out

class CD411D(Message, frozen=True, kw_only=True, gc=False):
    """IE411: Monthly statistics."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    sending_country: SendingCountry

def write_cd411d(v: CD411D) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    return out + f'<SendingCountry>{write_sending_country(v.sending_country)}</SendingCountry>'
