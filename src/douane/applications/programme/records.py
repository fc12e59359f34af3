"""What is kept of the programme: how administrations bring services in, and what roles said to projects."""

from __future__ import annotations

import datetime as dt

from douane.applications.programme.contract import PLANNER
from douane.applications.programme.messages.cases import BusinessCaseStated
from douane.applications.programme.messages.steps import PlannedStep
from douane.model.architecture import Criterion, Gate
from douane.model.parties import COMPETENT, Members, administration
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


class GivenScore(Value, frozen=True):
    """A score as it was given. value: None where what is declared or derived counts again. by: the role."""

    criterion: Criterion
    value: int | None
    by: str
    on: dt.date
    reason: str


class MovedGate(Value, frozen=True):
    """A day to which a gate was moved. by: the role."""

    gate: Gate
    day: dt.date
    by: str
    on: dt.date
    reason: str


def keeping(_kept: object) -> Members:
    """The programme is the Commission's to keep."""
    return ((administration("EU"), COMPETENT),)


@record(156, indexes={"by_project": ("project",)}, case=Case(keeping))
class ProjectFile(Value, frozen=True):
    """What roles said to a project, oldest first; of each criterion and gate the last word counts."""

    project: str
    scores: tuple[GivenScore, ...] = ()
    gates: tuple[MovedGate, ...] = ()


@record(157, indexes={"by_service": ("service",)}, case=Case(keeping))
class ServiceCase(Value, frozen=True):
    """The business case of a service as it was stated last. by: the role."""

    service: str
    stated: BusinessCaseStated
    by: str
    on: dt.date
