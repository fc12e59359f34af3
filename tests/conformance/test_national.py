"""A national trader interface: our own node is right by REST, SOAP and AS4; offices that answer wrongly are caught."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from douane.assembly.node import RunningNode, running
from douane.channels.rest.client import Identity, Partner
from douane.cli.main import main
from douane.configuration.discovery import rule_book
from douane.configuration.lists import code_lists
from douane.configuration.settings import NodeSettings, read_settings
from douane.conformance import national
from douane.conformance.cases import Verdict, run
from douane.conformance.declarations import Declarations, read_sample
from douane.conformance.doors import Arrived, Own, Reply, RestDoor
from douane.conformance.national import National
from douane.development.bench.national import WantedNational, try_national
from tests.as4.test_node import CLIENT, DECLARATION, FILE, TRADER, prepared, write
from tests.cli.nodes import answer, refused
from tests.conformance.test_own_node import shown
from tests.contracts import toy

GUARANTEE = DECLARATION.parent / "guarantee.json"
R, M, W, O = Verdict.RIGHT, Verdict.REMARK, Verdict.WRONG, Verdict.OPEN


def on_node(data: Path, work: Callable[[RunningNode], Awaitable[None]]) -> None:
    settings = read_settings(data=str(data), development=True, platforms="speed2,ccn2", ports={"speed2": 0, "ccn2": 0})

    async def main() -> None:
        async with running(settings) as node:
            officer = node.identity.client("fr.officer")
            door = Partner(node.url("ccn2"), Identity(officer.certificate, officer.key, node.identity.root))
            await door.call("guarantees.register", GUARANTEE.read_bytes())
            await door.close()
            await work(node)

    asyncio.run(main())


@pytest.mark.slow
def test_our_own_trader_interface_is_right_by_every_protocol(tmp_path: Path) -> None:
    data, trader = prepared(tmp_path / "node"), tmp_path / "trader"

    async def both(node: RunningNode) -> None:
        client = node.identity.client(CLIENT)
        rest = WantedNational(
            name="NTA.FR", protocol="rest", to=node.url("speed2"), sample=DECLARATION, client=client.certificate,
            key=client.key, roots=node.identity.root, quiet=0.5,
        )  # fmt: skip
        slow = [each.id for each in national.cases() if each.id == "nat.half-open"]
        waiting = asyncio.create_task(try_national(NodeSettings(), replace(rest, cases=tuple(slow))))
        quick = tuple(each.id for each in national.cases() if each.id not in slow)
        assert {"rule.destination", "rule.crossing"} <= set(quick), "offices that there are not"
        report = await try_national(NodeSettings(), replace(rest, cases=quick))
        assert {f.judged.verdict for f in report.findings} == {R}, shown(list(report.findings))
        assert len(report.findings) == len(quick)
        report = await try_national(NodeSettings(), replace(rest, protocol="soap"))
        assert {f.judged.verdict for f in report.findings} == {R}, shown(list(report.findings))
        for name in ("own/seal", "tls"):
            path = trader / "as4" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_suffix(".pem").write_bytes(client.certificate.read_bytes())
            path.with_suffix(".key").write_bytes(client.key.read_bytes())
        write(trader / "as4/own", "p256-trader", "encryption")
        (trader / "as4/roots.pem").write_bytes(node.identity.root.read_bytes())
        write(trader / "as4/partners/customs", "p256", "customs")
        (trader / "as4/as4.toml").write_text(turned(FILE))
        as4 = WantedNational(
            name="customs", protocol="as4", to=f"{node.url('speed2')}/as4", sample=DECLARATION, quiet=0.5
        )
        for report in (await try_national(NodeSettings(data=trader), as4), await waiting):
            assert {f.judged.verdict for f in report.findings} == {R}, shown(list(report.findings))

    on_node(data, both)


def turned(text: str) -> str:
    """The agreement as the trader writes it down."""
    own = 'urn:oasis:names:tc:ebcore:partyid-type:unregistered"\nrole = "Customs"'
    theirs = 'urn:oasis:names:tc:ebcore:partyid-type:unregistered:eu-customs:EORI"'
    text = text.replace(own, "OWN").replace(theirs, "THEIRS")
    text = text.replace("OWN", f'{theirs}\nrole = "Trader"').replace("THEIRS", own)
    return text.replace('"customs"', '"X"').replace(f'"{TRADER}"', '"customs"').replace('"X"', f'"{TRADER}"')


def test_the_documented_call_runs_and_leaves_other_mail_alone(tmp_path: Path) -> None:
    """The trader has a movement of its own under way: its answers are not the bench's to acknowledge."""
    report = tmp_path / "report.json"

    async def called(node: RunningNode) -> None:
        client = node.identity.client(CLIENT)
        trader = Partner(node.url("speed2"), Identity(client.certificate, client.key, node.identity.root))
        await trader.send(DECLARATION.read_bytes())
        own: list[str] = []
        while "CC029C" not in own:
            own = [each["type"] for each in (await trader.collect("", 1.0))[0]]
        call = (
            "partner", "test", "NTA.FR", "--interface", "national", "--to", node.url("speed2"),
            "--sample", str(DECLARATION), "--client", str(client.certificate), "--key", str(client.key),
            "--roots", str(node.identity.root), "--report", str(report), "--data", str(tmp_path / "bench"),
            "--seed", "7", "--case", "nat.taken", "--case", "nat.release", "--case", "nat.duplicate",
        )  # fmt: skip
        assert await asyncio.to_thread(main, call) == 0
        left = [each["type"] for each in (await trader.collect("", 0.0))[0]]
        assert left == own
        await trader.close()

    on_node(tmp_path / "node", called)
    told = json.loads(report.read_text())
    assert told["about"]["seed"] == "7"


