"""What is shown of a case to its applicant and its authority, and what a type demands."""

from __future__ import annotations

import datetime as dt

from douane.applications.customs_decisions.contract import CustomsDecisions
from douane.applications.customs_decisions.handlers.cases import TO_BE_HEARD
from douane.applications.customs_decisions.messages.showing import (
    ActShown,
    ConsultationShown,
    DecisionQuery,
    DecisionShown,
    OpinionShown,
    OwnAct,
    OwnDecision,
    OwnDecisionLine,
    OwnDecisionQuery,
    OwnDecisions,
    OwnDecisionsQuery,
    OwnRequest,
    OwnTaskShown,
    QuestionLine,
    QuestionQuery,
    QuestionShown,
    QuestionsQuery,
    QuestionsShown,
    RequirementShown,
    RequirementsQuery,
    RequirementsShown,
    TermShown,
    TypeShown,
    TypesQuery,
    TypesShown,
)
from douane.applications.customs_decisions.messages.words import Consulted
from douane.applications.customs_decisions.records import (
    Act,
    AskedOpinion,
    Consultation,
    DecisionCase,
    OwnTask,
    elements_of,
)
from douane.applications.customs_decisions.rules.acts import possible
from douane.applications.customs_decisions.rules.elements import asked_of
from douane.applications.customs_decisions.rules.limits import for_deciding
from douane.applications.customs_decisions.rules.types import TYPES, consultation
from douane.author import NotFound, Operation, Statutory, statutory
from douane.author.run import View, answers

PAGE = 50
QUESTIONS = 200
"""Questions that are listed at most of each kind: in time, and late."""


@answers(CustomsDecisions.show)
def show(view: View, question: DecisionQuery) -> DecisionShown:
    """A case, to officers of its authority."""
    case = shown_case(view, question.reference, CustomsDecisions.show)
    return DecisionShown(
        reference=case.reference, decision=case.decision, type=case.type, applicant=case.applicant,
        authority=case.office, state=case.state, received_on=view.date(case.lodged_at, case.office),
        accepted_on=_accepted(view, case), accepted_by_silence=case.by_silence, decided_by=_due(case),
        terms=_terms(case),
        consultations=tuple(_consultation(view, case, each) for each in case.consultations),
        acts=tuple(_act(each) for each in _acts(case)),
        notes=case.notes,
        possible=tuple(each.value for each in possible(case.where, case.type, waits=case.waits)),
        overlay=case.overlay, own=tuple(_own(view, case, each) for each in case.own),
        revoked_from=_revoked_from(view, case),
    )  # fmt: skip


def _own(view: View, case: DecisionCase, task: OwnTask) -> OwnTaskShown:
    done_on = view.date(task.done_at, case.office) if task.done_at else None
    opened_on = view.date(task.opened_at, case.office)
    return OwnTaskShown(task.name, task.title, opened_on, done_on, task.officer, task.result)


@answers(CustomsDecisions.follow)
def follow(view: View, question: OwnDecisionQuery) -> OwnDecision:
    """The same for its applicant, without what is the authority's own."""
    case = shown_case(view, question.reference, CustomsDecisions.follow)
    acts = tuple(
        OwnAct(
            number=act.number, act=act.kind, article=act.article, hearing=act.hearing,
            signed_at=_moment(act.signed_at), received_at=_moment(act.received_at),
            effect_from=_moment(act.effect_from), effect_to=_moment(act.effect_to), reasons=act.reasons,
            formalities=act.formalities,
        )
        for act in _acts(case)
        if act.signed_at or act.hearing == TO_BE_HEARD
    )  # fmt: skip
    return OwnDecision(
        reference=case.reference, decision=case.decision, type=case.type, state=case.state,
        received_on=view.date(case.lodged_at, case.office), accepted_on=_accepted(view, case),
        accepted_by_silence=case.by_silence,
        decided_by=_due(case), terms=_terms(case), acts=acts,
        requests=tuple(
            OwnRequest(each.number, each.text, view.date(each.ends - 1, case.office), bool(each.supplied_at))
            for each in case.information
        ),
        heard_until=_heard_until(view, case), revoked_from=_revoked_from(view, case),
    )  # fmt: skip


@answers(CustomsDecisions.mine)
def mine(view: View, question: OwnDecisionsQuery) -> OwnDecisions:
    """A page of applications by type: of a delegate those that his delegation shows him."""
    own, after = view.caller.party.identifier, bytes.fromhex(question.after)
    found, after = view.find(DecisionCase, "by_applicant", own, limit=PAGE, after=after)
    lines = tuple(
        OwnDecisionLine(
            reference=case.reference, own_reference=case.own_reference, decision=case.decision, type=case.type,
            title=TYPES[case.type].title, state=case.state, received_on=view.date(case.lodged_at, case.office),
            ends=_moment(case.deadline),
        )
        for subject, case in found
        if view.roles_seen(subject)
    )  # fmt: skip
    return OwnDecisions(lines=lines, after=after.hex())


