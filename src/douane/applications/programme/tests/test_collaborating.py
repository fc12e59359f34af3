"""Administrations join, leave and use by themselves; what was published stays what it was."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from douane.applications.programme.messages.library import (
    Funding,
    InitiativeKept,
    InitiativeLeft,
    InitiativeLine,
    InitiativeRefused,
    InitiativeStated,
    Library,
    LibraryQuery,
    ResultKind,
    ResultStated,
    ResultUse,
    TakingPart,
)
from douane.applications.programme.messages.steps import PassedOn
from douane.author import Caller, DouaneError
from douane.testing.office import Office, administration, officer, third_country, trader

FR, DE, AT, EU = (administration(each) for each in ("FR", "DE", "AT", "EU"))
NAME = "shared-guarantees"
TERMS = InitiativeStated(
    owner="FR", initiative=NAME, title="Guarantees of several administrations", text="One ledger of amounts.",
    kind=ResultKind.APPLICATION, licence="EUPL-1.2", host="DE", funding=Funding.EQUAL,
    ending="Half a year before the end of a year; data are handed over.",
)  # fmt: skip
BUNDLE = ResultStated(
    owner="FR", initiative=NAME, version="1.0", address="https://example.eu/1.0.tar", digest="ab" * 32, octets=4_096
)


@pytest.fixture
def office() -> Office:
    """An initiative of FR is stated."""
    made = Office("EU", "FR", "DE", "AT")
    made.send(TERMS, by=FR)
    assert made.inbox(FR)[-1] == InitiativeKept(NAME)
    return made


def shown(office: Office, by: Caller = DE, **asked: Any) -> tuple[InitiativeLine, ...]:
    answer: Library = office.ask(LibraryQuery(**asked), by=by, of="EU")
    return answer.initiatives


def said(office: Office, message: Any, by: Caller, id: str = "") -> str:
    """Why it is refused, by an answer or at once; empty where it is kept."""
    try:
        office.send(message, by=by, id=id or f"{message!r}"[:60] + str(by.id))
    except DouaneError as problem:
        return f"{problem.text} {problem.remedy}"
    answer = office.inbox(by)[-1]
    return "" if isinstance(answer, InitiativeKept | PassedOn) else " ".join(answer.reasons)


def test_who_joins_and_leaves_is_dated_by_the_union_and_stays_known(office: Office) -> None:
    began = office.now.date()
    assert said(office, TakingPart(initiative=NAME, administration="DE"), DE) == ""
    coordinator = officer("at.weber", "AT")
    assert said(office, TakingPart(initiative=NAME, administration="AT"), coordinator) == ""
    office.wait(dt.timedelta(days=40))
    assert said(office, InitiativeLeft(initiative=NAME, administration="DE"), DE) == ""
    (line,) = shown(office)
    assert [(each.administration, each.joined, each.left) for each in line.volunteers] == [
        ("AT", began, None), ("DE", began, office.now.date())
    ]  # fmt: skip
    assert "nothing to leave" in said(office, InitiativeLeft(initiative=NAME, administration="DE"), DE, "twice")
    assert said(office, TakingPart(initiative=NAME, administration="AT"), coordinator, "twice") == "", "it is passed on"
    told = office.inbox(AT)[-1]
    assert isinstance(told, InitiativeRefused)
    assert "already" in told.reasons[0]
    assert said(office, TakingPart(initiative=NAME, administration="DE"), DE, "back") == ""
    assert [each.left for each in shown(office)[0].volunteers] == [None, office.now.date(), None]


@pytest.mark.parametrize(
    ("message", "by"),
    [
        (TakingPart(initiative=NAME, administration="AT"), DE), (TakingPart(initiative=NAME, administration="AT"), EU),
        (TakingPart(initiative=NAME, administration="AT"), officer("de.weber", "DE")),
        (InitiativeLeft(initiative=NAME, administration="AT"), FR),
        (ResultUse(initiative=NAME, administration="AT"), FR),
        (msgspec.structs.replace(TERMS, title="Mine now"), DE),
        (msgspec.structs.replace(TERMS, owner="DE"), DE), (BUNDLE, DE),
        (msgspec.structs.replace(BUNDLE, owner="DE"), DE),
        (TERMS, trader("FR40123456700017")), (TakingPart(initiative=NAME, administration="CH"), third_country("CH")),
    ],
)  # fmt: skip
def test_nobody_signs_up_another_nor_takes_what_is_his(office: Office, message: Any, by: Caller) -> None:
    before = shown(office)
    assert said(office, message, by) != ""
    assert shown(office) == before


def test_a_result_is_published_once_and_used_by_who_says_so_himself(office: Office) -> None:
    use = ResultUse(initiative=NAME, administration="AT", version="1.0")
    assert "no version 1.0" in said(office, use, AT, "early")
    assert said(office, BUNDLE, FR) == ""
    again = msgspec.structs.replace(BUNDLE, digest="cd" * 32)
    assert "another number" in said(office, again, FR, "again")
    assert said(office, msgspec.structs.replace(again, version="1.1"), FR, "next") == ""
    assert said(office, use, AT) == ""
    (line,) = shown(office)
    assert [(each.version, each.digest[:2]) for each in line.results] == [("1.1", "cd"), ("1.0", "ab")]
    assert [(each.administration, each.version, each.since) for each in line.users] == [
        ("AT", "1.0", office.now.date())
    ]
    assert said(office, ResultUse(initiative=NAME, administration="AT"), AT, "no more") == ""
    assert shown(office)[0].users == ()


def test_the_owner_states_other_terms_and_what_happened_stays(office: Office) -> None:
    said(office, TakingPart(initiative=NAME, administration="DE"), DE)
    assert said(office, msgspec.structs.replace(TERMS, host="AT"), FR, "other") == ""
    (line,) = shown(office)
    assert (line.host, len(line.volunteers)) == ("AT", 1)
    assert "no initiative" in said(office, TakingPart(initiative="zebra", administration="DE"), DE, "zebra")


def test_a_search_needs_every_word_and_a_kind(office: Office) -> None:
    said(office, msgspec.structs.replace(TERMS, initiative="rates", title="Rates", kind=ResultKind.PART), FR, "second")
    assert [each.initiative for each in shown(office)] == ["rates", NAME]
    assert [each.initiative for each in shown(office, text="GUARANTEES eupl")] == [NAME]
    assert [each.initiative for each in shown(office, kind=ResultKind.PART)] == ["rates"]
    assert shown(office, text="guarantees zebra") == ()
    answer: Library = office.ask(LibraryQuery(text="zebra"), by=DE, of="EU")
    assert answer.known == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"initiative": "Shared"}, {"initiative": "a/b"}, {"title": " "}, {"title": "a\nb"}, {"text": ""},
        {"licence": "<b>"}, {"host": "Germany"}, {"ending": " "}, {"funding": "somebody"}, {"kind": "zebra"},
    ],
)  # fmt: skip
def test_what_is_no_initiative_is_refused_by_its_type(wrong: dict[str, str]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**msgspec.to_builtins(TERMS), **wrong}, InitiativeStated)


@pytest.mark.parametrize(
    "wrong", [{"address": "http://x.eu"}, {"address": "https://x.eu/ >"}, {"digest": "zz"}, {"octets": 0}]
)
def test_what_is_no_bundle_is_refused_by_its_type(wrong: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**msgspec.to_builtins(BUNDLE), **wrong}, ResultStated)


def test_nobody_of_the_untrusted_circle_reads_the_library(office: Office) -> None:
    for who in (trader("FR40123456700017"), third_country("CH")):
        with pytest.raises(DouaneError):
            shown(office, who)


def test_refusals_are_answers_of_their_own(office: Office) -> None:
    office.send(InitiativeLeft(initiative=NAME, administration="DE"), by=DE)
    assert isinstance(office.inbox(DE)[-1], InitiativeRefused)
