"""The tree against a recursive reading of RFC 6962 that shares no code with it, and against published values."""

import random
from collections.abc import Callable, Sequence
from hashlib import sha256

import pytest

from douane.standards.transparency_log.tiles import TiledTree, tile_path, tile_width, tiles_of
from douane.standards.transparency_log.tree import (
    EMPTY_ROOT,
    Frontier,
    check_consistency,
    check_inclusion,
    inclusion_length,
    leaf_hash,
    root_of,
)
from douane.vocabulary.errors import ProofFailed

# The inputs of the Certificate Transparency reference tests, and the roots over the first 1 to 8 of them.
INPUTS = [bytes.fromhex(x) for x in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
INPUTS.append(bytes(range(0x60, 0x70)))
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def naive_root(hashes: Sequence[bytes]) -> bytes:
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return sha256(b"\x01" + naive_root(hashes[:k]) + naive_root(hashes[k:])).digest()


def naive_path(m: int, hashes: Sequence[bytes]) -> list[bytes]:
    if len(hashes) == 1:
        return []
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    if m < k:
        return [*naive_path(m, hashes[:k]), naive_root(hashes[k:])]
    return [*naive_path(m - k, hashes[k:]), naive_root(hashes[:k])]


def naive_proof(m: int, hashes: Sequence[bytes], whole: bool = True) -> list[bytes]:
    if m == len(hashes):
        return [] if whole else [naive_root(hashes)]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    if m <= k:
        return [*naive_proof(m, hashes[:k], whole), naive_root(hashes[k:])]
    return [*naive_proof(m - k, hashes[k:], False), naive_root(hashes[:k])]


def leaves(count: int, seed: int = 0) -> list[bytes]:
    return [sha256(f"{seed}/{i}".encode()).digest() for i in range(count)]


def tiles(hashes: Sequence[bytes]) -> Callable[[int, int, int], bytes]:
    """Tiles cut from the leaves directly, by the definition of the layout."""
    rows = [list(hashes)]
    while len(rows[-1]) >= 256:
        row = rows[-1]
        rows.append([naive_root(row[i : i + 256]) for i in range(0, len(row) - 255, 256)])

    def get(level: int, index: int, width: int) -> bytes:
        assert width == min(256, len(rows[level]) - index * 256) > 0
        return b"".join(rows[level][index * 256 : index * 256 + width])

    return get


def test_published_roots() -> None:
    assert sha256(b"").digest() == EMPTY_ROOT
    for count, expected in enumerate(ROOTS, 1):
        hashes = [leaf_hash(each) for each in INPUTS[:count]]
        assert root_of(hashes).hex() == naive_root(hashes).hex() == expected


def test_paths_of_the_seven_leaf_example() -> None:
    """RFC 6962 2.1.3: the paths of d0, d3, d4, d6 and the proofs from sizes 3, 4 and 6 to 7."""
    d = [leaf_hash(each) for each in INPUTS[:7]]
    tree = TiledTree(7, tiles(d))
    pair = [naive_root(d[i : i + 2]) for i in range(0, 6, 2)]
    g, h, i, j = pair[0], pair[1], pair[2], d[6]
    k = naive_root(d[:4])
    big = naive_root(d[4:])
    assert tree.inclusion_proof(0) == (d[1], h, big)
    assert tree.inclusion_proof(3) == (d[2], g, big)
    assert tree.inclusion_proof(4) == (d[5], j, k)
    assert tree.inclusion_proof(6) == (i, k)
    assert tree.consistency_proof(3) == (d[2], d[3], g, big)
    assert tree.consistency_proof(4) == (big,)
    assert tree.consistency_proof(6) == (i, j, k)


def test_every_small_tree_and_proof() -> None:
    every = leaves(40)
    roots = [naive_root(every[:n]) for n in range(41)]
    for size in range(41):
        tree = TiledTree(size, tiles(every[:size]))
        assert tree.root() == roots[size]
        for index in range(size):
            proof = tree.inclusion_proof(index)
            assert list(proof) == naive_path(index, every[:size])
            assert inclusion_length(index, size) == len(proof)
            check_inclusion(every[index], index, size, roots[size], proof)
        for old in range(1, size + 1):
            proof = tree.consistency_proof(old)
            assert list(proof) == naive_proof(old, every[:size])
            check_consistency(old, roots[old], size, roots[size], proof)


def test_growth_in_random_batches_gives_the_same_root_and_the_same_tiles() -> None:
    rng = random.Random(6962)
    every = leaves(70_000)
    frontier = Frontier()
    rows: list[list[bytes]] = [[], [], []]
    while frontier.size < len(every):
        batch = every[frontier.size : frontier.size + rng.choice((1, 2, 3, 7, 64, 255, 256, 257, 3000))]
        frontier, final = frontier.append_many(batch)
        assert [each.level for each in final] == list(range(len(final)))
        for nodes in final:
            assert nodes.start == len(rows[nodes.level])
            rows[nodes.level].extend(nodes.hashes)
    assert frontier.root() == naive_root(every)
    assert [len(row) for row in rows] == [70_000, 273, 1]
    for level in (0, 1):
        for index, node in enumerate(rows[level + 1]):
            assert node == naive_root(rows[level][index * 256 : index * 256 + 256])
    assert TiledTree(70_000, tiles(every)).frontier() == frontier


def test_appending_nothing_changes_nothing() -> None:
    frontier = Frontier().append_many(leaves(5))[0]
    assert frontier.append_many([]) == (frontier, ())


def test_thousands_of_random_proofs_from_tiles() -> None:
    rng = random.Random(1)
    every = leaves(66_000)
    get = tiles(every)

    def cut(level: int, index: int, width: int) -> bytes:
        full = min(256, (len(every) >> 8 * level) - index * 256)
        return get(level, index, full)[: width * 32]

    roots: dict[int, bytes] = {}
    frontier = Frontier()
    sizes = sorted(rng.sample(range(1, len(every)), 300))
    for size in sizes:
        frontier = frontier.append_many(every[frontier.size : size])[0]
        roots[size] = frontier.root()
    for _ in range(1_500):
        old, new = sorted(rng.sample(sizes, 2))
        tree = TiledTree(new, cut)
        check_consistency(old, roots[old], new, roots[new], tree.consistency_proof(old))
        index = rng.randrange(new)
        check_inclusion(every[index], index, new, roots[new], tree.inclusion_proof(index))


def test_a_changed_proof_never_passes() -> None:
    rng = random.Random(2)
    every = leaves(1_000)
    roots = [naive_root(every[:n]) for n in range(0, 1_001, 50)]
    for _ in range(600):
        size = 50 * rng.randrange(2, 21)
        index = rng.randrange(size)
        tree = TiledTree(size, tiles(every[:size]))
        proof = list(tree.inclusion_proof(index))
        place, changed = _changed(rng, index, size, proof)
        with pytest.raises(ProofFailed):
            check_inclusion(every[index], place, size, roots[size // 50], changed)
        old = 50 * rng.randrange(1, size // 50)
        path = list(tree.consistency_proof(old))
        where = rng.randrange(len(path) + 2)
        bad_old, bad_new = roots[old // 50], roots[size // 50]
        if where < len(path):
            path[where] = bytes([path[where][0] ^ 1]) + path[where][1:]
        elif where == len(path):
            bad_old = roots[old // 50 - 1]
        else:
            bad_new = roots[size // 50 - 1]
        with pytest.raises(ProofFailed):
            check_consistency(old, bad_old, size, bad_new, path)


def _changed(rng: random.Random, index: int, size: int, proof: list[bytes]) -> tuple[int, list[bytes]]:
    kind = rng.randrange(4)
    if kind == 0:
        proof[rng.randrange(len(proof))] = rng.randbytes(32)
    elif kind == 1:
        proof.pop(rng.randrange(len(proof)))
    elif kind == 2:
        proof.insert(rng.randrange(len(proof)), rng.randbytes(32))
    else:
        index = (index + 1) % size
    return index, proof


def test_edges_of_the_checks() -> None:
    one, two = leaves(2)
    root = naive_root([one, two])
    check_consistency(0, EMPTY_ROOT, 2, root, ())
    check_consistency(2, root, 2, root, ())
    for bad in (
        (2, root, 2, one, ()),
        (0, root, 2, root, ()),
        (0, EMPTY_ROOT, 0, root, ()),
        (2, root, 1, one, ()),
        (1, one, 2, root, ()),
        (1, one, 2, root, (two, two)),
        (2, root, 2, root, (two,)),
        (1, one, 2, root, (b"short",)),
        (-1, EMPTY_ROOT, 2, root, ()),
    ):
        with pytest.raises(ProofFailed):
            check_consistency(*bad)
    for wrong in ((one, 2, 2, root, (two,)), (one, -1, 2, root, (two,)), (one, 0, 2, root[:5], (two,))):
        with pytest.raises(ProofFailed):
            check_inclusion(*wrong)


def test_tile_names_and_widths() -> None:
    assert tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert tile_path(1, 0, 17) == "tile/1/000.p/17"
    assert tile_path(2, 999) == "tile/2/999"
    assert tile_path(0, 1000) == "tile/0/x001/000"
    of_70000 = list(tiles_of(70_000))
    assert len(of_70000) == 274 + 2 + 1
    assert {(0, 273, 112), (1, 0, 256), (1, 1, 17), (2, 0, 1)} <= set(of_70000)
    assert list(tiles_of(256)) == [(0, 0, 256), (1, 0, 1)]
    assert list(tiles_of(0)) == []
    assert tile_width(0, 300, 256) == 0


def test_a_tile_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ProofFailed, match="tile/0/000"):
        TiledTree(3, lambda level, index, width: b"").root()
    calls: tuple[Callable[[TiledTree], object], ...] = (
        lambda t: t.inclusion_proof(3), lambda t: t.consistency_proof(4), lambda t: t.leaf(-1)
    )  # fmt: skip
    for call in calls:
        with pytest.raises(ProofFailed):
            call(TiledTree(3, tiles(leaves(3))))
