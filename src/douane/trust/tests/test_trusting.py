"""Several processes of a node begin at once, and each keeps what callers are judged by."""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from douane.configuration.ports import SystemIds
from douane.shared_services.archiving.files import write_durably
from douane.trust.development_identity import prepare
from douane.trust.trusting import FOLDER, keep_trust, kept_trust


def test_processes_that_keep_trust_at_once_keep_the_same(tmp_path: Path) -> None:
    identity = prepare(tmp_path / "identity", now=time.time_ns() // 1000, random=SystemIds().random)
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        found = set(pool.map(keep_trust, [tmp_path] * 8, [identity] * 8))
    (digest,) = found
    assert kept_trust(tmp_path, digest).startswith(b"douane.trust.1\n")
    assert not list((tmp_path / FOLDER).glob("*.part"))


def test_processes_that_write_one_file_at_once_leave_it_whole(tmp_path: Path) -> None:
    contents = [bytes([65 + n]) * 200_000 for n in range(4)]
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        for _ in range(5):
            list(pool.map(partial(write_durably, tmp_path / "file"), contents))
            assert (tmp_path / "file").read_bytes() in contents
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
