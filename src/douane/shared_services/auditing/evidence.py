"""Evidence: one file that proves one leaf to a stranger, offline, without the platform and without other messages.

The file is JSON: the leaf's record, the fields disclosed from it, the way to the root, the signed checkpoint and the
log's key; optionally a later checkpoint with the proof that history was only added to, the promise of the receipt, an
earlier checkpoint that lacks the leaf (so that it came between two moments), and the leaves around it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from douane.shared_services.auditing.leaf import Leaf, Opened, Opening
from douane.shared_services.auditing.promise import Promise
from douane.standards.transparency_log.checkpoint import parse_checkpoint
from douane.standards.transparency_log.note import Key, parse_note
from douane.standards.transparency_log.tiles import GetTile, TiledTree
from douane.vocabulary.errors import NotWellFormed, ProofFailed

FORMAT = "douane.evidence.1"
MAX_FILE_BYTES = 1024 * 1024
MAX_PROOF_HASHES = 130
_HEX = re.compile(r"(?:[0-9a-f]{2})*")
_OPTIONAL = frozenset({"opening", "later", "promise", "earlier", "around"})
MAX_AROUND = 8
_NEEDED = frozenset({"format", "leaf", "index", "inclusion", "checkpoint", "key"})


@dataclass(frozen=True, slots=True)
class Later:
    """A checkpoint signed afterwards, and the proof that its log continues the earlier one."""

    checkpoint: str
    consistency: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A checkpoint that lacks the leaf, and the proof that the log under which it is proven continues that one."""

    checkpoint: str
    consistency: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Another leaf of the log, closed, and its place: its lines in clear say when it was committed."""

    record: bytes
    index: int
    inclusion: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is in the file. ``record``: the leaf's text; ``key``: the log's public key as it travels. ``around``: the
    leaf before it, the one behind it, and one by which the clock of the log went back before it."""

    record: bytes
    index: int
    inclusion: tuple[bytes, ...]
    checkpoint: str
    key: str
    opening: Opening = field(default_factory=dict)
    later: Later | None = None
    promise: Promise | None = None
    earlier: Earlier | None = None
    around: tuple[Placed, ...] = ()

    def write(self) -> bytes:
        """The file."""
        content: dict[str, object] = {
            "format": FORMAT,
            "leaf": self.record.decode(),
            "index": self.index,
            "inclusion": _hexes(self.inclusion),
            "checkpoint": self.checkpoint,
            "key": self.key,
        }
        if self.opening:
            content["opening"] = {
                name: {"salt": opened.salt.hex(), "value": opened.value} for name, opened in self.opening.items()
            }
        if self.later:
            content["later"] = {
                "checkpoint": self.later.checkpoint,
                "consistency": _hexes(self.later.consistency),
            }
        if self.promise:
            content["promise"] = self.promise.facts()
        if self.earlier:
            content["earlier"] = {
                "checkpoint": self.earlier.checkpoint,
                "consistency": _hexes(self.earlier.consistency),
            }
        if self.around:
            content["around"] = [
                {"leaf": each.record.decode(), "index": each.index, "inclusion": _hexes(each.inclusion)}
                for each in self.around
            ]
        return json.dumps(content, indent=1).encode() + b"\n"

    def with_later(self, checkpoint: str, get_tile: GetTile) -> Evidence:
        """The same evidence, carried on to a later checkpoint of the log."""
        old, new = parse_checkpoint(parse_note(self.checkpoint)), parse_checkpoint(parse_note(checkpoint))
        proof = TiledTree(new.size, get_tile).consistency_proof(old.size)
        return replace(self, later=Later(checkpoint, proof))

    def between(self, earlier: str, around: Sequence[tuple[int, Leaf]], get_tile: GetTile) -> Evidence:
        """The same evidence with what shows between which moments the leaf came. earlier: a checkpoint without it,
        empty for none; around: other leaves and where they stand."""
        tree = TiledTree(parse_checkpoint(parse_note(self.checkpoint)).size, get_tile)
        placed = tuple(Placed(leaf.record(), index, tree.inclusion_proof(index)) for index, leaf in around)
        if not earlier:
            return replace(self, around=placed)
        size = parse_checkpoint(parse_note(earlier)).size
        return replace(self, earlier=Earlier(earlier, tree.consistency_proof(size)), around=placed)


