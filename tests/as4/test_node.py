"""A whole node with an access point: a trader's declaration comes by AS4 over TLS, its answers are pulled."""

from __future__ import annotations

import asyncio
import dataclasses
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from douane.assembly.node import RunningNode, running
from douane.channels.as4.agreements import legs, read
from douane.channels.as4.binding import AccessPoint
from douane.channels.as4.certificates import CertificateRegister, OwnCertificate
from douane.channels.as4.client import Correspondent
from douane.channels.as4.sending import part_info
from douane.cli.main import main
from douane.configuration.access_point import access_point
from douane.configuration.discovery import services
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import read_settings
from douane.platforms.speed2.agreements import read as agreed
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.store.ports import Outcome
from douane.shared_services.payloads.files import FilePayloads
from douane.shared_services.web.fair_use import Allowance
from douane.standards.as4.awareness import Verdict
from douane.standards.as4.messages import Party, UserMessage
from douane.standards.as4.pmodes import PMode
from douane.standards.ncts import phase5
from douane.standards.xml_signature.tests.certified import end
from douane.vocabulary.errors import DeclarationFault
from tests.as4.over_httpx import OverHttpx
from tests.journeys.standing import identity_in

EORI = "urn:oasis:names:tc:ebcore:partyid-type:unregistered:eu-customs:EORI"
TRADER = "FR40123456700017"
CLIENT = "trader.fr.lesquin"
FILE = f"""
host = "as4.customs.example"
party = "customs"
type = "urn:oasis:names:tc:ebcore:partyid-type:unregistered"
role = "Customs"

[[partner]]
party = "{TRADER}"
type = "{EORI}"
profile = "2.0"
signature = "ecdsa"
key = "ecdh-es-hkdf"
agreement = "customs-2026"
"""
DECLARATION = Path(__file__).parents[2] / "docs/examples/declaration.xml"


def write(folder: Path, certified_kind: str, name: str) -> None:
    found = end(certified_kind)
    folder.mkdir(parents=True, exist_ok=True)
    chain = b"".join(c.public_bytes(Encoding.PEM) for c in found.chain)
    (folder / f"{name}.pem").write_bytes(chain)
    key = found.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / f"{name}.key").write_bytes(key)


def prepared(data: Path, text: str = FILE) -> Path:
    write(data / "as4/own", "p256", "customs")
    write(data / "as4/partners" / TRADER, "p256-trader", "encryption")
    (data / "as4/as4.toml").write_text(text)
    return data


def trader_of(node: RunningNode, data: Path, http: httpx.AsyncClient) -> Correspondent:
    """The trader's side: it signs with the certificate that UUM&DS knows, and decrypts with another one."""
    client = node.identity.client(CLIENT)
    chain = tuple(x509.load_pem_x509_certificates(client.certificate.read_bytes()))
    key = load_pem_private_key(client.key.read_bytes(), None)
    own = [OwnCertificate(chain, key), OwnCertificate(end("p256-trader").chain, end("p256-trader").key)]  # type: ignore[arg-type]
    ids = SystemIds()
    found = access_point(data, node.core.catalogue, node.core.clock, sweep=False)
    assert found is not None
    modes = [dataclasses.replace(mode, security=dataclasses.replace(mode.security)) for mode, _ in found.legs]
    point = AccessPoint(
        "trader.example", modes, CertificateRegister(own, {"customs": [end("p256").chain]}),
        FilePayloads(data / "trader", ids.random), SystemClock(), ids,
    )  # fmt: skip
    return Correspondent(point, OverHttpx(http), party="customs", address=f"{node.url('speed2')}/as4")


def on_node(
    data: Path, work: Callable[[RunningNode, httpx.AsyncClient], Awaitable[None]], limits: Allowance | None = None
) -> None:
    identity_in(data)
    settings = read_settings(
        data=str(data), development=True, platforms="speed2,uumds", ports={"speed2": 0, "uumds": 0}, limits=limits
    )

    async def main() -> None:
        async with running(settings) as node:
            context = ssl.create_default_context(cafile=str(node.identity.root))
            async with httpx.AsyncClient(verify=context, trust_env=False, timeout=20) as http:
                await work(node, http)

    asyncio.run(main())


