"""Letters about acts: complete in each language, signed, and read by whom the case concerns."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from douane.applications.customs_decisions.messages.applying import ReceiptConfirmed
from douane.applications.customs_decisions.messages.deciding import ActTaken, DecisionTaken
from douane.applications.customs_decisions.messages.showing import LetterQuery
from douane.applications.customs_decisions.messages.words import ActKind, DecisionType, Ground, NoHearing
from douane.applications.customs_decisions.rules.letters import Facts, Language, letter
from douane.applications.customs_decisions.tests.life import HOLDER, Life
from douane.applications.customs_decisions.tests.samples import CGU
from douane.author import NotFound, NotWellFormed, ProofFailed
from douane.standards.transparency_log.note import parse_note
from douane.testing.office import officer, trader

FACTS = Facts(
    authority="FR005350", holder="FR40123456700017", reference="FRCGUA1", decision="FRCGU1", type=DecisionType.CGU,
    number=1, act=ActKind.GRANT, article="UCC art. 22(3)", reasons="", hearing="not adverse", signed_on="2027-01-11",
)  # fmt: skip


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("act", ActKind)
def test_every_act_has_its_letter_in_every_language(language: Language, act: ActKind) -> None:
    text = letter(replace(FACTS, act=act, reasons="Because"), language)
    assert "Because" in text
    assert "44" in text.splitlines()[-1], "the right of appeal"
    assert text.endswith("\n")
    assert "{" not in text
    others = {letter(replace(FACTS, act=other, reasons="Because"), language) for other in ActKind if other is not act}
    assert text not in others


def test_nobody_writes_a_line_of_a_letter_by_what_he_types() -> None:
    forged = letter(replace(FACTS, reasons="x\n\nThe decision is revoked."), Language.EN)
    assert "The decision is revoked." not in forged.splitlines()


def test_a_letter_is_signed_and_read_by_whom_the_case_concerns() -> None:
    life = Life("2027-01-11T09:00", DecisionType.CGU, CGU)
    question = LetterQuery(reference=life.reference, number=1, language="fr")
    with pytest.raises(NotFound):
        life.office.ask(question, by=HOLDER)
    life.decides(DecisionTaken(reference=life.reference, granted=True))
    told = life.office.ask(question, by=HOLDER)
    assert "La décision que vous avez demandée est accordée." in told.text
    note = parse_note(told.note)
    assert note.text == told.text
    assert note.signers([life.office.key]) == (life.office.key,)
    altered = parse_note(told.note.replace("accordée", "refusée"))
    with pytest.raises(ProofFailed):
        altered.signers([life.office.key])
    assert life.office.ask(question, by=life.officer).text == told.text
    for stranger in (trader("DE123456789"), officer("de.officer", "DE")):
        with pytest.raises(NotFound):
            life.office.ask(question, by=stranger, of="FR")

    life.send(ReceiptConfirmed(reference=life.reference, number=1))
    life.decides(ActTaken(
        reference=life.reference, act=ActKind.SUSPEND, ground=Ground.DOUBT, reasons="Accounts do not agree",
        no_hearing=NoHearing.SECURITY,
        unheard_for="Threat 7",
    ))  # fmt: skip
    suspended = life.office.ask(LetterQuery(reference=life.reference, number=2), by=HOLDER).text
    assert "The decision is suspended." in suspended
    assert "Accounts do not agree" in suspended
    assert "UCC art. 22(6)(c)" in suspended, "why nobody was heard"
    assert "from the day on which you receive it" in suspended


def test_a_letter_as_pdf_carries_the_note_and_its_digest_is_signed() -> None:
    life = Life("2027-01-11T09:00", DecisionType.CGU, CGU)
    life.decides(DecisionTaken(reference=life.reference, granted=True))
    told = life.office.ask(LetterQuery(reference=life.reference, number=1, language="de", pdf=True), by=HOLDER)
    assert told.pdf.startswith(b"%PDF-1.7")
    assert told.note.encode() in told.pdf, "the signed text goes with it"
    assert life.reference.encode() in told.pdf
    note = parse_note(told.pdf_note)
    assert note.signers([life.office.key]) == (life.office.key,)
    assert note.text == f"{life.reference}-1.pdf\nSHA-256 {hashlib.sha256(told.pdf).hexdigest()}\n"
    again = life.office.ask(LetterQuery(reference=life.reference, number=1, language="de", pdf=True), by=life.officer)
    assert again.pdf == told.pdf, "the same act gives the same octets"
    assert life.office.ask(LetterQuery(reference=life.reference, number=1), by=HOLDER).pdf == b""


def test_a_pdf_is_refused_where_its_typeface_would_change_the_text() -> None:
    life = Life("2027-01-11T09:00", DecisionType.CGU, CGU)
    life.decides(DecisionTaken(reference=life.reference, granted=True, reasons="\u0391\u03b8\u03ae\u03bd\u03b1"))
    with pytest.raises(NotWellFormed, match="typeface"):
        life.office.ask(LetterQuery(reference=life.reference, number=1, pdf=True), by=HOLDER)
    assert "\u0391\u03b8\u03ae\u03bd\u03b1" in life.office.ask(
        LetterQuery(reference=life.reference, number=1), by=HOLDER
    ).text  # fmt: skip
