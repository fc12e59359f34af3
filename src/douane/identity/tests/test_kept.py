"""What is kept in files named by a secret, on a volume that takes nothing for a while."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import msgspec
import pytest

from douane.identity.kept import Kept
from douane.vocabulary.errors import StoreUnavailable


class Value(msgspec.Struct, frozen=True):
    """Anything."""

    text: str


def test_what_a_full_volume_refused_is_kept_once_there_is_room(tmp_path: Path) -> None:
    kept = Kept(tmp_path, os.urandom)
    path = kept.path("sessions", "secret")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4, hard))  # the system refuses the fifth octet, as a full volume does
    try:
        with pytest.raises(StoreUnavailable):
            kept.write(path, Value("something"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert kept.read(path, Value) is None
    kept.write(path, Value("something"))
    assert kept.read(path, Value) == Value("something")
    with pytest.raises(StoreUnavailable):
        kept.write(path, Value("another"))
    assert kept.read(path, Value) == Value("something")
