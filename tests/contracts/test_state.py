"""Everything that units of work decided has a second place: the sums that state leaves commit to, over every store."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.backends.memory.backend import MemoryStore
from douane.model.caller import of_the_core
from douane.runtime.core import flush
from douane.runtime.core.commands import Acknowledge, Act, Announce, PauseLane
from douane.runtime.replication.sums import PARTS, SumState, part_of, stored_sums, sum_key
from douane.runtime.store import keys
from douane.runtime.store.decided import Pause
from douane.runtime.store.envelope import OWNER, RowKind
from douane.runtime.store.ports import SECOND, Batch, Store
from douane.shared_services.auditing.inspection import Finding
from douane.shared_services.auditing.state import rows_of, summed_anew
from douane.shared_services.auditing.walking import Walk
from douane.shared_services.backup_restore.backup import back_up
from douane.standards.replication.sums import number, written
from douane.vocabulary.errors import Damaged, StoreUnavailable
from tests.contracts import toy
from tests.contracts.test_backup import KEY, bring_back, source_of

SUM_SOME = SumState(keys.log_position(0, 0), 3)


def found(node: toy.Node) -> list[Finding]:
    return list(Walk(0, toy.SIGNER.key).slice(node.store))


def sums_hold(node: toy.Node) -> None:
    """What ticks carried on is what a scan sums, in the store and in memory."""
    anew = [written(total) for total in summed_anew(node.store, 0)]
    assert anew == stored_sums(node.store, 0) == [written(total) for total in node.owner.sums.totals]
    assert found(node) == []


def whole(node: toy.Node) -> bool:
    return node.owner.sums.whole


def entries(store: Store, space: bytes) -> list[tuple[bytes, bytes]]:
    prefix = keys.space(space, 0)
    return store.scan(prefix, keys.after(prefix), 1_000)


def behind(node: toy.Node, put: dict[bytes, bytes] | None = None, gone: set[bytes] | None = None) -> None:
    """Write into the store as its disk's owner can, past the tick."""
    batch = Batch()
    batch.put.update(put or {})
    batch.gone |= gone or set()
    node.store.apply(batch, 0, node.owner.epoch)


class Life:
    """A node to which anything happens, from a seed: messages, failures, timers, decisions, restarts, lost commits."""

    def __init__(self, node: toy.Node, seed: int) -> None:
        self.node, self.rng, self.orders, self.account = node, random.Random(seed), 0, f"A{seed}"
        node.run(node.envelope("accounts.open", toy.Open(self.account, 5_000)))

    def go_on(self, steps: int) -> None:
        for _ in range(steps):
            self.rng.choice((self.messages, self.messages, self.time, self.act, self.restart, self.lose_a_commit))()

    def messages(self) -> None:
        new = []
        for _ in range(self.rng.randint(1, 4)):
            self.orders += 1
            amount = self.rng.choice((1, 5, 9_000, 666))  # held, held, short, set aside
            new.append(self.node.envelope("orders.place", toy.Order(f"O{self.orders}", self.account, amount)))
            known = f"O{self.rng.randint(1, self.orders)}"
            new.append(self.node.envelope("orders.amend", toy.Amend(known, self.rng.choice((2, 3, 666)))))
        self.node.run(*new)

    def time(self) -> None:
        self.node.clock.at += self.rng.randint(1, 12) * SECOND
        self.node.run()

    def act(self) -> None:
        waiting = entries(self.node.store, keys.INBOX)
        if waiting and self.rng.random() < 0.7:
            position = int.from_bytes(waiting[0][0][-8:], "big")
            self.node.run(commands=(Acknowledge("T1", position, self.node.clock.now()),))
            return
        now = self.node.clock.now()
        act = Act(f"a{now}", "{}", of_the_core("EU"))
        self.node.run(commands=(PauseLane(0, f"lane{self.rng.randint(1, 3)}", act, Pause(now, "operator", "away")),))

    def restart(self) -> None:
        self.node.begin()

    def lose_a_commit(self) -> None:
        """The store refuses: nothing of the tick counts, and the next owner begins from what is committed."""
        apply = self.node.store.apply

        def refuse(*_: Any) -> None:
            raise StoreUnavailable("full", remedy="none")

        self.node.store.apply = refuse  # type: ignore[method-assign,assignment]
        try:
            self.messages()
        except StoreUnavailable:
            pass
        finally:
            self.node.store.apply = apply  # type: ignore[method-assign]
        self.node.begin()


def lived(node: toy.Node) -> toy.Node:
    node.run(*(node.envelope("orders.place", toy.Order(f"O{n}", "A", n)) for n in range(1, 9)))
    return node


@pytest.mark.parametrize("seed", range(1, 5))
def test_after_any_history_the_sums_are_those_of_the_store(node: toy.Node, seed: int) -> None:
    life = Life(node, seed)
    for _ in range(3):
        life.go_on(8)
        sums_hold(node)


def test_a_history_touches_every_part_that_the_toy_can(node: toy.Node) -> None:
    for seed in range(1, 4):
        Life(node, seed).go_on(10)
    node.run(node.envelope("accounts.open", toy.Open("Z", 1)))
    node.run(node.envelope("orders.place", toy.Order("Z1", "Z", 1)))
    spaces = {keys.RECORD, keys.ALIAS, keys.TIMER, keys.HISTORY, keys.REPORT, keys.WAIT, keys.DECIDED}
    assert [space for space in spaces if not entries(node.store, space)] == []


