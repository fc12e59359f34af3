"""The secret under which segments are sealed, and the file that it travels in, apart from what it opens.

The file is one line, short enough to be printed and kept in a safe: format, secret in base64, check value. The check
value tells a mistyped key from a wrong one.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from douane.shared_services.archiving.files import write_durably
from douane.standards.transparency_log.note import decode_base64
from douane.vocabulary.errors import DouaneError, NotFound, WrongKey

FORMAT = "douane.sealing-key.1"
KEY_BYTES = 32
ARCHIVE_KEY = "archive.key"
"""The key of a node's archive, in its data folder; a backup holds it, sealed."""


@dataclass(frozen=True, slots=True)
class SealingKey:
    """32 secret bytes; ``id`` names them without telling them."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """Sixteen hexadecimal digits that name the key in manifests and segments."""
        return sha256(f"{FORMAT} id".encode() + self.secret).hexdigest()[:16]

    def line(self) -> str:
        """The form in which the key is kept."""
        return f"{FORMAT} {b64encode(self.secret).decode()} {self.id}\n"


def make_key(path: Path, random: Callable[[int], bytes]) -> SealingKey:
    """Make a key and keep it in a file (mode 600); a file that exists is never written over."""
    if path.exists():
        raise WrongKey(f"{path} exists already.", remedy="Name a new file; a lost key opens nothing again.")
    made = SealingKey(random(KEY_BYTES))
    write_durably(path, made.line().encode())
    return made


def read_key(path: Path) -> SealingKey:
    """The key in a file. Raises NotFound or WrongKey."""
    try:
        text = path.read_text(encoding="ascii")
    except FileNotFoundError as problem:
        raise NotFound(
            f"There is no key file {path}.",
            remedy="Name the file that the backup was made with; --make-key makes it for the first one.",
        ) from problem
    except (OSError, UnicodeDecodeError) as problem:
        raise WrongKey(f"{path} cannot be read as a key.") from problem
    return parse_key_line(text, str(path))


def parse_key_line(text: str, where: str) -> SealingKey:
    """The key in the form in which it is kept. Raises WrongKey."""
    words = text.split()
    if len(words) != 3 or words[0] != FORMAT:
        raise WrongKey(f"{where} is not a key of the form {FORMAT}.")
    try:
        found = SealingKey(decode_base64(words[1]))
    except DouaneError as problem:
        raise WrongKey(f"The key in {where} is damaged.") from problem
    if len(found.secret) != KEY_BYTES or found.id != words[2]:
        raise WrongKey(f"The key in {where} is damaged: its check value does not fit.")
    return found
