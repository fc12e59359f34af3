"""Who read what: reads are collected for a moment; each block of them becomes one row of the journal, with its leaf.

A party that empties its own inbox is evidenced by its acknowledgements. Everybody who reads what others sent leaves a
read here: administrations, officers, the Commission, operators, delegates. What was asked stands as a digest, so that a
log of reads is no second copy of what was read; whoever knows the question can find it.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

import msgspec

from douane.model.caller import Caller
from douane.model.circles import ActorKind
from douane.runtime.store.ports import Instant

NAMED: Final = 16
"""Questions of one reader and operation that a block names; the others are counted together."""
ENTER: Final = "enter"
"""As what it stands that somebody came in by pages."""
BLOCK: Final = 500
"""Reads in one row."""
_READERS: Final = frozenset({ActorKind.MEMBER_STATE, ActorKind.OFFICER, ActorKind.COMMISSION, ActorKind.OPERATOR})
_encode = msgspec.json.Encoder(order="deterministic", enc_hook=str).encode


class Read(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one reader asked in a moment.

    client, party, person: who (``model.caller``); by: the delegate, where one acts. about: SHA-256 of the question as
    JSON, its first 16 bytes in hexadecimal; empty for further ones that are only counted. at: when first (microseconds
    since 1970, UTC); times: how often. address: of whoever came in by pages, from where.
    """

    client: str
    party: str
    operation: str
    about: str
    at: Instant
    times: int = 1
    by: str = ""
    person: str = ""
    address: str = ""


class Block(msgspec.Struct, frozen=True):
    """The content of a row of reads."""

    reads: tuple[Read, ...]


class Reads:
    """Collects reads until somebody takes them: at most so many of a reader and operation, whatever he does."""

    def __init__(self) -> None:
        self._reads: dict[tuple[str, ...], Read] = {}
        self._named: dict[tuple[str, ...], int] = {}

    def __bool__(self) -> bool:
        return bool(self._reads)

    def note(self, caller: Caller, operation: str, question: object, at: Instant) -> bool:
        """Keep that somebody asked; whether it is a read that leaves a leaf."""
        if caller.kind not in _READERS and not caller.by:
            return False
        about = about_of(question)
        self.add(Read(caller.id, caller.name, operation, about, at, 1, caller.by, caller.person))
        return True

    def came_in(self, caller: Caller, address: str, at: Instant) -> None:
        """Keep who came in by pages, and from where: whoever asked for the link, it is this one who acts."""
        about = about_of(caller.id)
        self.add(Read(caller.id, caller.name, ENTER, about, at, 1, caller.by, caller.person, address))

    def add(self, read: Read) -> None:
        """Keep a read that was made, or that could not be told before."""
        who = (read.client, read.party, read.by, read.person, read.operation)
        key = (*who, read.about, read.address)
        if key not in self._reads and read.about:
            if self._named.get(who, 0) >= NAMED:
                read, key = msgspec.structs.replace(read, about=""), (*who, "", read.address)
            else:
                self._named[who] = self._named.get(who, 0) + 1
        known = self._reads.get(key)
        if known is not None:
            read = msgspec.structs.replace(known, at=min(known.at, read.at), times=known.times + read.times)
        self._reads[key] = read

    def take(self) -> list[Block]:
        """Everything that was noted since, in blocks for one row each."""
        reads = list(self._reads.values())
        self._reads, self._named = {}, {}
        return [Block(tuple(reads[at : at + BLOCK])) for at in range(0, len(reads), BLOCK)]


def about_of(question: object) -> str:
    """The digest under which a question stands in a read: of a text itself, of anything else as JSON."""
    content = question.encode("utf-8", "replace") if isinstance(question, str) else _encode(question)
    return sha256(content).hexdigest()[:32]


def text_of(block: Block) -> str:
    """A block as the text of a row."""
    return _encode(block).decode()


def reads_in(text: str) -> Iterator[Read]:
    """The reads of a row. Raises msgspec.ValidationError."""
    yield from msgspec.json.decode(text, type=Block).reads
