"""Requirements name who asks and which role accepted for him; what tests say is that of this build, or not known."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from douane.applications.programme.handlers import requiring
from douane.applications.programme.messages.requiring import (
    ProvingLine,
    RequirementAccepted,
    RequirementAsked,
    RequirementKept,
    RequirementLine,
    RequirementListQuery,
    RequirementRefused,
    Requirements,
)
from douane.applications.programme.messages.steps import PassedOn
from douane.author import Caller, DouaneError
from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.proof import Proof
from douane.testing.office import Office, administration, officer, trader

FR, DE, EU = (administration(each) for each in ("FR", "DE", "EU"))
BUILT, NEW = "REQ-PRG-010", "REQ-TRA-900"
TEST = "src/douane/applications/programme/tests/test_requiring.py"


@pytest.fixture
def office() -> Office:
    return Office("EU", "FR", "DE")


def shown(office: Office, **asked: Any) -> dict[str, RequirementLine]:
    answer: Requirements = office.ask(RequirementListQuery(**asked), by=DE, of="EU")
    return {each.requirement: each for each in answer.requirements}


def said(office: Office, message: Any, by: Caller, id: str) -> str:
    """Why it is refused, by an answer or at once; empty where it is kept or passed on."""
    try:
        office.send(message, by=by, id=id)
    except DouaneError as problem:
        return f"{problem.text} {problem.remedy}"
    answer = office.inbox(by)[-1]
    return "" if isinstance(answer, RequirementKept | PassedOn) else " ".join(answer.reasons)


@pytest.fixture
def passed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests of this build passed."""
    monkeypatch.setattr(requiring, "proof_of", lambda model: Proof("c", model.hash, {f"{TEST}::test_a": "passed"}))


@pytest.mark.usefixtures("passed")
def test_a_requirement_names_who_asks_and_who_accepted_it_for_him(office: Office) -> None:
    assert shown(office)[BUILT].asked == ()
    assert said(office, RequirementAsked(administration="FR", requirement=BUILT), FR, "ask") == ""
    coordinator = officer("fr.bernard", "FR")
    assert said(office, RequirementAccepted(administration="FR", requirement=BUILT, by="zebra"), coordinator, "a") == ""
    (asked,) = shown(office)[BUILT].asked
    today = office.now.date()
    assert (asked.administration, asked.on, asked.accepted_by, asked.accepted_on) == (
        "FR", today, "programme coordinator", today
    )  # fmt: skip
    assert said(office, RequirementAsked(administration="FR", requirement=BUILT, text="More."), FR, "anew") == ""
    (anew,) = shown(office)[BUILT].asked
    assert (anew.text, anew.accepted_by, anew.accepted_on) == ("More.", "", None), "what is asked anew is accepted anew"


def test_what_nobody_built_is_asked_for_with_its_task_and_cannot_be_accepted(office: Office) -> None:
    assert "say what must hold" in said(office, RequirementAsked(administration="DE", requirement=NEW), DE, "bare")
    ask = RequirementAsked(administration="DE", requirement=NEW, text="A driver signs once.", task="TRA-TRA-01")
    assert "no task ZEBRA" in said(office, msgspec.structs.replace(ask, task="ZEBRA"), DE, "task")
    assert said(office, ask, DE, "ask") == ""
    line = shown(office)[NEW]
    assert (line.text, line.outcome, line.tasks) == ("A driver signs once.", "not built", ("TRA-TRA-01",))
    accept = RequirementAccepted(administration="DE", requirement=NEW, by="head of transit")
    assert "Nothing here meets" in said(office, accept, DE, "accept")
    assert "did not ask" in said(office, msgspec.structs.replace(accept, requirement=BUILT), DE, "other")
    assert said(office, RequirementAsked(administration="DE", requirement=BUILT), DE, "built") == ""
    nobody = RequirementAccepted(administration="DE", requirement=BUILT)
    assert "name the role" in said(office, nobody, DE, "nobody")
    assert shown(office)[BUILT].asked[0].accepted_by == ""


@pytest.mark.parametrize("outcome", ["", "failed", "skipped"])
def test_what_no_test_of_this_build_shows_is_not_accepted(
    office: Office, monkeypatch: pytest.MonkeyPatch, outcome: str
) -> None:
    told = {f"{TEST}::test_a": outcome} if outcome else {}
    monkeypatch.setattr(requiring, "proof_of", lambda model: Proof("c", model.hash, told) if told else None)
    assert said(office, RequirementAsked(administration="DE", requirement=BUILT), DE, "ask") == ""
    accept = RequirementAccepted(administration="DE", requirement=BUILT, by="head of transit")
    assert f"Tests do not show {BUILT}: {outcome or 'not known for this build'}." in said(office, accept, DE, "accept")
    assert shown(office)[BUILT].asked[0].accepted_by == ""


@pytest.mark.parametrize("by", [DE, EU, officer("de.weber", "DE"), trader("FR40123456700017")])
def test_nobody_asks_or_accepts_in_the_name_of_another(office: Office, by: Caller) -> None:
    said(office, RequirementAsked(administration="FR", requirement=BUILT), FR, "own")
    before = shown(office)
    for message in (
        RequirementAsked(administration="FR", requirement=BUILT, text="Other."),
        RequirementAccepted(administration="FR", requirement=BUILT, by="anybody"),
    ):
        assert said(office, message, by, type(message).__name__) != ""
    assert shown(office) == before


def test_outcomes_are_those_of_this_build_or_not_known(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requiring, "proof_of", lambda _model: None)
    assert {each.outcome for each in shown(office).values()} == {"not known for this build"}
    said_by_tests = {f"{TEST}::test_a[x]": "passed", f"{TEST}::test_b": "passed"}
    monkeypatch.setattr(requiring, "proof_of", lambda model: Proof("c", model.hash, said_by_tests))
    line = shown(office, requirement=BUILT)[BUILT]
    assert (line.outcome, line.tests) == ("passed", (ProvingLine(TEST, "passed"),))
    assert "programme.accept_requirement" in line.operations
    assert "PRG-REQ-02" in line.tasks
    failed = said_by_tests | {f"{TEST}::test_a[y]": "failed"}
    monkeypatch.setattr(requiring, "proof_of", lambda model: Proof("c", model.hash, failed))
    assert shown(office, requirement=BUILT)[BUILT].outcome == "failed"
    assert {each.outcome for each in shown(office).values()} == {"failed", "not known for this build"}


def test_the_model_has_every_requirement_and_a_search_needs_every_word(office: Office) -> None:
    everything = shown(office)
    model = installed_model()
    assert all(f"requirement:{each}" in model for each in everything)
    assert list(everything) == sorted(everything)
    assert set(shown(office, text="role accepted TESTS say")) == {BUILT}
    assert shown(office, text="zebra") == {}


def test_a_refusal_is_an_answer(office: Office) -> None:
    office.send(RequirementAccepted(administration="DE", requirement=BUILT, by="x"), by=DE)
    assert isinstance(office.inbox(DE)[-1], RequirementRefused)
