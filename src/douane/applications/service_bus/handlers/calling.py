"""Who calls services of the centre, as the node counts it at its doors: the same figures that the explorer shows.

Counts are of a process, and a decision rests on what is kept: what is counted is noted with each governed version, by a
message, as calls on the bus are with each offering.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from douane.applications.service_bus.handlers.platform import declared
from douane.applications.service_bus.messages.governance import CallerSeen, CallersSeen
from douane.applications.service_bus.messages.registry import RegisteredConsumer
from douane.applications.service_bus.records import Governed
from douane.author import Actor, Circle, Service
from douane.author.needs import supplied
from douane.author.run import View
from douane.model.needs import CALLERS
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.observing.uses import Caller

MOST = 1_000
"""Governed versions that are looked at: more than a union has services."""
_INSIDE = frozenset({Circle.TRUSTED, Circle.INTERNAL})
Days = Mapping[str, dt.date]
"""By administration: the last statutory day on which it called."""
Call = tuple[Caller, dt.date]
"""An operation, the kind of who called it and his administration, with the last day."""


@supplied(CALLERS)
def callers_to_note(view: View) -> Iterator[tuple[str, CallersSeen]]:
    """Of governed versions of the centre's: who called since that was noted last."""
    found, _ = view.find(Governed, "by_service", limit=MOST)
    for _, kept in found:
        if kept.owner != UNION or kept.service not in declared() or kept.version != 1:
            continue
        noted = {each.administration: each.day for each in kept.callers}
        fresh = tuple(CallerSeen(who, day) for who, day in sorted(callers_of(view, kept.service).items())
                      if who != kept.owner and day > noted.get(who, dt.date.min))  # fmt: skip
        if fresh:
            days = " ".join(f"{each.administration} {each.day}" for each in fresh)
            note = CallersSeen(owner=kept.owner, service=kept.service, version=kept.version, callers=fresh)
            yield f"{kept.service}/v{kept.version} {days}", note


def callers_of(view: View, service: str) -> Days:
    """The administrations whose systems and officers called a service of the centre; none where nobody counts."""
    found: dict[str, dt.date] = {}
    for (_, _, whose), day in _calls(view, service):
        if whose:
            found[whose] = max(day, found.get(whose, day))
    return found


def consumers_of(view: View, service: Service) -> Iterator[RegisteredConsumer]:
    """The consumers of a service of the centre: the roles that its contract declares, and inside the trusted circle
    when each was seen, with the administrations that were."""
    calls = list(_calls(view, service.name)) if view.caller.circle in _INSIDE else []
    actors = {each.name or f"any {each.kind.value}": each for o in service.operations for each in o.by}
    for name, actor in sorted(actors.items()):
        yield RegisteredConsumer(name=name, state="declared", seen=_seen(calls, service, actor))
    if calls:
        for who, day in sorted(callers_of(view, service.name).items()):
            yield RegisteredConsumer(name=who, state="seen", seen=day)


def _seen(calls: Sequence[Call], service: Service, actor: Actor) -> dt.date | None:
    """When a role was seen last. An operation that two roles of one kind may call tells of neither which it was."""
    alone = {
        o.qualified for o in service.operations
        if actor in o.by and sum(each.kind is actor.kind for each in o.by) == 1
    }  # fmt: skip
    days = (day for (operation, kind, _), day in calls if operation in alone and kind == actor.kind.value)
    return max(days, default=None)


def _calls(view: View, service: str) -> Iterator[Call]:
    """Who called operations of a service, and on which statutory day last: by those law counts whether it is used."""
    uses = view.observed.every_use() if view.observed is not None else None
    for caller, figure in uses.calls.items() if uses is not None else ():
        if figure.count and figure.last and caller[0].partition(".")[0] == service:
            yield caller, view.date(view.lawful(figure.last))
