"""What stands at the centre of cases that a national system keeps: what it carried itself, for each party its own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator, Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from douane.applications.customs_decisions.messages.words import DecisionType
from douane.applications.customs_decisions.tests.samples import CGU, application
from douane.assembly.pages.proving import invitation
from douane.channels.rest.client import Partner
from douane.configuration.settings import PagesAt
from douane.model.circles import Platform
from douane.simulator.messages.declarations import Cover, declaration
from douane.simulator.messages.later import amendment
from douane.standards.ncts import phase5
from douane.standards.ncts.phase5 import CC015C
from tests.journeys.test_kept_elsewhere import Union, refusal
from tests.pages.visitor import Visitor

encode = msgspec.json.encode


class Stage:
    """A centre, the French system, and traders at the centre's door."""

    def __init__(self, union: Union) -> None:
        self.union = union
        self.trader = union.client("EU", "speed2", "trader.fr.lesquin")
        self.stranger = union.client("EU", "speed2", "trader.de.rhein")

    async def declared(self, grn: str, by: Partner | None = None, **change: Any) -> CC015C:
        """A declaration to the French system, sent at the centre."""
        message = declaration(self.union.numbers, Cover(grn))
        message = replace(message, **change)
        sent = await (by or self.trader).send(phase5.write(message))
        assert sent.status == 202, sent.body
        return message

    async def cases(self, by: Partner, **asked: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await by.call("case_files.my_cases", encode(asked)))["cases"]
        return found

    async def case(self, by: Partner, name: str, until: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The case that somebody's list has under a name, once it is as wanted."""
        async with asyncio.timeout(60):
            while True:
                for each in await self.cases(by):
                    if name in (each["reference"], *each["names"]) and until(each):
                        return each
                await asyncio.sleep(0.05)

    async def state(self, by: Partner, name: str, state: str) -> dict[str, Any]:
        return await self.case(by, name, lambda each: each["state"] == state)

    async def told(self, by: Partner, name: str) -> list[dict[str, Any]]:
        file = await by.call("case_files.show", encode({"reference": name}))
        messages: list[dict[str, Any]] = file["messages"]
        return messages


@contextlib.asynccontextmanager
async def stage(folder: Path) -> AsyncIterator[Stage]:
    async with Union(folder).running() as union, union.france():
        yield Stage(union)


def test_a_party_sees_what_was_carried_with_the_state_that_its_keeper_says(tmp_path: Path) -> None:
    async def journey() -> None:
        async with Union(tmp_path).running() as union:
            async with union.france():
                here = Stage(union)
                sent = await here.declared(await union.registered("FR", "fr.officer", "FR"))
                line = await here.state(here.trader, sent.transit_operation.lrn, "released")
                mrn = line["reference"]
                assert (mrn[2:4], line["administration"], line["kept_by"], line["office"]) == (
                    "FR", "FR", "FR", "FR005350")  # fmt: skip
                assert line["told"]
                officer = union.client("FR", "ccn2", "fr.officer")
                kept = await officer.call("transit.find_movement", encode({"mrn": mrn}))
                assert kept["state"] == line["state"]
                said = await here.told(here.trader, mrn)
                assert [each["type"] for each in said] == [
                    "transit.lodge_declaration", "CC928C", "CC028C", "CC029C"]  # fmt: skip
                assert [each["type"] for each in await here.told(here.trader, sent.transit_operation.lrn)] == [
                    each["type"] for each in said]  # fmt: skip
                listed = await here.trader.call("case_files.my_messages", encode({}))
                assert [(each["reference"], each["administration"]) for each in listed["messages"]] == 4 * [(mrn, "FR")]
                # what is about it joins it, and its refusal is read in words
                wrong = amendment(union.numbers, sent, mrn, Decimal("90000000.00"))
                assert (await here.trader.send(phase5.write(wrong))).status == 202
                await here.case(here.trader, mrn, lambda each: each["told"] != line["told"])
                said = await here.told(here.trader, mrn)
                assert [each["type"] for each in said][4:] == ["transit.amend_declaration", "CC056C"]
                text = await here.trader.call(
                    "case_files.message", encode({"reference": mrn, "leaf": said[-1]["leaf"]})
                )  # fmt: skip
                assert mrn in text["text"]
                assert said[-1]["faults"] or "rejectionReason" in text["text"]
                assert len(await here.cases(here.trader)) == 1
                assert (await here.cases(here.trader))[0]["state"] == "released", "a refused amendment changes nothing"
            # whoever keeps it is away: the same list
            assert (await here.cases(here.trader))[0]["reference"] == mrn
            assert len(await here.told(here.trader, mrn)) == 6

    asyncio.run(journey())


def test_what_is_refused_is_told_and_its_name_is_free_again(tmp_path: Path) -> None:
    async def journey() -> None:
        async with stage(tmp_path) as here:
            unknown = await here.declared(here.union.grn("FR"))
            await here.state(here.trader, unknown.transit_operation.lrn, "guarantee not valid")
            good = await here.union.registered("FR", "fr.officer", "FR")
            operation = replace(unknown.transit_operation, declaration_type="T2SM")
            wrong = await here.declared(good, transit_operation=replace(operation, lrn="WRONG-1"))
            line = await here.state(here.trader, "WRONG-1", "rejected")
            said = await here.told(here.trader, "WRONG-1")
            assert [each["type"] for each in said] == ["transit.lodge_declaration", "CC056C"]
            assert said[-1]["faults"]
            assert line["reference"] == line["case"], "no MRN was given"
            assert wrong.transit_operation.lrn == "WRONG-1"

    asyncio.run(journey())


def test_a_stranger_learns_of_nothing_joins_nothing_and_puts_nothing_into_anybodys_list(tmp_path: Path) -> None:
    async def journey() -> None:
        async with stage(tmp_path) as here:
            sent = await here.declared(await here.union.registered("FR", "fr.officer", "FR"))
            lrn = sent.transit_operation.lrn
            mrn = (await here.state(here.trader, lrn, "released"))["reference"]
            before, told = await here.cases(here.trader), await here.told(here.trader, mrn)
            invented = mrn[:-5] + "999" + mrn[-2:]

            async def shown(name: str, **more: str) -> str:
                return await refusal(here.stranger.call("case_files.show", encode({"reference": name, **more})))

            assert await here.cases(here.stranger) == []
            assert await here.cases(here.stranger, country="FR") == []
            for more in ({}, {"country": "FR"}):
                known, unknown = await shown(mrn, **more), await shown(invented, **more)
                assert known.replace(mrn, "") == unknown.replace(invented, "")
                assert "DOU-1207" in known
                number = await shown(before[0]["case"], **more)
                assert number.replace(before[0]["case"], "") == (
                    await shown("0" * 16, **more)).replace("0" * 16, "")  # fmt: skip
            message = encode({"reference": mrn, "leaf": told[0]["leaf"]})
            assert "DOU-1207" in await refusal(here.stranger.call("case_files.message", message))
            # his own message under another's LRN, in the holder's name, and about another's MRN
            await here.declared(here.union.grn("FR"), by=here.stranger, transit_operation=sent.transit_operation)
            changed = amendment(here.union.numbers, sent, mrn, Decimal("1.00"))
            assert (await here.stranger.send(phase5.write(changed))).status == 202
            own = await here.case(here.stranger, mrn, lambda each: bool(each["told"]))
            assert own["case"] != before[0]["case"]
            assert {each["case"] for each in await here.cases(here.stranger)}.isdisjoint({before[0]["case"]})
            assert await here.cases(here.trader) == before
            assert await here.told(here.trader, mrn) == told
            for each in await here.told(here.stranger, own["case"]):
                assert each["type"] in {"transit.amend_declaration", "CC056C"}
            # the officers and systems of whichever administration see none of it here
            for name in ("fr.officer", "de.officer"):
                officer = here.union.client("EU", "ccn2", name)
                assert {each["kind"] for each in await here.cases(officer)} <= {"PassageRecord"}, "of his own office"
                asked = encode({"reference": before[0]["case"]})
                assert "DOU-12" in await refusal(officer.call("case_files.show", asked))

    asyncio.run(journey())


def test_a_representative_shows_the_holder_the_case_and_not_what_he_was_told(tmp_path: Path) -> None:
    """Whoever is named has a part only where the sender may say so; what was said to another stays his."""

    async def journey() -> None:
        async with stage(tmp_path) as here:
            own = "DE1234567890123"
            told = await here.declared(
                here.union.grn("FR"), by=here.stranger, message_sender=own,
                representative=phase5.Representative02(identification_number=own, status="2"),
            )  # fmt: skip
            lrn = told.transit_operation.lrn
            line = await here.case(here.stranger, lrn, lambda each: bool(each["told"]))
            shown = await here.case(here.trader, lrn, lambda each: True)
            assert shown["case"] == line["case"]
            assert await here.told(here.trader, shown["case"]) == []
            assert {each["type"] for each in await here.told(here.stranger, lrn)} > {"transit.lodge_declaration"}

    asyncio.run(journey())


def test_an_application_elsewhere_has_the_state_that_the_authority_tells(tmp_path: Path) -> None:
    async def journey() -> None:
        async with stage(tmp_path) as here:
            body = encode(application(DecisionType.CGU, CGU, own="carried-1"))
            await here.trader.call("customs_decisions.lodge", body, "APPLIED-1")
            line = await here.state(here.trader, "carried-1", "lodged")
            assert line["reference"].startswith("FR")
            assert line["kept_by"] == "FR"
            kept = await here.union.client("FR", "ccn2", "fr.officer").call(
                "customs_decisions.show", encode({"reference": line["reference"]})
            )
            assert kept["state"] == line["state"]

    asyncio.run(journey())


def test_pages_show_what_was_carried_and_each_message_in_words(tmp_path: Path) -> None:
    async def journey() -> None:
        async with Union(tmp_path).running(pages=PagesAt(port=0)) as union, union.france():
            here, pages = Stage(union), union.nodes["EU"].pages
            assert pages is not None
            grn = union.grn("FR")
            unknown = await here.declared(grn)
            lrn = unknown.transit_operation.lrn
            line = await here.state(here.trader, lrn, "guarantee not valid")
            visitor, site = Visitor(pages.port), pages.url("portal")
            way = invitation(pages.sessions, site, "trader.fr.lesquin", Platform.SPEED2, "/")

            async def shown(path: str) -> str:
                return (await asyncio.to_thread(visitor.get, site + path)).body

            await asyncio.to_thread(visitor.get, way)
            mrn = line["reference"]
            cases = await shown("/cases")
            assert mrn in cases
            assert "kept by the system of FR" in cases
            listed = json.loads(await shown("/cases?format=json"))["operations"][0]["answer"]["cases"]
            assert [(each["reference"], each["state"]) for each in listed] == [(mrn, "guarantee not valid")]
            case = await shown(f"/cases/{mrn}")
            assert grn in case, "the reason stands on the case"
            assert case.index("h-faults") < case.index("h-timeline")
            messages = await shown("/messages")
            for page in (case, messages):
                ways = re.findall(rf"/cases/{mrn}/messages/[0-9]+[?]country=FR", page)
                assert len(set(ways)) == 4, "declaration, acknowledgement, MRN, guarantee not valid"
            told = await here.told(here.trader, mrn)
            read = await shown(f"/cases/{mrn}/messages/{told[-1]['leaf']}?country=FR")
            assert grn in read
            assert "Guarantee not valid" in read
            declared = await shown(f"/cases/{mrn}/messages/{told[0]['leaf']}?country=FR")
            assert "Roasted coffee" in declared
            for typed in (lrn, mrn, mrn.lower()):  # an MRN has capital letters, however somebody types it
                found = await asyncio.to_thread(visitor.get, f"{site}/find?reference={typed}")
                assert (found.status, mrn in found.body) == (200, True), typed
            # somebody else is told that there is none, of the case as of its messages
            other = Visitor(pages.port)
            way = invitation(pages.sessions, site, "trader.de.rhein", Platform.SPEED2, "/")
            await asyncio.to_thread(other.get, way)
            for path in (f"/cases/{mrn}", f"/cases/{mrn}/messages/{told[0]['leaf']}?country=FR"):
                assert (await asyncio.to_thread(other.ask, "GET", site + path)).status in (404, 421)
            assert mrn not in (await asyncio.to_thread(other.get, site + "/cases")).body

    asyncio.run(journey())
