"""The applicant's pages: which types there are, an application of one, and how his own stands."""

from __future__ import annotations

from typing import Final

from douane.applications.customs_decisions.messages.applying import Wish
from douane.applications.customs_decisions.messages.showing import (
    OwnDecision,
    OwnDecisionLine,
    OwnDecisions,
    RequirementsShown,
    TypesShown,
)
from douane.applications.customs_decisions.screens import composing, telling
from douane.author.pages import (
    Act,
    Block,
    Button,
    Card,
    Column,
    Empty,
    Entry,
    Facts,
    Field,
    Form,
    Given,
    Inline,
    Link,
    Module,
    Note,
    Option,
    Page,
    Ref,
    Row,
    Screen,
    Situation,
    Small,
    Table,
    Tag,
    Time,
    Tone,
    faulty,
    titled,
)

TYPES: Final = "/decisions"
APPLY: Final = "/decisions/apply/{type}"
OWN: Final = "/applications/{reference}"
OWN_LIST: Final = "/applications"
_SERVICE: Final = "customs_decisions"
_LODGE, _SUPPLY, _VIEW, _RECEIPT, _WISH = (
    ("applicant", each) for each in ("lodge", "supply_information", "give_view", "confirm_receipt", "request")
)
_REFERENCE: Final = {"reference": "reference"}
_UNDECIDED: Final = frozenset({"lodged", "information awaited", "accepted", "applicant heard"})
_STANDS: Final = frozenset({"granted, not yet in effect", "in force", "suspended"})


def types(answer: TypesShown, given: Given) -> Page:
    """Every type of decision, each with the way to apply for it."""
    words = given.words
    names = (words.plain("Type"), words.plain("Decision"), words.plain("Article"))
    applies = given.opens(APPLY)
    rows = tuple(
        Row((Ref(each.type), Link(title, APPLY.format(type=each.type)) if applies else title, each.legal))
        for each, title in ((each, words.model(titled(each.title))) for each in answer.types)
    )
    table = Table(words.plain("Types of decision"), tuple(map(Column, names)), rows)
    heading = words.plain("What do you want to apply for?") if applies else words.plain("Types of decision")
    own = (Link(words.plain("Your applications"), OWN_LIST, "btn second"),) if given.opens(OWN_LIST) else ()
    return Page(words.plain("Customs decisions"), (Card("types", heading, (table,)),), acts=own)


def own(answer: OwnDecisions, given: Given) -> Page:
    """What whoever visits applied for in a Member State."""
    words, country = given.words, _country(given)
    names = (words.plain("Application"), words.plain("Decision"), words.plain("State"), words.plain("Received on"),
             words.plain("Next limit"))  # fmt: skip
    shown: Block = Empty(words.say("You applied for nothing in %(country)s.", country=country),
                         Link(words.plain("Apply for a decision"), TYPES, "btn second"))  # fmt: skip
    if answer.lines or answer.after:
        more = Link(words.plain("Next page"), f"{OWN_LIST}?country={country}&after={answer.after}")
        rows = tuple(_application(each, given) for each in answer.lines)
        table = words.plain("Applications and decisions")
        shown = Table(table, tuple(map(Column, names)), rows, following=more if answer.after else None)
    ask = Form(
        OWN_LIST, (Button(words.plain("Show these")),),
        (Field("country", words.plain("Lodged in"), country, words.plain("Two letters."), short=True),), method="get",
    )  # fmt: skip
    blocks = (Card("own", words.plain("Applications and decisions"), (shown,)),
              Card("ask", words.plain("Where?"), (ask,)))  # fmt: skip
    return Page(words.plain("Your applications"), blocks, crumbs=(Link(words.plain("Customs decisions"), TYPES),))


def _application(each: OwnDecisionLine, given: Given) -> Row:
    words = given.words
    where = (Ref(each.reference, OWN.format(reference=each.reference)), Small(Ref(each.own_reference)))
    kind: tuple[Inline, ...] = (words.model(titled(each.title)), Small(Ref(each.decision or str(each.type))))
    ends: Inline = ""
    if each.ends is not None:
        at = int(each.ends.timestamp() * 1e6)
        ends = Time(words.until(at), each.ends.isoformat(timespec="seconds"))
    state = Tag(words.model(each.state), telling.tone_of(each.state))
    return Row((where, kind, state, words.day(each.received_on), ends))


def _country(given: Given) -> str:
    """The administration that is asked: the one that is named, else that of one's own number."""
    return (given.query.get("country", "").strip().upper() or given.country)[:2]


def apply(answer: RequirementsShown, given: Given) -> Page:
    """The application for a decision of a type: every data element that it consists of."""
    words = given.words
    facts: tuple[tuple[str, Inline], ...] = (
        (words.plain("Article"), answer.legal), (words.plain("Who decides"), words.model(answer.competent)),
        (words.plain("Decided within"), words.model(answer.limit)),
    )  # fmt: skip
    blocks: list[Block] = [Card("law", words.plain("What the law says"), (Facts(facts),)), *telling.forms(given)]
    if given.became:
        blocks.append(Note("", words.say("The answer of the authority is among your messages and cases."), Tone.WAIT))
    crumbs = (Link(words.plain("Customs decisions"), TYPES),)
    title = words.say("Apply: %(type)s", type=words.model(titled(answer.title)))
    return Page(
        title, tuple(blocks), kicker=str(answer.type), crumbs=crumbs,
        faulty=faulty(given),
    )  # fmt: skip


