"""SOAP clients that are not ours read the service descriptions of a running node and call every kind of operation."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import xmlsec
import zeep
from lxml import etree
from zeep.exceptions import Fault
from zeep.helpers import serialize_object
from zeep.transports import Transport
from zeep.wsse import utils
from zeep.wsse.signature import BinarySignature, verify_envelope

from douane.standards.ncts.phase5 import read
from tests.journeys.standing import Standing, identity_in, standing

ROOT = Path(__file__).parents[2]
NODE = Path(__file__).parent / "node"
DECLARATION = (ROOT / "docs/examples/declaration.xml").read_bytes()
GUARANTEE = json.loads((ROOT / "docs/examples/guarantee.json").read_bytes())
TRADER, SYSTEM, OFFICER = "trader.fr.lesquin", "de.system", "fr.officer"
PROBLEM = "{https://douane.example/faults/v1}"
NCTS = "{http://ncts.dgtaxud.ec}"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("soap")
    with standing(folder, identity_in(folder)) as made:
        yield made


@pytest.fixture(scope="module")
def clients(node: Standing) -> Iterator[Any]:
    """zeep clients by platform, caller and address."""
    made: dict[tuple[str, str, str], zeep.Client] = {}
    sessions = []

    def client(platform: str, who: str, path: str) -> zeep.Client:
        found = made.get((platform, who, path))
        if found is None:
            session = requests.Session()
            sessions.append(session)
            session.trust_env, session.verify = False, str(node.identity.root)
            files = node.identity.client(who)
            session.cert = (str(files.certificate), str(files.key))
            url = f"{node.node.url(platform)}{path}?wsdl"
            found = made[platform, who, path] = zeep.Client(url, transport=Transport(session=session))
        return found

    yield client
    for session in sessions:
        session.close()


def declaration(client: zeep.Client, lrn: str) -> dict[str, Any]:
    """The example declaration as the arguments of a zeep call, under an identification of its own."""
    body = DECLARATION.replace(b"QS-0000001", lrn.encode()).replace(b"QUICKSTART-1", f"Z-{lrn}".encode())
    kind = client.get_element(f"{NCTS}CC015C").type
    value = serialize_object(kind.parse_xmlelement(etree.fromstring(body), client.wsdl.types), dict)
    return {key: item for key, item in value.items() if not key.startswith("_")}


# --- zeep


@pytest.mark.parametrize("port", ["transitSoap11", "transitSoap12"])
def test_zeep_lodges_a_declaration_and_collects_the_answers(clients: Any, port: str) -> None:
    transit, box = clients("speed2", TRADER, "/transit/v1"), clients("speed2", TRADER, "/messages/v1")
    lrn = f"{port}-1"
    receipt = transit.bind("transit", port).lodge_declaration(**declaration(transit, lrn))
    assert (receipt["id"], len(receipt["digest"]), len(receipt["case"])) == (f"Z-{lrn}", 64, 16)
    seen: dict[str, str] = {}
    while "CC028C" not in seen:
        page = box.service.collect(wait=20)
        for item in page["items"]:
            assert type(read(item["body"].encode())).__name__ == item["type"]
            if item["answers"] == f"Z-{lrn}":
                seen[item["type"]] = item["body"]
            box.service.acknowledge(id=item["id"])
        assert page["items"], seen
    mrn = read(seen["CC028C"].encode()).transit_operation.mrn  # type: ignore[attr-defined]
    found = transit.bind("transit", port).find_movement(mrn=mrn)
    assert (found["mrn"], found["lrn"], found["office_of_departure"]) == (mrn, lrn, "FR005350")


def test_the_same_declaration_again_gets_the_same_receipt(clients: Any) -> None:
    transit = clients("speed2", TRADER, "/transit/v1")
    one, two = (transit.service.lodge_declaration(**declaration(transit, "TWICE-1")) for _ in range(2))
    assert one == two


@pytest.mark.parametrize("port", ["transitSoap11", "transitSoap12"])
def test_zeep_is_told_every_fault(clients: Any, port: str) -> None:
    transit = clients("speed2", TRADER, "/transit/v1")
    wrong = declaration(transit, "WRONG-1")
    wrong["messageType"], wrong["TransitOperation"]["LRN"] = "CC999C", "x" * 40
    with pytest.raises(Fault) as caught:
        transit.bind("transit", port).lodge_declaration(**wrong)
    problem = caught.value.detail.find(f"{PROBLEM}problem")
    assert problem.findtext(f"{PROBLEM}code") == "DOU-1003"
    pointers = [fault.findtext(f"{PROBLEM}pointer") for fault in problem.iter(f"{PROBLEM}faults")]
    assert pointers == ["/CC015C/messageType", "/CC015C/TransitOperation/LRN"]


def test_a_message_of_our_own_goes_through_and_is_answered_in_kind(clients: Any) -> None:
    guarantees = clients("ccn2", OFFICER, "/guarantees/v1")
    receipt = guarantees.service.register(**GUARANTEE)
    assert receipt["receipt"]
    account = guarantees.service.show(grn=GUARANTEE["grn"])
    assert (account["grn"], str(account["limit"])) == (GUARANTEE["grn"], str(GUARANTEE["limit"]))
    with pytest.raises(Fault, match="breaks its schema"):
        guarantees.service.show(grn="x")


def test_an_administration_follows_an_event(clients: Any) -> None:
    page = clients("ccn2", SYSTEM, "/transit/v1").service.movement_final(limit=5)
    assert (page["items"], bool(page["after"])) == ([], True)


def test_each_circle_has_its_own_description(clients: Any) -> None:
    trader = dir(clients("speed2", TRADER, "/transit/v1").service)
    system = dir(clients("ccn2", SYSTEM, "/transit/v1").service)
    assert ("lodge_declaration" in trader, "anticipate_arrival" in trader) == (True, False)
    assert ("lodge_declaration" in system, "anticipate_arrival" in system) == (False, True)


# --- signatures on CCN2


class Timestamped(BinarySignature):
    """zeep's signature by xmlsec, over a timestamp too; answers are verified with the platform's certificate."""

    def __init__(self, key: Path, certificate: Path, platform: Path) -> None:
        methods = {"signature_method": xmlsec.Transform.ECDSA_SHA256, "digest_method": xmlsec.Transform.SHA256}
        super().__init__(str(key), str(certificate), **methods)
        self.platform, self.verified = platform, 0
        self.life = dt.timedelta(minutes=4)

    def apply(self, envelope: Any, headers: Any) -> Any:
        """Add a timestamp, then sign."""
        now = dt.datetime.now(dt.UTC)
        moments = [utils.WSU(n, f"{m:%Y-%m-%dT%H:%M:%SZ}") for n, m in (("Created", now), ("Expires", now + self.life))]
        utils.get_security_header(envelope).append(utils.WSU("Timestamp", *moments))
        return super().apply(envelope, headers)

    def verify(self, envelope: Any) -> Any:
        """The answer must be signed by the platform."""
        if envelope.find(".//{*}Fault") is None:
            verify_envelope(envelope, str(self.platform))
            self.verified += 1
        return envelope


@pytest.fixture
def signing(node: Standing, clients: Any) -> Iterator[Any]:
    """A client of an administration that signs what it asks."""
    files = node.identity.client(OFFICER)
    client = clients("ccn2", OFFICER, "/guarantees/v1")
    client.wsse = Timestamped(files.key, files.certificate, node.identity.server_certificate)
    yield client
    client.wsse = None


def test_a_request_that_xmlsec_signed_is_taken_and_xmlsec_proves_the_answer(signing: Any) -> None:
    grn = GUARANTEE["grn"][:-1] + "9"
    receipt = signing.service.register(**{**GUARANTEE, "grn": grn})
    assert receipt["receipt"]
    assert signing.service.show(grn=grn)["grn"] == grn
    assert signing.wsse.verified == 2


def test_a_stale_signature_is_refused(signing: Any) -> None:
    signing.wsse.life = dt.timedelta(minutes=-30)
    with pytest.raises(Fault, match="not now"):
        signing.service.show(grn=GUARANTEE["grn"])


def test_the_signature_of_another_client_is_refused(signing: Any, node: Standing) -> None:
    other = node.identity.client(SYSTEM)
    signing.wsse = Timestamped(other.key, other.certificate, node.identity.server_certificate)
    with pytest.raises(Fault, match="signed what"):
        signing.service.show(grn=GUARANTEE["grn"])


# --- a client for node


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The node client with its packages, as pinned."""
    if shutil.which("npm") is None and "CI" not in os.environ:
        pytest.skip("npm is not installed: apt-get install npm")
    folder = tmp_path_factory.mktemp("node") / "client"
    shutil.copytree(NODE, folder)
    made = subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=folder,
        capture_output=True,
        timeout=100,
        check=False,
    )
    if made.returncode and "CI" not in os.environ:
        pytest.skip("npm cannot fetch the pinned SOAP client: connect to a package registry")
    assert made.returncode == 0, made.stderr.decode()
    return folder


