"""A node that is killed, a disk that fills up, and the checks of what is left: for ``test_crash.py``.

``crashing.py kill FOLDER SEED KILLS`` runs the toy node under load in processes that it kills with SIGKILL.
``crashing.py full FOLDER`` fills the volume of a folder, on which a file ``ballast`` lies, and frees it again.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import msgspec

from douane.backends.sqlite.backend import SqliteStore
from douane.runtime import keys
from douane.runtime import node as nodes
from douane.runtime.envelope import JOURNAL, SENT, Receipt, receipt_of
from douane.runtime.ports import Log, Store
from douane.shared_services.auditing.inspection import inspect
from douane.shared_services.auditing.proving import stored_leaves
from douane.vocabulary.errors import DouaneError, StoreUnavailable
from tests.contracts import toy
from tests.contracts.toy import view

ACCOUNTS = ("A0", "A1", "A2", "A3")
LIMIT = 60
"""So low that some orders are refused."""
Acknowledged = dict[str, str]
"""Message id to the receipt that its sender holds, as JSON."""


def message(node: toy.Node, number: int) -> toy.Arrival:
    """The message of a number: the first ones open accounts, the others place orders."""
    if number < len(ACCOUNTS):
        return node.envelope("accounts.open", toy.Open(ACCOUNTS[number], LIMIT), f"m{number}")
    order = toy.Order(f"O{number}", ACCOUNTS[number % len(ACCOUNTS)], 1)
    return node.envelope("orders.place", order, f"m{number}")


def open_node(path: Path) -> toy.Node:
    """The toy node over a file, its clock behind what is stored already."""
    node = toy.Node(SqliteStore(str(path)))
    node.clock.at += node.owner.state.journal * 1_000_000
    return node


# --- kills


def load(path: Path, first: int, out: int) -> None:
    """What the killed process does: messages without end, receipts to the pipe once they are durable."""
    node = open_node(path)
    number = first
    while True:
        batch = [message(node, n) for n in range(number, number + 7)]
        for result in node.run(*batch):
            assert isinstance(result, Receipt)
            os.write(out, msgspec.json.encode(result) + b"\n")
        number += 7


def one_life(path: Path, first: int, chance: random.Random) -> Iterator[bytes]:
    """Fork, let it live a while, kill it; the receipts that it gave."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            load(path, first, write)
        finally:
            os._exit(1)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        for _ in range(chance.randrange(40)):
            line = pipe.readline()
            assert line, "the child failed"
            yield line
        time.sleep(chance.random() * 0.01)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        yield from (line for line in pipe if line.endswith(b"\n"))


def kill(folder: Path, seed: int, kills: int) -> Acknowledged:
    """Many lives over one file. Each begins with messages that the one before acknowledged already."""
    chance, held = random.Random(seed), Acknowledged()
    for _ in range(kills):
        first = max(0, len(held) - chance.randrange(10))
        for line in one_life(folder / "store.db", first, chance):
            receipt = msgspec.json.decode(line, type=Receipt)
            before = held.setdefault(receipt.id, line.decode().strip())
            assert before == line.decode().strip(), "a known id got another receipt"
    return held


# --- a full disk


def fill(node: toy.Node, free: Callable[[], None]) -> Acknowledged:
    """Messages until the store refuses; reads; space; more messages. Returns every receipt that was given."""
    held, problems = Acknowledged(), list[BaseException]()

    async def send(loop: nodes.Node, number: int) -> None:
        receipt = await loop.submit(message(node, number))
        held[receipt.id] = msgspec.json.encode(receipt).decode()

    async def journey() -> None:
        loop = nodes.Node([node.owner], ended=problems.append, pause=0.01)
        number = 0
        while True:
            try:
                await send(loop, number)
            except StoreUnavailable:
                break
            number += 1
        for _ in range(5):
            try:  # a store that is nearly full may still take something small
                await send(loop, number)
                number += 1
            except StoreUnavailable:
                assert view(node).resolve("order", "O10") is not None  # reads go on
        assert loop.counters.interrupted > 0
        free()
        for later in range(number, number + 20):
            await insist(loop, later)
        await loop.stop()

    async def insist(loop: nodes.Node, number: int) -> None:
        for _ in range(500):
            try:
                return await send(loop, number)
            except StoreUnavailable:
                await asyncio.sleep(0.01)
        raise AssertionError("the node did not go on")

    asyncio.run(journey())
    assert problems == []
    return held


