"""What packages bring to the pages: what a release knows of itself, and what traders fill in and send."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from douane.channels.browser.visits import Visit
from douane.configuration import discovery
from douane.configuration.ports import SystemIds
from douane.model.circles import Platform
from douane.model.declare import Kind
from douane.model.discovery import application_of
from douane.model.needs import CASE_FILE, CASE_MESSAGE, CASES, DRAFTS
from douane.pages.blocks import Form
from douane.pages.fitting import must_keep_to_design
from douane.pages.screens import Given, Library, Procedure, Situation
from douane.pages.titles import CODES, MESSAGES
from douane.portal.desks import Besides
from douane.portal.filing import message as message_pages
from douane.portal.filing import receipts as receipt_views
from douane.portal.filing.acts import filing_views, ways
from douane.portal.filing.drafting import NEEDS, Drafting
from douane.portal.filing.first_steps import MODULES, first_views
from douane.portal.filing.fitting import must_fit
from douane.portal.filing.overview import OVERVIEW, overview_views
from douane.portal.filing.preferences import PATH as PREFERRED_AT
from douane.portal.filing.preferences import preference_views
from douane.portal.filing.views import DECLARE
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.processes import Process
from douane.vocabulary.code_lists import CodeLists

INSIDE: Final = {"@reply": "Answer of another service", "@timer": "A time limit ran out"}
"""What is said of messages that the core makes itself."""


@dataclass(frozen=True, slots=True)
class Declaring:
    """The pages, for the traders' portal, and what leads to them from elsewhere."""

    pages: tuple[Besides, ...] = ()
    ways: Callable[[Visit, Situation], tuple[Form, ...]] = lambda _visit, _situation: ()


def make_declaring(
    catalogue: Catalogue, library: Library, lists: Callable[[], CodeLists], today: Callable[[], dt.date],
    national: Mapping[str, str],
) -> Declaring:  # fmt: skip
    """Raises DeclarationFault for a module or a screen that does not fit. lists: the code lists of now. national:
    portals of administrations, by ``COUNTRY.module``.

    Where no application keeps drafts or shows cases nothing can be filled in.
    """
    must_keep_to_design(discovery.foreign_screens(), replies(catalogue), library)
    if not all(catalogue.filling(need) for need in NEEDS):
        return Declaring()
    screens = discovery.screens()
    of_cases = next(
        (each.situation for each in screens if each.operation == catalogue.filling(CASE_FILE) and each.situation), None
    )

    def situation(answer: Any, visit: Visit) -> Situation:
        return of_cases(answer, Given(visit.words, library)) if of_cases is not None else Situation()

    drafting = Drafting(
        discovery.portal_modules(), catalogue, discovery.rule_book(), library, lists,
        lambda: SystemIds().random(10).hex(), today, situation,
        next((each.path for each in screens if each.explains), ""), national,
    )  # fmt: skip
    must_fit(drafting, {each.path for each in screens})
    pages = Besides(
        "Declare", DECLARE, filing_views(drafting), drafting.asked(DRAFTS), frozenset({Platform.SPEED2}), first=True
    )
    first = Besides(
        "Overview", OVERVIEW, overview_views(drafting), drafting.asked(CASES), frozenset({Platform.SPEED2}), first=True
    )
    steps = tuple(
        Besides("Modules", MODULES, first_views(drafting, platform), drafting.asked(CASES), frozenset({platform}))
        for platform in (Platform.SPEED2, Platform.CCN2)
    )
    prefers = Besides("", PREFERRED_AT, preference_views(drafting), drafting.asked(CASES), frozenset({Platform.SPEED2}))
    receipts = Besides(
        "", receipt_views.RECEIPT, receipt_views.views(catalogue), drafting.asked(CASE_FILE),
        frozenset({Platform.SPEED2, Platform.CCN2}),
    )  # fmt: skip
    messages = Besides(
        "", message_pages.MESSAGE, message_pages.message_views(drafting), drafting.asked(CASE_MESSAGE),
        frozenset({Platform.SPEED2, Platform.CCN2}),
    )  # fmt: skip
    return Declaring((first, pages, prefers, receipts, messages, *steps), functools.partial(ways, drafting))


def replies(catalogue: Catalogue) -> dict[str, type]:
    """What each query is answered by."""
    return {o.qualified: o.replies[0] for o in catalogue.operations.values() if o.kind is Kind.QUERY}


def known_of_release(catalogue: Catalogue) -> Library:
    """What this release knows beside what is kept: procedures, rules, names of messages."""
    processes: Mapping[str, Any] = discovery.behaviour().processes
    titles = {o.qualified: MESSAGES.get(o.request.__name__, o.title) for o in catalogue.operations.values()}
    titles |= MESSAGES | INSIDE
    return Library(
        {process.name: _procedure(process) for process in processes.values()},
        discovery.rule_texts(), titles, CODES, discovery.declared_limits(),
        {o.qualified: (o.request, catalogue.family(o.request)) for o in catalogue.operations.values()},
    )  # fmt: skip


def _element(process: Any) -> str:
    """A procedure in the architecture."""
    return f"process:{application_of(process.__module__)}.{process.name}"


def _procedure(process: Process[Any]) -> Procedure:
    element = _element(process)
    present, *older = [
        Procedure(each.source, each.definition, element, each.called) for each in process.versions.values()
    ]
    return replace(present, older=tuple(older))
