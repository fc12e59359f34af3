"""Payloads are kept once, whole, under their digest; what was not published leaves nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from douane.shared_services.payloads.files import FilePayloads
from douane.vocabulary.errors import NotFound, StoreUnavailable

CONTENT = bytes(range(256)) * 3000


def names() -> Callable[[int], bytes]:
    count = iter(range(1000))
    return lambda size: next(count).to_bytes(size, "big")


@pytest.fixture
def store(tmp_path: Path) -> FilePayloads:
    return FilePayloads(tmp_path / "payloads", names())


def test_what_is_published_is_read_again(store: FilePayloads, tmp_path: Path) -> None:
    draft = store.draft()
    for at in range(0, len(CONTENT), 1000):
        draft.write(CONTENT[at : at + 1000])
    assert b"".join(draft.read()) == CONTENT
    found = draft.publish()
    draft.discard()
    assert (found.digest, found.size) == (hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
    assert b"".join(store.open(found.digest)) == CONTENT
    assert store.holds(found.digest)
    again = store.draft()
    again.write(CONTENT)
    assert again.publish() == found
    assert len([p for p in (tmp_path / "payloads").rglob("*") if p.is_file()]) == 1


def test_a_draft_that_is_discarded_or_left_behind_is_gone(store: FilePayloads, tmp_path: Path) -> None:
    draft = store.draft()
    draft.write(b"x")
    draft.discard()
    left = store.draft()
    left.write(b"y")
    assert not store.holds(hashlib.sha256(b"y").hexdigest())
    FilePayloads(tmp_path / "payloads", names())
    left.discard()
    assert [p for p in (tmp_path / "payloads").rglob("*") if p.is_file()] == []


@pytest.mark.parametrize("digest", ["0" * 64, "", "../../etc/passwd", "x" * 64 + "/"])
def test_unknown_names_lead_nowhere(store: FilePayloads, digest: str) -> None:
    with pytest.raises(NotFound):
        store.open(digest)


def test_a_medium_that_refuses_is_said_so(store: FilePayloads, tmp_path: Path) -> None:
    draft = store.draft()
    draft.write(b"x")
    (tmp_path / "payloads" / hashlib.sha256(b"x").hexdigest()[:2]).write_bytes(b"a file where a folder should be")
    with pytest.raises(StoreUnavailable):
        draft.publish()
    draft.discard()
