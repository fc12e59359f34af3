"""Layouts and readers of cd411d. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.cd411d import CD411D, SendingCountry, SeriesElements, StatisticalCharacteristics, SystemApplicability
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHANUMERIC_4, CODE_CONTENT_TYPE06, COUNTRY_CODE_TYPE, DATE_TIME_TYPE, FLAG, MESSAGE_TYPES, MONTH_OF_YEAR, MRNCONTENT_TYPE01, NUMERIC_WITHOUT_ZERO_5, NUMERIC_WITH_ZERO_9, SYSTEM_CODE_CONTENT_TYPE, YEAR_TYPE

L_SERIES_ELEMENTS = Layout("SeriesElements", SeriesElements, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("otherCountry", "other_country", False, COUNTRY_CODE_TYPE),
    Leaf("counter", "counter", True, NUMERIC_WITH_ZERO_9),
))
L_STATISTICAL_CHARACTERISTICS = Layout("StatisticalCharacteristics", StatisticalCharacteristics, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("operation", "operation", True, CODE_CONTENT_TYPE06),
    Leaf("statisticsType", "statistics_type", True, ALPHANUMERIC_4), Leaf("statisticsTypeSupport", "statistics_type_support", True, FLAG),
    Inner("SeriesElements", "series_elements", 0, 999, L_SERIES_ELEMENTS),
))
L_SYSTEM_APPLICABILITY = Layout("SystemApplicability", SystemApplicability, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("systemCode", "system_code", True, SYSTEM_CODE_CONTENT_TYPE),
    Inner("StatisticalCharacteristics", "statistical_characteristics", 1, 999, L_STATISTICAL_CHARACTERISTICS),
))
L_SENDING_COUNTRY = Layout("SendingCountry", SendingCountry, (
    Leaf("country", "country", True, COUNTRY_CODE_TYPE), Leaf("year", "year", True, YEAR_TYPE), Leaf("month", "month", True, MONTH_OF_YEAR),
    Inner("SystemApplicability", "system_applicability", 1, 99, L_SYSTEM_APPLICABILITY),
))
L_CD411D = Layout("CD411D", CD411D, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("SendingCountry", "sending_country", 1, 1, L_SENDING_COUNTRY),
))

_L_SERIES_ELEMENTS_0 = run(L_SERIES_ELEMENTS, 0, 3)
_L_STATISTICAL_CHARACTERISTICS_0 = run(L_STATISTICAL_CHARACTERISTICS, 0, 4)
_L_STATISTICAL_CHARACTERISTICS_1 = run(L_STATISTICAL_CHARACTERISTICS, 5, 5)
_L_SYSTEM_APPLICABILITY_0 = run(L_SYSTEM_APPLICABILITY, 0, 2)
_L_SYSTEM_APPLICABILITY_1 = run(L_SYSTEM_APPLICABILITY, 3, 3)
_L_SENDING_COUNTRY_0 = run(L_SENDING_COUNTRY, 0, 3)
_L_SENDING_COUNTRY_1 = run(L_SENDING_COUNTRY, 4, 4)
_L_CD411D_0 = body(L_CD411D, 0, 6)

def read_series_elements(text: str, starts: Starts, at: int) -> tuple[SeriesElements, int]:
    found = _L_SERIES_ELEMENTS_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return SeriesElements(sequence_number=int(v0), other_country=v1, counter=int(v2)), at

def read_statistical_characteristics(text: str, starts: Starts, at: int) -> tuple[StatisticalCharacteristics, int]:
    found = _L_STATISTICAL_CHARACTERISTICS_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    series_elements: tuple[SeriesElements, ...] = ()
    if starts("<SeriesElements>", at): series_elements, at = many(read_series_elements, "<SeriesElements>", 999, text, starts, at)
    found = _L_STATISTICAL_CHARACTERISTICS_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return StatisticalCharacteristics(sequence_number=int(v0), operation=v1, statistics_type=v2, statistics_type_support=v3 == "1", series_elements=series_elements), at

def read_system_applicability(text: str, starts: Starts, at: int) -> tuple[SystemApplicability, int]:
    found = _L_SYSTEM_APPLICABILITY_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    statistical_characteristics, at = many(read_statistical_characteristics, "<StatisticalCharacteristics>", 999, text, starts, at)
    found = _L_SYSTEM_APPLICABILITY_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return SystemApplicability(sequence_number=int(v0), system_code=v1, statistical_characteristics=statistical_characteristics), at

def read_sending_country(text: str, starts: Starts, at: int) -> tuple[SendingCountry, int]:
    found = _L_SENDING_COUNTRY_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    system_applicability, at = many(read_system_applicability, "<SystemApplicability>", 99, text, starts, at)
    found = _L_SENDING_COUNTRY_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return SendingCountry(country=v0, year=v1, month=v2, system_applicability=system_applicability), at

def read_cd411d(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD411D, int]:
    found = _L_CD411D_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5 = found.groups()
    at = found.end()
    sending_country, at = read_sending_country(text, starts, at)
    return CD411D(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, sending_country=sending_country, phase_id=phase), at
