"""Messages with attachments over REST: ``multipart/related``, the message first, each attachment under its Content-ID.

Parts are read as a stream: the message into memory, within its limit, attachments above 256 kB into drafts of the
payload store. They are published, durably, before the message that refers to them is accepted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from douane.runtime.store.origin import Attachment
from douane.runtime.store.ports import Payloads
from douane.shared_services.payloads.spool import Spool
from douane.shared_services.web.asgi import Request, stream_body
from douane.standards.mime.media_type import MediaType, read_media_type
from douane.standards.mime.reading import Limits, PartData, PartEnd, PartStart, Splitter
from douane.vocabulary.errors import BadPackaging

MULTIPART: Final = "multipart/related"
LARGEST: Final = 256 * 1024 * 1024
"""Octets of one attachment, and of all together; larger ones are agreed on for AS4."""
LIMITS: Final = Limits(parts=64, part=LARGEST, total=LARGEST + 16 * 1024 * 1024)


@dataclass(slots=True)
class Parts:
    """The parts of one request. ``discard`` leaves nothing of them behind that was not published."""

    payloads: Payloads
    largest_message: int
    media: str = ""
    _spools: dict[str, tuple[Spool, str]] = field(default_factory=dict)
    _message: Spool | None = None

    async def read(self, request: Request) -> bytes:
        """Take the whole request; its message. Raises BadPackaging, TooLarge, TooSlow, StoreUnavailable."""
        splitter, spool = Splitter(read_media_type(request.header("content-type")).boundary, LIMITS), self._message
        async for octets in stream_body(request):
            for event in splitter.feed(octets):
                match event:
                    case PartStart(media_type=media, content_id=content_id):
                        spool = self._begin(media, content_id)
                    case PartData(octets=piece) if spool is not None:
                        spool.write(piece)
                    case PartEnd():
                        spool = None
        splitter.close()
        if self._message is None:
            raise BadPackaging("The request has no part.", remedy="Send the message as the first part.")
        request.hold(self._message.size)
        request.reads(self._message.size)
        return self._message.whole(self.largest_message)

    async def publish(self) -> tuple[Attachment, ...]:
        """Make the attachments durable. Raises StoreUnavailable."""
        return tuple([await spool.publish(name, media) for name, (spool, media) in self._spools.items()])

    def discard(self) -> None:
        """Leave nothing behind that was not published."""
        for spool in (self._message, *(each for each, _ in self._spools.values())):
            if spool is not None:
                spool.discard()

    def _begin(self, media: MediaType, content_id: str) -> Spool:
        if self._message is None:
            self._message, self.media = Spool(self.payloads, self.largest_message), media.name
            return self._message
        if not content_id or content_id in self._spools:
            raise BadPackaging(
                "An attachment has no Content-ID of its own.", remedy="Name each by a Content-ID, and send it once."
            )
        spool = Spool(self.payloads, LARGEST)
        self._spools[content_id] = spool, media.name
        return spool
