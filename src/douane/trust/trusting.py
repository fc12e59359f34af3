"""What a node judges callers by, kept for evidence: authorities, revocation lists, keys of tokens, as they stood then.

Each file lies once in the folder ``trust``, under the SHA-256 of its content; so does the list of those that hold now,
whose SHA-256 the statement of every transmission names. A new revocation list makes a new list.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Final

from douane.model.circles import Circle
from douane.shared_services.archiving.files import make_folder, write_durably
from douane.trust.development_identity import DevelopmentIdentity

FOLDER: Final = "trust"
FORMAT: Final = "douane.trust.1"


def keep_trust(data: Path, identity: DevelopmentIdentity) -> str:
    """Keep what callers are judged by from now on; the SHA-256 of the list. Raises StoreUnavailable."""
    folder = make_folder(data / FOLDER)
    lines = [FORMAT]
    for kind, path in _files(identity):
        if path.is_file():
            lines.append(f"{kind} {_keep(folder, path.read_bytes())}")
    return _keep(folder, "".join(f"{line}\n" for line in lines).encode())


def kept_trust(data: Path, digest: str) -> bytes:
    """A kept list or file by the SHA-256 of its content; empty where it is not in this node's folder."""
    path = data / FOLDER / digest
    return path.read_bytes() if digest.isalnum() and path.is_file() else b""


def _files(identity: DevelopmentIdentity) -> list[tuple[str, Path]]:
    found = [("root", identity.root), ("revocations", identity.root_revocations), ("tokens", identity.token_keys)]
    found += [("authority", identity.authority(circle)) for circle in Circle]
    found += [("signers", identity.signer_authorities)]
    return found + [("revocations", path) for path in identity.revocation_files]


def _keep(folder: Path, content: bytes) -> str:
    digest = sha256(content).hexdigest()
    if not (folder / digest).is_file():
        write_durably(folder / digest, content)
    return digest