def _heard_until(view: View, case: DecisionCase) -> dt.date | None:
    """Until when a point of view is taken; None where nobody is being heard."""
    waits = case.intended is not None and case.intended.hearing == TO_BE_HEARD and case.hearing_ends
    return view.date(case.hearing_ends - 1, case.office) if waits else None


def shown_case(view: View, reference: str, operation: Operation) -> DecisionCase:
    """A case, to whom it may be shown; to everybody else there is no such case."""
    subject = view.resolve("customs decision", reference)
    case = view.get(DecisionCase, subject) if subject is not None else None
    if subject is None or case is None or not view.admits(operation, subject):
        raise NotFound(f"No application or decision {reference} is known here.", remedy="Check the reference.")
    return case


def _acts(case: DecisionCase) -> tuple[Act, ...]:
    return (*case.acts, *((case.intended,) if case.intended else ()))


def _terms(case: DecisionCase) -> tuple[TermShown, ...]:
    return tuple(TermShown(t.article, t.days, t.reason, _moment(t.announced)) for t in case.terms)


def _accepted(view: View, case: DecisionCase) -> dt.date | None:
    return view.date(case.accepted_at, case.office) if case.accepted_at else None


def _due(case: DecisionCase) -> dt.date | None:
    return dt.date.fromisoformat(case.last_day) if case.last_day else None


def _revoked_from(view: View, case: DecisionCase) -> dt.date | None:
    return view.date(case.revoked_from, case.office) if case.revoked_from else None


def _moment(at: int) -> Statutory | None:
    return statutory(at) if at else None


def _act(act: Act) -> ActShown:
    return ActShown(
        number=act.number, act=act.kind, ground=act.ground, article=act.article, reasons=act.reasons,
        officer=act.officer, hearing=act.hearing, signed_at=_moment(act.signed_at),
        received_at=_moment(act.received_at), received=act.received, effect_from=_moment(act.effect_from),
        effect_to=_moment(act.effect_to), unheard_for=act.unheard_for, formalities=act.formalities,
    )  # fmt: skip


def _consultation(view: View, case: DecisionCase, asked: Consultation) -> ConsultationShown:
    how = consultation(case.type, asked.kind)
    assert how is not None
    said = tuple(
        OpinionShown(each.authority, view.date(each.ends - 1, each.authority), each.verdict, each.reasons,
                     each.disputed, each.late)
        for each in asked.opinions
    )  # fmt: skip
    return ConsultationShown(asked.number, asked.kind, how.article, how.silence.value, said)


@answers(CustomsDecisions.types)
def types(_view: View, _question: TypesQuery) -> TypesShown:
    """Every type of decision."""
    return TypesShown(tuple(TypeShown(type, facts.title, facts.legal) for type, facts in TYPES.items()))


@answers(CustomsDecisions.questions)
def questions(view: View, _question: QuestionsQuery) -> QuestionsShown:
    """Open questions of the own authority, those that are late among them."""
    lines = []
    for state in (Consulted.ASKED, Consulted.SILENT):
        found, _ = view.find(AskedOpinion, "by_state", state.value, limit=QUESTIONS)
        lines += [
            QuestionLine(each.reference, each.number, each.type, each.kind, _last(view, each), each.state)
            for subject, each in found if view.admits(CustomsDecisions.questions, subject)
        ]  # fmt: skip
    return QuestionsShown(tuple(sorted(lines, key=lambda each: each.until)))


@answers(CustomsDecisions.show_question)
def show_question(view: View, question: QuestionQuery) -> QuestionShown:
    """A question, to officers of the authority that is asked; to everybody else there is none."""
    name = f"{question.reference}/{question.number}"
    subject = view.resolve("consultation", name)
    asked = view.get(AskedOpinion, subject) if subject is not None else None
    if subject is None or asked is None or not view.admits(CustomsDecisions.show_question, subject):
        raise NotFound(f"Your authority is not asked {name}.", remedy="Check the reference.")
    return QuestionShown(
        reference=asked.reference, number=asked.number, type=asked.type, kind=asked.kind, applicant=asked.applicant,
        text=asked.text, article=asked.article, until=_last(view, asked), state=asked.state, verdict=asked.verdict,
        elements=elements_of(asked.data),
    )  # fmt: skip


def _last(view: View, asked: AskedOpinion) -> dt.date:
    """The last day to answer, by the calendar of the authority that is asked."""
    return view.date(asked.ends - 1, asked.authority)


@answers(CustomsDecisions.requirements)
def requirements(_view: View, question: RequirementsQuery) -> RequirementsShown:
    """What an application of a type consists of."""
    facts, limit = TYPES[question.type], for_deciding(question.type, several=False)
    return RequirementsShown(
        type=question.type, title=facts.title, legal=facts.legal,
        competent=f"{facts.competent.value} ({facts.competent_by})", limit=f"{limit.length} ({limit.article})",
        consultation="; ".join(f"{each.kind}: {each.article}" for each in facts.consulted),
        elements=tuple(
            RequirementShown(
                element.number, element.name, cell.status, element.format, element.most, element.code_list,
                tuple(sorted(cell.footnotes)),
            )
            for element, cell in asked_of(question.type)
        ),
    )  # fmt: skip
