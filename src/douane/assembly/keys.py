"""Signing keys in files: made at first start, synced before they are used."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from douane.assembly.settings import NodeSettings
from douane.standards.transparency_log.note import Signer


def log_name(settings: NodeSettings) -> str:
    """The name under which a node signs its audit log."""
    return f"{settings.name}.douane.example/p0"


def signing_key(path: Path, name: str, random: Callable[[int], bytes]) -> Signer:
    """The signer whose seed is in a file (mode 600); the file is made when it is missing."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = path.with_suffix(".new")
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(random(32))
            file.flush()
            os.fsync(file.fileno())
        made.rename(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    return Signer.from_seed(name, path.read_bytes())