def node_call(
    node: Standing, packages: Path, platform: str, who: str, path: str, operation: str, arguments: Any, *more: str
) -> Any:
    files = node.identity.client(who)
    secret = [str(node.identity.root), str(files.certificate), str(files.key)]
    url = f"{node.node.url(platform)}{path}"
    command = ["node", "client.mjs", *secret, url, operation, json.dumps(arguments), *more]
    done = subprocess.run(command, cwd=packages, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.parametrize("version", ["soap11", "soap12"])
def test_the_node_client_asks_commands_and_is_told_faults(node: Standing, packages: Path, version: str) -> None:
    guarantee = {**GUARANTEE, "grn": GUARANTEE["grn"][:-1] + ("0" if version == "soap11" else "1")}
    done = node_call(node, packages, "ccn2", OFFICER, "/guarantees/v1", "register", guarantee, version)
    assert len(done["answer"]["digest"]) == 64
    assert sorted(done["described"]) == [
        "accept_document", "cancel", "change", "end_undertaking", "register", "register_carnet", "register_undertaking",
        "show",
    ]  # fmt: skip
    failed = node_call(node, packages, "ccn2", OFFICER, "/guarantees/v1", "show", {"grn": "x"}, version)
    detail = failed["fault"]["detail" if version == "soap11" else "Detail"]["problem"]
    assert (detail["code"], detail["faults"]["pointer"]) == ("DOU-1003", "/show/grn")
    page = node_call(node, packages, "ccn2", SYSTEM, "/messages/v1", "collect", {"limit": 5}, version)
    assert "after" in page["answer"]
