"""A captured process of pages is a captured door: over the link of its platform it lets in nobody whom UUM&DS did not.

It holds a link of one platform. By that it can ask and say of sessions what concerns its own, and nothing of others.
"""

from __future__ import annotations

import asyncio
import hashlib
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

import msgspec
import pytest

from douane.applications.accounts.messages import HolderKind
from douane.applications.accounts.tests.test_accounts import delivered, entry
from douane.configuration.discovery import services
from douane.identity.kept import digest
from douane.identity.registered.accounts import Register
from douane.identity.registered.sessions import RegisteredSessions
from douane.identity.sessions import Person
from douane.model.caller import UUMDS
from douane.model.circles import ActorKind, Platform
from douane.model.declare import SIGN_IN
from douane.model.needs import IDENTIFY, RIGHTS
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.door.link import CoreEnd, DirectLink, Question, Reader
from douane.runtime.store.envelope import Arrival
from douane.testing.office import Office
from douane.vocabulary.errors import DouaneError, NotAuthenticated, NotFound, WrongCircle

ANNE = Person("fr.anne.martin", "EU", agent="Browser", name="Anne Martin", device="laptop")
PORTAL, DESK = Platform.SPEED2, Platform.CCN2
CATALOGUE = Catalogue(services())
BROWSER = digest("what the browser holds")


@dataclass
class World:
    """An office as the core, with a link of each platform."""

    office: Office = field(default_factory=lambda: Office("EU", "FR"))
    said: list[Arrival] = field(default_factory=list)

    def __post_init__(self) -> None:
        numbers = itertools.count()
        self.random: Callable[[int], bytes] = lambda size: hashlib.shake_128(b"%d" % next(numbers)).digest(size)
        self.core = CoreEnd(
            CATALOGUE, self._submit, cast("Inbox", None), cast("Any", None), self._answer, cast("Any", None),
            cast("Any", self), lambda *_: None,
        )  # fmt: skip

    def now(self) -> int:
        return round(self.office.now.timestamp() * 1_000_000)

    async def _submit(self, arrival: Arrival) -> Any:
        self.said.append(arrival)
        return self.office.send(arrival.message, by=arrival.envelope.origin.caller, id=arrival.envelope.id)

    def _answer(self, question: Question) -> Any:
        return self.office.ask(question.request, by=question.caller, of=question.administration)

    def link(self, platform: Platform) -> DirectLink:
        return DirectLink(platform, self.core)

    def sessions(self, platform: Platform) -> RegisteredSessions:
        """The sessions as a process with the link of one platform has them."""
        return RegisteredSessions(self.link(platform), CATALOGUE, now=self.now, random=self.random, at=platform)

    async def led_to(self, platform: Platform) -> str:
        """An entrance that UUM&DS gave to Anne, bound to her browser."""
        uumds = self.sessions(Platform.UUMDS)
        await uumds.open(Platform.UUMDS, ANNE)
        return await uumds.bind(await uumds.invite(platform, ANNE, "/"), ANNE, BROWSER)


@pytest.fixture
def world() -> World:
    return World()


def test_a_person_comes_in_and_leaves_by_the_link_of_the_platform_alone(world: World) -> None:
    async def journey() -> None:
        portal = world.sessions(PORTAL)
        entered = await portal.enter(PORTAL, await world.led_to(PORTAL), "what the browser holds")
        assert (await portal.find(PORTAL, entered.name)).session == entered.session
        await portal.end(PORTAL, entered.name)
        assert (await portal.find(PORTAL, entered.name)).why == "You signed out."

    asyncio.run(journey())


def test_nobody_is_let_in_whom_uumds_led_nowhere(world: World) -> None:
    """Neither with no entrance, nor with an invented one, that of another platform, or of another account."""

    async def journey() -> None:
        captured = world.sessions(PORTAL)
        await world.led_to(PORTAL)
        desks = await world.led_to(DESK)
        theirs = await world.led_to(PORTAL)
        other = msgspec.structs.replace(ANNE, account="fr.paul.petit")
        tried = (
            (PORTAL, ANNE, None), (DESK, ANNE, None), (Platform.UUMDS, ANNE, None), (PORTAL, ANNE, digest("invented")),
            (PORTAL, ANNE, digest(desks)), (DESK, ANNE, digest(desks)), (PORTAL, other, digest(theirs)),
        )  # fmt: skip
        before = len(world.said)
        for platform, person, entrance in tried:
            with pytest.raises(WrongCircle):
                await captured.open(platform, person, entrance=entrance, browser=BROWSER)
        assert len(world.said) == before, "nothing of it was journalled"

    asyncio.run(journey())


