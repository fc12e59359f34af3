"""What the authority keeps that another administration asked to recover the duty of a movement."""

from __future__ import annotations

from douane.applications.transit.contract.parties import AT_DEPARTURE
from douane.applications.transit.records.states import AtRecovery
from douane.author import Members, administration
from douane.author.run import Case, Value, record


def asked_by(kept: RecoveryAsked) -> Members:
    """The administration of departure."""
    return ((administration(kept.requesting[:2]), AT_DEPARTURE),)


@record(27, case=Case(asked_by, office="authority", state="state", deadline="deadline", states=AtRecovery))
class RecoveryAsked(Value, frozen=True):
    """A recovery that was handed over. States: ``AtRecovery``.

    requesting, authority: offices, of departure and here. deadline: until when the authority says whether it recovers.
    collected_on: the day, as a date is written. request: the message that asked; empty of an earlier release.
    """

    mrn: str
    requesting: str
    authority: str
    grounds: str
    guarantees: tuple[str, ...] = ()
    state: str = AtRecovery.ASKED.value
    deadline: int = 0
    remarks: str = ""
    collected_on: str = ""
    request: str = ""
