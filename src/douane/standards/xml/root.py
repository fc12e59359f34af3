"""The root element of a document, told from its first tag: enough to choose who reads it, and no more.

Nothing is believed of what is told here: whoever is chosen parses the whole document and may refuse it.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

HEAD: Final = 8_192
"""Octets within which the first tag must end."""
_BEFORE: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<\?[^>]{0,1000}\?>|<!--(?:(?!-->).){0,4000}-->)*+", re.DOTALL)
_TAG: Final = re.compile(rb"<(?:([\w.-]+):)?([\w.-]+)((?:\s++[\w:.-]++\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+'))*+)\s*+/?>")
_NAME: Final = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)")
_NAMESPACE: Final = re.compile(rb"\sxmlns(?::([\w.-]+))?\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")


class Root(NamedTuple):
    """Namespace (empty for none) and local name of a root element."""

    namespace: str
    name: str


def root_of(document: bytes) -> Root | None:
    """The root element; None where the head is no XML, is longer than ``HEAD``, or uses an undeclared prefix."""
    head = document[:HEAD]
    start = _BEFORE.match(head)
    tag = _TAG.match(head, start.end() if start else 0)
    if tag is None:
        return None
    prefix, name, attributes = tag[1] or b"", tag[2], tag[3]
    declared = {each[1] or b"": each[2] or each[3] or b"" for each in _NAMESPACE.finditer(attributes)}
    if prefix and prefix not in declared:
        return None
    return Root(declared.get(prefix, b"").decode("utf-8", "replace"), name.decode("utf-8", "replace"))


def root_name(document: bytes) -> str:
    """The local name of the root element, also of a tag that breaks off; empty where the head does not tell."""
    head = document[:HEAD]
    start = _BEFORE.match(head)
    found = _NAME.match(head, start.end() if start else 0)
    return found[1].decode("utf-8", "replace") if found is not None else ""
