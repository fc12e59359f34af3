"""Files come and go whole and once, whatever ends at whichever step, and whatever else lies in the folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from douane.channels.csi_folder import folder as folders
from douane.channels.csi_folder.folder import FOR_BOTH, Folder, key_of
from douane.vocabulary.errors import StoreUnavailable, TooLarge


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "AT")
    made.prepare()
    return made


def names(folder: Folder, inside: str) -> list[str]:
    return sorted(each.name for each in (folder.path / inside).iterdir() if not each.name.endswith(".part"))


@contextmanager
def killed_at(step: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Ends the process at its n-th change of the file system, before it or right after."""
    count = [0]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **named: object) -> object:
            count[0] += 1
            if count[0] == step:
                raise Killed
            made = real(*given, **named)
            count[0] += 1
            if count[0] == step:
                raise Killed
            return made

        return call

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", counted(os.fsync))
        patched.setattr(Path, "rename", counted(Path.rename))
        yield count


def steps_of(work: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> int:
    with killed_at(0, monkeypatch) as count:
        work()
    return count[0]


def test_a_message_goes_out_once_whatever_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = steps_of(lambda: _put(tmp_path / "whole"), monkeypatch)
    assert steps > 10
    for step in range(1, steps + 1):
        place = tmp_path / str(step)
        with killed_at(step, monkeypatch), pytest.raises(Killed):
            _put(place)
        got = _drained(place)  # the program takes what is there while the node is away
        for _ in range(2):
            _put(place)  # another process, then one that was not told that it is done
            got += _drained(place)
        assert got == [b"one"], step


def _put(place: Path) -> None:
    folder = Folder(place)
    folder.prepare()
    folder.put("M1.edi", b"one", "1")


def _drained(place: Path) -> list[bytes]:
    got = []
    for each in sorted((place / "out").iterdir()) if (place / "out").is_dir() else []:
        got.append(each.read_bytes())
        each.unlink()
    return got


def test_a_file_is_taken_with_its_answer_whatever_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _filled(tmp_path / "whole")
    steps = steps_of(lambda: _settle(whole), monkeypatch)
    assert steps > 10
    for step in range(1, steps + 1):
        place = _filled(tmp_path / str(step))
        with killed_at(step, monkeypatch), pytest.raises(Killed):
            _settle(place)
        got = _drained(place)
        for _ in range(2):
            _settle(place)
            got += _drained(place)
        assert got == [b"answer"], step
        folder = Folder(place)
        assert (names(folder, "in"), names(folder, "taken")) == ([], [key_of("a.edi", b"file")]), step


def _filled(place: Path) -> Path:
    folder = Folder(place)
    folder.prepare()
    (place / "in" / "a.edi").write_bytes(b"file")
    return place


def _settle(place: Path) -> None:
    folder = Folder(place)
    folder.prepare()
    folder.recover()
    for name in folder.waiting(10):
        folder.settle(name, folder.read(name), b"answer", "edi")


def test_what_the_program_took_is_known_until_it_is_forgotten(folder: Folder) -> None:
    folder.put("0000000000001-CD001C.edi", b"one", "1")
    assert list(folder.gone()) == []
    (folder.path / "out" / "0000000000001-CD001C.edi").rename(folder.path / "elsewhere")
    assert list(folder.gone()) == ["0000000000001-CD001C.edi"]
    folder.forget("0000000000001-CD001C.edi")
    assert list(folder.gone()) == []


def test_a_folder_of_another_node_loses_no_message(folder: Folder) -> None:
    folder.put("M1.edi", b"one at noon", "1")
    folder.put("M1.edi", b"one a minute later", "1")
    with pytest.raises(StoreUnavailable, match="another message"):
        folder.put("M1.edi", b"two", "2")
    assert (folder.path / "out" / "M1.edi").read_bytes() == b"one at noon"


def test_only_whole_files_are_seen_the_oldest_first(folder: Folder) -> None:
    place = folder.path / "in"
    for age, name in enumerate(["c", "b", "a"]):
        (place / name).write_bytes(b"x")
        os.utime(place / name, ns=(age, age))
    for name in (".hidden", "half.part", "half.tmp"):
        (place / name).write_bytes(b"x")
    (place / "folder").mkdir()
    (place / "link").symlink_to("/etc/hostname")
    os.mkfifo(place / "pipe")
    assert folder.waiting(2) == ["c", "b"]
    assert folder.waiting(9) == ["c", "b", "a"]


def test_a_file_that_became_a_link_is_not_read(folder: Folder) -> None:
    (folder.path / "in" / "link").symlink_to("/etc/hostname")
    with pytest.raises(StoreUnavailable):
        folder.read("link")


def test_a_file_that_is_too_large_is_refused(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "LARGEST", 10)
    (folder.path / "in" / "a").write_bytes(b"x" * 11)
    with pytest.raises(TooLarge):
        folder.read("a")


def test_a_folder_that_nobody_reads_takes_no_more(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "BOUND", 1)
    folder.put("M1.edi", b"one", "1")
    folder.put("M1.edi", b"one", "1")
    with pytest.raises(StoreUnavailable, match="takes no more"):
        folder.put("M2.edi", b"two", "2")


def test_what_is_set_aside_is_kept_and_in_nobodys_way(folder: Folder) -> None:
    (folder.path / "in" / "bad one").write_bytes(b"x")
    folder.set_aside("bad one")
    assert (names(folder, "in"), names(folder, "aside")) == ([], ["bad_one"])


def test_keys_differ_with_name_and_content() -> None:
    assert len({key_of("a", b"x"), key_of("b", b"x"), key_of("a", b"y")}) == 3
    assert "/" not in key_of("../../ä" + "b" * 300, b"x")


def test_what_is_for_the_program_is_for_its_group_too_under_any_umask(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "at")
    folder.prepare()
    before = os.umask(0o077)
    try:
        folder.put("1", b"a message", "mark")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "at" / "out" / "1").stat().st_mode) == FOR_BOTH
