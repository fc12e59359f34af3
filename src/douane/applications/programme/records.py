"""What is kept of the programme: how administrations bring services in, and what roles said to projects."""

from __future__ import annotations

import datetime as dt

from douane.applications.programme.contract import ASKER, INITIATOR, PLANNER, VOLUNTEER
from douane.applications.programme.messages.cases import BusinessCaseStated
from douane.applications.programme.messages.library import InitiativeStated
from douane.applications.programme.messages.steps import PlannedStep
from douane.author import COMPETENT, Criterion, Gate, Members, administration
from douane.author.run import Case, Value, record


def planning(kept: Way) -> Members:
    """The administration whose plan it is."""
    return ((administration(kept.administration), PLANNER),)


@record(155, indexes={"by_administration": ("administration", "service")}, case=Case(planning))
class Way(Value, frozen=True):
    """The steps of one service at one administration, as they were planned last; how often that was."""

    administration: str
    service: str
    steps: tuple[PlannedStep, ...]
    turns: int = 1


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


class Result(Value, frozen=True):
    """A version of a result: where its bundle is, its SHA-256 and size; stated on which day."""

    version: str
    address: str
    digest: str
    octets: int
    on: dt.date


def initiating(kept: Initiative) -> Members:
    """The administration that answers for it."""
    return ((administration(kept.stated.owner), INITIATOR),)


@record(158, indexes={"by_initiative": ("initiative",)}, case=Case(initiating))
class Initiative(Value, frozen=True):
    """An initiative on the terms that its owner stated last; results oldest first."""

    initiative: str
    stated: InitiativeStated
    results: tuple[Result, ...] = ()


class Period(Value, frozen=True):
    """From when to when somebody took part; without an end he still does."""

    joined: dt.date
    left: dt.date | None = None


def taking_part(kept: Participation) -> Members:
    """The administration whose part it is."""
    return ((administration(kept.administration), VOLUNTEER),)


@record(161, indexes={"by_initiative": ("initiative", "administration")}, case=Case(taking_part))
class Participation(Value, frozen=True):
    """The part of one administration in one initiative: periods oldest first, the version in use and since when."""

    administration: str
    initiative: str
    periods: tuple[Period, ...] = ()
    uses: str = ""
    since: dt.date | None = None
    turns: int = 0

    @property
    def now(self) -> bool:
        """Whether it takes part now."""
        return bool(self.periods) and self.periods[-1].left is None


def asking(kept: AskedRequirement) -> Members:
    """The administration that asks."""
    return ((administration(kept.administration), ASKER),)


@record(159, indexes={"by_requirement": ("requirement", "administration")}, case=Case(asking))
class AskedRequirement(Value, frozen=True):
    """A requirement as an administration asked for it. accepted_by: the role that accepted it for it."""

    administration: str
    requirement: str
    text: str
    task: str
    on: dt.date
    accepted_by: str = ""
    accepted_on: dt.date | None = None
    turns: int = 1
