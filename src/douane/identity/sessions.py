"""Sessions of people in a browser, and the one-time entrances that begin them: records of the server, in files.

Invariants. (1) A browser holds a random name; the file is called by its SHA-256, so nobody who reads the folder can
make a cookie of what he finds. (2) A session lies in the folder of one platform and is found through no other. (3) An
entrance is used once: of two who try, the renaming of its file decides; a person's, in the browser he signed in with,
while something of that sign-in is open.
(4) Times follow the real clock, and what is over is as if it had never been. (5) A session names a registered client,
or a person's account and for whom he acts; what either may do is asked anew with each request, so that a right taken
away is gone at once.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from douane.identity.kept import Kept, digest
from douane.identity.principals import Principal, Proof, ProofKind
from douane.identity.register import Client
from douane.model.circles import ActorKind, Platform
from douane.vocabulary.errors import NotAuthenticated

MINUTE: Final = 60 * 1_000_000
ENTRANCE: Final = 10 * MINUTE
"""How long a one-time link holds (microseconds)."""
IDLE: Final = 30 * MINUTE
WARNING: Final = 5 * MINUTE
"""How long before a session ends for lack of use its person is warned."""
FRESH: Final = 15 * MINUTE
"""How long a proof of who somebody is is good enough for sensitive acts."""
LONGEST: Final = 8 * 60 * MINUTE
"""A session ends after so long without a request, and after so long in any case."""
_ENTRANCES: Final = "entrances"
_PEOPLE: Final = "people"
_AGENT: Final = 200


class Person(msgspec.Struct, frozen=True):
    """A person whom UUM&DS let in, and for whom he acts.

    keeper: the administration that keeps the account. acting_for: EORI of the principal; through: the representative as
    whose employee he acts; both empty where he acts for himself. agent: what his browser calls itself; device: what the
    sessions that he opened from one sign-in have in common. actor: as what he came; proven: when he proved who he is
    (microseconds since 1970).
    subject: as whom his provider knows him, where it speaks SAML and may be asked to sign him out. stated: the roles
    that his provider stated when he signed in; None where it states none.
    """

    account: str
    keeper: str
    acting_for: str = ""
    through: str = ""
    agent: str = ""
    name: str = ""
    device: str = ""
    actor: str = ""
    proven: int = 0
    subject: str = ""
    stated: tuple[str, ...] | None = None

    def within(self, roles: frozenset[str]) -> frozenset[str]:
        """Roles that the register of accounts gives, narrowed to those that his provider stated."""
        return roles if self.stated is None else roles & frozenset(self.stated)


class Session(msgspec.Struct, frozen=True):
    """Somebody who is signed in. ``token``: what the forms of this session carry. Times in microseconds since 1970."""

    client: str
    platform: str
    token: str
    opened: int
    person: Person | None = None


class Entrance(msgspec.Struct, frozen=True):
    """A way in that was given to somebody. ``to``: the page that it leads to. ``by``: who gave it.

    browser: hash of what the browser holds in which alone a person may use it; empty until that is known.
    """

    client: str
    platform: str
    to: str
    given: int
    by: str = ""
    person: Person | None = None
    browser: str = ""


class Entered(msgspec.Struct, frozen=True):
    """A session that has just begun: the name that the browser keeps, and where it goes."""

    name: str
    session: Session
    to: str


class Place(msgspec.Struct, frozen=True):
    """Where a person is, or was, signed in. ``name``: of this entry. ``open``: whether the session still holds.

    seen: when it was used last (microseconds since 1970).
    """

    name: str
    platform: str
    opened: int
    agent: str
    acting_for: str
    device: str = ""
    seen: int = 0
    open: bool = False


class Sessions:
    """The sessions of a node. ``random``: as many random octets as are asked for; ``now``: of the real clock."""

    def __init__(self, folder: Path, *, now: Callable[[], int], random: Callable[[int], bytes]) -> None:
        self._kept, self._now = Kept(folder, random), now

    def invite(
        self, client: str, platform: Platform, *, to: str = "/", by: str = "", person: Person | None = None
    ) -> str:
        """A secret that lets somebody in once, within ten minutes. Raises StoreUnavailable."""
        secret = self._kept.secret()
        entrance = Entrance(client, platform.value, to, self._now(), by, person)
        self._kept.write(self._kept.path(_ENTRANCES, secret), entrance)
        return secret

    def unbound(self, secret: str) -> bool:
        """Whether an entrance is a person's, of whose browser nobody has vouched yet."""
        found = self._kept.read(self._kept.path(_ENTRANCES, secret), Entrance)
        return found is not None and found.person is not None and not found.browser

    def secret(self) -> str:
        """A name that nobody guesses."""
        return self._kept.secret()

    def bind(self, platform: Platform, secret: str, person: Person, browser: str) -> str:
        """A person's entrance anew, for one browser alone. ``person``: who is signed in there, by the same sign-in.

        browser: hash of what it holds at the platform. Raises NotAuthenticated for whoever did not begin it.
        """
        found = self._taken(platform, secret)
        own = found.person is not None and person.device and found.person.device == person.device
        if not own or len(browser) != len(digest("")):
            raise NotAuthenticated("This link was given to another browser.", remedy="Sign in.")
        again = self._kept.secret()
        self._kept.write(self._kept.path(_ENTRANCES, again), msgspec.structs.replace(found, browser=browser))
        return again

    def enter(self, platform: Platform, secret: str, held: str = "") -> Entered:
        """Use an entrance. ``held``: what the browser holds, to which a person's is bound.

        Raises NotAuthenticated for one that is unknown, used, too old, for another platform, of another browser, or of
        a sign-in that was ended since.
        """
        entrance = self._taken(platform, secret)
        if entrance.person is not None and (not held or entrance.browser != digest(held)):
            raise NotAuthenticated("This link was given to another browser.", remedy="Sign in.")
        if entrance.person is not None and not self._signed_in(entrance.person):
            raise NotAuthenticated("The sign-in that this link came from has ended.", remedy="Sign in.")
        return Entered(*self.open(entrance.client, platform, entrance.person), entrance.to)

    def _taken(self, platform: Platform, secret: str) -> Entrance:
        entrance = self._kept.take(self._kept.path(_ENTRANCES, secret), Entrance)
        now = self._now()
        if entrance is None or entrance.platform != platform.value or not 0 <= now - entrance.given <= ENTRANCE:
            raise NotAuthenticated(
                "This link has been used, is older than ten minutes, or leads elsewhere.",
                remedy="Ask for a new one: choose a person on the start page, or run douane enter.",
            )
        return entrance

    def open(self, client: str, platform: Platform, person: Person | None = None) -> tuple[str, Session]:
        """Begin a session: the name that the browser keeps, and what stands behind it. Raises StoreUnavailable."""
        now = self._now()
        for kind, longest in ((platform.value, LONGEST), (_ENTRANCES, ENTRANCE)):
            self._kept.sweep(kind, now - longest)  # whoever enters sweeps, so none stay for ever
        name = self._kept.secret()
        session = Session(client, platform.value, self._kept.secret(), now, person)
        self._kept.write(self._kept.path(platform.value, name), session)
        if person is not None:
            place = Place(
                digest(name), platform.value, now, person.agent[:_AGENT], person.acting_for, person.device
            )  # fmt: skip
            self._note(person, place)
        return name, session

    def find(self, platform: Platform, name: str, *, use: bool = True) -> Session | None:
        """The session behind the name that a browser holds; None where there is none, or it is over.

        use: whether asking counts as use; a page that looks for news by itself uses nothing.
        """
        path = self._kept.path(platform.value, name)
        session = self._kept.read(path, Session) if name else None
        if session is None:
            return None
        now = self._now()
        if session.platform != platform.value or self._over(path, session, now):
            path.unlink(missing_ok=True)
            return None
        if use and now - _seen(path) > MINUTE:
            os.utime(path, ns=(now * 1000, now * 1000))
        return session

    def now(self) -> int:
        """The real clock (microseconds since 1970)."""
        return self._now()

    def left(self, platform: Platform, name: str) -> int:
        """How long a session goes on without use (microseconds); 0 for none."""
        path = self._kept.path(platform.value, name)
        session = self._kept.read(path, Session) if name else None
        if session is None:
            return 0
        return max(0, min(_seen(path) + IDLE, session.opened + LONGEST) - self._now())

    def end(self, platform: Platform, name: str) -> None:
        """End a session, and what its person opened from the same sign-in on other platforms."""
        found = self.find(platform, name, use=False)
        person = found.person if found is not None else None
        if person is not None and person.device:
            device = person.device
            self._end(person.account, lambda each: each.device == device)
        self._kept.path(platform.value, name).unlink(missing_ok=True)

    # --- where a person is signed in

    def places(self, account: str) -> list[Place]:
        """Where a person is signed in, and was in the last eight hours, the latest first."""
        found, now = [], self._now()
        kind = self._of(account)
        self._kept.sweep(kind, now - LONGEST)
        for file in self._kept.files(kind):
            place = self._kept.read(file, Place)
            if place is None:
                continue
            path = self._kept.path(place.platform, "").with_name(place.name)
            session = self._kept.read(path, Session)
            if session is not None and not self._over(path, session, now):
                place = msgspec.structs.replace(place, open=True, seen=_seen(path))
            found.append(place)
        return sorted(found, key=lambda each: -each.opened)

    def end_place(self, account: str, name: str) -> bool:
        """End one session of a person; False where none of his has this name."""
        return self._end(account, lambda each: each.name == name)

    def end_all(self, account: str) -> None:
        """Sign a person out everywhere."""
        self._end(account, lambda _each: True)

    def end_others(self, account: str, device: str) -> None:
        """Sign a person out everywhere but where one sign-in led him. ``device``: of the sign-in that stays."""
        self._end(account, lambda each: each.device != device)

    def _end(self, account: str, which: Callable[[Place], bool]) -> bool:
        found = [each for each in self.places(account) if each.open and which(each)]
        for each in found:
            self._kept.path(each.platform, "").with_name(each.name).unlink(missing_ok=True)
        return bool(found)

    def _signed_in(self, person: Person) -> bool:
        """Whether anything is open that came of the same sign-in."""
        return any(each.open and each.device == person.device for each in self.places(person.account))

    def _note(self, person: Person, place: Place) -> None:
        kind = self._of(person.account)
        self._kept.write(self._kept.path(kind, place.name), place)

    def _of(self, account: str) -> str:
        return f"{_PEOPLE}/{digest(account)}"

    def _over(self, path: Path, session: Session, now: int) -> bool:
        return now - _seen(path) > IDLE or now - session.opened > LONGEST


