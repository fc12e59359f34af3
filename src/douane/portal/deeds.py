"""What an operator does in the console: to a message set aside, or to a lane; each with a reason, done once.

Nobody discards alone: one proposes it with a reason, another one agrees, and both names stand with the message.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final
from urllib.parse import quote

from douane.channels.browser.visits import Answer, Redirect, Visit
from douane.identity.operators import Doer
from douane.model.caller import person_of as account_of
from douane.pages.blocks import (
    Block,
    Button,
    Card,
    Column,
    Empty,
    Facts,
    Field,
    Form,
    Inline,
    Link,
    Note,
    Option,
    Page,
    Ref,
    Text,
    Tone,
)
from douane.pages.languages import Words
from douane.portal.watched import Aside, Lane, Node
from douane.shared_services.auditing.happenings import place_said
from douane.vocabulary.errors import DouaneError, NotAuthorised, NotFound

REASON_LETTERS: Final = 500
PROPOSED: Final = "/proposed"
"""Where it stands what waits for another person."""
FILES: Final = "/proposed/file"
"""Where a form proposes another file by which the node goes."""
CLOCK: Final = "/proposed/clock"
"""Where a form proposes that the clock goes back."""
GO_BACK: Final = "clock.go_back"
RELEASE, DISCARD = "message.release", "message.discard"
PAUSE, RESUME, RETRY, DROP = "lane.pause", "lane.resume", "lane.retry", "lane.drop"
SET_ASIDE, PUT_BACK = "lane.set_aside", "lane.put_back"


def person_of(visit: Visit) -> str:
    """Who is signed in: the person, by whatever client he came."""
    assert visit.caller is not None
    return visit.caller.caller.human


def doer_of(visit: Visit) -> Doer:
    """Who has an act done that a form of the console asks for: a person, or a client that is nobody in particular."""
    if visit.session is not None and visit.session.alone:
        return Doer(user="break glass", named=person_of(visit), alone=True)
    assert visit.caller is not None
    caller = visit.caller.caller
    account = account_of(caller)
    return Doer(account, "" if account else caller.id)


# --- a message set aside


async def _one_aside(node: Node, visit: Visit) -> Answer:
    return await _about_aside(node, visit)


async def _about_aside(node: Node, visit: Visit, problem: str = "") -> Page:
    words, place = visit.words, visit.path["place"]
    each = next((found for found in await node.aside() if found.place == place), None)
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
                hidden={"seen": each.seen},
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


async def _release(node: Node, visit: Visit) -> Answer:
    words, place = visit.words, visit.path["place"]
    if fault := reason_fault(visit):
        return await _about_aside(node, visit, fault)
    _, failed = await _done(node, visit, RELEASE, place)
    if failed:
        return await _about_aside(node, visit, words.plain("It failed again: %(reason)s", reason=failed))
    return Redirect("/aside")


async def _discard(node: Node, visit: Visit) -> Answer:
    place = visit.path["place"]
    if fault := reason_fault(visit):
        return await _about_aside(node, visit, fault)
    each = next((found for found in await node.aside() if found.place == place), None)
    seen = visit.form.get("seen", "")
    if each is not None and each.seen != seen:  # it stands on the page that was sent, or nobody agrees with it
        return await _about_aside(
            node, visit, visit.words.plain("Somebody proposed it meanwhile: read why, and decide.")
        )
    try:
        others = each is not None and each.proposal[0] not in ("", doer_of(visit).account)
        _, more = await _done(node, visit, DISCARD, place, seen=seen if others else "")
    except NotAuthorised as problem:
        return await _about_aside(node, visit, problem.text)
    return Redirect(f"/aside/{place}" if more else "/aside")


# --- what waits for another person


async def _proposed(node: Node, visit: Visit) -> Answer:
    return await _about_proposed(node, visit)


async def _about_proposed(node: Node, visit: Visit, problem: str = "", digest: str = "") -> Page:
    words, person = visit.words, doer_of(visit).account
    title = words.plain("Waits for a second person")
    blocks: list[Block] = []
    for each in await node.proposed():
        facts = Facts((
            (words.plain("What"), words.model(each.title)), (words.plain("Proposed by"), each.by),
            (words.plain("At"), words.moment(each.at)), (words.plain("Reason"), each.reason),
            (words.plain("Digest"), Ref(each.digest)),
            *((words.plain("What it does"), said) for said in each.drawn),
        ))  # fmt: skip
        shown: list[Block] = [facts]
        mine = each.by == person
        if mine and each.confirmed:
            shown.append(Text(words.say("You proposed it: another operator reads it and agrees.")))
        elif not mine and not each.confirmed:
            shown.append(Text(words.say("A command named %(who)s, who has to confirm it first.", who=each.by)))
        else:
            label = words.plain("Confirm that it is mine") if mine else words.plain("Agree to this")
            hint = words.plain("Why; it is kept with the act.")
            hidden = {"deed": each.act, "on": each.on, "seen": each.digest}
            said = problem if digest == each.digest else ""
            shown.append(_form(node, visit, PROPOSED, (Button(label),), hint, said, each.digest[:8], hidden))
        blocks.append(Card(f"p-{each.digest[:8]}", words.model(each.title), tuple(shown)))
    if problem and digest and not any(each.digest == digest for each in await node.proposed()):
        blocks.insert(0, Note("", problem, Tone.BAD))
    if not blocks:
        blocks.append(Empty(words.say("Nothing waits for a second person.")))
    behind = await node.clock_behind()
    blocks.append(_files(node, visit, problem if not digest else "") if behind is None else
                  _clock(node, visit, behind, problem if not digest else ""))  # fmt: skip
    return Page(title, tuple(blocks), faulty=bool(problem))


def _files(node: Node, visit: Visit, problem: str) -> Form:
    """The form by which somebody proposes another file. What stands there is not shown: it may hold secrets."""
    words, said = visit.words, visit.form if problem else {}
    acts = tuple(Option(act, words.plain(title) if words.knows(title) else title) for act, title in node.replaceable())
    fields = (
        Field("deed", words.plain("What"), said.get("deed", acts[0].value), options=acts),
        Field("text", words.plain("The whole file, as it is to be"), said.get("text", ""), rows=12),
        Field("reason", words.plain("Reason"), said.get("reason", ""), rows=2,
              hint=words.plain("Why; it is kept with the act.")),
    )  # fmt: skip
    return Form(FILES, (Button(words.plain("Propose")),), fields, {"act": node.new_act()}, mark="file",
                title=words.plain("Propose a change"), problems=(problem,) if problem else ())  # fmt: skip


def _clock(node: Node, visit: Visit, behind: tuple[int, int], problem: str) -> Card:
    """What keeps a core from beginning, and the form by which somebody proposes that the clock goes back."""
    words = visit.words
    facts = Facts((
        (words.plain("The newest leaf was committed"), words.moment(behind[0])),
        (words.plain("The clock says"), words.moment(behind[1])),
    ))  # fmt: skip
    said = Text(words.say("Where the clock is wrong now, set it right. Where it was wrong before, let it go back."))
    hint = words.plain("Why; it is kept with the act.")
    form = _form(node, visit, CLOCK, (Button(words.plain("Propose")),), hint, problem, "clock")
    return Card("clock", words.plain("The clock is behind what is committed"), (facts, said, form))


async def _go_back(node: Node, visit: Visit) -> Answer:
    """Propose that the clock goes back, from when to when it is now."""
    if fault := reason_fault(visit):
        return await _about_proposed(node, visit, fault)
    try:
        await _done(node, visit, GO_BACK, "")
    except DouaneError as problem:
        return await _about_proposed(node, visit, f"{problem.text} {problem.remedy}")
    return Redirect(PROPOSED)


async def _replace(node: Node, visit: Visit) -> Answer:
    """Propose another file in place of one by which the node goes."""
    deed = visit.form.get("deed", "")
    if deed not in (act for act, _ in node.replaceable()):
        raise NotFound("There is no such act.", remedy="Use a button of the page.")
    if fault := reason_fault(visit):
        return await _about_proposed(node, visit, fault)
    try:
        text = visit.form.get("text", "").replace("\r\n", "\n")  # a form ends its lines as no file does
        await _done(node, visit, deed, node.lodge(text))
    except DouaneError as problem:
        return await _about_proposed(node, visit, f"{problem.text} {problem.remedy}")
    return Redirect(PROPOSED)


async def _agree(node: Node, visit: Visit) -> Answer:
    """Agree with what a page showed, or confirm what a command proposed in one's name."""
    seen, deed, on = (visit.form.get(name, "") for name in ("seen", "deed", "on"))
    if fault := reason_fault(visit):
        return await _about_proposed(node, visit, fault, seen)
    if not seen:
        raise NotFound("There is no such act.", remedy="Use a button of the page.")
    try:
        await _done(node, visit, deed, on, seen=seen)
    except DouaneError as problem:
        return await _about_proposed(node, visit, problem.text, seen)
    return Redirect(PROPOSED)


