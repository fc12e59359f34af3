"""The identifiers of a document: every attribute that any reader might take for an Id, and none twice.

Two elements under one Id are the root of signature wrapping: one reader verifies the first, another reads the second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from douane.standards.xml_signature import names
from douane.vocabulary.errors import BadSignature

if TYPE_CHECKING:
    from lxml.etree import _Element

_IDS = etree.XPath("//@Id|//@ID|//@wsu:Id|//@xml:id", namespaces={"wsu": names.WSU})


def identified(root: _Element) -> dict[str, _Element]:
    """Every identified element of a document by its Id. Raises BadSignature when a value stands twice."""
    found: dict[str, _Element] = {}
    for value in cast("list[Any]", _IDS(root)):  # lxml's strings that know their element
        name = str(value)
        if name in found:
            raise BadSignature(f"The Id {name[:80]!r} stands twice.", remedy="Give every element an Id of its own.")
        found[name] = value.getparent()
    return found
