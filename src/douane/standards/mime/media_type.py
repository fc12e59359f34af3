"""Media types and other header values with parameters (RFC 2045, 5.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from douane.vocabulary.errors import BadPackaging

LONGEST_BOUNDARY: Final = 70
ASCII: Final = "us-ascii"
_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_VALUE = re.compile(rf"\s*({_WORD}(?:/{_WORD})?)\s*")
_PARAMETER = re.compile(rf';\s*(?:({_WORD})\s*=\s*(?:([^\s;"]+)|"((?:[^"\\]|\\.)*)")\s*)?')
_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,./:=? -]*[0-9A-Za-z'()+_,./:=?-]")


@dataclass(frozen=True, slots=True)
class MediaType:
    """A media type in lower case and its parameters by name in lower case."""

    name: str
    parameters: dict[str, str]

    @property
    def boundary(self) -> bytes:
        """The boundary of a multipart. Raises BadPackaging when it is absent or malformed."""
        value = self.parameters.get("boundary", "")
        if not self.name.startswith("multipart/") or len(value) > LONGEST_BOUNDARY or not _BOUNDARY.fullmatch(value):
            raise BadPackaging("The multipart has no proper boundary.", remedy="State one of 1 to 70 characters.")
        return value.encode("ascii")

    @property
    def charset(self) -> str:
        """The charset that it names, in small letters; empty for none."""
        return self.parameters.get("charset", "").strip().lower()

    def text(self) -> str:
        """The value as a header carries it, parameters quoted."""
        quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in self.parameters.values())
        return self.name + "".join(f'; {name}="{value}"' for name, value in zip(self.parameters, quoted, strict=True))


def check_charset(charset: str, what: str) -> None:
    """Whether octets that are read as UTF-8 are declared as that, or as its part US-ASCII. Raises BadPackaging."""
    if charset not in ("", "utf-8", "utf8", ASCII):
        raise BadPackaging(
            f"{what} is declared as {charset[:40]!r} and read as UTF-8.", remedy="Send and declare it in UTF-8."
        )


def read_media_type(text: str) -> MediaType:
    """A value such as ``text/xml; charset="UTF-8"``. Raises BadPackaging."""
    found = _VALUE.match(text)
    if found is None or len(text) > 1000:
        raise BadPackaging(f"{text[:80]!r} is no media type.", remedy="Write type/subtype; name=value.")
    parameters: dict[str, str] = {}
    at = found.end()
    while at < len(text):
        each = _PARAMETER.match(text, at)
        if each is None:
            raise BadPackaging(f"{text[:80]!r} has malformed parameters.", remedy="Write ; name=value.")
        name, token, quoted = each.groups()
        if name is not None:
            if name.lower() in parameters:
                raise BadPackaging(f"The parameter {name} stands twice.", remedy="State it once.")
            parameters[name.lower()] = token if token is not None else re.sub(r"\\(.)", r"\1", quoted)
        at = each.end()
    return MediaType(found[1].lower(), parameters)
