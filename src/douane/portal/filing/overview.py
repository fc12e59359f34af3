"""The first page of the traders' portal: what one is asked, before what one is told; deadlines, also as a calendar."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from douane.channels.browser import safety
from douane.channels.browser.visits import Answer, Redirect, View, Visit, page
from douane.model import needs
from douane.model.discovery import application_of
from douane.model.routes import Opening
from douane.pages.blocks import (
    Block,
    Card,
    Column,
    Details,
    Empty,
    Inline,
    Link,
    Page,
    Ref,
    Row,
    Small,
    Table,
    Tag,
    Time,
    Tone,
)
from douane.pages.languages import Words
from douane.pages.modules import Request
from douane.pages.states import kind_words, state_words, tone_of
from douane.portal.filing.deadlines import MEDIA, Deadline, calendar
from douane.portal.filing.drafting import Drafting
from douane.portal.filing.preferences import PATH as PREFERENCES
from douane.portal.filing.preferences import chosen
from douane.portal.filing.reading import marks, micros
from douane.portal.filing.views import DECLARE, DRAFTS
from douane.runtime.store.parties import case_kinds
from douane.shared_services.web.answers import Response
from douane.vocabulary.errors import NotFound

OVERVIEW: Final = "/overview"
CALENDAR: Final = f"{OVERVIEW}/deadlines.ics"
MOST: Final = 100
SHOWN: Final = 5
NEVER: Final = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


class State(enum.Enum):
    """Where a request stands with whom it was said to."""

    NEW = "new"
    READ = "read"
    IN_WORK = "in work"
    ANSWERED = "answered"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Line:
    """A message of a case, as a list of messages would tell it."""

    case: str
    reference: str
    deadline: dt.datetime | None
    message: Any
    administration: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A request. line: as the list of messages tells it. begun: the draft of its answer; None where there is none."""

    request: Request
    line: Any
    state: State
    begun: Any


