"""What the office of departure keeps of a movement: a small case record, and the declaration as it stands beside it.

A movement is one case at departure, another at destination, a third at the offices of transit of an administration,
also where all of them are in one administration: they speak by messages alone.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from douane.applications.transit.contract.parties import AT_GUARANTEE, HOLDING, REPRESENTING, offices_of
from douane.applications.transit.records.states import AtDeparture
from douane.applications.transit.rules.claims import Claim
from douane.author import Members, administration, issuer_of_grn, trader
from douane.author.run import Case, Value, record
from douane.standards.ncts.phase5 import CC015C


class GuaranteeUse(Value, frozen=True):
    """One declared guarantee reference: ``asked`` until its office answers, then ``held`` or ``refused``.

    holds: the ledger may hold an amount for this movement, also where a later, higher amount was refused.
    """

    grn: str
    type: str
    state: str = "asked"
    office: str = ""
    reasons: tuple[str, ...] = ()
    holds: bool = False


def parties_of(kept: Departure) -> Members:
    """Holder, representative, who lodged the declaration, and the offices that it names."""
    lodged = HOLDING if kept.declarant == kept.holder else REPRESENTING
    traders = ((kept.holder, HOLDING), (kept.representative, REPRESENTING), (kept.declarant, lodged))
    asked = {administration(issuer_of_grn(use.grn)): AT_GUARANTEE for use in kept.guarantees}
    return (
        *((trader(eori), role) for eori, role in traders if eori),
        *offices_of(kept.destination, transits=kept.transits, exits=kept.exits), *asked.items(),
    )  # fmt: skip


@record(
    20,
    indexes={"by_state": ("office", "state", "deadline")},
    case=Case(parties_of, office="office", state="state", deadline="deadline", states=AtDeparture),
)
class Departure(Value, frozen=True):
    """A movement at its office of departure.

    message: identification of the trader's message that is being answered. dropped: guarantees that an amendment no
    longer names and that may still hold an amount. announced: controls that the holder was told to be intended; no
    amendment sheds them. reply: the code of destination's reply to an enquiry (CL029). informed: the holder answered.
    decision: what an officer wants next in an enquiry. authority: who is asked to recover elsewhere. duty: in EUR.
    late_days: how many days after the limit the goods came (IA art. 306(3)). left_to_officer: what of the guarantee
    only an officer can say, in words. also_at: offices that were not declared and asked for the record. not_valid_in:
    countries for which a guarantee holds not. association: EORI of the guaranteeing association that stands for a TIR
    carnet, which is liable for so much in EUR. incidents: positions in the journal of what offices on the way told.
    exits: offices of exit for transit that were declared; exits_also: those that asked for the record. leavings: where
    and when the goods left the security area. prolonged: the holder of a TIR carnet got more time to answer.
    risk: why goods were chosen for control, in sentences. claims: what the register of another node is to confirm.
    waits: guarantees whose office cannot answer yet, each with what for, in a sentence.
    """

    lrn: str
    holder: str
    representative: str
    declarant: str
    office: str
    destination: str
    transits: tuple[str, ...]
    state: str
    submitted: int
    message: str
    prelodged: bool = False
    mrn: str = ""
    deadline: int = 0
    accepted_on: dt.date | None = None
    released_on: dt.date | None = None
    limit_date: dt.date | None = None
    guarantees: tuple[GuaranteeUse, ...] = ()
    dropped: tuple[GuaranteeUse, ...] = ()
    control: str = ""
    controls: tuple[str, ...] = ()
    remarks: str = ""
    passages: tuple[tuple[str, dt.date], ...] = ()
    arrived: int = 0
    arrived_at: str = ""
    result: str = ""
    discharged: bool = False
    over_on: dt.date | None = None
    trusted: bool = False
    announced: tuple[str, ...] = ()
    enquired_on: dt.date | None = None
    holder_asked_on: dt.date | None = None
    reply: str = ""
    informed: bool = False
    decision: str = ""
    authority: str = ""
    duty: Decimal | None = None
    guarantor: str = ""
    paid_by: str = ""
    late_days: int = 0
    left_to_officer: tuple[str, ...] = ()
    guarantee_accepted: bool = False
    also_at: tuple[str, ...] = ()
    not_valid_in: tuple[str, ...] = ()
    association: str = ""
    liable: Decimal | None = None
    incidents: tuple[int, ...] = ()
    exits: tuple[str, ...] = ()
    exits_also: tuple[str, ...] = ()
    leavings: tuple[tuple[str, dt.date], ...] = ()
    prolonged: bool = False
    risk: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    waits: tuple[tuple[str, str], ...] = ()


@record(21)
class Declaration(Value, frozen=True):
    """The declaration as it stands: the message at ``position`` of the journal.

    content: the declaration itself, once it differs from that message (amended, presented, sealed), or as it is without
    what a register did not confirm. whole: with that, where the message does not say it.
    """

    content: CC015C | None = None
    position: int = 0
    whole: CC015C | None = None
