"""Names that systems tell the centre, at its doors: what they lead, what they never lead, and when they end."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.channels.rest.client import Partner
from douane.runtime.core import commands, relaying
from douane.runtime.store.queries import View
from douane.simulator.messages.later import guarantee_query
from douane.standards.ncts import phase5
from tests.journeys.test_provision import Union, registration

HOLDER = "FR40123456700017"
SPELL = 0.8
"""Seconds for which each of the hosts serves."""


class Hosted:
    """A centre that serves France again, after Belgium and Germany did."""

    def __init__(self, union: Union) -> None:
        self.union, self.centre = union, union.nodes["EU"].core
        self.system = {code: union.client("EU", "ccn2", f"{code.lower()}.system") for code in ("FR", "BE", "DE")}
        self.holder = union.client("EU", "speed2", "trader.fr.lesquin")
        self.began: dict[str, int] = {}

    async def dismiss(self) -> None:
        """Let them serve guarantees and transit, each for a while."""
        begins = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=SPELL)
        for host in ("BE", "DE"):
            await self._say(host, "offer", provider=host, services=("guarantees", "transit"), guests=("FR",))
        for n, provider in enumerate(("BE", "DE", "EU")):
            since = begins + n * dt.timedelta(seconds=SPELL)
            self.began[provider] = round((since.timestamp() + SPELL / 2) * 1e6)
            for of in ("guarantees", "transit"):
                await self._say("FR", "choose", administration="FR", of=of, provider=provider, since=since,
                                decided_by="Director", reason="As it happened")  # fmt: skip
        providers = self.centre.registry.providers
        async with asyncio.timeout(20):
            while providers("FR", "guarantees.use") != ("", "DE", "BE"):  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.05)

    async def tell(self, host: str, kind: str, value: str, operation: str = "guarantees.register") -> None:
        """A system tells of a case that began while it served."""
        await self._say(host, "learn", provider=host, administration="FR", kind=kind, value=value,
                        operation=operation, began=self.began[host])  # fmt: skip

    async def _say(self, who: str, call: str, **said: Any) -> None:
        await self.system[who].call(f"provision.{call}", msgspec.json.encode(said))

    def leads(self, host: str, how: str, grn: str) -> bool:
        """Whether the centre knows a name of a case of a host."""
        view = View(self.centre.store, "EU", 0, self.centre.look)
        return view.resolve(f"{how} {host}", f"FR grn {grn}") is not None

    async def ask(self, grn: str) -> str:
        """The holder asks about a guarantee; the identification of his question."""
        question = guarantee_query(self.union.numbers, HOLDER, grn, "A1B2", "1")
        assert (await self.holder.send(phase5.write(question))).status == 202
        return question.message_identification

    async def reaches(self, question: str) -> str:
        """Whose box has it after a while; empty for nobody's."""
        for _ in range(20):
            for host in ("BE", "DE"):
                items, _ = await self.system[host].collect()
                if any(question in each["body"] for each in items):
                    return host
            await asyncio.sleep(0.05)
        return ""


async def received(party: Partner, kind: str) -> bool:
    """Whether a type of message comes."""
    async with asyncio.timeout(30):
        cursor = ""
        while True:
            items, cursor = await party.collect(cursor, 2.0)
            if any(each["type"] == kind for each in items):
                return True


def test_told_names_lead_what_is_about_a_case_of_their_provider_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def journey() -> None:
        async with Union(tmp_path).centre() as union:
            of = Hosted(union)
            await of.dismiss()
            first, second, squatted, unused = (union.numbers.grn() for _ in range(4))

            # what was told leads what is about it, to who had it: who serves no longer takes no name of another
            await of.tell("BE", "grn", first)
            await of.tell("DE", "grn", first)
            assert (of.leads("BE", "told by", first), of.leads("DE", "told by", first)) == (True, False)
            assert await of.reaches(await of.ask(first)) == "BE"
            assert of.leads("BE", "kept by", first), "it has led something"

            # an office opens what it likes, whatever anybody told
            await of.tell("BE", "grn", squatted)
            officer = union.client("EU", "ccn2", "fr.officer")
            await officer.call("guarantees.register", registration(squatted, union))
            assert await received(officer, "GuaranteeRegistered")

            # names that senders choose are told by nobody
            await of.tell("BE", "lrn", f"{HOLDER}/NEXT-1", "transit.lodge_declaration")
            assert (
                View(of.centre.store, "EU", 0, of.centre.look).resolve("told by BE", f"FR lrn {HOLDER}/NEXT-1") is None
            )

            # what nothing used ends with the dismissal; what something used does not
            await of.tell("BE", "grn", unused)
            await of.tell("DE", "grn", second)
            monkeypatch.setattr(relaying, "PATIENCE", 0)
            waiting = await of.ask(unused)
            assert await of.reaches(waiting) == "", "it waits for the word of who has it"
            assert await of.reaches(await of.ask(first)) == "BE"

            # where nobody says it in time, it goes to who once did, not to somebody who cannot know it
            monkeypatch.setattr(commands, "PATIENCE", 0)
            assert await of.reaches(waiting) == "BE"
            assert await of.reaches(await of.ask(second)) == "DE"

    asyncio.run(journey())
