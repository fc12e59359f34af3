"""What is kept of an application and of the decision that came of it, and of a question at the authority that is asked.

Instants are statutory ones, in microseconds; 0 where nothing happened yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from douane.applications.authorisations.contract import Condition
from douane.applications.customs_decisions.contract.parties import APPLYING, ASKING, OVERLAYING
from douane.applications.customs_decisions.messages.overlays import OverlayChange
from douane.applications.customs_decisions.messages.words import (
    ActKind,
    ConsultationKind,
    Consulted,
    Criterion,
    DecisionType,
    ElementValue,
    Ground,
    State,
    Verdict,
)
from douane.author import Members, administration, trader
from douane.author.run import Case, Value, record


class Datum(Value, frozen=True):
    """The value of a data element; n, m: of which occurrence."""

    element: str
    value: str
    n: int
    m: int


class Term(Value, frozen=True):
    """What lengthened the limit for the decision. announced: when its applicant was told; 0 by operation of law."""

    article: str
    days: int
    reason: str
    announced: int = 0


class Information(Value, frozen=True):
    """A request for information, and when it was answered."""

    number: int
    text: str
    days: int
    asked_at: int
    ends: int
    supplied_at: int = 0
    answer: str = ""


class Opinion(Value, frozen=True):
    """What one authority is asked and says. ends: its last instant. wished: days more that it asked for."""

    authority: str
    ends: int
    verdict: Verdict | None = None
    reasons: str = ""
    disputed: tuple[str, ...] = ()
    at: int = 0
    late: bool = False
    wished: int = 0
    more: int = 0


class Consultation(Value, frozen=True):
    """A consultation. disputed_until: when what is not agreed on is left out; 0 on criteria."""

    number: int
    kind: ConsultationKind
    text: str
    days: int
    asked_at: int
    opinions: tuple[Opinion, ...]
    disputed_until: int = 0
    closed: bool = False


class Act(Value, frozen=True):
    """The record of an act. hearing: how its person was heard, or the article by which not.

    received: by which rule it counts as received. unheard_for: the fact for which nobody was heard. valid_until: the
    end that its officer set. formalities: what its effect waits for. reaches_back_for: why it begins before that.
    """

    number: int
    kind: ActKind
    ground: Ground | None
    article: str
    reasons: str
    officer: str
    member_states: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    leaves_out: tuple[str, ...] = ()
    days: int = 0
    effect_on: int = 0
    hearing: str = ""
    view: str = ""
    signed_at: int = 0
    received_at: int = 0
    received: str = ""
    effect_from: int = 0
    effect_to: int = 0
    position: int = 0
    unheard_for: str = ""
    valid_until: int = 0
    formalities: str = ""
    reaches_back_for: str = ""


class Touched(Value, frozen=True):
    """The criterion that alone is lost by an act, of which there is the number."""

    act: int
    criterion: Criterion


class Request(Value, frozen=True):
    """What the holder asked for."""

    wish: str
    text: str
    at: int
    granted: int = 0


class OwnTask(Value, frozen=True):
    """A task that the overlay of the administration added to a case, and what came of it; 0 where nothing did yet."""

    name: str
    title: str
    opened_at: int
    done_at: int = 0
    officer: str = ""
    result: str = ""


class OwnAnswer(Value, frozen=True):
    """What the applicant answered to a question of the questionnaire. version: of the questionnaire."""

    question: str
    answer: str
    version: str
    at: int


class Judged(Value, frozen=True):
    """How an officer judged a criterion of UCC art. 39."""

    criterion: str
    fulfilled: bool
    remarks: str
    officer: str
    at: int


BEGINS = frozenset({ActKind.GRANT, ActKind.COMMENCE})
"""Acts with which a decision begins to have effect."""


def _parties(kept: DecisionCase) -> Members:
    return ((trader(kept.applicant), APPLYING),)


def _as_it_was(fields: list[Any]) -> list[Any]:
    """Version 2 knows more grounds and states; what was stored before keeps its meaning."""
    return fields


@record(
    240,
    version=2,
    upgrades={1: _as_it_was},
    indexes={"by_applicant": ("applicant", "type", "reference")},
    case=Case(_parties, office="office", state="state", deadline="deadline", states=State),
)
class DecisionCase(Value, frozen=True):
    """An application and the decision that came of it; the case is its reference.

    intended: the act on which its person is being heard, or that was signed and is not received yet. due: the last
    instant of the limit for the decision, ``last_day`` of it in ISO 8601; awaited: the one that its timer waits for.
    notes: what its officer is to see. overlay: the version of its administration's overlay with which it began; 0 for
    none. own: the tasks that this added. heard_in: decisions of other authorities that were lost after a hearing.
    suspension_awaited: the end that the timer of a suspension waits for; until_act: it goes on until an act has effect.
    revoked_from: when a revocation that was put off takes effect. renews: the decision whose validity it extends.
    """

    reference: str
    own_reference: str
    type: DecisionType
    applicant: str
    office: str
    data: tuple[Datum, ...]
    member_states: tuple[str, ...]
    lodged_at: int
    state: str = State.LODGED.value
    decision: str = ""
    began_at: int = 0
    acceptable: bool = False
    refused_for: str = ""
    accepted_at: int = 0
    by_silence: bool = False
    due: int = 0
    awaited: int = 0
    last_day: str = ""
    passed: bool = False
    terms: tuple[Term, ...] = ()
    information: tuple[Information, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    intended: Act | None = None
    heard: bool = False
    hearing_ends: int = 0
    acts: tuple[Act, ...] = ()
    requests: tuple[Request, ...] = ()
    suspended_until: int = 0
    notes: tuple[str, ...] = ()
    deadline: int = 0
    rests_on: str = ""
    reassessed_by: str = ""
    result: str = ""
    entry: int = 0
    touched: tuple[Touched, ...] = ()
    overlay: int = 0
    own: tuple[OwnTask, ...] = ()
    answers: tuple[OwnAnswer, ...] = ()
    judged: tuple[Judged, ...] = ()
    heard_in: tuple[str, ...] = ()
    suspension_awaited: int = 0
    until_act: bool = False
    revoked_from: int = 0
    renews: str = ""

    def criterion_of(self, act: int) -> Criterion | None:
        """By which criterion an authorisation falls apart with an act; None where it does not."""
        return next((each.criterion for each in self.touched if each.act == act), None)

    @property
    def lost(self) -> Iterator[tuple[ActKind, Criterion | None]]:
        """The acts in effect, each with its criterion."""
        return ((each.kind, self.criterion_of(each.number)) for each in self.acts)

    @property
    def authority(self) -> str:
        """The country of the authority."""
        return self.office[:2]

    @property
    def where(self) -> State:
        """The state as a value of its enumeration."""
        return State(self.state)

    @property
    def granted(self) -> Act | None:
        """The act that granted the decision; None where there is none."""
        return next((each for each in self.acts if each.kind is ActKind.GRANT), None)

    @property
    def begun(self) -> Act | None:
        """The act from whose effect on the decision holds: its grant, or that the formalities were completed."""
        return next((each for each in self.acts if each.kind in BEGINS and each.effect_from), None)

    @property
    def waits(self) -> bool:
        """Whether the decision waits for formalities that its holder is to complete."""
        return self.where is State.GRANTED and self.begun is None


@record(
    241,
    indexes={"by_state": ("state", "ends")},
    later=("by_state",),
    case=Case(
        lambda kept: ((administration(kept.reference[:2]), ASKING),),
        state="state",
        deadline="deadline",
        states=Consulted,
    ),
)
class AskedOpinion(Value, frozen=True):
    """A question of another authority, at the one that is asked as a whole; the case is reference and number."""

    reference: str
    number: int
    authority: str
    kind: ConsultationKind
    type: DecisionType
    applicant: str
    text: str
    article: str
    data: tuple[Datum, ...]
    ends: int
    office: str = ""
    state: str = Consulted.ASKED.value
    verdict: Verdict | None = None
    reasons: str = ""
    disputed: tuple[str, ...] = ()
    more: int = 0
    deadline: int = 0


@record(243)
class TakenOver(Value, frozen=True):
    """As what a case was taken over from an older portal. digest: of all that it said (SHA-256)."""

    portal: str
    reference: str
    digest: str


class OverlayVersion(Value, frozen=True):
    """One version of an overlay. since: the first day, ISO 8601, on which applications are lodged that it is for.

    approved_by: empty while it is proposed.
    """

    version: int
    since: str
    changes: tuple[OverlayChange, ...]
    reason: str
    proposed_by: str
    proposed_at: int
    approved_by: str = ""
    approved_at: int = 0
    approved_for: str = ""


def _overlaying(kept: NationalOverlay) -> Members:
    return ((administration(kept.administration), OVERLAYING),)


@record(242, indexes={"by_administration": ("administration",)}, case=Case(_overlaying))
class NationalOverlay(Value, frozen=True):
    """What an administration adds to the common procedure: every version, oldest first; the case is its code.

    digest: of the proposal that waits, which whoever approves it names; one that was proposed under a former release
    has none, and is proposed anew.
    """

    administration: str
    versions: tuple[OverlayVersion, ...] = ()
    digest: str = ""

    def version(self, number: int) -> OverlayVersion | None:
        """The version of that number; None where there is none."""
        return next((each for each in self.versions if each.version == number), None)

    def on(self, day: str) -> OverlayVersion | None:
        """The version for applications that are lodged on a day, ISO 8601; None where none was approved for it."""
        found = [each for each in self.versions if each.approved_by and each.since <= day]
        return max(found, key=lambda each: each.version, default=None)

    def to_come(self, day: str) -> Iterator[OverlayVersion]:
        """The approved versions under which applications are lodged on that day, or later."""
        return (e for e in self.versions if e.approved_by and e is self.on(max(e.since, day)))


def data_of(elements: tuple[ElementValue, ...]) -> tuple[Datum, ...]:
    """Data elements as they are kept."""
    return tuple(Datum(each.element, each.value, each.n, each.m) for each in elements)


def elements_of(data: tuple[Datum, ...]) -> tuple[ElementValue, ...]:
    """Data elements as messages have them."""
    return tuple(ElementValue(each.element, each.value, each.n, each.m) for each in data)
