"""Messages about sessions: where a person is signed in, and the entrances that lead him there once."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from douane.applications.accounts.messages import AccountId
from douane.author import MachineMicros

Keeper = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z")]
Hash = Annotated[
    str, Meta(pattern=r"\A[0-9a-f]{64}\Z", title="SHA-256 of a secret", description="The secret is the browser's.")
]
Word = Annotated[str, Meta(max_length=200)]


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """A person as UUM&DS let him in: for whom he acts, by what browser, as what he came and when he proved it.

    device: what the sessions that come of one sign-in have in common. stated: the roles that his provider stated.
    """

    acting_for: Annotated[str, Meta(max_length=17)] = ""
    through: Annotated[str, Meta(max_length=17)] = ""
    agent: Word = ""
    name: Word = ""
    device: Word = ""
    actor: Word = ""
    proven: int = 0
    subject: Annotated[str, Meta(max_length=255)] = ""
    stated: Annotated[tuple[Word, ...], Meta(max_length=100)] | None = None


class SessionOpened(msgspec.Struct, frozen=True, kw_only=True):
    """A session begins. name: the hash of what the browser holds. key: by which its last use is sealed in the cookie.

    entrance: the hash of the one-time entrance by which it begins; empty at UUM&DS itself. browser: the hash of what
    the browser holds to which that entrance is bound. sign_ins: how many a person may begin in ten minutes, as the
    settings of UUM&DS have it.
    """

    keeper: Keeper
    account: AccountId
    name: Hash
    key: Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{43}\Z")]
    platform: Annotated[str, Meta(max_length=20)]
    person: SignedIn
    entrance: Hash | None = None
    browser: Hash | None = None
    sign_ins: Annotated[int, Meta(ge=1)] = 60


class SessionsEnded(msgspec.Struct, frozen=True, kw_only=True):
    """Sessions of a person end: the one that is named, those of a sign-in, those of all other sign-ins; else all."""

    keeper: Keeper
    account: AccountId
    name: Hash | None = None
    device: Word = ""
    but: Word = ""
    why: Word = ""


class EntranceGiven(msgspec.Struct, frozen=True, kw_only=True):
    """A person may come in once at a platform, within ten minutes. to: the page that it leads to."""

    keeper: Keeper
    account: AccountId
    name: Hash
    platform: Annotated[str, Meta(max_length=20)]
    to: Annotated[str, Meta(max_length=2000)]
    person: SignedIn


class EntranceBound(msgspec.Struct, frozen=True, kw_only=True):
    """An entrance is from now on that of one browser, under another name. device: of the sign-in in that browser."""

    keeper: Keeper
    account: AccountId
    name: Hash
    again: Hash
    browser: Hash
    device: Word


class SessionQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What stands behind what a browser holds?"""

    keeper: Keeper
    name: Hash


class SessionAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A session; ``known`` is false for none. ended_at: 0 while it is open; why: in words, where it has ended."""

    known: bool
    account: str = ""
    platform: str = ""
    opened: MachineMicros = 0
    key: str = ""
    person: SignedIn | None = None
    ended_at: MachineMicros = 0
    why: str = ""


class EntranceQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Whose entrance is this?"""

    keeper: Keeper
    name: Hash


class EntranceAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An entrance that was not used yet; ``known`` is false for none. bound: whether it is a browser's already."""

    known: bool
    account: str = ""
    platform: str = ""
    to: str = ""
    given: MachineMicros = 0
    bound: bool = False
    person: SignedIn | None = None


class PlacesQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Where is a person signed in, and where was he?"""

    keeper: Keeper
    account: AccountId


class PlaceLine(msgspec.Struct, frozen=True, kw_only=True):
    """One session of a person."""

    name: str
    platform: str
    opened: MachineMicros
    agent: str
    acting_for: str
    device: str
    ended_at: MachineMicros
    why: str


class PlaceLines(msgspec.Struct, frozen=True, kw_only=True):
    """The sessions of a person, the latest first."""

    lines: tuple[PlaceLine, ...]
