"""The register of authorisations: acts are kept, questions are answered as of any instant by what was known at any."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from douane.applications.authorisations import rules
from douane.applications.authorisations.contract import Authorisations, authority_of
from douane.applications.authorisations.messages import (
    ENDED,
    TYPES,
    AuthorisationAct,
    AuthorisationActKept,
    AuthorisationActNotKept,
    AuthorisationAnswer,
    AuthorisationHistory,
    AuthorisationHistoryQuery,
    AuthorisationLine,
    AuthorisationLines,
    AuthorisationQuestion,
    AuthorisationStated,
    OwnAuthorisationsQuery,
    Standing,
    State,
)
from douane.applications.authorisations.records import GrantedAuthorisation, KeptAct, act_of
from douane.author import NO, YES, Fault, NotFound, Statutory, instant, machine, statutory
from douane.author.run import View, Work, answers, handles

PAGE: Final = 50


def refuse(work: Work, m: AuthorisationStated, faults: tuple[Fault, ...], *reasons: str) -> None:
    """Say what to mend."""
    work.reply(AuthorisationActNotKept(m.reference, m.number, reasons or tuple(each.remedy for each in faults)))


@handles(Authorisations.state, reads=(GrantedAuthorisation,), refuse=refuse)
def state(work: Work, m: AuthorisationStated) -> None:
    """Add an act to what is known."""
    before = work.get(GrantedAuthorisation)
    acts = before.acts if before is not None else ()
    faults = rules.act_faults(
        m, holder=before.holder if before is not None else "", last=acts[-1].number if acts else 0,
    )  # fmt: skip
    type = rules.type_of(m.reference)
    if faults or type is None:
        refuse(work, m, (), *faults)
        return
    act = act_of(m, known_at=work.now, position=work.position)
    work.put(
        replace(before, state=m.state, acts=(*acts, act)) if before is not None
        else GrantedAuthorisation(m.reference, type, m.holder, m.state, (act,))
    )  # fmt: skip
    work.reply(AuthorisationActKept(m.reference, m.number))


@answers(Authorisations.ask)
def ask(view: View, question: AuthorisationQuestion) -> AuthorisationAnswer:
    """How an authorisation stands. What nobody stated is unknown, and unknown is not usable."""
    found = _found(view, question.reference)
    valid_at = instant(question.valid_at) if question.valid_at is not None else view.lawful_now
    known_at = instant(question.known_at) if question.known_at is not None else view.now
    if found is None or found.acts[0].known_at > known_at:
        return AuthorisationAnswer(reference=question.reference, known=NO, standing=Standing.UNKNOWN)
    known = AuthorisationAnswer(
        reference=found.reference, known=YES, standing=Standing.NOT_IN_FORCE, type=found.decision, holder=found.holder,
        authority=authority_of(found.reference),
    )  # fmt: skip
    place = rules.in_force(found.acts, valid_at=valid_at, known_at=known_at)
    if place < 0:
        return known
    act = found.acts[place]
    standing = rules.standing_of(
        act, found.decision, granted_in=found.reference[:2], begins_in=question.begins_in, ends_in=question.ends_in
    )
    return replace(
        known, standing=standing, number=act.number, effect_from=statutory(act.effect_from),
        effect_to=_end(act), member_states=act.member_states, conditions=act.conditions,
        limited_by=TYPES[found.decision].limited_by if standing is Standing.OUTSIDE else "",
    )  # fmt: skip


@answers(Authorisations.show)
def show(view: View, question: AuthorisationHistoryQuery) -> AuthorisationHistory:
    """Every act, to whom it may be shown; to everybody else there is no such authorisation."""
    subject = view.resolve("authorisation", question.reference)
    found = view.get(GrantedAuthorisation, subject) if subject is not None else None
    if subject is None or found is None or not view.admits(Authorisations.show, subject):
        raise NotFound(f"No authorisation {question.reference} is known here.", remedy="Check the reference.")
    return AuthorisationHistory(
        reference=found.reference, type=found.decision, holder=found.holder, authority=authority_of(found.reference),
        acts=tuple(
            AuthorisationAct(
                number=act.number, state=act.state, effect_from=statutory(act.effect_from), effect_to=_end(act),
                known_at=machine(act.known_at), member_states=act.member_states, ground=act.ground,
            )
            for act in found.acts
        ),
    )  # fmt: skip


@answers(Authorisations.mine)
def mine(view: View, question: OwnAuthorisationsQuery) -> AuthorisationLines:
    """A page of them by type: of a delegate those that his delegation shows him."""
    own, after = view.caller.party.identifier, bytes.fromhex(question.after)
    found, after = view.find(GrantedAuthorisation, "by_holder", own, limit=PAGE, after=after)
    lines = tuple(_line(kept, view.lawful_now, view.now) for subject, kept in found if view.roles_seen(subject))
    return AuthorisationLines(lines=lines, after=after.hex())


def _line(kept: GrantedAuthorisation, valid_at: int, known_at: int) -> AuthorisationLine:
    """How it stands at the statutory present, by what the register knows.

    Where it may be used is asked for each operation: no line says ``outside``.
    """
    known = AuthorisationLine(
        reference=kept.reference, type=kept.decision, title=TYPES[kept.decision].title, standing=Standing.NOT_IN_FORCE
    )
    place = rules.in_force(kept.acts, valid_at=valid_at, known_at=known_at)
    if place < 0:
        return known
    act = kept.acts[place]
    standing = (
        Standing.ENDED if act.state in ENDED
        else Standing.SUSPENDED if act.state is State.SUSPENDED else Standing.USABLE
    )  # fmt: skip
    return replace(known, standing=standing, effect_from=statutory(act.effect_from), effect_to=_end(act))


def _found(view: View, reference: str) -> GrantedAuthorisation | None:
    subject = view.resolve("authorisation", reference)
    return view.get(GrantedAuthorisation, subject) if subject is not None else None


def _end(act: KeptAct) -> Statutory | None:
    return statutory(act.effect_to) if act.effect_to else None
