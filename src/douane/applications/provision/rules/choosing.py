"""What may be chosen: pure judgements over what is known of services, offers, and earlier choices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from douane.applications.provision.messages import ProvisionLine
from douane.author import ALL

UNION: Final = "EU"
COMMON: Final[Mapping[str, str]] = {
    "customs_decisions": "IA art. 10",
    "bti": "IA art. 21",
    "aeo": "IA art. 30",
    "eori": "IA art. 7",
    "rex": "IA art. 68 and 82",
}
"""Services whose system the law makes one for the Union, with the article; others say it by where their data lies."""


@dataclass(frozen=True, slots=True)
class Known:
    """A service of this release. union: whether its data is kept once for the Union; legal: its articles."""

    name: str
    operations: Collection[str]
    union: bool
    legal: Sequence[str]

    @property
    def common(self) -> str:
        """The article that makes its system common; empty where administrations choose."""
        return COMMON.get(self.name) or (", ".join(self.legal) if self.union else "")


@dataclass(frozen=True, slots=True)
class Offered:
    """What a system offers."""

    services: Collection[str]
    guests: Collection[str]

    def has(self, of: str) -> bool:
        """Whether it offers a service, or an operation of one."""
        return of in self.services or of.partition(".")[0] in self.services or ALL in self.services


def faults(
    line: ProvisionLine, *, now: int, kept: Sequence[ProvisionLine], services: Iterable[Known],
    offers: Mapping[str, Offered],
) -> tuple[str, ...]:  # fmt: skip
    """Why a choice is refused, each reason a sentence."""
    found = [*_of_what(line.of, services), *_of_whom(line, offers)]
    if line.since <= now:
        found.append("Choose an instant that is yet to come: what was served was served.")
    if any(each.since == line.since and _overlap(each.of, line.of) for each in kept):
        found.append(f"Something else is chosen for that instant already: {_moment(line.since)}. Take it back first.")
    return tuple(found)


def _of_what(of: str, services: Iterable[Known]) -> Iterable[str]:
    if of == ALL:
        yield "Name a service, or an operation of one: each is chosen by itself."
        return
    service = next((each for each in services if each.name == of.partition(".")[0]), None)
    if service is None or ("." in of and of not in service.operations):
        yield f"There is no {of}: name a service of the registry, or an operation of one."
    elif service.name == "provision":
        yield "How choices are kept is not chosen."
    elif service.common:
        yield f"{service.name} is one for the Union by law: {service.common}."


def _of_whom(line: ProvisionLine, offers: Mapping[str, Offered]) -> Iterable[str]:
    if line.provider == UNION:
        return
    offer = offers.get(line.provider)
    if offer is None or not offer.has(line.of):
        yield f"The system of {line.provider} does not offer {line.of}: it says so by douane provision offer."
    elif line.provider != line.administration and line.administration not in offer.guests:
        yield f"The system of {line.provider} does not offer {line.of} to {line.administration}."


def _overlap(one: str, other: str) -> bool:
    """Whether two choices are about some operation both."""
    if ALL in (one, other) or one == other:
        return True
    return one.partition(".")[0] == other.partition(".")[0] and "." not in (one if len(one) < len(other) else other)


def latest(kept: Sequence[ProvisionLine], of: str) -> ProvisionLine | None:
    """The latest choice of exactly this service or operation."""
    return max((each for each in kept if each.of == of), key=lambda each: each.since, default=None)


def before(kept: Sequence[ProvisionLine], line: ProvisionLine) -> str:
    """Who provided it before a choice; empty for nobody."""
    held = [each for each in kept if each.since < line.since and _covers(each.of, line.of)]
    return max(held, key=lambda each: each.since).provider if held else ""


def _covers(wider: str, of: str) -> bool:
    return wider in (ALL, of, of.partition(".")[0])


def _moment(at: int) -> str:
    return dt.datetime.fromtimestamp(at / 1e6, dt.UTC).isoformat()
