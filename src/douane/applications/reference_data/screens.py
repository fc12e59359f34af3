"""A page on which everybody checks a customs office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from douane.applications.reference_data.contract import load_builtin
from douane.applications.reference_data.messages import CodeView
from douane.author.pages import (
    CHECKS,
    Button,
    Card,
    Column,
    Empty,
    Facts,
    Field,
    Form,
    Given,
    Inline,
    Page,
    Ref,
    Row,
    Screen,
    Table,
)

OFFICE: Final = "/checks/office"
OFFICES: Final = "CL141"
ROLES: Final = "CL056"
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "Transit": ("DEP", "DES", "TRA", "TXT", "INC", "ENQ", "REC", "CAU", "GUA"),
    "Export and exit": ("EXP", "EXT", "EXL", "EIN", "CAE"),
    "Entry and release": ("ENT", "ENL", "RFC"),
    "Special procedures": ("SCO", "PLA", "DIS"),
    "Registration and information": ("REG", "RRG", "RAC", "MCA", "CCA", "IPR", "EXC"),
    "Administration": ("AUT", "RCA", "CCD", "CND"),
}
"""What roles of an office are about. A role of none of these is a type of decision, or stands among others."""
DECIDES: Final[Mapping[str, str]] = {
    "ACE": "authorised consignee, Union transit", "ACP": "authorised issuer of proof of status",
    "ACR": "authorised consignor, Union transit", "ACT": "authorised consignee, TIR",
    "AWB": "authorised weigher of bananas", "BTI": "binding tariff information", "CCL": "centralised clearance",
    "CGU": "comprehensive guarantee", "CVA": "simplified customs value", "CWP": "private customs warehouse",
    "DPO": "deferred payment", "EIR": "entry in the declarant's records", "ETD": "electronic transport document",
    "EUS": "end-use", "IPO": "inward processing", "OPO": "outward processing", "RSS": "regular shipping service",
    "SAS": "self-assessment", "SDE": "simplified declaration", "SSE": "seals of a special type",
    "TEA": "temporary admission", "TRD": "transit declaration with reduced data", "TST": "temporary storage facility",
}  # fmt: skip
"""Types of decision (DA Annex A, 31 01 000 002) that are roles too: their published descriptions are empty."""


def office(answer: CodeView | None, given: Given) -> Page:
    """What the list of customs offices says of one."""
    words, said = given.words, given.query.get("office", "")[:8]
    hint = words.plain("Eight signs: two letters of the country, then letters and digits.")
    form = Form(
        OFFICE, (Button(words.plain("Check")),), (Field("office", words.plain("Customs office"), said, hint,
                                                        short=True),), method="get",
    )  # fmt: skip
    blocks = [Card("ask", words.plain("Which office?"), (form,))]
    if answer is not None:
        known = _known(answer)
        blocks.append(Card("answer", words.plain("Answer"), (Facts(tuple(_facts(answer, known, given))),)))
        if roles := [str(each) for each in known.get("roles", ())]:
            blocks.append(Card("roles", words.plain("Roles"), (_roles(roles, given),), str(len(roles))))
    elif said:
        empty = Empty(words.say("No customs office has this number today."))
        blocks.append(Card("answer", words.plain("Answer"), (empty,)))
    return Page(words.plain("Check a customs office"), tuple(blocks), acts=CHECKS.links(given, OFFICE))


def _known(answer: CodeView) -> dict[str, Any]:
    return msgspec.json.decode(answer.facts) if answer.facts.startswith("{") else {}


def _facts(answer: CodeView, known: dict[str, Any], given: Given) -> list[tuple[str, Inline]]:
    words = given.words
    found: list[tuple[str, Inline]] = [(words.plain("Customs office"), Ref(answer.code))]
    name = known.get("description", "")
    found += [(words.plain("Name"), str(name))] if name else []
    return [*found, (words.plain("Since"), words.day(answer.since))]


def _roles(roles: list[str], given: Given) -> Table:
    """The roles of an office by what they are about, each with what it is and its code."""
    words, left = given.words, dict.fromkeys(roles)
    rows = []
    for title, codes in {**GROUPS, "Decides on applications for": tuple(DECIDES), "Other": tuple(roles)}.items():
        mine = [code for code in codes if code in left]
        left = {code: None for code in left if code not in mine}
        if mine:
            rows.append(Row((words.model(title), tuple(_role(code, n, given) for n, code in enumerate(mine)))))
    columns = (Column(words.plain("What it is about")), Column(words.plain("Roles")))
    return Table(words.plain("Roles"), columns, tuple(rows))


def _role(code: str, place: int, given: Given) -> Inline:
    """A role among others, with what the published list of roles says of it, or the decision that it is named after."""
    listed = load_builtin()[ROLES].entry(code, given.today)
    meant = DECIDES.get(code, "") or (listed.description if listed is not None else "")
    comma = ", " if place else ""
    return (comma, given.words.model(meant), " (", Ref(code), ")") if meant else (comma, Ref(code))


SCREENS: Final = (
    Screen(
        "reference_data.look_up", OFFICE, office, "",
        lambda given: {"number": OFFICES, "code": said.upper()} if (said := given.query.get("office", "")[:8]) else {},
        asks=True,
    ),
)  # fmt: skip
"""The page of checks of offices."""
