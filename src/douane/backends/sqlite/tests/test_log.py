"""The write-ahead log is copied back by its own length, however small the batches are."""

from __future__ import annotations

from pathlib import Path

import pytest

from douane.backends.sqlite import backend
from douane.backends.sqlite.backend import PAGE, SqliteStore
from douane.runtime.store.ports import Batch
from douane.vocabulary.errors import DeclarationFault


def test_small_batches_that_touch_many_pages_do_not_make_a_long_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backend, "CHECKPOINT_PAGES", 30)
    path = tmp_path / "node.db"
    store = SqliteStore(str(path))
    epoch = store.take(0)
    for n in range(60):
        batch = Batch()
        batch.put.update((b"R\0\0" + bytes((k, n)), bytes(2_000)) for k in range(8))  # each in a page of its own
        store.apply(batch, 0, epoch)
    log = path.with_name("node.db-wal").stat().st_size
    assert 15 * PAGE < log < 90 * PAGE
    store.close()


def test_a_file_says_which_schema_it_has_and_an_older_release_refuses_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "node.db")
    SqliteStore(path).close()
    monkeypatch.setattr(backend, "SCHEMA", backend.SCHEMA - 1)
    with pytest.raises(DeclarationFault, match=r"has schema 1; this release knows 0\."):
        SqliteStore(path)
