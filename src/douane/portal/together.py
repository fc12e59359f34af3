"""One act in several cases at once: chosen in a list, shown before it is done, done once.

An act is the one that a case's page offers; nothing is sent that its form there would not send. The preview asks each
case whether it waits for the act, and the door what it would refuse; neither changes anything. What is sent is what the
preview showed: a message is known by what it says, so that sending it twice, going back or a lost connection does it
once. A case judges its message when that comes: what became of each stands on the last page.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from douane.channels.browser.visits import Answer, Redirect, View, Visit, page, state_of
from douane.model.routes import Opening
from douane.pages.blocks import (
    Block,
    Button,
    Card,
    Chips,
    Column,
    Empty,
    Field,
    Form,
    Inline,
    Link,
    Page,
    Ref,
    Row,
    Sheet,
    Small,
    Table,
    Tag,
    Text,
    Tone,
)
from douane.pages.screens import Act, Given, Listed, Screen, Situation
from douane.portal import acting
from douane.runtime.delivery.status import MessageStatus
from douane.shared_services.web.answers import Response
from douane.vocabulary.errors import Fault, NotFound, SenderFault

PATH: Final = "/together"
COUNT: Final = "/together/waiting"
MOST: Final = 50
"""Cases at most in which an act is done at once."""
PICKED: Final = "case-"
"""Begins the name of the field by which a case is chosen."""
_HTML: Final = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Together:
    """The pages of one shell.

    lists: the page of tasks. screen: that of a case. acts: those of cases, with the type of each one's message by
    operation. given: what a screen is given of a visit.
    """

    lists: Screen
    screen: Screen
    acts: Sequence[Act]
    message: Callable[[str], type]
    given: Callable[[Visit], Given]

    def views(self) -> tuple[View, ...]:
        """Choosing, the preview, doing it, what became of it; and how many tasks wait."""
        of_list = (Opening.OPERATION, self.lists.operation)
        doing = (
            View(page("POST", f"{PATH}/{each.name}/{step}", Opening.OPERATION, each.operation), show)
            for each in self.acts for step, show in (("preview", self._previewing(each)), ("done", self._doing(each)))
        )  # fmt: skip
        return (
            View(page("GET", PATH, *of_list), self._choose), View(page("GET", f"{PATH}/done", *of_list), self._done),
            View(page("GET", COUNT, *of_list), self._waiting), *doing,
        )  # fmt: skip

    # --- choosing

    async def _choose(self, visit: Visit) -> Answer:
        return await self._choosing(visit)

    async def _choosing(self, visit: Visit, act: Act | None = None, *, faults: Sequence[Fault] = (),
                        problem: str = "") -> Page:  # fmt: skip
        """The acts for which tasks wait, and the tasks of the one that is chosen."""
        words = visit.words
        found = await self._listed(visit, {"order": "deadline", **visit.query})
        acts = [each for each in self._open(visit) if any(_fits(each, task) for task in found)]
        act = act or next((each for each in acts if each.name == visit.query.get("act", "")), None)
        chips = Chips(tuple(
            (Link(words.model(each.title), f"{PATH}?{urlencode({'act': each.name})}"), each is act) for each in acts
        ))  # fmt: skip
        blocks: list[Block] = [Card("acts", words.plain("What shall be done"), (
            chips if acts else Empty(words.say("No task waits for you that can be done with others.")),))]  # fmt: skip
        if act is not None:
            rows = [each for each in found if _fits(act, each)]
            blocks.append(Card("cases", words.plain("In which cases"), (
                self._form(act, rows, visit, faults, problem),)))  # fmt: skip
        return self._page(blocks, visit, faulty=bool(faults or problem))

    def _form(self, act: Act, tasks: Sequence[Listed], visit: Visit, faults: Sequence[Fault], problem: str) -> Form:
        """The fields of the act, once for all, and a tick for each case."""
        words, given = visit.words, self.given(visit)
        made = acting.form_of(
            act, self.message(act.operation), Situation(known={"today": given.today.isoformat()}), given,
            f"{PATH}/{act.name}/preview", said=visit.form or None, faults=faults,
        )  # fmt: skip
        rows = tuple(_ticked(each, visit) for each in tasks)
        columns = (words.plain("Do it here"),)
        return replace(
            made, buttons=(Button(words.plain("Show what it would do")),), title="",
            problems=(*made.problems, *((problem,) if problem else ())),
            sheet=Sheet(words.plain("Cases"), columns, rows, words.plain("Case")) if rows else None,
        )  # fmt: skip

    # --- the preview

    def _previewing(self, act: Act) -> Callable[[Visit], Awaitable[Answer]]:
        async def show(visit: Visit) -> Answer:
            words, picked = visit.words, _picked(visit.form)
            if not picked or len(picked) > MOST:
                problem = words.plain("Choose at least one case, and at most %(most)s.", most=MOST)
                return await self._choosing(visit, act, problem=problem)
            judged = [await self._judged(act, each, visit) for each in picked]
            return self._preview(act, judged, visit)

        return show

    async def _judged(self, act: Act, case: str, visit: Visit) -> _Judged:
        """What an act would do in a case, and why it would not."""
        given = replace(self.given(visit), path={"reference": case})
        try:
            answer = await visit.ask(self.screen.operation, **self.screen.question(given))
        except NotFound as problem:
            return _Judged(case, case, b"", (Fault("/", "90", problem.text),))
        assert self.screen.situation is not None
        situation = self.screen.situation(answer, given)
        reference = str(situation.known.get("reference", case))
        if act not in acting.waiting(self.acts, visit, situation):
            return _Judged(case, reference, b"", (Fault("/", "92", "The case does not wait for this, or no longer."),))
        body = acting.message_of(act, self.message(act.operation), situation, visit.form)
        try:
            await visit.judge(body, act.operation)
        except SenderFault as problem:
            return _Judged(case, reference, body, problem.faults or (Fault("/", "", problem.text),))
        return _Judged(case, reference, body, (), state_of(answer))

    def _preview(self, act: Act, judged: Sequence[_Judged], visit: Visit) -> Page:
        words, given = visit.words, self.given(visit)
        names = (words.plain("Case"), words.plain("What it would do"), words.plain("Why not"))
        rows = tuple(
            Row((Ref(each.reference, f"/cases/{each.case}"),
                 Tag(words.plain("refused"), Tone.BAD) if each.faults else Tag(words.plain("would be done"), Tone.GOOD),
                 _told(each.faults, given)))
            for each in judged
        )  # fmt: skip
        open_here = [each for each in judged if not each.faults]
        table = Table(words.plain("Preview"), tuple(map(Column, names)), rows, dense=True)
        said = {name: value for name, value in visit.form.items() if name != "token" and not name.startswith(PICKED)}
        hidden = said | {PICKED + each.case: "yes" for each in open_here}
        blocks: list[Block] = [Text(words.say("Nothing is done yet.")), table]
        if open_here:
            title = words.count("Do it in one case", "Do it in %(number)s cases", len(open_here))
            blocks.append(Form(f"{PATH}/{act.name}/done", (Button(title),), hidden=hidden))
        shown = Card("preview", words.model(act.title), tuple(blocks))
        return self._page([shown], visit, faulty=not open_here)

    # --- doing it

    def _doing(self, act: Act) -> Callable[[Visit], Awaitable[Answer]]:
        async def do(visit: Visit) -> Answer:
            picked = _picked(visit.form)[:MOST]
            judged = [await self._judged(act, each, visit) for each in picked]
            sent: list[str] = []
            for each in judged:
                if each.faults:
                    continue
                receipt = await visit.send(each.body, operation=act.operation, json=True, of=each.of)
                sent.append(f"{receipt.position:x}")
            if not sent:
                return self._preview(act, judged, visit)
            return Redirect(f"{PATH}/done?{urlencode({'act': act.name, 'sent': '.'.join(sent)})}")

        return do

    async def _done(self, visit: Visit) -> Answer:
        """What became of each message; of another's nothing is told."""
        words, given = visit.words, self.given(visit)
        act = next((each for each in self.acts if each.name == visit.query.get("act", "")), None)
        rows = []
        for item in visit.query.get("sent", "").split(".")[:MOST]:
            became = await visit.became(item) if item else None
            if became is not None and act is not None:
                rows.append(self._became(item, act, became, given))
        names = (words.plain("Message"), words.plain("State"), words.plain("Why not"))
        shown: Block = Empty(words.say("Nothing of yours was sent here."))
        if rows:
            shown = Table(words.plain("What became of it"), tuple(map(Column, names)), tuple(rows), dense=True)
        back = Link(words.plain("Several at once"), PATH)
        return replace(
            self._page([Card("done", words.plain("What became of it"), (shown,))], visit), acts=(back,)
        )  # fmt: skip

    def _became(self, item: str, act: Act, became: MessageStatus, given: Given) -> Row:
        words = given.words
        faults = [Fault(pointer, code, remedy, rule=rule) for pointer, code, rule, _, remedy, *_ in became.faults]
        for each in became.answers:
            faults += act.faults(each.row.type, each.item.body)
        if faults:
            state = Tag(words.plain("refused"), Tone.BAD)
        elif became.state == "waiting":
            state = Tag(words.plain("received"), Tone.WAIT)
        else:
            state = Tag(words.plain("recorded"), Tone.GOOD)
        return Row((Ref(item), state, _told(faults, given)))

    # --- how many wait

    async def _waiting(self, visit: Visit) -> Answer:
        """How many tasks nobody has taken, for the menu; nothing where there is none."""
        found = await self._listed(visit, {"state": "open"})
        number = f"{len(found)}+" if len(found) >= MOST else str(len(found))
        text = visit.words.plain("%(number)s new", number=number) if found else ""
        return Response(200, text.encode(), _HTML, (("cache-control", "private, no-store"),))

    # --- all

    def _open(self, visit: Visit) -> list[Act]:
        """The acts that whoever visits may do; what needs a fresh proof of who he is is done one by one."""
        return [each for each in self.acts if not each.sensitive and visit.may(each.operation)]

    async def _listed(self, visit: Visit, query: Mapping[str, str]) -> tuple[Listed, ...]:
        """The first tasks of the list, asked as its page is."""
        assert self.lists.listed is not None
        given = replace(self.given(visit), query=query)
        return self.lists.listed(await visit.ask(self.lists.operation, **self.lists.question(given)))

    def _page(self, blocks: Sequence[Block], visit: Visit, *, faulty: bool = False) -> Page:
        crumbs = (Link(visit.words.plain("Tasks"), self.lists.path),)
        return Page(visit.words.plain("Several at once"), tuple(blocks), crumbs=crumbs, faulty=faulty)


