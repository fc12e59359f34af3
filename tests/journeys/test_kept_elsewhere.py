"""Look-ups of what a national system keeps, asked at the centre: by three nodes through their real doors."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.assembly.node import RunningNode, running
from douane.channels.rest.client import Identity, Partner
from douane.configuration.keys import signing_key
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings, Uplink
from douane.simulator.messages.numbers import Numbers
from douane.vocabulary.errors import PartnerRefused
from tests.journeys.standing import identity_in
from tests.journeys.test_peers import free_ports

HOLDER = "FR40123456700017"


class Union:
    """The centre, which keeps for Germany; France keeps for itself, and Belgium too, to which no way leads."""

    def __init__(self, folder: Path, *, follows: bool = False) -> None:
        """follows: whether the centre follows the summaries of cases that France tells."""
        self.follows = follows
        self.folder, self.identity = folder, identity_in(folder)
        self.port = free_ports(1)[0]
        self.nodes: dict[str, RunningNode] = {}
        self.partners: list[Partner] = []
        self.numbers = Numbers(SystemClock().now, SystemIds().random)

    @contextlib.asynccontextmanager
    async def running(self, **more: Any) -> AsyncIterator[Union]:
        """While it runs. more: further settings of the centre."""
        way = Uplink(f"https://127.0.0.1:{self.port}", "commission.system", self.identity.folder)
        if self.follows:
            way = replace(way, signed_by=self.key("FR"))
        doors = more.pop("platforms", ("speed2", "ccn2"))
        centre = NodeSettings(
            name="centre", data=self.folder / "EU", identity=self.identity.folder, development=True,
            platforms=doors, ports=dict.fromkeys(doors, 0), elsewhere=frozenset({"FR", "BE"}),
            serves=frozenset({"DE"}), keepers={"FR": way}, **more,
        )  # fmt: skip
        async with running(centre) as up:
            self.nodes["EU"] = up
            up.core.summaries.every = 0.1
            try:
                yield self
            finally:
                for each in self.partners:
                    await each.close()

    @contextlib.asynccontextmanager
    async def france(self, *further: str, **more: Any) -> AsyncIterator[None]:
        """While the French system runs, too. further: platforms beside CCN2. more: settings."""
        uplink = Uplink(self.nodes["EU"].url("ccn2"), "fr.system", self.identity.folder)
        settings = NodeSettings(
            name="fr", data=self.folder / "FR", identity=self.identity.folder, development=True,
            administrations=frozenset({"FR"}), platforms=("ccn2", *further), uplink=uplink,
            ports={"ccn2": self.port, **dict.fromkeys(further, 0)}, **more,
        )  # fmt: skip
        async with running(settings) as up:
            self.nodes["FR"] = up
            yield

    def client(self, node: str, platform: str, name: str) -> Partner:
        """A client at a door."""
        files = self.identity.client(name)
        made = Partner(self.nodes[node].url(platform), Identity(files.certificate, files.key, self.identity.root))
        self.partners.append(made)
        return made

    def key(self, country: str) -> str:
        """The public key of the log of a country's node, which may not have begun yet."""
        seed = self.folder / country / "audit.key"
        return signing_key(seed, f"{country.lower()}.douane.example/p0", SystemIds().random).key.text()

    def grn(self, country: str) -> str:
        """The number of a guarantee of a country."""
        return self.numbers.grn(country)

    async def registered(self, node: str, officer: str, country: str) -> str:
        """A guarantee that an officer registers with a node."""
        grn, partner = self.grn(country), self.client(node, "ccn2", officer)
        said = {"grn": grn, "type": "1", "holder": HOLDER, "access_code": "A1B2", "limit": "100000",
                "valid_from": self.numbers.today()}  # fmt: skip
        await partner.call("guarantees.register", msgspec.json.encode(said))
        items, _ = await partner.collect(wait=10.0)
        assert [each["type"] for each in items] == ["GuaranteeRegistered"]
        return grn


async def looked_up(partner: Partner, key: str, data_set: str = "guarantees") -> Any:
    question = {"data_set": data_set, "view": "full", "key": key}
    return await partner.call("final_data.look_up", msgspec.json.encode(question))


async def refusal(asking: Awaitable[Any]) -> str:
    with pytest.raises(PartnerRefused) as problem:
        await asking
    return problem.value.text


async def judged(ask: Callable[[], Awaitable[Any]]) -> str:
    """The refusal of a question, once the node has built what it looks in: it says so until then."""
    text = ""
    for _ in range(400):
        text = await refusal(ask())
        if "is being built" not in text:
            return text
        await asyncio.sleep(0.05)
    raise AssertionError(text)


def test_who_looks_up_what_a_national_system_keeps_is_answered_by_it_or_told_why_not(tmp_path: Path) -> None:
    async def journey() -> None:
        async with Union(tmp_path).running() as union:
            german = union.client("EU", "ccn2", "de.officer")
            async with union.france():
                french = await union.registered("FR", "fr.officer", "FR")
                own = await union.registered("EU", "de.officer", "DE")
                # callers cannot tell: the same operation, the same answer, wherever it is kept
                here, there = await looked_up(german, own), await looked_up(german, french)
                assert here.keys() == there.keys()
                assert msgspec.json.decode(there["content"])["grn"] == french
                assert there == {**await looked_up(union.client("FR", "ccn2", "fr.officer"), french),
                                 "as_of": there["as_of"]}  # fmt: skip
                for who in ("de.system", "fr.officer", "fr.system"):
                    found = await looked_up(union.client("EU", "ccn2", who), french)
                    assert found["content"] == there["content"]
                # a national node asks the centre for what others keep, and so do its callers
                abroad = await looked_up(union.client("FR", "ccn2", "fr.officer"), own)
                assert abroad["content"] == here["content"]
                # only who keeps it says that there is none
                assert (await looked_up(german, union.grn("FR")))["known"] == {"says": "no"}
                assert (await looked_up(german, union.grn("DE")))["known"] == {"says": "no"}
                assert "DOU-1106" in await refusal(looked_up(german, union.grn("ZZ")))
                belgian = await looked_up(german, union.grn("BE"))
                assert belgian["known"] == {"says": "not known", "whom": "BE", "why": "no way leads there"}
            said = (await looked_up(german, french))["known"]
            assert (said["says"], said["whom"], said["why"]) == ("not known", "FR", "cannot be reached")
            assert said["since"]

    asyncio.run(journey())


