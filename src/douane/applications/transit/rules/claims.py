"""What a declaration claims of the register of another node, and what the declaration is without that.

A right that its register does not confirm is not there: the declaration is judged as one that does not claim it. That
is no refusal of the right, and the register may still answer while it matters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final, TypeVar

import msgspec
from msgspec.structs import replace

from douane.applications.authorisations.contract import (
    TYPE_OF_DOCUMENT,
    AuthorisationAnswer,
    Standing,
)
from douane.applications.transit.rules.case import KnownCase
from douane.author import Book, Fault, Look, Says, Why, in_words, machine, not_known
from douane.standards.ncts.phase5 import CC013C, CC015C

D = TypeVar("D", bound=CC013C | CC015C)
CONSIGNOR, SEALS, CONSIGNEE, TIR_CONSIGNEE = "C521", "C523", "C522", "C520"
HOLDER_IS_TRUSTED: Final = "Y026"
"""Additional reference: the holder of the procedure is an authorised economic operator."""
AUTHORISED_PLACE, BY_AUTHORISATION = "B", "Y"
"""Type of a location (CL347): a place that an authorisation names; qualifier (CL326): the number of that."""
NUMBER, RECOGNISED, POWER = "EORI", "TCUIN", "power"
IDENTITY: Final = frozenset({NUMBER, RECOGNISED, POWER})
"""Claims about who declares: a number that a register holds, one that an agreement recognises, the power to act for
another. Nothing is absent without them: they are confirmed, or the goods are not released."""
CARNET: Final = "TIR"
"""Claim of a cover that a ledger answers for, or an officer does (decision 0111): who stands for a TIR carnet."""
RULE: Final = "14"  # CL180: a rule is broken
VALID_DECISION: Final = "G0033"
"""A reference is valid in the system of customs decisions."""

_WITHOUT: Final[Mapping[str, tuple[str, str]]] = {
    CONSIGNOR: (
        "the goods are presented at the office of departure, which sets the limit of the journey",
        "UCC art. 172(1), 233(4)(a), IA art. 314(2)(b)",
    ),
    SEALS: ("the seals identify nothing, and the office of departure seals the goods", "UCC art. 233(4)(c)"),
    CONSIGNEE: (
        "the goods are presented at the office of destination",
        "UCC art. 233(4)(b), IA art. 306(1)",
    ),
    TIR_CONSIGNEE: ("the goods are presented at the office of destination", "UCC art. 230, IA art. 306(1)"),
    CARNET: ("an officer may say by what document it covers", "UCC art. 195(1), IA art. 163"),
    NUMBER: ("an officer settles who that is", "UCC art. 9, 188(b)"),
    RECOGNISED: ("an officer settles who that is", "UCC art. 38(7), 188(b)"),
    POWER: ("an officer asks for the evidence of it", "UCC art. 19(2)"),
    HOLDER_IS_TRUSTED: ("the holder counts as any operator where risk is analysed", "UCC art. 38(6)"),
}
_OTHERWISE: Final = ("nothing rests on it", "UCC art. 26")


class Claim(msgspec.Struct, frozen=True, array_like=True):
    """A right that a declaration claims, and that the register of another node is to confirm (decision 0375).

    type: the code of its document or reference (C521, Y026). keeper: whose register that is. by: who claims it. since:
    the machine's instant since which the register has not said. at: the statutory instant that is asked about. says:
    what it said, and heard when; until then the right counts as absent. awaited: whether the release waits for that.
    asked: how often it answered without saying. grants: what it says that the holder has. proof: by what an officer
    settled it in the place of the register.
    """

    type: str
    reference: str
    keeper: str
    by: str
    since: int
    at: int
    says: Says = Says.NOT_KNOWN
    heard: int = 0
    awaited: bool = True
    asked: int = 0
    grants: tuple[str, ...] = ()
    proof: str = ""


def without(m: D, claims: Iterable[Claim]) -> D:
    """A declaration as it is without what its registers did not confirm, and without what only that permits."""
    absent = {(each.type, each.reference) for each in claims if each.says is not Says.YES}
    if not absent:
        return m
    named = [each for each in m.authorisation if (each.type, each.reference_number) not in absent]
    lost = {type for type, _ in absent} - {each.type for each in named}
    goods, operation = m.consignment, m.transit_operation
    told = [each for each in goods.additional_reference if (each.type, each.reference_number or "") not in absent]
    if CONSIGNOR in lost:
        operation = replace(operation, limit_date=None)
    equipment = goods.transport_equipment
    if SEALS in lost:
        contained = [each for each in equipment if each.container_identification_number]
        equipment = tuple(_numbered(replace(each, number_of_seals=0, seal=()) for each in contained))
    goods = replace(goods, additional_reference=tuple(_numbered(told)), transport_equipment=equipment)
    return replace(m, transit_operation=operation, authorisation=tuple(_numbered(named)), consignment=goods)


def _numbered(groups: Iterable[Any]) -> Iterator[Any]:
    return (replace(each, sequence_number=n) for n, each in enumerate(groups, 1))


def lacking(
    m: CC013C | CC015C, claims: Collection[Claim], book: Book, known: KnownCase | None, look: Look
) -> tuple[Fault, ...]:  # fmt: skip
    """What the rules of a book, and the place of the goods, say against a declaration without its claims."""
    with_it = book.faults(m, known, look)  # of goods that are presented later, not all was judged as one
    reduced: CC013C | CC015C = without(m, claims)
    without_it = book.faults(reduced, known, look)
    return (*_needed_for_place(m, claims), *(each for each in without_it if each not in with_it))


def _needed_for_place(m: CC013C | CC015C, claims: Iterable[Claim]) -> Iterator[Fault]:
    """Goods at a place that only an authorised consignor may use are not presented to customs without his right."""
    place = m.consignment.location_of_goods
    if place is None or not any(each.type == CONSIGNOR for each in claims):
        return
    if place.type_of_location == AUTHORISED_PLACE or place.qualifier_of_identification == BY_AUTHORISATION:
        remedy = "Present the goods where the office of departure is (UCC art. 172(1)), and say so here."
        path = f"/{type(m).__name__}/Consignment/LocationOfGoods/typeOfLocation"
        yield Fault(path, RULE, remedy, value=place.type_of_location)


def why_not(answer: AuthorisationAnswer, document: str, holder: str) -> str:
    """Why an authorisation does not cover the operation, by what its register says; empty where it does."""
    type = TYPE_OF_DOCUMENT[document]
    if answer.standing is not Standing.USABLE:
        return f"The authorisation is {answer.standing.value}{f' ({answer.limited_by})' if answer.limited_by else ''}."
    if answer.type is not type:
        return f"The authorisation is of type {answer.type}, not {type}."
    return "" if answer.holder == holder else "The authorisation is another person's."


def about_cover(claim: Claim) -> bool:
    """Whether a claim says what covers the movement: nothing is released without it."""
    return claim.type == CARNET


def is_right(claim: Claim) -> bool:
    """Whether a claim is a right, without which the declaration may go on."""
    return not about_identity(claim) and not about_cover(claim)


def about_identity(claim: Claim) -> bool:
    """Whether a claim says who declares."""
    return claim.type in IDENTITY


def named(claim: Claim) -> str:
    """A claim as it stands in the declaration: ``C521 FRACR2024000077``."""
    return f"{claim.type} {claim.reference}".strip()


def silent(claim: Claim) -> str:
    """Whose register does not say whether a claim is right, and since when, in a sentence."""
    what = not_known(claim.keeper, Why.ELSEWHERE, machine(claim.since))
    asks = f"{named(claim)} may be used"
    if claim.type == POWER:
        asks = f"{claim.reference} has a power"
    elif about_identity(claim):
        asks = f"{named(claim)} is registered"
    elif about_cover(claim):
        asks = f"an association stands for carnet {claim.reference}"
    return f"Whether {asks} is {in_words(what)}."


def absent(claim: Claim) -> tuple[str, str]:
    """What a declaration lacks without a claim, in words, and by which article."""
    return _WITHOUT.get(claim.type, _OTHERWISE)
