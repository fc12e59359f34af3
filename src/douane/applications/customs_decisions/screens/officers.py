"""The officer's pages: a case with everything that may be done about it, and questions of other authorities."""

from __future__ import annotations

from typing import Final

from douane.applications.customs_decisions.messages.deciding import MoreTime
from douane.applications.customs_decisions.messages.showing import (
    ConsultationShown,
    DecisionShown,
    QuestionShown,
    QuestionsShown,
)
from douane.applications.customs_decisions.messages.words import (
    ActKind,
    ConsultationKind,
    Criterion,
    Ground,
    NoHearing,
    Verdict,
)
from douane.applications.customs_decisions.screens import composing, telling
from douane.author.pages import (
    Act,
    Block,
    Bullets,
    Card,
    Column,
    Empty,
    Entry,
    Facts,
    Given,
    Inline,
    Link,
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
)

CASE: Final = "/decisions/{reference}"
QUESTIONS: Final = "/consultations"
QUESTION: Final = "/consultations/{reference}/{number}"
_SERVICE: Final = "customs_decisions"
_REFERENCE: Final = {"reference": "reference"}
_ACT, _RECEIPT, _OPINION, _OWN = (
    (_SERVICE, each) for each in ("act", "confirm_receipt", "form_opinion", "conclude_own_task")
)


def case(answer: DecisionShown, given: Given) -> Page:
    """An application and its decision, with its clock, consultations, acts, notes and forms."""
    words = given.words
    of: list[tuple[str, Inline]] = [
        (words.plain("Applicant"), Ref(answer.applicant)), (words.plain("Office"), answer.authority)
    ]  # fmt: skip
    blocks: list[Block] = [*telling.forms(given)]
    blocks.append(Card("facts", words.plain("How it stands"), (telling.facts(answer, given, of),)))
    unheard = tuple(f"{each.number}: {each.hearing}. {each.unheard_for}" for each in answer.acts if each.unheard_for)
    if unheard:
        blocks.append(Card("unheard", words.plain("Why nobody was heard"), (Bullets(unheard),)))
    if answer.notes:
        blocks.append(Card("notes", words.plain("Notes"), (Bullets(tuple(map(words.model, answer.notes))),)))
    blocks += [_consultation(each, given) for each in answer.consultations]
    blocks += _own_tasks(answer, given)
    blocks += [*telling.acts(answer.acts, given, f"/decisions/{answer.reference}"), *telling.clock(answer.terms, given)]
    links = [Link(words.plain("Procedure and messages"), f"/cases/{answer.reference}", "btn second")]
    if str(answer.type) in telling.OPERATORS:
        links.append(telling.questionnaire(f"/decisions/{answer.reference}", words))
    return Page(
        answer.decision or answer.reference, tuple(blocks), Ref(answer.reference),
        state=telling.state_of(answer, words), acts=tuple(links), faulty=faulty(given),
    )  # fmt: skip


def _consultation(asked: ConsultationShown, given: Given) -> Card:
    words = given.words
    names = (words.plain("Authority"), words.plain("Until"), words.plain("Opinion"), words.plain("Reasons"))
    rows = tuple(
        Row((each.authority, words.day(each.until), words.model(each.verdict.value if each.verdict else asked.silence),
             "; ".join(filter(None, (each.reasons, *each.disputed)))))
        for each in asked.opinions
    )  # fmt: skip
    title = words.plain("Consultation %(number)s (%(article)s)", number=asked.number, article=asked.article)
    return Card(f"consultation-{asked.number}", title, (Table(title, tuple(map(Column, names)), rows),))


def _own_tasks(answer: DecisionShown, given: Given) -> list[Block]:
    """What the overlay of the own administration added to this case."""
    words = given.words
    if not answer.own:
        return []
    names = (words.plain("Task"), words.plain("Opened on"), words.plain("Concluded on"), words.plain("Result"))
    rows = tuple(
        Row((each.title, words.day(each.opened_on), words.day(each.done_on) if each.done_on else "–", each.result))
        for each in answer.own
    )
    title = words.plain("Tasks of the own administration (overlay version %(version)s)", version=answer.overlay)
    return [Card("own", title, (Table(title, tuple(map(Column, names)), rows),))]


