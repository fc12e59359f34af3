"""The log of the platform: signed notes (C2SP), the Merkle tree (RFC 6962), and the message's leaf in it."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import itertools
import json
import re
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


def roots_over(old: int, size: int, path: list[bytes], known: bytes | None) -> tuple[bytes, bytes]:
    """The roots of the first ``old`` leaves and of all ``size``, by a consistency proof (RFC 6962, 2.1.2). known: the
    root of the first ones where the proof does not hold it, since they are a whole tree."""
    if old == size:
        need(known is not None or path, "The proof is too short.")
        root = known if known is not None else path.pop(0)
        need(not path, "The proof is too long.")
        return root, root
    need(path, "The proof is too short.")
    half, beside = 1 << (size - 1).bit_length() - 1, path[-1]
    if old <= half:
        first, whole = roots_over(old, half, path[:-1], known)
        return first, hashlib.sha256(b"\x01" + whole + beside).digest()
    first, whole = roots_over(old - half, size - half, path[:-1], None)
    return (hashlib.sha256(b"\x01" + beside + first).digest(), hashlib.sha256(b"\x01" + beside + whole).digest())


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
        self.committed = instant(int(self.lines["committed"])) if "committed" in self.lines else None
        self.opened: dict[str, str] = {}
        self.went_back = False

    def leaf(self) -> str:
        """What it says."""
        form, said = self.record.split(b"\n", 1)[0], self.lines
        need(re.fullmatch(b"douane[.]leaf[.][1-4]", form), "The leaf is of an unknown form.")
        need(
            "".join(f"{n} {v}\n" for n, v in said.items()).encode() == self.record.split(b"\n", 1)[1], "It is changed."
        )
        clock = f" by the clock of its {said['clock']}" if "clock" in said else ""
        kept = f" Committed {self.committed:%Y-%m-%d %H:%M:%S.%f} UTC by the operator's word." if self.committed else ""
        return (f"A message was {said['kind']}: operation {said['operation']} at {said['platform']},"
                f" {self.received:%Y-%m-%d %H:%M:%S.%f} UTC{clock}, outcome {said['outcome']}.{kept}")  # fmt: skip

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
        size, at, root = self._state(self.content["checkpoint"])
        index = int(self.content["index"])
        need(0 <= index < size, "The leaf lies outside the log.")
        path = [bytes.fromhex(each) for each in self.content["inclusion"]]
        found = root_over(self.hash, index, size, path)
        need(found == root, "The proof does not lead to the signed root.")
        late = self.received > at + dt.timedelta(minutes=1) or (self.committed is not None and self.committed > at)
        need(not late, "The leaf is dated after the checkpoint that covers it.")
        return f"It is leaf {index} of the log {read_key(self.key)[0]}, which signed {size} leaves on {when(at)}."

    def around(self) -> str:
        """The leaves beside it in the log: none was committed after the one that follows it, but for what two
        operators accepted."""
        size, _, root = self._state(self.content["checkpoint"])
        found = [(int(self.content["index"]), self.lines)]
        for each in self.content["around"]:
            at, path = int(each["index"]), [bytes.fromhex(one) for one in each["inclusion"]]
            need(0 <= at < size, "A leaf beside it lies outside the log.")
            made = root_over(hashlib.sha256(b"\0" + each["leaf"].encode()).digest(), at, size, path)
            need(made == root, f"Leaf {at} does not stand there.")
            found.append((at, dict(line.split(" ", 1) for line in each["leaf"].splitlines()[1:])))
        found.sort(key=lambda each: each[0])
        for (before, one), (after, other) in itertools.pairwise(found):
            need(before != after, f"Two leaves are said to stand at position {before}.")
            first, then = int(one.get("committed", 0)), int(other.get("committed", 0))
            need(not 0 < then < first or other["operation"] == "@clock",
                 f"Leaf {after} was committed before leaf {before}, which it follows.")  # fmt: skip
        own = int(self.content["index"])
        self.went_back = any(at <= own and each["operation"] == "@clock" for at, each in found)
        told = ", ".join(str(at) for at, _ in found if at != own)
        back = " Two operators let the clock of this log go back before it." if self.went_back else ""
        return f"It was committed in the order of the leaves beside it ({told}).{back}"

    def between(self) -> str:
        """A state of the log without the leaf, and the one that covers it: between both it came."""
        size, until, root = self._state(self.content["checkpoint"])
        given = self.content["earlier"]
        old, since, known = self._state(given["checkpoint"])
        need(old <= int(self.content["index"]), "The earlier state has the leaf already.")
        path = [bytes.fromhex(each) for each in given["consistency"]]
        need(old > 0, "The earlier state is empty.")
        first, whole = roots_over(old, size, path, None if old & (old - 1) else known)
        need(first == known and whole == root, "The log does not continue its earlier state.")
        dated = self.committed is None or self.committed >= since or self.went_back
        need(since <= until and dated, "The leaf is dated before a state of the log that lacks it.")
        return (f"It was accepted between {when(since)}, when the log had {old} leaves without it, and {when(until)},"
                f" when it had {size} with it.")  # fmt: skip

    def _state(self, note: str) -> tuple[int, dt.datetime, bytes]:
        """Size, instant and root that the log signed."""
        lines = open_note(note, self.key)
        need(lines[0] == read_key(self.key)[0] and len(lines) == 4 and lines[3].startswith("time "), "No checkpoint.")
        return int(lines[1]), instant(int(lines[3][5:])), base64.b64decode(lines[2], validate=True)

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
