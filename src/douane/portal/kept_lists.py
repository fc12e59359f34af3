"""Lists that a person keeps under a name, as he asked for them: on every screen that declares what it is asked by.

What is kept is an address of this shell and the names that the screen declares: nothing else of a form is taken over,
so that a kept list leads nowhere but to its list. Who it is told to is the matter of the operation that keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

import msgspec

from douane.channels.browser.visits import Answer, Redirect, View, Visit, page
from douane.model.needs import FORGET_LIST, KEEP_LIST, LISTS
from douane.model.routes import Opening
from douane.pages.blocks import Block, Bullets, Button, Details, Field, Form, Link, Option, Page, Text
from douane.pages.languages import Words
from douane.pages.screens import Screen
from douane.runtime.catalogue.catalogue import UNION, Catalogue
from douane.vocabulary.errors import BadQuery, NotFound

KEEP: Final = "/kept-lists/keep"
FORGET: Final = "/kept-lists/forget"
LONGEST: Final = 60
"""Letters of a name."""
QUERY: Final = 500


def views(screens: Sequence[Screen], catalogue: Catalogue) -> list[View]:
    """Where the forms lead, on a shell with a list that can be kept."""
    lists = {each.path: each for each in screens if each.filters}
    keep, forget = catalogue.filling(KEEP_LIST), catalogue.filling(FORGET_LIST)
    if not (lists and keep and forget):
        return []

    async def kept(visit: Visit) -> Answer:
        screen = _screen(lists, visit)
        name, query = " ".join(visit.form.get("name", "").split())[:LONGEST], _query(screen, visit.form)
        if not name or len(query) > QUERY:
            raise BadQuery("A list is kept under a name.", remedy="Go back and write how you want to find it again.")
        await _send(visit, keep, path=screen.path, query=query, name=name)
        return Redirect(_address(screen.path, query))

    async def forgotten(visit: Visit) -> Answer:
        screen = _screen(lists, visit)
        name = visit.form.get("name", "")[:LONGEST]
        if name:
            await _send(visit, forget, path=screen.path, name=name)
        return Redirect(_address(screen.path, _query(screen, visit.form)))

    return [View(page("POST", KEEP, Opening.OPERATION, keep), kept),
            View(page("POST", FORGET, Opening.OPERATION, forget), forgotten)]  # fmt: skip


async def with_kept(shown: Page, screen: Screen, visit: Visit) -> Page:
    """A page of a list with the lists that its visitor keeps of it, and the form by which he keeps this one."""
    door = visit.site.door
    asked = door.catalogue.filling(LISTS) if door is not None else ""
    if not screen.filters or not asked or visit.caller is None or not visit.offers(asked) or "part" in visit.query:
        return shown
    kept = (await visit.ask(asked, keeper=_keeper(visit), path=screen.path)).lists
    visit.asked.pop()  # whoever asks for the page as JSON gets the list, not what its reader keeps
    query = _query(screen, visit.query)
    if not kept and not query:
        return shown
    return replace(shown, blocks=(offered(kept, screen.path, query, visit.words), *shown.blocks))


def offered(kept: Sequence[Any], path: str, query: str, words: Words) -> Block:
    """What is kept of a list, each a link, and the forms that keep it as it is asked now, and forget one."""
    hidden = {"path": path, **dict(parse_qsl(query))}
    parts: list[Block] = []
    if kept:
        parts.append(Bullets(tuple(Link(each.name, _address(path, each.query)) for each in kept)))
    if query and all(each.query != query for each in kept):
        field = Field("name", words.plain("Name of this list"), short=True)
        parts.append(Form(KEEP, (Button(words.plain("Keep this list"), look="btn second"),), (field,), hidden=hidden,
                          mark="-keep"))  # fmt: skip
    if kept:
        names = tuple(Option(each.name, each.name) for each in kept)
        field = Field("name", words.plain("A list that you kept"), names[0].value, options=names, short=True)
        forget = Button(words.plain("Forget it"), look="btn second")
        parts.append(Details(words.plain("Forget a list"), (Form(FORGET, (forget,), (field,), hidden=hidden,
                                                                 mark="-forget"),)))  # fmt: skip
    if not kept:
        parts.insert(0, Text(words.say("Keep what you asked for under a name. You alone see it here."), "small"))
    title = words.count("Kept list: %(number)s", "Kept lists: %(number)s", len(kept))
    return Details(title, tuple(parts), open=bool(kept))


def _screen(lists: dict[str, Screen], visit: Visit) -> Screen:
    found = lists.get(visit.form.get("path", ""))
    if found is None:
        raise NotFound("There is no such list here.", remedy="Go back to the list that you want to keep.")
    return found


def _query(screen: Screen, given: Any) -> str:
    """What a list is asked by, of what is given: the names that it declares, in their order."""
    return urlencode([(name, given[name]) for name in screen.filters if given.get(name)])


def _address(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


async def _send(visit: Visit, operation: str, **content: str) -> None:
    """Send it, and wait until it is done, as far as a person waits."""
    body = msgspec.json.encode({"keeper": _keeper(visit), **content})
    await visit.outcome(await visit.send(body, operation=operation, json=True, of=str(visit.at)))


def _keeper(visit: Visit) -> str:
    assert visit.caller is not None
    return visit.caller.caller.administration or UNION
