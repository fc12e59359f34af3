"""Summaries that a national system tells of its cases, joined by the centre to what it carried; by real doors."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import msgspec

from douane.central_repository.replica.replica import Replica
from douane.central_repository.summaries import SUMMARIES, Keeper
from douane.configuration import discovery
from douane.configuration.ports import SystemClock
from douane.standards.transparency_log.note import parse_key
from douane.vocabulary.known import Why
from tests.journeys.test_carried import Stage
from tests.journeys.test_kept_elsewhere import HOLDER, Union, judged, refusal

encode = msgspec.json.encode


@contextlib.asynccontextmanager
async def following(folder: Path) -> AsyncIterator[Stage]:
    """A centre that follows France."""
    async with Union(folder, follows=True).running() as union, union.france():
        yield Stage(union)


async def declared(here: Stage, grn: str = "") -> str:
    """The MRN of a declaration at the centre's door that the French system released, once its summary is told."""
    sent = await here.declared(grn or await here.union.registered("FR", "fr.officer", "FR"))
    line = await here.case(here.trader, sent.transit_operation.lrn, lambda each: bool(each["summary"]))
    return str(line["reference"])


async def summarised(here: Stage, mrn: str, until: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The line of a case, once its keeper told what is wanted."""
    return await here.case(here.trader, mrn, lambda each: bool(each["summary"]) and until(each))


def test_what_the_keepers_own_door_says_stands_in_every_list_of_the_party(tmp_path: Path) -> None:
    async def journey() -> None:
        async with following(tmp_path) as here:
            mrn = await declared(here)
            officer = here.union.client("FR", "ccn2", "fr.officer")
            line = await summarised(here, mrn, lambda each: each["state"] == "released")
            own = (await officer.call("case_files.show", encode({"reference": mrn})))["line"]
            movement = await officer.call("transit.find_movement", encode({"mrn": mrn}))
            assert line["state"] == own["state"] == movement["state"]
            assert (line["office"], line["deadline"]) == (own["office"], own["deadline"])
            told = line["summary"]
            assert (told["keeper"], told["why"], told["since"]) == ("FR", None, None)
            assert told["as_of"] >= told["changed"]
            assert told["limit"]
            assert told["article"]
            # by its state, by its limit, among those that end first, and on the page of the case
            for asked in ({"state": "released"}, {"ends_before": "2099-01-01T00:00:00Z"}, {"soonest": True}):
                found = await here.cases(here.trader, **asked)
                assert [each["reference"] for each in found] == [mrn], asked
            assert await here.cases(here.trader, state="rejected") == []
            shown = await here.trader.call("case_files.show", encode({"reference": mrn}))
            assert [(each["limit"], each["runs"]) for each in shown["limits"]] == [(told["limit"], True)]

    asyncio.run(journey())


def test_a_stranger_an_officer_and_another_administration_are_told_nothing(tmp_path: Path) -> None:
    async def journey() -> None:
        async with following(tmp_path) as here:
            mrn = await declared(here)
            invented = mrn[:-5] + "999" + mrn[-2:]
            for who in (here.stranger, *(here.union.client("EU", "ccn2", f"{c}.officer") for c in ("de", "fr"))):
                # an office on the way has a passage of its own, and of that nobody tells it more
                assert not [each for each in await here.cases(who) if each["summary"] or each["administration"] == "FR"]
            known, unknown = [
                await refusal(here.stranger.call("case_files.show", encode({"reference": each})))
                for each in (mrn, invented)
            ]  # fmt: skip
            assert known.replace(mrn, "") == unknown.replace(invented, "")
            # the data set: for the system of the centre alone, at the keeper; for nobody at the centre
            asked = {"data_set": "case_summaries", "view": "full"}
            for node, name in (
                ("FR", "commission.officer"), ("FR", "de.system"), ("FR", "fr.system"), ("FR", "fr.officer"),
                ("EU", "fr.system"), ("EU", "de.system"), ("EU", "commission.officer"), ("EU", "fr.officer"),
            ):  # fmt: skip
                client = here.union.client(node, "ccn2", name)
                for operation in ("snapshot", "changes", "state"):
                    text = await judged(lambda o=operation, c=client: c.call(f"final_data.{o}", encode(asked)))  # type: ignore[misc]
                    assert "404" in text, (node, name, operation)
                sets = await client.call("final_data.data_sets", b"{}")
                assert "case_summaries" not in str(sets)
                key = {**asked, "key": f"FR/mrn/{mrn}"}
                assert "404" in await judged(lambda c=client, k=key: c.call("final_data.look_up", encode(k)))  # type: ignore[misc]
            # and the centre gets no single entry in somebody's name
            centre = here.union.client("FR", "ccn2", "commission.system")
            for asker in ("officer", "member_state", "commission"):
                asking = {**asked, "key": f"FR/mrn/{mrn}", "asker": asker, "administration": "DE"}
                assert "40" in await refusal(centre.call("final_data.look_up_for", encode(asking)))

    asyncio.run(journey())


def test_what_a_party_does_at_the_keepers_own_door_is_not_told(tmp_path: Path) -> None:
    async def journey() -> None:
        async with following(tmp_path) as here:
            mrn = await declared(here)
            # the guarantee that covers it is a case of the same holder, which its office began at its own door
            centre = here.union.client("FR", "ccn2", "commission.system")
            page = await centre.call(
                "final_data.snapshot", encode({"data_set": "case_summaries", "view": "full"})
            )  # fmt: skip
            assert [each["key"] for each in page["entries"]] == [f"FR/mrn/{mrn}"]
            said = json.loads(page["entries"][0]["content"])
            names = [party for party, _ in said["parties"]]
            assert HOLDER in names
            assert not [each for each in names if each.startswith("NTA.")], "administrations have their own"

    asyncio.run(journey())


def test_a_keeper_that_is_silent_is_shown_as_it_was_and_marked(tmp_path: Path) -> None:
    async def journey() -> None:
        async with Union(tmp_path, follows=True).running() as union:
            here = Stage(union)
            async with union.france():
                mrn = await declared(here)
            line = await summarised(here, mrn, lambda each: bool(each["summary"]["why"]))
            assert (line["state"], line["summary"]["why"]) == ("released", "cannot be reached")
            assert line["summary"]["since"] >= line["summary"]["as_of"]
            async with union.france():
                again = await summarised(here, mrn, lambda each: not each["summary"]["why"])
                assert again["summary"]["as_of"] > line["summary"]["as_of"]
        # the centre is started anew while the keeper is away: what it told is still there
        async with Union(tmp_path, follows=True).running() as union:
            line = await summarised(Stage(union), mrn, lambda each: bool(each["summary"]["why"]))
            assert line["state"] == "released"

    asyncio.run(journey())


def test_a_keeper_that_was_set_back_to_yesterday_is_marked_and_not_followed(tmp_path: Path) -> None:
    async def journey() -> None:
        async with Union(tmp_path, follows=True).running() as union:
            here = Stage(union)
            async with union.france():
                grn = await union.registered("FR", "fr.officer", "FR")
                await declared(here, grn)
            shutil.copytree(union.folder / "FR", union.folder / "copy")
            async with union.france():
                mrn = await declared(here, grn)
            shutil.rmtree(union.folder / "FR")
            shutil.copytree(union.folder / "copy", union.folder / "FR")
            async with union.france():
                line = await summarised(here, mrn, lambda each: each["summary"]["why"] == "was set back")
                assert line["state"] == "released", "what it lost is not followed"
                assert line["summary"]["since"]

    asyncio.run(journey())


def test_of_two_that_claim_a_case_the_provision_decides_and_the_operator_is_told(tmp_path: Path) -> None:
    """A node that France chose nobody by tells of its own copy of a French case."""

    async def journey() -> None:
        async with following(tmp_path) as here:
            mrn = await declared(here)
            summaries, told = here.union.nodes["EU"].core.summaries, list[tuple[str, ...]]()
            summaries.disagree = told.append
            way = summaries.keepers["FR"].way
            store = discovery.open_store("memory:")
            replica = Replica(store, (SUMMARIES,), parse_key(here.union.key("FR")), SystemClock())
            summaries.keepers["BE"] = Keeper("BE", replica, way, store.close)
            await summaries.read(summaries.keepers["BE"])
            assert summaries.keepers["BE"].entry(f"FR/mrn/{mrn}") is not None, "it claims the case"
            (line,) = await here.cases(here.trader)
            assert (line["state"], line["summary"]["keeper"]) == ("released", "FR")
            assert set(told) == {("BE",)}
            # alone it is believed no more than that
            del summaries.keepers["FR"]
            (line,) = await here.cases(here.trader)
            assert line["summary"] is None

    asyncio.run(journey())


def test_a_keeper_whose_key_is_another_is_not_believed(tmp_path: Path) -> None:
    async def journey() -> None:
        union = Union(tmp_path, follows=True)
        async with union.running():
            (union.folder / "FR" / "audit.key").write_bytes(bytes(range(32)))
            here = Stage(union)
            async with union.france():
                sent = await here.declared(await union.registered("FR", "fr.officer", "FR"))
                line = await here.state(here.trader, sent.transit_operation.lrn, "released")
                summaries = union.nodes["EU"].core.summaries
                async with asyncio.timeout(60):
                    while summaries.keepers["FR"].why is not Why.SET_BACK:  # noqa: ASYNC110 - nobody tells
                        await asyncio.sleep(0.05)
                assert line["summary"] is None

    asyncio.run(journey())
