"""What a schema finds, as faults of our own: a pointer from the message's root, a code of CL030, a remedy."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from douane.vocabulary.errors import Fault
from douane.vocabulary.faults import COUNTED, NAMED, shortened

if TYPE_CHECKING:
    from lxml.etree import XMLSchema, _Element

ENUMERATION, MISSING, OUT_OF_PLACE, OTHER = "12", "13", "15", "18"
TOO_LONG, TOO_SHORT, TYPE, PATTERN, BELOW, ABOVE = "39", "40", "50", "51", "54", "55"
_CODES = {
    "SCHEMAV_CVC_ENUMERATION_VALID": ENUMERATION,
    "SCHEMAV_CVC_PATTERN_VALID": PATTERN,
    "SCHEMAV_CVC_MAXLENGTH_VALID": TOO_LONG,
    "SCHEMAV_CVC_MINLENGTH_VALID": TOO_SHORT,
    "SCHEMAV_CVC_TOTALDIGITS_VALID": TOO_LONG,
    "SCHEMAV_CVC_FRACTIONDIGITS_VALID": TOO_LONG,
    "SCHEMAV_CVC_MININCLUSIVE_VALID": BELOW,
    "SCHEMAV_CVC_MINEXCLUSIVE_VALID": BELOW,
    "SCHEMAV_CVC_MAXINCLUSIVE_VALID": ABOVE,
    "SCHEMAV_CVC_MAXEXCLUSIVE_VALID": ABOVE,
    "SCHEMAV_ELEMENT_CONTENT": OUT_OF_PLACE,
    "SCHEMAV_CVC_TYPE_3_1_1": OUT_OF_PLACE,
    "SCHEMAV_CVC_TYPE_3_1_2": OUT_OF_PLACE,
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": OUT_OF_PLACE,
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": OTHER,
}
_EXPECTED = re.compile(r"Expected is (?:one of )?\( (.*) \)\.")
_SPACE = re.compile(r"\{[a-z]+:[^}]*\}")
_HEAD = re.compile(r"^Element '[^']*'(?:, attribute '[^']*')?: (?:\[facet '\w+'\] )?")


def faults_of(schema: XMLSchema, root: _Element) -> tuple[Fault, ...]:
    """The faults of the validation of ``root`` that ``schema`` did last, the first at each place."""
    found: dict[str, Fault] = {}
    more: set[str] = set()
    places = _Places(root)
    log: Any = schema.error_log  # its stub says less than it can
    for entry in islice(log, COUNTED):
        if len(found) < NAMED:
            fault = _fault(entry.type_name, entry.message, places.node(entry.path), places)
            found.setdefault(fault.pointer, fault)
        else:
            more.add(entry.path)
    return shortened(tuple(found.values()), len(found) + len(more), f"/{_local(root)}")


class _Places:
    """Finds elements by the paths of libxml2, and names them; siblings are counted once, however many faults."""

    def __init__(self, root: _Element) -> None:
        self.root = root
        self._named: dict[tuple[_Element, str], list[_Element]] = {}
        self._ranks: dict[_Element, dict[_Element, str]] = {}

    def node(self, path: str | None) -> _Element:
        """The element at a path, which starts at the element that was judged, wherever that stands itself."""
        node = self.root
        for step in (path or "").split("/")[2:]:
            name, _, place = step.partition("[")
            found = self._children(node, name)
            at = int(place.rstrip("]")) if place else 1
            if name.startswith("@") or at > len(found):
                break
            node = found[at - 1]
        return node

    def pointer(self, node: _Element) -> str:
        """The way from the root of the message to an element, with a position where siblings share its tag."""
        steps: list[str] = []
        at: _Element | None = node
        while at is not None and at is not self.root:
            parent = at.getparent()
            steps.append(_local(at) + (self._rank(parent, at) if parent is not None else ""))
            at = parent
        return "/" + "/".join(reversed([*steps, _local(self.root)]))

    def _children(self, node: _Element, name: str) -> list[_Element]:
        found = self._named.get((node, name))
        if found is None:
            found = self._named[node, name] = [each for each in node if name in ("*", _written(each))]
        return found

    def _rank(self, parent: _Element, child: _Element) -> str:
        ranks = self._ranks.get(parent)
        if ranks is None:
            by_tag: dict[str, list[_Element]] = {}
            for each in parent:
                by_tag.setdefault(str(each.tag), []).append(each)
            ranks = self._ranks[parent] = {
                each: f"[{n}]" if len(same) > 1 else "" for same in by_tag.values() for n, each in enumerate(same, 1)
            }
        return ranks[child]


def _written(node: _Element) -> str:
    return f"{node.prefix}:{_local(node)}" if node.prefix else _local(node)


def _local(node: _Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _fault(type_name: str, message: str, node: _Element, places: _Places) -> Fault:
    text = _SPACE.sub("", _HEAD.sub("", message))
    code = _CODES.get(type_name, TYPE)
    pointer, value = places.pointer(node), node.text or ""
    expected = _EXPECTED.search(text)
    wanted = expected[1].replace(" ", "").replace(",", ", ") if expected else ""
    if code == OUT_OF_PLACE and text.startswith("Missing child element"):
        first = wanted.split(", ")[0]
        return Fault(f"{pointer}/{first}", MISSING, f"Give {first}.", line=_line(node))
    if code == OUT_OF_PLACE:
        remedy = (
            f"Leave it out; expected here is {wanted}." if wanted else "Leave it out; nothing more is expected here."
        )
        return Fault(pointer, code, remedy, line=_line(node))
    if code == OTHER:
        return Fault(pointer, code, "Leave out the text between the elements.", value=value.strip(), line=_line(node))
    return Fault(pointer, code, f"Give another value: {text[:1].lower()}{text[1:]}", value=value, line=_line(node))


def _line(node: _Element) -> int:
    line: object = node.sourceline
    return line if isinstance(line, int) else 0
