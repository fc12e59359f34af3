"""What an administration may add to the common procedure, by whom, and what cases that have begun make of it (10)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.customs_decisions.handlers.cases import deciding
from douane.applications.customs_decisions.handlers.overlays import _unseen, common, judged, unfit_for
from douane.applications.customs_decisions.messages.applying import ApplicationNotRegistered, NotPossible, StepRecorded
from douane.applications.customs_decisions.messages.deciding import AcceptanceJudged, DecisionTaken
from douane.applications.customs_decisions.messages.overlays import (
    ChangeKind,
    OverlayApproved,
    OverlayChange,
    OverlayKept,
    OverlayProposed,
    OverlayRefused,
    OverlaysQuery,
    OwnTaskConcluded,
)
from douane.applications.customs_decisions.messages.showing import DecisionQuery, LetterQuery
from douane.applications.customs_decisions.messages.words import DecisionType
from douane.applications.customs_decisions.records import OverlayVersion
from douane.applications.customs_decisions.rules import overlays as rules
from douane.applications.customs_decisions.tests.life import HOLDER, Life, at
from douane.applications.customs_decisions.tests.samples import BTI, CGU, application
from douane.author import NotAuthorised
from douane.standards.bpmn import compiler, document
from douane.standards.bpmn.calls import by_process
from douane.testing.office import Office, officer

ONE, OTHER, FOREIGN = officer("fr.expert", "FR"), officer("fr.second", "FR"), officer("de.expert", "DE")
VISIT = OverlayChange(kind=ChangeKind.TASK, at=("examine",), name="site_visit", text="Visit the premises", days=10)
LETTER = OverlayChange(kind=ChangeKind.LETTER, at=("grant",), text="Questions: bureau des décisions, Lille.")
JUNE = "2027-06-01T09:00"


def proposed(*changes: OverlayChange, version: int = 1, since: str = "2027-06-02") -> OverlayProposed:
    return OverlayProposed(administration="FR", version=version, since=dt.date.fromisoformat(since), changes=changes,
                           reason="Premises are seen first")  # fmt: skip


def said(office: Office, message: Any, by: Any = ONE) -> Any:
    before = len(office.inbox(by))
    office.send(message, by=by)
    return office.inbox(by)[before:][-1]


def approved(office: Office, *changes: OverlayChange, version: int = 1, since: str = "2027-06-02") -> None:
    read = said(office, proposed(*changes, version=version, since=since)).digest
    assert said(office, OverlayApproved("FR", version, "Seen", read), OTHER).state == "approved"


def refused(office: Office, message: Any, by: Any) -> str:
    found = said(office, message, by)
    assert isinstance(found, OverlayRefused)
    return found.faults[0].remedy


def lodged(office: Office, own: str, given: dict[str, str] = CGU, type: DecisionType = DecisionType.CGU) -> Any:
    office.send(application(type, given, own=own), by=HOLDER)
    return office.inbox(HOLDER)[-1]


# --- refused with the sentence that mends it --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "article"),
    [
        (OverlayChange(kind=ChangeKind.LIMIT, at=("DEC-INFORMATION",), days=40), "DA 2015/2446 art. 13(1)"),
        (OverlayChange(kind=ChangeKind.ELEMENT, at=("38 05 000 000",), announced="JO 2027"), "DA 2015/2446 Annex A"),
        (OverlayChange(kind=ChangeKind.REMOVAL, at=("hear",)), "UCC art. 22(6)"),
        (OverlayChange(kind=ChangeKind.LIMIT, at=("DEC-DECISION",), days=130), "UCC art. 55(1)"),
        (OverlayChange(kind=ChangeKind.LIMIT, at=("DEC-HEARING",), days=10), "UCC art. 22(6)"),
        (OverlayChange(kind=ChangeKind.REMOVAL, at=("examine",)), "UCC art. 22"),
        (OverlayChange(kind=ChangeKind.REMOVAL, at=("consult",)), "IA 2015/2447 art. 14"),
        (OverlayChange(kind=ChangeKind.GROUND, at=("refuse",), text="No local tax number"), "UCC art. 22(3)"),
        (OverlayChange(kind=ChangeKind.MESSAGE, at=("OpinionAsked",)), "IA 2015/2447 art. 10(1)"),
        (OverlayChange(kind=ChangeKind.INTERFACE, at=("lodge",)), "IA 2015/2447 art. 10(2)"),
        (OverlayChange(kind=ChangeKind.ELEMENT, at=("42 06 000 000",), types=(DecisionType.BTI,)),
         "DA 2015/2446 Annex A"),
        (OverlayChange(kind=ChangeKind.TASK, at=("approve",), name="visit", text="Visit"), ""),
        (OverlayChange(kind=ChangeKind.TASK, at=("examine",), name="decide", text="Decide"), ""),
        (OverlayChange(kind=ChangeKind.TASK, at=("tell_not_accepted",), name="visit", text="Visit"), ""),
        (OverlayChange(kind=ChangeKind.TARGET, at=("examine",)), ""),
        (OverlayChange(kind=ChangeKind.LETTER, at=("examine",), text="Bonjour"), ""),
    ],
)  # fmt: skip
def test_what_no_overlay_may_do_is_refused_with_its_article(change: OverlayChange, article: str) -> None:
    """Case 10: information 40 d, 38 05 mandatory, no hearing, 130 d are the first four."""
    office = Office("FR", start=at(JUNE))
    refused = said(office, proposed(VISIT, change))
    assert isinstance(refused, OverlayRefused)
    assert {(each.change, each.article) for each in refused.faults} == {(2, article)}
    assert all(each.remedy for each in refused.faults)
    assert office.ask(OverlaysQuery("FR"), by=ONE).versions == ()


def test_a_letter_more_passes_and_stands_in_the_letter() -> None:
    office = Office("FR", start=at(JUNE))
    approved(office, LETTER)
    office.wait(dt.timedelta(days=1))
    life = Life("", DecisionType.CGU, CGU, office=office).granted()
    told = office.ask(LetterQuery(reference=life.reference, number=1, language="fr"), by=HOLDER)
    assert "Questions: bureau des décisions, Lille." in told.text.splitlines()


# --- two experts of the own administration ----------------------------------------------------------------------------


def test_two_experts_answer_for_a_version_and_nobody_else() -> None:
    office = Office("FR", "DE", start=at(JUNE))
    assert isinstance(said(office, proposed(VISIT), FOREIGN), OverlayRefused)
    with pytest.raises(NotAuthorised):
        office.send(proposed(VISIT), by=HOLDER)
    read = said(office, proposed(VISIT)).digest
    assert isinstance(said(office, OverlayApproved("FR", 1, "Mine", read), FOREIGN), OverlayRefused)
    assert "another expert" in refused(office, OverlayApproved("FR", 1, "Mine", read), ONE)
    assert said(office, OverlayApproved("FR", 1, "Seen", read), OTHER) == OverlayKept("FR", 1, "approved", read)
    assert isinstance(said(office, OverlayApproved("FR", 1, "Again", read), ONE), OverlayRefused)
    shown = office.ask(OverlaysQuery("FR"), by=FOREIGN, of="FR").versions
    assert [(each.state, each.proposed_by, each.approved_by) for each in shown] == [
        ("approved", "fr.expert", "fr.second")
    ]


def test_a_version_is_the_next_one_and_begins_on_a_day_to_come() -> None:
    office = Office("FR", start=at(JUNE))
    for wrong in (proposed(VISIT, version=2), proposed(VISIT, since="2027-06-01")):
        assert isinstance(said(office, wrong), OverlayRefused)
    assert said(office, proposed(VISIT, LETTER)).state == "proposed"
    read = said(office, proposed(VISIT))
    assert read.state == "proposed", "a proposal that nobody approved is replaced"
    assert said(office, OverlayApproved("FR", 1, "Seen", read.digest), OTHER).state == "approved"
    earlier = said(office, proposed(version=2, since="2027-06-02"))
    assert isinstance(earlier, OverlayKept)
    assert [len(each.changes) for each in office.ask(OverlaysQuery("FR"), by=ONE).versions] == [0, 1]
    office.wait(dt.timedelta(days=3))
    assert isinstance(said(office, OverlayApproved("FR", 2, "Late", earlier.digest), OTHER), OverlayRefused)


@pytest.mark.parametrize("again", [proposed(LETTER), proposed(VISIT)], ids=["another content", "the same content"])
@pytest.mark.parametrize("by", [ONE, OTHER], ids=["by himself", "by a third one"])
def test_what_is_approved_is_what_was_read_and_a_new_proposal_voids_it(again: OverlayProposed, by: Any) -> None:
    office = Office("FR", start=at(JUNE))
    read = said(office, proposed(VISIT)).digest
    third = officer("fr.third", "FR")
    anew = said(office, again, by).digest
    assert anew != read
    assert "anew since you read it" in refused(office, OverlayApproved("FR", 1, "I read it", read), third)
    assert office.ask(OverlaysQuery("FR"), by=ONE).versions[0].state == "proposed"
    assert said(office, OverlayApproved("FR", 1, "I read it", anew), third).state == "approved"


def test_both_are_persons_and_not_two_credentials_of_one() -> None:
    office = Office("FR", start=at(JUNE))
    program, unknown = replace(ONE, id="program.fr"), replace(OTHER, person="")
    assert "registered for no person" in refused(office, proposed(VISIT), unknown)
    read = said(office, proposed(VISIT), program).digest
    assert "another expert" in refused(office, OverlayApproved("FR", 1, "Signed in", read), ONE)
    assert "registered for no person" in refused(office, OverlayApproved("FR", 1, "Seen", read), unknown)
    assert said(office, OverlayApproved("FR", 1, "Seen", read), OTHER).state == "approved"


def test_of_a_former_release_nothing_is_approved_by_its_number() -> None:
    office = Office("FR", start=at(JUNE))
    read = said(office, proposed(VISIT)).digest
    assert "Name the digest" in refused(office, OverlayApproved("FR", 1, "As we used to"), OTHER)
    of_former = OverlayVersion(1, "2027-06-02", (VISIT,), "Kept by a former release", "fr.expert", 1)
    assert "propose it anew" in _unseen(OTHER, of_former, "", read)


# --- in cases ---------------------------------------------------------------------------------------------------------


def test_an_added_task_opens_after_its_anchor_and_the_decision_waits_for_it() -> None:
    office = Office("FR", "DE", start=at(JUNE))
    approved(office, VISIT)
    before = Life("", DecisionType.CGU, CGU, office=office)
    office.wait(dt.timedelta(days=1))
    reference = lodged(office, "B").reference
    expert = officer("fr.officer", "FR")
    assert office.ask(DecisionQuery(reference), by=expert).own == ()
    said(office, AcceptanceJudged(reference=reference, accepted=True), expert)
    shown = office.ask(DecisionQuery(reference), by=expert)
    assert [(each.name, each.done_on) for each in shown.own] == [("site_visit", None)]
    stopped = said(office, DecisionTaken(reference=reference, granted=True), expert)
    assert isinstance(stopped, NotPossible)
    assert "Visit the premises" in stopped.reason
    stranger = officer("de.officer", "DE")
    assert isinstance(said(office, OwnTaskConcluded(reference, "site_visit", "Mine"), stranger), NotPossible)
    assert isinstance(said(office, OwnTaskConcluded(reference, "visit", "No such"), expert), NotPossible)
    assert isinstance(said(office, OwnTaskConcluded(reference, "site_visit", "In order"), expert), StepRecorded)
    assert isinstance(said(office, OwnTaskConcluded(reference, "site_visit", "Twice"), expert), NotPossible)
    after = office.ask(DecisionQuery(reference), by=expert)
    assert (after.own[0].result, after.overlay, after.decided_by) == ("In order", 1, shown.decided_by)
    assert isinstance(said(office, DecisionTaken(reference=reference, granted=True), expert), StepRecorded)
    assert (before.shown.overlay, before.shown.own) == (0, ()), "what began before goes on as it began"


def test_silence_that_accepts_passes_the_anchor_too_and_a_withdrawal_ends_what_is_open() -> None:
    office = Office("FR", start=at(JUNE))
    approved(office, VISIT)
    office.wait(dt.timedelta(days=1))
    reference = lodged(office, "B").reference
    office.wait(dt.timedelta(days=32))
    shown = office.ask(DecisionQuery(reference), by=officer("fr.officer", "FR"))
    assert (shown.state, shown.accepted_by_silence, len(shown.own)) == ("accepted", True, 1)


def test_a_data_element_with_status_b_is_demanded_where_it_was_announced() -> None:
    office = Office("FR", start=at(JUNE))
    images = OverlayChange(kind=ChangeKind.ELEMENT, at=("42 06 000 000",), types=(DecisionType.BTI,),
                           announced="Bulletin officiel des douanes 7401")  # fmt: skip
    approved(office, images)
    office.wait(dt.timedelta(days=1))
    refused = lodged(office, "B", BTI, DecisionType.BTI)
    assert isinstance(refused, ApplicationNotRegistered)
    assert [each.element for each in refused.faults] == ["42 06 000 000"]
    assert "Bulletin officiel" in refused.faults[0].remedy
    assert not isinstance(lodged(office, "C"), ApplicationNotRegistered), "other types are as before"


# --- a release that it must fit ---------------------------------------------------------------------------------------


def split_procedure() -> Any:
    """The common procedure of a release that calls its examination something else."""
    source = deciding.source
    for before, after in ((b'"%s"', b'"%s"'), (b">%s<", b">%s<")):
        source = source.replace(before % b"examine", after % b"examine_form")
    called = [document.read(each.source, source=each.file) for each in deciding.called.values()]
    return compiler.compile(document.read(source, source="next.bpmn"), called=by_process(called))


def test_a_common_release_without_the_anchor_is_refused_until_it_is_approved_again() -> None:
    """Case 10: the next version splits ``examine``; it is not deployed until an expert named a step that it has."""
    office = Office("FR", start=at(JUNE))
    approved(office, VISIT)
    view, following = office._view("FR"), split_procedure()
    assert list(unfit_for(view, deciding.definition)) == []
    ((text, remedy),) = unfit_for(view, following)
    assert "Overlay FR, version 1" in text
    assert "after examine;" in text
    assert "examine_form" in remedy
    both = OverlayChange(kind=ChangeKind.TASK, at=("examine", "examine_form"), name="site_visit", text="Visit")
    approved(office, both, version=2, since="2027-06-02")
    assert list(unfit_for(office._view("FR"), following)) == []
    assert rules.anchor(both, common(following).steps) == "examine_form"


def test_a_case_ends_under_the_version_with_which_it_began() -> None:
    office = Office("FR", start=at(JUNE))
    approved(office, VISIT, LETTER)
    office.wait(dt.timedelta(days=1))
    old = lodged(office, "OLD").reference
    approved(office, LETTER, version=2, since="2027-06-03")
    office.wait(dt.timedelta(days=1))
    new, expert = lodged(office, "NEW").reference, officer("fr.officer", "FR")
    for reference, version, own in ((old, 1, ["site_visit"]), (new, 2, [])):
        said(office, AcceptanceJudged(reference=reference, accepted=True), expert)
        shown = office.ask(DecisionQuery(reference), by=expert)
        assert (shown.overlay, [each.name for each in shown.own]) == (version, own)


def test_a_file_is_judged_without_a_node() -> None:
    good = b'{"administration": "FR", "version": 1, "since": "2027-07-01", "reason": "x", "changes": ['
    visit = b'{"kind": "task", "at": ["examine"], "name": "site_visit", "text": "Visit"}'
    assert list(judged(good + visit + b"]}")) == []
    (fault,) = judged(good + b'{"kind": "limit", "at": ["DEC-HEARING"], "days": 10}]}')
    assert fault.startswith("Change 1: Leave DEC-HEARING as it is")
    assert fault.endswith("(UCC art. 22(6))")
    (unread,) = judged(b"{")
    assert unread.startswith("It is no proposal")