@pytest.mark.slow
def test_a_declaration_comes_by_as4_and_its_answers_are_pulled(tmp_path: Path) -> None:
    data = prepared(tmp_path / "node")

    async def exchange(node: RunningNode, http: httpx.AsyncClient) -> None:
        trader = trader_of(node, data, http)
        found = access_point(data, node.core.catalogue, node.core.clock, sweep=False)
        assert found is not None
        modes = {mode.id.partition(":")[2]: mode for mode, _ in found.legs}
        lodge, pull = modes["transit.lodge_declaration"], modes["pull"]
        info = part_info("message", "text/xml", compress=True)
        message = UserMessage(
            "first@trader.example", node.core.clock.now(), party(lodge, TRADER), party(lodge, "customs"), lodge.service,
            lodge.action, "1", lodge.agreement, lodge.mpc, parts=(info,),
        )  # fmt: skip
        packed = trader.pack(lodge, message, [(DECLARATION.read_bytes(), "text/xml")])
        for _ in range(2):
            answered = await trader.push(lodge, packed)
            assert answered.verdict is Verdict.RECEIPT, answered.reason
        pulled = await trader.pull(pull, f"{pull.mpc}/{TRADER}")
        assert pulled.verdict is Verdict.MESSAGE, pulled.reason
        assert isinstance(pulled.message, UserMessage)
        assert pulled.message.action.startswith("CC")
        assert (pulled.message.ref_to, pulled.message.conversation_id) == (message.id, message.conversation_id)
        assert pulled.received is not None
        assert (await trader.acknowledge(pull, pulled.received)).verdict is Verdict.EMPTY

    on_node(data, exchange)


def test_who_pulls_too_often_is_told_when_to_come_again(tmp_path: Path) -> None:
    """The signer's share, whoever's connection it is; what proves nothing counts against the connection."""
    data = prepared(tmp_path / "node")

    async def exchange(node: RunningNode, http: httpx.AsyncClient) -> None:
        trader, answers = trader_of(node, data, http), list[httpx.Response]()

        async def keep(answer: httpx.Response) -> None:
            answers.append(answer)

        http.event_hooks["response"].append(keep)
        found = access_point(data, node.core.catalogue, node.core.clock, sweep=False)
        assert found is not None
        pull = next(mode for mode, _ in found.legs if mode.id.partition(":")[2] == "pull")
        for _ in range(30):
            await trader.pull(pull, f"{pull.mpc}/{TRADER}")
            if answers[-1].status_code == 429:
                break
        assert [answers[0].status_code, answers[-1].status_code] == [200, 429]
        assert int(answers[-1].headers["retry-after"]) >= 1
        address = f"{node.url('speed2')}/as4"
        refused = [(await http.post(address, content=b"<a/>")).status_code for _ in range(4)]
        assert set(refused) <= {200, 429}
        assert node.telemetry.uses["speed2"].bodies.held == 0

    on_node(data, exchange, Allowance(requests_per_second=1, body_bytes_per_second=2 << 20))


@pytest.mark.slow
def test_a_declaration_that_cannot_be_read_is_refused_and_told_by_an_ie917(tmp_path: Path) -> None:
    data = prepared(tmp_path / "node")

    async def exchange(node: RunningNode, http: httpx.AsyncClient) -> None:
        trader = trader_of(node, data, http)
        found = access_point(data, node.core.catalogue, node.core.clock, sweep=False)
        assert found is not None
        modes = {mode.id.partition(":")[2]: mode for mode, _ in found.legs}
        lodge, pull = modes["transit.lodge_declaration"], modes["pull"]
        message = UserMessage(
            "broken@trader.example", node.core.clock.now(), party(lodge, TRADER), party(lodge, "customs"),
            lodge.service, lodge.action, "1", lodge.agreement, lodge.mpc,
            parts=(part_info("message", "text/xml", compress=True),),
        )  # fmt: skip
        broken = DECLARATION.read_bytes().replace(b"</TransitOperation>", b"<more/></TransitOperation>")
        packed = trader.pack(lodge, message, [(broken, "text/xml")])
        for _ in range(2):  # told in the channel's own form each time, by a message once
            answered = await trader.push(lodge, packed)
            assert "EBMS:0004" in answered.reason
        pulled = await trader.pull(pull, f"{pull.mpc}/{TRADER}")
        assert isinstance(pulled.message, UserMessage)
        assert pulled.received is not None
        assert pulled.message.action == "CC917C"
        (payload,) = pulled.received.payloads.values()
        told = phase5.read(payload.whole(1 << 20))
        assert isinstance(told, phase5.CC917C)
        assert (told.message_sender, told.message_recipient) == ("NTA.FR", TRADER)
        assert [e.error_pointer for e in told.xml_error] == ["/CC015C/TransitOperation/more"]
        assert (await trader.acknowledge(pull, pulled.received)).verdict is Verdict.EMPTY
        assert (await trader.pull(pull, f"{pull.mpc}/{TRADER}")).verdict is Verdict.EMPTY

    on_node(data, exchange)


def party(mode: PMode, value: str) -> Party:
    sides = (mode.initiator, mode.responder)
    side = next(s for s in sides if any(p.value == value for p in s.parties))
    return Party(side.parties[0], side.role)


