"""Messages with attachments over REST: ``multipart/related``, the message first, each attachment under its Content-ID.

Parts are read as a stream. The message comes into memory, within its limit, and is judged before anything of the
attachments is kept: those of a refused message are read and dropped. They are published, durably, before the message
that refers to them is accepted.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Final

from douane.runtime.store.origin import Attachment
from douane.runtime.store.ports import Payloads
from douane.shared_services.payloads.spool import IN_MEMORY, SMALL, Spool, judged, publish, take_back
from douane.shared_services.web.requests import Request, stream_body
from douane.standards.mime.kinds import Taken
from douane.standards.mime.media_type import MediaType, read_media_type
from douane.standards.mime.reading import Event, Limits, PartData, PartEnd, PartStart, Splitter
from douane.standards.xades.verdicts import Sub, refuse
from douane.standards.xades.verifying import LARGEST as LARGEST_SIGNATURE
from douane.standards.xades.verifying import SIGNATURE
from douane.standards.xml.root import HEAD, root_of
from douane.vocabulary.errors import BadPackaging

MULTIPART: Final = "multipart/related"
LARGEST: Final = 256 * 1024 * 1024
"""Octets of one attachment, and of all together; larger ones are agreed on for AS4."""
PARTS: Final = 64


@dataclass(slots=True)
class Parts:
    """The parts of one request. ``discard`` leaves nothing of them behind that was not published."""

    request: Request
    payloads: Payloads
    largest_message: int
    largest: int = LARGEST
    media: str = ""
    name: str = ""
    """Content-ID of the message."""
    signature: tuple[str, bytes] | None = None
    """Content-ID and octets of the part that is a signature, once all parts are read."""
    _events: AsyncIterator[Event] = field(init=False)
    _spools: dict[str, tuple[Spool, str]] = field(default_factory=dict)
    _message: Spool | None = None

    def __post_init__(self) -> None:
        self._events = self._read()

    async def message(self) -> bytes:
        """Read as far as the end of the message. Raises BadPackaging, TooLarge, TooSlow, TooMany, Overloaded."""
        async for event in self._events:
            match event:
                case PartStart(media_type=media, content_id=content_id):
                    # never a draft: what is not judged lies on no disk
                    self._message = Spool(self.payloads, self.largest_message, self.largest_message)
                    self.media, self.name = media.name, content_id
                case PartData(octets=piece) if self._message is not None:
                    self.request.hold(len(piece))
                    self._message.write(piece)
                case PartEnd() if self._message is not None:
                    self.request.reads(self._message.size)
                    return self._message.whole(self.largest_message)
        raise BadPackaging("The request has no part.", remedy="Send the message as the first part.")

    async def attachments(self, party: str, taken: Taken) -> tuple[Attachment, ...]:
        """Read the rest and make it durable. taken: which documents may come with the message.

        Raises BadPackaging, TooLarge, TooSlow, StoreUnavailable, Overloaded, SignatureRefused for several signatures,
        NotValid for what is not taken.
        """
        spool: Spool | None = None
        async for event in self._events:
            match event:
                case PartStart(media_type=media, content_id=content_id):
                    spool = self._begin(media, content_id)
                case PartData(octets=piece) if spool is not None:
                    spool.write(piece)
                case _:
                    spool = None
        self.signature = self._signature()
        name = self.signature[0] if self.signature is not None else ""
        found = judged({key: each for key, each in self._spools.items() if key != name}, taken)
        return await publish(self.payloads, party, {key: found.get(key, each) for key, each in self._spools.items()})

    async def drop(self) -> None:
        """Read the rest and keep nothing of it: few clients read an answer before they have sent all."""
        async for _ in self._events:
            pass

    async def take_back(self) -> None:
        """Remove what was published: the message was refused after all."""
        await take_back(spool for spool, _ in self._spools.values())

    def discard(self) -> None:
        """Leave nothing behind that was not published."""
        for spool in (self._message, *(each for each, _ in self._spools.values())):
            if spool is not None:
                spool.discard()

    async def _read(self) -> AsyncIterator[Event]:
        limits = Limits(parts=PARTS, part=self.largest, total=self.largest + 16 * 1024 * 1024)
        splitter = Splitter(read_media_type(self.request.header("content-type")).boundary, limits)
        async for octets in stream_body(self.request):
            for event in splitter.feed(octets):
                yield event
        splitter.close()

    def _signature(self) -> tuple[str, bytes] | None:
        """The part that is a signature, told from its root; of one that is too large, enough to see that."""
        found = {name: spool for name, (spool, _) in self._spools.items() if _signs(spool)}
        if len(found) > 1:
            refuse(Sub.FORMAT, "The message comes with several signatures.", "Sign it once.")
        return next(((name, b"".join(_first(spool, LARGEST_SIGNATURE + 1))) for name, spool in found.items()), None)

    def _begin(self, media: MediaType, content_id: str) -> Spool:
        if not content_id or content_id in self._spools:
            raise BadPackaging(
                "An attachment has no Content-ID of its own.", remedy="Name each by a Content-ID, and send it once."
            )
        waiting = sum(min(spool.size, SMALL) for spool, _ in self._spools.values())
        spool = Spool(self.payloads, self.largest, SMALL if waiting + SMALL <= IN_MEMORY else 0)
        self._spools[content_id] = spool, media.name
        return spool


def _signs(spool: Spool) -> bool:
    """Whether a part is a signature: an XML document whose root is one."""
    root = root_of(b"".join(_first(spool, HEAD)))
    return root is not None and f"{{{root.namespace}}}{root.name}" == SIGNATURE


def _first(spool: Spool, most: int) -> Iterator[bytes]:
    """What a part begins with, at most so many octets."""
    for piece in spool.read():
        yield piece[:most]
        most -= len(piece)
        if most <= 0:
            return
