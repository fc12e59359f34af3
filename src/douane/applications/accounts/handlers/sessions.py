"""Sessions and entrances of persons: each beginning and end is an act in the case of the account.

A person's sessions lie in one case, at most ``MOST`` open ones and ``REMEMBERED`` that are over, so an act reads a
bounded number of rows however often somebody signs in. What is older than a session may be is removed by the next act.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec.structs import replace

from douane.applications.accounts.contract import Accounts
from douane.applications.accounts.handlers import ignore
from douane.applications.accounts.messages.sessions import (
    EntranceAnswer,
    EntranceBound,
    EntranceGiven,
    EntranceQuestion,
    PlaceLine,
    PlaceLines,
    PlacesQuestion,
    SessionAnswer,
    SessionOpened,
    SessionQuestion,
    SessionsEnded,
    SignedIn,
)
from douane.applications.accounts.records import Entrance, Session, Signed
from douane.author.run import View, Work, answers, handles
from douane.identity.sessions import ENTRANCE, IN_WHICH, LONGEST

MOST: Final = 20
"""Open sessions of one person."""
REMEMBERED: Final = 40
"""Sessions of one person that are over, the latest, of which he is told: with the open ones as many as are counted."""
WAITING: Final = 5
"""Entrances of one person that nobody used yet."""
TOO_OFTEN: Final = "You signed in too often in a few minutes."
TOO_MANY: Final = f"You signed in at more than {MOST} places, and the oldest ended."
GIVEN_AWAY: Final = "This link was used, is older than ten minutes, leads elsewhere, or was given to another browser."
SIGNED_OUT: Final = "The sign-in that this link came from has ended."


@handles(Accounts.open_session)
def open_session(work: Work, m: SessionOpened) -> None:
    """Begin a session, and let the oldest end where there are too many. One that may not begin is over at once, and
    says why: whoever asked for it is told that by asking for it."""
    kept = _kept(work)
    made = Session(m.name, m.account, m.platform, m.key, work.now, _signed(m.person))
    why = _refusal(work, m, kept)
    if m.entrance is not None:
        work.remove(Entrance, bytes.fromhex(m.entrance))
    if why:
        made = replace(made, ended_at=work.now, why=why)
    _put(work, made)
    _bound(work, {**kept, made.name: made})


def _refusal(work: Work, m: SessionOpened, kept: Mapping[str, Session]) -> str:
    """Why a session may not begin; empty where it may. Whether the account is open is asked at each request."""
    if m.name in kept or sum(each.opened > work.now - IN_WHICH for each in kept.values()) >= m.sign_ins:
        return TOO_OFTEN
    if m.entrance is None:
        return ""
    entrance = work.get(Entrance, bytes.fromhex(m.entrance))
    fits = (
        entrance is not None and entrance.platform == m.platform and entrance.person == _signed(m.person)
        and bool(entrance.browser) and entrance.browser == m.browser and work.now - entrance.given <= ENTRANCE
    )  # fmt: skip
    if not fits:
        return GIVEN_AWAY
    same = (each for each in kept.values() if each.person.device == m.person.device)
    return "" if any(not each.ended_at for each in same) else SIGNED_OUT


@handles(Accounts.end_session, refuse=ignore)
def end_session(work: Work, m: SessionsEnded) -> None:
    """End what is meant; what is over already stays as it is."""
    kept = _kept(work)
    for each in kept.values():
        if not each.ended_at and _meant(m, each):
            kept[each.name] = _put(work, replace(each, ended_at=work.now, why=m.why))
    _bound(work, kept)


def _meant(m: SessionsEnded, each: Session) -> bool:
    """Whether a session is among those that end."""
    if m.name is not None:
        return each.name == m.name
    if m.device:
        return each.person.device == m.device
    return each.person.device != m.but


@handles(Accounts.give_entrance, refuse=ignore)
def give_entrance(work: Work, m: EntranceGiven) -> None:
    """Keep a way in, and forget those that nobody used."""
    waiting = sorted(work.all_of(Entrance).values(), key=lambda each: each.given)
    over = [each for each in waiting if work.now - each.given > ENTRANCE]
    over += [each for each in waiting if each not in over][: max(0, len(waiting) - len(over) + 1 - WAITING)]
    for each in over:
        work.remove(Entrance, bytes.fromhex(each.name))
    work.put(Entrance(m.name, m.account, m.platform, m.to, work.now, _signed(m.person)), bytes.fromhex(m.name))


@handles(Accounts.bind_entrance, refuse=ignore)
def bind_entrance(work: Work, m: EntranceBound) -> None:
    """Give it to the browser in which its person signed in; of any other browser it is nobody's."""
    found = work.get(Entrance, bytes.fromhex(m.name))
    if found is None or found.browser or not m.device or found.person.device != m.device:
        return
    work.remove(Entrance, bytes.fromhex(m.name))
    work.put(replace(found, name=m.again, browser=m.browser), bytes.fromhex(m.again))


