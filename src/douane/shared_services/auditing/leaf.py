"""What one leaf of the audit log is: a record whose clear part names nobody and whose sensitive part is committed to.

The record is a text of fixed lines, so that an auditor can check it with ``sha256sum``. The leaf hash is
SHA-256(0x00 || record). A sensitive field stands there as SHA-256(salt || name || 0x00 || value) with its own salt:
without the salt the commitment cannot be guessed, so destroying payload and salt erases, and the proof still holds.
This module and those it imports need the standard library and ``cryptography`` only: the offline verifier runs on it.
"""

from __future__ import annotations

import enum
import re
import struct
from collections.abc import Iterable, Mapping
from hashlib import sha256, shake_256
from typing import NamedTuple

from douane.standards.transparency_log import tree
from douane.vocabulary.errors import DeclarationFault, NotWellFormed, ProofFailed

SALT_BYTES = 16
LONE = "surrogatepass"
"""How a lone surrogate of a sender's text is written."""
FORMAT = "douane.leaf.1"
WITH_WIRE = "douane.leaf.2"
"""The same with one more line, ``wire``: of a message whose transmission is kept. Both are of release 0.1."""
WHOLE = "douane.leaf.3"
"""With two more lines, ``wire`` and ``row``: commits to every field of the row that is kept."""
TIMED = "douane.leaf.4"
"""With two more lines, ``committed`` and ``clock``: when the core committed it, and whose clock ``received`` is by."""
SENSITIVE = ("message", "party", "subject", "actor", "on_behalf_of", "payload", "wire", "row")
"""Fields that can tell of a person or a business; each enters the record as a commitment."""
_CLEAR = ("kind", "operation", "platform", "received", "outcome", "versions", "legal", "about")
_BEFORE_WIRE = (*_CLEAR, *SENSITIVE[:-2])
_TIMED = (*_CLEAR[:4], "committed", "clock", *_CLEAR[4:])
_FORMS = {
    FORMAT: _BEFORE_WIRE, WITH_WIRE: (*_BEFORE_WIRE, "wire"), WHOLE: (*_CLEAR, *SENSITIVE),
    TIMED: (*_TIMED, *SENSITIVE),
}  # fmt: skip
"""The lines of a record after its first, by its form."""
_TEXTS = {form: "\n".join((form, *(f"{name} %s" for name in names), "")) for form, names in _FORMS.items()}
"""The record by its form, but for what each line says."""
_TEXT, _LINES = _TEXTS[TIMED], 1 + len(_FORMS[TIMED])
_BROKEN = "A clear field of an audit leaf holds a line break."
_ALL_SALTS = SALT_BYTES * len(SENSITIVE)
_SALT_OF_OTHER_LENGTH = f"An audit salt has {SALT_BYTES} bytes."
_SALTS = struct.Struct(f"{SALT_BYTES}s" * len(SENSITIVE)).unpack
_COMMITMENT = re.compile(r"-|[0-9a-f]{64}")
_INSTANT = re.compile(r"[0-9]{1,18}").fullmatch
MAX_RECORD_BYTES = 16 * 1024
CLOCK = "@clock"
"""The operation of a leaf by which two operators let the clock of a log go back."""


class Kind(enum.StrEnum):
    """What happened."""

    ACCEPTED = "accepted"  # a message was journaled
    REFUSED = "refused"  # a message was refused at the door or in the journal
    HANDLED = "handled"  # a message took effect
    QUARANTINED = "quarantined"  # a handler failed; the message is kept with the reason
    SENT = "sent"  # a message was put into an inbox or a delivery lane
    CONFIRMED = "confirmed"  # a partner confirmed arrival or delivery
    READ = "read"  # somebody looked at a payload
    INTERVENED = "intervened"  # an officer or operator acted: release, replay, task, setting
    CHANGED = "changed"  # a known id came again with other bytes, or an artefact version was swapped
    STATE = "state"  # the log commits to the whole state of its partition
    ERASED = "erased"  # payload and salt of another leaf were destroyed


class Facts(NamedTuple):
    """What a leaf is about, in clear. Empty text means: not so (nobody on behalf, no payload).

    operation, platform, outcome, versions, legal: clear in the record, so only the platform's own words belong there.
    party: who stands at the other end, the sender of what came and the receiver of what went out.
    received: microseconds since 1970 (UTC). versions: see ``artefact_versions``. payload: SHA-256 in hexadecimal.
    about: hash of the earlier leaf that this one concerns (the accepted message, the erased leaf).
    wire: SHA-256 of the statement of the transmission, in hexadecimal (``runtime.store.transmission``).
    row: SHA-256 over the row that is kept of it, in hexadecimal (``port.whole``); rows of release 0.1 have none.
    actor: the client that acted, whoever's business it was.
    committed: when the core committed it, by its own clock, which never goes back within a log; 0 in earlier forms.
    clock: whose clock ``received`` is by, the door's or the core's.
    """

    kind: Kind
    operation: str
    platform: str
    received: int
    outcome: str
    message: str = ""
    party: str = ""
    subject: str = ""
    payload: str = ""
    actor: str = ""
    on_behalf_of: str = ""
    legal: str = ""
    versions: str = ""
    about: bytes = b""
    wire: str = ""
    row: str = ""
    committed: int = 0
    clock: str = ""


