"""Letters about acts, from templates in the languages that are filled: grounds, effect and the right of appeal. Pure.

A letter is one text in one form: the same act gives the same octets, so that a signature over it can be checked.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from douane.applications.customs_decisions.messages.words import ActKind, DecisionType


class Language(enum.StrEnum):
    """Languages in which letters are written; the administration answers for others."""

    EN = "en"
    FR = "fr"
    DE = "de"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a letter says. Days in ISO 8601; empty where there is none. own: what the administration adds.

    formalities: what its effect waits for. may_be_later: it has effect on its receipt, or on a later day.
    """

    authority: str
    holder: str
    reference: str
    decision: str
    type: DecisionType
    number: int
    act: ActKind
    article: str
    reasons: str
    hearing: str
    signed_on: str
    effect_from: str = ""
    effect_to: str = ""
    member_states: tuple[str, ...] = ()
    conditions: tuple[tuple[str, str], ...] = ()
    leaves_out: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    formalities: str = ""
    may_be_later: bool = False


_ACTS: Final[Mapping[Language, Mapping[ActKind, str]]] = {
    Language.EN: {
        ActKind.GRANT: "The decision that you applied for is granted.",
        ActKind.REFUSE: "The decision that you applied for is refused.",
        ActKind.AMEND: "The decision is amended.", ActKind.SUSPEND: "The decision is suspended.",
        ActKind.LIFT: "The suspension of the decision is lifted.", ActKind.REVOKE: "The decision is revoked.",
        ActKind.ANNUL: "The decision is annulled.", ActKind.RESTORE: "The decision is restored after an appeal.",
        ActKind.COMMENCE: "The formalities on which the decision depended have been completed.",
    },
    Language.FR: {
        ActKind.GRANT: "La décision que vous avez demandée est accordée.",
        ActKind.REFUSE: "La décision que vous avez demandée est refusée.",
        ActKind.AMEND: "La décision est modifiée.", ActKind.SUSPEND: "La décision est suspendue.",
        ActKind.LIFT: "La suspension de la décision est levée.", ActKind.REVOKE: "La décision est révoquée.",
        ActKind.ANNUL: "La décision est annulée.", ActKind.RESTORE: "La décision est rétablie après un recours.",
        ActKind.COMMENCE: "Les formalités dont dépendait la décision ont été accomplies.",
    },
    Language.DE: {
        ActKind.GRANT: "Die beantragte Entscheidung wird erteilt.",
        ActKind.REFUSE: "Die beantragte Entscheidung wird abgelehnt.",
        ActKind.AMEND: "Die Entscheidung wird geändert.", ActKind.SUSPEND: "Die Entscheidung wird ausgesetzt.",
        ActKind.LIFT: "Die Aussetzung der Entscheidung wird aufgehoben.",
        ActKind.REVOKE: "Die Entscheidung wird widerrufen.",
        ActKind.ANNUL: "Die Entscheidung wird zurückgenommen.",
        ActKind.RESTORE: "Die Entscheidung gilt nach einem Rechtsbehelf wieder.",
        ActKind.COMMENCE: "Die Förmlichkeiten, von denen die Entscheidung abhing, sind erfüllt.",
    },
}  # fmt: skip
_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    Language.EN: {
        "from": "Customs authority: {0}",
        "to": "To: {0}",
        "about": "Reference: {0}",
        "decision": "Decision: {0} ({1})",
        "day": "Signed on {0}, act {1}",
        "law": "Legal basis: {0}",
        "reasons": "Grounds: {0}",
        "none": "Grounds: what you applied for is met in full.",
        "hearing": "Right to be heard (UCC art. 22(6)): {0}",
        "leaves_out": "Not granted: {0}",
        "states": "It holds in: {0}",
        "everywhere": "It holds in the whole Union.",
        "condition": "Condition {0}: {1}",
        "from_day": "It has effect from {0}.",
        "to_day": "It has effect until {0}.",
        "formalities": "It has effect from the day on which you receive that these formalities were completed: {0}"
        " (delegated act art. 14(c)).",
        "later": "It has effect from the latest of these days: on which you receive it, which you asked for, which"
        " follows the end of the decision that it renews (delegated act art. 14).",
        "receipt": "It has effect from the day on which you receive it, or are deemed to have (UCC art. 22(4)).",
        "appeal": "You may appeal against this act (UCC art. 44): first to the customs authority or another authority"
        " that the Member State designates, then to a higher independent body. An appeal does not stop its"
        " implementation unless the authority suspends it (UCC art. 45).",
    },
    Language.FR: {
        "from": "Autorité douanière : {0}",
        "to": "À : {0}",
        "about": "Référence : {0}",
        "decision": "Décision : {0} ({1})",
        "day": "Signé le {0}, acte {1}",
        "law": "Base juridique : {0}",
        "reasons": "Motifs : {0}",
        "none": "Motifs : il est entièrement fait droit à votre demande.",
        "hearing": "Droit d'être entendu (CDU art. 22(6)) : {0}",
        "leaves_out": "Non accordé : {0}",
        "states": "Elle vaut dans : {0}",
        "everywhere": "Elle vaut dans toute l'Union.",
        "condition": "Condition {0} : {1}",
        "from_day": "Elle prend effet le {0}.",
        "to_day": "Elle a effet jusqu'au {0}.",
        "formalities": "Elle prend effet le jour où vous recevez la notification que ces formalités sont accomplies :"
        " {0} (acte délégué art. 14, point c)).",
        "later": "Elle prend effet le plus tardif de ces jours : celui où vous la recevez, celui que vous avez demandé,"
        " celui qui suit la fin de la décision qu’elle prolonge (acte délégué art. 14).",
        "receipt": "Elle prend effet le jour où vous la recevez, ou êtes réputé l'avoir reçue (CDU art. 22(4)).",
        "appeal": "Vous pouvez former un recours contre cet acte (CDU art. 44) : d'abord devant l'autorité douanière ou"
        " une autre autorité désignée par l'État membre, ensuite devant une instance supérieure indépendante. Le"
        " recours n'est pas suspensif, sauf si l'autorité sursoit à l'exécution (CDU art. 45).",
    },
    Language.DE: {
        "from": "Zollbehörde: {0}",
        "to": "An: {0}",
        "about": "Bezugsnummer: {0}",
        "decision": "Entscheidung: {0} ({1})",
        "day": "Unterzeichnet am {0}, Maßnahme {1}",
        "law": "Rechtsgrundlage: {0}",
        "reasons": "Gründe: {0}",
        "none": "Gründe: Ihrem Antrag wird in vollem Umfang entsprochen.",
        "hearing": "Anhörung (UZK Art. 22 Abs. 6): {0}",
        "leaves_out": "Nicht erteilt: {0}",
        "states": "Sie gilt in: {0}",
        "everywhere": "Sie gilt in der ganzen Union.",
        "condition": "Bedingung {0}: {1}",
        "from_day": "Sie wird wirksam am {0}.",
        "to_day": "Sie ist wirksam bis {0}.",
        "formalities": "Sie wird wirksam, sobald Sie die Mitteilung erhalten, dass diese Förmlichkeiten erfüllt sind:"
        " {0} (Delegierte VO Art. 14 Buchst. c).",
        "later": "Sie wird am spätesten dieser Tage wirksam: an dem Sie sie erhalten, den Sie beantragt haben, der auf"
        " das Ende der Entscheidung folgt, die sie verlängert (Delegierte VO Art. 14).",
        "receipt": "Sie wird wirksam, sobald Sie sie erhalten oder als erhalten gilt (UZK Art. 22 Abs. 4).",
        "appeal": "Sie können gegen diese Maßnahme einen Rechtsbehelf einlegen (UZK Art. 44): zuerst bei der"
        " Zollbehörde oder einer anderen vom Mitgliedstaat benannten Behörde, danach bei einer höheren unabhängigen"
        " Instanz. Der Rechtsbehelf hat keine aufschiebende Wirkung, es sei denn, die Behörde setzt die Vollziehung aus"
        " (UZK Art. 45).",
    },
}
_TAKING: Final = frozenset({ActKind.GRANT, ActKind.AMEND, ActKind.RESTORE})


