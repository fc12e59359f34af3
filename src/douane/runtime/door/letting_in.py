"""What the pages of a platform ask UUM&DS over the link of that platform: who is signed in there, and nothing else.

A process of pages that serves one platform holds its link alone, as a door for programs does. Over it the core answers
for UUM&DS what concerns that platform: its sessions, its entrances, what persons of its circle may do. Invariants.
(1) A session begins over it by an entrance alone, which UUM&DS itself gave to that very account for this platform: so
nobody signs in by what a captured process says. (2) Nothing ends over it but a session of this platform, and what came
of the same sign-in. (3) What is another platform's is answered as what is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from douane.model.caller import UUMDS, Caller
from douane.model.circles import ActorKind, Platform
from douane.model.declare import SIGN_IN, Operation
from douane.model.needs import END_SESSIONS, ENTRANCE, OPEN_SESSION, PLACES, RIGHTS, SESSION, Need
from douane.runtime.catalogue.catalogue import Catalogue
from douane.vocabulary.errors import WrongCircle

WITH_PAGES: Final = frozenset({Platform.SPEED2, Platform.CCN2, Platform.CDCO})
"""Platforms at which persons have sessions of their own, beside UUM&DS."""
_ASKED: Final = (SESSION, ENTRANCE, RIGHTS, PLACES)
_SAID: Final = (OPEN_SESSION, END_SESSIONS)
Ask = Callable[[Need, str, dict[str, Any]], Any]
"""Answers a query of the register of accounts: which, of whose keeper, with which values."""


def lets_in(platform: Platform, caller: Caller) -> bool:
    """Whether UUM&DS speaks by the pages of a platform."""
    return platform in WITH_PAGES and caller == UUMDS


def reaches(catalogue: Catalogue, operation: Operation) -> bool:
    """Whether an operation is one by which the pages of a platform let persons in."""
    open_to = any(each.kind is ActorKind.SERVICE and each.name == SIGN_IN for each in operation.by)
    return open_to and operation.qualified in {catalogue.filling(each) for each in (*_ASKED, *_SAID)}


def shown(catalogue: Catalogue, platform: Platform, operation: str, answer: Any) -> Any:
    """Of an answer of the register what concerns a platform; of a person of another circle that he is one, no more."""
    if operation in (catalogue.filling(SESSION), catalogue.filling(ENTRANCE)):
        return answer if answer.platform == platform.value else type(answer)(known=False)
    if operation == catalogue.filling(PLACES):
        own = tuple(each for each in answer.lines if each.platform == platform.value)
        return msgspec.structs.replace(answer, lines=own)
    if answer.kind is None or platform.admits(ActorKind(answer.kind.value)):
        return answer
    return msgspec.structs.replace(answer, name="", eori="", roles=(), delegate="", principals=())


def must_concern(catalogue: Catalogue, platform: Platform, operation: str, message: Any, ask: Ask) -> None:
    """Raise WrongCircle unless an act of the register concerns sessions of a platform."""
    if operation == catalogue.filling(OPEN_SESSION):
        found = ask(ENTRANCE, message.keeper, {"name": message.entrance}) if message.entrance else None
        given = found is not None and found.known and (found.platform, found.account) == (
            platform.value, message.account,
        )  # fmt: skip
        if not given or message.platform != platform.value:
            raise _foreign(platform, "a session that begins by no entrance of its own")
        return
    lines = ask(PLACES, message.keeper, {"account": message.account}).lines
    own = [each for each in lines if each.platform == platform.value]
    if message.name:  # the register ends that one, whatever device is named beside it
        concerned = any(each.name == message.name for each in own)
    else:
        concerned = bool(message.device) and any(each.device == message.device for each in own)
    if not concerned:
        raise _foreign(platform, "the end of sessions that are not its own")


def _foreign(platform: Platform, what: str) -> WrongCircle:
    return WrongCircle(f"The link of {platform.value} does not carry {what}.", remedy="Ask UUM&DS itself.")
