"""Whose system serves whom, between nodes: moved under load, hosted, refused where nobody chose, back with a proof."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.assembly.node import RunningNode, running
from douane.backends.memory.backend import MemoryStore
from douane.central_repository.replica.answers import View
from douane.central_repository.replica.proving import Proof, prove
from douane.central_repository.replica.replica import Replica
from douane.channels.rest.client import Identity, Partner
from douane.cli.main import main
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings, Uplink
from douane.runtime.store.queries import View as View_
from douane.simulator.messages.numbers import Numbers
from douane.simulator.moving import Doors, Moving, Result
from douane.vocabulary.errors import PartnerRefused
from tests.journeys.standing import identity_in

VIEW = View("guarantees", "full")


class Union:
    """The centre, and systems of France and Belgium that serve nobody until they are chosen."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.identity = folder, identity_in(folder)
        self.nodes: dict[str, RunningNode] = {}
        self.partners: list[Partner] = []
        self.numbers = Numbers(SystemClock().now, SystemIds().random)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[Union]:
        """While it runs."""
        async with contextlib.AsyncExitStack() as up:
            self.nodes["EU"] = await up.enter_async_context(running(self.settings("EU")))
            for code in ("FR", "BE"):
                self.nodes[code] = await up.enter_async_context(running(self.settings(code)))
            yield self
            for each in self.partners:
                await each.close()

    @contextlib.asynccontextmanager
    async def centre(self) -> AsyncIterator[Union]:
        """While the centre runs alone: others are systems at its doors."""
        async with running(self.settings("EU")) as self.nodes["EU"]:
            yield self
            for each in self.partners:
                await each.close()

    def settings(self, code: str) -> NodeSettings:
        """Of the centre, or of a national node."""
        if code == "EU":
            return NodeSettings(
                name="centre", data=self.folder / code, identity=self.identity.folder, development=True,
                platforms=("speed2", "ccn2"), ports={"speed2": 0, "ccn2": 0},
            )  # fmt: skip
        uplink = Uplink(self.nodes["EU"].url("ccn2"), f"{code.lower()}.system", self.identity.folder)
        return NodeSettings(
            name=code.lower(), data=self.folder / code, identity=self.identity.folder, development=True,
            administrations=frozenset({code}), serves=frozenset(), platforms=("ccn2",), ports={"ccn2": 0},
            uplink=uplink,
        )  # fmt: skip

    def client(self, node: str, platform: str, name: str) -> Partner:
        """A client at a door."""
        files = self.identity.client(name)
        made = Partner(self.nodes[node].url(platform), Identity(files.certificate, files.key, self.identity.root))
        self.partners.append(made)
        return made

    def doors(self) -> Doors:
        """Everybody who takes part in the show."""
        return Doors(
            holder=self.client("EU", "speed2", "trader.fr.lesquin"),
            consignee=self.client("EU", "speed2", "trader.at.wien"),
            inspector=self.client("EU", "ccn2", "at.officer"),
            officer={each: self.client(each, "ccn2", "fr.officer") for each in self.nodes},
            system={code: self.client("EU", "ccn2", f"{code.lower()}.system") for code in ("FR", "BE")},
        )

    async def proof(self, node: str, reader: str) -> Proof:
        """That a copy of what a node keeps of guarantees is equal, as that node signs it for whoever reads."""
        replica = Replica(MemoryStore(), [VIEW], self.nodes[node].core.auditor.log.signer.key, SystemClock())
        centre = self.client(node, "ccn2", reader)
        await replica.pull(centre)
        return await prove(replica, centre, VIEW)


SOON = 3.0
BY = ("--decided-by", "Director general", "--reason", "What a choice does, tried")


def registration(grn: str, union: Union) -> bytes:
    said = {"grn": grn, "type": "1", "holder": "FR40123456700017", "access_code": "A1B2", "limit": "100000",
            "valid_from": union.numbers.today()}  # fmt: skip
    return msgspec.json.encode(said)


async def refused(partner: Partner, operation: str, body: bytes) -> str:
    """What a door says to who is refused there."""
    with pytest.raises(PartnerRefused) as problem:
        await partner.call(operation, body)
    return problem.value.text


async def command(union: Union, whose: str, *words: str) -> tuple[int, dict[str, Any]]:
    """``douane provision`` as the system of an administration; exit code and what it printed."""
    way = ("--at", union.nodes["EU"].url("ccn2"), "--client", f"{whose.lower()}.system",
           "--identity", str(union.identity.folder), "--json")  # fmt: skip
    printed = io.StringIO()

    def run() -> int:
        with contextlib.redirect_stdout(printed):
            return main(["provision", *words, *way])

    return await asyncio.to_thread(run), json.loads(printed.getvalue())


async def chosen(union: Union, provider: str, whose: str = "FR") -> None:
    """An administration chooses a provider of guarantees, which then serves."""
    at = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=SOON)
    code, found = await command(union, whose, "set", whose, "guarantees", "--provider", provider, "--since",
                                at.isoformat(), *BY)  # fmt: skip
    assert (code, found["answer"]) == (0, "ProvisionKept"), found
    hosts = union.nodes[provider].core.registry.hosts
    async with asyncio.timeout(30):
        while not hosts(whose, "guarantees.register"):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)


async def offered(union: Union) -> None:
    for words in (("FR", "guarantees", "transit"), ("BE", "guarantees", "--guests", "FR")):
        code, found = await command(union, words[0], "offer", *words)
        assert (code, found["answer"]) == (0, "OfferKept"), found


