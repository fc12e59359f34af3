"""A service moves from platform to platform: at its instant the former refuses and says where it is, the new accepts.

Every circle is held against what it met before: a move opens nothing to anybody.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import io
import itertools
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.assembly.node import running
from douane.cli.main import main
from douane.configuration.settings import FolderRoute, NodeSettings
from douane.model.circles import ActorKind, Platform
from douane.runtime.core.tick import Tick
from douane.runtime.store.envelope import Refusal
from douane.standards.ncts import phase5
from tests.circles.identities import everybody
from tests.journeys.standing import Client, Standing, identity_in, standing, trust
from tests.journeys.supervised import supervised
from tests.journeys.test_csi_folder import Program, answered, error, interchange, rows, until
from tests.journeys.test_csi_folder import advice as advice_of
from tests.journeys.test_mutual_recognition import CH, recognition
from tests.services.postgresql import database, postgresql

__all__ = ["database", "postgresql"]

JSON = {"content-type": "application/json"}
SOON = 3.0
BY = ("--decided-by", "Head of unit, customs systems", "--reason", "What a move does, tried")
NUMBERS = itertools.count(1)
DOORS = (Platform.SPEED2, Platform.CCN2, Platform.CDCO)
BODIES = {
    "aeo.show_exchange": b'{"agreement": "CH-2011"}',
    "aeo.conclude": msgspec.json.encode(recognition(CH, "CH-2011", every=0)),
    "aeo.check": b'{"identifier": "CHE123"}',
    "availability.show": b"{}",
}
"""What is asked and sent at each door: the first two move, the others stay."""


def in_(seconds: float) -> str:
    return (dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)).isoformat()


def command(node: Standing, *words: str, client: str = "commission.officer") -> tuple[int, Any]:
    """``douane provision`` as somebody at CCN2; exit code and what it printed."""
    way = ("--at", node.node.url("ccn2"), "--client", client, "--identity", str(node.identity.folder), "--json")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = main(["provision", *words, *way])
    return code, json.loads(printed.getvalue() or "null")


def move(node: Standing, of: str, leaves: str, enters: str) -> float:
    """Decide a move for soon; when it is in force, on the clock that runs on."""
    at = time.monotonic() + SOON
    code, found = command(node, "move", of, "--from", leaves, "--to", enters, "--since", in_(SOON), *BY)
    assert (code, found["answer"]) == (0, "PlatformKept"), found
    return at


def wait(until: float) -> None:
    time.sleep(max(until - time.monotonic() + 0.2, 0))


def said(client: Client, operation: str) -> tuple[int, str, str]:
    """Status, code and remedy of what a door says to an operation."""
    service, _, name = operation.partition(".")
    headers = JSON | {"message-id": f"MOVED{next(NUMBERS)}"}  # each is a message of its own
    answer = client.ask("POST", f"/{service}/v1/{name}", BODIES[operation], headers)
    if answer.status < 400 or not answer.body:
        return answer.status, "", ""
    problem = answer.json
    return answer.status, problem["code"], problem.get("remedy", "")


def met(node: Standing) -> dict[tuple[ActorKind, Platform, str], tuple[int, str]]:
    """What every kind of party meets at every door; a message that is told twice is the same."""
    return {
        (kind, door, operation): said(node.client(door.value, f"all.{kind.value}"), operation)[:2]
        for kind, door, operation in itertools.product(ActorKind, DOORS, BODIES)
    }


def test_every_circle_meets_after_a_move_what_it_met_before_but_for_the_platform_that_was_left(tmp_path: Path) -> None:
    people = everybody(tmp_path)
    leaves: list[Refusal] = []

    def watch(tick: Tick) -> None:
        leaves.extend(refusal for _, refusal in tick.overlay.refusals)

    with standing(tmp_path, people.identity) as node:
        node.node.core.node.watchers.append(watch)
        desk = node.client("cdco", "all.commission")
        assert said(desk, "aeo.conclude")[0] == 202
        until(lambda: said(desk, "aeo.show_exchange")[0] == 200)
        before = met(node)
        assert before[ActorKind.COMMISSION, Platform.CCN2, "aeo.show_exchange"][0] == 200
        assert before[ActorKind.COMMISSION, Platform.CDCO, "aeo.show_exchange"][0] == 200
        at = [move(node, each, "ccn2", "cdco") for each in ("aeo.show_exchange", "aeo.conclude")]
        assert met(node) == before, "nothing changes before the instant"
        wait(max(at))
        leaves.clear()
        after = met(node)
        moved = {key for key in before if before[key] != after[key]}
        assert moved == {(ActorKind.COMMISSION, Platform.CCN2, each) for each in ("aeo.show_exchange", "aeo.conclude")}
        assert {after[each] for each in moved} == {(421, "DOU-1107")}
        here = node.client("ccn2", "all.commission")
        assert said(here, "aeo.show_exchange")[2] == "Use the CDCO desk; its contract is the same."
        until(lambda: {"aeo.show_exchange", "aeo.conclude"} <= {e.operation for e in leaves if e.code == "DOU-1107"})

        code, found = command(node, "places", "aeo")
        places = {each["operation"]: each for each in found["places"]}
        assert (places["aeo.conclude"]["platforms"], places["aeo.conclude"]["left"]) == (["cdco"], ["ccn2"])
        assert (code, {each["role"] for each in found["moves"]}) == (0, {"service owner"})
        # and back: void is nothing, in force it ends at its instant
        at_ = time.monotonic() + SOON
        code, found = command(node, "move-back", "aeo.show_exchange", "--since", in_(SOON), *BY)
        assert (code, found["void"]) == (0, False), found
        assert said(here, "aeo.show_exchange")[1] == "DOU-1107"
        wait(at_)
        assert said(here, "aeo.show_exchange")[0] == 200
        assert said(here, "aeo.conclude")[1] == "DOU-1107", "the other one stays where it went"


def test_a_stranger_a_captured_door_and_who_does_not_own_it_move_nothing(tmp_path: Path) -> None:
    with standing(tmp_path, identity_in(tmp_path)) as node:
        body = {"at": "EU", "of": "transit", "leaves": "ccn_csi", "enters": "ccn2", "since": in_(60),
                "decided_by": "Nobody", "reason": "To cut others off"}  # fmt: skip
        for door, name in (
            ("ccn2", "fr.system"), ("ccn2", "fr.officer"), ("ccn2", "fr.expert"), ("ccn2", "commission.system"),
            ("cdco", "commission.system"), ("speed2", "trader.fr.lesquin"), ("speed2", "third.ch"), ("speed2", ""),
        ):  # fmt: skip
            client = node.client(door, name)
            for each in ("EU", "FR"):
                client.ask("POST", "/provision/v1/move", msgspec.json.encode({**body, "at": each}), JSON)
        code, found = command(node, "places")
        assert (code, found["moves"], found["places"]) == (0, [], [])
        words = ("risk_analysis", "--from", "ccn2", "--to", "speed2", "--since", in_(60))
        code, found = command(node, "preview-move", *words)
        assert (code, "untrusted circle" in " ".join(found["faults"])) == (1, True)
        code, found = command(node, "move", *words, *BY)
        assert (code, found["answer"]) == (1, "PlatformRefused")
        assert "the contract of risk_analysis." in " ".join(found["reasons"])
        code, found = command(node, "preview-move", "transit", "--from", "ccn_csi", "--to", "ccn2", "--since", in_(60))
        assert (code, found["faults"]) == (0, [])
        assert ["ccn2"] in [each["after"] for each in found["reach"]]


@pytest.fixture
def queued(tmp_path: Path) -> Iterator[Standing]:
    """A node beside which the program of Austria reads and writes files at CCN/CSI."""
    place = tmp_path / "AT"
    route = FolderRoute(place, "edifact", "UNOC", ("CD118C",))
    with standing(tmp_path, identity_in(tmp_path), elsewhere=frozenset({"AT"}), folders={"AT": route}) as made:
        until((place / "out").is_dir)  # made after "in"
        yield made


def test_what_was_accepted_by_queue_is_known_there_and_what_comes_later_is_told_where_to_go(queued: Standing) -> None:
    program = Program(queued.node.core.settings.folders["AT"].path)
    mrn = "26FR00000000000AJ5"

    def write(name: str, reference: str) -> None:
        program.write(f"{name}.edi", interchange(advice_of(mrn, name), reference=reference))
        assert answered(program.take(f"-{name}.edi")) == ["7"]

    write("ATBEFORE", "AT1")
    until(lambda: [each for each in rows(queued) if each.id == "ATBEFORE"])
    at = move(queued, "transit", "ccn_csi", "ccn2")
    wait(at)
    write("ATBEFORE", "AT2")
    write("ATLATER", "AT3")
    nack = error(program, "CD906C", "ATLATER")
    told = nack.functional_error[0]
    assert (told.error_code, told.error_reason, told.original_attribute_value) == ("14", "MOVED", "CCN2")
    stored = [each for each in rows(queued) if each.operation == "transit.advise_arrival"]
    assert [each.id for each in stored] == ["ATBEFORE"], "once, and nothing of what came later"
    later = phase5.write(advice_of(mrn, "ATLATER"))
    answer = queued.client("ccn2", "at.system").ask("POST", "/v1/messages", later, {"content-type": "application/xml"})
    assert answer.status == 202, "the same message, at its new platform"


def test_doors_that_are_a_process_of_their_own_refuse_as_well(tmp_path: Path) -> None:
    links = (f"unix:{tmp_path / 'l'}",)
    identity = identity_in(tmp_path)
    with standing(tmp_path, identity, links=links) as node:
        apart = NodeSettings(
            name="doors", data=tmp_path / "doors", identity=identity.folder, development=True, platforms=("ccn2",),
            ports={"ccn2": 0}, links=links, role="doors",
        )  # fmt: skip
        wait(move(node, "aeo.show_exchange", "ccn2", "cdco"))

        async def tried() -> tuple[int, str, str]:

            async with running(apart) as doors:
                files = identity.client("commission.system")
                url = doors.listeners.addresses["ccn2"].url
                client = Client(url, trust(identity, files.certificate, files.key))
                try:
                    return await asyncio.to_thread(said, client, "aeo.show_exchange")
                finally:
                    client.close()

        status, code, remedy = node.run(tried())
        assert (status, code) == (421, "DOU-1107")
        assert "the CDCO desk" in remedy


@pytest.mark.timeout(300)  # two workers on a busy machine
def test_every_worker_refuses_from_the_instant_on_also_one_that_handled_nothing(tmp_path: Path, database: str) -> None:
    """The move is handled by the worker of its partition; questions are answered by both in turn."""
    with supervised(tmp_path, "--workers", "2", store=database, partitions=8) as node:
        system = node.client("ccn2", "commission.system")
        assert {said(system, "aeo.show_exchange")[1] for _ in range(8)} == {"DOU-1203"}
        body = {"at": "EU", "of": "aeo.show_exchange", "leaves": "ccn2", "enters": "cdco", "since": in_(2 * SOON),
                "decided_by": "Head of unit", "reason": "Inside alone"}  # fmt: skip
        at = time.monotonic() + 2 * SOON
        owner = node.client("ccn2", "commission.officer")
        assert owner.ask("POST", "/provision/v1/move", msgspec.json.encode(body), JSON).status == 202
        wait(at)
        assert {said(system, "aeo.show_exchange")[1] for _ in range(16)} == {"DOU-1107"}
