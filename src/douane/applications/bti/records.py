"""What the register keeps of a ruling, and what of it is published."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from douane.applications.bti.contract import ISSUING
from douane.applications.bti.messages import Goods, RulingShown, RulingState, RulingStated
from douane.author import ADMINISTRATIONS, EVERYBODY, administration
from douane.author.run import FULL, PUBLIC, Case, Final, FinalView, Place, Provision, Value, record

ISSUED = frozenset({RulingState.VALID, RulingState.REVOKED, RulingState.ANNULLED})
"""What was issued is published, also once it has ended; an application is not."""
OPEN = frozenset({RulingState.APPLIED, RulingState.VALID})
"""What stands in the way of another one of the same person for the same goods (UCC art. 33(1))."""


class RegisteredRuling(Struct, frozen=True, kw_only=True):
    """A ruling, or the application for one, as authorities have it."""

    reference: str
    ruling: str
    holder: str
    state: RulingState
    code: str
    since: dt.date | None
    until: dt.date | None


def _full(kept: Ruling, _place: Place) -> RegisteredRuling:
    return RegisteredRuling(
        reference=kept.reference, ruling=kept.ruling, holder=kept.holder, state=kept.state, code=kept.code,
        since=kept.since, until=kept.until,
    )  # fmt: skip


def published(kept: Ruling) -> RulingShown | None:
    """What everybody may know; None before it is issued."""
    if kept.state not in ISSUED:
        return None
    return RulingShown(
        ruling=kept.ruling, issued_in=kept.ruling[:2], state=kept.state, code=kept.code, goods=goods_of(kept),
        justification=kept.justification, keywords=kept.keywords, since=kept.since, until=kept.until,
    )  # fmt: skip


RULINGS = Final(
    "binding_tariff_information",
    title="Binding tariff information",
    legal=("UCC art. 33", "IA art. 21", "DA art. 19(2)"),
    purpose="One classification of the same goods in every Member State",
    retention="The sources name no period for rulings that have ended",
    provision=Provision.CENTRAL,
    decision="docs/decisions/0176-rulings-in-one-register.md",
    key=lambda kept, _: kept.reference,
    of=("reference", "ruling", "holder", "state", "code", "since", "until", "appearance", "use", "composition",
        "ingredients", "justification", "keywords"),
    views=(FinalView(FULL, _full, ADMINISTRATIONS), FinalView(PUBLIC, lambda kept, _: published(kept), EVERYBODY)),
)  # fmt: skip


@record(
    247,
    indexes={"by_code": ("issued", "code", "ruling"), "by_holder": ("holder", "reference")},
    case=Case(lambda kept: ((administration(kept.reference[:2]), ISSUING),), state="state", states=RulingState),
    final=RULINGS,
)
class Ruling(Value, frozen=True):
    """A ruling; the case is the reference of its application, later also that of the ruling."""

    reference: str
    version: int
    state: RulingState
    issued: bool
    holder: str
    ruling: str
    code: str
    appearance: str
    use: str
    composition: str
    ingredients: str
    justification: str
    keywords: tuple[str, ...]
    since: dt.date | None
    until: dt.date | None


def ruling_of(m: RulingStated) -> Ruling:
    """What is kept of what an authority stated."""
    return Ruling(
        m.reference, m.version, m.state, m.state in ISSUED, m.holder, m.ruling, m.code, m.goods.appearance,
        m.goods.use, m.goods.composition, m.goods.ingredients, m.justification, m.keywords, m.since, m.until,
    )  # fmt: skip


def goods_of(kept: Ruling) -> Goods:
    """The goods of a ruling."""
    return Goods(
        appearance=kept.appearance, use=kept.use, composition=kept.composition, ingredients=kept.ingredients
    )  # fmt: skip
