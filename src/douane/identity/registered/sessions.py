"""Sessions of persons as the register of accounts keeps them, asked for over the link of UUM&DS.

Invariants. (1) A browser holds a name, when it was used last, and a seal over both by a key of the session that the
register alone gives out: nobody makes a session younger than it is. (2) What was asked is believed for ``HELD`` and no
longer, counted from the question: a session that has ended anywhere is over everywhere by then, and where the register
cannot be asked nobody is signed in. (3) Nothing is kept beside the register, so any process of any host finds every
session.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any, Final

import msgspec

from douane.identity.kept import digest
from douane.identity.sessions import (
    IDLE,
    IN_WHICH,
    LONGEST,
    MINUTE,
    SIGN_IN_AGAIN,
    SIGN_INS,
    Entered,
    Found,
    Person,
    Place,
    Session,
)
from douane.model.caller import UUMDS
from douane.model.circles import Platform
from douane.model.declare import SIGN_IN
from douane.model.needs import BIND_ENTRANCE, END_SESSIONS, ENTRANCE, GIVE_ENTRANCE, OPEN_SESSION, PLACES, SESSION, Need
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.door.link import Link, Question
from douane.runtime.store.envelope import Arrival, Envelope, RowKind
from douane.runtime.store.origin import Content, Media, Origin, digest_of
from douane.vocabulary.errors import CoreUnreachable, KnownIdChanged, NotAuthenticated, Overloaded, TooMany

CHANNEL: Final = "browser"
HELD: Final = 5_000_000
"""For how long an answer of the register is believed (microseconds): so long a session that ended lives at most."""
MOST_HELD: Final = 10_000
SKEW: Final = MINUTE
"""By how much a cookie may have been used in the future: clocks of two hosts differ."""
LOOKS, PAUSE_SECONDS = 60, 0.05
"""How often, and after which pauses, it is looked whether an act is done: three seconds."""
_SECRET: Final = 32
_LETTERS: Final = 200
_PATH: Final = 2_000
_KEEPER: Final = 2
_NAME: Final = _KEEPER + 43
"""Letters of a name: of its keeper, then a secret in base64url."""
_SIGNED_OUT: Final = "You signed out."
_IDLE: Final = "You did nothing for half an hour."


class RegisteredSessions:
    """The sessions of persons, over the link of a platform. ``random``: as many random octets as are asked for.

    at: that platform: over the link of UUM&DS those of every platform, over any other its own alone. now: of the real
    clock. held: what the register said lately, where several of a process share it. sign_ins: that one person may begin
    in ten minutes.
    """

    def __init__(
        self, link: Link, catalogue: Catalogue, *, now: Callable[[], int], random: Callable[[int], bytes],
        at: Platform = Platform.UUMDS, held: OrderedDict[str, tuple[int, Any]] | None = None,
        sign_ins: int = SIGN_INS,
    ) -> None:  # fmt: skip
        self._link, self._catalogue, self._now, self._random, self._at = link, catalogue, now, random, at
        self._sign_ins = sign_ins
        self._held: OrderedDict[str, tuple[int, Any]] = held if held is not None else OrderedDict()
        self._begun: OrderedDict[str, deque[int]] = OrderedDict()

    # --- entrances

    async def invite(self, platform: Platform, person: Person, to: str) -> str:
        """A secret that lets a person in once, within ten minutes, once his browser is known (``bind``)."""
        secret = self._secret(person.keeper)
        to = to if len(to) <= _PATH else "/"
        await self._act(GIVE_ENTRANCE, person, name=digest(secret), platform=platform.value, to=to,
                        person=_signed(person))  # fmt: skip
        return secret

    async def unbound(self, secret: str) -> bool:
        """Whether an entrance is there of whose browser nobody has vouched yet."""
        found = await self._entrance(secret)
        return bool(found.known) and not found.bound if found is not None else False

    async def bind(self, secret: str, person: Person, browser: str) -> str:
        """A person's entrance anew, for one browser alone. ``person``: who is signed in there, by the same sign-in.

        browser: hash of what it holds at the platform. Raises NotAuthenticated for whoever did not begin it.
        """
        refusal = NotAuthenticated("This link was given to another browser.", remedy=SIGN_IN_AGAIN)
        found = await self._entrance(secret)
        if found is None or found.account != person.account or len(browser) != len(digest("")) or not person.device:
            raise refusal
        again = self._secret(person.keeper)
        await self._act(BIND_ENTRANCE, person, name=digest(secret), again=digest(again), browser=browser,
                        device=person.device)  # fmt: skip
        for _ in range(LOOKS):
            if (kept := await self._entrance(again)) is not None and kept.known:
                return again
            if not (await self.unbound(secret)) or found.person.device != person.device:
                break
            await asyncio.sleep(PAUSE_SECONDS)
        raise refusal

    async def enter(self, platform: Platform, secret: str, held: str) -> Entered:
        """Use an entrance. ``held``: what the browser holds to which it is bound. Raises NotAuthenticated for one that
        is unknown, used, too old, for another platform, of another browser, or of a sign-in that was ended since."""
        found = await self._entrance(secret)
        if found is None or not found.known or not held:
            raise NotAuthenticated(
                "This link has been used, is older than ten minutes, or leads elsewhere.", remedy=SIGN_IN_AGAIN
            )
        person = _person(found, secret)
        name, session = await self.open(platform, person, entrance=digest(secret), browser=digest(held))
        return Entered(name, session, found.to)

    # --- sessions

    async def open(
        self, platform: Platform, person: Person, *, entrance: str | None = None, browser: str | None = None,
        once: str = "",
    ) -> tuple[str, Session]:  # fmt: skip
        """Begin a session: what the browser is to hold, and what stands behind it. ``once``: of the sign-in that it
        comes from, by which the register takes one and no other.

        Raises NotAuthenticated with the reason of the register, TooMany for whoever begins one after the other.
        """
        self._must_not_flood(person.account)
        name = self._secret(person.keeper)
        try:
            await self._act(OPEN_SESSION, person, name=digest(name), key=self._word(), platform=platform.value,
                            person=_signed(person), entrance=entrance, browser=browser,
                            sign_ins=self._sign_ins, under=once)  # fmt: skip
        except KnownIdChanged:
            raise NotAuthenticated("This sign-in was used.", remedy=SIGN_IN_AGAIN) from None
        asked, answer = 0, None
        for _ in range(LOOKS):
            asked, answer = self._now(), await self._asked(name)
            if answer.known:
                break
            await asyncio.sleep(PAUSE_SECONDS)
        if answer is None or not answer.known:
            raise Overloaded("The register of accounts is busy.", remedy="Sign in again shortly.")
        if answer.ended_at:
            raise NotAuthenticated(answer.why or "Nobody was signed in.", remedy="Sign in again, in a few minutes.")
        self._forget(person)  # the oldest of his may have ended by this one
        self._hold(name, asked, answer)
        return _sealed(name, self._now(), answer.key), _session(name, answer)

    async def find(self, platform: Platform, held: str, *, use: bool = True) -> Found:
        """What stands behind what a browser holds.

        use: whether asking counts as use; a page that looks for news by itself uses nothing.
        """
        name, seen, seal = _parts(held)
        if not name:
            return Found()
        answer = await self._answer(name)
        if not answer.known or answer.platform != platform.value or not hmac.compare_digest(
            seal, _seal(name, seen, answer.key)
        ):  # fmt: skip
            return Found()
        if answer.ended_at:
            return Found(why=answer.why)
        now, used = self._now(), int(seen) * 1_000_000
        if used > now + SKEW or now - answer.opened > LONGEST:
            return Found()
        session = _session(name, answer)
        assert session.person is not None
        if now - used > IDLE:
            await self._end(session.person, _IDLE, name=digest(name))
            return Found(why=_IDLE)
        if use and now - used > MINUTE:
            return Found(session, now, _sealed(name, now, answer.key))
        return Found(session, used)

    async def end(self, platform: Platform, held: str) -> None:
        """End a session, and what its person opened from the same sign-in on other platforms."""
        session = (await self.find(platform, held, use=False)).session
        if session is None or session.person is None:
            return
        if session.person.device:
            await self._end(session.person, _SIGNED_OUT, device=session.person.device)
        else:
            await self._end(session.person, _SIGNED_OUT, name=digest(_parts(held)[0]))

    # --- where a person is signed in

    async def places(self, person: Person) -> list[Place]:
        """Where a person is signed in, and was in the last eight hours, the latest first."""
        found = await self._ask(PLACES, person.keeper, account=person.account)
        now = self._now()
        return [
            Place(
                each.name, each.platform, each.opened, each.agent, each.acting_for, each.device,
                open=not each.ended_at and now - each.opened <= LONGEST, why=each.why,
            )
            for each in found.lines
        ]  # fmt: skip

    async def end_place(self, person: Person, name: str) -> None:
        """End one session of a person; nothing where none of his has this name."""
        if any(each.name == name and each.open for each in await self.places(person)):
            await self._end(person, "You ended it elsewhere.", name=name)

    async def end_all(self, person: Person, why: str = "You signed out everywhere.") -> None:
        """Sign a person out everywhere."""
        await self._end(person, why)

    async def end_others(self, person: Person) -> None:
        """Sign a person out everywhere but where this sign-in led him."""
        await self._end(person, "You ended it elsewhere.", but=person.device)

    async def _end(self, person: Person, why: str, **which: str) -> None:
        """End what is meant, and come back once it is over."""
        await self._act(END_SESSIONS, person, why=why, **which)
        self._forget(person)
        for _ in range(LOOKS):
            if not any(each.open and _meant(each, which) for each in await self.places(person)):
                return
            await asyncio.sleep(PAUSE_SECONDS)
        raise Overloaded("The register of accounts is busy.", remedy="Sign out again shortly.")

    # --- the register

    async def _answer(self, name: str) -> Any:
        """What the register says of a name, or said when it was asked within the last seconds: what is longer on its
        way says how it was. Raises what the link raises, and CoreUnreachable for an answer that comes too late."""
        at, answer = self._held.get(name, (0, None))
        if answer is None or not self._holds(at):
            at, answer = self._now(), await self._asked(name)
            if not self._holds(at):
                raise CoreUnreachable("The register of accounts answers late.", remedy="Try again shortly.")
            self._hold(name, at, answer)
        return answer

    def _holds(self, asked: int) -> bool:
        return 0 <= self._now() - asked < HELD

    async def _asked(self, name: str) -> Any:
        return await self._ask(SESSION, name[:_KEEPER], name=digest(name))

    def _hold(self, name: str, asked: int, answer: Any) -> None:
        self._held.pop(name, None)
        if answer.known:  # of what is none nothing is kept: anybody can invent names
            self._held[name] = asked, answer
        while len(self._held) > MOST_HELD:
            self._held.popitem(last=False)

    def _forget(self, person: Person) -> None:
        """Ask anew for every session of a person."""
        for held in [name for name, (_, answer) in self._held.items() if answer.account == person.account]:
            del self._held[held]

    async def _entrance(self, secret: str) -> Any:
        """What the register says of an entrance; None for what can be none."""
        if not _is_name(secret):
            return None
        return await self._ask(ENTRANCE, secret[:_KEEPER], name=digest(secret))

    async def _ask(self, need: Need, keeper: str, **said: str) -> Any:
        operation = self._catalogue.filled(need)
        request = operation.request(keeper=keeper, **said)
        return await self._link.ask(Question(operation.qualified, keeper, UUMDS, frozenset({SIGN_IN}), request))

    async def _act(self, need: Need, of: Person, /, *, under: str = "", **said: object) -> None:
        """Have the register do something to a person's sessions: a message of its own, with its leaf.

        under: the identification of the message where it is to be the only one of it.
        """
        operation = self._catalogue.filled(need)
        content = {"keeper": of.keeper, "account": of.account, **said}
        message: Any = msgspec.convert(content, operation.request)
        body = msgspec.json.encode(message)
        origin = Origin(UUMDS, under or self._random(16).hex(), self._now(), self._at.value, CHANNEL)
        envelope = Envelope(
            RowKind.MESSAGE, operation.qualified, of.keeper, origin, Content(Media.JSON, body, digest_of(body))
        )
        await self._link.submit(Arrival(envelope, message))

    def _must_not_flood(self, account: str) -> None:
        """Raise TooMany for what the register would refuse: it is not even journalled."""
        now, begun = self._now(), self._begun.pop(account, deque())
        while begun and now - begun[0] > IN_WHICH:
            begun.popleft()
        begun.append(now)
        self._begun[account] = begun
        while len(self._begun) > MOST_HELD:
            self._begun.popitem(last=False)
        if len(begun) > self._sign_ins:
            begun.pop()
            raise TooMany("You signed in too often in a few minutes.", remedy="Wait some minutes.")

    def _secret(self, keeper: str) -> str:
        return keeper + self._word()

    def _word(self) -> str:
        return _text(self._random(_SECRET))


def _parts(held: str) -> tuple[str, str, str]:
    """Name, last use and seal of what a browser holds; all empty for anything else."""
    parts = held.split(".")
    if len(parts) != len(("name", "seen", "seal")) or not _is_name(parts[0]):
        return "", "", ""
    name, seen, seal = parts
    fits = seen.isascii() and seen.isdecimal() and len(seen) <= len("9999999999") and seal.isascii()
    return (name, seen, seal) if fits else ("", "", "")


def _is_name(text: str) -> bool:
    return len(text) == _NAME and text.isascii() and text[:_KEEPER].isalpha() and text[:_KEEPER].isupper()


def is_registered(held: str) -> bool:
    """Whether what a browser holds, or a link bears, can be a session or an entrance of the register."""
    return _is_name(held.partition(".")[0])


def _sealed(name: str, at: int, key: str) -> str:
    seen = str(at // 1_000_000)
    return f"{name}.{seen}.{_seal(name, seen, key)}"


def _seal(name: str, seen: str, key: str) -> str:
    return _text(hmac.digest(key.encode(), f"seen {seen} {name}".encode(), hashlib.sha256)[:16])


def _text(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def _meant(place: Place, which: dict[str, str]) -> bool:
    """Whether a session is among those that were to end."""
    if "name" in which:
        return place.name == which["name"]
    if "device" in which:
        return place.device == which["device"]
    return place.device != which["but"] if which.get("but") else True


def _signed(person: Person) -> dict[str, object]:
    """A person as the messages of the register name him."""
    said = msgspec.structs.asdict(person)
    said |= {"name": person.name[:_LETTERS], "agent": person.agent[:_LETTERS]}
    return {name: value for name, value in said.items() if name not in ("account", "keeper")}


def _person(answer: Any, name: str) -> Person:
    return Person(answer.account, name[:_KEEPER], **msgspec.structs.asdict(answer.person))


def _session(name: str, answer: Any) -> Session:
    """The session; the token of its forms follows from its key, so that nothing more has to be kept."""
    token = _text(hmac.digest(answer.key.encode(), f"forms {name}".encode(), hashlib.sha256))
    return Session(answer.account, answer.platform, token, answer.opened, _person(answer, name))
