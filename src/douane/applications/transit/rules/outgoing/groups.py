"""Rules of groups that many messages have, wherever their layouts name them: parties, addresses, numbers, equipment.

The places are read from the layouts: a rule is asked of each field that names it. Where the text asks more than the
message tells (registers, another message), the part is asked that it does tell.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any, Final

from douane.applications.transit.rules.outgoing.shared import SHARED
from douane.applications.transit.rules.places import Found
from douane.author import Grn, Look, Mrn, Violation, broken, missing, not_allowed, rule
from douane.standards.ncts import phase5
from douane.standards.ncts.alike import correlated
from douane.standards.ncts.phase5 import family

TAKEN: Final = frozenset({
    "CC007C", "CC013C", "CC014C", "CC015C", "CC026C", "CC034C", "CC044C", "CC141C", "CC170C", "CC224C", "CD070C",
    "CD071C", "CD200C", "CD411D", "CD903D", "CD971C",
})  # fmt: skip
"""Messages that are judged where they are taken, before a handler sees them, by the book of whoever takes them."""
_TAG: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NUMBER: Final = re.compile(r"[A-Z]{2}[\x21-\x7E]{1,15}").fullmatch


@functools.cache
def paths(rule: str) -> tuple[str, ...]:
    """Where layouts name a rule, below the message."""
    found = (field.pointer.split("/", 2)[2] for kind in family() for field in kind.fields if rule in field.rules)
    return tuple(dict.fromkeys(found))


@functools.cache
def naming(rule: str) -> tuple[type, ...]:
    """The messages whose layouts name a rule, but for those judged where taken, and those that have it from
    declarations."""
    codes = (kind.code for kind in family() if any(rule in field.rules for field in kind.fields))
    kinds: Iterator[type] = (getattr(phase5, code) for code in codes if code not in TAKEN)
    return tuple(kind for kind in kinds if rule not in SHARED.get(kind, ()))


@functools.cache
def attribute(tag: str) -> str:
    """The name of a field in our types."""
    return _TAG.sub("_", tag).lower()


def reached(group: Any, path: str, place: str) -> Iterator[tuple[str, Any]]:
    """What stands at a path below a group, with its pointer; nothing where a group of the path is not there."""
    if not path:
        yield place, group
        return
    tag, _, rest = path.partition("/")
    value = getattr(group, attribute(tag), None)
    if isinstance(value, tuple):
        for n, each in enumerate(value, 1):
            yield from reached(each, rest, f"{place}/{tag}[{n}]")
    elif value is not None:
        yield from reached(value, rest, f"{place}/{tag}")


def everywhere(m: Any, rule: str) -> Iterator[tuple[str, Any]]:
    """The values of a message at all places that name a rule."""
    for path in paths(rule):
        yield from reached(m, path, f"/{type(m).__name__}")


def around(m: Any, rule: str) -> Iterator[tuple[str, Any]]:
    """The groups of a message in which a field names a rule, each once."""
    for path in dict.fromkeys(each.rpartition("/")[0] for each in paths(rule)):
        yield from reached(m, path, f"/{type(m).__name__}")


# --- heads


@rule(
    "C0511", *naming("C0511"), lists=("CL385", "CL610"),
    text="Name the message that is answered in an answer, and none in a message without a movement.",
)  # fmt: skip
def c0511(m: Any, _: object, look: Look) -> Found:
    place, due = f"/{type(m).__name__}/correlationIdentifier", correlated(m.message_type, look.has)
    if due and m.correlation_identifier is None:
        yield missing(place)
    if due is False and m.correlation_identifier is not None:
        yield not_allowed(place, m.correlation_identifier)


@rule("C0461", phase5.CD906C, text="Name the movement of a message that is rejected.")
def c0461(m: Any, *_: object) -> Found:
    """Messages without a movement (CL385) are not rejected by it here."""
    if m.header is None:
        yield missing("/CD906C/Header")


# --- parties


@rule("C0250", *naming("C0250"), text="Give name and address together, and both of who has no number.")
def c0250(m: Any, *_: object) -> Found:
    """Whether a number is valid the registers say; they were asked when the declaration was judged."""
    for place, party in around(m, "C0250"):
        told = {"name": getattr(party, "name", None), "Address": getattr(party, "address", None)}
        if (getattr(party, "identification_number", None) or any(told.values())) and len(
            set(map(bool, told.values()))
        ) == 1:
            continue
        for tag, value in told.items():
            if not value:
                yield missing(f"{place}/{tag}")


@rule("C0505", *naming("C0505"), lists=("CL505",), text="Give the postcode of an address, where its country has any.")
def c0505(m: Any, _: object, look: Look) -> Found:
    for path in dict.fromkeys(each.removesuffix("/Address/postcode") for each in paths("C0505")):
        for place, owner in reached(m, path, f"/{type(m).__name__}"):
            address = getattr(owner, "address", None)
            if address is None or address.postcode is not None:
                continue
            country = getattr(address, "country", None) or owner.country  # of an incident the location bears it
            if not look.has("CL505", country):
                yield missing(f"{place}/Address/postcode")


def _numbers(m: Any, rule: str, look: Look) -> Found:
    """Numbers of operators from an administration of the Union that are of no form that they have there."""
    if look.has("CL010", m.message_sender[-2:]):
        for place, number in everywhere(m, rule):
            if _NUMBER(number) is None:
                yield broken(place, number)


@rule("R0850", *naming("R0850"), lists=("CL010",), text="Name an operator by a number of the form of an EORI number.")
def r0850(m: Any, _: object, look: Look) -> Found:
    return _numbers(m, "R0850", look)


@rule("R0860", *naming("R0860"), lists=("CL010",), text="Name a guarantor by a number of the form of an EORI number.")
def r0860(m: Any, _: object, look: Look) -> Found:
    return _numbers(m, "R0860", look)


# --- numbers


@rule("R0028", *naming("R0028"), text="Name movements and guarantees by numbers with their check digit.")
def r0028(m: Any, *_: object) -> Found:
    for place, number in everywhere(m, "R0028"):
        kind: type[Mrn | Grn] = Grn if place.endswith("/GRN") else Mrn
        if not (kind.accepts(number) and kind.trusted(number).has_right_check_digit):
            yield broken(place, number)


def _repeated(groups: tuple[Any, ...], number: str, place: str) -> Iterator[Violation]:
    """Which groups have a number that one before them has."""
    seen = set()
    for n, each in enumerate(groups, 1):
        value = getattr(each, attribute(number))
        if value in seen:
            yield broken(f"{place}[{n}]/{number}", value)
        seen.add(value)


@rule("R0054", *naming("R0054"), text="Number each group of a kind once.")
def r0054(m: Any, *_: object) -> Found:
    """That the numbers are those of the declaration is seen where the results are made."""
    for path in paths("R0054"):
        *above, tag, number = path.split("/")
        for place, group in reached(m, "/".join(above), f"/{type(m).__name__}"):
            yield from _repeated(getattr(group, attribute(tag), ()), number, f"{place}/{tag}")


@rule("R0055", *naming("R0055"), text="Number each item once: within its house, and within the declaration.")
def r0055(m: Any, *_: object) -> Found:
    declared = []
    for place, house in reached(m, "Consignment/HouseConsignment", f"/{type(m).__name__}"):
        items = house.consignment_item
        yield from _repeated(items, "goodsItemNumber", f"{place}/ConsignmentItem")
        declared += [each.declaration_goods_item_number for each in items]
    if len(set(declared)) < len(declared):
        yield broken(f"/{type(m).__name__}/Consignment/HouseConsignment/ConsignmentItem/declarationGoodsItemNumber")


# --- equipment and means of transport


EQUIPMENT: Final = ("Consignment/TransportEquipment", "Consignment/Incident/TransportEquipment")


def _equipment(m: Any) -> Iterator[tuple[str, Any]]:
    """Equipment with seals, of the consignment and of its incidents."""
    for path in EQUIPMENT:
        yield from reached(m, path, f"/{type(m).__name__}")


@rule("C0569", *naming("C0569"), text="List the seals that are counted.")
def c0569(m: Any, *_: object) -> Found:
    for place, each in _equipment(m):
        counted = (each.number_of_seals or 0) > 0
        if counted != bool(each.seal):
            yield (missing if counted else not_allowed)(f"{place}/Seal")


@rule("R0106", *naming("R0106"), text="Count the seals that are listed.")
def r0106(m: Any, *_: object) -> Found:
    for place, each in _equipment(m):
        if each.seal and each.number_of_seals != max(seal.sequence_number for seal in each.seal):
            yield broken(f"{place}/numberOfSeals", each.number_of_seals)


@rule("R0448", *naming("R0448"), text="Count no seals as 0 without a container.")
def r0448(m: Any, *_: object) -> Found:
    for place, each in _equipment(m):
        if each.number_of_seals == 0 and not each.container_identification_number:
            yield broken(f"{place}/numberOfSeals", 0)


@rule("R0107", *naming("R0107"), text="Name each seal once.")
def r0107(m: Any, *_: object) -> Found:
    seen: dict[str, set[str]] = {}
    for place, each in _equipment(m):
        of = seen.setdefault(place.rpartition("/")[0], set())
        for n, seal in enumerate(each.seal, 1):
            if seal.identifier in of:
                yield broken(f"{place}/Seal[{n}]/identifier", seal.identifier)
            of.add(seal.identifier)
