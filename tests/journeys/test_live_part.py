"""What the keeper of a case says now, at the centre: for programs by their own statements, and on the case's page."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest

from douane.assembly.pages.proving import invitation
from douane.channels.rest.client import Partner
from douane.configuration.settings import PagesAt
from douane.model.circles import Platform
from douane.vocabulary.errors import PartnerRefused
from tests.journeys.test_carried import Stage
from tests.journeys.test_kept_elsewhere import HOLDER, Silent, Union, refusal, until
from tests.journeys.test_shown_for import invented, signed, stated
from tests.journeys.test_told_by_the_keeper import declared
from tests.pages.visitor import Seen, Visitor

encode = msgspec.json.encode
DOORS = ("speed2", "ccn2", "uumds")
FORM = {"content-type": "application/x-www-form-urlencoded"}
HELPER = "representative.be"


@contextlib.asynccontextmanager
async def centre(folder: Path, **more: Any) -> AsyncIterator[Stage]:
    """A centre with the door of UUM&DS, which follows the French system, wherever that is."""
    async with Union(folder, follows=True).running(platforms=DOORS, **more) as union:
        yield Stage(union)


async def statement(here: Stage, name: str, asks: dict[str, str], **more: str) -> str:
    """What UUM&DS states of a client."""
    answer = await here.union.client("EU", "uumds", name).post("/statement", urlencode(asks | more).encode(), FORM)
    if answer.status != 200:
        raise PartnerRefused(f"{answer.status} {answer.text}")
    return str(answer.json()["statement"])


async def live(by: Partner, reference: str, said: str = "", **headers: str) -> Any:
    body = encode({"reference": reference, "statement": said})
    answer = await by.post("/case_files/v1/live", body, {"content-type": "application/json", **headers})
    if answer.status != 200:
        raise PartnerRefused(f"{answer.status} {answer.text}")
    return answer.json()


async def asked(here: Stage, reference: str) -> Any:
    """The live part as the holder asks it: what it is about, the statement, and the answer."""
    first = await live(here.trader, reference)
    return await live(here.trader, reference, await statement(here, "trader.fr.lesquin", first["asks"]))


def test_a_program_asks_by_a_statement_of_its_own(tmp_path: Path) -> None:
    async def journey() -> None:
        async with centre(tmp_path) as here, here.union.france():
            mrn = await declared(here)
            officer = here.union.client("FR", "ccn2", "fr.officer")
            first = await live(here.trader, mrn)
            assert first["known"] == {"says": "not known", "whom": "FR", "why": "kept elsewhere"}
            assert first["asks"] == {"keeper": "FR", "country": "FR", "reference": mrn}
            assert first["shown"] is None
            second = await asked(here, mrn)
            assert second["known"] == {"says": "yes"}
            own = await officer.call("case_files.show", encode({"reference": mrn}))
            assert second["shown"]["file"]["line"]["state"] == own["line"]["state"] == "released"
            assert second["shown"]["as_of"] > second["line"]["summary"]["changed"]
            # by the name that he gave it, and by the number that the centre gave it, it is the same
            lrn, number = second["line"]["names"][0], second["line"]["case"]
            for reference in (lrn, number):
                assert (await asked(here, reference))["shown"]["file"]["line"]["reference"] == mrn
            told = (await asked(here, mrn))["shown"]["file"]["shown_to"]
            assert [(each["account"], each["party"]) for each in told] == 3 * [("trader.fr.lesquin", HOLDER)]

    asyncio.run(journey())


def test_a_stranger_learns_nothing_and_nobody_brings_the_statement_of_another(tmp_path: Path) -> None:
    async def journey() -> None:
        async with centre(tmp_path) as here, here.union.france():
            grn = await here.union.registered("FR", "fr.officer", "FR")
            mrn, other = await declared(here, grn), await declared(here, grn)
            about = {"keeper": "FR", "country": "FR", "reference": mrn}
            holders = await statement(here, "trader.fr.lesquin", about)
            strangers = await statement(here, "trader.de.rhein", about)
            answers = {
                (await refusal(live(here.stranger, reference, said))).replace(reference, "")
                for reference in (mrn, invented(mrn)) for said in ("", holders, strangers)
            }  # fmt: skip
            assert len(answers) == 1, answers
            assert "DOU-1207" in answers.pop()
            for said in (strangers, await statement(here, "trader.fr.lesquin", about | {"reference": other}),
                         await statement(here, "trader.fr.lesquin", about | {"keeper": "DE"}),
                         signed(here, stated(here, mrn, sub="trader.de.rhein")), "no statement"):  # fmt: skip
                assert "403" in await refusal(live(here.trader, mrn, said))
            assert (await live(here.trader, mrn, holders))["known"] == {"says": "yes"}
            again = await live(here.trader, mrn, holders)
            assert (again["known"]["why"], again["shown"]) == ("does not answer", None), "it shows once"
            # UUM&DS states nothing of officers and systems, and nothing about what is no case
            for name in ("fr.officer", "fr.system", "commission.system"):
                assert "400" in await refusal(statement(here, name, about))
            assert "400" in await refusal(statement(here, "trader.fr.lesquin", about | {"keeper": "nobody"}))
            assert "401" in await refusal(statement(here, "trader.de.rhein", about, acting_for=HOLDER))

    asyncio.run(journey())


def test_a_delegate_asks_until_his_delegation_ends(tmp_path: Path) -> None:
    async def journey() -> None:
        async with centre(tmp_path) as here, here.union.france():
            grn = await here.union.registered("FR", "fr.officer", "FR")
            helper, uumds = here.union.client("EU", "speed2", HELPER), here.union.client("EU", "uumds", HELPER)
            grant = {"grant_type": "client_credentials", "resource": "speed2", "acting_for": HOLDER}
            token = (await uumds.post("/token", urlencode(grant).encode(), FORM)).json()["access_token"]
            bearer = {"authorization": f"Bearer {token}"}
            mrn = await _declared_by(here, helper, grn, bearer)
            asks = (await live(helper, mrn, **bearer))["asks"]
            said = await statement(here, HELPER, asks, acting_for=HOLDER)
            shown = (await live(helper, mrn, said, **bearer))["shown"]
            assert shown["file"]["line"]["reference"] == mrn
            kept = await statement(here, HELPER, asks, acting_for=HOLDER)
            own = await statement(here, HELPER, asks)
            assert "403" in await refusal(live(helper, mrn, own, **bearer)), "in his own name he has no part"
            told = (await asked(here, mrn))["shown"]["file"]["shown_to"]
            assert [(each["account"], each["party"], each["by"]) for each in told] == [
                (HELPER, HOLDER, "BE0123456789")], "his principal sees who looked"  # fmt: skip
            # the delegation ends: nothing is stated any more, and the statement that was made opens nothing here
            register = here.union.identity.register
            register.write_text(_without_delegation(register.read_text()))
            async with asyncio.timeout(20):
                while True:
                    with contextlib.suppress(PartnerRefused):
                        await statement(here, HELPER, asks, acting_for=HOLDER)
                        await asyncio.sleep(0.1)
                        continue
                    break
            assert (await refusal(live(helper, mrn, kept, **bearer)))[:3] in ("401", "403")
            assert len((await asked(here, mrn))["shown"]["file"]["shown_to"]) == 2

    asyncio.run(journey())


async def _declared_by(here: Stage, by: Partner, grn: str, bearer: dict[str, str]) -> str:
    """The MRN of a declaration that a delegate sends, once its summary is told."""
    from douane.simulator.messages.declarations import Cover, declaration
    from douane.standards.ncts import phase5

    message = declaration(here.union.numbers, Cover(grn))
    sent = await by.send(phase5.write(message), headers=bearer)
    assert sent.status == 202, sent.body
    lrn = message.transit_operation.lrn
    return str((await here.case(here.trader, lrn, lambda each: bool(each["summary"])))["reference"])


def _without_delegation(text: str) -> str:
    """The register of clients without the delegation of the representative."""
    before, begins, rest = text.partition(f'id = "{HELPER}"')
    own, following, after = rest.partition("[[client]]")
    kept = own.partition("[[client.delegation]]")[0]
    assert kept != own
    return before + begins + kept + following + after


def test_a_keeper_that_is_silent_or_refuses_makes_nobody_wait_and_is_named(tmp_path: Path) -> None:
    async def journey() -> None:
        async with centre(tmp_path) as here:
            async with here.union.france():
                mrn = await declared(here)
            asks = {"keeper": "FR", "country": "FR", "reference": mrn}
            gone = await asked(here, mrn)
            assert (gone["known"]["says"], gone["known"]["why"]) == ("not known", "cannot be reached")
            assert gone["line"]["state"] == "released", "what was told last"
            silent = Silent()
            async with await asyncio.start_server(silent.serve, "127.0.0.1", here.union.port):
                here.union.nodes["EU"].core.keepers.registers.silent.clear()
                said, began = await statement(here, "trader.fr.lesquin", asks), time.monotonic()
                waits = asyncio.create_task(live(here.trader, mrn, said))
                await until(lambda: bool(silent.taken))
                one = time.monotonic()
                shown = await here.union.client("EU", "speed2", "trader.fr.lesquin").call(
                    "case_files.show", encode({"reference": mrn})
                )  # fmt: skip
                assert shown["line"]["reference"] == mrn
                assert not waits.done(), "the case itself does not wait for its keeper"
                assert time.monotonic() - one < 3
                answer = await waits
                assert (answer["known"]["why"], answer["shown"]) == ("cannot be reached", None)
                assert time.monotonic() - began < 20
            async with here.union.france():
                here.union.nodes["EU"].core.keepers.registers.silent.clear()
                here.union.nodes["FR"].core.live.often = 1
                assert (await asked(here, mrn))["shown"]
                often = await asked(here, mrn)
                assert (often["known"]["why"], often["shown"]) == ("does not answer", None), "the keeper bounds it"
                here.union.nodes["EU"].core.live.often = 1
                assert (await asked(here, mrn))["known"]["why"] == "does not answer", "and the centre does not ask"
                here.union.nodes["EU"].core.live.often = 60
            async with here.union.france(one_view="summary"):
                here.union.nodes["EU"].core.keepers.registers.silent.clear()
                refused = await asked(here, mrn)
                assert (refused["known"]["why"], refused["shown"]) == ("does not answer", None)

    asyncio.run(journey())


@pytest.mark.parametrize("where", ["file", "line"])
def test_a_keeper_shows_no_case_of_another_administration(tmp_path: Path, where: str) -> None:
    class Lying:
        """The way to the French system, which says that its case is Germany's."""

        def __init__(self, way: Any) -> None:
            self.way = way

        async def call(self, operation: str, body: bytes) -> Any:
            answer = await self.way.call(operation, body)
            told = answer["file"] if where == "file" else answer["file"]["line"]
            told["administration"] = "DE"
            return answer

    async def journey() -> None:
        async with centre(tmp_path) as here, here.union.france():
            mrn, part = await declared(here), here.union.nodes["EU"].core.live
            assert (await asked(here, mrn))["shown"]
            part.ways = {**part.ways, "FR": Lying(part.ways["FR"])}
            found = await asked(here, mrn)
            assert (found["known"]["why"], found["shown"]) == ("does not answer", None)

    asyncio.run(journey())


