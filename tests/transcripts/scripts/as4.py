"""AS4: a trader pushes declarations, pulls what they are answered with, receipts it; and what is refused."""

from __future__ import annotations

from tests.hostile import messages
from tests.transcripts.recording import Recorder, mrn_in, undated

HOLDER, EORI, OFFICER = "trader.fr.lesquin", messages.HOLDER, "fr.officer"
GRN = messages.grn("FR", 460_001)
LODGE, INVALIDATE = "transit.lodge_declaration", "transit.request_invalidation"


def declared(number: int, **more: str | bool) -> str:
    """A declaration under a reference of its own."""
    return messages.declaration(f"AS426-{number:06d}", f"AS4-{number}", **{"grn": GRN} | more)  # type: ignore[arg-type]


def push(node: Recorder, id: str, body: str, leg: str = LODGE, **more: object) -> None:
    """Push a message under its leg."""
    node.give(as4="push", leg=leg, id=f"{id}@trader.example", body=undated(body), **more)


def pulled(node: Recorder) -> list[str]:
    """Pull and receipt until nothing is left."""
    found: list[str] = []
    while node.give(as4="pull", channel=EORI)["verdict"] == "MESSAGE":
        found.append(node.kept[-1].told["content"])
        node.give(as4="acknowledge")
    return found


def record(node: Recorder) -> None:
    """Forty exchanges and more."""
    node.json(OFFICER, "guarantees.register", "ccn2", id="AS4-G", **messages.registration(GRN))
    node.collect(OFFICER, "ccn2")
    node.give(as4="pull", channel=EORI)
    push(node, "first", declared(1))
    push(node, "first", declared(1))
    mrn = mrn_in(node.collect(HOLDER))
    pulled(node)
    push(node, "first", declared(1).replace("120.5", "121.5"))
    push(node, "other", declared(1))
    push(node, "plain", declared(2), compress=False, conversation="two")
    node.collect(HOLDER)
    pulled(node)
    push(node, "prelodged", declared(3, prelodged=True))
    node.collect(HOLDER)
    pulled(node)
    push(node, "invalidation", messages.invalidation("AS4-V3", sender=EORI, lrn="AS426-000003"), INVALIDATE)
    node.collect(HOLDER)
    pulled(node)
    for number, wrong in enumerate(
        (
            ("<declarationType>T1", "<declarationType>T9"),
            ("<security>0", "<security>7"),
            ("NCTS5.1", "NCTS9"),
            ("</TransitOperation>", "<more/></TransitOperation>"),
            ("CC015C", "CC999C"),
            ("</ncts:CC015C>", ""),
        ),
        start=4,
    ):
        push(node, f"wrong-{number}", declared(number).replace(*wrong))
        node.collect(HOLDER)
        pulled(node)
    push(node, "leg", messages.invalidation("AS4-V9", sender=EORI, lrn="AS426-000003"))
    push(node, "stranger", declared(10, sender=messages.STRANGER))
    push(node, "action", declared(11), says={"action": "nothing"})
    push(node, "service", declared(12), says={"mpc": "urn:nothing"})
    node.collect(HOLDER)
    node.give(as4="pull", channel=messages.STRANGER)
    node.json(HOLDER, "transit.find_movement", mrn=mrn)