def test_rights_are_judged_by_who_is_asked_and_by_who_keeps_it(tmp_path: Path) -> None:
    async def journey() -> None:
        async with Union(tmp_path).running() as union, union.france():
            french = await union.registered("FR", "fr.officer", "FR")
            # where it is asked: the general data of guarantees is not for the Commission
            assert "404" in await refusal(looked_up(union.client("EU", "ccn2", "commission.system"), french))
            # where it is kept: a captured centre gets what the contract opens to those for whom it asks, and no more
            centre = union.client("FR", "ccn2", "commission.system")

            async def asked(by: Partner, **other: str) -> Any:
                said = {"data_set": "guarantees", "view": "full", "key": french, "asker": "officer",
                        "administration": "DE"}  # fmt: skip
                return await by.call("final_data.look_up_for", msgspec.json.encode(said | other))

            assert (await asked(centre))["known"]["says"] == "yes"
            assert "404" in await refusal(asked(centre, asker="commission", administration="EU"))
            assert "422" in await refusal(asked(centre, asker="trader"))
            assert "404" in await judged(lambda: asked(centre, data_set="economic_operators"))
            for operation in ("snapshot", "changes"):
                said = msgspec.json.encode({"data_set": "guarantees", "view": "full"})
                assert "404" in await refusal(centre.call(f"final_data.{operation}", said))
            assert "403" in await refusal(asked(union.client("FR", "ccn2", "commission.officer")))
            for stranger in ("de.system", "fr.officer", "de.officer"):
                assert "404" in await refusal(asked(union.client("FR", "ccn2", stranger)))

    asyncio.run(journey())


def test_a_question_about_a_case_of_another_system_is_never_answered_not_found_by_who_does_not_keep_it(
    tmp_path: Path,
) -> None:
    async def journey() -> None:
        async with Union(tmp_path).running() as union, union.france():

            async def told(partner: Partner, operation: str, **question: object) -> str:
                return await refusal(partner.call(operation, msgspec.json.encode(question)))

            trader, stranger = (
                union.client("EU", "speed2", each) for each in ("trader.fr.lesquin", "trader.de.rhein")
            )  # fmt: skip
            french, german = "26FR00000000000AJ5", "26DE00000000000AJ2"
            for who in (trader, stranger, union.client("EU", "ccn2", "fr.officer")):
                text = await told(who, "transit.find_movement", mrn=french)
                assert "DOU-1207" in text
                assert "the system of FR" in text
                assert "DOU-1203" not in text
            text = await told(trader, "transit.find_movement", mrn="26BE00000000000AJ6")
            assert "the system of BE" in text, "no way leads there, and still nobody is told that there is none"
            for who in (trader, stranger):
                assert "DOU-1203" in await told(who, "transit.find_movement", mrn=german), "who keeps it says so"
            # a national node says it of what the centre keeps, and says itself that there is none of its own
            officer = union.client("FR", "ccn2", "fr.officer")
            assert "DOU-1203" in await told(officer, "transit.find_movement", mrn=french)
            # it is told by choices alone: a case that is there and one that is not are told alike
            there = await union.registered("FR", "fr.officer", "FR")
            asked = [
                await told(union.client("EU", "ccn2", "fr.officer"), "guarantees.show", grn=each)
                for each in (there, union.grn("FR"))
            ]
            assert len({each.replace(there, "") for each in asked}) == 1
            assert "DOU-1207" in asked[0]

    asyncio.run(journey())


class Silent:
    """A system that takes connections and says nothing. taken: how many; left: which of them were closed, in order."""

    def __init__(self) -> None:
        self.taken, self.left = 0, list[int]()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read until the other side closes."""
        self.taken += 1
        number = self.taken
        with contextlib.suppress(ConnectionError):
            while await reader.read(65_536):
                pass
        self.left.append(number)
        writer.close()


async def until(happened: Callable[[], bool]) -> None:
    """Wait for something of which nobody tells."""
    async with asyncio.timeout(60):
        while not happened():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.02)


def test_nobody_is_asked_any_longer_for_whoever_hung_up(tmp_path: Path) -> None:
    """Who asked later and hung up is waited for no longer, while who asked first still waits."""

    async def journey() -> None:
        async with Union(tmp_path).running() as union:
            union.nodes["EU"].core.keepers.seconds = 600.0  # so who hangs up ends it, or the connection its own limit
            silent, grn = Silent(), union.grn("FR")
            waits, leaves = (union.client("EU", "ccn2", "de.officer") for _ in range(2))
            async with await asyncio.start_server(silent.serve, "127.0.0.1", union.port):
                first = asyncio.create_task(looked_up(waits, grn))
                await until(lambda: silent.taken == 1)
                second = asyncio.create_task(looked_up(leaves, grn))
                await until(lambda: silent.taken == 2)
                second.cancel()
                await leaves.close()
                await until(lambda: bool(silent.left))
                assert silent.left == [2]
                first.cancel()
                await asyncio.gather(first, second, return_exceptions=True)

    asyncio.run(journey())