def test_it_gives_no_entrance_and_binds_none(world: World) -> None:
    async def journey() -> None:
        captured = world.sessions(PORTAL)
        await world.led_to(PORTAL)
        once = await world.sessions(Platform.UUMDS).invite(PORTAL, ANNE, "/")
        for tried in (captured.invite(PORTAL, ANNE, "/"), captured.bind(once, ANNE, BROWSER)):
            with pytest.raises(NotFound):
                await tried

    asyncio.run(journey())


def test_what_another_platform_has_is_as_what_is_not_there(world: World) -> None:
    async def journey() -> None:
        desk, captured = world.sessions(DESK), world.sessions(PORTAL)
        once = await world.led_to(DESK)
        assert not await captured.unbound(once)
        with pytest.raises(NotAuthenticated):
            await captured.enter(DESK, once, "what the browser holds")
        held = (await desk.enter(DESK, once, "what the browser holds")).name
        assert (await captured.find(DESK, held)).session is None
        assert [each.platform for each in await captured.places(ANNE)] == []
        for which in ({"name": digest(held.split(".")[0])}, {"device": "guessed"}, {"but": "guessed"}, {}):
            with pytest.raises(WrongCircle):
                await captured._end(ANNE, "Ended by a captured process.", **which)
        await captured.end(DESK, held)
        assert (await world.sessions(DESK).find(DESK, held)).session is not None
        await world.sessions(PORTAL).enter(PORTAL, await world.led_to(PORTAL), "what the browser holds")
        (own,) = await captured.places(ANNE)
        for device in (own.device, ""):
            with pytest.raises(WrongCircle):  # its own sign-in beside it makes the other one not its own
                await captured._end(ANNE, "Ended.", name=digest(held.split(".")[0]), device=device)

    asyncio.run(journey())


def test_it_asks_for_the_rights_of_its_own_circle_alone(world: World) -> None:
    async def journey() -> None:
        officer = entry(account="fr.officer", kind=HolderKind.OFFICER, eori="", roles=("customs officer of departure",))
        delivered(world.office, officer, keeper="FR")
        of = Person("fr.officer", "FR")
        known = await Register(world.link(DESK), CATALOGUE).standing(of)
        seen = await Register(world.link(PORTAL), CATALOGUE).standing(of)
        assert (known.kind, known.roles) == (ActorKind.OFFICER, frozenset({"customs officer of departure"}))
        assert (seen.kind, seen.name, seen.roles, seen.eori) == (ActorKind.OFFICER, "", frozenset(), "")

    asyncio.run(journey())


def test_it_asks_nothing_else_in_the_name_of_uumds(world: World) -> None:
    allowed = {"accounts.session", "accounts.entrance", "accounts.rights", "accounts.places"}

    async def journey() -> None:
        captured = world.link(PORTAL)
        assert CATALOGUE.filling(IDENTIFY) not in allowed
        assert CATALOGUE.filling(RIGHTS) in allowed
        for each in CATALOGUE.operations.values():
            if each.qualified in allowed:
                continue
            with pytest.raises(NotFound):
                await captured.ask(Question(each.qualified, "EU", UUMDS, frozenset({SIGN_IN}), None))
        for tried in (captured.collect(Reader(UUMDS), "", 1, 0.0), captured.status(Reader(UUMDS), "x", "", 1)):
            with pytest.raises(WrongCircle):
                await tried
        with pytest.raises(WrongCircle):
            await captured.sealing()
        for platform in (Platform.CCN_CSI, Platform.OPERATIONS):
            with pytest.raises(DouaneError):
                await world.link(platform).ask(Question("accounts.session", "EU", UUMDS, frozenset({SIGN_IN}), None))
        named = msgspec.structs.replace(UUMDS, id="uumds.other")
        with pytest.raises(WrongCircle):
            await captured.ask(Question("accounts.session", "EU", named, frozenset({SIGN_IN}), None))

    asyncio.run(journey())
