"""Sessions of persons: begun and ended by acts of the register, bounded, and over everywhere once they ended."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import pytest

from douane.applications.accounts.handlers.sessions import (
    GIVEN_AWAY,
    MOST,
    REMEMBERED,
    SIGNED_OUT,
    TOO_MANY,
    TOO_OFTEN,
)
from douane.applications.accounts.messages.sessions import (
    EntranceBound,
    EntranceGiven,
    EntranceQuestion,
    PlacesQuestion,
    SessionOpened,
    SessionQuestion,
    SessionsEnded,
    SignedIn,
)
from douane.applications.accounts.tests.test_accounts import SIGN_IN, delivered, entry
from douane.author import DouaneError, NotAuthorised
from douane.identity.sessions import SIGN_INS
from douane.testing.office import Office, administration, officer, trader

ANNE = "fr.anne.martin"
SOON = dt.timedelta(seconds=30)


def hashed(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


@pytest.fixture
def office() -> Office:
    made = Office("EU", "FR")
    delivered(made, entry())
    return made


def person(device: str = "laptop", **more: Any) -> SignedIn:
    return SignedIn(device=device, agent="Browser", name="Anne Martin", **more)


def opened(office: Office, name: str, platform: str = "uumds", device: str = "laptop", **more: Any) -> str:
    """Why a session did not begin; empty where it did."""
    message = SessionOpened(keeper="EU", account=ANNE, name=hashed(name), key="k" * 43, platform=platform,
                            person=person(device), **more)  # fmt: skip
    office.send(message, by=SIGN_IN)
    answer = told(office, name)
    assert answer.known
    return str(answer.why)


def told(office: Office, name: str) -> Any:
    return office.ask(SessionQuestion(keeper="EU", name=hashed(name)), by=SIGN_IN, of="EU")


def ended(office: Office, **which: Any) -> None:
    office.send(SessionsEnded(keeper="EU", account=ANNE, why="signed out", **which), by=SIGN_IN)


def places(office: Office) -> list[tuple[str, bool]]:
    """The hashes of the sessions that are known, and whether each is open."""
    found = office.ask(PlacesQuestion(keeper="EU", account=ANNE), by=SIGN_IN, of="EU").lines
    return [(each.name, not each.ended_at) for each in found]


def test_a_session_is_known_by_the_hash_of_its_name_until_it_ends(office: Office) -> None:
    assert opened(office, "one") == ""
    found = told(office, "one")
    assert (found.account, found.platform, found.person.name, found.key) == (ANNE, "uumds", "Anne Martin", "k" * 43)
    assert not told(office, "another").known
    ended(office, name=hashed("one"))
    assert (told(office, "one").ended_at > 0, told(office, "one").why) == (True, "signed out")
    ended(office, name=hashed("one"))
    assert places(office) == [(hashed("one"), False)]
    assert office.audited() == [], "each of them is a leaf"


def test_nobody_but_uumds_begins_ends_or_sees_sessions(office: Office) -> None:
    opened(office, "one")
    for other in (trader("FR40123456700017"), officer("fr.officer", "FR"), administration("FR")):
        with pytest.raises(NotAuthorised):
            office.send(SessionsEnded(keeper="EU", account=ANNE), by=other)
        with pytest.raises(DouaneError):
            office.ask(SessionQuestion(keeper="EU", name=hashed("one")), by=other, of="EU")
    assert not told(office, "one").ended_at


def test_the_oldest_ends_where_a_person_has_too_many_and_it_is_said_why(office: Office) -> None:
    for number in range(MOST + 3):
        assert opened(office, f"s{number}") == ""
        office.wait(SOON)
    assert sum(is_open for _, is_open in places(office)) == MOST
    assert [told(office, f"s{number}").why for number in (0, 1, 2, 3)] == [TOO_MANY] * 3 + [""]


def test_what_is_kept_of_a_person_is_bounded_however_often_he_signs_in(office: Office) -> None:
    for number in range(MOST + REMEMBERED + 30):
        opened(office, f"s{number}")
        office.wait(SOON)
    assert len(places(office)) == MOST + REMEMBERED
    assert not told(office, "s0").known


def test_whoever_signs_in_again_and_again_is_held_up_and_nobody_else_is(office: Office) -> None:
    assert [opened(office, f"s{number}") for number in range(SIGN_INS)] == [""] * SIGN_INS
    assert opened(office, "once more") == TOO_OFTEN
    assert sum(is_open for _, is_open in places(office)) == MOST, "it took nothing from what he has"
    office.wait(dt.timedelta(minutes=11))
    assert opened(office, "later") == ""


@pytest.mark.parametrize(
    ("which", "left"),
    [
        ({"device": "laptop"}, ["phone 1"]),
        ({"but": "laptop"}, ["laptop 1", "laptop 2"]),
        ({"name": hashed("laptop 2")}, ["laptop 1", "phone 1"]),
        ({"name": hashed("of nobody")}, ["laptop 1", "laptop 2", "phone 1"]),
        ({}, []),
    ],
    ids=str,
)
def test_one_a_sign_in_the_others_or_all_end(office: Office, which: dict[str, str], left: list[str]) -> None:
    for name in ("laptop 1", "laptop 2", "phone 1"):
        opened(office, name, device=name.partition(" ")[0])
    ended(office, **which)
    assert [name for name in ("laptop 1", "laptop 2", "phone 1") if not told(office, name).ended_at] == left


# --- entrances


def given(office: Office, name: str = "way", device: str = "laptop") -> None:
    office.send(
        EntranceGiven(keeper="EU", account=ANNE, name=hashed(name), platform="speed2", to="/x", person=person(device)),
        by=SIGN_IN,
    )


def bound(office: Office, name: str = "way", again: str = "own", device: str = "laptop") -> None:
    office.send(
        EntranceBound(keeper="EU", account=ANNE, name=hashed(name), again=hashed(again), browser=hashed("browser"),
                      device=device), by=SIGN_IN,
    )  # fmt: skip


def entered(office: Office, name: str, by: str = "own", browser: str = "browser", platform: str = "speed2") -> str:
    return opened(office, name, platform, entrance=hashed(by), browser=hashed(browser))


def waits(office: Office, name: str) -> bool:
    return bool(office.ask(EntranceQuestion(keeper="EU", name=hashed(name)), by=SIGN_IN, of="EU").known)


def test_an_entrance_is_used_once_in_the_browser_of_its_person(office: Office) -> None:
    opened(office, "sign-in")
    given(office)
    assert entered(office, "unbound", by="way") == GIVEN_AWAY
    given(office)
    bound(office)
    assert (waits(office, "way"), waits(office, "own")) == (False, True)
    assert entered(office, "portal") == ""
    assert entered(office, "again") == GIVEN_AWAY
    assert not waits(office, "own")


@pytest.mark.parametrize(("browser", "platform"), [("another", "speed2"), ("browser", "ccn2")])
def test_elsewhere_it_is_worth_nothing_and_used_up(office: Office, browser: str, platform: str) -> None:
    opened(office, "sign-in")
    given(office)
    bound(office)
    assert entered(office, "portal", browser=browser, platform=platform) == GIVEN_AWAY
    assert entered(office, "portal again") == GIVEN_AWAY


def test_only_the_sign_in_that_it_came_from_binds_it_and_only_while_that_is_open(office: Office) -> None:
    opened(office, "sign-in")
    given(office)
    bound(office, device="phone")
    assert not waits(office, "own")
    bound(office)
    ended(office, device="laptop")
    assert entered(office, "portal") == SIGNED_OUT


def test_it_holds_for_ten_minutes_and_few_wait_at_a_time(office: Office) -> None:
    opened(office, "sign-in")
    for number in range(8):
        given(office, f"way {number}")
    assert [number for number in range(8) if waits(office, f"way {number}")] == [3, 4, 5, 6, 7]
    bound(office, "way 7")
    office.wait(dt.timedelta(minutes=11))
    assert not waits(office, "own")
    assert entered(office, "portal") == GIVEN_AWAY