def _seen(path: Path) -> int:
    """When a session was used last; long ago where it has just ended."""
    try:
        return path.stat().st_mtime_ns // 1000
    except OSError:
        return 0


def proof_of(session: Session) -> Proof:
    """What a session proves."""
    return Proof(ProofKind.SESSION, hashlib.sha256(session.token.encode()).hexdigest())


def principal_of(session: Session, client: Client) -> Principal:
    """The caller of a session: its client as it is registered now."""
    return Principal(
        id=client.id, kind=client.kind, circle=client.circle, proof=proof_of(session), country=client.country,
        eori=client.eori, administration=client.administration, roles=client.roles,
        person=client.person,
    )  # fmt: skip


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A person as the register of accounts knows him now (``accounts.rights``)."""

    name: str
    kind: ActorKind
    country: str
    eori: str = ""
    roles: frozenset[str] = frozenset()
    delegate: str = ""
    principals: tuple[tuple[str, str], ...] = ()


def person_of(session: Session, standing: Standing) -> Principal:
    """The caller of a session of a person, as he stands now."""
    assert session.person is not None
    kind = standing.kind
    return Principal(
        id=session.person.account, kind=kind, circle=kind.circle, proof=proof_of(session), country=standing.country,
        eori=standing.eori, administration="" if kind is ActorKind.TRADER else session.person.keeper,
        roles=session.person.within(standing.roles), acting_for=session.person.acting_for,
        person=session.person.account,
        delegate=standing.delegate,
    )  # fmt: skip
