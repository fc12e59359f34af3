"""Sessions in a browser as values, and those that one process keeps in files of its own: of operators, and of clients.

Persons' sessions are acts of the register of accounts (``registered_sessions``). Of those that lie in files here these
hold. (1) A browser holds a random name; the file is called by its SHA-256, so nobody who reads the folder can make a
cookie of what he finds. (2) A session lies in the folder of one platform and is found through no other. (3) An entrance
is used once: of two who try, the renaming of its file decides. (4) Times follow the real clock, and what is over is as
if it had never been. (5) A session names a registered client, or an operator's account; what either may do is asked
anew with each request, so that a right taken away is gone at once.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from douane.identity.kept import Kept
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
SIGN_INS, IN_WHICH = 60, 10 * MINUTE
"""Sessions that one person may begin within which time (microseconds), refused ones with them, unless the settings of a
node say otherwise (``limits.sign_ins_in_ten_minutes``)."""
SIGN_IN_AGAIN: Final = "Sign in."
_ENTRANCES: Final = "entrances"


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
    """Somebody who is signed in. ``token``: what the forms of this session carry. Times in microseconds since 1970.

    until: when it ends in any case, where that is sooner than usual; 0 else. alone: an operator who broke the glass.
    """

    client: str
    platform: str
    token: str
    opened: int
    person: Person | None = None
    until: int = 0
    alone: bool = False


class Entrance(msgspec.Struct, frozen=True):
    """A way in that was given to somebody. ``to``: the page that it leads to. ``by``: who gave it.

    until: of whoever broke the glass, until when he acts alone; 0 for everybody else.
    """

    client: str
    platform: str
    to: str
    given: int
    by: str = ""
    until: int = 0


class Entered(msgspec.Struct, frozen=True):
    """A session that has just begun: the name that the browser keeps, and where it goes."""

    name: str
    session: Session
    to: str


class Found(msgspec.Struct, frozen=True):
    """What stands behind what a browser holds: None for no session. Times in microseconds since 1970.

    used: when it was used last. renewed: what the browser is to hold from now on; empty where it holds that already.
    why: why a session that was one is none any more, in words; empty where nobody knows.
    """

    session: Session | None = None
    used: int = 0
    renewed: str = ""
    why: str = ""

    def left(self, now: int) -> int:
        """How long the session goes on without use (microseconds); 0 for none."""
        if self.session is None:
            return 0
        return max(0, min(self.used + IDLE, self.session.opened + LONGEST) - now)


class Place(msgspec.Struct, frozen=True):
    """Where a person is, or was, signed in. ``name``: of this entry. ``open``: whether the session still holds.

    seen: when it was used last (microseconds since 1970). why: why it ended, in words.
    """

    name: str
    platform: str
    opened: int
    agent: str
    acting_for: str
    device: str = ""
    seen: int = 0
    open: bool = False
    why: str = ""


class Sessions:
    """The sessions of a node. ``random``: as many random octets as are asked for; ``now``: of the real clock."""

    def __init__(self, folder: Path, *, now: Callable[[], int], random: Callable[[int], bytes]) -> None:
        self._kept, self._now = Kept(folder, random), now

    def invite(self, client: str, platform: Platform, *, to: str = "/", by: str = "", alone_until: int = 0) -> str:
        """A secret that lets somebody in once, within ten minutes. Raises StoreUnavailable.

        alone_until: of whoever broke the glass, until when he acts alone.
        """
        secret = self._kept.secret()
        entrance = Entrance(client, platform.value, to, self._now(), by, alone_until)
        self._kept.write(self._kept.path(_ENTRANCES, secret), entrance)
        return secret

    def secret(self) -> str:
        """A name that nobody guesses."""
        return self._kept.secret()

    def enter(self, platform: Platform, secret: str) -> Entered:
        """Use an entrance. Raises NotAuthenticated for one that is unknown, used, too old, or for another platform."""
        entrance = self._taken(platform, secret)
        return Entered(*self.open(entrance.client, platform, alone_until=entrance.until), entrance.to)

    def _taken(self, platform: Platform, secret: str) -> Entrance:
        entrance = self._kept.take(self._kept.path(_ENTRANCES, secret), Entrance)
        now = self._now()
        if entrance is None or entrance.platform != platform.value or not 0 <= now - entrance.given <= ENTRANCE:
            raise NotAuthenticated(
                "This link has been used, is older than ten minutes, or leads elsewhere.",
                remedy="Sign in again.",
            )
        return entrance

    def open(self, client: str, platform: Platform, *, alone_until: int = 0) -> tuple[str, Session]:
        """Begin a session: the name that the browser keeps, and what stands behind it. Raises StoreUnavailable."""
        now = self._now()
        for kind, longest in ((platform.value, LONGEST), (_ENTRANCES, ENTRANCE)):
            self._kept.sweep(kind, now - longest)  # whoever enters sweeps, so none stay for ever
        name = self._kept.secret()
        session = Session(client, platform.value, self._kept.secret(), now, until=alone_until, alone=bool(alone_until))
        self._kept.write(self._kept.path(platform.value, name), session)
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

    def found(self, platform: Platform, name: str, *, use: bool = True) -> Found:
        """The same, with when it was used last."""
        session = self.find(platform, name, use=use)
        return Found() if session is None else Found(session, _seen(self._kept.path(platform.value, name)))

    def now(self) -> int:
        """The real clock (microseconds since 1970)."""
        return self._now()

    def end(self, platform: Platform, name: str) -> None:
        """End a session."""
        self._kept.path(platform.value, name).unlink(missing_ok=True)

    def _over(self, path: Path, session: Session, now: int) -> bool:
        ended = bool(session.until) and now > session.until
        return ended or now - _seen(path) > IDLE or now - session.opened > LONGEST


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


def operator_of(session: Session) -> Principal:
    """The caller of a session of an operator: a person, whom ``operators.toml`` names now."""
    kind = ActorKind.OPERATOR
    return Principal(
        id=session.client, kind=kind, circle=kind.circle, proof=proof_of(session), country="", person=session.client
    )


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
