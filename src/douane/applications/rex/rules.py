"""What the form must say, on which day a registration is good, and until when its data are kept. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from douane.applications.rex.messages import BoxFault, ExporterForm, Ground
from douane.author import Length, LimitKind, Silence, Start, TimeLimit

_FORM: Final = "IA 2015/2447 Annex 22-06, 22-06A"
NEEDS_REMEDY: Final = frozenset({Ground.WRONG_STATEMENT, Ground.NOT_KEPT_UP})
"""After a revocation on these grounds a new application proves that they are remedied (IA art. 89(9))."""

INFORMED: Final = TimeLimit(
    id="REX-INFORMED", article="ours: IA 2015/2447 art. 89(6) names no rule of receipt", kind=LimitKind.EFFECT,
    length=Length(days=14), text="An exporter counts as informed of a revocation where nobody says when he was.",
    start=Start("the revocation lies in the inbox of the exporter"), place="authority that registers",
    silence=Silence.NEXT_STEP,
)  # fmt: skip
KEPT: Final = TimeLimit(
    id="REX-KEPT", article="IA 2015/2447 art. 89(10)", kind=LimitKind.EFFECT, length=Length(years=10),
    text="Data of a revoked registration are deleted after ten calendar years.",
    start=Start("the year of the revocation ends"), place="authority that registers", silence=Silence.CEASES,
)  # fmt: skip


def lacking(form: ExporterForm, *, today: dt.date) -> Iterator[BoxFault]:
    """Everything that a form lacks, box by box. Boxes 2 and 6 are the exporter's choice."""
    if not (form.name and form.street_and_number and form.town):
        yield BoxFault(1, "Give name and full address of the exporter.", _FORM)
    if form.activity is None:
        yield BoxFault(3, "Say whether the exporter is a producer or a trader.", _FORM)
    if not form.goods:
        yield BoxFault(4, "Describe the goods that qualify.", _FORM)
    if not form.headings:
        yield BoxFault(4, "Give their headings; chapters where they fall within more than twenty.", _FORM)
    if not form.undertakes:
        yield BoxFault(5, "Give the undertakings.", _FORM)
    if not form.signed_by or form.signed_on is None:
        yield BoxFault(5, "Say who signed the form, and when.", _FORM)
    elif form.signed_on > today:
        yield BoxFault(5, "The form is signed today or earlier.", _FORM)


def good_on(made_on: dt.date, *, valid_from: dt.date | None, ended_on: dt.date | None) -> bool:
    """Whether a statement of this day is good: from receipt of the whole form until before the exporter was informed
    of the end (IA art. 86(4), 89(5)). The day on which he was informed is no longer good."""
    return valid_from is not None and valid_from <= made_on and (ended_on is None or made_on < ended_on)
