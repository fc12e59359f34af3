"""What was changed past the node is named, entry by entry, beside what the node changed itself since a backup."""

from __future__ import annotations

from pathlib import Path

import pytest

from douane.runtime.replication.sums import part_of
from douane.runtime.store import keys
from douane.runtime.store.ports import Store
from douane.shared_services.backup_restore.backup import back_up
from douane.shared_services.backup_restore.telling_apart import (
    Told,
    Verdict,
    differences,
    excess,
    excess_of_backup,
    told_apart,
)
from douane.shared_services.backup_restore.verification import Segments, open_backup
from douane.standards.replication.subsets import making
from tests.contracts import toy
from tests.contracts.test_backup import KEY, source_of
from tests.contracts.test_state import Life, behind, entries

LOG = toy.SIGNER.key


def backed_up(node: toy.Node, folder: Path) -> Segments:
    manifest = back_up(source_of(node.store), folder, KEY)
    return open_backup(folder / manifest.id, KEY)


def told(node: toy.Node, backup: Segments) -> list[Told]:
    """What the command finds, in every part that does not fit."""
    too_much = excess(node.store, LOG, 0)
    assert too_much is not None
    assert excess_of_backup(backup, node.store, LOG, 0) == {}
    found = list(differences(node.store, backup, 0, too_much))
    return [told_apart(part, [each for at, each in found if at == part], total) for part, total in too_much.items()]


def named(found: list[Told]) -> dict[bytes, bytes | None]:
    return {each.key: each.now for part in found for each in part.differences if each.verdict is Verdict.PAST}


def busy(node: toy.Node, seed: int) -> None:
    """Cases that the node goes on with, and cases that rest; no time limit runs out."""
    life = Life(node, seed)
    for _ in range(4):
        life.messages()
        life.act()
    node.run(*(node.envelope("orders.place", toy.Order(f"Q{seed}{n}", "A", n)) for n in range(1, 9)))


FORGED = {
    "records": (keys.RECORD, "changed"), "a record more": (keys.RECORD, "added"),
    "a record less": (keys.RECORD, "gone"),
    "timers": (keys.TIMER, "gone"), "another time": (keys.TIMER, "changed"), "aliases": (keys.ALIAS, "changed"),
    "histories": (keys.HISTORY, "changed"), "deliveries": (keys.REPORT, "changed"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FORGED)
@pytest.mark.parametrize("seed", [1, 2])
def test_exactly_what_was_forged_is_named(node: toy.Node, tmp_path: Path, kind: str, seed: int) -> None:
    """Over every store: of entries that the node left alone since the backup, while it went on with others."""
    space, way = FORGED[kind]
    busy(node, seed)
    backup = backed_up(node, tmp_path)
    rested = dict(entries(node.store, space))
    busy(node, seed + 10)
    left = [(key, value) for key, value in entries(node.store, space) if rested.get(key) == value]
    key, value = left[len(left) // 2]
    match way:
        case "changed":
            forged = {key: value[:-1] + bytes((value[-1] ^ 1,))} if space != keys.TIMER else {key: value + b"x"}
            behind(node, forged)
        case "added":
            forged = {key + b"\1": value}
            behind(node, forged)
        case _:
            forged = {}
            behind(node, gone={key})
    wanted: dict[bytes, bytes | None] = {**forged} or {key: None}
    found = told(node, backup)
    assert all(each.proven for each in found)
    assert named(found) == wanted
    busy(node, seed + 20)  # the node goes on; what was forged is found still
    if all(dict(entries(node.store, space)).get(each) == said for each, said in wanted.items()):
        assert named(told(node, backup)) == wanted


def test_several_at_once_are_named(node: toy.Node, tmp_path: Path) -> None:
    busy(node, 1)
    backup = backed_up(node, tmp_path)
    rested = dict(entries(node.store, keys.RECORD))
    busy(node, 11)
    left = [(key, value) for key, value in entries(node.store, keys.RECORD) if rested.get(key) == value][:5]
    (timer, _), *_ = entries(node.store, keys.TIMER)
    wanted: dict[bytes, bytes | None] = {key: value + b"\0" for key, value in left}
    behind(node, {key: value for key, value in wanted.items() if value is not None}, {timer})
    assert named(told(node, backup)) == wanted | {timer: None}


def test_what_the_node_changed_and_somebody_after_it_is_not_proven(node: toy.Node, tmp_path: Path) -> None:
    """What the node left is in no backup: the entry is among those that may have been changed, and no more is said."""
    busy(node, 1)
    backup = backed_up(node, tmp_path)
    before = dict(entries(node.store, keys.RECORD))
    busy(node, 11)
    key, value = next((k, v) for k, v in entries(node.store, keys.RECORD) if before.get(k, v) != v)
    behind(node, {key: value + b"\0"})
    (found,) = told(node, backup)
    assert (found.part, found.proven) == (part_of(key), False)
    assert {each.verdict for each in found.differences} == {Verdict.OPEN}
    assert key in {each.key for each in found.differences}


def test_a_backup_that_holds_the_change_is_not_taken_for_the_truth(store: Store, tmp_path: Path) -> None:
    node = toy.Node(store)
    busy(node, 1)
    key, value = entries(node.store, keys.RECORD)[0]
    behind(node, {key: value + b"\0"})
    backup = backed_up(node, tmp_path)
    assert excess_of_backup(backup, node.store, LOG, 0) == excess(node.store, LOG, 0) != {}


def test_sums_that_were_changed_too_prove_nothing(node: toy.Node, tmp_path: Path) -> None:
    from douane.runtime.replication.sums import sum_key
    from douane.standards.replication.sums import number, written

    busy(node, 1)
    key, value = entries(node.store, keys.RECORD)[0]
    where = sum_key(0, part_of(key))
    (kept,) = node.store.read([where])
    assert kept is not None
    forged = int.from_bytes(kept, "big") - number(key, value) + number(key, value + b"\0")
    behind(node, {key: value + b"\0", where: written(forged)})
    assert excess(node.store, LOG, 0) is None


@pytest.mark.parametrize("many", [5, 28, 200])
@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_the_numbers_of_a_sum_are_found(many: int, size: int) -> None:
    modulus = 1 << 4032
    numbers = [(3**n * 7**1500 * (-1) ** n) % modulus for n in range(1, many + 1)]
    places = frozenset(range(1, size + 1))
    total = sum(numbers[each] for each in places) % modulus
    assert making(numbers, total, modulus) == places
    assert making(numbers, total, modulus, guess=[0, 1]) == places
    assert making(numbers, total + 1, modulus) is None