def test_each_tick_that_changes_the_state_leaves_one_leaf(node: toy.Node) -> None:
    before = len(list(rows_of(node.store, 0)))
    lived(node)
    leaves = list(rows_of(node.store, 0))
    assert len(leaves) == before + 1
    assert leaves[-1][0] == node.owner.state.summed - 1 < node.owner.state.leaf
    assert not any(row.anew for _, row in leaves)
    size = node.owner.state.leaf
    node.run()  # nothing happens, so nothing is said
    assert node.owner.state.leaf == size


@pytest.mark.parametrize("way", ["changed", "added", "removed"])
def test_what_is_changed_past_the_owner_is_found_in_its_part(node: toy.Node, way: str) -> None:
    Life(node, 3).go_on(16)
    lived(node)
    for space in (keys.RECORD, keys.ALIAS, keys.TIMER, keys.HISTORY, keys.WAIT, keys.DECIDED, keys.REPORT, keys.INDEX):
        key, value = (entries(node.store, space) or [(b"", b"")])[0]
        if not key:
            continue
        match way:
            case "changed":
                behind(node, {key: value[:-1] + bytes((value[-1] ^ 1,)) if value else b"x"})
            case "added":
                behind(node, {key + b"\1": value})
            case _:
                behind(node, gone={key})
        assert "state" in {each.field for each in found(node)}, space
        behind(node, {key: value}, {key + b"\1"})
    assert found(node) == []


def test_a_row_that_was_changed_before_it_is_written_again_is_found(node: toy.Node) -> None:
    """The tick subtracts what it finds, so a forgery that it writes over is not taken into the sum."""
    lived(node)
    (key, value), *_ = [each for each in entries(node.store, keys.RECORD) if each[1][6:8] == b"\x92\x64"]  # the account
    behind(node, {key: value.replace(b"\x92\x64", b"\x92\x65")})
    node.begin()
    node.run(node.envelope("orders.place", toy.Order("O9", "A", 1)))
    assert any(each.where.startswith("state: records") for each in found(node))


def test_sums_that_were_changed_with_a_record_are_not_believed(node: toy.Node) -> None:
    lived(node)
    key, value = entries(node.store, keys.RECORD)[0]
    where = sum_key(0, part_of(key))
    (kept,) = node.store.read([where])
    assert kept is not None
    forged = int.from_bytes(kept, "big") - number(key, value) + number(key, value + b"\0")
    behind(node, {key: value + b"\0", where: written(forged)})
    assert [each.where for each in found(node)] == [f"leaf {node.owner.state.summed - 1}"]
    node.begin()
    assert not whole(node)
    while not whole(node):
        node.run(commands=(SUM_SOME,))
    assert any("anew" in each.text for each in found(node))


def test_a_store_of_an_earlier_release_is_summed_beside_its_messages(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flush, "carry", lambda *_: None)
    node = toy.Node(store)
    node.run(node.envelope("accounts.open", toy.Open("A", 100)))
    Life(node, 1).go_on(12)
    monkeypatch.undo()
    node.begin()
    assert not whole(node)
    assert found(node) == []
    life, slices = Life(node, 2), 0
    while not whole(node):
        node.run(node.envelope("orders.place", toy.Order(f"X{slices}", "A", 1)), commands=(SumState(0, 30),))
        slices += 1
        if slices % 5 == 0:
            node.begin()
    assert slices > 4
    assert [row.anew for _, row in rows_of(store, 0)] == [True]
    sums_hold(node)
    life.go_on(8)
    sums_hold(node)


def test_a_restored_store_is_summed_anew_and_nothing_is_found(node: toy.Node, tmp_path: Path) -> None:
    Life(node, 4).go_on(12)
    manifest, store = back_up(source_of(node.store), tmp_path / "backups", KEY), MemoryStore()
    bring_back(tmp_path / "backups" / manifest.id, store)
    restored = toy.Node(store)
    assert not whole(restored)
    assert found(restored) == []
    restored.run(commands=(Announce(0, RowKind.RESTORED, "from a backup"),))
    while not whole(restored):
        restored.run(commands=(SUM_SOME,))
    sums_hold(restored)


@pytest.mark.parametrize("space", [keys.RECORD, keys.SERIAL, keys.TIMER])
def test_a_backup_of_a_changed_state_is_not_restored(node: toy.Node, tmp_path: Path, space: bytes) -> None:
    lived(node)
    key, value = (entries(node.store, space) or [(keys.space(space, 0) + b"XXseries", b"\0" * 8)])[0]
    behind(node, {key: value[:-1] + b"\x7f"})
    manifest = back_up(source_of(node.store), tmp_path / "backups", KEY)
    with pytest.raises(Damaged, match="state: "):
        bring_back(tmp_path / "backups" / manifest.id, MemoryStore())


def test_sums_of_an_unknown_past_are_void(node: toy.Node) -> None:
    """Whoever takes the sums out of a store that stood still does not get them back as if nothing had been."""
    lived(node)
    (raw,) = node.store.read([keys.space(keys.OWNER, 0)])
    assert raw is not None
    row = msgspec.structs.replace(OWNER.read(raw), summed=0)
    sums = {sum_key(0, part) for part in range(PARTS)}
    behind(node, {keys.space(keys.OWNER, 0): OWNER.write(row)}, sums)
    assert "state" in {each.field for each in found(node)}
