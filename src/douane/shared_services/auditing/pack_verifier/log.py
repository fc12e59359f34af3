"""The log of the platform: signed notes (C2SP), the Merkle tree (RFC 6962), and the message's leaf in it."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519

from douane.shared_services.auditing.pack_verifier.report import Refused, instant, need, when


def read_key(text: str) -> tuple[str, bytes]:
    """Name and public key of a log, from the form in which it travels."""
    name, identity, encoded = text.strip().split("+", 2)
    raw = base64.b64decode(encoded, validate=True)
    need(raw[:1] == b"\x01" and len(raw) == 33, "The key is no Ed25519 key.")
    known = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    need(known.hex() == identity, "The key is not the one that its id names.")
    return name, raw[1:]


def open_note(note: str, key: str) -> list[str]:
    """The lines of a note that the key signed."""
    name, public = read_key(key)
    text, _, tail = note.rpartition("\n\n")
    need(text and tail.startswith("\u2014 ") and tail.endswith("\n"), "It carries no signature.")
    signer, _, encoded = tail[2:-1].partition(" ")
    raw = base64.b64decode(encoded, validate=True)
    need(base64.b64encode(raw).decode() == encoded, "The signature is not in its one form.")
    expected = hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]
    need(signer == name and raw[:4] == expected, f"It is signed by {signer}, not by {name}.")
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], (text + "\n").encode())
    except InvalidSignature:
        raise Refused(f"The signature of {name} does not hold.") from None
    return text.split("\n")


def root_over(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root that an inclusion proof leads to (RFC 6962, 2.1.1), by recursion over the tree."""
    if size == 1:
        need(not path, "The proof is too long.")
        return leaf
    need(path, "The proof is too short.")
    half = 1 << (size - 1).bit_length() - 1
    if index < half:
        return hashlib.sha256(b"\x01" + root_over(leaf, index, half, path[:-1]) + path[-1]).digest()
    return hashlib.sha256(b"\x01" + path[-1] + root_over(leaf, index - half, size - half, path[:-1])).digest()


class Log:
    """The leaf of the message and what it discloses, proven under the log's signature."""

    def __init__(self, data: bytes) -> None:
        self.content: dict[str, Any] = json.loads(data)
        need(self.content["format"] == "douane.evidence.1", "It is of a form that this program does not know.")
        self.key = str(self.content["key"])
        self.record = self.content["leaf"].encode()
        self.hash = hashlib.sha256(b"\0" + self.record).digest()
        self.lines = dict(line.split(" ", 1) for line in self.content["leaf"].splitlines()[1:])
        self.received = instant(int(self.lines["received"]))
        self.opened: dict[str, str] = {}

    def leaf(self) -> str:
        """What it says."""
        form, said = self.record.split(b"\n", 1)[0], self.lines
        need(form in (b"douane.leaf.1", b"douane.leaf.2", b"douane.leaf.3"), "The leaf is of an unknown form.")
        need(
            "".join(f"{n} {v}\n" for n, v in said.items()).encode() == self.record.split(b"\n", 1)[1], "It is changed."
        )
        return (f"A message was {said['kind']}: operation {said['operation']} at {said['platform']},"
                f" {self.received:%Y-%m-%d %H:%M:%S.%f} UTC, outcome {said['outcome']}.")  # fmt: skip

    def disclose(self, name: str) -> str:
        """A field of the leaf: its commitment is the SHA-256 of salt, name, zero octet and value."""
        given = self.content["opening"][name]
        salt, value = bytes.fromhex(given["salt"]), str(given["value"])
        made = hashlib.sha256(salt + name.encode() + b"\0" + value.encode()).hexdigest()
        need(len(salt) == 16 and made == self.lines.get(name), f"The {name} is not the one that the leaf commits to.")
        self.opened[name] = value
        return f"The {name} is {value}."

    def position(self) -> str:
        """The leaf stands in the log that its operator signed."""
        lines = open_note(self.content["checkpoint"], self.key)
        need(lines[0] == read_key(self.key)[0] and len(lines) == 4 and lines[3].startswith("time "), "No checkpoint.")
        size, index = int(lines[1]), int(self.content["index"])
        need(0 <= index < size, "The leaf lies outside the log.")
        path = [bytes.fromhex(each) for each in self.content["inclusion"]]
        found = root_over(self.hash, index, size, path)
        need(base64.b64encode(found).decode() == lines[2], "The proof does not lead to the signed root.")
        at = instant(int(lines[3][5:]))
        need(self.received <= at + dt.timedelta(minutes=1), "The leaf is dated after the checkpoint that covers it.")
        return f"It is leaf {index} of the log {lines[0]}, which signed {size} leaves on {when(at)}."

    def promise(self) -> str:
        """The promise that stood in the receipt."""
        given = self.content["promise"]
        lines = open_note(given["note"], self.key)
        need(
            lines[0] == f"douane.promise.1 {read_key(self.key)[0]}" and len(lines) == 4, "It is no promise of this log."
        )
        path = [bytes.fromhex(each) for each in given["path"]]
        inner = hashlib.sha256(b"\0" + self.hash).digest()
        found = root_over(inner, int(given["place"]), int(lines[1]), path)
        need(base64.b64encode(found).decode() == lines[2], "The promise is for another leaf.")
        return f"With the receipt the log promised to hold this leaf by {when(instant(int(lines[3][5:])))}."
