"""Kinds of documents that are told by their first octets, whatever their sender says that they are."""

from __future__ import annotations

import re
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


LONGEST_NAME: Final = 255
_NAME: Final = re.compile(r"[^\W_](?:[^\x00-\x1f\x7f-\x9f/\\\"'<>|*?`\u2028-\u202e\u2066-\u2069])*\Z")
"""A letter or digit first; no sign that ends a path, a header, an attribute or a line, or turns the reading around."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What may come with a message. named: each is called by the name of a file, which tells its kind; else by a
    Content-ID, which may be one."""

    kinds: tuple[Kind, ...] = KINDS
    named: bool = False

    def said(self) -> str:
        """The kinds, for people."""
        return ", ".join(each.media.rpartition("/")[2].upper() for each in self.kinds)

    def wrong(self, name: str, media: str, head: bytes | None) -> str:
        """What is wrong with an attachment, by its first octets where they are known; empty for nothing."""
        if len(name) > LONGEST_NAME or not _NAME.match(name) or ".." in name:
            return "Name it by letters, digits, and signs that end no path, line or quotation."
        kind = kind_of(head) if head is not None else next((k for k in KINDS if k.media == media), None)
        if kind not in self.kinds:
            return f"Send a document of one of these kinds: {self.said()}."
        called = "." in name and "@" not in name
        if (self.named or called) and not name.lower().endswith(kind.ends):
            return f"Name it as what it is: it ends in {' or '.join(kind.ends)}."
        if media not in UNSAID and media != kind.media:
            return f"Give it the media type that it has: {kind.media}."
        return ""


DOCUMENTS: Final = Taken()
FILES: Final = Taken(named=True)


def lies(name: str, media: str, kind: Kind) -> bool:
    """Whether a file says by its name or its media type that it is of another kind than it is."""
    return not name.lower().endswith(kind.ends) or (media not in UNSAID and media != kind.media)
