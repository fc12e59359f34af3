"""Letters: an officer hears a party before an adverse decision; it answers, once; nobody else writes or answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from douane.applications.case_files.contract import TEMPLATES
from douane.applications.case_files.messages import (
    AnswerLetter,
    CaseFile,
    CaseQuery,
    Direction,
    Letter,
    LetterAnswered,
    LetterRefused,
    LetterWritten,
    MessagesQuery,
    Notice,
    WriteLetter,
)
from douane.applications.case_files.screens.case import ANSWER, WRITE, case, situation
from douane.applications.transit.tests.base_declarations import TRADER
from douane.configuration.portal import known_of_release
from douane.model.caller import Caller
from douane.pages.drawing import draw
from douane.pages.languages import COMPLETE, Words
from douane.pages.screens import Given
from douane.pages.tests.linting import faults
from douane.pages.tests.specimen import FRAME
from douane.runtime.store import queries
from douane.runtime.store.ports import DAY
from douane.runtime.store.records import Index
from douane.vocabulary.clocks import statutory
from douane.vocabulary.errors import Overloaded
from tests.callers import officer, trader
from tests.journeys.movements import Movement, risky
from tests.journeys.office import BEHAVIOUR, CATALOGUE

OUT = Direction.OUT
ROLE = "customs officer of departure"
HOLDING = "holder of the transit procedure"
STRANGER = "DE1234567890123"
GROUNDS = "The goods do not agree with the declaration."


def written(made: Movement, by: str = "fr.officer", **changes: Any) -> Any:
    """A letter by an officer, and what he is told."""
    said: dict[str, Any] = {
        "case": f"mrn/{made.mrn}", "role": ROLE, "template": "hearing", "to": TRADER, "grounds": GROUNDS,
        "documents": "Report of the control.", "country": "FR",
    }  # fmt: skip
    made.decided(WriteLetter(**(said | changes)), by)
    return made.office.sent(by)[-1]


@pytest.mark.parametrize("built", [True, False])
def test_a_letter_is_listed_also_while_those_of_a_former_release_are_indexed(
    monkeypatch: pytest.MonkeyPatch, *, built: bool
) -> None:
    made = Movement(risky())
    written(made)

    def refuse(_store: object, _partitions: object, index: Index) -> None:
        if index.name == "by_addressee":
            raise Overloaded("Index by_addressee is being built.")

    if not built:
        monkeypatch.setattr(queries, "refuse_unbuilt", refuse)
    view = made.office.view("FR", trader(TRADER), [HOLDING])
    found = BEHAVIOUR.queries["case_files.my_messages"].answer(view, MessagesQuery("FR", type="Letter", direction=OUT))
    assert [each.message.type for each in found.messages] == ["Letter"]


def answered(made: Movement, by: str = TRADER, **changes: Any) -> Any:
    said: dict[str, Any] = {"case": f"mrn/{made.mrn}", "letter": 1, "text": "They do agree: item 2.", "country": "FR"}
    made.office.give(AnswerLetter(**(said | changes)), by)
    return made.office.sent(by)[-1]


def shown(made: Movement, who: Caller, role: str = HOLDING) -> CaseFile:
    answer = BEHAVIOUR.queries["case_files.show"].answer
    found: CaseFile = answer(made.office.view("FR", who, [role]), CaseQuery(made.mrn, "FR"))
    return found


@pytest.fixture
def made() -> Movement:
    """A movement under control."""
    return Movement(risky())


def test_a_party_is_heard_before_an_adverse_decision_and_answers_once(made: Movement) -> None:
    told = written(made)
    assert isinstance(told, LetterWritten)
    letter = next(each for each in made.office.sent(TRADER) if isinstance(each, Letter))
    assert GROUNDS in letter.text
    assert "UCC art. 22(6)" in letter.article
    assert told.answer_by is not None
    days = told.answer_by - statutory(made.office.clock.now())
    assert dt.timedelta(30) <= days <= dt.timedelta(36), "30 days, moved to the next working day"
    assert any(each.limit == "CAS-HEARING" for each in shown(made, trader(TRADER)).limits)
    assert isinstance(answered(made), LetterAnswered)
    (kept,) = shown(made, officer("fr.officer", "FR"), ROLE).letters
    assert (kept.answer, kept.answered_by, kept.late, kept.by) == (
        "They do agree: item 2.",
        TRADER,
        False,
        "fr.officer",
    )
    again = answered(made, text="Once more.")
    assert isinstance(again, LetterRefused)
    assert (again.code, shown(made, trader(TRADER)).letters[0].answer) == ("92", "They do agree: item 2.")
    assert shown(made, trader(TRADER)).letters[0].by == "", "who wrote it is the office's"


def test_an_answer_that_comes_late_is_kept_and_marked(made: Movement) -> None:
    written(made, template="documents", days=1)
    made.office.wait(9 * DAY)
    told = answered(made)
    assert isinstance(told, LetterAnswered)
    assert told.late


def test_a_notice_asks_for_no_answer(made: Movement) -> None:
    told = written(made, template="information")
    assert (told.letter, told.answer_by) == (1, None)
    assert isinstance(made.office.sent(TRADER)[-1], Notice)
    assert isinstance(answered(made), LetterRefused)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"template": "verdict"}, "90"), ({"to": STRANGER}, "90"), ({"role": "customs officer of import"}, "14"),
     ({"days": 3}, "14"), ({"case": "mrn/26FR000000000001R9"}, "")],
    ids=["template", "no party", "role", "time of the law", "no case"],
)  # fmt: skip
def test_a_letter_goes_by_a_template_to_a_party_of_the_case(made: Movement, changes: dict[str, Any], code: str) -> None:
    before = len(made.office.sent(STRANGER))
    told = written(made, **changes)
    assert isinstance(told, LetterRefused)
    assert told.code == (code or "90")
    assert shown(made, trader(TRADER)).letters == ()
    assert len(made.office.sent(STRANGER)) == before


def test_nobody_else_answers_and_no_other_administration_writes(made: Movement) -> None:
    written(made)
    for number, who in enumerate((STRANGER, "FR99999999900099")):
        told = answered(made, who, text=f"By {number}.")
        assert isinstance(told, LetterRefused)
    assert shown(made, trader(TRADER)).letters[0].answer == ""
    assert isinstance(written(made, "de.officer"), LetterRefused)
    assert len(shown(made, trader(TRADER)).letters) == 1


@pytest.mark.parametrize("language", COMPLETE)
def test_both_see_the_letter_on_the_page_of_the_case_in_their_language(made: Movement, language: str) -> None:
    written(made)
    words, library = Words(language), known_of_release(CATALOGUE)
    assert all(words.knows(each.text) and words.knows(each.title) for each in TEMPLATES) or language == "en"
    for who, role, open_here in ((trader(TRADER), HOLDING, ANSWER), (officer("fr.officer", "FR"), ROLE, WRITE)):
        given = Given(words, library, {"reference": made.mrn})
        answer = shown(made, who, role)
        assert open_here in situation(answer, given).tasks
        html = draw(case(answer, given), FRAME, words)
        assert GROUNDS in html
        assert "UCC art. 22(6)" in html
        assert faults(html) == []