def test_what_nobody_chose_is_refused_at_the_door_and_a_guest_is_kept_apart_from_its_host(tmp_path: Path) -> None:
    async def journey() -> None:
        async with Union(tmp_path).running() as union:
            grn, other = union.numbers.grn(), union.numbers.grn()
            guest = {each: union.client(each, "ccn2", "fr.officer") for each in union.nodes}
            host = union.client("BE", "ccn2", "be.officer")
            question = msgspec.json.encode({"grn": grn})
            assert "DOU-1106" in await refused(guest["FR"], "guarantees.show", question)
            for each in ("FR", "BE"):
                assert "DOU-1106" in await refused(guest[each], "guarantees.register", registration(grn, union))
            await offered(union)
            await chosen(union, "BE")
            await chosen(union, "BE", "BE")
            assert "DOU-1106" in await refused(guest["EU"], "guarantees.register", registration(other, union))
            await guest["BE"].call("guarantees.register", registration(grn, union))
            items, _ = await guest["BE"].collect(wait=10.0)
            assert [each["type"] for each in items] == ["GuaranteeRegistered"]
            assert (await guest["BE"].call("guarantees.show", question))["grn"] == grn
            # the host: its officer, with every role, sees and does nothing of the guest; nor does its system
            assert "DOU-1207" in await refused(host, "guarantees.show", question), "whether there is one or not"
            assert "DOU-1207" in await refused(host, "guarantees.show", msgspec.json.encode({"grn": other}))
            assert (await host.collect())[0] == []
            change = msgspec.json.encode({"grn": grn, "limit": "1"})
            receipt = await host.call("guarantees.change", change)
            assert (await guest["BE"].call("guarantees.show", question))["limit"] == "100000", receipt
            await refused(union.client("BE", "ccn2", "be.system"), "guarantees.show", question)
            # who is no host speaks for nobody: neither by name nor by a case that it claims
            claim = {"provider": "DE", "administration": "FR", "kind": "grn", "value": grn}
            await union.client("EU", "ccn2", "de.system").call("provision.learn", msgspec.json.encode(claim))
            core = union.nodes["EU"].core
            assert not core.registry.speaks("DE", "FR")
            assert core.registry.speaks("BE", "FR")
            assert not core.registry.speaks("FR", "BE")
            assert View_(core.store, "EU", 0, core.look).resolve("told by DE", f"FR grn {grn}") is None
            assert View_(core.store, "EU", 0, core.look).resolve("told by BE", f"FR grn {grn}") is not None

    asyncio.run(journey())


def test_a_choice_is_previewed_void_before_its_instant_and_goes_back_with_a_proof_alone(tmp_path: Path) -> None:
    async def journey() -> None:
        async with Union(tmp_path).running() as union:
            await offered(union)
            later = (dt.datetime.now(dt.UTC) + dt.timedelta(days=9)).isoformat()
            choice = ("FR", "guarantees", "--provider", "BE", "--since", later)
            code, seen = await command(union, "FR", "preview", *choice)
            assert (code, seen["faults"], seen["present"], seen["level"]) == (0, [], "EU", "gold")
            code, found = await command(union, "DE", "set", *choice, *BY)
            assert (code, found["answer"]) == (1, "ProvisionRefused"), "nobody chooses for another"
            code, found = await command(union, "FR", "set", *choice, *BY)
            assert code == 0
            code, found = await command(union, "FR", "set", *choice, *BY)
            assert (code, "for that instant" in found["reasons"][0]) == (1, True)
            code, found = await command(union, "FR", "rollback", "FR", "guarantees", "--since", later, *BY)
            assert (code, found.get("void")) == (0, True), found

            await chosen(union, "FR")
            await chosen(union, "EU")
            back = ("rollback", "FR", "guarantees", "--since", later, *BY)
            code, found = await command(union, "FR", *back)
            assert (code, "was handed over" in found["reasons"][0]) == (1, True)
            proof = await union.proof("EU", "fr.system")
            forged = await union.proof("FR", "de.system")  # equal, and signed by who does not keep it
            for name, note in (("forged", forged.note), ("proof", proof.note)):
                (tmp_path / name).write_text(json.dumps([note]))
            code, found = await command(union, "FR", *back, "--proof", str(tmp_path / "forged"))
            assert code == 1
            code, found = await command(union, "FR", *back, "--proof", str(tmp_path / "proof"))
            assert (code, found["line"]["provider"]) == (0, "FR"), found
            code, shown = await command(union, "FR", "show", "FR")
            assert [each["provider"] for each in shown["choices"]] == ["FR", "EU", "FR", "EU"]
            assert {each["decided_by"] for each in shown["choices"][:3]} == {"Director general"}

    asyncio.run(journey())


async def moved(union: Union, told: list[Any]) -> Result:
    return await Moving(union.doors(), union.numbers, SystemClock().now, each=7.0, said=told.append).play()


def test_guarantees_move_under_load_and_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    told: list[Any] = []

    async def journey() -> None:
        async with Union(tmp_path).running() as union:
            result = await moved(union, told)
            told.append(result)
            told.extend([await union.proof(each, "de.system") for each in union.nodes])

    asyncio.run(journey())
    result: Result = next(each for each in told if isinstance(each, Result))
    assert set(result.opened) == {"EU", "FR", "BE"}
    assert len(result.opened["EU"]) == 2
    assert result.lost == []
    assert result.doubled == []
    assert result.across > 0, "movements were open while the provider changed"
    assert set(result.declared.values()) == {"EU", "FR", "BE"}
    assert set(result.used.values()) == {0}
    proofs = [each for each in told if isinstance(each, Proof)]
    assert [each.equal for each in proofs] == [True, True, True]
