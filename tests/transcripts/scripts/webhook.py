"""Webhooks: what a trader's address is posted, what becomes of posts that it does not take, and his inbox beside it."""

from __future__ import annotations

from tests.hostile import messages
from tests.transcripts.exchanges import Facts
from tests.transcripts.recording import Recorder, mrn_in

TRADER, EORI, OFFICER = "trader.de.rhein", messages.STRANGER, "fr.officer"
GRN = messages.grn("FR", 450_001)


def declared(number: int, **more: str | bool) -> str:
    """A declaration of this trader."""
    own = {"sender": EORI, "holder": EORI, "grn": GRN}
    return messages.declaration(f"HOOK26-{number:05d}", f"HOOK-{number}", **own | more)  # type: ignore[arg-type]


def posted(node: Recorder) -> Facts:
    """What was posted since."""
    return node.give(hook="collect")


def record(node: Recorder) -> None:
    """Forty exchanges and more."""
    node.json(OFFICER, "guarantees.register", "ccn2", id="HOOK-G", **messages.registration(GRN, holder=EORI))
    node.collect(OFFICER, "ccn2")
    node.xml(TRADER, declared(1))
    posted(node)
    mrn = mrn_in(node.collect(TRADER))
    node.xml("trader.at.wien", messages.arrival("HOOK-A1", mrn))
    node.json("at.officer", "transit.record_inspection", "ccn2", id="HOOK-I1", mrn=mrn, officer="at.officer", code="A1")
    posted(node)
    node.collect(TRADER)
    for number, wrong in enumerate(
        ({"code": "ZZZZ"}, {"grn": messages.grn("FR", 450_099)}, {"prelodged": True}), start=2
    ):
        node.xml(TRADER, declared(number, **wrong))  # type: ignore[arg-type]
        posted(node)
        node.collect(TRADER)
    node.xml(TRADER, messages.invalidation("HOOK-V4", sender=EORI, holder=EORI, lrn="HOOK26-00004"))
    posted(node)
    node.collect(TRADER)
    node.xml(TRADER, declared(5).replace("<declarationType>T1", "<declarationType>T9"))
    posted(node)
    node.xml(TRADER, messages.arrival("HOOK-A6", mrn, sender=EORI))
    for number, status in enumerate(([503], [302], [422], [204, 503, 204], [500, 500, 204], [410]), start=6):
        node.give(hook="answers", status=status)
        node.xml(TRADER, declared(number))
        posted(node)
        node.collect(TRADER)
    node.ask(TRADER, "/v1/inbox?limit=2")
