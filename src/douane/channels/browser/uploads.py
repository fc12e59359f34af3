"""A form that brings a file (``multipart/form-data``, RFC 7578): its fields first, then the file, read as it comes.

Nothing of a file is kept before its form has proven to be its session's, and nothing of one that did not come whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from douane.runtime.store.origin import Attachment
from douane.runtime.store.ports import Payloads
from douane.shared_services.payloads.spool import Spool, publish, take_back
from douane.shared_services.web.requests import Request, stream_body
from douane.standards.mime.kinds import HEAD
from douane.standards.mime.media_type import read_media_type
from douane.standards.mime.reading import Event, Limits, PartData, PartEnd, PartStart, Splitter
from douane.vocabulary.errors import BadPackaging, BadRequest, DouaneError, TooLarge

FORM: Final = "multipart/form-data"
LARGEST: Final = 20 * 1024 * 1024
"""Octets of a file that a browser sends; larger ones go by REST or AS4."""
_FIELD: Final = 4 * 1024
_FIELDS: Final = 20
_NAME: Final = re.compile(r'\bname="((?:[^"\\]|\\.)*)"')
_FILE: Final = re.compile(r'\bfilename="((?:[^"\\]|\\.)*)"')
_STRANGE: Final = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(slots=True)
class Upload:
    """A file that came with a form. name: of letters, digits, full stops and hyphens; media: as its sender says."""

    name: str
    media: str
    payloads: Payloads
    spool: Spool
    head: bytes = b""

    def write(self, octets: bytes) -> None:
        """Take octets over. Raises TooLarge."""
        self.head += octets[: HEAD - len(self.head)]
        self.spool.write(octets)

    async def publish(self, party: str, name: str, media: str) -> Attachment:
        """Make it durable, as what it is. Raises StoreUnavailable, Overloaded where a party has used its share."""
        (found,) = await publish(self.payloads, party, {name: (self.spool, media)})
        return found

    async def take_back(self) -> None:
        """Remove it: what refers to it was refused after all."""
        await take_back((self.spool,))


@dataclass(slots=True)
class _Reading:
    """The parts of one form, as they come."""

    payloads: Payloads
    bears: Callable[[dict[str, str]], None]
    fields: dict[str, str] = field(default_factory=dict)
    upload: Upload | None = None
    name: str = ""
    text: bytearray | None = None

    def take(self, event: Event) -> None:
        """Raises BadPackaging, TooLarge, and what the form is refused for."""
        match event:
            case PartStart(disposition=said, media_type=media):
                self._begin(said, media.name)
            case PartData(octets=octets) if self.text is not None:
                self.text += octets
                if len(self.text) > _FIELD:
                    raise TooLarge("A field of this form is too long.", remedy="Send it from its page.")
            case PartData(octets=octets) if self.upload is not None:
                self.upload.write(octets)
            case PartEnd() if self.text is not None:
                self.fields[self.name] = self.text.decode("utf-8", "replace")
                self.text = None

    def _begin(self, said: str, media: str) -> None:
        name, file = _NAME.search(said), _FILE.search(said)
        if name is None:
            raise BadPackaging("A part of this form has no name.", remedy="Send it from its page.")
        self.name = name[1]
        if file is None:
            self.text = bytearray()
            return
        if self.upload is not None:
            raise BadPackaging("A form brings one file.", remedy="Add them one after the other.")
        self.bears(self.fields)
        self.upload = Upload(_STRANGE.sub("-", file[1])[-80:].strip("-."), media, self.payloads,
                             Spool(self.payloads, LARGEST))  # fmt: skip


async def form_with_file(
    request: Request, payloads: Payloads, bears: Callable[[dict[str, str]], None]
) -> tuple[dict[str, str], Upload | None]:  # fmt: skip
    """The fields of a form, and the file that it brings; None where none was chosen. bears: raises where it is not its
    session's. Raises BadRequest, BadPackaging, TooLarge, TooSlow."""
    boundary = read_media_type(request.header("content-type")).boundary
    if not boundary:
        raise BadRequest("This form has no boundary.", remedy="Send it from its page.")
    splitter = Splitter(boundary, Limits(parts=_FIELDS, part=LARGEST, total=LARGEST + 1024 * 1024))
    reading, refused = _Reading(payloads, bears), None
    try:
        async for octets in stream_body(request):
            if refused is not None:
                continue  # a browser reads no answer before it has sent all
            try:
                for event in splitter.feed(octets):
                    reading.take(event)
            except DouaneError as problem:
                refused = problem
        if refused is not None:
            raise refused
        splitter.close()
        bears(reading.fields)
    except BaseException:
        if reading.upload is not None:
            reading.upload.spool.discard()
        raise
    found = reading.upload
    return reading.fields, found if found is not None and found.name and found.spool.size else None