class Spoilt(RestDoor):
    """Our own office, with something wrong in what it answers."""

    def answers(self, arrived: list[Arrived]) -> list[Arrived]:
        return [Arrived(each.type, self.spoil(each.body)) for each in arrived]

    def spoil(self, body: bytes) -> bytes:
        return body

    def reply(self, reply: Reply) -> Reply:
        return reply

    async def send(self, body: bytes) -> Reply:
        return self.reply(await super().send(body))

    async def collect(self, own: Own) -> list[Arrived]:
        return self.answers(await super().collect(own))


class Silent(Spoilt):
    def answers(self, arrived: list[Arrived]) -> list[Arrived]:
        return []


class Uncorrelated(Spoilt):
    def spoil(self, body: bytes) -> bytes:
        return re.sub(rb"(<correlationIdentifier>)[^<]*", rb"\1SOMETHING", body)


class Invalid(Spoilt):
    def spoil(self, body: bytes) -> bytes:
        return body.replace(b"<messageType>CC028C</messageType>", b"")


class WrongDigit(Spoilt):
    def spoil(self, body: bytes) -> bytes:
        return re.sub(rb"(<MRN>\w{17})(\d)", lambda m: m[1] + b"%d" % ((int(m[2]) + 1) % 10), body)


class Strange(Spoilt):
    def answers(self, arrived: list[Arrived]) -> list[Arrived]:
        return [Arrived("CC004C" if each.type == "CC028C" else each.type, each.body) for each in arrived]


class Twice(Spoilt):
    """Answers anew what it has answered."""

    def __init__(self, partner: Partner) -> None:
        super().__init__(partner)
        self.sent, self.last, self.again = set[bytes](), list[Arrived](), False

    async def send(self, body: bytes) -> Reply:
        self.again = body in self.sent
        self.sent.add(body)
        return await super().send(body)

    def answers(self, arrived: list[Arrived]) -> list[Arrived]:
        more, self.again = (list(self.last) if self.again else []), False
        self.last += arrived
        return [*arrived, *more]


class TakesAll(Spoilt):
    def reply(self, reply: Reply) -> Reply:
        return Reply(taken=True, told="", receipt="1")


