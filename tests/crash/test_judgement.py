"""The judgement of a crash run is itself tested: a store that loses, doubles or forgets something must be reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crash.cases import case_of
from crash.checker import Harm
from crash.inside import Inside
from crash.ledger import Ledger, Line, What, read_ledger
from crash.messages import case_and_sequence, case_name
from douane.backends.sqlite.backend import SqliteStore
from douane.runtime.store import keys
from douane.runtime.store.envelope import OWNER, SENT
from douane.runtime.store.ports import Batch, Log
from douane.vocabulary.errors import Damaged

TICKS = 30
Spoil = Callable[[Batch], None]


class Sabotaged(SqliteStore):
    """A store that loses something of one batch and says nothing: the receipts go out."""

    def __init__(self, path: str, at: int, spoil: Spoil) -> None:
        super().__init__(path)
        self.applied, self._at, self._spoil = 0, at, spoil

    def apply(self, batch: Batch, partition: int, epoch: int) -> None:
        self.applied += 1
        if self.applied == self._at:
            self._spoil(batch)
        super().apply(batch, partition, epoch)


def lose_all(batch: Batch) -> None:
    """As if receipts went out before the commit, and the commit never came."""
    batch.logs, batch.new, batch.put, batch.gone = {}, {}, {}, set()


def lose_journal(batch: Batch) -> None:
    del batch.logs[Log.JOURNAL][-1]


def lose_answers(batch: Batch) -> None:
    batch.logs[Log.SENT] = []


def lose_inbox(batch: Batch) -> None:
    batch.put = {k: v for k, v in batch.put.items() if k[:1] != keys.INBOX}


def lose_known(batch: Batch) -> None:
    batch.new = {k: v for k, v in batch.new.items() if k[:1] != keys.KNOWN}


def lose_ledgers(batch: Batch) -> None:
    """What is reserved of the guarantees; the reservations stay."""
    batch.put = {k: v for k, v in batch.put.items() if not (k[:1] == keys.RECORD and k[13:15] == keys.u16(30))}


def lose_tile(batch: Batch) -> None:
    batch.put = {k: v for k, v in batch.put.items() if k[:4] != b"U\0\0t"}


def change_row(batch: Batch) -> None:
    position, raw = batch.logs[Log.JOURNAL][0]
    batch.logs[Log.JOURNAL][0] = (position, raw.replace(b"speed2", b"speed3", 1))


def change_amount(batch: Batch) -> None:
    """An answer that was changed after it was audited."""
    rows = batch.logs[Log.SENT]
    for n, (position, raw) in enumerate(rows):
        row = SENT.read(raw)
        rows[n] = (position, raw.replace(row.content.digest, bytes(32), 1))


def move_cursor(by: int) -> Spoil:
    def spoil(batch: Batch) -> None:
        for key in [k for k in batch.put if k[:1] == keys.OWNER]:
            state = OWNER.read(batch.put[key])
            state.cursor += by
            batch.put[key] = OWNER.write(state)

    spoil.__name__ = f"move_cursor_by_{by}"
    return spoil


def nothing(_batch: Batch) -> None:
    """No sabotage."""


def life(store: Callable[[], SqliteStore]) -> Inside:
    """Some ticks under load."""
    inside = Inside(store, seed=3)
    inside.begin(poisoned=False)
    inside.register()
    for _ in range(TICKS):
        inside.step()
    return inside


def judged(path: Path, spoil: Spoil, at: int) -> list[Harm]:
    """Two lives, the first on a store that spoils a batch; what the judgement says."""
    try:
        inside = life(lambda: Sabotaged(str(path), at, spoil))
    except Damaged:  # the inbox noticed it and handed nothing out
        return [Harm.BROKEN]
    inside.store.close()
    inside._open = lambda: SqliteStore(str(path))
    try:
        inside.begin(poisoned=False)
        inside.drain()
    except Exception:  # the node noticed it itself and ended, as it should
        return [Harm.BROKEN]
    found = [each.harm for each in inside.findings()]
    inside.store.close()
    return found


@pytest.mark.parametrize(
    "spoil",
    [lose_all, lose_journal, lose_answers, lose_inbox, lose_known, change_row, change_amount],
)
def test_the_judgement_notices_sabotage(tmp_path: Path, spoil: Spoil) -> None:
    assert judged(tmp_path / "node.db", spoil, TICKS // 2) != []


@pytest.mark.parametrize("spoil", [lose_all, lose_ledgers, lose_tile, move_cursor(-10), move_cursor(-100)])
def test_the_judgement_notices_sabotage_of_the_last_batch(tmp_path: Path, spoil: Spoil) -> None:
    """What the next tick would write again, whole, shows only at the end of a life."""
    clean = life(lambda: Sabotaged(str(tmp_path / "clean.db"), 0, nothing))
    assert isinstance(clean.store, Sabotaged)
    clean.store.close()
    assert judged(tmp_path / "node.db", spoil, clean.store.applied) != []


def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "node.db"
    inside = Inside(lambda: SqliteStore(str(path)), seed=4)
    for _ in range(3):
        inside.begin()
        inside.register()
        for _ in range(20):
            inside.step()
        inside.store.close()
    inside.begin()
    assert inside.drain() > 0
    assert list(inside.findings()) == []
    assert len(inside.told.receipts) > 100


@pytest.fixture(name="sound", scope="module")
def _sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inside]:
    path = tmp_path_factory.mktemp("sound") / "node.db"
    inside = life(lambda: SqliteStore(str(path)))
    inside.drain()
    yield inside
    inside.store.close()


def test_a_receipt_nobody_can_redeem_is_reported(sound: Inside) -> None:
    receipts = dict(sound.told.receipts)
    first, second = list(receipts)[:2]
    sound.told.receipts[first] = receipts[second]
    assert {each.harm for each in sound.findings()} >= {Harm.LOST, Harm.DOUBLED}
    sound.told.receipts[first] = receipts[first]
    assert list(sound.findings()) == []


def test_answers_out_of_order_are_reported(sound: Inside) -> None:
    inbox = next(lines for lines in sound.told.order.values() if sum(line.type == "CC004C" for line in lines) > 2)
    places = [n for n, line in enumerate(inbox) if line.type == "CC004C"]
    case = case_and_sequence(inbox[places[0]].answers)[0]
    a, b = [n for n in places if case_and_sequence(inbox[n].answers)[0] == case][:2]
    inbox[a], inbox[b] = inbox[b], inbox[a]
    assert Harm.OVERTAKEN in {each.harm for each in sound.findings()}
    inbox[a], inbox[b] = inbox[b], inbox[a]


def test_an_answer_that_comes_twice_is_reported(sound: Inside) -> None:
    line = next(iter(sound.told.collected.values()))
    sound.told.order[line.party].append(line)
    assert Harm.DOUBLED in {each.harm for each in sound.findings()}
    sound.told.order[line.party].pop()


def test_a_movement_that_does_not_go_on_is_reported(sound: Inside) -> None:
    own_id = next(own_id for own_id in sound.told.sent if case_of(case_and_sequence(own_id)[0]).onward)
    last = case_of(case_and_sequence(own_id)[0]).messages[-1].id
    digest = sound.told.sent.pop(last)
    assert (Harm.LOST, f"({last})") in {(each.harm, each.text.split()[-1]) for each in sound.findings()}
    sound.told.sent[last] = digest


def test_a_release_at_destination_that_never_comes_is_reported(sound: Inside) -> None:
    place, line = next((p, line) for p, line in sound.told.collected.items() if line.type == "CC025C")
    sound.told.order[line.party].remove(line)
    assert (Harm.LOST, f"CC025C for {line.answers} never came (1)") in {(f.harm, f.text) for f in sound.findings()}
    sound.told.order[line.party].append(line)
    sound.told.order[line.party].sort(key=lambda each: int(each.id, 16))
    assert sound.told.collected[place] == line
    assert list(sound.findings()) == []


def test_every_kind_of_movement_comes_to_its_end(tmp_path: Path) -> None:
    """Each with the messages that it is there for, those of officers among them."""
    inside = life(lambda: SqliteStore(str(tmp_path / "node.db")))
    inside.drain()
    done = {case.name: {line.type for line in lines} for case, lines in inside.told.cases()}
    acts = Counter(message.type for name in done for message in case_of(name).messages)
    inside.store.close()
    assert set(acts) >= {"CC007C", "CC044C", "Inspection", "IncidentReport", "ArrivalRequest"}
    assert all("CC045C" in types for name, types in done.items() if case_of(name).onward)


def test_a_case_is_the_same_whoever_asks() -> None:
    for number in range(30):
        case = case_of(case_name(2, number))
        assert case == case_of(case.name)
        assert [case_and_sequence(m.id) for m in case.messages] == [(case.name, n) for n in range(len(case.messages))]


def test_a_line_that_was_cut_off_is_none(tmp_path: Path) -> None:
    ledger, line = Ledger(tmp_path / "a.ledger"), Line(What.SENT, "K1", 1.5, digest="00")
    ledger.write(line)
    ledger.close()
    with (tmp_path / "a.ledger").open("ab") as file:
        file.write(b'{"what":"sent","id":"K2"')
    assert list(read_ledger(tmp_path / "a.ledger")) == [line]