class Leaf(NamedTuple):
    """The committed form: holds no personal or commercial data and may be kept and shown for ever."""

    kind: Kind
    operation: str
    platform: str
    received: int
    outcome: str
    versions: str
    legal: str
    about: bytes
    message: str
    party: str
    subject: str
    actor: str
    on_behalf_of: str
    payload: str
    wire: str = ""
    row: str = ""
    committed: int = 0
    clock: str = ""

    @property
    def form(self) -> str:
        """Which lines the record has."""
        return TIMED if self.committed else WHOLE if self.row else WITH_WIRE if self.wire else FORMAT

    def record(self) -> bytes:
        """The preimage of the leaf hash: one line a field, absent ones as a dash."""
        return _record(self)

    def hash(self) -> bytes:
        """The hash under which the leaf stands in the log."""
        return tree.leaf_hash(_record(self))


def _record(leaf: Leaf) -> bytes:
    (
        kind, operation, platform, received, outcome, versions, legal, about, message, party, subject, actor,
        on_behalf_of, payload, wire, row, committed, clock,
    ) = leaf  # fmt: skip
    said: tuple[object, ...] = (
        kind, operation or "-", platform or "-", received, outcome or "-", versions or "-", legal or "-",
        about.hex() or "-", message or "-", party or "-", subject or "-", actor or "-", on_behalf_of or "-",
        payload or "-",
    )  # fmt: skip
    if committed:
        form = TIMED
        said = (*said[:4], committed, clock or "-", *said[4:], wire or "-", row or "-")
    elif row:
        form, said = WHOLE, (*said, wire or "-", row)
    elif wire:
        form, said = WITH_WIRE, (*said, wire)
    else:
        form = FORMAT
    text = _TEXTS[form] % said
    if text.count("\n") != 1 + len(_FORMS[form]):
        raise DeclarationFault(_BROKEN)
    return text.encode()


class Opened(NamedTuple):
    """One disclosed field: its salt and its value."""

    salt: bytes
    value: str


Opening = Mapping[str, Opened]
"""Disclosed fields by name; leaving one out keeps it hidden, deleting it everywhere erases it."""


def seal(facts: Facts, salt: bytes) -> Leaf:
    """The leaf of these facts under a fresh random salt of 16 bytes, which is kept with the facts and nowhere else."""
    salts, committed = field_salts(salt), dict[str, str]()
    for at, name in enumerate(SENSITIVE):
        value: str = getattr(facts, name)
        own = salts[at * SALT_BYTES : (at + 1) * SALT_BYTES]
        committed[name] = commitment(own, name, value) if value else ""
    return Leaf._make((
        facts.kind, facts.operation, facts.platform, facts.received, facts.outcome, facts.versions, facts.legal,
        facts.about, *committed.values(), facts.committed, facts.clock,
    ))  # fmt: skip


def sealed_hash(facts: Facts, salt: bytes) -> bytes:
    """``leaf_hash(seal(facts, salt))``, for whoever needs no leaf. Of the form that every row has now the record is
    written at once."""
    (
        kind, operation, platform, received, outcome, message, party, subject, payload, actor, on_behalf_of, legal,
        versions, about, wire, row, committed, clock,
    ) = facts  # fmt: skip
    if not row or not committed:
        return leaf_hash(seal(facts, salt))
    if len(salt) != SALT_BYTES:
        raise DeclarationFault(_SALT_OF_OTHER_LENGTH)
    s = _SALTS(shake_256(salt).digest(_ALL_SALTS))  # ``field_salts``
    text = _TEXT % (
        kind, operation or "-", platform or "-", received, committed, clock or "-", outcome or "-", versions or "-",
        legal or "-", about.hex() or "-",
        sha256(s[0] + b"message\0" + message.encode("utf-8", LONE)).hexdigest() if message else "-",
        sha256(s[1] + b"party\0" + party.encode("utf-8", LONE)).hexdigest() if party else "-",
        sha256(s[2] + b"subject\0" + subject.encode("utf-8", LONE)).hexdigest() if subject else "-",
        sha256(s[3] + b"actor\0" + actor.encode("utf-8", LONE)).hexdigest() if actor else "-",
        sha256(s[4] + b"on_behalf_of\0" + on_behalf_of.encode("utf-8", LONE)).hexdigest() if on_behalf_of else "-",
        sha256(s[5] + b"payload\0" + payload.encode("utf-8", LONE)).hexdigest() if payload else "-",
        sha256(s[6] + b"wire\0" + wire.encode("utf-8", LONE)).hexdigest() if wire else "-",
        sha256(s[7] + b"row\0" + row.encode("utf-8", LONE)).hexdigest(),
    )  # fmt: skip
    if text.count("\n") != _LINES:
        raise DeclarationFault(_BROKEN)
    return sha256(b"\0" + text.encode()).digest()


