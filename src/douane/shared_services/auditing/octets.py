"""Whether the octets that are kept are those that a row names by digest: body, attachments, how the message came.

The leaf of a row commits to its fields, and to octets by their SHA-256 only. Whoever rewrites the octets and leaves the
digest alone changes no leaf, so an inspection computes every digest again from what is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import NamedTuple

import msgspec

from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, JournalRow, Sealed, SentKind, SentRow
from douane.runtime.store.origin import Attachment, digest_of
from douane.runtime.store.ports import Log, Payloads, Reader
from douane.runtime.store.transmission import Transmission, body_of
from douane.vocabulary.errors import DouaneError, NotReadable


class Difference(NamedTuple):
    """What is not as the row says: the field, and a sentence."""

    field: str
    text: str


class Octets:
    """Compares octets with the digests that rows name; each payload is read once.

    payloads: where attachments lie; None leaves them out. trust: a kept file of authorities by its SHA-256, empty where
    it is not there; None leaves those out.
    """

    def __init__(self, payloads: Payloads | None = None, trust: Callable[[str], bytes] | None = None) -> None:
        self._payloads, self._trust = payloads, trust
        self._known: set[str] = set()

    def differing(self, reader: Reader, partition: int, row: JournalRow | SentRow) -> Iterator[Difference]:
        """Everything that is kept of a message and is not what its row names. Raises nothing for what is damaged."""
        try:
            body = row.content.octets
        except NotReadable as problem:
            yield Difference("content.body", problem.text)
            return
        if not _is_its_own(reader, row, body):
            yield Difference("content.body", "The body that is kept is not the one whose digest the leaf commits to.")
        for each in row.content.attachments:
            yield from self._payload(each.digest, "content.attachments", each)
        if isinstance(row, SentRow):
            return
        for number, step in enumerate(row.steps):
            try:
                same = step.content.intact
            except NotReadable:
                same = False
            if not same:
                yield Difference(f"steps.{number}.content", "The body of a step is not the one of its digest.")
        if row.transmission is not None:
            yield from self._transmission(reader, partition, row.transmission, body)

    def _transmission(self, reader: Reader, partition: int, kept: Transmission, body: bytes) -> Iterator[Difference]:
        """The parts of a transmission beside the statement that names each by its SHA-256."""
        try:
            named = msgspec.json.decode(kept.statement, type=_Named)
            octets = body_of(kept, body)
        except (NotReadable, msgspec.MsgspecError) as problem:
            yield Difference("transmission.body", f"How the message came cannot be read: {problem}.")
            return
        parts = {"token": kept.token.encode(), "key": kept.key}
        if kept.stored:
            parts["body"] = b""
            if named.body != kept.stored:
                yield Difference("transmission.stored", "The octets as they came are not those that were stated.")
            yield from self._payload(kept.stored, "transmission.stored")
        elif _digest(octets) != named.body:
            yield Difference("transmission.body", "The octets as they came are not those that were stated.")
        for field in ("token", "key"):
            if _digest(parts[field]) != getattr(named, field):
                yield Difference(f"transmission.{field}", "It is not the one that was stated.")
        certificates = [bytes.fromhex(each) for each in named.certificates]
        found = reader.read([keys.certificate_key(partition, digest) for digest in certificates])
        for digest, der in zip(certificates, found, strict=True):
            if der is None or sha256(der).digest() != digest:
                yield Difference("certificates", f"Certificate {digest.hex()[:16]} is missing or was changed.")
        if self._trust is not None and named.trust:
            yield from self._trusted(named.trust, self._trust)

    def _trusted(self, digest: str, trust: Callable[[str], bytes]) -> Iterator[Difference]:
        """The list of what a sender was judged by, and every file that it names."""
        if digest in self._known:
            return
        self._known.add(digest)
        listed = trust(digest)
        files = [line.rpartition(" ")[2] for line in listed.decode("ascii", "replace").splitlines()[1:]]
        for each in (digest, *files):
            if _digest(trust(each)) != each:
                yield Difference(
                    "trust", f"The file {each[:16]} that senders were judged by is missing or was changed."
                )

    def _payload(self, digest: str, field: str, attachment: Attachment | None = None) -> Iterator[Difference]:
        if self._payloads is None or digest in self._known:
            return
        self._known.add(digest)
        found, size = sha256(), 0
        try:
            for piece in self._payloads.open(digest):
                found.update(piece)
                size += len(piece)
        except (DouaneError, OSError):
            yield Difference(field, f"The payload {digest[:16]} is missing.")
            return
        if found.hexdigest() != digest or (attachment is not None and size != attachment.size):
            yield Difference(field, f"The payload {digest[:16]} was changed.")


class _Named(msgspec.Struct, frozen=True):
    """What a statement says of the parts of a transmission."""

    body: str
    certificates: tuple[str, ...]
    token: str
    key: str
    trust: str


def _is_its_own(reader: Reader, row: JournalRow | SentRow, body: bytes) -> bool:
    """Whether a body has the digest that its row names. Rows of release 0.1 say some of it otherwise."""
    content = row.content
    if digest_of(body, content.attachments) == content.digest:
        return True
    if row.sealed is not Sealed.FORMER:
        return False
    if isinstance(row, JournalRow):
        return not content.digest  # nobody computed one: the leaf commits to the body as it is kept
    if row.kind is not SentKind.RELAY or not row.cause:
        return False
    (raw,) = reader.read_log(Log.JOURNAL, [row.cause])  # only there stood what was attached
    return raw is not None and digest_of(body, JOURNAL.read(raw).content.attachments) == content.digest


def _digest(octets: bytes) -> str:
    return sha256(octets).hexdigest() if octets else ""
