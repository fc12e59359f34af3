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
from douane.author import (
    Fault,
    Length,
    LimitKind,
    Look,
    Silence,
    Start,
    TimeLimit,
    Violation,
    broken,
    missing,
    not_allowed,
    rule,
)
from douane.standards.ncts.alike import NUMBERING, correlated, misnumbered
from douane.standards.ncts.phase5 import (
    CD411D,
    CD903D,
    ConsistencyCheckWarning,
    SeriesElements,
    StatisticalCharacteristics,
    SystemApplicability,
)

MONTH: Final = TimeLimit(
    id="STA-MONTH", article="ours: the DDNTA names no day", kind=LimitKind.EFFECT, length=Length(days=1),
    text="The figures of a month are reported; what was under way at its end has been counted.",
    start=Start("the month ends"), place="administration that reports", silence=Silence.NEXT_STEP,
)  # fmt: skip
NCTS: Final = "1"
"""CL169 (G0906)."""
CREATE: Final = "C"
"""CL191."""
WITH_VALUE: Final = frozenset({"P1001", "P2001"})
"""Warnings with the original value (C0804)."""
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


# --- official rules


@rule(
    "C0511", CD411D, CD903D, lists=("CL385", "CL610"),
    text="Name the message that is answered in an answer, and none in a message without a movement.",
)  # fmt: skip
def c0511(m: CD411D | CD903D, _: object, look: Look) -> Iterator[Violation]:
    place, due = f"/{type(m).__name__}/correlationIdentifier", correlated(m.message_type, look.has)
    if due and m.correlation_identifier is None:
        yield missing(place)
    if due is False and m.correlation_identifier is not None:
        yield not_allowed(place, m.correlation_identifier)


@rule(NUMBERING, CD411D, text="Number the repetitions of a group 1, 2, 3 in the order in which they stand.")
def r0987(m: CD411D, *_: object) -> Iterator[Violation]:
    for place, number in misnumbered(m):
        yield broken(place, number)


@rule("C0805", CD411D, text="Give figures of the types that are supported, and of no others.")
def c0805(m: CD411D, *_: object) -> Iterator[Violation]:
    for a, system in enumerate(m.sending_country.system_applicability, 1):
        for c, each in enumerate(system.statistical_characteristics, 1):
            place = f"/CD411D/SendingCountry/SystemApplicability[{a}]/StatisticalCharacteristics[{c}]/SeriesElements"
            if each.statistics_type_support != bool(each.series_elements):
                yield (missing if each.statistics_type_support else not_allowed)(place)


@rule("C0803", CD903D, text="Name the country, year and month of the report that a warning is about.")
def c0803(m: CD903D, *_: object) -> Iterator[Violation]:
    about = m.evaluated_message
    for tag, value in (("country", about.country), ("year", about.year), ("month", about.month)):
        if about.message_type == "CD411D" and not value:
            yield missing(f"/CD903D/EvaluatedMessage/{tag}")


@rule("C0804", CD903D, text="Give the original value of what the warnings P1001 and P2001 are about, and of no others.")
def c0804(m: CD903D, *_: object) -> Iterator[Violation]:
    for n, each in enumerate(m.consistency_check_warning, 1):
        place = f"/CD903D/ConsistencyCheckWarning[{n}]/originalAttributeValue"
        if (each.warning_code.strip() in WITH_VALUE) != bool(each.original_attribute_value):
            yield (missing if each.warning_code.strip() in WITH_VALUE else not_allowed)(place)


# --- rules of our own


def faults_of(m: CD411D) -> tuple[Fault, ...]:
    """What else is wrong with a report: it is another country's, or has the same figure twice."""
    sent, found, seen = m.sending_country, [], set()
    if sent.country != m.message_sender[-2:]:
        found.append(
            Fault("/CD411D/SendingCountry/country", "14", "Report for your own country.", value=sent.country)
        )  # fmt: skip
    for series, place in _placed(m):
        if (series.kind, series.other) in seen:
            found.append(Fault(place, "14", "Give each figure once.", value=series.kind))
        seen.add((series.kind, series.other))
    return tuple(found)


def warning_faults(m: CD903D, *, own: str) -> tuple[Fault, ...]:
    """What else is wrong with a warning: it is about another country's report."""
    country = m.evaluated_message.country or ""
    if country == own:
        return ()
    remedy = f"Warn {own} of its own reports only."
    return (Fault("/CD903D/EvaluatedMessage/country", "14", remedy, value=country),)


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