class OneSlip(Spoilt):
    def reply(self, reply: Reply) -> Reply:
        return reply if reply.taken else Reply(taken=False, told="/CC015C/TransitOperation/declarationType is wrong")


class NoPlaces(Spoilt):
    def reply(self, reply: Reply) -> Reply:
        return reply if reply.taken else Reply(taken=False, told="HTTP 400 Bad Request")


class NoRules(Spoilt):
    def spoil(self, body: bytes) -> bytes:
        return re.sub(rb"(<errorReason>)[^<]*", rb"\1N/A", body)


class NoPointers(Spoilt):
    def spoil(self, body: bytes) -> bytes:
        return re.sub(rb"(<errorPointer>)[^<]*", rb"\1somewhere", body)


class OneRule(Spoilt):
    def spoil(self, body: bytes) -> bytes:
        first = body.find(b"</FunctionalError>") + len(b"</FunctionalError>")
        return body[:first] + re.sub(rb"<FunctionalError>.*</FunctionalError>", b"", body[first:], flags=re.DOTALL)


CAUGHT: list[tuple[type[Spoilt], dict[str, Verdict]]] = [
    (Silent, {"nat.taken": R, "nat.release": W, "nat.valid": O, "nat.access": W, "rule.mass": W}),
    (Uncorrelated, {"nat.correlated": W, "nat.valid": R}),
    (Invalid, {"nat.valid": W}),
    (WrongDigit, {"nat.mrn": W, "nat.release": R}),
    (Strange, {"nat.declared": W, "nat.release": W}),
    (Twice, {"nat.duplicate": W}),
    (TakesAll, {"nat.changed": W, "nat.malformed": W, "nat.syntax": W}),
    (OneSlip, {"nat.syntax": M}),
    (NoPlaces, {"nat.syntax": W, "nat.changed": R}),
    (NoRules, {"rule.mass": W, "rule.past": W}),
    (NoPointers, {"rule.mass": W, "nat.code": W}),
    (OneRule, {"rule.security": M, "rule.mass": R}),
]


@pytest.mark.slow
def test_what_an_office_does_wrong_is_caught(tmp_path: Path) -> None:
    book, look = rule_book(), code_lists().look(dt.datetime.now(dt.UTC).date())
    sample = read_sample(DECLARATION.read_bytes())

    async def each(node: RunningNode) -> None:
        client = node.identity.client(CLIENT)
        identity = Identity(client.certificate, client.key, node.identity.root)
        for number, (kind, verdicts) in enumerate(CAUGHT):
            partner = Partner(node.url("speed2"), identity)
            made = Declarations(sample, toy.Ids(seed=f"{number}"), node.core.clock)
            patience = 1.0 if kind in (Silent, TakesAll) else 60.0
            replies = [t.__name__ for t in node.core.catalogue.operation("transit.lodge_declaration").replies]
            bench = National(kind(partner), made, lambda m: book.faults(m, None, look), replies, patience, quiet=1.0)
            found = await run([t for t in bench.trials() if t.case.id in verdicts], 200)
            await partner.close()
            assert {f.case.id: f.judged.verdict for f in found} == verdicts, (kind.__name__, shown(found))
            assert all(f.judged.remedy for f in found if f.judged.verdict is not R)

    on_node(tmp_path, each)


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ([], "declaration is missing"),
        (["--sample", str(DECLARATION)], "certificate are needed"),
        (["--sample", str(DECLARATION), "--protocol", "webhook"], "not driven by webhook"),
        (["--sample", str(DECLARATION), "--protocol", "as4"], "no AS4 legs"),
        (["--sample", str(DECLARATION), "--case", "out.good"], "no case out.good"),
    ],
)
def test_calls_are_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], text: str) -> None:
    data = ["--data", str(tmp_path)]
    assert text in refused(capsys, "partner", "test", "NTA.FR", "--interface", "national", *data, *more)


def test_the_cases_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    listed = answer(capsys, "partner", "test", "NTA.FR", "--interface", "national", "--list")
    assert [each["id"] for each in listed] == [each.id for each in national.cases()]
