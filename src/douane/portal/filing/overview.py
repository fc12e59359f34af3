"""The first page of the traders' portal: what one is asked, before what one is told; deadlines, also as a calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from urllib.parse import urlencode

from douane.channels.browser.visits import Answer, View, Visit, page
from douane.model import needs
from douane.model.routes import Opening
from douane.pages.blocks import Block, Card, Column, Empty, Inline, Link, Page, Ref, Row, Small, Table, Tag, Time
from douane.pages.languages import Words
from douane.pages.modules import Request
from douane.pages.states import kind_words, state_words, tone_of
from douane.portal.deadlines import MEDIA, Deadline, calendar
from douane.portal.filing.drafting import Drafting
from douane.portal.filing.views import DECLARE, DRAFTS
from douane.shared_services.web.answers import Response

OVERVIEW: Final = "/overview"
CALENDAR: Final = f"{OVERVIEW}/deadlines.ics"
MOST: Final = 100
SHOWN: Final = 5
NEVER: Final = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


class Overview:
    """What waits for whoever visits."""

    def __init__(self, drafting: Drafting) -> None:
        self.drafting = drafting

    async def show(self, visit: Visit) -> Answer:
        """Requests by their deadline, cases that end soon, what was begun."""
        words, cases = visit.words, await self._cases(visit)
        drafts = (await visit.ask(self.drafting.asked(needs.DRAFTS), after="")).drafts
        open_here = [each for each in drafts if not each.sent]
        ends = {each.case: each.deadline for each in cases}
        requests = await self._requests(visit)
        requests.sort(key=lambda found: ends.get(found[1].case) or NEVER)
        rows = tuple(self._request(request, line, ends, open_here, visit) for request, line in requests)
        blocks = (
            Card("requests", words.plain("What you are asked"), (self._table(
                rows, (words.plain("What is to be done"), words.plain("Case"), words.plain("Ends")),
                words.plain("Nobody asks you for anything."), words.plain("Requests")),)),
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
        return Page(words.plain("Overview"), blocks, acts=(Link(words.plain("Declare"), DECLARE, "btn"),))

    async def calendar(self, visit: Visit) -> Answer:
        """The ends of all limits that run, for a calendar."""
        words, at = visit.words, dt.datetime.combine(self.drafting.today(), dt.time(), dt.UTC)
        found = [
            Deadline(
                f"{each.case}@douane", each.deadline,
                f"{words.plain('A limit ends')}: {each.reference} ({state_words(each.state)})",
                f"/cases/{_address(each, visit)}",
            )
            for each in await self._cases(visit)
        ]  # fmt: skip
        text = calendar(found, at, words.plain("Deadlines"))
        shown = (
            ("content-disposition", 'attachment; filename="deadlines.ics"'),
            ("cache-control", "private, no-cache"),
        )
        return Response(200, text.encode(), MEDIA, shown)

    async def _cases(self, visit: Visit) -> list[Any]:
        """Cases in which a limit runs, by its end."""
        name = self.drafting.asked(needs.CASES)
        found = await visit.ask(name, country=_country(visit), limit=MOST, ends_before=f"{NEVER:%Y-%m-%dT%H:%M:%SZ}")
        return sorted((each for each in found.cases if each.deadline is not None), key=lambda each: each.deadline)

    async def _requests(self, visit: Visit) -> list[tuple[Request, Any]]:
        """Each request that was said to whoever visits and to which nothing was said since."""
        name, country, found = self.drafting.asked(needs.MESSAGES), _country(visit), []
        for module in self.drafting.modules:
            for request in module.requests:
                asked = await visit.ask(name, country=country, limit=MOST, type=request.type, direction="out")
                said = await visit.ask(name, country=country, limit=MOST, type=request.answer, direction="in")
                last = {each.case: each.message.at for each in said.messages}
                latest = {each.case: each for each in asked.messages}
                open_here = (e for e in latest.values() if e.case not in last or last[e.case] < e.message.at)
                found += [(request, each) for each in open_here]
        return found

    def _request(self, request: Request, line: Any, ends: Any, drafts: Any, visit: Visit) -> Row:
        words = visit.words
        begun = next((each for each in drafts if each.case == line.case and each.operation == request.answer), None)
        what: tuple[Inline, ...] = (self.drafting.say(request.title, words),)
        if begun is not None:
            by = f" {begun.saved_by}" if begun.saved_by else ""
            what += (Small((Tag(words.plain("in work")), by, " ", Ref(begun.reference, f"{DRAFTS}/{begun.name}"))),)
        deadline = ends.get(line.case)
        ended: Inline = _clock(deadline, words) if deadline is not None else ""
        return Row((what, Ref(line.reference, f"/cases/{_address(line, visit)}"), ended), "soon" if deadline else "")

    def _draft(self, each: Any, visit: Visit) -> Row:
        filing = next((one for _, one in self.drafting.filings() if one.operation == each.operation), None)
        title = self.drafting.say(filing.title, visit.words) if filing is not None else each.operation
        reference = Ref(each.reference or each.name, f"{DRAFTS}/{each.name}")
        return Row(((reference, Small(title)), visit.words.moment(each.saved_at)))

    def _table(self, rows: tuple[Row, ...], names: tuple[str, ...], nothing: str, caption: str) -> Block:
        return Table(caption, tuple(map(Column, names)), rows, dense=True) if rows else Empty(nothing)


def _case(each: Any, visit: Visit) -> Row:
    words = visit.words
    where = (Ref(each.reference, f"/cases/{_address(each, visit)}"), Small(words.model(kind_words(each.kind))))
    state: Inline = Tag(words.model(state_words(each.state)), tone_of(each.state)) if each.state else ""
    return Row((where, state, _clock(each.deadline, words)), "soon")


def _country(visit: Visit) -> str:
    """Whose cases are asked for: of the administration whose number one has."""
    return visit.caller.administration or visit.caller.eori[:2] if visit.caller is not None else ""


def _address(each: Any, visit: Visit) -> str:
    country = _country(visit)
    known = each.reference != each.case and each.reference[2:4] == country
    return str(each.reference) if known else f"{each.reference}?{urlencode({'country': country})}"


def _clock(at: dt.datetime, words: Words) -> Time:
    return Time(words.moment(int(at.timestamp() * 1e6)), at.isoformat(timespec="seconds"))


def overview_views(drafting: Drafting) -> tuple[View, ...]:
    """The page, and the calendar."""
    overview = Overview(drafting)
    name = drafting.asked(needs.CASES)
    return (
        View(page("GET", OVERVIEW, Opening.OPERATION, name), overview.show),
        View(page("GET", CALENDAR, Opening.OPERATION, name), overview.calendar),
    )