class Overview:
    """What waits for whoever visits."""

    def __init__(self, drafting: Drafting) -> None:
        self.drafting = drafting

    async def show(self, visit: Visit) -> Answer:
        """Requests by their deadline, cases that end soon, what was begun; without the systems that one left out."""
        choice = await chosen(visit, self.drafting)
        if choice.language and safety.LANGUAGE not in visit.cookies:
            return Redirect(f"/language?to={choice.language}&back={OVERVIEW}")
        words, hidden = visit.words, frozenset(choice.hidden)
        limit = MOST if hidden else SHOWN
        cases = [each for each in await self._cases(visit, limit) if _system(each.kind) not in hidden]
        drafts = [each for each in (await visit.ask(self.drafting.asked(needs.DRAFTS), after="")).drafts
                  if each.operation.partition(".")[0] not in hidden]  # fmt: skip
        open_here = [each for each in drafts if not each.sent]
        requests = await self._requests(visit, drafts, hidden)
        requests += await self._over(visit, drafts, requests, hidden)
        requests.sort(key=lambda found: found.line.deadline or NEVER)
        rows = tuple(self._request(each, visit) for each in requests if each.state is not State.ANSWERED)
        done = [each for each in requests if each.state is State.ANSWERED]
        done.sort(key=lambda each: each.line.message.at, reverse=True)
        answered = tuple(self._request(each, visit) for each in done[:SHOWN])
        columns = words.plain("What is to be done"), words.plain("State"), words.plain("Case"), words.plain("Ends")
        blocks: tuple[Block, ...] = (
            Card("requests", words.plain("What you are asked"), (self._table(
                rows, columns, words.plain("Nobody asks you for anything."), words.plain("Requests")),)),
            *self._answered(answered, columns, words),
            Card("ends", words.plain("What ends next"), (self._table(
                tuple(_case(each, visit) for each in cases[:SHOWN]),
                (words.plain("Case"), words.plain("State"), words.plain("Ends")),
                words.plain("No limit runs in a case of yours."), words.plain("Time limits")),),
                Link(words.plain("Deadlines as calendar"), CALENDAR)),
            Card("begun", words.plain("What you began"), (self._table(
                tuple(self._draft(each, visit) for each in open_here[:SHOWN]),
                (words.plain("Draft"), words.plain("Saved")),
                words.plain("Nothing is begun."), words.plain("Drafts")),), Link(words.plain("All drafts"), DECLARE)),
        )  # fmt: skip
        acts = [Link(words.plain("Declare"), DECLARE, "btn")]
        if self.drafting.asked(needs.PREFERENCES):
            acts.append(Link(words.plain("Preferences"), PREFERENCES, "btn second"))
        return Page(words.plain("Overview"), blocks, acts=tuple(acts))

    async def calendar(self, visit: Visit) -> Answer:
        """The ends of all limits that run, for a calendar."""
        words, at = visit.words, dt.datetime.combine(self.drafting.today(), dt.time(), dt.UTC)
        found = [
            Deadline(
                f"{each.case}@douane", each.deadline,
                f"{words.plain('A limit ends')}: {each.reference} "
                f"({words.plain(state_words(each.state))})",
                f"{visit.origin}/cases/{_address(each, visit)}",
            )
            for each in await self._cases(visit, MOST)
        ]  # fmt: skip
        text = calendar(found, at, words.plain("Deadlines"))
        shown = (
            safety.saved_as("deadlines.ics"),
            ("cache-control", "private, no-cache"),
        )
        return Response(200, text.encode(), MEDIA, shown)

    async def _cases(self, visit: Visit, limit: int) -> Sequence[Any]:
        """The cases in which a limit ends first."""
        found = await visit.ask(self.drafting.asked(needs.CASES), country="", limit=limit, soonest=True)
        cases: Sequence[Any] = found.cases
        return cases

    async def _requests(self, visit: Visit, drafts: Sequence[Any], hidden: frozenset[str]) -> list[Asked]:
        """Each request that waits for whoever visits, with its state; those to letters also where it waits no more."""
        name = self.drafting.asked(needs.MESSAGES)
        found: list[tuple[Request, Any, Any]] = []
        for module in self.drafting.modules:
            wanted = module.requests if module.name not in hidden else ()
            for request, state in [(each, state) for each in wanted for state in each.states or ("",)]:
                where = {"country": "", "limit": MOST, "state": state}
                asked = await visit.ask(name, **where, type=request.type, direction="out")
                if not asked.messages:
                    continue
                said = await visit.ask(name, **where, type=request.answer, direction="in")
                last = {each.case: each for each in said.messages}
                found += [(request, each, last.get(each.case)) for each in
                          {each.case: each for each in asked.messages}.values()]  # fmt: skip
        read = await marks(visit, (line.case for _, line, _ in found)) or {}
        return [await self._asked(visit, *each, drafts=drafts, read=read) for each in found]

    async def _over(
        self, visit: Visit, drafts: Sequence[Any], known: Sequence[Asked], hidden: frozenset[str]
    ) -> list[Asked]:  # fmt: skip
        """The requests that were answered here last, in cases that do not wait for that any more."""
        answers = {each.answer: each for module in self.drafting.modules if module.name not in hidden
                   for each in module.requests if each.states}  # fmt: skip
        there = {(each.line.case, each.request.answer) for each in known}
        sent = [each for each in drafts if each.sent and each.case and each.operation in answers
                and (each.case, each.operation) not in there]  # fmt: skip
        sent.sort(key=lambda each: each.saved_at, reverse=True)
        found = []
        for draft in sent[:SHOWN]:
            request = answers[draft.operation]
            line = await self._line(visit, draft, request)
            if line is not None and not await self.drafting.was_refused(visit, draft.sent):
                found.append(Asked(request, line, State.ANSWERED, None))
        return found

    async def _line(self, visit: Visit, draft: Any, request: Request) -> Line | None:
        """The request that a draft answered, as its case tells it; None where it answered none, or is not shown."""
        try:
            told = await visit.ask(self.drafting.asked(needs.CASE_FILE), reference=draft.case,
                                   country=draft.country)  # fmt: skip
        except NotFound:
            return None
        asked = [each for each in told.messages if (each.type, each.direction) == (request.type, "out")]
        line = told.line
        return Line(line.case, line.reference, line.deadline, asked[-1], told.administration) if asked else None

    async def _asked(
        self, visit: Visit, request: Request, line: Any, said: Any, *, drafts: Sequence[Any], read: Mapping[str, int]
    ) -> Asked:  # fmt: skip
        """The state of a request. What a saved draft says changes nothing of it but that somebody works on it; an
        answer that was refused is none."""
        own = [each for each in drafts if (each.case, each.operation) == (line.case, request.answer)]
        begun = next((each for each in own if not each.sent), None)
        if said is not None and said.message.at >= line.message.at:
            sent = next((each for each in own if each.sent), None)
            if sent is None or not await self.drafting.was_refused(visit, sent.sent):
                return Asked(request, line, State.ANSWERED, None)
            return Asked(request, line, State.ERROR, begun or sent)
        if begun is not None:
            return Asked(request, line, State.IN_WORK, begun)
        new = micros(line.message.at) > read.get(line.case, 0)
        return Asked(request, line, State.NEW if new else State.READ, None)

    def _answered(self, rows: tuple[Row, ...], columns: tuple[str, ...], words: Words) -> tuple[Block, ...]:
        if not rows:
            return ()
        return (Details(words.plain("What you answered"), (self._table(rows, columns, "", words.plain("Answered")),)),)

    def _request(self, asked: Asked, visit: Visit) -> Row:
        words, line, begun = visit.words, asked.line, asked.begun
        shown: tuple[Inline, ...] = (_state(asked.state, words),)
        if begun is not None:
            by = f" {begun.saved_by}" if begun.saved_by else ""
            shown += (Small((by, " ", Ref(begun.reference, f"{DRAFTS}/{begun.name}"))),)
        deadline = line.deadline
        ended: Inline = _ending(deadline, words) if deadline is not None else ""
        where = Ref(line.reference, f"/cases/{_address(line, visit)}")
        row = (self.drafting.say(asked.request.title, words), shown, where, ended)
        return Row(row, "soon" if deadline and asked.state is not State.ANSWERED else "")

    def _draft(self, each: Any, visit: Visit) -> Row:
        filing = next((one for _, one in self.drafting.filings() if one.operation == each.operation), None)
        title = self.drafting.say(filing.title, visit.words) if filing is not None else each.operation
        reference = Ref(each.reference or each.name, f"{DRAFTS}/{each.name}")
        return Row(((reference, Small(title)), visit.words.moment(each.saved_at)))

    def _table(self, rows: tuple[Row, ...], names: tuple[str, ...], nothing: str, caption: str) -> Block:
        return Table(caption, tuple(map(Column, names)), rows, dense=True) if rows else Empty(nothing)


