"""The tree in tiles (C2SP tlog-tiles layout, height 8) and the proofs computed from them.

Tile n of level l holds the hashes n*256 .. n*256+255 of that level: leaves at level 0, roots of full tiles of the level
below above it. Tiles come through a callable ``get_tile(level, index, width)`` that returns the first ``width`` hashes
of the tile, joined; it may read a store, files or a web server, and is not trusted to return the right length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from douane.standards.transparency_log.tree import (
    HASH_BYTES,
    MAX_SIZE,
    TILE_HEIGHT,
    Frontier,
    fold,
    perfect_root,
    split,
)
from douane.vocabulary.errors import ProofFailed

TILE_WIDTH = 1 << TILE_HEIGHT
GetTile = Callable[[int, int, int], bytes]


def tile_path(level: int, index: int, width: int = TILE_WIDTH) -> str:
    """The path of a tile below the log's prefix: ``tile/0/x001/x234/067`` and ``.p/W`` for a partial one."""
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    name = "/".join((*(f"x{part}" for part in parts[:-1]), parts[-1]))
    return f"tile/{level}/{name}" + ("" if width == TILE_WIDTH else f".p/{width}")


def tile_width(level: int, index: int, size: int) -> int:
    """How many hashes the tile has in a tree of ``size`` leaves; 0 where it does not exist yet."""
    present = (size >> TILE_HEIGHT * level) - index * TILE_WIDTH
    return max(0, min(TILE_WIDTH, present))


def tiles_of(size: int) -> Iterator[tuple[int, int, int]]:
    """Level, index and width of every tile of a tree of ``size`` leaves: what a static copy of the log consists of."""
    level = 0
    while count := size >> TILE_HEIGHT * level:
        for index in range(-(-count // TILE_WIDTH)):
            yield level, index, tile_width(level, index, size)
        level += 1


class TiledTree:
    """A tree of one size whose hashes are read from tiles; each tile is read once."""

    def __init__(self, size: int, get_tile: GetTile) -> None:
        if not 0 <= size <= MAX_SIZE:
            raise ProofFailed(f"A tree cannot have {size} leaves.")
        self.size = size
        self._get_tile = get_tile
        self._tiles: dict[tuple[int, int], bytes] = {}

    def frontier(self) -> Frontier:
        """The frontier of this tree."""
        return Frontier(self.size, tuple(self._peaks(0, self.size)))

    def root(self) -> bytes:
        """The root of this tree."""
        return self.frontier().root()

    def leaf(self, index: int) -> bytes:
        """The hash of one leaf."""
        if not 0 <= index < self.size:
            raise ProofFailed(f"Leaf {index} cannot be in a tree of {self.size} leaves.")
        return self._perfect(0, index)

    def inclusion_proof(self, index: int) -> tuple[bytes, ...]:
        """The hashes that lead from leaf ``index`` to the root, nearest first."""
        if not 0 <= index < self.size:
            raise ProofFailed(f"Leaf {index} cannot be in a tree of {self.size} leaves.")
        low, high, path = 0, self.size, []
        while high - low > 1:
            middle = low + split(high - low)
            if index < middle:
                path.append(self._range_root(middle, high))
                high = middle
            else:
                path.append(self._range_root(low, middle))
                low = middle
        return tuple(reversed(path))

    def consistency_proof(self, old_size: int) -> tuple[bytes, ...]:
        """The hashes that show that this tree continues its own first ``old_size`` leaves."""
        if not 0 <= old_size <= self.size:
            raise ProofFailed(f"A tree of {self.size} leaves cannot continue a tree of {old_size} leaves.")
        if old_size in {0, self.size}:
            return ()
        low, high, path = 0, self.size, []
        while old_size != high:
            middle = low + split(high - low)
            if old_size <= middle:
                path.append(self._range_root(middle, high))
                high = middle
            else:
                path.append(self._range_root(low, middle))
                low = middle
        if low:  # otherwise the old tree is a perfect subtree whose root the verifier already has
            path.append(self._range_root(low, high))
        return tuple(reversed(path))

    def _range_root(self, low: int, high: int) -> bytes:
        return fold(tuple(self._peaks(low, high)))

    def _peaks(self, low: int, high: int) -> Iterator[bytes]:
        """The roots of the perfect subtrees of a range that begins at a split, left to right."""
        while low < high:
            height = (high - low).bit_length() - 1
            yield self._perfect(height, low >> height)
            low += 1 << height

    def _perfect(self, height: int, index: int) -> bytes:
        level, inner = divmod(height, TILE_HEIGHT)
        first = index << inner
        tile, at = divmod(first, TILE_WIDTH)
        data = self._tile(level, tile)
        count = 1 << inner
        span = data[at * HASH_BYTES : (at + count) * HASH_BYTES]
        return perfect_root([span[i : i + HASH_BYTES] for i in range(0, len(span), HASH_BYTES)])

    def _tile(self, level: int, index: int) -> bytes:
        known = self._tiles.get((level, index))
        if known is None:
            width = tile_width(level, index, self.size)
            known = self._get_tile(level, index, width)
            if len(known) != width * HASH_BYTES:
                raise ProofFailed(f"The tile {tile_path(level, index, width)} has {len(known)} bytes.")
            self._tiles[level, index] = known
        return known
