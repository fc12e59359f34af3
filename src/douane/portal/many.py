"""Many messages set aside at once: what would be done stands on a page first, and only that is done.

Invariants. (1) An act is about the messages that the page named when it was asked for: one that was set aside since is
not touched, nor one that has changed since, as by a proposal, to which nobody agrees unseen. (2) Each message has an
act of its own, with its own leaf; a form that is sent twice does each once. (3) Nobody discards alone, here as little
as with one message.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from douane.channels.browser.visits import Answer, Visit
from douane.pages.blocks import Button, Column, Empty, Facts, Field, Form, Link, Page, Row, Table, Text
from douane.pages.languages import Words
from douane.portal.deeds import DISCARD, RELEASE, aside_link, doer_of, in_the_journal, person_of, reason_fault
from douane.portal.watched import Aside, Node
from douane.vocabulary.errors import BadRequest, DouaneError

AT_ONCE: Final = 100
"""Messages of one form, the oldest first."""


def classes(aside: Sequence[Aside], words: Words) -> Table:
    """What is set aside by class of reason: how many, what waits behind them, how often they were tried."""
    columns = (
        Column(words.plain("Class of reason")), Column(words.plain("Messages"), number=True),
        Column(words.plain("Wait behind them"), number=True), Column(words.plain("Attempts"), number=True),
    )  # fmt: skip
    rows = []
    for kind, number in Counter(each.kind for each in aside if not each.behind).most_common():
        of = [each for each in aside if not each.behind and each.kind == kind]
        behind = _behind(of, aside)
        rows.append(Row((Link(kind, f"/many?class={quote(kind)}"), str(number), str(behind),
                         str(max(each.attempts for each in of)))))  # fmt: skip
    return Table(words.plain("By class of reason"), columns, tuple(rows), dense=True)


def _behind(of: Sequence[Aside], aside: Sequence[Aside]) -> int:
    places = {each.place for each in of}
    return sum(each.behind in places for each in aside)


async def _look(node: Node, visit: Visit) -> Answer:
    return await _about(node, visit, visit.query.get("class", ""))


async def _about(node: Node, visit: Visit, kind: str, problem: str = "") -> Page:
    words, aside = visit.words, await node.aside()
    of = [each for each in aside if not each.behind and each.kind == kind]
    crumbs = (Link(words.plain("Set aside"), "/aside"),)
    if not of:
        return Page(
            words.plain("Several at once"), (Empty(words.say("Nothing is set aside for this.")),), crumbs=crumbs
        )
    chosen, person = of[:AT_ONCE], person_of(visit)
    agreed = sum(each.proposal[0] not in ("", person) for each in chosen)
    facts = Facts((
        (words.plain("Class of reason"), kind), (words.plain("Set aside for it"), str(len(of))),
        (words.plain("This form is about the oldest"), str(len(chosen))),
        (words.plain("Wait behind them"), str(_behind(chosen, aside))),
        (words.plain("Somebody else proposed to discard"), str(agreed)),
    ))  # fmt: skip
    columns = (in_the_journal(words), Column(words.plain("At")), Column(words.plain("What")),
               Column(words.plain("From")), Column(words.plain("Why")))  # fmt: skip
    rows = tuple(
        Row((aside_link(each.place), words.moment(each.at), each.operation, each.sender, each.reason))
        for each in chosen
    )
    hidden = {"act": visit.form.get("act") or node.new_act(), "class": kind,
              "places": " ".join(each.place for each in chosen),
              "seen": " ".join(seen_of(each, person) for each in chosen)}  # fmt: skip
    form = Form(
        "/many",
        (Button(words.plain("Handle them again"), "deed", RELEASE),
         Button(words.plain("Discard them, or propose it"), "deed", DISCARD, look="btn danger")),
        (Field("reason", words.plain("Reason"), visit.form.get("reason", ""), rows=2,
               hint=words.plain("Why; it is kept with the act of each of them.")),),
        hidden, problems=(problem,) if problem else (),
    )  # fmt: skip
    said = Text(words.say("Nothing is done yet: this is what would be handled again, or discarded."))
    table = Table(words.plain("Messages set aside"), columns, rows, dense=True)
    return Page(words.plain("Several at once"), (said, facts, table, form), crumbs=crumbs, faulty=bool(problem))


def seen_of(each: Aside, person: str) -> str:
    """What a page said of a message, for whoever looked: how often it failed and why, and what another one proposed."""
    proposed = (*each.proposal, each.seen) if each.proposal[0] != person else ("", "", "")
    return sha256(repr((each.attempts, each.reason, proposed)).encode()).hexdigest()[:16]


async def _do(node: Node, visit: Visit) -> Answer:
    words, deed = visit.words, visit.form.get("deed", "")
    places = visit.form.get("places", "").split()
    seen = visit.form.get("seen", "").split()
    if deed not in (RELEASE, DISCARD) or not 0 < len(places) <= AT_ONCE or len(places) != len(seen):
        raise BadRequest("There is no such act.", remedy="Use a button of the page.")
    if fault := reason_fault(visit):
        return await _about(node, visit, visit.form.get("class", ""), fault)
    reason, act, person = visit.form["reason"].strip(), visit.form.get("act", ""), person_of(visit)
    aside = await node.aside()
    rows, now = [], {each.place: seen_of(each, person) for each in aside}
    digests = {each.place: each.seen for each in aside if each.proposal[0] not in ("", person)}
    for place, shown in dict(zip(places, seen, strict=True)).items():
        if now.get(place, shown) != shown:
            changed = words.plain("It changed since this page was made: look again.")
            rows.append(Row((aside_link(place), words.plain("not done"), changed)))
            continue
        own = sha256(f"{act} {place}".encode()).hexdigest()[:32]
        try:
            state, more = await node.have_done(deed, place, id=own, reason=reason, doer=doer_of(visit),
                                               seen=digests.get(place, "") if deed == DISCARD else "")  # fmt: skip
        except DouaneError as problem:
            state, more = words.plain("not done"), problem.text
        rows.append(Row((aside_link(place), words.model(state), more)))
    columns = (in_the_journal(words), Column(words.plain("State")), Column(words.plain("Why")))
    table = Table(words.plain("What came of it"), columns, tuple(rows), dense=True)
    crumbs = (Link(words.plain("Set aside"), "/aside"),)
    return Page(words.plain("What came of it"), (table,), crumbs=crumbs)


MANY: Final[tuple[tuple[str, str, Callable[[Node, Visit], Awaitable[Answer]]], ...]] = (
    ("GET", "/many", _look), ("POST", "/many", _do),
)  # fmt: skip
"""The pages: verb, path, and what shows or does it."""
