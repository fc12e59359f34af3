"""What holders and guarantors see and say in the portal: guarantees, what is in use of one, vouchers, access codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from douane.applications.guarantees.messages import (
    AnsweredLine,
    AnsweredLines,
    DecisionNotNoted,
    GuaranteeLine,
    GuaranteeLines,
)
from douane.author import Fault
from douane.author.pages import (
    Act,
    Beginning,
    Block,
    Button,
    Card,
    Column,
    Empty,
    Entry,
    Field,
    Filing,
    Form,
    Given,
    Inline,
    Link,
    Module,
    Option,
    Page,
    Ref,
    Row,
    Screen,
    Section,
    Sending,
    Small,
    Table,
    Text,
    besides,
    nothing,
)

_GUARANTEE: Final = "GuaranteeReference"
_OFFICE: Final = "CustomsOfficeOfGuarantee"
_HEAD: Final = (
    "messageSender", "messageRecipient", "preparationDateAndTime", "messageIdentification", "messageType",
    "correlationIdentifier",
)  # fmt: skip


def _envelope(type: str) -> Callable[[Sending], Mapping[str, str]]:
    """The head of the message, to the administration that the number of the guarantee names."""

    def envelope(sending: Sending) -> Mapping[str, str]:
        country = sending.value(f"{_GUARANTEE}/GRN")[2:4]
        return {
            "messageSender": sending.party, "messageRecipient": f"NTA.{country}" if country else "",
            "preparationDateAndTime": f"{sending.at:%Y-%m-%dT%H:%M:%S}", "messageIdentification": sending.id,
            "messageType": type, "correlationIdentifier": "",
        }  # fmt: skip

    return envelope


def _begins(beginning: Beginning) -> Mapping[str, str]:
    """The holder asks what is in use and what is left."""
    return {
        "Requester/identificationNumber": beginning.party, "Requester/role": "1",
        f"{_GUARANTEE}/0/GuaranteeQuery/queryIdentifier": "2",
    }  # fmt: skip


QUESTION: Final = Filing(
    "guarantees.ask_use", "Ask what is in use of a guarantee",
    (Section("guarantee", "The guarantee", ("Requester", _GUARANTEE),
             hint="Usage lists the movements, exposure tells the balance; the access code shows that you may ask."),),
    _envelope("CC034C"), _HEAD, _begins, attributes='PhaseID="NCTS5.1"', first=(_GUARANTEE,),
)  # fmt: skip
SALE: Final = Filing(
    "guarantees.sell_voucher", "Tell which vouchers you sold",
    (Section("holder", "Who bought them", ("HolderOfTheTransitProcedure",),
             hint="The holder whose transit the vouchers cover, by his EORI number."),
     Section("vouchers", "The vouchers", ("Guarantor", _OFFICE, _GUARANTEE),
             hint="Each number begins with that of your undertaking, given at this office; EUR 10,000 each.")),
    _envelope("CC224C"), _HEAD,
    lambda beginning: {
        "Guarantor/identificationNumber": beginning.party, f"{_GUARANTEE}/0/TIRCarnet": "0",
        f"{_GUARANTEE}/0/copyGiven": "0",
    },
    attributes='PhaseID="NCTS5.1"', first=(_GUARANTEE,),
)  # fmt: skip
CODE: Final = Filing(
    "guarantees.change_access_code", "Change the access code of a guarantee",
    (Section("code", "The guarantee and its codes", ("HolderOfTheTransitProcedure", _OFFICE, _GUARANTEE),
             hint="The present code and the master access code show that you may; the new code holds from then on."),),
    _envelope("CC026C"), _HEAD,
    lambda beginning: {"HolderOfTheTransitProcedure/identificationNumber": beginning.party},
)  # fmt: skip


GUARANTEES: Final = "/guarantees"
ANSWERED: Final = "/undertakings"
VOUCHER: Final = "4"
TYPES: Final = {
    "0": "Guarantee waiver", "1": "Comprehensive guarantee", "2": "Individual guarantee by an undertaking",
    "3": "Individual guarantee in cash", VOUCHER: "Individual guarantee by vouchers",
    "5": "Guarantee waiver below the statistical threshold", "8": "Guarantee waiver of a public body",
    "9": "Individual guarantee of the same kind for several movements", "A": "Guarantee waiver by agreement",
}  # fmt: skip
"""Types of guarantee (CL251) that are known by a reference."""


def own(answer: GuaranteeLines, given: Given) -> Page:
    """The guarantees of whoever visits, and his vouchers apart; a type that the list here lacks stands by its code."""
    words, country = given.words, _country(given)
    vouchers = tuple(each for each in answer.lines if each.type == VOUCHER)
    others = tuple(each for each in answer.lines if each.type != VOUCHER)
    none = nothing(
        answer.known, words, Empty(words.say("No guarantee is registered for you in %(country)s.", country=country))
    )
    more = Link(words.plain("Next page"), f"{GUARANTEES}?country={country}&after={answer.after}")
    following = more if answer.after else None
    asks = words.say("What is in use of one, and what is left, is asked with its access code (IE034).")
    way = Link(words.plain("Ask what is in use of a guarantee"), "/declare", "btn second")
    ask = _where(GUARANTEES, country, given)
    blocks = (
        Card("own", words.plain("Guarantees"),
             (_table(others, none, following, given), *(besides(answer.known, words) if others else ()), Text(asks)),
             way),
        Card("vouchers", words.plain("Vouchers"),
             (_table(vouchers, Empty(words.say("No voucher is on this page.")), None, given),)),
        Card("ask", words.plain("Where?"), (ask,)),
    )  # fmt: skip
    return Page(words.plain("Your guarantees"), blocks)


def _table(lines: tuple[GuaranteeLine, ...], none: Block, following: Link | None, given: Given) -> Block:
    words = given.words
    if not lines and following is None:
        return none
    names = (words.plain("Reference"), words.plain("Type"), words.plain("Office"), words.plain("From"),
             words.plain("Until"), words.plain("Not valid in"))  # fmt: skip
    rows = tuple(_row(each, given) for each in lines)
    return Table(words.plain("Guarantees"), tuple(map(Column, names)), rows, following=following)


def _row(each: GuaranteeLine, given: Given) -> Row:
    words = given.words
    kind: tuple[Inline, ...] = (words.model(TYPES.get(each.type, each.type)), Small(each.type))
    until = _until(each.valid_until, given)
    reference = (Ref(each.grn, f"/cases/{each.grn}"), Small(Ref(each.authorisation)))
    return Row((reference if each.authorisation else reference[0], kind, Ref(each.office), words.day(each.valid_from),
                until, ", ".join(each.excluded_countries) or "–"))  # fmt: skip


def answered(answer: AnsweredLines, given: Given) -> Page:
    """What whoever visits answers for: guarantees of others, and his undertakings for vouchers."""
    words, country = given.words, _country(given)
    more = Link(words.plain("Next page"), f"{ANSWERED}?country={country}&after={answer.after}")
    following = more if answer.after else None
    none = Empty(words.say("You answer for no guarantee that is registered in %(country)s.", country=country))
    shown: Block = nothing(answer.known, words, none)
    if answer.lines or following is not None:
        names = (words.plain("Reference"), words.plain("Type"), words.plain("Holder"), words.plain("Office"),
                 words.plain("From"), words.plain("Until"))  # fmt: skip
        rows = tuple(_answered_row(each, given) for each in answer.lines)
        shown = Table(words.plain("Guarantees you answer for"), tuple(map(Column, names)), rows, following=following)
    asks = words.say("What is in use of one is asked with its access code (IE034).")
    told = words.say("What you are told or claimed from because of a movement stands under Claims.")
    blocks = (Card("answered", words.plain("Guarantees"), (shown, Text(asks), Text(told))),
              Card("ask", words.plain("Where?"), (_where(ANSWERED, country, given),)))  # fmt: skip
    return Page(words.plain("Guarantees you answer for"), blocks)


def _answered_row(each: AnsweredLine, given: Given) -> Row:
    words = given.words
    name = words.model(TYPES.get(each.type, each.type)) if each.type else words.say("Undertaking for vouchers")
    kind: Inline = (name, Small(each.type)) if each.type else name
    return Row((Ref(each.grn, f"/cases/{each.grn}"), kind, Ref(each.holder) if each.holder else "–", Ref(each.office),
                words.day(each.valid_from), _until(each.valid_until, given)))  # fmt: skip


def _until(last: dt.date | None, given: Given) -> str:
    words = given.words
    if last is None:
        return words.plain("no end")
    return words.plain("%(day)s, over", day=words.day(last)) if last < given.today else words.day(last)


def _where(path: str, country: str, given: Given) -> Form:
    words = given.words
    field = Field("country", words.plain("Registered in"), country, words.plain("Two letters."), short=True)
    return Form(path, (Button(words.plain("Show these")),), (field,), method="get")


def _country(given: Given) -> str:
    """The administration that is asked: the one that is named, else that of one's own number."""
    return (given.query.get("country", "").strip().upper() or given.country)[:2]


