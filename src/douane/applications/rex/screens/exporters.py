"""Pages of registrations: exporters apply, keep their data up to date and end it; officers register and revoke."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from douane.applications.rex.messages import Ground, RexLines, RexShown
from douane.applications.rex.screens import boxes
from douane.applications.rex.tasks import Registered
from douane.author.pages import (
    Act,
    Block,
    Button,
    Card,
    Column,
    Details,
    Empty,
    Entry,
    Facts,
    Field,
    Form,
    Given,
    Inline,
    Link,
    Note,
    Option,
    Page,
    Ref,
    Row,
    Screen,
    Situation,
    Table,
    Tag,
    Tone,
    faulty,
    nothing,
    wrong,
)

LIST: Final = "/exporters"
APPLY: Final = "/exporters/apply"
ONE: Final = "/exporters/registration/{number}"
_APPLY, _MODIFY, _END, _INFORMED = (("exporter", each) for each in ("apply", "modify", "ask", "inform"))
_REVOKE, _PROVEN, _CANCEL = (("officer", each) for each in ("revoke", "inform", "cancel"))
_TONES: Final = {"registered": Tone.GOOD, "revoked": Tone.BAD, "not registered": Tone.BAD}
_NUMBER: Final = {"number": "number"}


def listed(answer: RexLines, given: Given) -> Page:
    """The registrations of a country that whoever visits may see: his own, or all of them at a desk."""
    words, country = given.words, _country(given)
    names = (words.plain("Number"), words.plain("Exporter"), words.plain("State"), words.plain("Valid from"),
             words.plain("Ended on"))  # fmt: skip
    rows = tuple(
        Row((Ref(each.number, ONE.format(number=each.number)), Ref(each.exporter), _state(each.state, given),
             words.day(each.valid_from), words.day(each.ended_on) if each.ended_on else "–"))
        for each in answer.lines
    )  # fmt: skip
    none = Empty(words.say("No registration is here for you in %(country)s.", country=country))
    shown: Block = nothing(answer.known, words, none)
    if rows or answer.after:
        more = Link(words.plain("Next page"), f"{LIST}?country={country}&after={answer.after}")
        caption = words.plain("Registered exporters")
        shown = Table(caption, tuple(map(Column, names)), rows, following=more if answer.after else None)
    ask = Form(
        LIST, (Button(words.plain("Show these")),),
        (Field("country", words.plain("Country"), country, words.plain("Two letters."), short=True),), method="get",
    )  # fmt: skip
    acts = (Link(words.plain("Apply to be registered"), APPLY, "btn"),) if given.own[:2].isalpha() else ()
    blocks = (Card("registrations", words.plain("Registrations"), (shown,)),
              Card("ask", words.plain("Where?"), (ask,)))  # fmt: skip
    return Page(words.plain("Registered exporters"), blocks, acts=acts)


def apply(answer: RexLines, given: Given) -> Page:
    """The form of Annex 22-06A."""
    del answer
    words = given.words
    lead = words.say("The registration is valid from the day on which the whole form was received "
                     "(IA 2015/2447 art. 86(4)).")  # fmt: skip
    blocks = (*_became(given), *_forms(given))
    return Page(words.plain("Apply to be registered"), blocks, state=lead, crumbs=_crumbs(given), faulty=faulty(given))


def one(answer: RexShown, given: Given) -> Page:
    """A registration with its dates and its form, and what may be done with it now."""
    words, form = given.words, answer.form
    facts: list[tuple[str, Inline]] = [
        (words.plain("State"), _state(answer.state, given)), (words.plain("Exporter"), Ref(answer.exporter)),
        (words.plain("Received on"), words.day(answer.received_on)),
    ]  # fmt: skip
    days = ((words.plain("Registered on"), answer.registered_on), (words.plain("Revoked on"), answer.revoked_on),
            (words.plain("Ended on"), answer.ended_on))  # fmt: skip
    for name, day in days:
        facts += [(name, words.day(day))] if day else []
    for name, text in ((words.plain("Ground"), answer.ground), (words.plain("Reasons"), answer.reasons),
                       (words.plain("What the exporter asked for"), answer.wishes)):  # fmt: skip
        facts += [(name, text)] if text else []
    said: list[tuple[str, Inline]] = [
        (words.plain("Name"), form.name),
        (words.plain("Address"), ", ".join(filter(None, (form.street_and_number, form.post_code, form.town)))),
        (words.plain("Contact"), ", ".join(filter(None, (form.telephone, form.email)))),
        (words.plain("Goods"), form.goods), (words.plain("Headings"), ", ".join(form.headings)),
        (words.plain("Agrees to publication"), words.plain("yes") if form.publish else words.plain("no")),
    ]  # fmt: skip
    blocks = (
        *_became(given), *_forms(given), Card("facts", words.plain("How it stands"), (Facts(tuple(facts)),)),
        Card("form", words.plain("The form"), (Facts(tuple(said)),)),
    )  # fmt: skip
    return Page(answer.number, blocks, Ref(answer.number), crumbs=_crumbs(given), faulty=faulty(given))


def _state(state: str, given: Given) -> Tag:
    return Tag(given.words.model(state), _TONES.get(state, Tone.WAIT))


def _crumbs(given: Given) -> tuple[Link, ...]:
    return (Link(given.words.plain("Registered exporters"), LIST),)


def _became(given: Given) -> Iterator[Block]:
    words = given.words
    if given.refused:
        yield Note(words.plain("This was not recorded"), words.model(given.refused), Tone.BAD)
    elif given.became:
        yield Note("", words.say("The answer of the authority is among your messages and cases."), Tone.WAIT)


def _forms(given: Given) -> Iterator[Block]:
    for form in given.acts:
        opened = len(given.acts) == 1 or wrong(form)
        yield Details(given.words.model(form.title), (replace(form, title=""),), open=opened)


def _country(given: Given) -> str:
    """The country that is named, else one's own."""
    return (given.query.get("country", "").strip().upper() or given.country or "EU")[:2]


