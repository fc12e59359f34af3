"""What a trader was granted, and every act of it; to an officer the acts alone."""

from __future__ import annotations

import datetime as dt
from typing import Final

from douane.applications.authorisations.messages import (
    AuthorisationHistory,
    AuthorisationLine,
    AuthorisationLines,
    Standing,
    State,
)
from douane.author.pages import (
    Button,
    Card,
    Column,
    Empty,
    Facts,
    Field,
    Form,
    Given,
    Inline,
    Link,
    Module,
    Page,
    Ref,
    Row,
    Screen,
    Small,
    Table,
    Tag,
    Time,
    Tone,
    besides,
    nothing,
    titled,
)

AUTHORISATIONS: Final = "/authorisations"
ONE: Final = "/authorisations/{reference}"
_TONES: Final = {Standing.USABLE: Tone.GOOD, Standing.SUSPENDED: Tone.WARN, Standing.ENDED: Tone.BAD}
_STATES: Final = {State.VALID: Tone.GOOD, State.SUSPENDED: Tone.WARN}


def own(answer: AuthorisationLines, given: Given) -> Page:
    """What an authority granted to whoever visits."""
    words, country = given.words, _country(given)
    names = (words.plain("Authorisation"), words.plain("Decision"), words.plain("State"), words.plain("From"),
             words.plain("Until"))  # fmt: skip
    none = Empty(words.say("Customs authorities of %(country)s granted you nothing.", country=country),
                 Link(words.plain("Apply for a decision"), "/decisions", "btn second"))  # fmt: skip
    shown = nothing(answer.known, words, none)
    following = f"{AUTHORISATIONS}?country={country}&after={answer.after}" if answer.after else ""
    others = besides(answer.known, words) if answer.lines else ()
    if answer.lines or following:
        more = Link(words.plain("Next page"), following) if following else None
        rows = tuple(_line(each, given) for each in answer.lines)
        shown = Table(words.plain("Authorisations"), tuple(map(Column, names)), rows, following=more)
    ask = Form(
        AUTHORISATIONS, (Button(words.plain("Show these")),),
        (Field("country", words.plain("Granted in"), country, words.plain("Two letters."), short=True),), method="get",
    )  # fmt: skip
    own = Link(words.plain("Your applications"), "/applications", "btn second")
    ways = (own,) if given.opens("/applications") else ()
    blocks = (
        Card("own", words.plain("What was granted to you"), (shown, *others)),
        Card("ask", words.plain("Where?"), (ask,)),
    )
    return Page(words.plain("Authorisations"), blocks, acts=ways)


def _line(each: AuthorisationLine, given: Given) -> Row:
    words = given.words
    what = (words.model(titled(each.title)), Small(str(each.type)))
    state = Tag(words.model(each.standing.value), _TONES.get(each.standing, Tone.WAIT))
    ends: Inline = _time(each.effect_to, given) if each.effect_to else "" if each.effect_from is None else "–"
    reference = Ref(each.reference, ONE.format(reference=each.reference))
    return Row((reference, what, state, _time(each.effect_from, given) if each.effect_from else "", ends))


def history(answer: AuthorisationHistory, given: Given) -> Page:
    """An authorisation act by act, in the order in which they became known."""
    words = given.words
    facts: tuple[tuple[str, Inline], ...] = (
        (words.plain("Type"), str(answer.type)), (words.plain("Holder"), Ref(answer.holder)),
        (words.plain("Authority"), Ref(answer.authority)),
    )  # fmt: skip
    names = (words.plain("Act"), words.plain("State"), words.plain("From"), words.plain("Until"),
             words.plain("Known since"), words.plain("Member States"), words.plain("Ground"))  # fmt: skip
    rows = tuple(
        Row((
            str(each.number), Tag(words.model(each.state.value), _STATES.get(each.state, Tone.BAD)),
            _time(each.effect_from, given), _end(each.effect_to, given) if each.effect_to else "–",
            _time(each.known_at, given), ", ".join(each.member_states) or words.plain("as the law says"),
            each.ground or "–",
        ))
        for each in answer.acts
    )  # fmt: skip
    table = Table(words.plain("Acts"), tuple(map(Column, names)), rows)
    blocks = (Card("facts", words.plain("What it is"), (Facts(facts),)), Card("acts", words.plain("Acts"), (table,)))
    crumbs = (Link(words.plain("Authorisations"), AUTHORISATIONS),) if given.own == answer.holder else ()
    return Page(answer.reference, blocks, crumbs=crumbs)


def _time(at: dt.datetime, given: Given) -> Time:
    return Time(given.words.moment(int(at.timestamp() * 1e6)), at.isoformat(timespec="seconds"))


def _end(at: dt.datetime, given: Given) -> Time:
    return Time(given.words.until(int(at.timestamp() * 1e6)), at.isoformat(timespec="seconds"))


def _country(given: Given) -> str:
    """The administration that is asked: the one that is named, else that of one's own number."""
    return (given.query.get("country", "").strip().upper() or given.country)[:2]


SCREENS: Final = (
    Screen(
        "authorisations.mine", AUTHORISATIONS, own, "Authorisations",
        lambda given: {"country": _country(given), "after": given.query.get("after", "")}, place=4,
    ),
    Screen("authorisations.show", ONE, history, "", lambda given: {"reference": given.path["reference"]}),
)  # fmt: skip
"""The pages of authorisations."""

MODULE: Final = Module("authorisations", "Authorisations", pages=(("What was granted to you", AUTHORISATIONS),))
"""The module of authorisations."""
