"""The audit log as the runtime drives it: a tick's leaf hashes in, store writes and a signed checkpoint out.

Nothing here changes: ``extend`` returns what a commit would make true, and the runtime keeps the new state only after
its commit. A tick without leaves yields None, so it can never overwrite a checkpoint.

Stored under a prefix of the ``map`` space: ``h`` holds the newest signed checkpoint; ``t`` + level + number holds a
slice of 32 hashes (1 kB) of a tile level. Slices grow in place and are never rewritten once full, so a tick dirties
the page it appends to and no other; a tile of the published layout is eight slices joined.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from douane.shared_services.auditing.promise import Promise, promise
from douane.standards.transparency_log.checkpoint import Checkpoint, open_checkpoint
from douane.standards.transparency_log.note import Key, Signer
from douane.standards.transparency_log.tiles import TILE_WIDTH, GetTile, TiledTree
from douane.standards.transparency_log.tree import HASH_BYTES, Frontier, Nodes
from douane.vocabulary.errors import ProofFailed

SLICE_HASHES = 32
_SLICES_PER_TILE = TILE_WIDTH // SLICE_HASHES
Write = tuple[bytes, bytes]
ReadKeys = Callable[[Sequence[bytes]], Sequence[bytes | None]]


class State(NamedTuple):
    """Where the log stands: the frontier, the unfinished slice of each tile level, the time of the last checkpoint."""

    frontier: Frontier = Frontier()
    unfinished: tuple[bytes, ...] = ()
    time: int = 0


class Extension(NamedTuple):
    """What a tick adds: the state to keep after the commit, the puts of the commit, the checkpoint (a signed note).

    ``first``: position of the tick's first leaf; the others follow without gaps.
    """

    state: State
    writes: tuple[Write, ...]
    checkpoint: str
    first: int


class AuditLog:
    """One log: its origin and key, and where its tiles lie."""

    def __init__(self, signer: Signer, *, prefix: bytes = b"") -> None:
        self.origin = signer.key.name
        self.signer = signer
        self.prefix = prefix

    def extend(self, state: State, leaf_hashes: Sequence[bytes], now: int) -> Extension | None:
        """Add a tick's leaves at ``now`` (microseconds UTC); None where there are none."""
        if not leaf_hashes:
            return None
        frontier, final = state.frontier.append_many(leaf_hashes)
        unfinished = list(state.unfinished)
        writes: list[Write] = []
        for nodes in final:
            if nodes.level == len(unfinished):
                unfinished.append(b"")
            puts, unfinished[nodes.level] = _slices(self.prefix, nodes, unfinished[nodes.level])
            writes += puts
        time = max(now, state.time)  # a clock set back must not date a larger log before a smaller one
        note = Checkpoint(self.origin, frontier.size, frontier.root(), time).sign(self.signer)
        writes.append((head_key(self.prefix), note.encode()))
        return Extension(State(frontier, tuple(unfinished), time), tuple(writes), note, state.frontier.size)

    def open(self, read: ReadKeys) -> State:
        """The state after a restart, from the store; raises ProofFailed where tiles and signed root differ."""
        newest = newest_checkpoint(read, self.origin, self.signer.key, prefix=self.prefix)
        if newest is None:
            return State()
        checkpoint = newest[1]
        get_tile = tile_reader(read, prefix=self.prefix)
        frontier = TiledTree(checkpoint.size, get_tile).frontier()
        if frontier.root() != checkpoint.root:
            raise ProofFailed(
                f"The tiles of the audit log do not match its signed checkpoint of {checkpoint.size} leaves.",
                remedy="Do not go on writing: restore the log, or start an enquiry.",
            )
        return State(frontier, _unfinished(checkpoint.size, get_tile), checkpoint.time)

    def promise(self, leaf_hashes: Sequence[bytes], deadline: int) -> tuple[Promise, ...]:
        """One promise for each leaf, under one signature: the leaf will be covered by a checkpoint at ``deadline``."""
        return promise(self.signer, leaf_hashes, deadline)


def newest_checkpoint(read: ReadKeys, origin: str, key: Key, *, prefix: bytes = b"") -> tuple[str, Checkpoint] | None:
    """The stored checkpoint as a note and as a value, its signature checked; None for a new log."""
    (head,) = read([head_key(prefix)])
    if head is None:
        return None
    try:
        note = head.decode()
    except UnicodeDecodeError as error:
        raise ProofFailed("The stored checkpoint of the audit log is not text.") from error
    return note, open_checkpoint(note, origin, [key])


def head_key(prefix: bytes) -> bytes:
    """Where the newest signed checkpoint lies."""
    return prefix + b"h"


def slice_key(prefix: bytes, level: int, number: int) -> bytes:
    """Where a slice of a tile level lies; keys of one level sort in the order of the tree."""
    return b"%bt%c%b" % (prefix, level, number.to_bytes(8, "big"))


def tile_keys(prefix: bytes, level: int, index: int, width: int) -> list[bytes]:
    """The slices that make up the first ``width`` hashes of a tile."""
    first = index * _SLICES_PER_TILE
    return [slice_key(prefix, level, first + at) for at in range(-(-width // SLICE_HASHES))]


def tile_reader(read: ReadKeys, *, prefix: bytes = b"") -> GetTile:
    """``get_tile`` over a store: reads slices, cuts off what was appended after the tree size in question."""

    def get_tile(level: int, index: int, width: int) -> bytes:
        slices = read(tile_keys(prefix, level, index, width))
        return b"".join(each or b"" for each in slices)[: width * HASH_BYTES]

    return get_tile


def _slices(prefix: bytes, nodes: Nodes, unfinished: bytes) -> tuple[list[Write], bytes]:
    """The puts for nodes that follow an unfinished slice, and the slice that is unfinished then."""
    number = (nodes.start - len(unfinished) // HASH_BYTES) // SLICE_HASHES
    data = unfinished + b"".join(nodes.hashes)
    size = SLICE_HASHES * HASH_BYTES
    puts = [
        (slice_key(prefix, nodes.level, number + at // size), data[at : at + size]) for at in range(0, len(data), size)
    ]
    return puts, data[len(data) // size * size :]


def _unfinished(size: int, get_tile: GetTile) -> tuple[bytes, ...]:
    slices: list[bytes] = []
    while size:
        index, width = divmod(size, TILE_WIDTH)
        tile = get_tile(len(slices), index, width) if width else b""
        slices.append(tile[width // SLICE_HASHES * SLICE_HASHES * HASH_BYTES :])
        size >>= 8
    return tuple(slices)
