"""What every message of SAML shares as it is read: one tree without comments, positions, times."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from douane.standards.saml import names
from douane.standards.saml.reasons import Reason, refuse
from douane.standards.xml.reading import Limits, read_tree
from douane.vocabulary.errors import SenderFault

if TYPE_CHECKING:
    from lxml.etree import _Element

LIMITS: Final = Limits(size=256 * 1024, depth=32, elements=4_000)
_TIME: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z")


def saml(name: str) -> str:
    """The tag of an element of the assertion namespace."""
    return f"{{{names.ASSERTION}}}{name}"


def samlp(name: str) -> str:
    """The tag of an element of the protocol namespace."""
    return f"{{{names.PROTOCOL}}}{name}"


def md(name: str) -> str:
    """The tag of an element of the metadata namespace."""
    return f"{{{names.METADATA}}}{name}"


def read(data: bytes) -> _Element:
    """The root of a message. Raises AssertionRefused: what is no XML, has a DTD, or holds a comment.

    Comments are not covered by the canonical form that is signed, and part the text that they stand in: no honest
    message needs one, so none is read.
    """
    try:
        root = read_tree(data, LIMITS, keep_comments=True)
    except SenderFault as fault:
        refuse(Reason.UNREADABLE, fault.text.rstrip("."))
    around = list(root.itersiblings()) + list(root.itersiblings(preceding=True))
    if around or any(not isinstance(each.tag, str) for each in root.iter()):
        refuse(Reason.COMMENT)
    return root


def only(parent: _Element, tag: str, reason: Reason) -> _Element:
    """The one child of a name. Raises AssertionRefused for none or several."""
    found = parent.findall(tag)
    if len(found) != 1:
        refuse(reason, f"{len(found)} elements {etree.QName(tag).localname}")
    return found[0]


def text_of(element: _Element) -> str:
    """The text of an element that holds nothing else; empty for one that does."""
    return "" if len(element) else (element.text or "").strip()


def time_of(element: _Element, attribute: str, reason: Reason) -> int | None:
    """The seconds since 1970 of an attribute; None where it is absent. Times are UTC (SAML Core, 1.3.3)."""
    written = element.get(attribute)
    if written is None:
        return None
    found = _TIME.fullmatch(written)
    try:
        return int(dt.datetime.fromisoformat(f"{found[1]}+00:00").timestamp()) if found else refuse(reason, written)
    except ValueError:
        refuse(reason, written)


def written(seconds: int) -> str:
    """A time as SAML writes it."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
