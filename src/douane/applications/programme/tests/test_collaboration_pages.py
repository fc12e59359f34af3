"""Pages of library, requirements and own plans: sound in every language, empty, full, and where nothing is found."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest

from douane.applications.programme.messages.library import (
    Funding,
    InitiativeLine,
    Library,
    ResultKind,
    ResultLine,
    UserLine,
    VolunteerLine,
)
from douane.applications.programme.messages.requiring import AskedLine, ProvingLine, RequirementLine, Requirements
from douane.applications.programme.messages.steps import PlannedStep, RollOut, RollOutLine
from douane.applications.programme.screens import library, planning, requirements
from douane.author import Stage
from douane.author.pages import COMPLETE, Frame, Given, Page, Situation, Words
from douane.author.pages import Library as Known
from douane.pages.drawing import draw
from douane.pages.tests.linting import faults, parsed

DAY = dt.date(2026, 11, 2)
FULL = InitiativeLine(
    initiative="shared", owner="FR", title="Shared <b>", text="One ledger.", kind=ResultKind.PART, licence="EUPL-1.2",
    host="DE", funding=Funding.EQUAL, ending="In a year.",
    volunteers=(VolunteerLine("DE", DAY, DAY), VolunteerLine("DE", DAY)),
    results=(ResultLine("1.0", "https://example.eu/1.tar", "ab" * 32, 4_096, DAY),),
    users=(UserLine("AT", "1.0", DAY),),
)  # fmt: skip
BARE = InitiativeLine(
    initiative="bare", owner="EU", title="Bare", text="Nothing yet.", kind=ResultKind.SPECIFICATION, licence="MIT",
    host="EU", funding=Funding.UNION, ending="At once.",
)  # fmt: skip
MET = RequirementLine(
    requirement="REQ-A-1", text="It holds.", outcome="passed", tasks=("TRA-DEP-01",), operations=("transit.lodge",),
    tests=(ProvingLine("tests/x.py", "passed"),),
    asked=(AskedLine("FR", DAY, "More.", "", "programme coordinator", DAY, 2),),
)  # fmt: skip
ABSENT = RequirementLine(requirement="REQ-A-2", text="New.", outcome="not built", asked=(AskedLine("FR", DAY),))
PLANNED = RollOut(
    (RollOutLine("FR", "transit", (PlannedStep(Stage.SHARED, DAY, "DE", said_done=True),), turn=3),),
    ("transit", "eori"),
)  # fmt: skip


def given(language: str = "en", path: dict[str, str] | None = None, **query: str) -> Given:
    return Given(Words(language), Known(), path or {}, query, country="FR", explained_at="/explore/{kind}/{name}")


def drawn(page: Page, language: str = "en") -> str:
    return draw(page, Frame("Desk", "/", "/programme"), Words(language))


@pytest.mark.parametrize("language", [*COMPLETE, "el"])
def test_every_page_is_sound_and_translated(language: str) -> None:
    nothing = Library((), 0)
    pages = [
        library.listed(nothing, given(language)), library.listed(Library((), 2), given(language, q="zebra")),
        library.listed(Library((BARE, FULL), 2), given(language, q="s", kind="part")),
        library.one(nothing, given(language)), library.one(Library((BARE,), 2), given(language)),
        library.one(Library((FULL,), 2), given(language)),
        requirements.listed(Requirements((), 2), given(language, q="zebra")),
        requirements.listed(Requirements((MET, ABSENT), 2), given(language)),
        requirements.one(Requirements((MET,), 2), given(language, {"requirement": "REQ-A-1"})),
        requirements.one(Requirements((ABSENT,), 2), given(language, {"requirement": "REQ-A-2"})),
        requirements.one(Requirements((), 2), given(language, {"requirement": "<b>"})),
        planning.services(PLANNED, given(language)),
        planning.plan(PLANNED, given(language, {"service": "transit"})),
        planning.plan(PLANNED, given(language, {"service": "eori"})),
        planning.plan(PLANNED, given(language, {"service": "<b>"})),
    ]  # fmt: skip
    for each in pages:
        text = drawn(each, language)
        assert faults(text) == [], each.title
        assert "<b>" not in text.partition("<main")[2]


def test_what_an_administration_may_do_follows_from_its_part() -> None:
    def may(answer: Library) -> set[str]:
        return {name for _, name in library._situation(answer, given()).tasks}

    assert may(Library((), 0)) == set()
    assert may(Library((BARE,), 1)) == {"join", "publish"}
    assert may(Library((FULL,), 1)) == {"join", "use"}
    ours = VolunteerLine("FR", DAY)
    assert "leave" in may(Library((InitiativeLine(**{**_fields(FULL), "volunteers": (ours,)}),), 1))


def _fields(line: InitiativeLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in line.__struct_fields__}


def test_a_requirement_is_accepted_by_who_asked_and_where_it_is_built() -> None:
    def tasks(line: RequirementLine | None, name: str) -> Situation:
        answer = Requirements((line,) if line is not None else (), 2)
        return requirements._situation(answer, given(path={"requirement": name}))

    assert tasks(MET, "REQ-A-1").known["turn"] == 2
    assert tasks(ABSENT, "REQ-A-2").tasks == frozenset()
    assert tasks(None, "REQ-A-3").tasks == frozenset()


def test_a_form_of_a_plan_says_what_is_planned_and_reads_it_back() -> None:
    situation = planning._situation(PLANNED, given(path={"service": "transit"}))
    (group,) = situation.asks
    said = {each.name: each.value for each in group.fields}
    steps: Any = planning.composed(said)["steps"]
    assert steps == [{"stage": "shared", "day": "2026-11-02", "of": "DE", "said_done": True}]
    assert situation.known["turn"] == 3
    assert planning._situation(PLANNED, given(path={"service": "zebra"})).tasks == frozenset()


def test_two_hundred_of_each_are_drawn_within_150_ms() -> None:
    many = Library(tuple(InitiativeLine(**{**_fields(FULL), "initiative": f"i{n}"}) for n in range(200)), 200)
    several = Requirements(tuple(MET for _ in range(200)), 200)
    drawn(library.listed(many, given()))
    begun = time.process_time()
    text = drawn(library.listed(many, given()))
    drawn(requirements.listed(several, given()))
    assert (time.process_time() - begun) / 2 < 0.15
    assert len(parsed(text).xpath("//tbody/tr")) == 200
