"""WS-Addressing 1.0 (W3C Recommendation, 2006): what a request says of itself, and what its answer says back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from douane.standards.xml.writing import text
from douane.vocabulary.errors import BadRequest

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "http://www.w3.org/2005/08/addressing"
ANONYMOUS = f"{NAMESPACE}/anonymous"
FAULT_ACTION = f"{NAMESPACE}/soap/fault"
_SPACE = f"{{{NAMESPACE}}}"
_ONCE = ("MessageID", "Action", "To", "ReplyTo", "FaultTo", "From")


@dataclass(frozen=True, slots=True)
class Addressing:
    """The addressing headers of a request; empty texts where a header is absent."""

    action: str = ""
    message_id: str = ""
    to: str = ""

    def answer(self, action: str) -> str:
        """The header entries of the answer to this request; none where the request was not addressed."""
        if not self.action:
            return ""
        said = f'<wsa:Action xmlns:wsa="{NAMESPACE}">{text(action)}</wsa:Action>'
        if self.message_id:
            said += f'<wsa:RelatesTo xmlns:wsa="{NAMESPACE}">{text(self.message_id)}</wsa:RelatesTo>'
        return said


def read_addressing(headers: Iterable[_Element]) -> Addressing:
    """The addressing of a request.

    Raises BadRequest where a header comes twice, the action is missing, or answers are wanted elsewhere than on the
    same connection.
    """
    found: dict[str, _Element] = {}
    for entry in headers:
        tag = str(entry.tag)
        if tag.startswith(_SPACE):
            name = tag.removeprefix(_SPACE)
            if name in _ONCE and name in found:
                raise BadRequest(f"The header wsa:{name} comes twice.", remedy="Send it once.")
            found.setdefault(name, entry)
    if not found:
        return Addressing()
    for name in ("ReplyTo", "FaultTo"):
        address = _address(found[name]) if name in found else ANONYMOUS
        if address != ANONYMOUS:
            raise BadRequest(
                f"wsa:{name} names {address[:120]}; answers go back on the same connection only.",
                remedy=f"Leave it out, or give {ANONYMOUS}; later messages wait in your inbox.",
            )
    action = _text(found.get("Action"))
    if not action:
        raise BadRequest("The request is addressed but has no wsa:Action.", remedy="Send the action of the operation.")
    return Addressing(action, _text(found.get("MessageID")), _text(found.get("To")))


def _text(entry: _Element | None) -> str:
    return (entry.text or "").strip() if entry is not None else ""


def _address(entry: _Element) -> str:
    return _text(entry.find(f"{_SPACE}Address"))
