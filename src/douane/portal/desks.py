"""The shells behind which somebody is signed in: the traders' portal, the officers' desk, the Commission's desk.

A shell shows the screens that it discovers and that are open to its visitor; it has no page of a procedure itself.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from douane.channels.browser import safety
from douane.channels.browser.visits import Answer, Redirect, Site, View, Visit, page, state_of
from douane.model.circles import Platform
from douane.model.needs import CASE_FILE
from douane.model.routes import Opening
from douane.pages.blocks import Form, Page, Tab
from douane.pages.languages import Words
from douane.pages.screens import Act, Given, Library, Screen, Situation
from douane.pages.sheets import tables
from douane.portal import acting, kept_lists
from douane.portal.about import ABOUT, LEAVE
from douane.portal.filing import reading
from douane.portal.rights import RIGHTS
from douane.portal.together import COUNT, PATH, Together
from douane.runtime.door.door import Authenticated, Door
from douane.shared_services.web.answers import Response
from douane.vocabulary.askers import AskedCase
from douane.vocabulary.errors import BadIdentifier, BadQuery, NotAuthorised, NotFound, NotServed, NotValid
from douane.vocabulary.identifiers import Mrn

FIND = "/find"
LONGEST = 5_000
"""Rows of a list that is told for a spreadsheet."""


@dataclass(frozen=True, slots=True)
class Besides:
    """Pages of a shell that are no application's: their entry in the menu, and for which platforms they are."""

    tab: str
    path: str
    views: tuple[View, ...]
    operation: str
    platforms: frozenset[Platform]
    first: bool = False
    """Whether it stands before the pages of applications."""


async def no_statement(_visit: Visit, _case: AskedCase) -> str:
    """Where UUM&DS states nothing."""
    return ""


@dataclass(frozen=True, slots=True)
class Offered:
    """What shells show and let do.

    start: the address of the start page. today: the date in a country by the union's clock; without one, where the
    Commission sits. explained_at: where elements of the architecture have their pages.
    """

    screens: Sequence[Screen]
    acts: Sequence[Act]
    library: Library
    start: Callable[[], str]
    today: Callable[[str], dt.date]
    explained_at: str = ""
    besides: Sequence[Besides] = ()
    proving: Callable[[Visit, str], str] = lambda _visit, _to: ""
    """Where a person goes to prove anew who he is and come back to a page; empty while his proof is fresh enough."""
    states: Callable[[Visit, AskedCase], Awaitable[str]] = no_statement
    """A statement of UUM&DS that a visitor asks about a case; empty where none is had here."""
    ways: Callable[[Visit, Situation], tuple[Form, ...]] = lambda _visit, _situation: ()
    """What a visitor may fill in and send where something stands as it does."""


def desk(
    name: str, title: Callable[[Words], str], platform: Platform, door: Door, offered: Offered, *,
    personas: Mapping[str, str],
) -> Site:  # fmt: skip
    """A shell of a platform: a page for each screen, a form for each act, whose operation somebody may call there."""
    shown = [each for each in offered.screens if _reached(platform, door, each.operation)]
    shown.sort(key=lambda each: each.place)
    offered = replace(offered, explained_at=next((each.path for each in shown if each.explains), ""))
    apart = {each.path for each in offered.acts}
    acts = [each for each in offered.acts if _reached(platform, door, each.operation)]
    acting.checked(acts, {each.operation: door.catalogue.operation(each.operation).request for each in acts})
    offered = replace(offered, screens=shown, acts=acts)
    at = {each.path: replace(offered, acts=_acts_of(each, acts, apart)) for each in shown}
    views = [
        View(
            page("GET", each.path, Opening.OPERATION, each.operation),
            _showing(each, at[each.path]),
            asks_others=each.stated,
        )
        for each in sorted(shown, key=lambda each: len(each.path.split("{")))  # names before what stands for many
    ]
    views += [
        View(
            page("POST", f"{screen.path}/{act.name}", Opening.OPERATION, act.operation),
            _doing(act, screen, at[screen.path]),
        )
        for screen in shown if screen.situation is not None for act in at[screen.path].acts
    ]  # fmt: skip
    at_once = _together(shown, acts, door, offered)
    views += at_once.views() if at_once is not None else ()
    views += kept_lists.views(shown, door.catalogue)
    besides = [
        each for each in offered.besides if platform in each.platforms and _reached(platform, door, each.operation)
    ]
    views += [view for each in besides for view in each.views]
    before = [each for each in besides if each.first]
    menu: list[Screen | Besides] = [*before, *shown, *(each for each in besides if not each.first)]
    views.append(View(page("GET", "/"), _first(menu)))
    search = next((each.path for each in shown if each.searches), "")
    views.append(View(page("GET", FIND, Opening.ANYBODY), lambda visit: _find(visit, search)))

    def tabs(visit: Visit) -> tuple[Tab, ...]:
        """The pages of the menu that are open to whoever visits, in his roles."""
        first = _at(visit).split("/")[1]
        return tuple(
            Tab(visit.words.model(each.tab), each.path, current=each.path.strip("/") == first,
                told=COUNT if at_once is not None and each is at_once.lists else "")
            for each in menu if each.tab and visit.offers(each.operation)
            and (visit.caller is None or visit.may(each.operation))
        )  # fmt: skip

    return Site(name, title, (*views, RIGHTS, *ABOUT, LEAVE), platform, door, tabs, FIND, personas)


