"""A summary of a case: what the system that keeps a case tells the centre of it, and what the centre asks and hears.

Nothing stands in it that a party of the case could not ask the keeper: state, office, next limit, whose turn it is, and
who the parties are. Instants are microseconds since 1970.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final, NamedTuple

import msgspec
from msgspec import Meta

from douane.vocabulary.known import Why

DATA_SET: Final = "case_summaries"
VIEW: Final = "full"
"""The one view: for the system of the centre alone, which shows it to parties of the case and to nobody else."""
NO_CASE: Final = "No case of yours is known under this reference."
"""What somebody is told of a case that there is not, of one that is not his, and by a statement that was used."""
CENTRAL_NODE: Final = "central node"
"""The role of that system at a keeper."""


At = Annotated[int, Meta(ge=0, le=1 << 56)]
"""An instant that a calendar can name: what a keeper tells beyond is not believed."""


Word = Annotated[str, Meta(max_length=255)]
"""A word that a keeper tells; longer ones are not believed, since each line that is drawn would read them."""
MOST_PARTIES: Final = 1_000
"""Parties of a case that are told at most."""


class Part(msgspec.Struct, frozen=True, array_like=True):
    """A party of a case by its name (an EORI), with its role."""

    party: Word
    role: Word


class Told(msgspec.Struct, frozen=True):
    """What a keeper tells of a case.

    administration: whose case it is. kind, reference: its first name that customs gave. operation, began: by which it
    began, and when. deadline: the end of what it waits for; 0 for nothing. limit: the time limit that this is, by its
    id, with its article, the place whose calendar counts and the statutory instant that began it; empty where it is
    none. turn: the role of the officer for whom a task waits, and turn_office: where; empty where none does. changed:
    when any of this changed last, by the machine's clock; changed_by_law: by the statutory one.
    """

    administration: Word
    kind: Word
    reference: Word
    operation: Word
    began: At
    state: Word
    office: Word
    deadline: At
    limit: Word
    article: Word
    place: Word
    event: At
    turn: Word
    turn_office: Word
    parties: Annotated[tuple[Part, ...], Meta(max_length=MOST_PARTIES)]
    changed: At
    changed_by_law: At

    def concerns(self, party: str) -> bool:
        """Whether somebody has a part in the case, by his name."""
        return any(each.party == party for each in self.parties)


class Asked(NamedTuple):
    """A case of which the centre carried something. operation, at: by which that began, and when. names: by
    which it is known, with their kinds."""

    administration: str
    operation: str
    at: int
    names: tuple[tuple[str, str], ...]


class Heard(NamedTuple):
    """What a keeper tells of a case. keeper: whose system. as_of: the instant of the machine up to which that is known.
    why: why it may have changed since; since: from when on that is so, 0 where that is not known."""

    told: Told
    keeper: str
    as_of: int
    why: Why | None = None
    since: int = 0


Elsewhere = Callable[[Asked], Heard | None]
"""What is known of a case that another system keeps."""


def nobody_tells(_asked: Asked) -> None:
    """Where no keeper is followed."""


def key_of(administration: str, kind: str, reference: str) -> str:
    """The key of the summary of a case, by the name that customs gave it."""
    return f"{administration}/{kind}/{reference}"
