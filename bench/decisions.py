"""Customs decisions over a store in memory: a whole grant, an act in effect, and the question of a procedure.

Doors, network and a disk are not in it; the core, its audit log and every process are.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from douane.applications.authorisations.messages import AuthorisationQuestion, Standing
from douane.applications.customs_decisions.messages.applying import ReceiptConfirmed
from douane.applications.customs_decisions.messages.deciding import AcceptanceJudged, ActTaken, DecisionTaken
from douane.applications.customs_decisions.messages.showing import DecisionQuery
from douane.applications.customs_decisions.messages.words import ActKind, Ground, NoHearing
from douane.applications.customs_decisions.tests.life import HOLDER, Life
from douane.applications.customs_decisions.tests.samples import CGU, application
from douane.testing.office import Office, administration
from douane.vocabulary.decisions import DecisionType

ASKING = administration("DE")


def run(seconds: float) -> dict[str, Any]:
    """Time each for a third of the time."""
    office = Office("FR", "DE")
    first = Life("", DecisionType.CGU, CGU, office=office).granted()
    decision = first.shown.decision
    stem, serial, count = first.reference[:-7], int(first.reference[-7:]), 0

    def grant() -> None:
        """From the application to the effect: four messages, and what follows from them."""
        nonlocal count
        count += 1
        office.send(application(DecisionType.CGU, CGU, own=f"bench-{count}"), by=HOLDER)
        reference = f"{stem}{serial + count:07d}"  # references are given in order: no growing inbox is read
        office.send(AcceptanceJudged(reference=reference, accepted=True), by=first.officer)
        office.send(DecisionTaken(reference=reference, granted=True), by=first.officer)
        office.send(ReceiptConfirmed(reference=reference, number=1), by=HOLDER)

    def act() -> None:
        """Suspended or lifted, and received."""
        number = len(first.shown.acts) + 1
        lift = number % 2 == 1
        office.send(ActTaken(
            reference=decision, act=ActKind.LIFT if lift else ActKind.SUSPEND,
            ground=Ground.SETTLED if lift else Ground.DOUBT, reasons="x", no_hearing=NoHearing.SECURITY,
            unheard_for="x",
        ), by=first.officer)  # fmt: skip
        office.send(ReceiptConfirmed(reference=decision, number=number), by=HOLDER)

    def ask() -> None:
        """What a declaration asks."""
        found = office.ask(AuthorisationQuestion(reference=decision, begins_in="DE"), by=ASKING, of="FR")
        if found.standing not in (Standing.USABLE, Standing.SUSPENDED):
            raise AssertionError(found.standing)

    rows = [
        {"what": what, "a second": round(rate), "cpu_us": round(cpu)}
        for what, deed in (("grant, from application to effect", grant), ("act, from signature to effect", act),
                           ("question of a procedure", ask))
        for rate, cpu in (measured(deed, seconds / 3),)
    ]  # fmt: skip
    last = office.ask(DecisionQuery(f"{stem}{serial + count:07d}"), by=first.officer)
    if last.state != "in force":
        raise AssertionError(last.state)
    return {"name": "customs decisions", "rows": rows, "notes": ["store in memory, no doors, one core"]}


def measured(deed: Callable[[], None], seconds: float) -> tuple[float, float]:
    """How often a second, and CPU microseconds each."""
    began, cpu, times = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - began < seconds:
        deed()
        times += 1
    return times / (time.perf_counter() - began), (time.process_time() - cpu) / times * 1e6
