"""Sessions of persons as page processes find them: in the register of accounts, and over everywhere once they ended."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import pytest

from douane.configuration.discovery import services
from douane.identity.kept import digest
from douane.identity.registered.sessions import HELD, RegisteredSessions
from douane.identity.sessions import IDLE, LONGEST, MINUTE, SIGN_INS, Person
from douane.model.circles import Platform
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.door.link import Link
from douane.testing.office import Office
from douane.vocabulary.errors import CoreUnreachable, NotAuthenticated, TooMany

ANNE = Person("fr.anne.martin", "EU", agent="Browser", name="Anne Martin", device="laptop")
PORTAL = Platform.SPEED2
SECOND = 1_000_000


@dataclass
class OfficeLink:
    """The link of UUM&DS to the core of an office."""

    office: Office
    away: bool = False
    asked: int = 0
    on_the_way: int = 0
    """For so long (microseconds) an answer is on its way back."""

    async def submit(self, arrival: Any) -> Any:
        """Hand a message to the core, as its sender."""
        self._must_be_there()
        origin = arrival.envelope.origin
        return self.office.send(arrival.message, by=origin.caller, id=origin.id)

    async def ask(self, question: Any) -> Any:
        """The answer of the core."""
        self._must_be_there()
        self.asked += 1
        answer = self.office.ask(question.request, by=question.caller, of=question.administration)
        if self.on_the_way:
            self.office.wait(dt.timedelta(microseconds=self.on_the_way))
        return answer

    def _must_be_there(self) -> None:
        if self.away:
            raise CoreUnreachable("Nobody answers.")


def sessions_in(
    office: Office, *, random: Callable[[int], bytes] | None = None, link: OfficeLink | None = None
) -> RegisteredSessions:
    """The sessions of a process of pages, over a link to an office."""
    numbers = itertools.count()
    made = random or (lambda size: hashlib.shake_128(b"%d %d" % (id(numbers), next(numbers))).digest(size))
    told = cast("Link", link or OfficeLink(office))
    return RegisteredSessions(told, Catalogue(services()), now=lambda: _now(office), random=made)


def _now(office: Office) -> int:
    return round(office.now.timestamp() * SECOND)


def waited(office: Office, microseconds: int) -> None:
    office.wait(dt.timedelta(microseconds=microseconds + SECOND))


@dataclass
class Two:
    """Two processes of pages beside one core. link: of the second one."""

    office: Office
    one: RegisteredSessions
    other: RegisteredSessions
    link: OfficeLink


@pytest.fixture
def two() -> Two:
    office = Office("EU", "FR")
    link = OfficeLink(office)
    return Two(office, sessions_in(office), sessions_in(office, link=link), link)


def opened(sessions: RegisteredSessions, person: Person = ANNE, platform: Platform = PORTAL) -> str:
    return asyncio.run(sessions.open(platform, person))[0]


def found(sessions: RegisteredSessions, held: str, platform: Platform = PORTAL, *, use: bool = True) -> Any:
    return asyncio.run(sessions.find(platform, held, use=use))


def test_what_one_process_began_another_finds_with_the_same_token_and_no_other_platform_does(two: Two) -> None:
    held, session = asyncio.run(two.one.open(PORTAL, ANNE))
    seen = found(two.other, held)
    assert (seen.session, seen.why) == (session, "")
    assert seen.session.person == ANNE
    assert found(two.other, held, Platform.CCN2).session is None
    assert held.split(".")[0] not in str(two.office.ask), "only a hash of it is kept"


def test_what_ends_in_one_process_is_over_in_every_other_within_five_seconds(two: Two) -> None:
    held = opened(two.one)
    assert found(two.other, held).session is not None
    asyncio.run(two.one.end(PORTAL, held))
    assert found(two.one, held).session is None
    waited(two.office, HELD)
    seen = found(two.other, held)
    assert (seen.session, seen.why) == (None, "You signed out.")


def test_a_sign_in_begins_one_session_whichever_process_asks(two: Two) -> None:
    once = digest("the sign-in")
    asyncio.run(two.one.open(Platform.UUMDS, ANNE, once=once))
    for each in (two.one, two.other):
        with pytest.raises(NotAuthenticated, match="was used"):
            asyncio.run(each.open(Platform.UUMDS, ANNE, once=once))


def test_an_answer_is_held_for_five_seconds_and_then_the_core_has_to_be_there(two: Two) -> None:
    held = opened(two.one)
    assert found(two.other, held).session is not None
    asked = two.link.asked
    assert found(two.other, held).session is not None
    assert two.link.asked == asked, "within five seconds nobody is asked"
    two.link.away = True
    assert found(two.other, held).session is not None
    waited(two.office, HELD)
    with pytest.raises(CoreUnreachable):
        found(two.other, held)


def test_five_seconds_are_counted_from_when_the_register_was_asked(two: Two) -> None:
    """An answer that was long on its way says how it was, not how it is."""
    held = opened(two.one)
    two.link.on_the_way = HELD - SECOND
    assert found(two.other, held).session is not None
    asyncio.run(two.one.end(PORTAL, held))
    two.link.on_the_way = 0
    two.office.wait(dt.timedelta(seconds=1))
    seen = found(two.other, held)
    assert (seen.session, seen.why) == (None, "You signed out."), "asked six seconds ago, and answered one second ago"


@pytest.mark.parametrize("late", [HELD, 5 * HELD - SECOND // 10])
def test_an_answer_that_comes_later_than_it_would_be_believed_lets_nobody_in(two: Two, late: int) -> None:
    held = opened(two.one)
    two.link.on_the_way = late
    with pytest.raises(CoreUnreachable):
        found(two.other, held)
    two.link.on_the_way = 0
    assert found(two.other, held).session is not None, "asked anew"


def test_idle_time_rides_with_the_browser_and_nobody_makes_it_younger(two: Two) -> None:
    held = opened(two.one)
    name, seen, seal = held.split(".")
    waited(two.office, 2 * MINUTE)
    assert found(two.one, held, use=False).renewed == "", "a page that looks for news uses nothing"
    renewed = found(two.one, held).renewed
    assert renewed != held
    assert found(two.other, renewed).renewed == ""
    for forged in (
        f"{name}.{int(seen) + 600}.{seal}",
        f"{name}.{seen}.{seal[::-1]}",
        f"{name}.{seen}.",
        name,
        f"{name}.x.{seal}",
    ):
        assert found(two.other, forged).session is None, forged
    waited(two.office, IDLE - 2 * MINUTE)
    assert found(two.other, renewed).session is not None
    assert found(two.other, held).why == "You did nothing for half an hour."
    waited(two.office, HELD)
    assert found(two.one, renewed).session is None, "who was idle anywhere is out"


def test_nobody_is_signed_in_longer_than_eight_hours(two: Two) -> None:
    held = opened(two.one)
    for _ in range(LONGEST // (20 * MINUTE)):
        waited(two.office, 20 * MINUTE)
        held = found(two.one, held).renewed or held
    assert found(two.one, held).session is None


def test_sessions_of_a_sign_in_end_together_and_others_do_not(two: Two) -> None:
    laptop = [opened(two.one, platform=each) for each in (Platform.UUMDS, PORTAL)]
    phone = opened(two.other, Person("fr.anne.martin", "EU", device="phone"))
    asyncio.run(two.one.end(PORTAL, laptop[1]))
    assert [
        found(two.one, held, each).session for held, each in zip(laptop, (Platform.UUMDS, PORTAL), strict=True)
    ] == [None] * 2
    assert found(two.one, phone).session is not None
    asyncio.run(two.one.end_others(ANNE))
    assert found(two.one, phone).why == "You ended it elsewhere."


def test_an_entrance_leads_one_browser_in_once_at_any_process(two: Two) -> None:
    opened(two.one, platform=Platform.UUMDS)
    once = asyncio.run(two.one.invite(PORTAL, ANNE, "/cases"))
    assert asyncio.run(two.other.unbound(once))
    own = asyncio.run(two.one.bind(once, ANNE, digest("browser")))
    assert not asyncio.run(two.other.unbound(once))
    with pytest.raises(NotAuthenticated):
        asyncio.run(two.other.enter(PORTAL, own, ""))
    entered = asyncio.run(two.other.enter(PORTAL, own, "browser"))
    assert (entered.to, found(two.one, entered.name).session) == ("/cases", entered.session)
    for wrong in (own, once, "EU" + "x" * 43, "", "nonsense"):
        with pytest.raises(NotAuthenticated):
            asyncio.run(two.one.enter(PORTAL, wrong, "browser"))


def test_an_entrance_is_bound_by_nobody_else(two: Two) -> None:
    opened(two.one, platform=Platform.UUMDS)
    once = asyncio.run(two.one.invite(PORTAL, ANNE, "/"))
    other = Person("fr.anne.martin", "EU", device="phone")
    for person in (other, Person("fr.luc", "EU", device="laptop"), Person("fr.anne.martin", "EU")):
        with pytest.raises(NotAuthenticated, match="another browser"):
            asyncio.run(two.one.bind(once, person, digest("browser")))


def test_a_flood_of_sign_ins_of_one_person_ends_at_his_process_and_reads_no_more_with_each(two: Two) -> None:
    for _ in range(SIGN_INS):
        opened(two.one)
    with pytest.raises(TooMany):
        opened(two.one)
    assert opened(two.one, Person("fr.luc.bernard", "EU", device="desk")), "nobody else is held up"
    assert sum(each.open for each in asyncio.run(two.other.places(ANNE))) == 20
    with pytest.raises(NotAuthenticated, match="too often"):
        opened(two.other)