def refused(type: str, body: bytes) -> tuple[Fault, ...]:
    """Why what an officer saw answered nothing."""
    if type != DecisionNotNoted.__name__:
        return ()
    told = msgspec.json.decode(body, type=DecisionNotNoted)
    return (Fault("/", told.code, told.reason),)


ACTS: Final = (
    Act(
        "guarantees.accept_document", "Answer by a document",
        (Entry("grn"), Entry("usable", options=(Option("true", "The decision may be used"),
                                                Option("false", "It may not: nothing is covered"))), Entry("proof")),
        {}, refused, tasks=frozenset({("relying", "ask_register"), ("relying", "pause")}),
    ),
)  # fmt: skip
"""The forms of officers of guarantee."""

SCREENS: Final = (
    Screen(
        "guarantees.mine", GUARANTEES, own, "Guarantees",
        lambda given: {"country": _country(given), "after": given.query.get("after", "")}, place=4,
    ),
    Screen(
        "guarantees.answered", ANSWERED, answered, "Guarantees you answer for",
        lambda given: {"country": _country(given), "after": given.query.get("after", "")}, place=4,
    ),
)  # fmt: skip
"""The pages of guarantees: of holders, and of guarantors."""

MODULE: Final = Module(
    "guarantees", "Guarantees", (QUESTION, SALE, CODE),
    pages=(("Your guarantees", GUARANTEES), ("Guarantees you answer for", ANSWERED)),
)  # fmt: skip
"""The module of guarantees."""