def _acts_of(screen: Screen, acts: Sequence[Act], apart: Collection[str]) -> list[Act]:
    """The acts of a screen: those that name its path; where a case is shown, those of cases.

    apart: paths of screens that have acts of their own, whoever may call them.
    """
    path = screen.path if screen.path in apart else ""
    return [each for each in acts if each.path == path and (path or "{reference}" in screen.path)]


def _reached(platform: Platform, door: Door, name: str) -> bool:
    """Whether somebody who enters by a platform may call an operation."""
    operation = door.catalogue.operations.get(name)
    return operation is not None and any(platform.admits(kind) and operation.open_to(kind) for kind in platform.kinds)


def _given(visit: Visit, offered: Offered) -> Given:
    caller = visit.caller
    country = "" if caller is None else _country(caller)
    return Given(
        visit.words, offered.library, visit.path, visit.query, country, offered.start(), offered.today(country),
        own=caller.caller.party.identifier if caller is not None else "",
        by=caller.caller.by if caller is not None else "", explained_at=offered.explained_at,
        files=tuple((*each.file_of, each.path) for each in offered.screens
                    if each.file_of[0] and visit.offers(each.operation)),
        several=PATH if any(each.listed is not None for each in offered.screens) else "", opens=visit.opens,
    )  # fmt: skip


def _country(caller: Authenticated) -> str:
    """Whose cases a visitor asks for: of his administration, else of the one whose number his business has."""
    return caller.administration or (caller.acting_for or caller.eori)[:2]


def _showing(screen: Screen, offered: Offered) -> Callable[[Visit], Awaitable[Answer]]:
    async def show(visit: Visit) -> Answer:
        given = replace(_given(visit, offered), became=await acting.state_of(visit))
        answer = await _answer(screen, visit, given)
        if screen.stated:
            answer = await _stated(screen, visit, given, offered, answer)
        if screen.file is not None and visit.query.get("format") == "file":
            return _file(*screen.file(answer))
        if screen.situation is not None:
            situation = screen.situation(answer, given)
            found, prove = _open(offered, visit, situation, _at(visit))
            forms = [
                acting.form_of(
                    each, _message(visit, each), situation, given, f"{_at(visit)}/{each.name}", of=state_of(answer)
                )
                for each in found
            ]
            before = accumulate((bool(each.fields) for each in forms), initial=False)
            marked = tuple(replace(each, mark=f"-{n}" if n else "") for each, n in zip(forms, before, strict=False))
            given = replace(given, acts=marked, prove=prove, ways=offered.ways(visit, situation))
        await reading.opened(screen, answer, visit)
        given = await reading.with_read(screen, answer, given, visit)
        shown = screen.view(answer, given)
        if visit.query.get("format") == "csv":
            return await _whole(shown, screen, given, visit)
        return await kept_lists.with_kept(shown, screen, visit)

    return show


def _file(name: str, content: bytes) -> Response:
    """What a page gives to keep."""
    headers = (safety.saved_as(name), ("cache-control", "no-store"))
    return Response(200, content, "application/octet-stream", headers)


async def _answer(screen: Screen, visit: Visit, given: Given) -> Any:
    """What a page shows; None of a form that asks where nothing is asked yet, or nothing is found."""
    question = screen.question(given)
    if not screen.asks:
        return await _asked(screen, visit, question)
    try:
        return await visit.ask(screen.operation, **question) if question else None
    except (NotFound, BadQuery, NotValid):
        return None


async def _stated(screen: Screen, visit: Visit, given: Given, offered: Offered, first: Any) -> Any:
    """What another system answers, of whom UUM&DS states that he asks; the first answer where no other is to be asked,
    or no statement is had."""
    statement = await offered.states(visit, first.asks) if first.asks is not None else ""
    if not statement:
        return first
    try:
        answer = await visit.ask(screen.operation, **screen.question(given), statement=statement)
    except NotAuthorised:  # the statement does not hold: clocks differ, or a key was replaced just now
        return first
    visit.asked[:] = visit.asked[-1:]
    return answer


async def _asked(screen: Screen, visit: Visit, question: Mapping[str, object]) -> Any:
    """The answer to the question of a page. NotFound where what stands in the address is no reference at all."""
    try:
        return await visit.ask(screen.operation, **question)
    except (BadQuery, NotValid) as problem:
        if "{" not in screen.path:
            raise
        raise NotFound("Nothing is at this address.", remedy="Check the reference in it.") from problem


