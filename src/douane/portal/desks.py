"""The shells behind which somebody is signed in: the traders' portal, the officers' desk, the Commission's desk.

A shell shows the screens that it discovers and that are open to its visitor; it has no page of a procedure itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from douane.channels.browser.visits import Answer, Redirect, Site, View, Visit, page
from douane.model.circles import Platform
from douane.model.routes import Opening
from douane.pages.blocks import Tab
from douane.pages.languages import Words
from douane.pages.screens import Given, Library, Screen
from douane.portal.about import ABOUT, LEAVE
from douane.runtime.door.door import Door
from douane.vocabulary.errors import NotFound

FIND = "/find"


def desk(
    name: str, title: Callable[[Words], str], platform: Platform, door: Door, screens: Sequence[Screen], *,
    library: Library, start: Callable[[], str], personas: Mapping[str, str],
) -> Site:  # fmt: skip
    """A shell of a platform, with a page for each screen whose operation somebody may call there."""
    shown = [each for each in screens if _reached(platform, door, each)]
    views = [
        View(page("GET", each.path, Opening.OPERATION, each.operation), _showing(each, library, start))
        for each in shown
    ]
    views.append(View(page("GET", "/"), _first(shown)))
    views.append(View(page("GET", FIND), _find))

    def tabs(words: Words, path: str) -> tuple[Tab, ...]:
        first = path.partition("?")[0].split("/")[1]
        return tuple(
            Tab(words.model(each.tab), each.path, current=each.path.strip("/") == first) for each in shown if each.tab
        )

    return Site(name, title, (*views, *ABOUT, LEAVE), platform, door, tabs, FIND, personas)


def _reached(platform: Platform, door: Door, screen: Screen) -> bool:
    """Whether somebody who enters by a platform may call what a screen asks."""
    operation = door.catalogue.operations.get(screen.operation)
    return operation is not None and any(platform.admits(kind) and operation.open_to(kind) for kind in platform.kinds)


def _showing(screen: Screen, library: Library, start: Callable[[], str]) -> Callable[[Visit], Awaitable[Answer]]:
    async def show(visit: Visit) -> Answer:
        caller = visit.caller
        country = "" if caller is None else caller.administration or caller.eori[:2]
        given = Given(visit.words, library, visit.path, visit.query, country, start())
        return screen.view(await visit.ask(screen.operation, **screen.question(given)), given)

    return show


def _first(screens: Sequence[Screen]) -> Callable[[Visit], Awaitable[Answer]]:
    """The first page leads to the first screen in the menu that is open to its visitor."""

    async def show(visit: Visit) -> Answer:
        for each in screens:
            if each.tab and visit.offers(each.operation):
                return Redirect(each.path)
        raise NotFound("No page here is open to you yet.", remedy="Go back to the start page.")

    return show


async def _find(visit: Visit) -> Answer:
    """The case of a reference; letters, digits and nothing else go into an address."""
    reference = "".join(each for each in visit.query.get("reference", "") if each.isascii() and each.isalnum())
    return Redirect(f"/cases/{reference[:35]}" if reference else "/")
