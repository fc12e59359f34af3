"""Registers of which others keep entries: yes, no, or not known since when and whose; by nodes through real doors."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.shared_services.monitoring import catalogue as known
from douane.vocabulary.errors import PartnerRefused
from tests.journeys.test_kept_elsewhere import Union

FORM = {
    "name": "Lesquin SA", "street_and_number": "1 rue du Port", "post_code": "59000", "town": "Lille",
    "activity": "producer", "goods": "Woven fabrics", "headings": ["5208"], "undertakes": True,
    "signed_by": "Anne Petit", "signed_on": "2026-01-05", "publish": False,
}  # fmt: skip
EXPORTER, OTHER = "FR40123456700017", "DE1234567890123"


async def asked(partner: Any, operation: str, **question: Any) -> Any:
    """The answer to a question, as JSON."""
    return await partner.call(operation, msgspec.json.encode(question))


async def says(partner: Any, what: str, operation: str, *, times: int = 100, **question: Any) -> bool:
    """Whether a register comes to say something, once its keeper can be asked again."""
    for _ in range(times):
        if (await asked(partner, operation, **question))["known"] == {"says": what}:
            return True
        await asyncio.sleep(0.1)
    return False


async def collected(partner: Any, type_name: str) -> Any:
    """The first message of a type that comes into an inbox."""
    after = ""
    for _ in range(40):
        items, after = await partner.collect(after=after, wait=5.0)
        for each in items:
            if each["type"] == type_name:
                return msgspec.json.decode(each["body"])
    raise AssertionError(type_name)


async def registered_exporter(
    union: Union, own: str = "rex-1", exporter: str = EXPORTER, client: str = "trader.fr.lesquin"
) -> str:
    """An exporter that applies at the centre, and that the French office registers in the French system."""
    trader, officer = union.client("EU", "speed2", client), union.client("FR", "ccn2", "fr.officer")
    said = {"own_reference": own, "exporter": exporter, "authority": "FR", "form": FORM}
    await trader.call("rex.apply", msgspec.json.encode(said), own)
    reference = (await collected(trader, "RexReceived"))["reference"]
    await officer.call("rex.decide", msgspec.json.encode({"reference": reference, "registered": True}))
    return str((await collected(trader, "RexRegistered"))["number"])


def test_a_check_of_a_number_whose_keeper_is_away_says_neither_yes_nor_no(tmp_path: Path) -> None:
    async def journey() -> None:
        async with Union(tmp_path).running() as union:
            stranger = union.client("EU", "speed2", "trader.de.rhein")
            before = dt.datetime.now(dt.UTC)
            async with union.france():
                number = await registered_exporter(union)
                nobodys = number[:-1] + ("1" if number[-1] != "1" else "2")
                there = await asked(stranger, "rex.validate", number=number)
                assert there["known"] == {"says": "yes"}
                assert there["valid_from"]
                assert (await asked(stranger, "rex.validate", number=nobodys))["known"] == {"says": "no"}
                # the desk of another administration asks about a statement on origin, and is told the same
                german = union.client("EU", "ccn2", "de.officer")
                statement = {"number": number, "made_on": there["valid_from"]}
                assert (await asked(german, "rex.standing", **statement))["known"] == {"says": "yes"}
                # a national node asks the centre for what it does not keep
                french = union.client("FR", "ccn2", "fr.officer")
                assert (await asked(french, "rex.validate", number="DEREX0001"))["known"] == {"says": "no"}
            said: Any = None
            for each in (number, nobodys):
                said = await asked(stranger, "rex.validate", number=each)
                assert said["known"]["says"] == "not known", "a number that is there and one that is not are told alike"
                assert (said["known"]["whom"], said["known"]["why"]) == ("FR", "cannot be reached")
                since = dt.datetime.fromisoformat(said["known"]["since"])
                assert before < since <= dt.datetime.now(dt.UTC)
            assert (await asked(german, "rex.standing", **statement))["known"]["says"] == "not known"
            assert said["known"]["since"] == (await asked(stranger, "rex.validate", number=number))["known"]["since"]
            # no way leads to Belgium
            belgian = await asked(stranger, "rex.validate", number="BEREX0001")
            assert belgian["known"] == {"says": "not known", "whom": "BE", "why": "no way leads there"}
            async with union.france():
                assert await says(stranger, "yes", "rex.validate", number=number), "it answers after"

    asyncio.run(journey())


def test_nobody_is_told_that_an_authority_elsewhere_granted_him_nothing(tmp_path: Path) -> None:
    async def journey() -> None:
        async with Union(tmp_path).running() as union:
            trader = union.client("EU", "speed2", "trader.fr.lesquin")
            for operation in ("authorisations.mine", "guarantees.mine", "rex.list_exporters"):
                there = await asked(trader, operation, country="FR")
                assert (there["lines"], there["known"]["says"], there["known"]["whom"]) == ([], "not known", "FR")
                here = await asked(trader, operation, country="DE")
                assert (here["lines"], here.get("known", {"says": "yes"})) == ([], {"says": "yes"})
            german = union.client("EU", "ccn2", "de.officer")
            reference = "FRACRFR0001234562026001"
            answer = await asked(german, "authorisations.ask", reference=reference)
            assert (answer["known"]["says"], answer["known"]["why"]) == ("not known", "cannot be reached")
            async with union.france():
                assert await says(german, "no", "authorisations.ask", reference=reference), "who keeps it says so"
                # a register of the Union is asked by a national node, by its own contract, too
                french = union.client("FR", "ccn2", "fr.officer")
                told = await asked(french, "eori.validate", eori=["DE1234567"])
                assert told["return"]["result"][0]["status"] == 1
                assert (await asked(french, "aeo.check", identifier=EXPORTER))["known"] == {"says": "no"}

    asyncio.run(journey())


def test_a_contract_without_such_an_answer_refuses_and_never_says_not_valid(tmp_path: Path) -> None:
    async def journey() -> None:
        union = Union(tmp_path)
        async with union.running(), union.france():
            french = union.client("FR", "ccn2", "fr.officer")
            union.nodes["FR"].core.keepers.ways = {}
            with pytest.raises(PartnerRefused) as problem:
                await asked(french, "eori.validate", eori=["DE1234567"])
            assert "DOU-3001" in problem.value.text
            assert "not known" in problem.value.text

    asyncio.run(journey())


def test_a_keeper_that_was_set_back_to_a_copy_of_yesterday_is_marked(tmp_path: Path) -> None:
    async def journey() -> None:
        async with Union(tmp_path).running() as union:
            stranger = union.client("EU", "speed2", "trader.de.rhein")
            async with union.france():
                before = await registered_exporter(union)
            shutil.copytree(union.folder / "FR", union.folder / "copy")
            async with union.france():
                number = await registered_exporter(union, "rex-2", OTHER, "trader.de.rhein")
                assert await says(stranger, "yes", "rex.validate", number=number)
            shutil.rmtree(union.folder / "FR")
            shutil.copytree(union.folder / "copy", union.folder / "FR")
            async with union.france():
                assert not await says(stranger, "no", "rex.validate", number=number, times=20)
                lost, held = [
                    (await asked(stranger, "rex.validate", number=each))["known"] for each in (number, before)
                ]
                assert (lost["says"], lost["whom"], lost["why"]) == ("not known", "FR", "was set back")
                assert (held["says"], held["why"]) == ("yes", "was set back"), "it may have changed since the copy"
                shown = union.nodes["EU"].telemetry.metrics
                assert shown.read(known.KEEPERS_SET_BACK) == [(("FR",), 1.0)], "which its alert is about"
                assert shown.read(known.KEEPERS_DISAGREE) == []

    asyncio.run(journey())