def _asked(given: Given) -> dict[str, object]:
    return {"country": _country(given), "after": given.query.get("after", "")}


def _to_apply(_answer: RexLines, given: Given) -> Situation:
    known = {"exporter": given.own, "authority": given.own[:2], "own": f"REX-{given.today:%Y%m%d}-1"}
    return Situation(frozenset({_APPLY}), known, asks=boxes.groups(None, given.words))


def _of_one(answer: RexShown, given: Given) -> Situation:
    """What its exporter and its officers may do as it stands."""
    open_in: dict[str, set[tuple[str, str]]] = {
        "applied for": {Registered.examine},
        "registered": {_MODIFY, _END, _REVOKE},
        "revoked": {_INFORMED, _PROVEN, _CANCEL},
    }
    tasks = open_in.get(answer.state, set())
    if answer.ended_on is not None and answer.ended_on <= given.today:  # the exporter counts as informed by then
        tasks -= {_INFORMED, _PROVEN}
    asks = boxes.groups(answer.form, given.words) if _MODIFY in tasks else ()
    return Situation(frozenset(tasks), {"number": answer.number}, asks=asks)


_YES_NO: Final = (Option("true", "Yes"), Option("false", "No"))
_GROUNDS: Final = tuple(Option(each.value, each.article) for each in Ground)

ACTS: Final = (
    Act("rex.apply", "Apply to be registered", (Entry("own_reference", "own"),),
        {"exporter": "exporter", "authority": "authority"}, boxes.refused, APPLY, composes=boxes.form,
        tasks=frozenset({_APPLY})),
    Act("rex.modify", "Keep the data up to date", (), _NUMBER, boxes.refused, ONE,
        composes=boxes.form, tasks=frozenset({_MODIFY})),
    Act("rex.ask_revocation", "Ask to be revoked", (Entry("reasons"),), _NUMBER, boxes.refused, ONE,
        tasks=frozenset({_END})),
    Act("rex.decide", "Register, or say why not",
        (Entry("registered", options=_YES_NO), Entry("reasons")), {"reference": "number"}, boxes.refused, ONE),
    Act("rex.revoke", "Revoke the registration",
        (Entry("ground", options=_GROUNDS), Entry("reasons")), _NUMBER, boxes.refused, ONE, tasks=frozenset({_REVOKE})),
    Act("rex.inform", "Record that the exporter was informed",
        (Entry("informed_on"),), _NUMBER, boxes.refused, ONE, tasks=frozenset({_INFORMED, _PROVEN})),
    Act("rex.cancel_revocation", "Cancel the revocation", (Entry("reasons"),), _NUMBER,
        boxes.refused, ONE, tasks=frozenset({_CANCEL})),
)  # fmt: skip
"""The forms of exporters and of officers; the gate opens to each what is his."""

SCREENS: Final = (
    Screen("rex.list_exporters", LIST, listed, "Registered exporters", _asked, place=5),
    Screen("rex.list_exporters", APPLY, apply, "", _asked, _to_apply),
    Screen("rex.show", ONE, one, "", lambda given: {"number": given.path["number"]}, _of_one),
)  # fmt: skip
"""The pages of registrations."""