def _of_type(answer: RequirementsShown, given: Given) -> Situation:
    known = {"type": str(answer.type), "applicant": given.own, "own": f"{answer.type}-{given.today:%Y%m%d}-1"}
    return Situation(frozenset({_LODGE}), known, asks=composing.groups(answer.elements, given.words))


def follow(answer: OwnDecision, given: Given) -> Page:
    """How the own application or decision stands: its clock, what is asked, what was done and by which article."""
    words = given.words
    blocks: list[Block] = [*telling.forms(given)]
    blocks.append(Card("facts", words.plain("How it stands"), (telling.facts(answer, given),)))
    if answer.heard_until:
        day = words.day(answer.heard_until)
        said = words.say("You may give your point of view until the end of %(day)s (UCC art. 22(6)).", day=day)
        blocks.append(Note(words.plain("You are being heard"), said, Tone.WARN))
    if answer.requests:
        rows = tuple(
            Row((str(each.number), each.text, words.day(each.last_day),
                 words.plain("yes") if each.supplied else words.plain("no")))
            for each in answer.requests
        )  # fmt: skip
        names = (words.plain("Number"), words.plain("Text"), words.plain("Last day"), words.plain("Answered"))
        table = Table(words.plain("What you were asked"), tuple(map(Column, names)), rows)
        blocks.append(Card("asked", words.plain("What you were asked"), (table,)))
    blocks += [
        *telling.acts(answer.acts, given, f"/applications/{answer.reference}"),
        *telling.clock(answer.terms, given),
    ]
    links = [Link(words.plain("Procedure and messages"), f"/cases/{answer.reference}", "btn second")]
    if str(answer.type) in telling.OPERATORS:
        links.append(telling.questionnaire(f"/applications/{answer.reference}", words))
    crumbs = (Link(words.plain("Customs decisions"), TYPES),)
    return Page(
        answer.decision or answer.reference, tuple(blocks), Ref(answer.reference),
        state=telling.state_of(answer, words), acts=tuple(links), crumbs=crumbs, faulty=faulty(given),
    )  # fmt: skip


def _of_own(answer: OwnDecision, _given: Given) -> Situation:
    """What the applicant may do as his case stands."""
    tasks = set()
    if any(not each.supplied for each in answer.requests):
        tasks.add(_SUPPLY)
    if answer.heard_until:
        tasks.add(_VIEW)
    waits = next((each for each in answer.acts if each.signed_at and not each.received_at), None)
    if waits is not None:
        tasks.add(_RECEIPT)
    if answer.state in _UNDECIDED | _STANDS:
        tasks.add(_WISH)
    known: dict[str, str | int] = {"reference": answer.reference, "number": waits.number if waits else 0}
    return Situation(frozenset(tasks), known, state=answer.state)


_WISHES: Final = tuple(Option(each.value, each.value) for each in Wish)
_YES_NO: Final = (Option("true", "Yes"), Option("false", "No"))

ACTS: Final = (
    Act(
        f"{_SERVICE}.lodge", "Lodge the application",
        (Entry("own_reference", "own"), Entry("office"), Entry("renews")),
        {"type": "type", "applicant": "applicant"}, telling.refused, APPLY, composes=composing.elements,
        tasks=frozenset({_LODGE}),
    ),
    Act(
        f"{_SERVICE}.supply_information", "Supply the information", (Entry("text"),), _REFERENCE,
        telling.refused, OWN, tasks=frozenset({_SUPPLY}),
    ),
    Act(
        f"{_SERVICE}.give_view", "Give your point of view",
        (Entry("text"), Entry("last_word", options=_YES_NO)), _REFERENCE, telling.refused, OWN,
        tasks=frozenset({_VIEW}),
    ),
    Act(
        f"{_SERVICE}.confirm_receipt", "Confirm the receipt", (),
        {"reference": "reference", "number": "number"}, telling.refused, OWN, tasks=frozenset({_RECEIPT}),
    ),
    Act(
        f"{_SERVICE}.request", "Withdraw, or ask for an act",
        (Entry("wish", options=_WISHES), Entry("text")), _REFERENCE, telling.refused, OWN, tasks=frozenset({_WISH}),
    ),
)  # fmt: skip
"""The forms of applicants."""

SCREENS: Final = (
    Screen(f"{_SERVICE}.types", TYPES, types, "Decisions", lambda _: {}, place=3),
    Screen(f"{_SERVICE}.mine", OWN_LIST, own, "",
           lambda given: {"country": _country(given), "after": given.query.get("after", "")}),
    Screen(f"{_SERVICE}.requirements", APPLY, apply, "", lambda given: {"type": given.path["type"]}, _of_type),
    Screen(
        f"{_SERVICE}.follow", OWN, follow, "", lambda given: {"reference": given.path["reference"]}, _of_own,
        file_of=("DecisionCase", "Decision"),
    ),
    Screen(
        f"{_SERVICE}.letter", f"{OWN}/letters/{{number}}",
        lambda answer, given: telling.letter(answer, given, f"/applications/{answer.reference}"), "",
        telling.letter_question, file=telling.pdf,
    ),
)  # fmt: skip
"""The pages of applicants."""

MODULE: Final = Module(
    "customs_decisions", "Customs decisions", pages=(("Apply for a decision", TYPES), ("Your applications", OWN_LIST))
)
"""The module of decisions."""