# --- a lane


def lane_at(lane: Lane) -> str:
    """Where the page of a lane is."""
    return f"/lane?name={quote(lane.name)}"


async def _lane(node: Node, visit: Visit) -> Answer:
    return await _about_lane(node, visit, visit.query.get("name", ""))


async def _about_lane(node: Node, visit: Visit, name: str, problem: str = "") -> Page:
    words = visit.words
    each = next((found for found in await node.lanes() if found.name == name), None)
    if each is None:
        raise NotFound("Nothing waits in this lane.", remedy="It may have been carried meanwhile: see what is left.")
    facts = Facts((
        (words.plain("Partner"), each.partner), (words.plain("Channel"), each.channel),
        (words.plain("Waiting"), number_of(each)),
        (words.plain("Oldest"), words.moment(each.oldest) if each.oldest else "-"),
        (words.plain("Attempts in vain"), str(each.failures)), (words.plain("Why"), each.reason or "-"),
        (words.plain("Paused by"), each.paused or "-"), (words.plain("Cases hit"), references(each.hit) or "-"),
        (words.plain("Taken out of the lane"), ", ".join(each.out) or "-"),
    ))  # fmt: skip
    rest = (RESUME, words.plain("Let it go on")) if each.paused else (PAUSE, words.plain("Pause it"))
    buttons = [Button(rest[1], "deed", rest[0]), Button(words.plain("Try it now"), "deed", RETRY, look="btn second")]
    hidden = {"name": each.name, "first": each.first}
    if each.first:
        drop = words.plain("Propose to drop the oldest message")
        buttons.append(Button(words.plain("Take the oldest message out"), "deed", SET_ASIDE, look="btn second"))
        buttons.append(Button(drop, "deed", DROP, look="btn danger"))
    if each.out:
        buttons.append(Button(words.plain("Put back what was taken out"), "deed", PUT_BACK, look="btn second"))
    hint = words.plain("Why; it is kept with the act.")
    form = _form(node, visit, "/lane", tuple(buttons), hint, problem, hidden=hidden)
    crumbs = (Link(words.plain("Deliveries"), "/lanes"),)
    return Page(f"{each.partner} ({each.channel})", (facts, form), crumbs=crumbs, faulty=bool(problem))


