"""Conditions on an invalidation (CC014C): asked for by the trader, decided by customs."""

from __future__ import annotations

from douane.applications.transit.rules.places import Found, root
from douane.author import missing, not_allowed, rule
from douane.standards.ncts.phase5 import CC014C


def _to_customs(m: CC014C) -> bool:
    """Whether the message goes to a national administration, so it is a request and no decision."""
    return m.message_recipient.startswith("NTA")


@rule("C0128", CC014C, text="Leave the decision to customs: it stands only in what customs sends, and there always.")
def c0128(m: CC014C, *_: object) -> Found:
    decision = m.invalidation.decision
    if _to_customs(m):
        if decision is not None:
            yield not_allowed(f"{root(m)}/Invalidation/decision", int(decision))
    elif decision is None:
        yield missing(f"{root(m)}/Invalidation/decision")


@rule("C0129", CC014C, text="State when the invalidation was asked for, unless customs started it.")
def c0129(m: CC014C, *_: object) -> Found:
    requested = m.invalidation.request_date_and_time
    if m.invalidation.initiated_by_customs:
        if requested is not None:
            yield not_allowed(f"{root(m)}/Invalidation/requestDateAndTime", requested)
    elif requested is None:
        yield missing(f"{root(m)}/Invalidation/requestDateAndTime")


@rule("C0137", CC014C, text="Give customs the reason for the invalidation.")
def c0137(m: CC014C, *_: object) -> Found:
    if m.invalidation.justification is None and _to_customs(m):
        yield missing(f"{root(m)}/Invalidation/justification")


@rule("C0870", CC014C, text="Date the decision in what customs sends, and only there.")
def c0870(m: CC014C, *_: object) -> Found:
    decided = m.invalidation.decision_date_and_time
    if _to_customs(m):
        if decided is not None:
            yield not_allowed(f"{root(m)}/Invalidation/decisionDateAndTime", decided)
    elif decided is None:
        yield missing(f"{root(m)}/Invalidation/decisionDateAndTime")
