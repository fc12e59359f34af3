"""Files that an act is about, lodged in the data folder under their digest before it is asked for.

An act is a line; what it takes over may be long. Its leaf names the digest, so what was taken over is
known for good.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import Final

from douane.shared_services.archiving.files import make_folder, write_durably
from douane.vocabulary.errors import NotFound

FOLDER: Final = "lodged"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def lodge(data: Path, content: bytes) -> str:
    """Lodge a file in a data folder; its digest (SHA-256), by which an act names it."""
    digest = sha256(content).hexdigest()
    make_folder(data / FOLDER)
    write_durably(data / FOLDER / digest, content)
    return digest


def lodged(data: Path, digest: str) -> bytes:
    """What was lodged. Raises NotFound for what was not, or is not any more what it was."""
    path = data / FOLDER / digest
    content = path.read_bytes() if _DIGEST.fullmatch(digest) and path.is_file() else b""
    if sha256(content).hexdigest() != digest:
        raise NotFound(f"No such file is lodged: {digest[:64]!r}.", remedy="Have the command lodge it again.")
    return content


def forget(data: Path, digest: str) -> None:
    """Remove what was taken over into the store."""
    (data / FOLDER / digest).unlink(missing_ok=True)
