"""Figures: from counts to series, from series to an IE411 and back, and where a report differs (IE903).

CL057 (types of statistics) and CL903 (codes of warnings) are not public. What is counted names itself: ``D001`` for
messages CD001C towards a country, and the first letters of a kind of case (``DEPA``). The layout gives a warning code
six characters; C0804 names two of five that demand the original value and forbids it for all others. So a warning here
has a code of six of our own and no value: what was reported stands at its pointer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from douane.applications.statistics.messages import Difference, Series
from douane.standards.ncts.phase5 import (
    CD411D,
    CD903D,
    ConsistencyCheckWarning,
    SeriesElements,
    StatisticalCharacteristics,
    SystemApplicability,
)
from douane.vocabulary.errors import Fault
from douane.vocabulary.limits import Length, LimitKind, Silence, Start, TimeLimit

MONTH: Final = TimeLimit(
    id="STA-MONTH", article="ours: the DDNTA names no day", kind=LimitKind.EFFECT, length=Length(days=1),
    text="The figures of a month are reported; what was under way at its end has been counted.",
    start=Start("the month ends"), place="administration that reports", silence=Silence.NEXT_STEP,
)  # fmt: skip
NCTS: Final = "1"
"""CL169 (G0906)."""
CREATE: Final = "C"
"""CL191."""
DIFFERS, MISSING = "DIFFER", "ABSENT"
MOST: Final = 999
_EXCHANGED = re.compile(r"C(D[0-9]{3})[A-Z]:(?!EU)([A-Z]{2})\Z")
_KIND = re.compile(r"transit\.([A-Z][A-Za-z]{3})[A-Za-z]*\Z")
_LARGEST: Final = 999_999_999


def figures(cases: Mapping[str, int], exchanges: Mapping[str, int]) -> tuple[Series, ...]:
    """Counts (``transit.Departure``; ``CD001C:DE``) as series, in order; what is not of NCTS is left out."""
    found: dict[tuple[str, str], int] = {}
    for name, count in exchanges.items():
        if match := _EXCHANGED.match(name):
            found[match[1], match[2]] = found.get((match[1], match[2]), 0) + count
    for name, count in cases.items():
        if match := _KIND.match(name):
            found[match[1].upper(), ""] = found.get((match[1].upper(), ""), 0) + count
    return tuple(sorted(Series(kind, other, count) for (kind, other), count in found.items()))


def written(series: Sequence[Series]) -> SystemApplicability:
    """Series of at least one figure as an IE411 carries them."""
    return SystemApplicability(
        sequence_number=1, system_code=NCTS,
        statistical_characteristics=tuple(
            StatisticalCharacteristics(
                sequence_number=n, operation=CREATE, statistics_type=kind, statistics_type_support=True,
                series_elements=tuple(
                    SeriesElements(sequence_number=s, other_country=each.other or None,
                                   counter=min(each.count, _LARGEST))
                    for s, each in enumerate(group, 1)
                ),
            )
            for n, (kind, group) in enumerate(groupby(series, key=lambda each: each.kind), 1)
        ),
    )  # fmt: skip


def reported(m: CD411D) -> tuple[Series, ...]:
    """The figures of a report about NCTS; types that its country does not support have none (C0805)."""
    return tuple(sorted({series for series, _ in _placed(m)}))


def _placed(m: CD411D) -> Iterator[tuple[Series, str]]:
    """Each figure with its place (G0110)."""
    for a, system in enumerate(m.sending_country.system_applicability, 1):
        for c, each in enumerate(system.statistical_characteristics if system.system_code == NCTS else (), 1):
            for s, element in enumerate(each.series_elements, 1):
                place = f"/CD411D/SendingCountry/SystemApplicability[{a}]/StatisticalCharacteristics[{c}]"
                series = Series(each.statistics_type, element.other_country or "", element.counter)
                yield series, f"{place}/SeriesElements[{s}]"


def not_supported(m: CD411D) -> frozenset[str]:
    """The types of statistics that a country says it does not keep."""
    return frozenset(
        each.statistics_type for system in m.sending_country.system_applicability
        for each in system.statistical_characteristics if not each.statistics_type_support
    )  # fmt: skip


def faults_of(m: CD411D) -> tuple[Fault, ...]:
    """What is wrong with a report: another country's, a series where C0805 forbids one or none where it demands one,
    the same figure twice."""
    sent, found, seen = m.sending_country, [], set()
    if sent.country != m.message_sender[-2:]:
        found.append(
            Fault("/CD411D/SendingCountry/country", "14", "Report for your own country.", value=sent.country)
        )  # fmt: skip
    for a, system in enumerate(sent.system_applicability, 1):
        for c, each in enumerate(system.statistical_characteristics, 1):
            place = f"/CD411D/SendingCountry/SystemApplicability[{a}]/StatisticalCharacteristics[{c}]/SeriesElements"
            if each.statistics_type_support and not each.series_elements:
                found.append(Fault(place, "13", "Give the figures of a supported type.", rule="C0805"))
            if not each.statistics_type_support and each.series_elements:
                found.append(Fault(place, "15", "Give no figures of a type that is not supported.", rule="C0805"))
    for series, place in _placed(m):
        if (series.kind, series.other) in seen:
            found.append(Fault(place, "14", "Give each figure once.", value=series.kind))
        seen.add((series.kind, series.other))
    return tuple(found)


def warning_faults(m: CD903D, *, own: str) -> tuple[Fault, ...]:
    """What is wrong with a warning: it does not name the month that it is about (C0803), or it is another country's."""
    about, place = m.evaluated_message, "/CD903D/EvaluatedMessage"
    if not (about.country and about.year and about.month):
        return (Fault(place, "13", "Name the country, year and month of the report.", rule="C0803"),)
    if about.country != own:
        return (Fault(f"{place}/country", "14", f"Warn {own} of its own reports only.", value=about.country),)
    return ()


def differences(
    told: Iterable[Series], counted: Iterable[Series], unsupported: frozenset[str] = frozenset()
) -> tuple[Difference, ...]:
    """Where a report differs from what was counted. Types that were never counted here are not judged."""
    by_place = {(each.kind, each.other): each.count for each in told}
    seen = {(each.kind, each.other): each.count for each in counted if each.kind not in unsupported}
    judged = {kind for kind, _ in seen}
    places = {place for place in by_place if place[0] in judged} | seen.keys()
    found = [
        Difference(*place, by_place.get(place), seen.get(place, 0)) for place in places
        if by_place.get(place) != seen.get(place, 0)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.kind, each.other)))


def warnings(m: CD411D, found: Sequence[Difference]) -> tuple[ConsistencyCheckWarning, ...]:
    """Each difference as an IE903 tells it: at the figure that differs, or at the place that one is missing from."""
    places = {(series.kind, series.other): place for series, place in _placed(m)}
    return tuple(
        ConsistencyCheckWarning(
            warning_pointer=places.get((each.kind, each.other)) or _absent(each),
            warning_code=DIFFERS if each.reported is not None else MISSING,
        )
        for each in found[:MOST]
    )


def _absent(difference: Difference) -> str:
    """The place of a figure that a report does not have."""
    kind = "/CD411D/SendingCountry/SystemApplicability[systemCode='1']/StatisticalCharacteristics"
    other = f"[otherCountry='{difference.other}']" if difference.other else ""
    return f"{kind}[statisticsType='{difference.kind}']/SeriesElements{other}"
