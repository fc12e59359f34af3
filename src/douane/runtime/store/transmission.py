"""How a message came: the octets of its channel and what proved its sender, kept beside the message for evidence.

A signature holds over the original octets only, so a channel whose messages are signed keeps them. The *statement* is
a short JSON text that names every part by its SHA-256; the audit leaf commits to the statement, so nothing of it can be
put in later. Certificates lie once in the partition, under their SHA-256; everything else goes with the journal row.
"""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import msgspec
import zstandard

from douane.runtime.store.bodies import LARGEST
from douane.runtime.store.records import Value
from douane.vocabulary.errors import NotReadable

FORMAT: Final = "douane.wire.1"
SENT: Final = " sent"
"""After a channel's name in the statement of a message that left by it."""
_LEVEL: Final = -1  # as for bodies


class Keep(enum.StrEnum):
    """Of which messages of a channel the transmission is kept."""

    EVERYTHING = "everything"
    SIGNED = "signed"  # only of those that their sender signed
    NOTHING = "nothing"


Keeping = Mapping[str, Keep]
"""By channel; one that is not named keeps everything."""


@dataclass(frozen=True, slots=True)
class WireForm:
    """A message as its channel saw it.

    facts: request line, headers that matter, properties. body: the octets; not kept where they are the message's body.
    stored: their SHA-256 where they lie in the payload store. certificates: DER, the sender's own first. token: what
    the sender showed beside or instead. key: the content key of encrypted parts, which opens this message only.
    signed: whether the sender signed the octets. id: under which the channel knows the transmission.
    """

    facts: tuple[tuple[str, str], ...]
    body: bytes = b""
    stored: str = ""
    certificates: tuple[bytes, ...] = ()
    token: str = ""
    key: bytes = b""
    signed: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """What proves that a partner has a message: how it went out, and the receipt that the partner signed."""

    form: WireForm
    receipt: bytes = b""

    def receipted(self, receipt: bytes, media: str, signer: tuple[bytes, ...]) -> Carried:
        """The same with the receipt that came, its content type, and the certificates (DER) of who signed it."""
        facts = (*self.form.facts, ("answer", media))
        return Carried(replace(self.form, facts=facts, certificates=(*signer, *self.form.certificates)), receipt)


class Transmission(Value, frozen=True):
    """What is kept of it. ``body`` is compressed with the message's body as its dictionary (``body_of``)."""

    statement: bytes
    body: bytes = b""
    stored: str = ""
    token: str = ""
    key: bytes = b""
    id: str = ""


def kept(form: WireForm, channel: str, trust: str, body: bytes) -> Transmission:
    """What to keep of a message with this body. ``trust``: SHA-256 of the list of what its sender was judged by."""
    octets = b"" if form.body == body else form.body
    said = statement(form, channel, trust, octets)
    return Transmission(said, _shortened(octets, body), form.stored, form.token, form.key, form.id)


def statement(form: WireForm, channel: str, trust: str, octets: bytes) -> bytes:
    """The text that the audit leaf commits to. Absent parts have an empty digest."""
    content = {
        "format": FORMAT,
        "channel": channel,
        "facts": [[name, value] for name, value in form.facts if value],
        "body": form.stored or _digest(octets),
        "certificates": [_digest(each) for each in form.certificates],
        "token": _digest(form.token.encode()),
        "key": _digest(form.key),
        "trust": trust,
    }
    return msgspec.json.encode(content)


def body_of(transmission: Transmission, message: bytes) -> bytes:
    """The octets as they came, given the message's body; empty where they are that. Raises NotReadable."""
    if not transmission.body:
        return b""
    reading = zstandard.ZstdDecompressor(dict_data=_dictionary(message)) if message else zstandard.ZstdDecompressor()
    try:
        return reading.decompress(transmission.body, max_output_size=LARGEST, allow_extra_data=False)
    except zstandard.ZstdError as problem:
        raise NotReadable(f"A kept transmission cannot be read: {problem}.", remedy="Restore it from a backup.") from (
            problem
        )


def _shortened(octets: bytes, message: bytes) -> bytes:
    """An envelope repeats its message nearly octet by octet: what is new in it takes little."""
    if not octets:
        return b""
    data = _dictionary(message) if message else None
    return zstandard.ZstdCompressor(level=_LEVEL, dict_data=data, write_checksum=False).compress(octets)


def _dictionary(message: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(message, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _digest(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest() if octets else ""
