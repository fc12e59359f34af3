"""Whether a module keeps to the design of the portal: one that does not ends the start, with every reason.

A page is drawn from what a module says, so headings, error forms and tokens are the portal's own; what a module can get
wrong is what it asks, what it calls things, and in which languages.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from douane.model.circles import ActorKind
from douane.model.declare import Kind
from douane.model.discovery import application_of
from douane.model.form import Field, Form
from douane.pages.languages import COMPLETE, ENGLISH, Words
from douane.pages.modules import Filing, Module, Section
from douane.portal.filing.drafting import Drafting
from douane.portal.filing.saying import known
from douane.runtime.store.records import kinds
from douane.vocabulary.errors import DeclarationFault

TAKEN: Final = frozenset({"check", "sent", "send", "correct", "discard", "attachments"})
"""Names of pages of every draft."""
NAME: Final = re.compile(r"\A[a-z][a-z0-9-]{1,30}\Z")
LONGEST: Final = 60
"""Characters of a title: of a button on a phone."""


def must_fit(drafting: Drafting, paths: Collection[str] = ()) -> None:
    """Raise DeclarationFault for a module that does not fit, with every reason. paths: of pages that there are."""
    reasons = [reason for module in drafting.modules for reason in reasons_against(module, drafting, paths)]
    if reasons:
        raise DeclarationFault(f"A module of the portal does not fit: {' '.join(reasons)}", remedy="Mend the module.")


def reasons_against(module: Module, drafting: Drafting, paths: Collection[str] = ()) -> Iterator[str]:
    """Why a module does not fit; nothing where it does."""
    yield from (f"{module.name}: {each}" for each in _texts(module.title, module))
    for title, path in module.pages:
        yield from (f"{module.name}, {path}: {each}" for each in _texts(title, module))
        if path not in paths:
            yield f"{module.name}: no page of an application stands at {path}."
    for plan in module.planned:
        yield from (f"{module.name}, {plan.name}: {each}" for each in _texts(plan.title, module))
    if module.national and not module.source:
        yield f"{module.name}: no source says which administrations have a portal of their own."
    for request in module.requests:
        yield from (f"{module.name}, {request.type}: {each}" for each in _texts(request.title, module))
        for state in sorted(set(request.states) - _states(module)):
            yield f"{module.name}, {request.type}: no case of {module.name} is ever {state!r}."
        if not request.on_page and request.answer not in {each.operation for each in module.filings}:
            yield f"{module.name}, {request.type}: nothing fills in {request.answer}, which answers it."
    names = [each.name for other in drafting.modules for each in other.filings]
    for filing in module.filings:
        own = f"{module.name}, {filing.operation}:"
        if names.count(filing.name) > 1:
            yield f"{own} another filing is named {filing.name}."
        operation = drafting.catalogue.operations.get(filing.operation)
        if operation is None or operation.kind is not Kind.COMMAND or not operation.open_to(ActorKind.TRADER):
            yield f"{own} no command of this name is open to traders."
            continue
        yield from (f"{own} {each}" for each in _texts(filing.title, module))
        yield from (f"{own} {each}" for each in _sections(filing, drafting.form(filing), module))


def _states(module: Module) -> set[str]:
    """Every state that a case of the application of a module may be in."""
    own = (kind.case for kind in kinds() if application_of(kind.type.__module__) == module.name)
    return {str(each.value) for case in own if case is not None for each in case.states or ()}


def _texts(title: str, module: Module, *, longest: int = LONGEST) -> Iterator[str]:
    if not title or len(title) > longest or "<" in title:
        yield f"{title[:LONGEST]!r} is no text of 1 to {longest} characters without markup."
    for language in COMPLETE:
        if language != ENGLISH and title and not known(title, Words(language), module):
            yield f"{title[:LONGEST]!r} has no words in {language}."


def _sections(filing: Filing, form: Form, module: Module) -> Iterator[str]:
    names = [each.name for each in filing.sections]
    if not names:
        yield "it has no section."
    for section in filing.sections:
        if not NAME.match(section.name) or section.name in TAKEN or names.count(section.name) > 1:
            yield f"section {section.name!r} needs a name of its own in small letters."
        yield from _texts(section.title, module)
        if section.hint:
            yield from _texts(section.hint, module, longest=2 * LONGEST)
        yield from _paths(section, form)
    yield from (f"{each} has to be given, and no section asks it." for each in _unasked(filing, form))


def _paths(section: Section, form: Form) -> Iterator[str]:
    for path in (*section.paths, *section.without, *((section.each,) if section.each else ())):
        if form.field("/" + path) is None:
            yield f"section {section.name}: {form.name} has no {path}."
    each = form.field("/" + section.each) if section.each else None
    if each is not None and not each.repeats:
        yield f"section {section.name}: {section.each} does not repeat."
    for column in section.columns:
        if form.field(f"/{section.each}/{column}") is None or not section.each:
            yield f"section {section.name}: {section.each or 'it'} has no column {column}."
    if not section.paths and not section.each:
        yield f"section {section.name} asks nothing."


def _unasked(filing: Filing, form: Form) -> Iterator[str]:
    """What every message has to have and neither a section asks nor the portal fills in."""
    given = {*filing.given, *filing.numbered}

    def walk(fields: tuple[Field, ...]) -> Iterator[Field]:
        for each in fields:
            if each.fields and each.required:
                yield from walk(each.fields)
            elif not each.fields and each.required and each.item.tag not in filing.counted:
                yield each

    for each in walk(form.fields):
        path = each.path.lstrip("/")
        if path not in given and not any(_asks(section, path) for section in filing.sections):
            yield path


def _asks(section: Section, path: str) -> bool:
    named = (*section.paths, *((section.each,) if section.each else ()))
    inside = any(path == each or path.startswith(f"{each}/") for each in named)
    return inside and not any(path == each or path.startswith(f"{each}/") for each in section.without)