def _of_case(answer: DecisionShown, given: Given) -> Situation:
    tasks = set()
    if answer.possible:
        tasks.add(_ACT)
    waits = next((each for each in answer.acts if each.signed_at and not each.received_at), None)
    if waits is not None:
        tasks.add(_RECEIPT)
    own = next((each.name for each in answer.own if each.done_on is None), "")
    if own:
        tasks.add(_OWN)
    known: dict[str, str | int] = {
        "reference": answer.reference, "number": waits.number if waits else 0, "own": own,
    }  # fmt: skip
    words = given.words
    asks = composing.asked_decision(words) if not answer.possible else (composing.asked_conditions(words),)
    return Situation(frozenset(tasks), known, asks=asks, state=answer.state)


def questions(answer: QuestionsShown, given: Given) -> Page:
    """What other authorities ask, and until when it is answered."""
    words = given.words
    shown: Block = Empty(words.say("No other authority waits for an answer of yours."))
    if answer.lines:
        names = (words.plain("Question"), words.plain("Type"), words.plain("About"), words.plain("Until"),
                 words.plain("State"))  # fmt: skip
        rows = tuple(
            Row((Ref(f"{each.reference}/{each.number}", QUESTION.format(reference=each.reference, number=each.number)),
                 str(each.type), words.model(each.kind.value), words.day(each.until),
                 Tag(words.model(each.state), Tone.BAD if each.until < given.today else Tone.WAIT)))
            for each in answer.lines
        )  # fmt: skip
        shown = Table(words.plain("Questions"), tuple(map(Column, names)), rows)
    return Page(words.plain("Consultations"), (Card("questions", words.plain("Questions"), (shown,)),))


def question(answer: QuestionShown, given: Given) -> Page:
    """A question with the application, and the form of the answer."""
    words = given.words
    facts: tuple[tuple[str, Inline], ...] = (
        (words.plain("Type"), str(answer.type)), (words.plain("Applicant"), Ref(answer.applicant)),
        (words.plain("About"), words.model(answer.kind.value)), (words.plain("Article"), answer.article),
        (words.plain("What is asked"), answer.text), (words.plain("Until"), words.day(answer.until)),
        (words.plain("State"), words.model(answer.state)),
    )  # fmt: skip
    names = (words.plain("Data element"), words.plain("Value"))
    rows = tuple(Row((each.element, each.value)) for each in answer.elements)
    blocks: list[Block] = [*telling.forms(given), Card("facts", words.plain("Question"), (Facts(facts),))]
    if rows:
        table = Table(words.plain("Application"), tuple(map(Column, names)), rows, dense=True)
        blocks.append(Card("application", words.plain("Application"), (table,)))
    crumbs = (Link(words.plain("Consultations"), QUESTIONS),)
    title = f"{answer.reference}/{answer.number}"
    return Page(title, tuple(blocks), Ref(title), crumbs=crumbs, faulty=faulty(given))


def _number(given: Given) -> int:
    """The number in the address; 0, which no question has, for what is none."""
    said = given.path["number"]
    return int(said) if said.isdecimal() and said.isascii() and len(said) < 3 else 0


def _of_question(answer: QuestionShown, given: Given) -> Situation:
    known: dict[str, str | int] = {"reference": answer.reference, "number": answer.number}
    return Situation(frozenset({_OPINION}), known, asks=(composing.asked_objection(given.words),))


def _options(values: type[ActKind | Ground | Verdict | ConsultationKind | MoreTime]) -> tuple[Option, ...]:
    return tuple(Option(each.value, each.value) for each in values)


_REASONS: Final = Entry("reasons")
_UNHEARD: Final = Entry(
    "no_hearing",
    options=(Option("", "The person is heard"), *(Option(each.value, f"UCC art. 22(6)({each})") for each in NoHearing)),
)
_MANAGED: Final = tuple(
    Option(each.value, each.value) for each in ActKind if each not in (ActKind.GRANT, ActKind.REFUSE)
)
_CRITERION: Final = Entry(
    "criterion",
    options=(Option("", "The whole decision"), *(Option(each.value, f"UCC art. 39({each})") for each in Criterion)),
)
_LENGTHENS: Final = Entry(
    "lengthens",
    options=(Option("", "It ends with its period"), Option("true", "Until the act takes effect (DA art. 17(3))")),
)
_DROPPED: Final = Entry("dropped", options=(Option("", "The act is taken"), Option("true", "It is not done after all")))

