"""Two persons of a test: what a command proposed is confirmed by whom it names, and another one agrees."""

from __future__ import annotations

import asyncio
import secrets

from douane.assembly.acting import acts_of
from douane.assembly.core import make_core
from douane.configuration.retaining import Retaining
from douane.configuration.settings import NodeSettings
from douane.identity.operators import Doer
from douane.supervision.operating.acts import Acts
from douane.supervision.operating.outcome import Asked, Outcome
from tests.journeys.standing import Standing

PROPOSER, SECOND = "eu.olga.nowak", "eu.ivan.horvat"


async def agree(acts: Acts) -> list[Outcome]:
    """Have all that waits confirmed and agreed with; what came of each."""
    came = []
    for each in acts.waiting():
        for who in (SECOND,) if each.confirmed else (each.by, SECOND):
            asked = Asked(each.act, secrets.token_hex(16), each.on, "I read it", seen=each.digest)
            came.append(await acts.perform(asked, Doer(who)))
    return came


def agree_in(node: Standing) -> list[Outcome]:
    """The same in a node that runs in this process, by its own loop."""
    acts = node.node.operator._acts
    assert acts is not None
    return node.run(agree(acts))


def agree_in_stopped(settings: NodeSettings) -> list[Outcome]:
    """The same in a node that nobody runs."""

    def ended(problem: BaseException) -> None:
        raise problem

    async def whole() -> list[Outcome]:
        came = await agree(acts)
        while any(owner.pending for owner in core.node.owners):
            await core.node.changed(1.0)
        return came

    core = make_core(settings, ended=ended)
    retaining = Retaining(settings, core.node, core.store, core.clock)
    acts = acts_of(settings, core.node, core.store, core.catalogue, retaining, lambda: None)
    try:
        return asyncio.run(whole())
    finally:
        core.close()
