"""The move of a service between platforms, on the desks of the trusted circle: what it would take away, then the move.

Preview and move are operations like any other: asked and sent as whoever visits. The form that moves stands under a
preview that nothing speaks against, only for who may move, and wants the name of the service once more. Below stand the
moves that hold (``returning``), for who may take them back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from douane.channels.browser.visits import Answer, Redirect, View, Visit, page
from douane.model.circles import Platform
from douane.model.routes import Opening
from douane.pages.blocks import (
    Block,
    Bullets,
    Button,
    Card,
    Column,
    Details,
    Empty,
    Facts,
    Field,
    Form,
    Link,
    Note,
    Option,
    Page,
    Ref,
    Row,
    Small,
    Table,
    Tone,
)
from douane.pages.languages import Words
from douane.pages.outcomes import told
from douane.pages.screens import Act
from douane.portal import acting
from douane.portal.provision import returning
from douane.vocabulary.errors import DouaneError, Fault

PATH: Final = "/provision/moves"
TITLE: Final = "Move a service between platforms"
ASKED: Final = ("what", "leaves", "enters", "since")
SAID: Final = ("decided_by", "reason")
PLATFORMS: Final = (Platform.SPEED2, Platform.CCN2, Platform.CCN_CSI, Platform.CDCO)
LETTERS: Final = {
    "what": 121,
    "leaves": 10,
    "enters": 10,
    "since": 16,
    "decided_by": 201,
    "reason": 501,
    "confirm": 121,
}
"""Letters of each field that are read; one more than what its message takes, so that the door says so."""


FEW: Final = 5
"""Reasons that are shown at once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, and what came of it: a preview, or why there is none. faults: by field, of the form that moves."""

    said: Mapping[str, str]
    found: Any = None
    problem: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Operations:
    """What the page asks and sends: tells what moved, previews a move, moves, takes a move back."""

    moved: str
    preview: str
    move: str
    back: str


def moving_views(operations: Operations) -> tuple[View, ...]:
    """The page, and where its two forms go."""
    move, preview = operations.move, operations.preview
    act = Act(move, TITLE, (), {}, _refused)
    return_ = Act(operations.back, TITLE, (), {}, returning.why_not)

    async def held(visit: Visit, said: returning.Said | None = None) -> tuple[Card, ...]:
        """The moves that hold, for who may take them back."""
        if not (visit.offers(operations.moved) and visit.may(operations.back)):
            return ()
        found = [each for each in (await visit.ask(operations.moved)).moves if not each.until]
        return (returning.card(found, visit, said),) if found else ()

    async def show(visit: Visit) -> Answer:
        became = await acting.state_of(visit)
        asked = await _previewed(visit, preview, _said(visit.query))
        return _page(asked, visit, move, became, more=await held(visit))

    async def do(visit: Visit) -> Answer:
        asked = await _previewed(visit, preview, _said(visit.form))
        visit.address = PATH
        if asked.found is None or asked.found.faults:
            return _page(asked, visit, move, faulty=True, more=await held(visit))
        if faults := _wrong(asked, visit):
            return _page(replace(asked, faults=faults), visit, move, faulty=True, more=await held(visit))
        body = {"at": _doors(visit), **_question(asked.said, visit.words), **{each: asked.said[each] for each in SAID}}
        item, _, refused = await acting.refusal(act, visit, json.dumps(body).encode())
        if refused:
            at_fields = {each.pointer.strip("/"): each.remedy for each in refused if each.pointer.strip("/") in SAID}
            rest = tuple(each.remedy for each in refused if each.pointer.strip("/") not in SAID)
            asked = replace(asked, faults=at_fields, refused=rest)
            return _page(asked, visit, move, faulty=True, more=await held(visit))
        return Redirect(f"{PATH}?done={item}")

    async def take_back(visit: Visit) -> Answer:
        item, said = await returning.taken_back(return_, visit, _doors(visit))
        if item:
            return Redirect(f"{PATH}?done={item}")
        visit.address = PATH
        return _page(Asked(_said({})), visit, move, faulty=True, more=await held(visit, said))

    return (
        View(page("GET", PATH, Opening.OPERATION, preview), show),
        View(page("POST", PATH, Opening.OPERATION, move), do),
        View(page("POST", returning.PATH, Opening.OPERATION, operations.back), take_back),
    )


def _said(given: Mapping[str, str]) -> dict[str, str]:
    return {name: given.get(name, "").strip()[:most] for name, most in LETTERS.items()}


def _doors(visit: Visit) -> str:
    """Whose doors whoever visits decides about: those of the centre for the Commission, else of his administration."""
    return visit.caller.administration or "EU" if visit.caller is not None else "EU"


def _question(said: Mapping[str, str], words: Words) -> dict[str, str]:
    """Raises ValueError where what stands for the instant is none."""
    since = words.read(said["since"]).isoformat()
    return {"of": said["what"], "leaves": said["leaves"], "enters": said["enters"], "since": since}


async def _previewed(visit: Visit, preview: str, said: Mapping[str, str]) -> Asked:
    if not all(said[each] for each in ASKED):
        return Asked(said)
    try:
        return Asked(said, await visit.ask(preview, at=_doors(visit), **_question(said, visit.words)))
    except ValueError:
        return Asked(said, problem=visit.words.plain("Write day and time as 2027-03-01T08:00."))
    except DouaneError as problem:
        told = " ".join(each.remedy for each in problem.faults if each.remedy) or problem.text
        return Asked(said, problem=told)


def _refused(_type: str, body: bytes) -> tuple[Fault, ...]:
    """Why it was not moved."""
    told = json.loads(body)
    return tuple(Fault("", "14", each) for each in told.get("reasons", ()))


def _seen(found: Any) -> str:
    """What a preview said, so that nobody moves what has changed since he saw it; how often something is called may."""
    said = repr((found.operations, found.contracts, found.reach, sorted({each.consumer for each in found.consumers})))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _wrong(asked: Asked, visit: Visit) -> dict[str, str]:
    words = visit.words
    if visit.form.get("seen", "") != _seen(asked.found):
        return {"confirm": words.plain("It changed since this page was made: look again.")}
    if asked.said["confirm"] != asked.said["what"]:
        return {"confirm": words.plain("Write the name of what moves: %(name)s.", name=asked.said["what"])}
    return {}


# --- how it is shown


def _page(
    asked: Asked, visit: Visit, move: str, became: str = "", *, faulty: bool = False, more: Sequence[Block] = ()
) -> Page:
    words, found = visit.words, asked.found
    done = words.say("It is decided. What moves, or moves back, does so at its instant; below stands what holds.")
    blocks: list[Block] = [*told(became, words, done)]
    blocks.append(Card("ask", words.plain("Which move?"), (_asks(asked, visit),)))
    if found is not None:
        if found.faults:
            reasons = words.count("%(number)s reason stands against it.", "%(number)s reasons stand against it.",
                               len(found.faults))  # fmt: skip
            blocks += [Note(words.plain("It would be refused"), reasons, Tone.BAD),
                       Details(words.plain("Why"), (Bullets(tuple(map(words.reason, found.faults))),),
                               open=len(found.faults) <= FEW)]  # fmt: skip
        blocks += _shown(found, words)
        if not found.faults:
            blocks.append(_confirming(asked, visit, move))
    blocks += more
    lead = words.say("First you see what the move would take away, and from whom. Nothing moves before you confirm it.")
    crumbs = (Link(words.model("Provision"), "/provision"),)
    return Page(words.model(TITLE), tuple(blocks), state=lead, crumbs=crumbs, faulty=faulty)


def _asks(asked: Asked, visit: Visit) -> Form:
    words, said = visit.words, asked.said
    door = visit.site.door
    services = sorted({name.partition(".")[0] for name in door.catalogue.operations}) if door is not None else []
    platforms = (Option("", words.plain("Choose")), *(Option(each.value, each.title) for each in PLATFORMS))
    fields = (
        Field("what", words.plain("Service or operation"), said["what"],
              proposals=tuple(Option(each, each) for each in services)),
        Field("leaves", words.plain("No longer by"), said["leaves"], options=platforms),
        Field("enters", words.plain("Offered by"), said["enters"], options=platforms),
        Field("since", words.plain("From (%(zone)s)", zone=words.zone), said["since"], type="datetime-local",
              short=True),
    )  # fmt: skip
    return Form(PATH, (Button(words.plain("Preview"), look="btn second"),), fields, method="get",
                problems=(asked.problem,) if asked.problem else ())  # fmt: skip


def _shown(found: Any, words: Words) -> list[Block]:
    title = words.plain("What it takes away, and from whom")
    ways: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for each in found.reach:
        ways.setdefault((each.kind, each.before, each.after), []).append(each.operation)
    reach: Block = Empty(words.say("Nobody reaches anything otherwise than before."))
    if ways:
        columns = (Column(words.plain("Whom")), Column(words.plain("Taken away")), Column(words.plain("Left")),
                   Column(words.plain("Operations")))  # fmt: skip
        reach = Table(title, columns, tuple(_way(key, operations, words) for key, operations in ways.items()))
    consumers: Block = Empty(words.say("Nobody was seen calling them here."))
    if found.consumers:
        rows = tuple(Row((each.consumer, each.operation, str(each.calls))) for each in found.consumers)
        names = (Column(words.plain("Consumer")), Column(words.plain("Operation")),
                 Column(words.plain("Calls"), number=True))  # fmt: skip
        consumers = Table(words.plain("Consumers seen"), names, rows, dense=True)
    facts = Facts((
        (words.plain("Cases that go on, by the new platform"), str(found.cases)),
        (words.plain("Version of the contracts, which stays the same"),
         tuple(Ref(each) for each in sorted({each.rpartition(" ")[2] for each in found.contracts}))),
    ))  # fmt: skip
    return [
        Card("reach", title, (reach,), str(len(found.operations))),
        Card("consumers", words.plain("Consumers seen"), (consumers,)), Card("facts", words.plain("Besides"), (facts,)),
    ]  # fmt: skip


def _way(key: tuple[str, tuple[str, ...], tuple[str, ...]], operations: list[str], words: Words) -> Row:
    kind, before, after = key
    lost = ", ".join(Platform(each).title for each in before if each not in after)
    left = ", ".join(Platform(each).title for each in after)
    number = words.count("%(number)s operation", "%(number)s operations", len(operations))
    whom = words.model(kind.replace("_", " "))
    return Row((whom, lost or words.plain("none"), left or words.plain("none"), (number, Small(", ".join(operations)))))


def _confirming(asked: Asked, visit: Visit, move: str) -> Card:
    """The form that moves; for who may not, who could."""
    words, said, faults = visit.words, asked.said, asked.faults
    title = words.plain("Decide it")
    if not visit.may(move):
        text = words.say("Its owner decides it, in the role service owner; you see what it would change.")
        return Card("decide", title, (Empty(text),))
    fields = (
        Field("decided_by", words.plain("Who decided it, by office and name"), said["decided_by"],
              fault=faults.get("decided_by", "")),
        Field("reason", words.plain("Why"), said["reason"], rows=2, fault=faults.get("reason", "")),
        Field("confirm", words.plain("The name of what moves, once more"), said["confirm"],
              fault=faults.get("confirm", "")),
    )  # fmt: skip
    hidden = {each: said[each] for each in ASKED} | {"seen": _seen(asked.found), acting.OF: str(visit.at)}
    form = Form(PATH, (Button(words.plain("Move it"), look="btn danger"),), fields, hidden, mark="-move",
                problems=asked.refused)  # fmt: skip
    return Card("decide", title, (form,))
