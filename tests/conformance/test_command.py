"""``douane partner test``: from the agreements in a data folder to a verdict, on paper and as an exit code."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import pytest
from lxml import html

from douane.channels.as4.binding import AccessPoint
from douane.channels.as4.certificates import CertificateRegister, OwnCertificate
from douane.channels.as4.client import Correspondent
from douane.channels.as4.sending import part_info
from douane.configuration.access_point import access_point
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings
from douane.conformance.cases import Verdict
from douane.conformance.wire import listen
from douane.development.bench.partner import Wanted, try_partner
from douane.runtime.catalogue.catalogue import Catalogue
from douane.shared_services.payloads.files import FilePayloads
from douane.standards.as4.messages import UserMessage
from douane.standards.xml_signature.tests.certified import end
from tests.as4.over_httpx import OverHttpx
from tests.as4.test_node import DECLARATION, FILE, TRADER, party, prepared
from tests.cli.nodes import answer, refused, said
from tests.conformance.test_broken_receivers import Honest
from tests.journeys.test_webhooks import Receiver

Printed = pytest.CaptureFixture[str]
AGREEMENT = """
[[partner]]
party = "FR40123456700017"
title = "Lesquin"
basis = "consent"
protocol = "webhook"
address = "{address}"
networks = ["127.0.0.0/8"]
"""


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


def test_a_webhook_partner_is_judged_and_reported(tmp_path: Path, capsys: Printed, receiver: Receiver) -> None:
    """It takes everything: what is good, and what nobody signed."""
    (tmp_path / "partners.toml").write_text(AGREEMENT.format(address=receiver.url))
    files = [tmp_path / f"report{ending}" for ending in (".html", ".xml", ".json", ".txt")]
    options = [part for file in files for part in ("--report", str(file))]
    cases = ["--case", "out.good", "--case", "out.unsigned", "--case", "out.malformed"]
    called = ["partner", "test", TRADER, "--data", str(tmp_path), "--seed", "7", *cases, *options]
    shown = said(capsys, *called, code=1)
    receiver.close()
    assert "RIGHT   out.good" in shown
    assert "WRONG   out.unsigned" in shown
    assert "remedy:   Take nothing that is not signed." in shown
    assert shown.endswith(f"{TRADER}: 3 cases, 1 right, 1 remark, 1 wrong\n")
    page, junit, plain, text = (file.read_text() for file in files)
    assert text == shown
    assert html.fromstring(page).xpath("//tbody/tr/th//text()") == ["right", "wrong", "remark"]
    suite = ET.fromstring(junit)
    assert suite.attrib["failures"] == "1"
    assert [len(each) for each in suite] == [0, 1, 1]
    facts = json.loads(plain)
    assert facts["passed"] is False
    assert facts["about"]["seed"] == "7"
    first, second = receiver.received[:2]
    assert first[0].headers["douane-message"] != second[0].headers["douane-message"]


def test_a_seed_repeats_the_identifications(tmp_path: Path, capsys: Printed, receiver: Receiver) -> None:
    (tmp_path / "partners.toml").write_text(AGREEMENT.format(address=receiver.url))
    called = ["partner", "test", TRADER, "--data", str(tmp_path), "--case", "out.good"]
    for seed in (["--seed", "1"], ["--seed", "1"], ["--seed", "2"], []):
        said(capsys, *called, *seed)
    receiver.close()
    ids = [request.headers["douane-message"] for request, _ in receiver.received]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


def test_cases_are_listed_and_calls_explained(tmp_path: Path, capsys: Printed) -> None:
    data = ["--data", str(prepared(tmp_path, FILE + 'address = "http://127.0.0.1:1/msh"\n'))]
    listed = answer(capsys, "partner", "test", TRADER, "--list", *data)
    ids = [each["id"] for each in listed]
    assert len(ids) == len(set(ids)) == 30
    assert all(each["expected"] and each["source"] for each in listed)
    incoming = said(capsys, "partner", "test", TRADER, "--list", "--direction", "incoming", "--protocol", "soap", *data)
    assert "in.half-open" in incoming
    assert "out." not in incoming
    assert "no agreement with" in refused(capsys, "partner", "test", "XX1", *data)
    assert "no case out.nothing" in refused(capsys, "partner", "test", TRADER, "--case", "out.nothing", *data)
    assert "no known ending" in refused(capsys, "partner", "test", TRADER, "--report", "x.pdf", *data)
    assert "no place to listen at" in refused(capsys, "partner", "test", TRADER, "--listen", "9443", *data)
    nothing = ["--direction", "incoming"]
    assert "nothing to try" in refused(capsys, "partner", "test", TRADER, *nothing, *data)
    no_certificate = refused(capsys, "partner", "test", TRADER, *nothing, "--listen", "127.0.0.1:0", *data)
    assert "--plain" in no_certificate
    assert "cannot be reached" in said(capsys, "partner", "test", TRADER, "--case", "out.good", *data, code=1)


def test_an_as4_partner_is_tried_in_both_directions(tmp_path: Path) -> None:
    """From the node's own folder: what is pushed to the partner, and what it sends."""

    async def main() -> dict[str, Verdict]:
        partner: list[Honest] = []
        there = await listen("127.0.0.1", 0, lambda asked: partner[0].answer(asked))
        data = prepared(tmp_path / "node", FILE + f'address = "{there.url}/msh"\nlargest = 300000\n')
        theirs = trader_point(data, tmp_path / "trader")
        partner.append(Honest(theirs, "customs"))
        sending: list[asyncio.Task[None]] = []

        def told(line: str) -> None:
            url = line.partition("listening at ")[2].partition(": ")[0]
            sending.append(asyncio.ensure_future(send(theirs, f"{url}/as4")))

        wanted = Wanted(TRADER, listen=("127.0.0.1", 0), plain=True, quiet=0.2, seconds=90, patience=60,
                        cases=("out.good", "out.duplicate", "out.expired", "in.good"))  # fmt: skip
        report = await try_partner(NodeSettings(data=data), wanted, told)
        await asyncio.gather(*sending)
        await there.close()
        assert report.passed
        return {each.case.id: each.judged.verdict for each in report.findings}

    found = asyncio.run(main())
    assert list(found) == ["out.good", "out.duplicate", "out.expired", "in.good"]
    assert set(found.values()) == {Verdict.RIGHT}


def trader_point(data: Path, folder: Path) -> AccessPoint:
    from douane.configuration.discovery import services

    found = access_point(data, Catalogue(services()), SystemClock(), sweep=False)
    assert found is not None
    own = [OwnCertificate(end("p256-trader").chain, end("p256-trader").key)]
    ids = SystemIds()
    register = CertificateRegister(own, {"customs": [end("p256").chain]})
    modes = [mode for mode, _ in found.legs]
    return AccessPoint("trader.example", modes, register, FilePayloads(folder, ids.random), SystemClock(), ids)


async def send(point: AccessPoint, url: str) -> None:
    mode = next(m for m in point.modes if m.id.endswith("transit.lodge_declaration"))
    async with httpx.AsyncClient(trust_env=False, timeout=60) as http:
        correspondent = Correspondent(point, OverHttpx(http), party="customs", address=url)
        info = part_info("message", "text/xml", compress=True)
        message = UserMessage(
            "first@trader.example", point.clock.now(), party(mode, TRADER), party(mode, "customs"), mode.service,
            mode.action, "1", mode.agreement, mode.mpc, parts=(info,),
        )  # fmt: skip
        answered = await correspondent.push(
            mode, correspondent.pack(mode, message, [(DECLARATION.read_bytes(), "text/xml")])
        )
        assert answered.reason == ""
