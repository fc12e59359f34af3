"""The roll-out form: an administration enters the dated steps by which a service reaches it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from douane.applications.programme.messages.steps import PlannedStep, RollOut, RollOutRefused
from douane.applications.programme.screens.naming import HOME, PLAN, PLANS
from douane.applications.programme.screens.road import TITLE
from douane.author import Fault, Stage
from douane.author.pages import (
    Act,
    Bullets,
    Card,
    Column,
    Empty,
    Field,
    Given,
    Group,
    Link,
    Option,
    Page,
    Row,
    Screen,
    Situation,
    Table,
    Words,
    faulty,
    forms,
    outcome,
)

_OPEN: Final = ("roll_out", "open")
STEPS_PAGE: Final = f"{HOME}/steps"


def services(answer: RollOut, given: Given) -> Page:
    """The services that the own administration may plan."""
    words = given.words
    title = words.plain("Plan own steps")
    planned = {each.service for each in answer.lines if each.administration == given.country}
    items = tuple(
        (Link(each, PLAN.format(service=each)), words.plain(" (planned)") if each in planned else "")
        for each in answer.services
    )
    crumbs = (Link(words.model(TITLE), HOME), Link(words.model("Roll-out"), STEPS_PAGE))
    return Page(title, (Card("services", words.plain("Services"), (Bullets(items),)),), crumbs=crumbs)


def plan(answer: RollOut, given: Given) -> Page:
    """The plan of one service, and the form by which it is changed."""
    words, service = given.words, given.path["service"]
    crumbs = (Link(words.model(TITLE), HOME), Link(words.plain("Plan own steps"), PLANS))
    if service not in answer.services:
        shown = Empty(words.say("There is no service of this name."), Link(words.plain("All of them"), PLANS))
        return Page(words.plain("Plan own steps"), (shown,), crumbs=crumbs)
    lead = words.say(
        "A step is planned on the day that stands there; an empty one is not planned. The whole plan takes the place "
        "of the one before."
    )
    steps = _own(answer, given)
    blocks = (*outcome(given), *forms(given), Card("steps", words.plain("Each step"), (_table(steps, words),)))
    return Page(service, blocks, kicker=words.plain("Plan own steps"), state=lead, crumbs=crumbs, faulty=faulty(given))


def _table(steps: Mapping[Stage, PlannedStep], words: Words) -> Table | Empty:
    if not steps:
        return Empty(words.say("No step is planned."))
    columns = (
        Column(words.plain("Step")),
        Column(words.plain("Planned")),
        Column(words.plain("Whose system is shared")),
    )
    rows = tuple(Row((words.model(e.stage.value), words.day(e.day), e.of)) for e in steps.values())
    return Table(words.plain("Each step"), columns, rows, dense=True)


def _own(answer: RollOut, given: Given) -> dict[Stage, PlannedStep]:
    service = given.path["service"]
    line = next((e for e in answer.lines if (e.administration, e.service) == (given.country, service)), None)
    return {each.stage: each for each in line.steps} if line is not None else {}


def _situation(answer: RollOut, given: Given) -> Situation:
    """What is planned stands in the fields."""
    service = given.path["service"]
    if service not in answer.services:
        return Situation()
    words, steps = given.words, _own(answer, given)
    fields: list[Field] = []
    for number, stage in enumerate(Stage):
        step, label = steps.get(stage), words.model(stage.value)
        day = step.day.isoformat() if step is not None else ""
        fields.append(Field(f"day-{number}", label, day, short=True, type="date"))
        if stage is Stage.SHARED:
            fields.append(Field("of", words.plain("Whose system is shared"), step.of if step is not None else "",
                                words.plain("Two letters."), short=True))  # fmt: skip
        if step is not None:
            done = (Option("", words.plain("not done")), Option("yes", words.plain("done")))
            label = words.say("%(step)s is said to be", step=label)
            fields.append(Field(f"done-{number}", label, "yes" if step.said_done else "", options=done, short=True))
    group = Group(words.plain("Steps"), tuple(fields), name="steps")
    own = (e.turn for e in answer.lines if (e.administration, e.service) == (given.country, service))
    known: dict[str, str | int] = {"administration": given.country, "service": service, "turn": next(own, 0)}
    return Situation(frozenset({_OPEN}), known, asks=(group,))


def composed(given: Mapping[str, str]) -> Mapping[str, object]:
    """The steps that a form says: those with a day."""
    steps = []
    for number, stage in enumerate(Stage):
        day = given.get(f"day-{number}", "")
        if day:
            of = given.get("of", "") if stage is Stage.SHARED else ""
            done = given.get(f"done-{number}", "") == "yes"
            steps.append({"stage": stage.value, "day": day, "of": of, "said_done": done})
    return {"steps": steps}


def refused(type: str, body: bytes) -> tuple[Fault, ...]:
    """Why it was not kept."""
    if type != RollOutRefused.__name__:
        return ()
    return tuple(Fault("", "14", each) for each in msgspec.json.decode(body, type=RollOutRefused).reasons)


SCREENS: Final = (
    Screen("programme.roll_out", PLANS, services, "", lambda _given: {}),
    Screen("programme.roll_out", PLAN, plan, "", lambda _given: {}, _situation),
)
"""The services, and the plan of each."""
_FIXED: Final = {"administration": "administration", "service": "service", "turn": "turn"}
ACTS: Final = (
    Act(
        "programme.plan",
        "Plan these steps",
        (),
        _FIXED,
        refused,
        path=PLAN,
        composes=composed,
        tasks=frozenset({_OPEN}),
    ),
)
"""The form of a plan."""