async def _whole(shown: Page, screen: Screen, given: Given, visit: Visit) -> Page:
    """A page whose list is not cut into pages: for a spreadsheet. Beyond ``LONGEST`` rows it ends."""
    found = next((each for each in tables(shown.blocks) if each.following is not None), None)
    if found is None:
        return shown
    rows, following = list(found.rows), found.following
    while following is not None and len(rows) < LONGEST:
        await asyncio.sleep(0)  # others in between: a question may be answered without waiting for anything
        given = replace(given, query=dict(parse_qsl(urlsplit(following.href).query)))
        page = screen.view(await _answer(screen, visit, given), given)
        more = next((each for each in tables(page.blocks) if each.caption == found.caption), None)
        if more is None:
            break
        rows += more.rows
        following = more.following
    return Page(shown.title, (replace(found, rows=tuple(rows[:LONGEST]), following=None),))


def _open(offered: Offered, visit: Visit, situation: Situation, at: str) -> tuple[list[Act], str]:
    """The acts that are open to whoever visits; and where he proves anew who he is, where some want that."""
    found = acting.waiting(offered.acts, visit, situation)
    prove = offered.proving(visit, at) if any(each.sensitive for each in found) else ""
    return [each for each in found if not (prove and each.sensitive)], prove


def _doing(act: Act, screen: Screen, offered: Offered) -> Callable[[Visit], Awaitable[Answer]]:
    """Send what a form says, where the case that it is about is its sender's and waits for it; else show why not."""

    async def do(visit: Visit) -> Answer:
        assert screen.situation is not None
        given, at = _given(visit, offered), _at(visit).removesuffix(f"/{act.name}")
        answer = await _asked(screen, visit, screen.question(given))
        situation, message = screen.situation(answer, given), _message(visit, act)
        found, prove = _open(offered, visit, situation, at)
        if prove and act.sensitive:
            visit.address = at
            return replace(screen.view(answer, replace(given, prove=prove)), faulty=True)
        if act not in found:
            visit.address = at
            return screen.view(answer, replace(given, refused="The case does not wait for this, or no longer."))
        body = acting.message_of(act, message, situation, visit.form)
        item, leads, faults = await acting.refusal(act, visit, body)
        if not faults:
            return Redirect(f"{leads or at}?done={item}")
        visit.address = at
        form = acting.form_of(
            act, message, situation, given, f"{at}/{act.name}", said=visit.form, faults=faults, of=state_of(answer)
        )
        return screen.view(answer, replace(given, acts=(form,)))

    return do


def _at(visit: Visit) -> str:
    """The path of the page."""
    return visit.address.partition("?")[0]


def _message(visit: Visit, act: Act) -> type:
    assert visit.site.door is not None
    return visit.site.door.catalogue.operation(act.operation).request


def _together(shown: Sequence[Screen], acts: Sequence[Act], door: Door, offered: Offered) -> Together | None:
    """The pages by which an act is done in several cases, where a shell lists tasks and shows cases."""
    lists = next((each for each in shown if each.listed is not None), None)
    case_file = door.catalogue.filling(CASE_FILE)
    cases = next((each for each in shown if each.situation is not None and each.operation == case_file), None)
    if lists is None or cases is None:
        return None
    return Together(
        lists, cases, _acts_of(cases, acts, ()), lambda name: door.catalogue.operation(name).request,
        lambda visit: _given(visit, offered),
    )  # fmt: skip


def _first(screens: Sequence[Screen | Besides]) -> Callable[[Visit], Awaitable[Answer]]:
    """The first page leads to the first screen in the menu that is open to its visitor."""

    async def show(visit: Visit) -> Answer:
        for each in screens:
            if each.tab and visit.offers(each.operation):
                return Redirect(each.path)
        raise NotFound("No page here is open to you yet.", remedy="Go back to the start page.")

    return show


async def _find(visit: Visit, search: str) -> Answer:
    """The case of a reference, by the form of one; else what is looked for. ``search``: where; empty for nowhere."""
    said = visit.query.get("reference", "").strip()
    reference = "".join(each for each in said if each.isascii() and each.isalnum())
    if search and not _CASE.match(reference):
        return Redirect(await _known(visit, said[:35]) or f"{search}?{urlencode({'q': said[:200]})}")
    return Redirect(f"/cases/{as_written(reference)[:35]}" if reference else "/")


def as_written(reference: str) -> str:
    """A reference as it was given out: an MRN has capital letters, however somebody types it."""
    try:
        number = Mrn(reference.upper())
    except BadIdentifier:
        return reference
    return number if number.has_right_check_digit else reference


async def _known(visit: Visit, said: str) -> str:
    """The page of the case that whoever visits knows by a reference of another form (an LRN); empty for none."""
    name = visit.site.door.catalogue.filling(CASE_FILE) if visit.site.door is not None else ""
    if not said or not name or visit.caller is None or not visit.offers(name):
        return ""
    try:
        found = await visit.ask(name, reference=said, country="")
    except (NotFound, NotServed, BadQuery, NotValid):
        return ""
    return f"/cases/{found.line.case}?{urlencode({'country': found.administration})}"


_CASE = re.compile(r"\A(?:\d\d[A-Za-z]{2}[A-Za-z0-9]{6,}|[0-9a-f]{16})\Z")
"""An MRN, or what begins like one; the number of a case."""