def _effect(facts: Facts, say: Callable[..., str]) -> str:
    """From when on it has effect."""
    if facts.formalities:
        return say("formalities", facts.formalities)
    if facts.effect_from:
        return say("from_day", facts.effect_from)
    return say("later" if facts.may_be_later else "receipt")


def letter(facts: Facts, language: Language) -> str:
    """The letter, line by line; it ends with a line break. What somebody typed is no line of its own."""
    words = _WORDS[language]

    def say(name: str, *values: object) -> str:
        return words[name].format(*(" ".join(str(each).split()) for each in values))

    lines = [say("from", facts.authority), say("to", facts.holder), say("about", facts.reference)]
    lines += [say("decision", facts.decision, facts.type)] if facts.decision else []
    lines += [say("day", facts.signed_on, facts.number), "", _ACTS[language][facts.act], say("law", facts.article)]
    lines.append(say("reasons", facts.reasons) if facts.reasons else say("none"))
    lines += [say("leaves_out", each) for each in facts.leaves_out]
    lines += [say("hearing", facts.hearing)] if facts.hearing not in ("", "not adverse") else []
    if facts.act in _TAKING:
        lines.append(say("states", ", ".join(facts.member_states)) if facts.member_states else say("everywhere"))
        lines += [say("condition", *each) for each in facts.conditions]
    lines.append(_effect(facts, say))
    lines += [say("to_day", facts.effect_to)] if facts.effect_to else []
    own = [" ".join(each.split()) for each in facts.own]
    return "\n".join((*lines, *own, "", words["appeal"], ""))
