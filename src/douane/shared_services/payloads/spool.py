"""Payloads of a message while it is received: small ones in memory, larger ones as drafts of the payload store.

Nothing of a spool can be read by anybody else before the message is proven and the draft is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Final

from douane.runtime.store.origin import Attachment
from douane.runtime.store.ports import PayloadDraft, Payloads
from douane.runtime.turns.pools import Purpose, beside
from douane.standards.mime.kinds import HEAD, Taken, kind_of
from douane.vocabulary.codes import PLATFORM
from douane.vocabulary.errors import Fault, NotValid, TooLarge
from douane.vocabulary.faults import first_of

SMALL: Final = 256 * 1024
IN_MEMORY: Final = 1024 * 1024
"""Octets of the small payloads of one message that wait in memory; those beyond are drafts like large ones."""


class Spool:
    """One payload. ``most``: octets that it may have; ``small``: up to how many it stays in memory."""

    def __init__(self, payloads: Payloads, most: int, small: int = SMALL) -> None:
        self._payloads, self._most, self._small = payloads, most, small
        self._memory = bytearray()
        self._draft: PayloadDraft | None = None
        self.size = 0

    def write(self, octets: bytes) -> None:
        """Add octets. Raises TooLarge, StoreUnavailable."""
        self.size += len(octets)
        if self.size > self._most:
            raise TooLarge(f"A payload has more than {self._most} octets.", remedy="Agree on a higher limit.")
        if self._draft is None and self.size > self._small:
            self._draft = self._payloads.draft()
            self._draft.write(bytes(self._memory))
            self._memory.clear()
        if self._draft is None:
            self._memory += octets
        else:
            self._draft.write(octets)

    def read(self) -> Iterator[bytes]:
        """What was written, in pieces."""
        return self._draft.read() if self._draft is not None else iter([bytes(self._memory)] if self._memory else [])

    @property
    def head(self) -> bytes:
        """The first octets, which tell its kind."""
        return next(iter(self.read()), b"")[:HEAD]

    def whole(self, most: int) -> bytes:
        """What was written at once. Raises TooLarge above a limit."""
        if self.size > most:
            raise TooLarge(f"The message has more than {most} octets.", remedy="Send large content as an attachment.")
        return b"".join(self.read())

    async def publish(self, name: str, media_type: str) -> Attachment:
        """Make it durable in the payload store, small or large; syncing waits outside the event loop."""
        draft = self._draft
        if draft is None:
            draft = self._draft = self._payloads.draft()
            draft.write(bytes(self._memory))
        found = await beside(Purpose.UPLOADS, draft.publish, revocable=True)
        return Attachment(name, media_type, found.digest, found.size)

    @property
    def digest(self) -> str:
        """The SHA-256 of what was written."""
        return self._draft.digest if self._draft is not None else sha256(self._memory).hexdigest()

    async def take_back(self) -> None:
        """Remove what was published for a message that was refused after all."""
        if self._draft is not None:
            await beside(Purpose.UPLOADS, self._draft.take_back)

    def discard(self) -> None:
        """Leave nothing behind."""
        self._memory.clear()
        if self._draft is not None:
            self._draft.discard()


def judged(spools: Mapping[str, tuple[Spool, str]], taken: Taken) -> dict[str, tuple[Spool, str]]:
    """Attachments by what they are, told by their first octets. Raises NotValid with each that is not taken."""
    found, faults = dict[str, tuple[Spool, str]](), list[Fault]()
    for name, (spool, media) in spools.items():
        head = spool.head
        remedy = taken.wrong(name, media, head)
        if remedy:
            faults.append(Fault("/attachments", PLATFORM.wrong, remedy, value=name[:100]))
        else:
            kind = kind_of(head)
            found[name] = spool, kind.media if kind is not None else media
    if faults:
        raise NotValid("An attachment is of a kind, or has a name, that is not taken.", faults=first_of(faults))
    return found


async def publish(payloads: Payloads, party: str, spools: Mapping[str, tuple[Spool, str]]) -> tuple[Attachment, ...]:
    """Make the attachments of a message durable, by name, with their media types: all of them or none.

    Raises StoreUnavailable, and Overloaded where a party has used its share of the day.
    """
    sizes = {spool.digest: spool.size for spool, _ in spools.values()}
    if sizes:
        await beside(Purpose.UPLOADS, payloads.admit, party, sizes)
    found: list[Attachment] = []
    try:
        for name, (spool, media) in spools.items():
            found.append(await spool.publish(name, media))
    except BaseException:
        await take_back(spool for spool, _ in spools.values())
        raise
    return tuple(found)


async def take_back(spools: Iterable[Spool]) -> None:
    """Remove what was published for a message that was refused after all."""
    for each in spools:
        await each.take_back()
