"""What a schema finds, as faults of our own: a pointer from the message's root, a code of CL030, a remedy."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from douane.vocabulary.errors import Fault

if TYPE_CHECKING:
    from lxml.etree import XMLSchema, _Element

MOST_FAULTS = 9999
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
    log: Any = schema.error_log  # its stub says less than it can
    for entry in islice(log, MOST_FAULTS):
        fault = _fault(entry.type_name, entry.message, _node(root, entry.path), root)
        found.setdefault(fault.pointer, fault)
    return tuple(found.values())


def _node(root: _Element, path: str | None) -> _Element:
    """The element at a path of libxml2, which starts at the element that was judged, wherever that stands itself."""
    node = root
    for step in (path or "").split("/")[2:]:
        name, _, place = step.partition("[")
        found = [each for each in node if name in ("*", _written(each))]
        at = int(place.rstrip("]")) if place else 1
        if name.startswith("@") or at > len(found):
            break
        node = found[at - 1]
    return node


def _written(node: _Element) -> str:
    return f"{node.prefix}:{_local(node)}" if node.prefix else _local(node)


def _local(node: _Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _fault(type_name: str, message: str, node: _Element, root: _Element) -> Fault:
    text = _SPACE.sub("", _HEAD.sub("", message))
    code = _CODES.get(type_name, TYPE)
    pointer, value = _pointer(node, root), node.text or ""
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


def _pointer(node: _Element, root: _Element) -> str:
    """The way from the root of the message to an element, with a position where siblings share its tag."""
    steps: list[str] = []
    at: _Element | None = node
    while at is not None:
        name = _local(at)
        if at is root:
            steps.append(name)
            break
        parent = at.getparent()
        same = [each for each in parent if each.tag == at.tag] if parent is not None else []
        steps.append(f"{name}[{same.index(at) + 1}]" if len(same) > 1 else name)
        at = parent
    return "/" + "/".join(reversed(steps))


def _line(node: _Element) -> int:
    line: object = node.sourceline
    return line if isinstance(line, int) else 0
