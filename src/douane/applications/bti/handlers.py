"""The register of rulings: the last version of each is kept, and what is issued is found by everybody."""

from __future__ import annotations

from typing import Final

from douane.applications.bti import rules
from douane.applications.bti.contract import BindingTariffInformation
from douane.applications.bti.messages import (
    AlikeFound,
    AlikeQuery,
    RulingKept,
    RulingLine,
    RulingNotKept,
    RulingQuery,
    RulingSearch,
    RulingsFound,
    RulingShown,
    RulingState,
    RulingStated,
)
from douane.applications.bti.records import OPEN, Ruling, goods_of, published, ruling_of
from douane.author import Fault, NotFound, yes_or_no
from douane.author.run import View, Work, answers, handles

SCANNED: Final = 500
"""Rulings that one search looks through; it says where the next one goes on."""
HELD: Final = 500
"""Rulings of one person that are looked through for the same goods."""


def refuse(work: Work, m: RulingStated, faults: tuple[Fault, ...]) -> None:
    """Say what to mend."""
    work.reply(RulingNotKept(m.reference, faults[0].remedy))


@handles(BindingTariffInformation.state, reads=(Ruling,), refuse=refuse)
def state(work: Work, m: RulingStated) -> None:
    """Keep a later version; an older one, and a ruling without code, dates or reference, changes nothing."""
    before = work.get(Ruling)
    if before is not None and m.version <= before.version:
        work.reply(RulingNotKept(m.reference, f"Version {before.version} is kept already; send a later one."))
        return
    if before is not None and before.holder != m.holder:
        work.reply(RulingNotKept(m.reference, "A ruling does not change its holder."))
        return
    if m.state is RulingState.VALID and not (m.ruling and m.code and m.since and m.until):
        work.reply(RulingNotKept(m.reference, "Give reference, code, first and last day of the ruling."))
        return
    if m.ruling and m.ruling[:2] != m.reference[:2]:
        work.reply(RulingNotKept(m.reference, "State your own rulings only."))
        return
    if m.ruling and (before is None or before.ruling != m.ruling):
        work.alias("ruling", m.ruling, issued=True)
    work.put(ruling_of(m))
    work.reply(RulingKept(m.reference, m.version))


@answers(BindingTariffInformation.search)
def search(view: View, question: RulingSearch) -> RulingsFound:
    """A part of the register, looked through for what is sought."""
    found, after = view.find(
        Ruling, "by_code", True, low=question.code, high=question.code + "~", limit=SCANNED,
        after=bytes.fromhex(question.after),
    )  # fmt: skip
    today = view.today()
    lines = []
    for _, each in found:
        ended = each.state is not RulingState.VALID or each.until is None or each.until < today
        if ended and not question.ended:
            continue
        if question.country and each.ruling[:2] != question.country:
            continue
        texts = (each.appearance, each.use, each.composition, each.ingredients, each.justification, *each.keywords)
        if rules.matches(question.words, texts):
            lines.append(RulingLine(each.ruling, each.code, each.appearance, each.since, each.until))
    return RulingsFound(tuple(lines), after.hex())


@answers(BindingTariffInformation.open)
def open_ruling(view: View, question: RulingQuery) -> RulingShown:
    """A ruling that was issued; of an application there is nothing to see."""
    subject = view.resolve("ruling", question.ruling)
    kept = view.get(Ruling, subject) if subject is not None else None
    shown = published(kept) if kept is not None and kept.ruling == question.ruling else None
    if shown is None:
        raise NotFound(f"No ruling {question.ruling} is published.", remedy="Check the reference.")
    return shown


@answers(BindingTariffInformation.find_alike)
def find_alike(view: View, question: AlikeQuery) -> AlikeFound:
    """Applications that are open, and rulings that are valid, of this person on these goods."""
    found, _ = view.find(Ruling, "by_holder", question.holder, limit=HELD)
    today = view.today()
    alike = tuple(
        each.ruling or each.reference for _, each in found
        if each.state in OPEN and not (question.but and question.but in (each.reference, each.ruling))
        and (each.until is None or today <= each.until) and rules.same_goods(question.goods, goods_of(each))
    )  # fmt: skip
    return AlikeFound(yes_or_no(bool(alike)), alike)
