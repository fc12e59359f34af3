"""Pages of delegations: what one gave and holds, giving one, and one with what may be done about it."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

import msgspec

from douane.applications.accounts.messages import DelegationLine, DelegationLines, DelegationRefused, Scope, is_account
from douane.pages.blocks import (
    Block,
    Card,
    Column,
    Details,
    Empty,
    Facts,
    Inline,
    Link,
    Note,
    Option,
    Page,
    Ref,
    Row,
    Table,
    Tag,
    Text,
    Tone,
)
from douane.pages.languages import Words
from douane.pages.screens import Act, Entry, Given, Screen, Situation
from douane.vocabulary.errors import Fault

LIST: Final = "/delegations"
ONE: Final = "/delegations/{principal}/{delegate}"
_GIVING, _TAKING, _ENDING = (("accounts", each) for each in ("give", "take", "end"))
_TONES: Final = {"holds": Tone.GOOD, "waits for acceptance": Tone.WARN, "was ended": Tone.BAD}
_SCOPES: Final = {
    Scope.FULL: "Everything", Scope.CASES: "The cases that are named", Scope.OPERATIONS: "The operations that are named"
}  # fmt: skip


def lines(answer: DelegationLines, given: Given) -> Page:
    """What one gave and holds, also what is over."""
    words = given.words
    shown: Block = Empty(words.say("Nobody acts for you, and you act for nobody. Nothing said is nothing allowed."))
    if answer.lines:
        names = (words.plain("Whose business"), words.plain("Who acts"), words.plain("What for"), words.plain("State"))
        following = Link(words.plain("Next page"), f"{LIST}?after={answer.after}") if answer.after else None
        rows = tuple(_row(each, words) for each in answer.lines)
        shown = Table(words.plain("Delegations"), tuple(map(Column, names)), rows, following=following)
    card = Card("list", words.plain("Given and held"), (shown,))
    acts = Link(words.plain("What was done for you"), "/messages", "btn second")
    return Page(words.plain("Delegations"), (*_said(given), card, *_forms(given)), acts=(acts,), faulty=_faulty(given))


def one(answer: DelegationLines, given: Given) -> Page:
    """One delegation, and what its reader may do about it."""
    words = given.words
    crumbs = (Link(words.plain("Delegations"), LIST),)
    title = words.plain("Delegation")
    line = next(iter(answer.lines), None)
    if line is None:
        empty = Empty(words.say("There is no such delegation that you gave or hold."))
        return Page(title, (empty,), crumbs=crumbs)
    facts: list[tuple[str, Inline]] = [
        (words.plain("Whose business"), Ref(line.principal)), (words.plain("Who acts"), Ref(line.delegate)),
        (words.plain("What for"), words.model(_SCOPES[line.scope])),
    ]  # fmt: skip
    facts += (
        [(words.plain("Named"), ", ".join((*line.cases, *line.operations)))] if line.scope is not Scope.FULL else []
    )
    facts += [(words.plain("Roles"), ", ".join(line.roles))] if line.roles else []
    last = words.day(line.valid_to) if line.valid_to is not None else words.plain("until it is ended")
    facts += [(words.plain("First day"), words.day(line.valid_from)), (words.plain("Last day"), last)]
    onward = words.plain("yes") if line.onward else words.plain("no")
    facts.append((words.plain("Also for employees of the representative"), onward))
    for name, at in ((words.plain("Given"), line.given_at), (words.plain("Accepted"), line.accepted_at),
                     (words.plain("Ended"), line.ended_at)):  # fmt: skip
        facts += [(name, words.moment(at))] if at else []
    card = Card("facts", words.plain("What was agreed"), (Facts(tuple(facts)),))
    return Page(
        title, (*_said(given), card, *_forms(given)), state=_state(line, words), crumbs=crumbs, faulty=_faulty(given)
    )


def _row(each: DelegationLine, words: Words) -> Row:
    to = f"{LIST}/{quote(each.principal, safe='')}/{quote(each.delegate, safe='')}"
    return Row(
        (Ref(each.principal, to), Ref(each.delegate, to), words.model(_SCOPES[each.scope]), _state(each, words))
    )  # fmt: skip


def _state(each: DelegationLine, words: Words) -> Tag:
    return Tag(str(words.model(each.state)), _TONES.get(each.state, Tone.WAIT))


def _said(given: Given) -> tuple[Block, ...]:
    """What became of the form that led here."""
    words = given.words
    if given.prove:
        again = Link(words.plain("Prove who you are"), given.prove, "btn second")
        why = words.say("What you may do here lets others act in your name. Prove again who you are, then go on.")
        return (Note("", why), Text(again))
    if given.refused:
        return (Note("", words.model(given.refused), Tone.WARN),)
    return (
        (Note("", words.say("It is recorded. What follows from it appears below."), Tone.GOOD),)
        if given.became == "handled"
        else ()
    )


def _forms(given: Given) -> tuple[Block, ...]:
    """The forms of what may be done, each in a part that is opened for it; the one with a fault is open."""
    return tuple(
        Card(f"act-{n}", str(given.words.model(form.title)), (form,))
        if not form.fields or form.faults or form.problems
        else Details(str(given.words.model(form.title)), (form,))
        for n, form in enumerate(given.acts)
    )


def _faulty(given: Given) -> bool:
    return bool(given.refused) or any(each.faults or each.problems for each in given.acts)


def _of_list(answer: DelegationLines, given: Given) -> Situation:
    """One may give a delegation in one's own name."""
    del answer
    tasks = frozenset({_GIVING}) if given.own and not is_account(given.own) and not given.by else frozenset()
    return Situation(tasks, {"principal": given.own, "today": given.today.isoformat(), "scope": Scope.FULL.value})


