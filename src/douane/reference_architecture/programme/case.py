"""The business case of a service: an own system in each administration, against one at the centre, against shared ones.

Measured are messages, octets and CPU time; prices are a file that somebody answers for. Each figure is a range, since
each price is; the answer says which assumptions made it. Where the ranges overlap, nothing is decided: it is open.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from douane.model.architecture import Prices, Range, Usage
from douane.model.graph import ApplicationModel, EdgeKind, NodeKind
from douane.vocabulary.errors import NotFound, NotValid

YEAR: Final = 365.25
_GIGABYTE: Final = 1e9
_CENTRE: Final = "Commission"


class Verdict(enum.StrEnum):
    """What follows for one service at the centre."""

    POSITIVE = "positive"  # it costs less, whatever the prices are within their ranges
    NEGATIVE = "negative"  # it costs more, whatever they are
    OPEN = "open"  # the ranges overlap
    NONE = "no case"  # nothing was measured


@dataclass(frozen=True, slots=True)
class Case:
    """The three ways and what they cost over the years. Empty where nothing was measured."""

    service: str
    operations: int
    verdict: Verdict
    costs: Mapping[str, Range]
    assumptions: tuple[str, ...]


def read_prices(data: bytes) -> Prices:
    """Prices from TOML. Raises NotValid."""
    try:
        found = msgspec.toml.decode(data, type=Prices)
    except (msgspec.MsgspecError, UnicodeDecodeError) as problem:
        raise NotValid(f"These are no prices: {problem}.", remedy="docs/programme.md shows a file.") from None
    refuse_turned(found)
    return found


def refuse_turned(prices: Prices) -> None:
    """Raises NotValid for a range that begins with the greater amount."""
    for name in Prices.__struct_fields__:
        value = getattr(prices, name)
        if isinstance(value, tuple) and value[0] > value[1]:
            raise NotValid(
                f"{name} begins with the greater amount.", remedy=f"Write {name} = [{value[1]}, {value[0]}]."
            )


def central_services(model: ApplicationModel) -> tuple[str, ...]:
    """The services of the centre: each must have a case that stands."""
    owned = (node for node in model.of(NodeKind.SERVICE) if _CENTRE in dict(node.facts).get("owner", ""))
    return tuple(sorted(node.name for node in owned))


def case_of(
    model: ApplicationModel, service: str, usage: Usage | None, prices: Prices, *, administrations: int, hosts: int
) -> Case:
    """The case of a service for so many administrations; hosts: of them who would share. Raises NotFound, NotValid."""
    id = f"{NodeKind.SERVICE.value}:{service}"
    if id not in model:
        names = ", ".join(sorted(each.name for each in model.of(NodeKind.SERVICE)))
        raise NotFound(f"There is no service {service!r}.", remedy=f"There are {names}.")
    if not 1 <= hosts < administrations:
        raise NotValid(f"{hosts} hosts cannot share among {administrations}.", remedy="Name fewer hosts than users.")
    operations = sum(each.kind is EdgeKind.OFFERS for each in model.out(id))
    if usage is None or not usage.messages:
        return Case(service, operations, Verdict.NONE, {}, ("No message of it was measured.",))
    load = _load(usage, prices, administrations)
    ways = {
        f"own, {administrations} times": _way(prices, operations, load, administrations, 0),
        "central": _way(prices, operations, load, 1, administrations),
        f"shared, {hosts} hosts": _way(prices, operations, load, hosts, administrations - hosts),
    }
    own, central, _ = ways.values()
    verdict = Verdict.OPEN
    if central[1] < own[0]:
        verdict = Verdict.POSITIVE
    elif central[0] > own[1]:
        verdict = Verdict.NEGATIVE
    return Case(service, operations, verdict, ways, _assumptions(usage, prices, operations))


def _load(usage: Usage, prices: Prices, administrations: int) -> Range:
    """CPU and storage over the years: the same work, wherever it is done."""
    share = administrations / max(usage.administrations, 1)
    yearly = usage.messages * share * YEAR / usage.days
    stored = usage.octets * share * YEAR / usage.days / _GIGABYTE
    kept = stored * prices.years * (prices.years + 1) / 2  # what came in a year is kept for the years after it
    least, most = (
        yearly * prices.years * usage.cpu_us[at] / 3.6e9 * prices.cpu_hour[at] + kept * prices.gigabyte_year[at]
        for at in (0, 1)
    )
    return least, most


def _way(prices: Prices, operations: int, load: Range, installations: int, connected: int) -> Range:
    least, most = (
        installations * (operations * (prices.build[at] + prices.years * prices.run[at])
                         + prices.years * prices.installation[at])
        + connected * prices.connect[at] + load[at]
        for at in (0, 1)
    )  # fmt: skip
    return least, most


def _assumptions(usage: Usage, prices: Prices, operations: int) -> tuple[str, ...]:
    each, (least, most) = usage.octets / usage.messages, usage.cpu_us
    who = f"{usage.administrations} administrations; all others send as much."
    return (
        f"{usage.messages} messages of {each:.0f} octets in {usage.days:.1f} days, by {who}",
        f"A message takes {least:.0f} to {most:.0f} microseconds of CPU, wherever it is handled.",
        f"{operations} operations are built once for each installation; data is kept for {prices.years} years.",
        f"Prices by {prices.by}: {prices.grounds}",
    )