def prove(
    leaf: Leaf,
    index: int,
    *,
    checkpoint: str,
    key: Key,
    get_tile: GetTile,
    opening: Opening | None = None,
    promise: Promise | None = None,
) -> Evidence:
    """The evidence that ``leaf`` stands at ``index`` of the log under a signed checkpoint that covers it.

    Raises ProofFailed where the log holds another leaf at that place, or the checkpoint does not reach it.
    """
    tree = TiledTree(parse_checkpoint(parse_note(checkpoint)).size, get_tile)
    if tree.leaf(index) != leaf.hash():
        raise ProofFailed(f"The log holds another leaf at position {index}: what is stored was changed.")
    inclusion = tree.inclusion_proof(index)
    return Evidence(leaf.record(), index, inclusion, checkpoint, key.text(), dict(opening or {}), None, promise)


def read_evidence(data: bytes) -> Evidence:
    """Read an evidence file; raises NotWellFormed where it is not one. Nothing is verified."""
    content = _object(_parse(data), _NEEDED, _OPTIONAL)
    if content["format"] != FORMAT:
        raise NotWellFormed(f"The file is not of the form {FORMAT}.")
    return Evidence(
        _record(content["leaf"]),
        _count(content["index"]),
        _hashes(content["inclusion"]),
        _text(content["checkpoint"]),
        _text(content["key"]),
        _opening(content["opening"]) if "opening" in content else {},
        _later(content["later"]) if "later" in content else None,
        read_promise(content["promise"]) if "promise" in content else None,
        _earlier(content["earlier"]) if "earlier" in content else None,
        _around(content["around"]) if "around" in content else (),
    )


def _record(value: object) -> bytes:
    try:
        return _text(value).encode()
    except UnicodeEncodeError as error:
        raise NotWellFormed("The leaf in the file is not text.") from error


def _parse(data: bytes) -> object:
    if len(data) > MAX_FILE_BYTES:
        raise NotWellFormed("The file is longer than 1 MB.")
    try:
        parsed: object = json.loads(data.decode(), object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise NotWellFormed("The file is not JSON in UTF-8.") from error
    return parsed


def _unique(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotWellFormed("A name stands twice in the file.")
    return found


def _object(value: object, needed: frozenset[str], optional: frozenset[str] = frozenset()) -> dict[str, object]:
    if not isinstance(value, dict) or not needed <= value.keys() <= needed | optional:
        raise NotWellFormed(f"The file must hold {', '.join(sorted(needed))} and nothing unknown.")
    return value


def _opening(value: object) -> dict[str, Opened]:
    if not isinstance(value, dict):
        raise NotWellFormed("The opening is not an object.")
    found = {}
    for name, each in value.items():
        content = _object(each, frozenset({"salt", "value"}))
        found[str(name)] = Opened(_bytes(content["salt"]), _text(content["value"]))
    return found


def _later(value: object) -> Later:
    content = _object(value, frozenset({"checkpoint", "consistency"}))
    return Later(_text(content["checkpoint"]), _hashes(content["consistency"]))


def _earlier(value: object) -> Earlier:
    content = _object(value, frozenset({"checkpoint", "consistency"}))
    return Earlier(_text(content["checkpoint"]), _hashes(content["consistency"]))


def _around(value: object) -> tuple[Placed, ...]:
    if not isinstance(value, list) or len(value) > MAX_AROUND:
        raise NotWellFormed(f"What stands around the leaf is not a list of at most {MAX_AROUND} leaves.")
    found = [_object(each, frozenset({"leaf", "index", "inclusion"})) for each in value]
    return tuple(Placed(_record(e["leaf"]), _count(e["index"]), _hashes(e["inclusion"])) for e in found)


def read_promise(value: object) -> Promise:
    """Read a promise from its JSON object; raises NotWellFormed where it is none. Nothing is verified."""
    content = _object(value, frozenset({"note", "place", "path"}))
    return Promise(_text(content["note"]), _count(content["place"]), _hashes(content["path"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise NotWellFormed("A value that should be a text is none.")
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 63:
        raise NotWellFormed("A position is not a whole number that a log can have.")
    return value


def _bytes(value: object) -> bytes:
    text = _text(value)
    if not _HEX.fullmatch(text):
        raise NotWellFormed("A value is not in lower-case hexadecimal.")
    return bytes.fromhex(text)


def _hashes(value: object) -> tuple[bytes, ...]:
    if not isinstance(value, list) or len(value) > MAX_PROOF_HASHES:
        raise NotWellFormed("A proof is not a list of at most 130 hashes.")
    found = tuple(_bytes(each) for each in value)
    if any(len(each) != 32 for each in found):
        raise NotWellFormed("A hash in a proof does not have 32 bytes.")
    return found


def _hexes(values: Sequence[bytes]) -> list[str]:
    return [each.hex() for each in values]


def disclosed(opening: Mapping[str, Opened], *, without: Sequence[str]) -> dict[str, Opened]:
    """The same opening without some fields: to hand on evidence that says less."""
    return {name: opened for name, opened in opening.items() if name not in without}
