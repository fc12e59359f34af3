"""What is kept of the programme: the way of a service into an administration, as that administration planned it."""

from __future__ import annotations

from douane.applications.programme.contract import PLANNER
from douane.applications.programme.messages import PlannedStep
from douane.model.parties import Members, administration
from douane.runtime.store.records import Case, Value, record


def planning(kept: Way) -> Members:
    """The administration whose plan it is."""
    return ((administration(kept.administration), PLANNER),)


@record(155, indexes={"by_administration": ("administration", "service")}, case=Case(planning))
class Way(Value, frozen=True):
    """The steps of one service at one administration, as they were planned last."""

    administration: str
    service: str
    steps: tuple[PlannedStep, ...]