def leaf_hash(leaf: Leaf) -> bytes:
    """The hash under which the leaf stands in the log."""
    return leaf.hash()


def commitment(salt: bytes, name: str, value: str) -> str:
    """SHA-256(salt || name || 0x00 || value), in hexadecimal. Never raises on a sender's text, lone surrogates too."""
    return sha256(salt + f"{name}\0{value}".encode("utf-8", LONE)).hexdigest()


def field_salts(salt: bytes) -> bytes:
    """The salts of the sensitive fields, joined: one of them says nothing about the others."""
    if len(salt) != SALT_BYTES:
        raise DeclarationFault(_SALT_OF_OTHER_LENGTH)
    return shake_256(salt).digest(_ALL_SALTS)


def opening(facts: Facts, salt: bytes, *, fields: Iterable[str] = SENSITIVE) -> dict[str, Opened]:
    """Disclose the named fields (those that are present)."""
    salts, wanted = field_salts(salt), frozenset(fields)
    found = {}
    for at, name in enumerate(SENSITIVE):
        value: str = getattr(facts, name)
        if value and name in wanted:
            found[name] = Opened(salts[at * SALT_BYTES : (at + 1) * SALT_BYTES], value)
    return found


def check_opening(leaf: Leaf, name: str, opened: Opened) -> None:
    """Check that a disclosed field is the one the leaf commits to; raises ProofFailed."""
    if name not in SENSITIVE:
        raise ProofFailed(f"A leaf has no sensitive field {name[:40]!r}.")
    committed: str = getattr(leaf, name)
    if len(opened.salt) != SALT_BYTES or commitment(opened.salt, name, opened.value) != committed:
        raise ProofFailed(f"The disclosed {name} is not the one that the leaf commits to.")


def parse_leaf(record: bytes) -> Leaf:
    """Read a record back; anything that ``record`` would not write is refused."""
    if len(record) > MAX_RECORD_BYTES:
        raise NotWellFormed("The leaf is longer than 16 kB.")
    try:
        lines = record.decode().split("\n")
    except UnicodeDecodeError as error:
        raise NotWellFormed("The leaf is not UTF-8.") from error
    names = _FORMS.get(lines[0], ())
    if not names or lines[-1] or len(lines) != len(names) + 2:
        raise NotWellFormed(f"The leaf is not of a form that is known: {', '.join(_FORMS)}.")
    values = {}
    for name, line in zip(names, lines[1:-1], strict=True):
        if not line.startswith(name + " "):
            raise NotWellFormed(f"The leaf has no line {name!r} where it belongs.")
        values[name] = line[len(name) + 1 :]
    leaf = _leaf(values)
    if leaf.record() != record:
        raise NotWellFormed("The leaf is not in its one canonical form.")
    return leaf


def _leaf(values: Mapping[str, str]) -> Leaf:
    if not all(_COMMITMENT.fullmatch(values[name]) for name in ("about", *SENSITIVE) if name in values):
        raise NotWellFormed("A commitment in the leaf is not 64 hexadecimal digits.")
    if not all(value.isprintable() for value in values.values()):
        raise NotWellFormed("The leaf holds control characters.")
    received, committed = values["received"], values.get("committed", "0")
    if values["kind"] not in list(Kind) or not all(_INSTANT(each) for each in (received, committed)):
        raise NotWellFormed("The leaf has an unknown kind or no time in microseconds.")
    plain = {name: "" if value == "-" else value for name, value in values.items()}
    return Leaf._make((
        Kind(values["kind"]), plain["operation"], plain["platform"], int(received), plain["outcome"],
        plain["versions"], plain["legal"], bytes.fromhex(plain["about"]),
        *(plain.get(name, "") for name in SENSITIVE), int(committed), plain.get("clock", ""),
    ))  # fmt: skip


def artefact_versions(versions: Mapping[str, str]) -> str:
    """The versions of compiled artefacts as one text (``model=9f2c schema=51.8.6``), sorted: made once per release."""
    for name, version in versions.items():
        if not re.fullmatch(r"[A-Za-z0-9_.:/-]+", name) or not re.fullmatch(r"[A-Za-z0-9_.:/+-]+", version):
            raise DeclarationFault(f"{name}={version} is not a version that an audit leaf can carry.")
    return " ".join(f"{name}={versions[name]}" for name in sorted(versions))
