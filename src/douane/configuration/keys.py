"""Signing keys in files: made at first start, synced before they are used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from douane.configuration.settings import NodeSettings
from douane.shared_services.archiving.files import make_folder, write_durably
from douane.standards.transparency_log.note import Signer
from douane.vocabulary.errors import NotFound


def log_name(settings: NodeSettings, partition: int = 0) -> str:
    """The name under which a node signs the audit log of a partition."""
    return f"{settings.name}.douane.example/p{partition}"


def secret(path: Path, random: Callable[[int], bytes]) -> bytes:
    """The 32 secret bytes in a file (mode 600); the file is made when it is missing."""
    if not path.exists():
        make_folder(path.parent)
        write_durably(path, random(32))
    return path.read_bytes()


def signing_key(path: Path, name: str, random: Callable[[int], bytes]) -> Signer:
    """The signer whose seed is in a file (mode 600); the file is made when it is missing."""
    return Signer.from_seed(name, secret(path, random))


def log_signer(settings: NodeSettings, partition: int) -> Signer:
    """The key of a partition's log. Raises NotFound."""
    path = settings.data / "audit.key"
    if not path.is_file():
        raise NotFound(f"{settings.data} holds no key of an audit log.", remedy="Name the data folder: --data DIR.")
    return Signer.from_seed(log_name(settings, partition), path.read_bytes())