# --- what is left


def findings(path: Path, held: Acknowledged) -> list[str]:
    """Everything that is wrong with what the file holds, given the receipts that senders hold."""
    store = SqliteStore(str(path))
    try:
        return list(_findings(store, held))
    finally:
        store.close()


def _findings(store: SqliteStore, held: Acknowledged) -> Iterator[str]:
    for row in apsw.Connection(store.path).execute("PRAGMA integrity_check").fetchall():
        if row[0] != "ok":
            yield f"file: {row[0]}"
    try:
        node = toy.Node(store)  # handles what the last life left unhandled
        while node.owner.pending:
            node.run()
    except DouaneError as problem:
        yield f"start: {problem.text}"
        return
    yield from _journal(store, held)
    yield from _balances(node)
    for log in (Log.JOURNAL, Log.SENT):
        numbers = [p for p, _ in store.scan_log(log, 0, 1 << 48, 1 << 30)]
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"positions of {log.name} are not dense"
    read, signer = store.read, toy.SIGNER
    leaves = stored_leaves(store, 0)
    try:
        for found in inspect(read, signer.key.name, signer.key, prefix=b"U\0\0", leaves=leaves):
            yield f"audit {found.where}: {found.text}"
    except DouaneError as problem:
        yield f"audit: {problem.text}"


def _journal(store: Store, held: Acknowledged) -> Iterator[str]:
    rows = {p: JOURNAL.read(raw) for p, raw in store.scan_log(Log.JOURNAL, 0, 1 << 48, 1 << 30)}
    outside = [r for r in rows.values() if r.platform]
    twice = [name for name, count in Counter(r.id for r in outside).items() if count > 1]
    yield from (f"message {name} is journaled twice" for name in twice)
    for name, text in held.items():
        receipt = msgspec.json.decode(text, type=Receipt)
        row = rows.get(receipt.position)
        if row is None or (row.id, row.digest, row.subject) != (name, receipt.digest, receipt.subject):
            yield f"message {name} was acknowledged and is not where its receipt says"
        known = store.read([keys.known_key(0, "T1", name)])[0]
        if known is None or receipt_of(known).leaf != receipt.leaf:
            yield f"message {name} was acknowledged and is not known"


def _balances(node: toy.Node) -> Iterator[str]:
    seen = view(node)
    placed = [r for raw in _all(node.store, Log.JOURNAL) if (r := JOURNAL.read(raw)).operation == "orders.place"]
    orders = [seen.get(toy.OrderRecord, r.subject) for r in placed]
    answers = Counter(SENT.read(raw).subject for raw in _all(node.store, Log.SENT))
    if None in orders or any(answers[r.subject] != 1 for r in placed):
        yield "an order has not exactly one answer"
    for name in ACCOUNTS:
        subject = seen.resolve("account", name)
        account = seen.get(toy.Account, subject) if subject else None
        if account is None or subject is None:
            if any(o and o.account == name and o.state != "refused" for o in orders):
                yield f"account {name} is gone"
            continue
        parts = sum(r.amount for r in seen.all_of(toy.Reservation, subject))
        good = sum(1 for o in orders if o and o.account == name and o.state in ("confirmed", "closed"))
        if not account.reserved == parts == good <= LIMIT:
            yield f"account {name}: {account.reserved} reserved, {parts} in parts, {good} orders confirmed"


def _all(store: Store, log: Log) -> list[bytes]:
    return [raw for _, raw in store.scan_log(log, 0, 1 << 48, 1 << 30)]


if __name__ == "__main__":
    place = Path(sys.argv[2])
    if sys.argv[1] == "kill":
        print(json.dumps(kill(place, int(sys.argv[3]), int(sys.argv[4]))))
    else:
        given = fill(open_node(place / "store.db"), (place / "ballast").unlink)
        print(json.dumps({"held": given, "findings": findings(place / "store.db", given)}))