def test_the_legs_of_a_partner_are_projected_from_the_model() -> None:
    operations = [o for s in services() for o in s.operations]
    found = legs(read(FILE, "as4.toml"), operations, lambda name: b"")
    ids = {mode.id.partition(":")[2] for mode, _ in found}
    commands = {o.qualified for o in operations if o.kind.value == "command"}
    assert ids == {*commands, "answers", "pull"}
    pushed = FILE + 'address = "https://as4.vauban.example/msh"\n'
    assert [m.action for m, _ in legs(read(pushed, "x"), [], lambda name: b"")] == ["*", "*", "*"]
    preset = FILE.partition("profile =")[0] + 'preset = "ics2"\nactions = ["IE3F10"]\n'
    assert [m.action for m, _ in legs(read(preset, "x"), [], lambda name: b"")] == ["IE3F10", "*"]


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace('host = "as4.customs.example"', ""),
        lambda t: t + 'colour = "red"\n',
        lambda t: t.replace('profile = "2.0"', 'profile = "3"'),
        lambda t: t.replace('"ecdsa"', '"md5"'),
        lambda t: t.replace('"ecdh-es-hkdf"', '"rsa-oaep"'),
        lambda t: t.replace('profile = "2.0"', 'preset = "peppol"'),
        lambda t: t.replace("[[partner]]", "[[partner"),
        lambda t: t.replace('profile = "2.0"', 'pmodes = "broken.xml"'),
    ],
)
def test_a_faulty_agreement_is_refused_at_start(change: Callable[[str], str]) -> None:
    operations = [o for s in services() for o in s.operations]
    with pytest.raises(DeclarationFault):
        legs(read(change(FILE), "as4.toml"), operations, lambda name: b"<x/>")


def test_what_is_pushed_takes_the_lane_of_the_partners_agreement(tmp_path: Path) -> None:
    data = prepared(tmp_path, FILE + 'address = "https://as4.vauban.example/msh"\n')
    point = access_point(data, Catalogue(services()), SystemClock(), sweep=True)
    assert point is not None
    carrier = point.transport()
    assert carrier is not None
    entry = f'[[partner]]\nparty = "{TRADER}"\ntitle = "t"\nbasis = "b"\nprotocol = "as4"'
    agreement = agreed(entry).get(TRADER)
    assert agreement is not None
    assert list(carrier._routes) == [agreement.lane]
    asyncio.run(carrier.close())


@pytest.mark.slow
def test_a_push_goes_out_over_mutual_tls_and_a_signed_refusal_ends_it(tmp_path: Path) -> None:
    """From a trader's folder to a node: its client certificate, its roots, and the node's own signed error."""
    data, own = prepared(tmp_path / "node"), tmp_path / "trader"

    async def exchange(node: RunningNode, http: httpx.AsyncClient) -> None:
        client = node.identity.client(CLIENT)
        for name in ("own/seal", "tls"):
            path = own / "as4" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_suffix(".pem").write_bytes(client.certificate.read_bytes())
            path.with_suffix(".key").write_bytes(client.key.read_bytes())
        (own / "as4/roots.pem").write_bytes(node.identity.root.read_bytes())
        write(own / "as4/partners/customs", "p256", "customs")
        (own / "as4/as4.toml").write_text(
            FILE.replace('"customs"', '"X"').replace(f'"{TRADER}"', '"customs"').replace('"X"', f'"{TRADER}"')
            + f'address = "{node.url("speed2")}/as4"\n'
        )
        point = access_point(own, Catalogue(services()), SystemClock(), sweep=True)
        assert point is not None
        carrier = point.transport()
        assert carrier is not None
        headers = {"type": "CC015C", "media": "xml", "correlation": ""}
        (attempt,) = await carrier.send("+as4:customs", [("1", headers, DECLARATION.read_bytes())])
        await carrier.close()
        assert (attempt.outcome, attempt.reason[:9]) == (Outcome.REFUSED, "EBMS:0010"), attempt.reason

    on_node(data, exchange)


def test_the_command_line_shows_legs_and_certificates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = prepared(tmp_path)
    assert main(["as4", "legs", "--data", str(data)]) == 0
    shown = capsys.readouterr().out
    assert "lodge_declaration" in shown
    assert "pull" in shown
    assert main(["as4", "certificates", "--data", str(data), "--json"]) == 0
    assert '"failing": []' in capsys.readouterr().out
    assert main(["as4", "certificates", "--data", str(data), "--days", "4000"]) == 1
    assert "no valid own certificate" in capsys.readouterr().out
    assert main(["as4", "legs", "--data", str(tmp_path / "none")]) == 2
    broken = tmp_path / "pmodes.xml"
    broken.write_text("<configuration party='x'/>")
    assert main(["as4", "import", str(broken)]) == 2
    assert "own party is not among" in capsys.readouterr().err


def test_a_pushed_message_takes_the_leg_of_its_type() -> None:
    from douane.configuration.access_point import leg_of
    from douane.standards.as4.presets import TraderInterface
    from douane.vocabulary.errors import NoAgreement

    interface = TraderInterface("FR1")
    exact, every = interface.to_trader("IE3R01"), interface.to_trader("*")
    assert leg_of([every, exact], "IE3R01") is exact
    assert leg_of([every, exact], "IE3R07") is every
    with pytest.raises(NoAgreement):
        leg_of([exact], "IE3R07")


def test_a_node_without_the_folder_has_no_access_point(tmp_path: Path) -> None:
    assert access_point(tmp_path, Catalogue(services()), SystemClock(), sweep=True) is None
