"""A party asks that its case be told to the centre, or that it be told no more; its keeper alone decides (0362)."""

from __future__ import annotations

from douane.applications.case_files.contract import CaseFiles
from douane.applications.case_files.messages.following import CaseFollowed, FollowCase, FollowRefused
from douane.author import Fault, SenderFault
from douane.author.run import Work, handles
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.replication.summaries import OneView, followed_by


def refuse(work: Work, m: FollowCase, faults: tuple[Fault, ...]) -> None:
    """Tell who asked why nothing changed."""
    work.reply(FollowRefused(reference=m.reference, code=faults[0].code, reason=faults[0].remedy))


@handles(CaseFiles.follow_case, refuse=refuse)
def follow_case(work: Work, m: FollowCase) -> None:
    """Keep the wish of who asks; the summary follows from it when the tick ends (``runtime/core/flush.py``)."""
    if work.caller.via != UNION:
        reason = "This system keeps the case and shows it here. What the centre shows of it is asked for there."
        raise SenderFault(reason, faults=(Fault("", work.codes.foreign, reason),))
    work.put(OneView(m.following), followed_by(work.caller.party.name))
    work.reply(CaseFollowed(reference=m.reference, following=m.following))
