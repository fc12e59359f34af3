"""What holders and guarantors are told of their guarantees: the head of each message, and the notices."""

from __future__ import annotations

import datetime as dt
from typing import Any

from douane.applications.guarantees.messages import Guarantor
from douane.applications.guarantees.records import Guarantee
from douane.author import Instant, moment
from douane.author.run import Work
from douane.standards.ncts import phase5 as p5

__all__ = ["cancelled", "changed", "head", "liberated", "local", "revoked"]


def head(work: Work, kind: type, recipient: str, answers: str = "") -> dict[str, Any]:
    """The elements that every message begins with."""
    return {
        "message_sender": f"NTA.{work.administration}",
        "message_recipient": recipient,
        "preparation_date_and_time": local(work.now),
        "message_identification": work.message_id(),
        "message_type": kind.__name__,
        "correlation_identifier": answers or None,
        "phase_id": "NCTS5.1",
    }


def local(at: int) -> dt.datetime:
    """An instant as the family writes it: UTC, whole seconds, no zone."""
    return moment(Instant(at)).replace(microsecond=0, tzinfo=None)


def _office(kept: Guarantee) -> p5.CustomsOfficeOfGuarantee:
    return p5.CustomsOfficeOfGuarantee(reference_number=kept.office)


def changed(work: Work, kept: Guarantee, *, limit: bool, ends: bool) -> p5.CC225C:
    """IE225 to the holder: the reference amount or the last day is another one."""
    amount = kept.ledger.limit
    reduced = kept.terms.type in "01"
    return p5.CC225C(
        **head(work, p5.CC225C, kept.holder),
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure01(identification_number=kept.holder),
        guarantee_reference=(
            p5.GuaranteeReference09(
                sequence_number=1,
                grn=kept.grn,
                currency="EUR",
                reference_amount=amount if limit and reduced else None,
                percentage_of_reference_amount=kept.percentage if limit and reduced else None,
                guarantee_amount=amount if limit and not reduced else None,
                invalidity_date=kept.terms.valid_until if ends else None,
                restricted_use_suspended_goods=False,
                customs_office_of_guarantee=_office(kept),
            ),
        ),
    )


def cancelled(work: Work, kept: Guarantee, effect: dt.date, reason: str) -> p5.CC231C:
    """IE231 to the holder: from this day on no movement uses the guarantee."""
    return p5.CC231C(
        **head(work, p5.CC231C, kept.holder),
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure01(identification_number=kept.holder),
        guarantee_reference=p5.GuaranteeReference12(
            grn=kept.grn,
            invalidity_date=effect,
            invalidity_reason_text=reason,
            customs_office_of_guarantee=_office(kept),
        ),
    )


def liberated(work: Work, kept: Guarantee, guarantor: Guarantor, effect: dt.date) -> p5.CC228C:
    """IE228 to the guarantor: he answers for nothing that begins from this day on."""
    return p5.CC228C(
        **head(work, p5.CC228C, guarantor.identification),
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure04(identification_number=kept.holder),
        guarantor=p5.Guarantor03(identification_number=guarantor.identification),
        guarantee_reference=(
            p5.GuaranteeReference10(
                sequence_number=1, grn=kept.grn, currency="EUR", guarantee_amount=kept.ledger.limit,
                invalidity_date=effect, liability_liberation_date=effect, customs_office_of_guarantee=_office(kept),
            ),
        ),
    )  # fmt: skip


def revoked(work: Work, kept: Guarantee, guarantor: Guarantor, effect: dt.date) -> p5.CC229C:
    """IE229 to the guarantor: the voucher is used by nobody from this day on."""
    return p5.CC229C(
        **head(work, p5.CC229C, guarantor.identification),
        guarantor=p5.Guarantor02(identification_number=guarantor.identification),
        guarantee_reference=p5.GuaranteeReference11(
            grn=kept.grn, invalidity_date=effect, customs_office_of_guarantee=_office(kept)
        ),
    )
