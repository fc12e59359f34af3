"""The digest of an attachment: the content transform of the SwA profile, decided by the part's media type.

XML is canonicalised, other text gets CRLF line ends, everything else counts as it is. The media type is that before
encryption. The XML branch parses bytes of somebody who is not authenticated yet, behind the caps of every document.
"""

from __future__ import annotations

import re
from typing import Final

from cryptography.hazmat.primitives import hashes

from douane.standards.xml.reading import Limits, read_tree
from douane.standards.xml_signature.algorithms import HASHES
from douane.standards.xml_signature.canonical import EXCLUSIVE
from douane.vocabulary.errors import BadSignature, DouaneError, TooLarge

LARGEST_XML: Final = 1024 * 1024
"""Octets of a part that is canonicalised, of which a tree is made; one that is sent compressed is signed as it is."""
_XML = re.compile(r"(?:text/xml|application/xml|application/.*\+xml|image/.*\+xml)", re.IGNORECASE)
_LINE_END = re.compile(rb"\r\n|\r|\n")


class ContentDigest:
    """Takes the octets of an attachment as they come; its digest at the end, by digest algorithm."""

    def __init__(self, media_type: str, algorithms: frozenset[str] | set[str] | tuple[str, ...]) -> None:
        self._states = {name: hashes.Hash(HASHES[name]) for name in algorithms}
        self._kept: bytearray | None = bytearray() if _XML.match(media_type) else None
        self._text = self._kept is None and media_type.lower().startswith("text/")
        self._carriage_return = False

    def update(self, octets: bytes) -> None:
        """Take the next octets. Raises TooLarge for XML above the cap: send it compressed."""
        if self._kept is not None:
            if len(self._kept) + len(octets) > LARGEST_XML:
                raise TooLarge(f"An XML part of more than {LARGEST_XML} bytes cannot be canonicalised.",
                               remedy="Compress it: then it is signed as it is.")  # fmt: skip
            self._kept += octets
            return
        self._take(self._with_line_ends(octets) if self._text else octets)

    def values(self) -> dict[str, bytes]:
        """The digests; call once, after the last octets. Raises BadSignature for XML that cannot be read."""
        if self._kept is not None:
            try:
                root = read_tree(
                    bytes(self._kept), Limits(size=LARGEST_XML, depth=255, elements=40_000), keep_comments=True
                )
            except DouaneError as problem:
                raise BadSignature("A part of an XML media type is not XML that can be signed.") from problem
            self._take(EXCLUSIVE.document(root))
        elif self._carriage_return:
            self._take(b"\r\n")
        return {name: state.finalize() for name, state in self._states.items()}

    def _take(self, octets: bytes) -> None:
        for state in self._states.values():
            state.update(octets)

    def _with_line_ends(self, octets: bytes) -> bytes:
        """CRLF for every line end; a carriage return at the end waits for what follows it."""
        if self._carriage_return:
            octets = b"\r" + octets
        self._carriage_return = octets.endswith(b"\r")
        return _LINE_END.sub(b"\r\n", octets[:-1] if self._carriage_return else octets)
