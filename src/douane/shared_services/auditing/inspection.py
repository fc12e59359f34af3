"""The inspection of a whole stored log: every tile against the one below, the root against the signature, and the
leaves against what is stored elsewhere. Opening a log checks its edge only; this reads all of it, tile by tile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from douane.shared_services.auditing.log import ReadKeys, newest_checkpoint, tile_reader
from douane.standards.transparency_log.note import Key
from douane.standards.transparency_log.tiles import TILE_WIDTH, GetTile, TiledTree, tile_path, tile_width, tiles_of
from douane.standards.transparency_log.tree import HASH_BYTES, perfect_root
from douane.vocabulary.errors import DouaneError


class Finding(NamedTuple):
    """Something stored that does not fit: where, a sentence, and the field of the row where that can be told."""

    where: str
    text: str
    field: str = ""


def inspect(
    read: ReadKeys, origin: str, key: Key, *, prefix: bytes = b"", leaves: Iterable[bytes] | None = None
) -> Iterator[Finding]:
    """Yield everything that does not fit in a stored log; nothing where it is sound.

    leaves: the leaf hashes computed again from the stored messages and kept records, in the order of the log.
    """
    try:
        newest = newest_checkpoint(read, origin, key, prefix=prefix)
    except DouaneError as error:
        yield Finding("checkpoint", error.text)
        return
    size = newest[1].size if newest else 0
    get_tile = tile_reader(read, prefix=prefix)
    broken = False
    for each in _tiles(size, get_tile):
        broken = True
        yield each
    if newest and not broken and TiledTree(size, get_tile).root() != newest[1].root:
        yield Finding("checkpoint", f"The tiles do not lead to the signed root of {size} leaves.")
    if leaves is not None:
        yield from _leaves(size, get_tile, leaves)


def _tiles(size: int, get_tile: GetTile) -> Iterator[Finding]:
    """Tiles that are missing or too short, and full tiles whose root does not stand in the level above."""
    for level, index, width in tiles_of(size):
        data = get_tile(level, index, width)
        where = tile_path(level, index, width)
        if len(data) != width * HASH_BYTES:
            yield Finding(where, f"The tile has {len(data)} bytes instead of {width * HASH_BYTES}.")
        elif width == TILE_WIDTH:
            above, at = divmod(index, TILE_WIDTH)
            parent = get_tile(level + 1, above, tile_width(level + 1, above, size))
            if parent[at * HASH_BYTES : (at + 1) * HASH_BYTES] != perfect_root(_hashes(data)):
                yield Finding(where, "The root of the tile does not stand in the level above.")


def _leaves(size: int, get_tile: GetTile, leaves: Iterable[bytes]) -> Iterator[Finding]:
    for position, (logged, stored) in enumerate(zip_longest(_logged(size, get_tile), leaves)):
        if logged is None:
            yield Finding(f"leaf {position}", "More leaves are stored than the signed log holds.")
            return
        if stored is None:
            yield Finding(f"leaf {position}", "The log holds a leaf whose record is missing.")
        elif logged != stored:
            yield Finding(f"leaf {position}", "The stored record is not the one that was logged.")


def _logged(size: int, get_tile: GetTile) -> Iterator[bytes]:
    for index in range(-(-size // TILE_WIDTH)):
        yield from _hashes(get_tile(0, index, tile_width(0, index, size)))


def _hashes(data: bytes) -> list[bytes]:
    return [data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)]