def _of_one(answer: DelegationLines, given: Given) -> Situation:
    """The delegate may accept what waits; either may end what is not over."""
    line = next(iter(answer.lines), None)
    known = {"principal": given.path.get("principal", ""), "delegate": given.path.get("delegate", "")}
    if line is None or given.by or line.state in ("was ended", "is over"):
        return Situation(frozenset(), known)
    taking = {_TAKING} if not line.accepted_at and line.principal != given.own else set()
    return Situation(frozenset({_ENDING} | taking), known)


def refused(type: str, body: bytes) -> tuple[Fault, ...]:
    """Why it was not kept."""
    if type != DelegationRefused.__name__:
        return ()
    return tuple(Fault("", "14", each) for each in msgspec.json.decode(body, type=DelegationRefused).reasons)


SCREENS: Final = (
    Screen("accounts.mine", LIST, lines, "Delegations", lambda given: {"after": given.query.get("after", "")},
           _of_list, place=3),
    Screen("accounts.mine", ONE, one, "",
           lambda given: {"principal": given.path.get("principal", ""), "delegate": given.path.get("delegate", "")},
           _of_one),
)  # fmt: skip
_BOTH: Final = {"principal": "principal", "delegate": "delegate"}
ACTS: Final = (
    Act(
        "accounts.delegate", frozenset({_GIVING}), "Give a delegation",
        (
            Entry("delegate"),
            Entry("scope", "scope", tuple(Option(scope.value, text) for scope, text in _SCOPES.items())),
            Entry("cases"), Entry("operations"), Entry("valid_from", "today"), Entry("valid_to"),
            Entry("onward", options=(Option("false", "No"), Option("true", "Yes"))),
        ),
        {"principal": "principal"}, refused, path=LIST, sensitive=True,
    ),
    Act("accounts.accept", frozenset({_TAKING}), "Accept the delegation", (), _BOTH, refused, path=ONE, sensitive=True),
    Act("accounts.end", frozenset({_ENDING}), "End the delegation", (), _BOTH, refused, path=ONE),
)  # fmt: skip