async def _act_on_lane(node: Node, visit: Visit) -> Answer:
    name, deed = visit.form.get("name", ""), visit.form.get("deed", "")
    if deed not in (PAUSE, RESUME, RETRY, DROP, SET_ASIDE, PUT_BACK):
        raise NotFound("There is no such act.", remedy="Use a button of the page.")
    if fault := reason_fault(visit):
        return await _about_lane(node, visit, name, fault)
    on = visit.form.get("first", "") if deed in (DROP, SET_ASIDE) else name
    if deed == PUT_BACK:
        on = next((each.out[0] for each in await node.lanes() if each.name == name and each.out), "")
    try:
        _, more = await _done(node, visit, deed, on)
    except DouaneError as problem:
        return await _about_lane(node, visit, name, problem.text)
    return Redirect(PROPOSED if deed == DROP and more else "/lanes")


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


async def _done(node: Node, visit: Visit, act: str, on: str, *, seen: str = "") -> tuple[str, str]:
    reason, made = visit.form.get("reason", "").strip(), visit.form.get("act", "")
    return await node.have_done(act, on, id=made, reason=reason, doer=doer_of(visit), seen=seen)


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
    ("POST", "/aside/{place}/discard", _discard), ("GET", PROPOSED, _proposed),
    ("POST", PROPOSED, _agree), ("POST", FILES, _replace), ("POST", CLOCK, _go_back),
    ("GET", "/lane", _lane), ("POST", "/lane", _act_on_lane),
)  # fmt: skip
"""The pages and forms of acts: verb, path, and what shows or does it."""