def _case(each: Any, visit: Visit) -> Row:
    words = visit.words
    called = each.names[0] if each.reference == each.case and each.names else each.reference
    where = (Ref(called, f"/cases/{_address(each, visit)}"), Small(words.model(kind_words(each.kind))))
    state: Inline = Tag(words.model(state_words(each.state)), tone_of(each.state)) if each.state else ""
    return Row((where, state, _ending(each.deadline, words)), "soon")


def _country(visit: Visit) -> str:
    """Whose cases are asked for: of the administration whose number one has."""
    return visit.caller.administration or visit.caller.eori[:2] if visit.caller is not None else ""


def _address(each: Any, visit: Visit) -> str:
    country = each.administration or _country(visit)
    known = each.reference != each.case and each.reference[2:4] == country
    return str(each.reference) if known else f"{each.reference}?{urlencode({'country': country})}"


def _ending(at: dt.datetime, words: Words) -> Time:
    return Time(words.until(int(at.timestamp() * 1e6)), at.isoformat(timespec="seconds"))


def overview_views(drafting: Drafting) -> tuple[View, ...]:
    """The page, and the calendar."""
    overview = Overview(drafting)
    name = drafting.asked(needs.CASES)
    return (
        View(page("GET", OVERVIEW, Opening.OPERATION, name), overview.show),
        View(page("GET", CALENDAR, Opening.OPERATION, name), overview.calendar),
    )


def _state(state: State, words: Words) -> Tag:
    """A state in words; an answer that was refused has to be given again."""
    named = {
        State.NEW: (words.plain("new"), Tone.WARN), State.READ: (words.plain("read"), Tone.WAIT),
        State.IN_WORK: (words.plain("in work"), Tone.RUN), State.ANSWERED: (words.plain("answered"), Tone.GOOD),
        State.ERROR: (words.plain("refused: answer again"), Tone.BAD),
    }  # fmt: skip
    return Tag(*named[state])


def _system(kind: str) -> str:
    """The application whose case it is, by the record that it keeps; empty where none keeps one of that name."""
    kinds = case_kinds(kind)
    return application_of(kinds[0].type.__module__) if kinds else ""
