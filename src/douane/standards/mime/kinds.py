"""Kinds of documents that are told by their first octets, whatever their sender says that they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

HEAD: Final = 16
"""Octets that tell a kind."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind. begins: with one of what such a document begins. ends: the name of its file."""

    media: str
    begins: tuple[bytes, ...]
    ends: tuple[str, ...]


PDF: Final = Kind("application/pdf", (b"%PDF-",), (".pdf",))
KINDS: Final = (
    PDF, Kind("image/png", (b"\x89PNG\r\n\x1a\n",), (".png",)),
    Kind("image/jpeg", (b"\xff\xd8\xff",), (".jpg", ".jpeg")),
    Kind("image/tiff", (b"II*\x00", b"MM\x00*"), (".tif", ".tiff")),
)  # fmt: skip
"""ISO 32000-1 7.5.2; PNG 5.2; ITU-T T.81 B.1; TIFF 6.0 section 2."""
UNSAID: Final = frozenset({"", "application/octet-stream"})


def kind_of(head: bytes) -> Kind | None:
    """The kind of a document by its first octets; None for none of these."""
    return next((each for each in KINDS if head.startswith(each.begins)), None)


def lies(name: str, media: str, kind: Kind) -> bool:
    """Whether a file says by its name or its media type that it is of another kind than it is."""
    return not name.lower().endswith(kind.ends) or (media not in UNSAID and media != kind.media)
