"""The library: initiatives of administrations, what came of them, and what the own administration does in one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from douane.applications.programme.messages.library import (
    Funding,
    InitiativeLine,
    InitiativeRefused,
    Library,
    ResultKind,
)
from douane.applications.programme.screens.naming import CATALOGUE, HOME, INITIATIVE, LIBRARY
from douane.applications.programme.screens.road import TITLE
from douane.author import Fault
from douane.author.pages import (
    Act,
    Block,
    Button,
    Card,
    Column,
    Columns,
    Empty,
    Entry,
    Facts,
    Field,
    Form,
    Given,
    Inline,
    Link,
    Option,
    Page,
    Ref,
    Row,
    Screen,
    Situation,
    Small,
    Table,
    Tag,
    Text,
    Tone,
    Words,
    faulty,
    forms,
    outcome,
)

_JOIN, _LEAVE, _USE = ("library", "join"), ("library", "leave"), ("library", "use")
_BEGIN, _PUBLISH = ("library", "begin"), ("library", "publish")
_CENTRE: Final = "EU"


def initiative_at(name: str) -> str:
    """The page of an initiative."""
    return INITIATIVE.format(initiative=name)


def listed(answer: Library, given: Given) -> Page:
    """Every initiative that fits what was asked."""
    words, query = given.words, given.query
    kinds = (Option("", words.plain("any")), *(Option(each.value, words.model(each.value)) for each in ResultKind))
    fields = (
        Field("q", words.plain("Words"), query.get("q", "")[:200], short=True, type="search"),
        Field("kind", words.plain("Kind of result"), _kind(given), options=kinds, short=True),
    )
    form = Form(LIBRARY, (Button(words.plain("Search"), look="btn second"),), fields, method="get", mark="-search")
    shown: Block = Empty(words.say("Nobody has begun an initiative."))
    if answer.known:
        shown = Empty(words.say("No initiative holds all of that."), Link(words.plain("All of them"), LIBRARY))
    if answer.initiatives:
        shown = _table(answer, words)
    title = words.plain("Library")
    lead = words.say("What administrations build together: who takes part, on which terms, and what came of it.")
    acts = (Link(words.plain("This library for catalogues (ADMS)"), CATALOGUE, "btn second", "text/turtle"),)
    card = Card("initiatives", title, (shown,), str(len(answer.initiatives)))
    blocks = (*outcome(given), *forms(given), form, card)
    crumbs = (Link(words.model(TITLE), HOME),)
    return Page(title, blocks, state=lead, acts=acts, crumbs=crumbs, faulty=faulty(given))


def _table(answer: Library, words: Words) -> Table:
    columns = (
        Column(words.plain("Initiative")), Column(words.plain("Kind of result")), Column(words.plain("Owner")),
        Column(words.plain("Takes part")), Column(words.plain("Last result")), Column(words.plain("Used by")),
    )  # fmt: skip
    rows = tuple(
        Row((
            (Link(each.title, initiative_at(each.initiative)), Small(each.initiative)), words.model(each.kind.value),
            each.owner, ", ".join(_now(each)), each.results[0].version if each.results else words.plain("none"),
            ", ".join(user.administration for user in each.users),
        ))
        for each in answer.initiatives
    )  # fmt: skip
    return Table(words.plain("Library"), columns, rows, dense=True)


def _now(each: InitiativeLine) -> list[str]:
    return sorted(volunteer.administration for volunteer in each.volunteers if volunteer.left is None)


def _kind(given: Given) -> str:
    kind = given.query.get("kind", "")
    return kind if kind in set(ResultKind) else ""


def one(answer: Library, given: Given) -> Page:
    """An initiative with its terms, volunteers, results and users."""
    words = given.words
    crumbs = (Link(words.model(TITLE), HOME), Link(words.plain("Library"), LIBRARY))
    found = next(iter(answer.initiatives), None)
    if found is None:
        shown = Empty(words.say("There is no initiative of this name."), Link(words.plain("All of them"), LIBRARY))
        return Page(words.plain("Initiative"), (shown,), crumbs=crumbs)
    left = (Card("terms", words.plain("Terms"), (_terms(found, words),)),)
    right = (Card("volunteers", words.plain("Who takes part"), (_volunteers(found, words),)),
             Card("users", words.plain("Used by"), (_users(found, words),)))  # fmt: skip
    results = Card("results", words.plain("Results"), (_results(found, words),), str(len(found.results)))
    blocks = (*outcome(given), *forms(given), Text(found.text), Columns(left, right), results)
    return Page(found.title, blocks, kicker=words.plain("Initiative"), crumbs=crumbs, faulty=faulty(given))


def _terms(each: InitiativeLine, words: Words) -> Facts:
    items: tuple[tuple[str, Inline], ...] = (
        (words.plain("Kind of result"), words.model(each.kind.value)), (words.plain("Owner"), each.owner),
        (words.plain("Licence"), each.licence), (words.plain("Host"), each.host),
        (words.plain("Funding key"), words.model(each.funding.value)), (words.plain("Exit"), each.ending),
    )  # fmt: skip
    return Facts(items)


def _volunteers(each: InitiativeLine, words: Words) -> Block:
    if not each.volunteers:
        return Empty(words.say("Nobody takes part yet."))
    names = (words.plain("Administration"), words.plain("Joined"), words.plain("Left"))
    rows = tuple(
        Row((e.administration, words.day(e.joined), words.day(e.left) if e.left is not None
             else Tag(words.plain("takes part"), Tone.GOOD)))
        for e in each.volunteers
    )  # fmt: skip
    return Table(words.plain("Who takes part"), tuple(map(Column, names)), rows, dense=True)


def _results(each: InitiativeLine, words: Words) -> Block:
    if not each.results:
        return Empty(words.say("Nothing came of it yet."))
    names = (words.plain("Version"), words.plain("Day"), words.plain("Bundle"))
    rows = []
    for e in each.results:
        checked = Small((f"{e.octets:,} · SHA-256 ", Ref(e.digest)))
        rows.append(Row((e.version, words.day(e.on), (Link(e.address, e.address), checked))))
    return Table(words.plain("Results"), tuple(map(Column, names)), tuple(rows), dense=True)


def _users(each: InitiativeLine, words: Words) -> Block:
    if not each.users:
        return Empty(words.say("Nobody says that he uses it."))
    names = (words.plain("Administration"), words.plain("Version"), words.plain("Since"))
    rows = tuple(Row((e.administration, e.version, words.day(e.since))) for e in each.users)
    return Table(words.plain("Used by"), tuple(map(Column, names)), rows, dense=True)


def _question(given: Given) -> Mapping[str, object]:
    kind = _kind(given)
    return {"text": given.query.get("q", "")[:200], **({"kind": kind} if kind else {})}


def _situation(answer: Library, given: Given) -> Situation:
    """Who takes part may leave; who does not may join; who has something to use may use it."""
    found = next(iter(answer.initiatives), None)
    if found is None:
        return Situation()
    tasks = {_LEAVE if given.country in _now(found) else _JOIN}
    if found.results:
        tasks.add(_USE)
    if found.owner == _CENTRE:
        tasks.add(_PUBLISH)
    known: dict[str, str | int] = {"initiative": found.initiative, "administration": given.country,
                                   "owner": found.owner, "turn": _turns(found, given.country)}  # fmt: skip
    return Situation(frozenset(tasks), known)


def _turns(found: InitiativeLine, country: str) -> int:
    """How often an administration said something of its part."""
    return next((each.turns for each in found.turns if each.administration == country), 0)


def _beginning(_answer: Library, _given: Given) -> Situation:
    """The Commission begins initiatives here; an administration does it by a message of its system."""
    return Situation(frozenset({_BEGIN}), {"owner": _CENTRE})


def refused(type: str, body: bytes) -> tuple[Fault, ...]:
    """Why it was not kept."""
    if type != InitiativeRefused.__name__:
        return ()
    return tuple(Fault("", "14", each) for each in msgspec.json.decode(body, type=InitiativeRefused).reasons)


def _acts() -> Iterator[Act]:
    fixed = {"initiative": "initiative", "administration": "administration", "turn": "turn"}
    yield Act("programme.join", "Take part", (), fixed, refused, path=INITIATIVE, tasks=frozenset({_JOIN}))
    yield Act("programme.leave", "Leave", (), fixed, refused, path=INITIATIVE, tasks=frozenset({_LEAVE}))
    kinds, keys = (tuple(Option(each.value, each.value) for each in values) for values in (ResultKind, Funding))
    terms = (*map(Entry, ("initiative", "title", "text")), Entry("kind", options=kinds), Entry("licence"),
             Entry("host"), Entry("funding", options=keys), Entry("ending"))  # fmt: skip
    yield Act("programme.state_initiative", "Begin an initiative", terms, {"owner": "owner"},
              refused, path=LIBRARY, tasks=frozenset({_BEGIN}))  # fmt: skip
    bundle = tuple(map(Entry, ("version", "address", "digest", "octets")))
    yield Act("programme.state_result", "Publish a result", bundle,
              {"owner": "owner", "initiative": "initiative"}, refused, path=INITIATIVE,
              tasks=frozenset({_PUBLISH}))  # fmt: skip
    yield Act("programme.use_result", "Say which version is in use", (Entry("version"),), fixed,
              refused, path=INITIATIVE, tasks=frozenset({_USE}))  # fmt: skip


SCREENS: Final = (
    Screen("programme.library", LIBRARY, listed, "", _question, _beginning, filters=("q", "kind")),
    Screen("programme.library", INITIATIVE, one, "",
           lambda given: {"initiative": given.path["initiative"][:110]}, _situation),
)  # fmt: skip
"""The library, and the page of each initiative."""
ACTS: Final = tuple(_acts())
"""What an administration does in an initiative, on its page."""