def _kept(work: Work) -> dict[str, Session]:
    """The sessions of the account by name, without those that are older than any may be."""
    found = {}
    for each in work.all_of(Session).values():
        if work.now - max(each.opened, each.ended_at) > LONGEST:
            work.remove(Session, bytes.fromhex(each.name))
        else:
            found[each.name] = each
    return found


def _bound(work: Work, kept: Mapping[str, Session]) -> None:
    """End the oldest open ones beyond so many, and forget the oldest that are over beyond so many."""
    opened = sorted((each for each in kept.values() if not each.ended_at), key=lambda each: each.opened)
    ended = [each for each in kept.values() if each.ended_at]
    ended += [
        _put(work, replace(each, ended_at=work.now, why=TOO_MANY)) for each in opened[: max(0, len(opened) - MOST)]
    ]
    for each in sorted(ended, key=lambda each: each.ended_at)[: max(0, len(ended) - REMEMBERED)]:
        work.remove(Session, bytes.fromhex(each.name))


def _put(work: Work, session: Session) -> Session:
    work.put(session, bytes.fromhex(session.name))
    return session


def _signed(person: SignedIn) -> Signed:
    return Signed(**msgspec.structs.asdict(person))


def _told(person: Signed) -> SignedIn:
    return SignedIn(**msgspec.structs.asdict(person))


@answers(Accounts.session)
def session(view: View, question: SessionQuestion) -> SessionAnswer:
    """What stands behind the name of a session; of one that has ended also why."""
    found, _ = view.find(Session, "by_name", question.name, limit=1)
    if not found:
        return SessionAnswer(known=False)
    each = found[0][1]
    return SessionAnswer(
        known=True, account=each.account, platform=each.platform, opened=each.opened, key=each.key,
        person=_told(each.person), ended_at=each.ended_at, why=each.why,
    )  # fmt: skip


@answers(Accounts.entrance)
def entrance(view: View, question: EntranceQuestion) -> EntranceAnswer:
    """Whose way in it is, and where it leads; nobody's once it was used, or after ten minutes."""
    found, _ = view.find(Entrance, "by_name", question.name, limit=1)
    if not found or view.now - found[0][1].given > ENTRANCE:
        return EntranceAnswer(known=False)
    each = found[0][1]
    return EntranceAnswer(
        known=True, account=each.account, platform=each.platform, to=each.to, given=each.given,
        bound=bool(each.browser), person=_told(each.person),
    )  # fmt: skip


@answers(Accounts.places)
def places(view: View, question: PlacesQuestion) -> PlaceLines:
    """Where a person is signed in, and was, the latest first."""
    subject = view.resolve("sessions", question.account)
    found = view.all_of(Session, subject) if subject is not None else []
    recent = [each for each in found if view.now - max(each.opened, each.ended_at) <= LONGEST]
    return PlaceLines(
        lines=tuple(
            PlaceLine(
                name=each.name, platform=each.platform, opened=each.opened, agent=each.person.agent,
                acting_for=each.person.acting_for, device=each.person.device, ended_at=each.ended_at, why=each.why,
            )
            for each in sorted(recent, key=lambda each: -each.opened)
        )
    )  # fmt: skip
