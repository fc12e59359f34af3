"""Who sees a case that another system keeps on which page: keeper's summary x party x delegate x delegation ended.

By real doors and pages of a centre that follows France: lists, what stands on the first page, the calendar, search, the
case, its messages; as a page, as JSON and as CSV.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec

from douane.assembly.pages.proving import invitation
from douane.configuration.settings import PagesAt
from douane.identity.sessions import Person
from douane.model.circles import Platform
from tests.journeys.standing import GENEROUS
from tests.journeys.test_carried import Stage
from tests.journeys.test_kept_elsewhere import HOLDER, Union
from tests.pages.visitor import Visitor

encode = msgspec.json.encode
FIRM, DELEGATE = "DE1234567890123", "de.karl.braun"
"""A firm at Duisburg, and a person of it."""
OFFICE: Final = "FR005350"
PAIR: Final = {"principal": HOLDER, "delegate": FIRM}
PAGES: Final = {
    "cases": "/cases", "cases as JSON": "/cases?format=json", "cases as CSV": "/cases?format=csv",
    "cases in a state": "/cases?state=released&format=json", "messages": "/messages",
    "messages as JSON": "/messages?format=json", "messages as CSV": "/messages?format=csv",
    "the first page": "/overview", "the calendar": "/overview/deadlines.ics",
    "search by MRN": "/find?reference={mrn}", "search by LRN": "/find?reference={lrn}", "the case": "/cases/{mrn}",
    "the case as JSON": "/cases/{mrn}?format=json", "the case by its number": "/cases/{case}",
    "a message": "/cases/{mrn}/messages/{leaf}?country=FR",
}  # fmt: skip
NAMED: Final = frozenset(each for each, path in PAGES.items() if "{" in path)
"""Pages whose address names the case, and may say it again: there its office, or what was declared, is looked for."""
SUMMARISED: Final = frozenset({"cases as JSON", "cases in a state", "the case as JSON"})
"""Pages that hold what the keeper told, as data."""


@dataclass
class Viewer:
    """Somebody with a browser in which he is signed in at the portal of the centre."""

    site: str
    visitor: Visitor

    async def page(self, path: str) -> tuple[int, str]:
        """Status and content of a page."""
        seen = await asyncio.to_thread(self.visitor.get, self.site + path)
        return seen.status, seen.body

    async def sees(self, names: dict[str, str]) -> set[str]:
        """On which pages he sees the case."""
        found = set()
        for title, path in PAGES.items():
            status, body = await self.page(path.format(**names))
            wanted = ("Roasted coffee" if title == "a message" else OFFICE) if title in NAMED else names["mrn"]
            if status == 200 and wanted in body:
                found.add(title)
        return found

    async def is_told(self, names: dict[str, str]) -> set[str]:
        """On which pages what its keeper told stands."""
        return {
            title for title in SUMMARISED if '"summary":{' in (await self.page(PAGES[title].format(**names)))[1]
        }  # fmt: skip


@dataclass
class Scene:
    """The union with its pages, and who looks at them."""

    stage: Stage
    viewers: dict[str, Viewer] = field(default_factory=dict)
    said: int = 0

    @property
    def pages(self) -> Any:
        """The pages of the centre."""
        return self.stage.union.nodes["EU"].pages

    async def comes(self, name: str, client: str) -> Viewer:
        """A client is let in."""
        pages, site = self.pages, self.pages.url("portal")
        viewer = self.viewers[name] = Viewer(site, Visitor(pages.port))
        way = invitation(pages.sessions, site, client, Platform.SPEED2, "/")
        await asyncio.to_thread(viewer.visitor.get, way)
        return viewer

    async def delegate(self) -> Viewer:
        """The person of the firm signs in to act for the holder."""
        pages, site = self.pages, self.pages.url("portal")
        viewer = self.viewers["delegate"] = Viewer(site, Visitor(pages.port))
        sessions = pages.accounts.sessions[Platform.UUMDS]
        name, _ = await sessions.open(Platform.SPEED2, Person(DELEGATE, "EU", HOLDER))
        viewer.visitor.jar[site.partition("//")[2].partition(":")[0]] = {"douane-portal": name}
        return viewer

    async def says(self, client: Any, operation: str, wanted: str, **said: Any) -> None:
        """Send a message, and wait until it is answered as wanted."""
        self.said += 1  # the same words again are another message
        receipt = await client.call(operation, encode(said), f"SAID-{self.said}")
        async with asyncio.timeout(30):
            while True:
                status = await client.status(receipt["receipt"])
                answers = [each["type"] for each in status["answers"]]
                if status["state"] != "waiting":
                    assert answers == [wanted], status
                    return
                await asyncio.sleep(0.02)

    async def delegates(self, **scope: Any) -> None:
        """The holder lets the firm act, and the firm accepts."""
        given = {**PAIR, "scope": "full", "valid_from": "2026-01-01", **scope}
        await self.says(self.stage.trader, "accounts.delegate", "DelegationKept", **given)
        await self.says(self.stage.stranger, "accounts.accept", "DelegationKept", **PAIR)

    async def ends(self) -> None:
        """The holder ends it."""
        await self.says(self.stage.trader, "accounts.end", "DelegationKept", **PAIR)

    async def firm(self) -> None:
        """The person of the firm gets his account."""
        karl = {"account": DELEGATE, "provider": "https://idp.example", "subject": "karl", "name": "Karl Braun",
                "kind": "trader", "country": "DE", "eori": FIRM, "roles": ["person represented"]}  # fmt: skip
        system = self.stage.union.client("EU", "ccn2", "de.system")
        await self.says(system, "accounts.deliver", "AccountRecordsKept", keeper="EU", accounts=[karl])


def without_clock(body: str) -> str:
    """A page without what goes by the clock, or is another one each time it is asked for."""
    plain = re.sub(r'(name="token" value|nonce)="[^"]*"', "", body)
    return re.sub(r"\d+", "0", plain)


async def shown(viewer: Viewer, names: Iterable[str], said: dict[str, str]) -> dict[str, tuple[int, str]]:
    """What somebody is answered on pages, without the clock and without the names by which he asked."""
    found = {}
    for title in names:
        status, body = await viewer.page(PAGES[title].format(**said))
        for each in ("mrn", "lrn", "case"):
            body = body.replace(said[each], "@")
        found[title] = status, without_clock(body)
    return found


def test_each_page_shows_the_case_to_its_party_and_to_whom_that_lets_act_and_to_nobody_else(tmp_path: Path) -> None:
    async def journey() -> None:
        running = Union(tmp_path, follows=True).running(pages=PagesAt(port=0), limits=GENEROUS)
        async with running as union, union.france():
            scene = Scene(Stage(union))
            await scene.firm()
            party = await scene.comes("party", "trader.fr.lesquin")
            stranger = await scene.comes("stranger", "trader.de.rhein")
            invented = {"mrn": "26FR00000000000AJ5", "lrn": "NOBODYS-1", "case": "0" * 15 + "7", "leaf": "1"}
            before = await shown(stranger, PAGES, invented)

            sent = await scene.stage.declared(await union.registered("FR", "fr.officer", "FR"))
            lrn = sent.transit_operation.lrn
            line = await scene.stage.case(scene.stage.trader, lrn, lambda each: bool(each["summary"]))
            told = await scene.stage.told(scene.stage.trader, line["reference"])
            names = {"mrn": line["reference"], "lrn": lrn, "case": line["case"], "leaf": str(told[0]["leaf"])}

            assert await party.sees(names) == set(PAGES)
            assert await party.is_told(names) == SUMMARISED
            assert await stranger.sees(names) == set()
            assert await stranger.is_told(names) == set()
            # what a stranger is answered is the same, in size and word, with a case and without one
            after = await shown(stranger, PAGES, names)
            assert not {title: (before[title], after[title]) for title in PAGES if before[title] != after[title]}

            delegate = await scene.delegate()
            assert await delegate.sees(names) == set(), "nobody lets him act"
            await scene.delegates()
            assert await delegate.sees(names) == set(PAGES)
            assert await delegate.is_told(names) == SUMMARISED
            await scene.ends()
            # a delegation that ended a moment ago, and a second ago
            assert (await delegate.sees(names), await delegate.is_told(names)) == (set(), set())
            await asyncio.sleep(1)
            assert (await delegate.sees(names), await delegate.is_told(names)) == (set(), set())
            # for this case alone, for another one alone
            await scene.delegates(scope="cases", cases=[names["mrn"]])
            assert names["mrn"] in (await delegate.page("/cases?format=json"))[1]
            assert await delegate.is_told(names) == SUMMARISED
            await scene.ends()
            await scene.delegates(scope="cases", cases=[invented["mrn"]])
            assert (await delegate.sees(names), await delegate.is_told(names)) == (set(), set())
            assert await party.sees(names) == set(PAGES), "what became of the delegate changes nothing for the party"

    asyncio.run(journey())
