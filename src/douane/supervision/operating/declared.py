"""Which acts of an operator there are: what each is about, and how many persons answer for it.

What does not stand here does not exist. How many persons, and why, stands in ``persons.toml`` beside this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from douane.vocabulary.errors import DeclarationFault
from douane.vocabulary.four_eyes import FILE, Persons, Row, table

RELEASE: Final = "message.release"
DISCARD: Final = "message.discard"
PAUSE: Final = "lane.pause"
RESUME: Final = "lane.resume"
RETRY: Final = "lane.retry"
DROP: Final = "lane.drop"
SET_ASIDE: Final = "lane.set_aside"
PUT_BACK: Final = "lane.put_back"

MOVE: Final = "retention.run"
PUBLISH: Final = "reference.publish"
AGREE: Final = "agreements.replace"
REGISTER: Final = "clients.replace"
OPERATORS: Final = "operators.replace"
PROVIDERS: Final = "providers.replace"
INVITE: Final = "passkeys.invite"
REST: Final = "maintenance.begin"
WORK: Final = "maintenance.end"
GO_BACK: Final = "clock.go_back"
JUDGE: Final = "older.judge"
TAKE_OVER: Final = "older.take_over"

PERSONS: Final[Mapping[str, Row]] = table((Path(__file__).with_name(FILE)).read_text("utf-8"), FILE)
"""How many persons answer for each act, and why."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What is known of an act. on: what it is about. reasoned: it needs a reason. everywhere: it is asked of each
    process, since each has a part of it. seconds: within which its answer comes."""

    title: str
    on: str
    reasoned: bool = True
    everywhere: bool = False
    seconds: float = 60.0


_FILE: Final = "its digest, as lodged"
ACTS: Final[Mapping[str, Declared]] = {
    RELEASE: Declared(
        "handle a message again that is set aside, then what waits behind it", "its place", reasoned=False
    ),
    DISCARD: Declared("never handle a message that is set aside", "its place"),
    PAUSE: Declared("let a lane carry nothing until it is resumed", "the lane", everywhere=True),
    RESUME: Declared("let a lane that is paused go on", "the lane", everywhere=True),
    RETRY: Declared("try a lane now, whenever its next attempt is due", "the lane", reasoned=False, everywhere=True),
    SET_ASIDE: Declared("keep a message out of its lane until it is put back or dropped", "its place (out:...)"),
    PUT_BACK: Declared("let a message that was taken out of its lane go on", "its place (out:...)"),
    DROP: Declared("give a message up for good that waits in a lane, or was taken out of it", "its place (out:...)"),
    MOVE: Declared(
        "move to the archive what may leave the store by rule and calendar", "the node", everywhere=True, seconds=3600.0
    ),
    PUBLISH: Declared("publish a version of a code list", _FILE, seconds=600.0),
    AGREE: Declared("put other agreements with partners in place of those that hold", _FILE),
    REGISTER: Declared("put another register of clients in place of the one that holds", _FILE),
    OPERATORS: Declared("put another list of operators in place of the one that holds", _FILE),
    PROVIDERS: Declared("put other identity providers in place of those that hold", _FILE),
    INVITE: Declared(
        "let a person of a country without a provider make a passkey", "COUNTRY/PERSON and the digest of the link"
    ),
    JUDGE: Declared("judge the export of an older portal; nothing changes", _FILE, reasoned=False, seconds=3600.0),
    TAKE_OVER: Declared("take over what is open in an older portal", _FILE, everywhere=True, seconds=3600.0),
    GO_BACK: Declared("let the log go on after the clock of this host went back", "from when to when"),
    REST: Declared("let a service rest for maintenance, for a circle or for all", "SERVICE[@CIRCLE] until TIME"),
    WORK: Declared("end the maintenance of a service", "SERVICE[@CIRCLE]"),
}
"""Every act that there is: the role *operator* may do it, with his name and a leaf of the audit log."""


def by_two(act: str) -> bool:
    """Whether two persons answer for an act. Raises DeclarationFault for one of which the table says nothing."""
    row = PERSONS.get(act)
    if row is None:
        raise DeclarationFault(f"Nobody says how many persons answer for {act}.", remedy=f"Add it to {FILE}.")
    return row.persons is Persons.TWO
