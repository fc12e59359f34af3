"""A party asks at the centre to see a case that began at the door of its keeper; by real doors."""

from __future__ import annotations

import asyncio
import contextlib
import json
import uuid
from pathlib import Path
from typing import Any

import msgspec

from douane.assembly.pages.proving import invitation
from douane.channels.rest.client import Partner
from douane.configuration.settings import PagesAt
from douane.model.circles import Platform
from douane.vocabulary.errors import PartnerRefused
from tests.journeys.test_carried import Stage
from tests.journeys.test_kept_elsewhere import Union
from tests.journeys.test_told_by_the_keeper import following
from tests.pages.visitor import Visitor

encode = msgspec.json.encode
FULL = {"data_set": "case_summaries", "view": "full"}


async def asked(by: Partner, reference: str, *, following: bool = True, country: str = "FR") -> dict[str, Any]:
    """The answer to the wish of a party, from its inbox."""
    wish = {"kind": "grn", "reference": reference, "country": country, "following": following}
    await by.call("case_files.follow_case", encode(wish), uuid.uuid4().hex)  # the same wish may come again
    async with asyncio.timeout(60):
        while True:
            items, _ = await by.collect(wait=5.0)
            for each in items:
                await by.acknowledge(each["id"])
                if each["type"] in ("CaseFollowed", "FollowRefused"):
                    return {"type": each["type"], **json.loads(each["body"])}


async def told(here: Stage) -> list[str]:
    """The keys of what France tells the system of the centre."""
    centre = here.union.client("FR", "ccn2", "commission.system")
    page: dict[str, Any] = {"entries": []}
    for _ in range(400):
        with contextlib.suppress(PartnerRefused):  # as long as the index of final data is being built
            page = await centre.call("final_data.snapshot", encode(FULL))
            break
        await asyncio.sleep(0.05)
    return [each["key"] for each in page["entries"] if each["content"]]


def test_a_party_sees_a_case_of_its_keepers_door_as_long_as_it_wants(tmp_path: Path) -> None:
    async def journey() -> None:
        async with following(tmp_path) as here:
            grn = await here.union.registered("FR", "fr.officer", "FR")
            assert await here.cases(here.trader) == []
            assert (await asked(here.trader, grn))["type"] == "CaseFollowed"
            line = await here.case(here.trader, grn, lambda each: bool(each["summary"]))
            own = await here.union.client("FR", "ccn2", "fr.officer").call(
                "case_files.show", encode({"reference": grn})
            )
            assert line["state"] == own["line"]["state"]
            assert line["office"] == own["line"]["office"]
            assert line["summary"]["keeper"] == "FR"
            assert await told(here) == [f"FR/grn/{grn}"]
            # it wants that no more: what was told goes, and nobody takes what it says then for a wish
            assert (await asked(here.trader, grn, following=False))["type"] == "CaseFollowed"
            await here.case(here.trader, grn, lambda each: not each["summary"])
            assert await told(here) == []
            # and it may want it again
            assert (await asked(here.trader, grn))["type"] == "CaseFollowed"
            await here.case(here.trader, grn, lambda each: bool(each["summary"]))

    asyncio.run(journey())


def test_a_person_asks_by_the_form_of_the_list_of_cases(tmp_path: Path) -> None:
    async def journey() -> None:
        async with Union(tmp_path, follows=True).running(pages=PagesAt(port=0)) as union, union.france():
            here = Stage(union)
            grn = await union.registered("FR", "fr.officer", "FR")
            pages = union.nodes["EU"].pages
            assert pages is not None
            visitor, site = Visitor(pages.port), pages.url("portal")
            way = invitation(pages.sessions, site, "trader.fr.lesquin", Platform.SPEED2, "/cases")
            shown = await asyncio.to_thread(visitor.get, way)
            assert grn not in shown.text
            said = {"kind": "grn", "reference": grn, "country": "FR", "following": "true"}
            came = await asyncio.to_thread(lambda: visitor.send(shown, "/cases/follow-case", **said))
            assert came.status == 200, came.text[:300]
            await here.case(here.trader, grn, lambda each: bool(each["summary"]))
            listed = await asyncio.to_thread(visitor.get, f"{site}/cases")
            assert grn in listed.text
            # what names nothing stands at its field
            said["reference"] = ""
            wrong = await asyncio.to_thread(lambda: visitor.send(listed, "/cases/follow-case", **said))
            assert (wrong.status, "Reference of the case" in wrong.text) == (422, True)

    asyncio.run(journey())


def test_nobody_else_asks_and_a_case_that_is_not_there_is_refused_alike(tmp_path: Path) -> None:
    async def journey() -> None:
        async with following(tmp_path) as here:
            grn = await here.union.registered("FR", "fr.officer", "FR")
            there = await asked(here.stranger, grn)
            absent = await asked(here.stranger, here.union.grn("FR"))
            assert there["type"] == "FollowRefused"
            assert {**there, "reference": ""} == {**absent, "reference": ""}
            assert await told(here) == []
            assert not [each for each in await here.cases(here.stranger) if each["summary"]]

    asyncio.run(journey())


def test_it_is_asked_by_the_centre_and_at_no_other_door(tmp_path: Path) -> None:
    async def journey() -> None:
        async with Union(tmp_path, follows=True).running() as union, union.france("speed2"):
            here = Stage(union)
            grn = await union.registered("FR", "fr.officer", "FR")
            direct = union.client("FR", "speed2", "trader.fr.lesquin")
            wish = {"kind": "grn", "reference": grn, "country": "FR"}
            await direct.call("case_files.follow_case", encode(wish))
            officer = union.client("FR", "ccn2", "fr.officer")
            async with asyncio.timeout(30):
                while True:
                    file = await officer.call("case_files.show", encode({"reference": grn}))
                    if file["messages"][-1]["type"] == "FollowRefused":
                        break
                    await asyncio.sleep(0.05)
            assert await told(here) == []

    asyncio.run(journey())


def test_a_wish_no_more_ends_nothing_of_a_case_that_began_by_the_centre(tmp_path: Path) -> None:
    async def journey() -> None:
        async with following(tmp_path) as here:
            sent = await here.declared(await here.union.registered("FR", "fr.officer", "FR"))
            line = await here.case(here.trader, sent.transit_operation.lrn, lambda each: bool(each["summary"]))
            wish = {"kind": "mrn", "reference": line["reference"], "following": False}
            await here.trader.call("case_files.follow_case", encode(wish))
            await here.case(here.trader, line["reference"], lambda each: each["told"] != line["told"])
            assert await told(here) == [f"FR/mrn/{line['reference']}"]

    asyncio.run(journey())


def test_who_asks_the_centre_for_a_case_that_it_keeps_is_not_sent_to_the_centre(tmp_path: Path) -> None:
    async def journey() -> None:
        async with Union(tmp_path, follows=True).running() as union:
            here = Stage(union)
            grn = await union.registered("EU", "de.officer", "DE")
            answer = await asked(here.trader, grn, country="DE")
            assert answer["type"] == "FollowRefused"
            assert answer["reason"].startswith("This system keeps the case and shows it here.")
            assert [each["names"] for each in await here.cases(here.trader)] == [[grn]]

    asyncio.run(journey())
