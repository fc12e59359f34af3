"""What an operator does in the console: to a message set aside, or to a lane; each with a reason, done once.

Nobody discards alone: one proposes it with a reason, another one agrees, and both names stand with the message.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final
from urllib.parse import quote

from douane.channels.browser.visits import Answer, Redirect, Visit
from douane.pages.blocks import Block, Button, Column, Facts, Field, Form, Inline, Link, Page, Ref, Text
from douane.pages.languages import Words
from douane.portal.watched import Aside, Lane, Node
from douane.shared_services.auditing.happenings import place_said
from douane.vocabulary.errors import DouaneError, NotFound

REASON_LETTERS: Final = 500
RELEASE, DISCARD = "message.release", "message.discard"
PAUSE, RESUME, RETRY, DROP = "lane.pause", "lane.resume", "lane.retry", "lane.drop"


def person_of(visit: Visit) -> str:
    """Who is signed in: the person, by whatever client he came."""
    assert visit.caller is not None
    return visit.caller.caller.human


# --- a message set aside


async def _one_aside(node: Node, visit: Visit) -> Answer:
    return _about_aside(node, visit)


def _about_aside(node: Node, visit: Visit, problem: str = "") -> Page:
    words, place = visit.words, visit.path["place"]
    each = next((found for found in node.aside() if found.place == place), None)
    if each is None:
        raise NotFound(
            f"No message is set aside at {place_said(place)[:20]}.",
            remedy="It may have been handled meanwhile: see what is left.",
        )
    blocks: list[Block] = [_facts(each, words)]
    if each.behind:
        blocks.append(Text(Link(words.plain("The message before it"), f"/aside/{each.behind}")))
    else:
        again, discard = Button(words.plain("Handle it again")), _discard_button(each, person_of(visit), words)
        hint = words.plain("Why it may be handled now; it is kept with the act.")
        blocks.append(_form(node, visit, f"/aside/{place}/release", (again,), hint, problem))
        hint = words.plain("Why it shall never be handled; whoever sent it has to be told by you.")
        blocks.append(
            _form(
                node,
                visit,
                f"/aside/{place}/discard",
                (discard,),
                hint,
                mark="discard",
                hidden={"agrees": _others(each, person_of(visit))},
            )
        )
    crumbs = (Link(words.plain("Set aside"), "/aside"),)
    return Page(
        words.plain("Message %(place)s", place=place_said(place)), tuple(blocks), crumbs=crumbs, faulty=bool(problem)
    )


def aside_link(place: str) -> Ref:
    """The place of a message that is set aside, with its page."""
    return Ref(place_said(place), f"/aside/{place}")


def in_the_journal(words: Words) -> Column:
    """The column of places of messages, which says how they are read."""
    return Column(words.plain("In the journal"), note=words.plain("partition / number"))


def _facts(each: Aside, words: Words) -> Facts:
    proposal: tuple[tuple[str, Inline], ...] = ()
    if each.proposal[0]:
        who, why = each.proposal
        proposal = ((words.plain("Proposed to be discarded"), words.say("by %(who)s: %(why)s", who=who, why=why)),)
    why = words.say("waits behind %(place)s", place=place_said(each.behind)) if each.behind else each.reason
    return Facts((
        (words.plain("What"), each.operation), (words.plain("From"), each.sender),
        (words.plain("Identification"), Ref(each.id, found_at(each.id))), (words.plain("At"), words.moment(each.at)),
        (words.plain("Attempts"), str(each.attempts)),
        (words.plain("Why"), why),
        (words.plain("In commands and logs"), Ref(each.place)), *proposal,
    ))  # fmt: skip


def _discard_button(each: Aside, person: str, words: Words) -> Button:
    if each.proposal[0] not in ("", person):
        return Button(words.plain("Agree to discard it"), look="btn danger")
    return Button(words.plain("Propose to discard it"), look="btn danger")


def _others(each: Aside, person: str) -> str:
    """Who else proposed to discard a message: a form agrees with whom its page named, and with nobody unseen."""
    return each.proposal[0] if each.proposal[0] != person else ""


async def _release(node: Node, visit: Visit) -> Answer:
    words, place = visit.words, visit.path["place"]
    if fault := reason_fault(visit):
        return _about_aside(node, visit, fault)
    _, failed = await _done(node, visit, RELEASE, place)
    if failed:
        return _about_aside(node, visit, words.plain("It failed again: %(reason)s", reason=failed))
    return Redirect("/aside")


async def _discard(node: Node, visit: Visit) -> Answer:
    place = visit.path["place"]
    if fault := reason_fault(visit):
        return _about_aside(node, visit, fault)
    each = next((found for found in node.aside() if found.place == place), None)
    if each is not None and _others(each, person_of(visit)) != visit.form.get("agrees", ""):
        return _about_aside(node, visit, visit.words.plain("Somebody proposed it meanwhile: read why, and decide."))
    _, more = await _done(node, visit, DISCARD, place)
    return Redirect(f"/aside/{place}" if more else "/aside")


# --- a lane


def lane_at(lane: Lane) -> str:
    """Where the page of a lane is."""
    return f"/lane?name={quote(lane.name)}"


async def _lane(node: Node, visit: Visit) -> Answer:
    return _about_lane(node, visit, visit.query.get("name", ""))


def _about_lane(node: Node, visit: Visit, name: str, problem: str = "") -> Page:
    words = visit.words
    each = next((found for found in node.lanes() if found.name == name), None)
    if each is None:
        raise NotFound("Nothing waits in this lane.", remedy="It may have been carried meanwhile: see what is left.")
    facts = Facts((
        (words.plain("Partner"), each.partner), (words.plain("Channel"), each.channel),
        (words.plain("Waiting"), number_of(each)),
        (words.plain("Oldest"), words.moment(each.oldest) if each.oldest else "-"),
        (words.plain("Attempts in vain"), str(each.failures)), (words.plain("Why"), each.reason or "-"),
        (words.plain("Paused by"), each.paused or "-"), (words.plain("Cases hit"), references(each.hit) or "-"),
    ))  # fmt: skip
    rest = (RESUME, words.plain("Let it go on")) if each.paused else (PAUSE, words.plain("Pause it"))
    buttons = [Button(rest[1], "deed", rest[0]), Button(words.plain("Try it now"), "deed", RETRY, look="btn second")]
    hidden = {"name": each.name, "first": each.first}
    if each.first:
        drop = words.plain("Drop the oldest message")
        buttons.append(Button(drop, "deed", DROP, look="btn danger"))
    hint = words.plain("Why; it is kept with the act.")
    form = _form(node, visit, "/lane", tuple(buttons), hint, problem, hidden=hidden)
    crumbs = (Link(words.plain("Deliveries"), "/lanes"),)
    return Page(f"{each.partner} ({each.channel})", (facts, form), crumbs=crumbs, faulty=bool(problem))


async def _act_on_lane(node: Node, visit: Visit) -> Answer:
    name, deed = visit.form.get("name", ""), visit.form.get("deed", "")
    if deed not in (PAUSE, RESUME, RETRY, DROP):
        raise NotFound("There is no such act.", remedy="Use a button of the page.")
    if fault := reason_fault(visit):
        return _about_lane(node, visit, name, fault)
    try:
        await _done(node, visit, deed, visit.form.get("first", "") if deed == DROP else name)
    except DouaneError as problem:
        return _about_lane(node, visit, name, problem.text)
    return Redirect("/lanes")


# --- both


def _form(
    node: Node, visit: Visit, action: str, buttons: tuple[Button, ...], hint: str, problem: str = "",
    mark: str = "", hidden: dict[str, str] | None = None,
) -> Form:  # fmt: skip
    given = visit.form.get("reason", "") if not mark else ""
    field = Field("reason", visit.words.plain("Reason"), given, rows=2, hint=hint)
    act = node.new_act() if mark else visit.form.get("act") or node.new_act()
    return Form(action, buttons, (field,), {"act": act} | (hidden or {}), problems=(problem,) if problem else (),
                mark=mark)  # fmt: skip


def reason_fault(visit: Visit) -> str:
    """What is wrong with the reason that a form gives; empty for nothing."""
    reason = visit.form.get("reason", "").strip()
    if reason and len(reason) <= REASON_LETTERS:
        return ""
    return visit.words.plain("Say why, in at most %(letters)s letters.", letters=REASON_LETTERS)


async def _done(node: Node, visit: Visit, act: str, on: str) -> tuple[str, str]:
    reason, made = visit.form.get("reason", "").strip(), visit.form.get("act", "")
    return await node.have_done(act, on, id=made, reason=reason, person=person_of(visit))


def number_of(lane: Lane) -> str:
    """How many messages wait in a lane, and whether there are more."""
    return f"{lane.waiting}+" if lane.more else str(lane.waiting)


def references(hit: Sequence[str]) -> Inline:
    """References of cases, each a link to what is known of it."""
    parts: list[Inline] = []
    for n, each in enumerate(hit):
        parts += ([", "] if n else []) + [Ref(each, found_at(each))]
    return tuple(parts)


def found_at(reference: str) -> str:
    """Where a reference is looked for."""
    return f"/find?reference={quote(reference)}"


DEEDS: Final[tuple[tuple[str, str, Callable[[Node, Visit], Awaitable[Answer]]], ...]] = (
    ("GET", "/aside/{place}", _one_aside), ("POST", "/aside/{place}/release", _release),
    ("POST", "/aside/{place}/discard", _discard), ("GET", "/lane", _lane), ("POST", "/lane", _act_on_lane),
)  # fmt: skip
"""The pages and forms of acts: verb, path, and what shows or does it."""