@contextlib.asynccontextmanager
async def visiting(folder: Path) -> AsyncIterator[tuple[Stage, Any]]:
    """A centre with pages, and a way to look at them as the holder, or as somebody else."""
    async with centre(folder, pages=PagesAt(port=0)) as here:
        pages = here.union.nodes["EU"].pages
        assert pages is not None
        site = pages.url("portal")

        async def enter(name: str) -> Any:
            visitor = Visitor(pages.port)
            way = invitation(pages.sessions, site, name, Platform.SPEED2, "/")
            await asyncio.to_thread(visitor.get, way)

            async def page(path: str, **headers: Any) -> Seen:
                return await asyncio.to_thread(lambda: visitor.ask("GET", site + path, **headers))

            return page

        yield here, enter


def test_the_page_of_a_case_is_completed_beside_and_names_what_differs(tmp_path: Path) -> None:
    async def journey() -> None:
        async with visiting(tmp_path) as (here, enter):
            page = await enter("trader.fr.lesquin")
            async with here.union.france():
                mrn = await declared(here)
                case = await page(f"/cases/{mrn}")
                way = f"/cases/{mrn}/live?country=FR"
                assert f'href="{way}"' in case.body, "without a script"
                assert f'hx-get="{way}&amp;part=keeper' in case.body
                assert 'hx-trigger="load"' in case.body, "once, and not every two seconds: each look is written down"
                live_page = await page(way)
                assert live_page.status == 200
                assert "What the system of FR says now" in live_page.body
                assert "Summary and live part differ" not in live_page.body
                assert 'hx-trigger="load"' not in live_page.body
                part = await page(f"{way}&part=keeper")
                assert "trader.fr.lesquin" in part.body, "the party is told who looked"
                assert "<html" not in part.body
                # the summary is not read on, and the office invalidates the movement
                here.union.nodes["EU"].core.summaries.every = 3_600
                await asyncio.sleep(0.5)
                officer = here.union.client("FR", "ccn2", "fr.officer")
                await officer.call(
                    "transit.invalidate_by_office", encode({"mrn": mrn, "justification": "Goods destroyed by fire."})
                )
                async with asyncio.timeout(30):
                    while True:
                        own = await officer.call("case_files.show", encode({"reference": mrn}))
                        if own["line"]["state"] == "invalidated":
                            break
                        await asyncio.sleep(0.05)
                seen = await page(way)
                assert "Summary and live part differ" in seen.body
                found = json.loads((await page(f"{way}&format=json")).body)["operations"]
                (answer,) = [each["answer"] for each in found]
                assert answer["line"]["state"] == "released"
                assert answer["shown"]["file"]["line"]["state"] == "invalidated"
                for word in ("invalidated", "released", "In the summary", "Now"):
                    assert word in seen.body
                other = await enter("trader.de.rhein")
                there, none = [await other(f"/cases/{each}/live?country=FR") for each in (mrn, invented(mrn))]
                assert there.status == none.status
                assert there.body.replace(mrn, "") == none.body.replace(invented(mrn), "")
            # the keeper is away: the case is drawn, and the live part says who gives no answer
            case = await page(f"/cases/{mrn}")
            assert case.status == 200
            assert "released" in case.body
            seen = await page(way)
            assert seen.status == 200
            assert "The system of FR gives no answer" in seen.body
            assert "What it told last is as of" in seen.body
            async with here.union.france(one_view="summary"):
                here.union.nodes["EU"].core.keepers.registers.silent.clear()
                seen = await page(way)
                assert seen.status == 200
                assert "shows it at its own doors alone" in seen.body

    asyncio.run(journey())


@pytest.mark.parametrize("language", ["de", "fr"])
def test_the_live_part_is_said_in_the_languages_of_the_pages(language: str, tmp_path: Path) -> None:
    async def journey() -> None:
        async with visiting(tmp_path) as (here, enter):
            page = await enter("trader.fr.lesquin")
            async with here.union.france():
                mrn = await declared(here)
                seen = await page(f"/cases/{mrn}/live?country=FR", accept_language=language)
                assert f'lang="{language}"' in seen.body
                assert "What the system of" not in seen.body
                assert "Messages that its system has" not in seen.body

    asyncio.run(journey())
