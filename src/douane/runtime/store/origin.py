"""How a message came and what it says: two values that are carried unchanged from the door to journal and sent row."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Sequence

from douane.model.caller import Caller
from douane.runtime.store.bodies import Codec, pack, unpack
from douane.runtime.store.records import Value


class Media(enum.IntEnum):
    """How a body is written."""

    FAMILY = 0  # the wire form of its message family (XML)
    JSON = 1
    VALUE = 2  # msgpack of the typed value: messages that never left the node
    XML = 3  # an element of the schema of its web service: messages of our own types


class Attachment(Value, frozen=True):
    """A payload beside the body, in the payload store under its SHA-256 (hexadecimal); ``name`` is the sender's."""

    name: str
    media_type: str
    digest: str
    size: int


class Origin(Value, frozen=True):
    """How a message came: who acts, by which door and channel, and under which identifications.

    id: the sender's own message identification. received: when it was admitted (microseconds since 1970, UTC).
    platform, channel: empty for messages of the node itself. correlation: the identification of what it answers.
    wire, conversation: those of the transmission, where its channel has such.
    """

    caller: Caller
    id: str
    received: int
    platform: str = ""
    channel: str = ""
    correlation: str = ""
    trace: str = ""
    wire: str = ""
    conversation: str = ""


class Content(Value, frozen=True):
    """What a message says: its body, as ``codec`` has it, and what is beside it.

    digest: SHA-256 of the plain body, attachments included (``digest_of``); empty for messages of the node itself,
    which no sender computed one of.
    """

    media: Media
    body: bytes
    digest: bytes
    attachments: tuple[Attachment, ...] = ()
    codec: Codec = Codec.PLAIN

    @property
    def octets(self) -> bytes:
        """The plain body. Raises NotReadable where the kept bytes are damaged."""
        return self.body if self.codec is Codec.PLAIN else unpack(self.codec, self.body)

    @property
    def intact(self) -> bool:
        """Whether what is kept has the digest that is named. Raises NotReadable where it is damaged."""
        return digest_of(self.octets, self.attachments) == self.digest

    def packed(self) -> Content:
        """The same as it is kept."""
        if self.codec is not Codec.PLAIN:
            return self
        codec, body = pack(self.body)
        if codec is Codec.PLAIN:
            return self
        return Content(self.media, body, self.digest, self.attachments, codec)


def kept(media: Media, body: bytes, digest: bytes) -> Content:
    """A plain body as it is kept: ``Content(media, body, digest).packed()``, made once."""
    codec, packed = pack(body)
    return Content(media, packed, digest, codec=codec)


def digest_of(body: bytes, attachments: Sequence[Attachment] = ()) -> bytes:
    """SHA-256 of a body; with attachments, of the body's digest and theirs."""
    whole = hashlib.sha256(body)
    if attachments:
        listed = "".join(f"{a.name}\0{a.digest}\0" for a in attachments)
        whole = hashlib.sha256(whole.digest() + listed.encode())
    return whole.digest()


def id_of(digest: bytes, operation: str, caller: Caller, *addressed: str) -> str:
    """Under which identification a message is known whose sender gave it none.

    The same words are the same message only from the same one who acts, for the same party, to the same operation; to
    accept and to end say the same. digest: of its content. addressed: what else says where it goes. 24 characters.
    """
    said = "\0".join((operation, caller.party.name, caller.by, caller.human, *addressed))
    return hashlib.sha256(digest + said.encode()).digest()[:12].hex()