ACTS: Final = (
    Act(
        f"{_SERVICE}.judge_acceptance", "Judge the acceptance",
        (Entry("accepted", options=(Option("true", "Accepted"), Option("false", "Not accepted"))), _REASONS),
        _REFERENCE, telling.refused, CASE,
    ),
    Act(
        f"{_SERVICE}.ask_information", "Ask for information", (Entry("text"), Entry("days")),
        _REFERENCE, telling.refused, CASE,
    ),
    Act(
        f"{_SERVICE}.consult", "Consult other authorities",
        (Entry("kind", options=_options(ConsultationKind)), Entry("authorities"), Entry("text"), Entry("days")),
        _REFERENCE, telling.refused, CASE,
    ),
    Act(
        f"{_SERVICE}.extend_consultation", "Give a consulted authority more time",
        (Entry("authority"), Entry("days")), _REFERENCE, telling.refused, CASE,
    ),
    Act(
        f"{_SERVICE}.extend_limit", "Extend the time limit", (Entry("days"), _REASONS), _REFERENCE,
        telling.refused, CASE,
    ),
    Act(
        f"{_SERVICE}.decide", "Decide on the application",
        (Entry("granted", options=(Option("true", "Granted"), Option("false", "Refused"))), _REASONS,
         Entry("member_states"), _UNHEARD, Entry("unheard_for"),
         Entry("effect_on"), Entry("shown"), Entry("exceptional"), Entry("valid_until"), Entry("formalities")),
        _REFERENCE, telling.refused, CASE, composes=composing.decision,
    ),
    Act(
        f"{_SERVICE}.act", "Act on the decision",
        (Entry("act", options=_MANAGED), Entry("ground", options=_options(Ground)), _REASONS, Entry("days"),
         Entry("effect_on"), Entry("member_states"), _UNHEARD,
         Entry("unheard_for"), _CRITERION, _LENGTHENS, _DROPPED),
        _REFERENCE, telling.refused, CASE, composes=composing.conditions, tasks=frozenset({_ACT}),
    ),
    Act(
        f"{_SERVICE}.lengthen_suspension", "Lengthen the suspension",
        (Entry("ground", options=_options(MoreTime)), Entry("days"), _REASONS), _REFERENCE, telling.refused, CASE,
    ),
    Act(
        f"{_SERVICE}.accept_measures", "Accept the measures", (_REASONS,), _REFERENCE, telling.refused, CASE,
    ),
    Act(
        f"{_SERVICE}.confirm_receipt", "Record the receipt", (Entry("received_at"),),
        {"reference": "reference", "number": "number"}, telling.refused, CASE, tasks=frozenset({_RECEIPT}),
    ),
    Act(
        f"{_SERVICE}.conclude_own_task", "Conclude the added task", (Entry("result"),),
        {"reference": "reference", "task": "own"}, telling.refused, CASE, tasks=frozenset({_OWN}),
    ),
    Act(
        f"{_SERVICE}.form_opinion", "Answer the question",
        (Entry("verdict", options=_options(Verdict)), _REASONS, Entry("days")),
        {"reference": "reference", "number": "number"}, telling.refused, QUESTION, composes=composing.objection,
        tasks=frozenset({_OPINION}),
    ),
)  # fmt: skip
"""The forms of officers on the page of a decision, and of a question."""

SCREENS: Final = (
    Screen(
        f"{_SERVICE}.show", CASE, case, "", lambda given: {"reference": given.path["reference"]}, _of_case,
        file_of=("DecisionCase", "Decision"),
    ),
    Screen(
        f"{_SERVICE}.letter", f"{CASE}/letters/{{number}}",
        lambda answer, given: telling.letter(answer, given, f"/decisions/{answer.reference}"), "",
        telling.letter_question, file=telling.pdf,
    ),
    Screen(f"{_SERVICE}.questions", QUESTIONS, questions, "Consultations", lambda _: {}, place=4),
    Screen(
        f"{_SERVICE}.show_question", QUESTION, question, "",
        lambda given: {"reference": given.path["reference"], "number": _number(given)}, _of_question,
    ),
)  # fmt: skip
"""The pages of officers."""
