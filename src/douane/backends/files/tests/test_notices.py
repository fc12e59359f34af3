"""Notes of commits between processes: what they say, who hears them, and that losing them stops nobody."""

from __future__ import annotations

import os
import select
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from douane.backends.files import notices
from douane.backends.files.backend import open_store
from douane.runtime.delivery.notices import together
from douane.runtime.store import keys
from douane.runtime.store.ports import Batch, Notice
from douane.vocabulary.errors import LostOwnership

MARKS = st.frozensets(st.integers(0, 0xFFFF_FFFF), min_size=1, max_size=200)


def fill(party: str) -> Batch:
    batch = Batch()
    batch.put[keys.INBOX + keys.u16(2) + keys.text(party) + keys.u64(7)] = b""
    return batch


def heard(line: notices.Line) -> list[Notice]:
    """What a line says, as soon as it says something."""
    select.select([line], [], [], 20)
    return line.pending()


@settings(deadline=None)
@given(st.integers(0, 0xFFFF), MARKS)
def test_a_note_says_what_was_filled(partition: int, marks: frozenset[int]) -> None:
    assert notices.read(notices.write(partition, marks)) == Notice(partition, marks)


def test_too_many_marks_say_that_anything_may_be_filled() -> None:
    assert notices.read(notices.write(3, frozenset(range(notices.BOUND + 1)))) == Notice(3, None)


@given(st.lists(st.builds(Notice, st.integers(0, 3), st.none() | st.frozensets(st.integers(0, 4), max_size=3))))
def test_what_was_said_of_a_partition_meanwhile_is_told_together(said: list[Notice]) -> None:
    told = together(said)
    assert len({each.partition for each in told}) == len(told)
    for partition in range(4):
        for mark in range(5):
            of = [[each.concerns(mark) for each in some if each.partition == partition] for some in (said, told)]
            assert any(of[0]) == any(of[1])
            assert len(of[1]) == min(1, len(of[0]))


@pytest.mark.parametrize("note", [b"", b"x", b"\0\1x", b"\0\1**", b"\0\1abc"])
def test_what_is_no_note_is_passed_over(note: bytes) -> None:
    assert notices.read(note) is None


def test_every_other_process_hears_and_nobody_hears_himself(tmp_path: Path) -> None:
    first, second = open_store(f"files:{tmp_path}"), open_store(f"files:{tmp_path}")
    own, other = first.notices(), second.notices()
    first.apply(fill("T1"), 2, first.take(2))
    (notice,) = heard(other)
    assert (notice.partition, notice.concerns(keys.inbox_mark("T1")), notice.concerns(keys.inbox_mark("T2"))) == (
        2, True, False,
    )  # fmt: skip
    assert own.pending() == []
    with pytest.raises(LostOwnership):
        first.apply(fill("T2"), 2, 99)
    assert other.pending() == []
    for each in (own, other, first, second):
        each.close()


def test_one_that_was_killed_or_hears_nothing_stops_nobody(tmp_path: Path) -> None:
    store, deaf = open_store(f"files:{tmp_path}"), open_store(f"files:{tmp_path}").notices()
    killed = notices.Line(tmp_path)
    killed._socket.close()  # its file stays, as that of a process that was killed
    epoch = store.take(2)
    for _ in range(2_000):  # more than a socket takes
        store.apply(fill("T1"), 2, epoch)
    assert not (tmp_path / killed.name).exists()
    assert deaf.pending()
    deaf.close()
    store.close()


def test_the_folder_is_listed_again_only_when_it_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, usual, listed = open_store(f"files:{tmp_path}"), os.listdir, list[Path]()

    def listing(place: Path) -> list[str]:
        listed.append(place)
        return usual(place)

    monkeypatch.setattr(os, "listdir", listing)
    line, epoch = open_store(f"files:{tmp_path}").notices(), store.take(2)
    for _ in range(10):
        store.apply(fill("T1"), 2, epoch)
        assert len(heard(line)) == 1
    assert listed == [tmp_path]
    line.close()
    store.apply(fill("T1"), 2, epoch)
    assert listed == [tmp_path] * 2
    store.close()


def test_whoever_begins_to_listen_is_told_of_the_next_commit(tmp_path: Path) -> None:
    listeners, lines = notices.Listeners(tmp_path), list[notices.Line]()
    for _ in range(20):
        lines.append(notices.Line(tmp_path))
        notices.tell(listeners, 2, frozenset({7}), None)
        assert heard(lines[-1]) == [Notice(2, frozenset({7}))]
    for each in lines:
        each.close()


def test_listeners_that_come_while_the_clock_of_the_file_system_stands_still_are_told_apart(tmp_path: Path) -> None:
    still, seen = os.stat(tmp_path).st_mtime_ns, set[int]()
    for name in ("a.notices", "b.notices"):
        os.utime(tmp_path, ns=(still, still))
        notices.stamp(str(tmp_path), name)
        seen.add(os.stat(tmp_path).st_mtime_ns)
    assert len({still, *seen}) == 3


def test_a_folder_may_lie_deeper_than_an_address_is_long(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100) / ("e" * 100)
    first, second = open_store(f"files:{deep}"), open_store(f"files:{deep}")
    line = second.notices()
    first.apply(fill("T1"), 2, first.take(2))
    assert [each.partition for each in heard(line)] == [2]
    for each in (line, first, second):
        each.close()
    assert not list(deep.glob("*.notices"))