@dataclass(frozen=True, slots=True)
class _Judged:
    """What an act would do in a case: the message, and why it would be refused."""

    case: str
    reference: str
    body: bytes
    faults: tuple[Fault, ...]
    of: str = ""
    """What the case told of itself."""


def _fits(act: Act, task: Listed) -> bool:
    """Whether an act stands at a task of a list, which tells no state of its case."""
    return bool((act.tasks or act.ends) & task.tasks)


def _ticked(task: Listed, visit: Visit) -> tuple[Inline, tuple[Field, ...]]:
    words, name = visit.words, PICKED + task.case
    head: tuple[Inline, ...] = (
        Ref(task.reference, f"/cases/{task.case}"), Small((words.model(task.title), " · ", Ref(task.office)))
    )  # fmt: skip
    if task.risk:
        head += (Small((Tag(words.plain("risk"), Tone.BAD), " ", words.model(task.risk))),)
    label = f"{words.plain('Do it here')}: {task.reference}"
    return head, (Field(name, label, visit.form.get(name, ""), type="checkbox"),)


def _picked(form: Mapping[str, str]) -> list[str]:
    return [name.removeprefix(PICKED) for name, value in form.items() if name.startswith(PICKED) and value]


def _told(faults: Sequence[Fault], given: Given) -> Inline:
    """Why not, in sentences."""
    told = [given.words.model(each.remedy or given.remedy(each.code, each.rule) or each.code) for each in faults]
    return " ".join(dict.fromkeys(told)) or "–"
