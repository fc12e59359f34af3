"""Telemetry at work: kept beside the figures of use, by the administration that proved itself."""

from __future__ import annotations

from douane.applications.telemetry.contract import Telemetry
from douane.applications.telemetry.messages import (
    Attribute,
    Measurement,
    TelemetryQuestion,
    TelemetryShown,
    TelemetryTaken,
    TelemetryTold,
)
from douane.author import MOST_LISTED, ActorKind, NotAuthorised, NotFound, Strength
from douane.author.run import View, answers
from douane.runtime.observing.foreign import Told
from douane.runtime.observing.observed import Observed


@answers(Telemetry.take)
def take(view: View, told: TelemetryTold) -> TelemetryTaken:
    """Keep what a system measured. Raises NotAuthorised for whoever is none of an administration's own systems."""
    caller, observed = view.caller, _observed(view)
    own = caller.kind is ActorKind.MEMBER_STATE and caller.administration and not (caller.person or caller.via)
    if not own or caller.strength is Strength.SESSION:
        raise NotAuthorised(
            f"{caller.id} is no system of an administration.", remedy="Let the system tell it itself."
        ).because("systems tell of themselves", "the certificate of a system of an administration", "the operator")
    kept = [Told(e.at, caller.id, e.source, e.name, e.text, e.value, e.trace, {one.name: one.value for one in e.facts})
            for e in told.items]  # fmt: skip
    return TelemetryTaken(observed.foreign.take(caller.administration, told.signal.value, kept, view.now))


@answers(Telemetry.show)
def show(view: View, question: TelemetryQuestion) -> TelemetryShown:
    """What the systems of the caller's own administration told. Raises NotAuthorised for a caller of none."""
    administration, observed = view.caller.administration, _observed(view)
    if not administration:
        raise NotAuthorised(f"{view.caller.id} is of no administration.", remedy="Ask as one of its officers.").because(
            "an administration sees what its own systems told", "an administration", "an administration"
        )
    found = observed.told().shown(
        administration, question.signal.value, min(question.limit, MOST_LISTED), question.source
    )
    items = tuple(
        Measurement(e.at, e.source, e.name, e.text, e.value, e.trace, tuple(Attribute(*one) for one in e.facts.items()))
        for e in found
    )
    return TelemetryShown(administration, items, tuple(each.by for each in found))


def _observed(view: View) -> Observed:
    if view.observed is None:
        raise NotFound("Nobody takes here what systems measure.", remedy="Ask a node that runs.")
    return view.observed
