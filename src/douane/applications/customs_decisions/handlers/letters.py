"""Letters about acts: written from what is kept of the act, and signed by the node that keeps it."""

from __future__ import annotations

import hashlib

from douane.applications.customs_decisions.contract import CustomsDecisions
from douane.applications.customs_decisions.handlers.showing import shown_case
from douane.applications.customs_decisions.messages.showing import LetterQuery, LetterShown
from douane.applications.customs_decisions.messages.words import ActKind
from douane.applications.customs_decisions.records import BEGINS, DecisionCase, NationalOverlay, elements_of
from douane.applications.customs_decisions.rules import letters
from douane.applications.customs_decisions.rules.effect import wanted_day
from douane.applications.customs_decisions.rules.overlays import paragraphs
from douane.author import NotFound
from douane.author.run import View, answers
from douane.standards.pdf.writer import document


def _own(view: View, case: DecisionCase, act: ActKind) -> tuple[str, ...]:
    """What the administration says besides, by the overlay with which the case began."""
    found, _ = view.find(NationalOverlay, "by_administration", view.administration, limit=1)
    version = found[0][1].version(case.overlay) if found and case.overlay else None
    return paragraphs(version.changes, case.type, act) if version is not None else ()


@answers(CustomsDecisions.letter)
def letter(view: View, question: LetterQuery) -> LetterShown:
    """The letter about an act that was signed, to whom the case is shown."""
    case = shown_case(view, question.reference, CustomsDecisions.letter)
    acts = (*case.acts, *((case.intended,) if case.intended is not None else ()))
    act = next((each for each in acts if each.number == question.number and each.signed_at), None)
    if act is None:
        raise NotFound(f"No act {question.number} of {question.reference} was signed.", remedy="Check its number.")

    def day(at: int, before: int = 0) -> str:
        return view.date(at - before, case.office).isoformat() if at else ""

    facts = letters.Facts(
        authority=case.office, holder=case.applicant, reference=case.reference, decision=case.decision, type=case.type,
        number=act.number, act=act.kind, article=act.article, reasons=act.reasons, hearing=act.hearing,
        signed_on=day(act.signed_at), effect_from=day(act.effect_from or act.effect_on),
        effect_to=day(act.effect_to, before=1),
        member_states=act.member_states, conditions=tuple((each.element, each.value) for each in act.conditions),
        leaves_out=act.leaves_out, formalities=act.formalities,
        may_be_later=act.kind in BEGINS and bool(case.renews or wanted_day(elements_of(case.data))),
        own=_own(view, case, act.kind),
    )  # fmt: skip
    text = letters.letter(facts, letters.Language(question.language))
    note, pdf, digest = view.signed(text), b"", ""
    if question.pdf:
        name = f"{case.reference}-{act.number}"
        pdf = document(text, title=name, language=question.language, name=f"{name}.note", attached=note.encode())
        digest = view.signed(f"{name}.pdf\nSHA-256 {hashlib.sha256(pdf).hexdigest()}\n")
    return LetterShown(
        reference=case.reference, number=act.number, language=question.language, text=text, note=note, pdf=pdf,
        pdf_note=digest,
    )  # fmt: skip
